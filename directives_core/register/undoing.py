"""Undoing: the events of one command become void by another command, which can itself be undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack, cast

from directives_core.actor import Actor
from directives_core.errors import BadValue, NothingToDo, UnknownCommand
from directives_core.event import Event, Retracted, voids
from directives_core.language import Phrase
from directives_core.office.events import ActorChanged, ActorRegistered, RegisterCreated, SubjectErased, UnitRegistered
from directives_core.register.door import Door
from directives_core.register.how import OF_BATCH, How
from directives_core.register.loaded import LoadedCache
from directives_core.register.office_cache import OFFICE
from directives_core.register.reading import Reading
from directives_core.register.retracting import end_of_chain, refuse_if_in_use
from directives_core.register.session import Session
from directives_core.register.work import Work
from directives_core.results import Name
from directives_core.store import StoredCommand, WriteTransaction
from directives_core.values import replace

if TYPE_CHECKING:
    from directives_core.views.history import HistoryEntry

__all__ = ["UndoWrites"]

_STEP = 500


class UndoWrites(Reading, Door):
    """Taking back whole commands."""

    def undo(self, command: str | None = None, **how: Unpack[How]) -> Name:
        """Take back a command, or a whole batch: retract every event of it that still counts, the last one first.

        What made an actor known stays, and so do units registered along with directives: they are no part of what the
        command was for. Undoing the undo brings all back.

        Args:
            command: its id; by default that of the last one that this actor sent.
            how: see `How`; a retraction has no day of its own.

        Returns:
            The id of the command that was taken back.

        Raises:
            UnknownCommand: there is no such command.
            NothingToDo: all of it is void already.
            NotAllowed: the actor may not retract one of its events; nothing was taken back.
        """

        def carry_out(work: Work) -> Name:
            if work.request.effective_on is not None:
                raise BadValue("effective_on", work.request.effective_on, expected=Phrase("no day: an undo has none"))
            session = work.session
            found, counting = _counting(session, command, work.acting.id)
            request = replace(work.request, reason=work.request.reason or f"undo of command {found}")
            for event in reversed(counting):
                _take_back(replace(work, request=request), event)
            return Name(found, work.told())

        return self._write("retract", {"undo": command}, how, carry_out)

    def would_undo(self, command: str | None = None, *, by: Actor | str) -> tuple[str, list[HistoryEntry]]:
        """What `undo` would take back: the id of the command, and its events that still count, in order.

        Raises:
            UnknownCommand, NothingToDo: as `undo`.
        """
        from directives_core.views.history import entries_of

        actor = by.id if isinstance(by, Actor) else by
        with self._store.read() as transaction:
            writing = cast("WriteTransaction", transaction)
            session = Session(writing, self._log, self._offices, LoadedCache(), now=self._now(), zone=self._zone)
            found, counting = _counting(session, command, actor)
            names = self._names(transaction)
            entries = [
                entry
                for event in counting
                for entry in entries_of(
                    self._events(transaction, event.stream), names, zone=self._zone, only=[event.version]
                )
            ]
        return found, entries


def _counting(session: Session, command: str | None, actor: str) -> tuple[str, list[Event]]:
    """The command that is meant, and its events that still count."""
    found = command or _last_command(session, actor)
    counting = [event for event in _events_of(session, found) if _counts(session, event)]
    if not counting:
        raise NothingToDo(Phrase("undo {found}", found=found), give=Phrase("a command of which something still counts"))
    return found, counting


def _last_command(session: Session, actor: str) -> str:
    """The last command of the actor; of a batch the id of the whole."""
    end = session.position
    while end > 0:
        for event in reversed(session.between(max(end - _STEP, 0) + 1, end)):
            if event.envelope.actor == actor and not isinstance(event.payload, RegisterCreated):
                return _whole(session, event.envelope.command_id)
        end -= _STEP
    raise UnknownCommand(None, actor=actor)


def _whole(session: Session, command_id: str) -> str:
    batch, numbered, _ = command_id.rpartition(OF_BATCH)
    return batch if numbered else command_id


def _events_of(session: Session, command_id: str) -> list[Event]:
    """The events of a command, or of all commands of a batch, in order."""
    alone = session.command(command_id)
    commands = [alone] if alone is not None else list(_of_batch(session, command_id))
    if not commands:
        raise UnknownCommand(command_id)
    events = [event for command in commands for event in session.between(command.first_position, command.last_position)]
    known = {event.payload.unit for event in events if isinstance(event.payload, ActorRegistered | ActorChanged)}
    kept = [event for event in events if not _makes_known(event, known)]
    if all(event.stream == OFFICE for event in kept):
        return kept
    return [event for event in kept if not isinstance(event.payload, UnitRegistered)]  # others may have used them since


def _of_batch(session: Session, command_id: str) -> Iterator[StoredCommand]:
    count = 1
    while (command := session.command(f"{command_id}{OF_BATCH}{count}")) is not None:
        yield command
        count += 1


def _makes_known(event: Event, units_of_actors: set[str | None]) -> bool:
    """Whether the event only made the acting actor known, or the actor's unit, or cannot be taken back."""
    match event.payload:
        case ActorRegistered(actor=actor) | ActorChanged(actor=actor):
            return actor == event.envelope.actor
        case UnitRegistered(unit=unit):
            return unit in units_of_actors
        case _:
            return isinstance(event.payload, RegisterCreated | SubjectErased)


def _counts(session: Session, event: Event) -> bool:
    return event.version not in voids(session.stream(event.stream))


def _take_back(work: Work, event: Event) -> None:
    events = work.session.stream(event.stream)
    kind, _, number = event.stream.partition(":")
    loaded = work.session.directive(int(number)) if kind == "directive" else None
    role = work.allow(loaded.current if loaded else None, author=event.envelope.actor)
    refuse_if_in_use(work, event)
    payload, on = Retracted(version=event.version), end_of_chain(events, event.version).effective_on
    if loaded is not None:
        work.session.add_to_directive(loaded.number, payload, on=on, envelope=work.envelope(role))
    else:
        work.add(event.stream, payload, role, on=on)
