"""A command's work under the lock: what it loads, decides on and adds, flushed once at the end of the commit."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct

from directives_core.actor import Actor
from directives_core.clock import day_of
from directives_core.codec import from_microseconds
from directives_core.directive.stream import directive_stream
from directives_core.errors import UnknownDirective
from directives_core.event import Envelope, Event, Payload
from directives_core.log import Log
from directives_core.misfit import misfit
from directives_core.office.state import Office, read_office
from directives_core.register.added import Added
from directives_core.register.loaded import Loaded, LoadedCache
from directives_core.register.office_cache import OFFICE, OfficeCache
from directives_core.register.passages import seal_passages
from directives_core.results import Lost, Name, Written, load
from directives_core.store import Row, StoredCommand, WriteTransaction
from directives_core.timeline import late_rows, next_rows
from directives_core.values import Frozen, ValidationError, checked

__all__ = ["Scope", "Session"]

F = TypeVar("F", bound=Frozen)


class Session:
    """One commit in the making: positions, `recorded_at` and directive numbers are given out here, under the lock.

    Args:
        transaction: the store's transaction, which holds the lock.
        log: the log of the register.
        offices: what is kept of the office between commands.
        kept: what is kept of directives between commits.
        now: the instant by the register's clock; `recorded_at` never goes back behind what is recorded already.
        zone: the register's zone, once it is known.
    """

    def __init__(
        self,
        transaction: WriteTransaction,
        log: Log,
        offices: OfficeCache,
        kept: LoadedCache,
        *,
        now: dt.datetime,
        zone: ZoneInfo,
    ) -> None:
        self.transaction = transaction
        self._offices, self._kept = offices, kept
        self._office_events = offices.events(transaction)
        self.zone = zone
        self._log = log
        self._head = self._written_head = transaction.head()
        kept.begin(self._head)
        self._tracked = True
        self._added = Added(number=self._head.directive)
        self._streams: dict[str, list[Event]] = {}
        self._new_streams: set[str] = set()  # of numbers given out here: nobody has written to them before
        self._directives: dict[int, Loaded] = {}
        self._folded: dict[tuple[int, dt.date], Office] = {}
        self._passages: dict[str, dict[str, str]] = {}
        self.closed: list[Name] = []  # the meetings that were closed in it
        self.recorded_at = max(now, from_microseconds(self._head.recorded_at)) if self._head.position else now
        self.today = day_of(self.recorded_at, zone)

    # ---------------------------------------------------------------------------------------------------- reading

    @property
    def position(self) -> int:
        """The last position, with what the session added."""
        return self._head.position + len(self._added.events)

    @property
    def last_number(self) -> int:
        """The last directive number that was given out."""
        return self._added.number

    def stream(self, name: str) -> list[Event]:
        """All events of a stream, with what the session added; not to be changed by the caller."""
        if name not in self._streams:
            self._streams[name] = [*self._stored(name), *self._added.by_stream.get(name, ())]
        return self._streams[name]

    def _stored(self, name: str) -> Sequence[Event]:
        if name == OFFICE:
            return self._office_events
        if name in self._new_streams:
            return ()
        return self._log.load(self.transaction, name)

    def directive(self, number: int) -> Loaded | None:
        """A directive with all its events; none if the number was never given out."""
        if number not in self._directives:
            if not 1 <= number <= self.last_number:
                return None
            self._directives[number] = self._loaded(number)
        return self._directives[number]

    def _loaded(self, number: int) -> Loaded:
        name = directive_stream(number)
        kept = self._kept.take(number) if self._tracked and name not in self._streams else None
        if kept is None:
            return Loaded.of(number, self.stream(name))
        loaded, whole = kept
        if not whole and (later := self._log.load(self.transaction, name, after_version=len(loaded.events))):
            loaded.events += later
            loaded.refold()
        self._streams[name] = loaded.events
        return loaded

    def between(self, first: int, last: int) -> list[Event]:
        """The events at the positions from `first` to `last`, with what the session added."""
        stored = self._log.walk(self.transaction, after=first - 1, to=last)
        return [*stored, *(event for event in self._added.events if first <= event.position <= last)]

    def office(self, on: dt.date) -> Office:
        """The office as of a day, by all that is known."""
        if not self._office_grew:
            return self._offices.folded(self._office_events, on)
        added = self._streams[OFFICE]
        key = (len(added), on)
        if key not in self._folded:
            self._folded[key] = read_office(added, on)
        return self._folded[key]

    def is_as_known(self, actor: Actor) -> bool:
        """Whether it was found before that the application says of the actor just what the office knows."""
        return not self._office_grew and self._offices.is_as_known(actor, self.today, self._office_events)

    def found_as_known(self, actor: Actor) -> None:
        """Remember that the application says of the actor just what the office knows."""
        if not self._office_grew:
            self._offices.found_as_known(actor, self.today, self._office_events)

    @property
    def _office_grew(self) -> bool:
        """Whether the session added to the office."""
        return len(self._streams.get(OFFICE, self._office_events)) > len(self._office_events)

    def command(self, command_id: str) -> StoredCommand | None:
        """The command of this id, if it was carried out, be it in this session."""
        return self._added.commands.get(command_id) or self.transaction.command(command_id)

    def key(self, subject: str) -> bytes | None:
        """The key of a subject, if it has one."""
        if subject in self._added.destroyed:
            return None
        return self._added.keys.get(subject) or self.transaction.keys([subject]).get(subject)

    # ---------------------------------------------------------------------------------------------------- adding

    def new_number(self) -> int:
        """The next directive number."""
        self._added.number += 1
        self._new_streams.add(directive_stream(self._added.number))
        return self._added.number

    def add_key(self, subject: str, key: bytes) -> None:
        """Keep the key of a subject that has none."""
        self._added.keys[subject] = key

    def passages_of(self, command_id: str) -> dict[str, str]:
        """The passages that a command marked as personal so far, with their subjects; to be added to."""
        return self._passages.setdefault(command_id, {})

    def destroy_key(self, subject: str) -> None:
        """Forget the key of a subject; none can be made for it afterwards."""
        self._added.destroyed.append(subject)

    def add(self, stream: str, payload: Payload, *, on: dt.date, envelope: Envelope) -> Event:
        """Put an event at the end of the log; what is marked as personal in it is sealed first."""
        payload, envelope = seal_passages(self, _checked(payload), _checked(envelope))
        events = self.stream(stream)
        event = Event(
            stream=stream, version=len(events) + 1, position=self.position + 1, recorded_at=self.recorded_at,
            effective_on=on, envelope=envelope, payload=payload,
        )  # fmt: skip
        events.append(event)
        self._added.add(event)
        return event

    def add_to_directive(self, number: int, payload: Payload, *, on: dt.date, envelope: Envelope) -> Event:
        """Put an event of a directive at the end of the log, and the rows that it means into the timeline.

        What it robs of an effect is noted for the writer.
        """
        loaded = self.directive(number)
        if loaded is None:
            raise UnknownDirective(number, last=self.last_number)
        event = self.add(directive_stream(number), payload, on=on, envelope=envelope)
        if loaded.comes_last(event):
            current, rows = next_rows(number, event, loaded.current)
            loaded.advance(event, current)
        else:
            rows = late_rows(number, loaded.events, event, self._rows(number))
            self._added.lost += loaded.robbed()
            loaded.refold()
        self._added.rows += rows
        return event

    def _rows(self, number: int) -> Sequence[Row]:
        return [*self.transaction.timeline(number), *(row for row in self._added.rows if row.directive == number)]

    def warn(self, warning: str) -> None:
        """Tell the writer something."""
        self._added.warnings.append(warning)

    def begin_command(self) -> "Scope":
        """One command begins; `take_back` ends it where it fails."""
        added = self._added
        added.lost, added.warnings = [], []
        mark = (
            len(added.events),
            len(added.rows),
            len(added.commands),
            len(added.keys),
            len(added.destroyed),
            added.number,
        )
        return Scope(self, self.position + 1, mark)

    def take_back(self, scope: "Scope") -> None:
        """Take back what a command added that failed; the commands before it stand."""
        self._added.take_back(*scope.mark)
        self._tracked = False  # what the commands before it wrote to is no longer known from memory
        self._streams.clear()
        self._directives.clear()
        self._folded.clear()
        self._passages.clear()

    def remember(self, command: StoredCommand) -> None:
        """Keep the result of a command, to be given again when it is sent again."""
        self._added.commands[command.command_id] = command

    def flush(self) -> None:
        """Write everything that was added into the transaction."""
        added = self._added
        for subject, key in added.keys.items():
            self.transaction.add_key(subject, key)
        for subject in added.destroyed:
            self.transaction.destroy_key(subject)
        if added.events:
            self._log.append(self.transaction, added.events)
        if added.rows:
            self.transaction.add_rows(added.rows)
        if added.number != self._head.directive:
            self.transaction.set_number(added.number)
        for command in added.commands.values():
            self.transaction.add_command(command)
        self._written_head = self.transaction.head()

    def settle(self) -> None:
        """Now that the commit is certain, keep what was loaded and written for the next one."""
        if self._tracked:
            self._offices.keep(self._written_head.position, tuple(self._streams.get(OFFICE, self._office_events)))
            self._kept.give_back(self._head, self._written_head, self._directives.values())

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What the present command robbed of its effect."""
        return tuple(self._added.lost)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the present command has to tell."""
        return tuple(self._added.warnings)


def _checked(value: F) -> F:
    """The last who look at what was given are the events themselves."""
    try:
        return checked(value)
    except ValidationError as error:
        raise misfit(type(value).__name__.lower(), error, value, type(value)) from error


class Scope(Struct, frozen=True):
    """The part of a session that belongs to one command; its first event has position `first`.

    `mark` says how much of each kind the session had added before.
    """

    session: Session
    first: int
    mark: tuple[int, int, int, int, int, int]

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions that the command has written so far."""
        return tuple(range(self.first, self.session.position + 1))


def stored_result(command: StoredCommand) -> Written:
    """The result that a command gave when it was carried out."""
    return load(command.result)
