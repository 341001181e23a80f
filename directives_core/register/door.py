"""The one door: a command's way through lock, idempotency, actor and policy to the commit."""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.json import decode

from directives_core.actor import Actor
from directives_core.calendar import Calendar
from directives_core.clock import Clock, as_instant, as_zone, utc_now
from directives_core.directive.evolve import RULES
from directives_core.errors import (
    BadValue,
    CommandReused,
    InTheFuture,
    Misuse,
    OtherRules,
)
from directives_core.language import Phrase
from directives_core.log import Log
from directives_core.passages import blanked
from directives_core.policy import DefaultPolicy, Policy
from directives_core.register.actors import acting_of
from directives_core.register.how import OF_BATCH, Request, read_how
from directives_core.register.loaded import LoadedCache
from directives_core.register.office_cache import OfficeCache
from directives_core.register.passages import told_without_passages
from directives_core.register.session import Session, stored_result
from directives_core.register.work import Work
from directives_core.results import Name, Number, Numbers, dump
from directives_core.store import ReadTransaction, Store, StoredCommand
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


class Door:
    """What every command goes through. One object serves all threads of a process."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Clock | None = None,
        policy: Policy | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self._store = store
        self._clock = clock or utc_now
        self._policy = policy or DefaultPolicy()
        self._calendar = calendar
        self._log = Log()
        self._here = threading.local()
        self._closed = False
        self._offices, self._kept = OfficeCache(), LoadedCache()
        with store.read() as transaction:
            self._refuse_other_rules(transaction)
            office = self._offices.office(transaction, dt.date.max)
        self._zone = as_zone(office.zone)
        self._register_id, self._title = office.register_id, office.title
        self._language = office.settings.language

    @property
    def register_id(self) -> str:
        """The identity of the register, wherever its bytes move: 128 random bits in hexadecimal."""
        return self._register_id

    @property
    def title(self) -> str:
        """The title given when the register was created."""
        return self._title

    @property
    def language(self) -> str | None:
        """The language that the office is set to speak in, as it was when the register was opened; none: any."""
        return self._language

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the register's days end; fixed when it was created."""
        return self._zone

    @property
    def where(self) -> str:
        """The place where the register is kept, without secrets."""
        return self._store.where

    def close(self) -> None:
        """Let go of the store; later use is refused with `StoreClosed`."""
        self._closed = True
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_other_rules(self, transaction: ReadTransaction) -> None:
        """What other rules computed is neither shown nor added to: another process may have written it anew."""
        head = transaction.head()
        if head.position and head.rules != RULES:
            raise OtherRules(self._store.where, found=head.rules, known=RULES)

    def _now(self) -> dt.datetime:
        return as_instant(self._clock())

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
            return self._command(batch.session, command, arguments, request, carry_out, first, made_up)
        request = read_how(how, shares=shares)
        with self._session() as session:
            return self._command(session, command, arguments, request, carry_out, first, request.made_up)

    def _command(
        self,
        session: Session,
        command: str,
        arguments: Mapping[str, Any],
        request: Request,
        carry_out: Callable[[Work], W],
        first: Actor | None,
        made_up: bool,
    ) -> W:
        digest = _digest(command, arguments, request)
        if not made_up and (known := session.command(request.command_id)) is not None:
            if known.request_sha256 != digest:
                raise CommandReused(request.command_id)
            stored: Any = stored_result(known)
            return stored  # type: ignore[no-any-return]  # of the same command, so of the same kind
        on = request.effective_on or session.today
        if on > session.today:
            raise InTheFuture(on, today=session.today)
        with session.command_scope() as scope:
            acting = acting_of(session, request, first)
            work = Work(session, scope, request, acting, self._policy, command, on, self._calendar)
            result = carry_out(work)
            kept = dump(told_without_passages(session, result))
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
