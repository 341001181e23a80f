"""The one door: a command's way through lock, idempotency, actor and policy to the commit."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar

from msgspec import Struct
from msgspec.json import decode

from directives_core.actor import Actor
from directives_core.calendar import Calendar
from directives_core.clock import Clock
from directives_core.errors import (
    BadValue,
    CommandReused,
    InTheFuture,
    Misuse,
)
from directives_core.language import Phrase
from directives_core.passages import blanked
from directives_core.policy import DefaultPolicy, Policy
from directives_core.register.actors import acting_of
from directives_core.register.how import OF_BATCH, Request, read_how
from directives_core.register.loaded import LoadedCache
from directives_core.register.opened import Opened
from directives_core.register.passages import told_without_passages
from directives_core.register.session import Session, stored_result
from directives_core.register.work import Work
from directives_core.results import Name, Number, Numbers, dump
from directives_core.store import Store, StoredCommand
from directives_core.values import as_json

__all__ = ["Door"]

W = TypeVar("W", Number, Numbers, Name)


class _DryRun(Exception):
    pass


class _Batch(Struct):
    session: Session
    by: Actor | str | None
    request: Request
    writes: int = 0


class Door(Opened):
    """What every command goes through."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        policy: Policy | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(store, clock=clock, calendar=calendar)
        self._policy = policy or DefaultPolicy()
        self._here = threading.local()
        self._kept = LoadedCache()

    # ---------------------------------------------------------------------------------------------------- commits

    @contextmanager
    def batch(
        self,
        *,
        by: Actor | str | None = None,
        reason: str | None = None,
        source: Any = None,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Iterator[Self]:
        """Make several writes of this thread one commit: all of them are kept, or none.

        `by`, `reason` and `source` stand in where a write gives none. Writes without a `command_id` of their own are
        numbered under that of the batch (`ID#1`, `ID#2`, …), so that the same batch sent again happens once, and can be
        undone as one. With `dry_run` everything is checked and told, and nothing kept. A write that is refused inside
        leaves no trace; let its error out to undo the whole batch.
        """
        if getattr(self._here, "batch", None) is not None:
            raise Misuse(Phrase("a batch is open in this thread already; write into that one"))
        defaults = read_how({"by": by, "reason": reason, "source": source, "command_id": command_id})
        try:
            with self._session() as session:
                self._here.batch = _Batch(session, by, defaults)
                try:
                    yield self
                finally:
                    self._here.batch = None
                if dry_run:
                    raise _DryRun
        except _DryRun:
            return

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._store.write() as transaction:
            self._refuse_other_rules(transaction)
            session = Session(transaction, self._log, self._offices, self._kept, now=self._now(), zone=self._zone)
            yield session
            session.flush()
        session.settle()
        self._committed(session)

    def _committed(self, session: Session) -> None:
        """Hear of a session whose commit is certain."""

    def _write(
        self,
        command: str,
        arguments: Mapping[str, Any],
        how: Mapping[str, Any],
        carry_out: Callable[[Work], W],
        *,
        shares: bool = False,
        versioned: bool = False,
        first: Actor | None = None,
    ) -> W:
        """Carry out one command: in the batch of this thread, or as a commit of its own.

        Args:
            command: its name, as policies know it.
            arguments: what makes it another request than the next one.
            how: the keyword arguments of `How` or `On`.
            carry_out: decides and adds the events.
            shares: whether the command acts on shares.
            versioned: whether it is about one directive, whose version the caller may have read.
            first: who acts where nobody is named and the register knows nobody yet.
        """
        if how.get("if_version") is not None and not versioned:
            raise BadValue("if_version", how["if_version"], expected=Phrase("none: this is not about one directive"))
        if OF_BATCH in str(how.get("command_id") or ""):
            raise BadValue(
                "command_id", how["command_id"], expected=Phrase("a text without {of_batch}", of_batch=OF_BATCH)
            )
        batch: _Batch | None = getattr(self._here, "batch", None)
        if batch is not None:
            batch.writes += 1
            standing_in = {
                "by": batch.by, "reason": batch.request.reason, "source": batch.request.source,
                "command_id": f"{batch.request.command_id}{OF_BATCH}{batch.writes}",
            }  # fmt: skip
            request = read_how({**standing_in, **{k: v for k, v in how.items() if v is not None}}, shares=shares)
            made_up = batch.request.made_up and how.get("command_id") is None
            digest = _digest(command, arguments, request)
            return self._command(batch.session, command, digest, request, carry_out, first, made_up)
        request = read_how(how, shares=shares)
        digest = _digest(command, arguments, request)  # what can be done before the lock is not done under it
        with self._session() as session:
            return self._command(session, command, digest, request, carry_out, first, request.made_up)

    def _command(
        self,
        session: Session,
        command: str,
        digest: bytes,
        request: Request,
        carry_out: Callable[[Work], W],
        first: Actor | None,
        made_up: bool,
    ) -> W:
        if not made_up and (known := session.command(request.command_id)) is not None:
            if known.request_sha256 != digest:
                raise CommandReused(request.command_id)
            stored: Any = stored_result(known)
            return stored  # type: ignore[no-any-return]  # of the same command, so of the same kind
        on = request.effective_on or session.today
        if on > session.today:
            raise InTheFuture(on, today=session.today)
        scope = session.begin_command()
        try:
            acting = acting_of(session, request, first)
            work = Work(session, scope, request, acting, self._policy, command, on, self._calendar)
            result = carry_out(work)
            kept = dump(told_without_passages(session, result))
        except BaseException:
            session.take_back(scope)
            raise
        session.remember(StoredCommand(request.command_id, digest, scope.first, session.position, kept))
        return result


def _digest(command: str, arguments: Mapping[str, Any], request: Request) -> bytes:
    said = {"command": command, "arguments": arguments, "how": request.said()}
    try:
        return hashlib.sha256(_without_passages(as_json(said))).digest()
    except UnicodeEncodeError as error:  # half of a surrogate pair: no bytes stand for it
        raise BadValue(command, str(error), expected=Phrase("text that can be written as UTF-8")) from error


def _without_passages(text: bytes) -> bytes:
    """JSON with nothing in its marks: a hash of it confirms no guess at what was personal once that is erased."""
    return as_json(blanked(decode(text))) if b"[[" in text else text
