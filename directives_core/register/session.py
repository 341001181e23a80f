"""A command's work under the lock: what it loads, decides on and adds, flushed once at the end of the commit."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from directives_core.clock import day_of
from directives_core.codec import from_microseconds
from directives_core.directive.acting import Acted
from directives_core.directive.evolve import evolve, fold, replay, visible
from directives_core.directive.state import Directive
from directives_core.event import Envelope, Event, Payload, Retracted, voids
from directives_core.log import Log
from directives_core.office.state import Office, read_office
from directives_core.register.office_cache import OFFICE, OfficeCache
from directives_core.results import Lost, Written, load
from directives_core.store import Row, StoredCommand, WriteTransaction
from directives_core.timeline import new_rows

__all__ = ["Loaded", "Scope", "Session", "directive_stream"]


def directive_stream(number: int) -> str:
    """The stream that a directive's events are kept in."""
    return f"directive:{number}"


@dataclass(slots=True)
class Loaded:
    """A directive under the lock: all its events, and the state that they fold into on the last day."""

    number: int
    events: list[Event]
    current: Directive | None


@dataclass(slots=True)
class _Added:
    """What the session has added and not yet flushed."""

    events: list[Event] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    commands: dict[str, StoredCommand] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    destroyed: list[str] = field(default_factory=list)
    number: int = 0
    lost: list[Lost] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def take_back(self, events: int, rows: int, commands: int, keys: int, destroyed: int, number: int) -> None:
        """Go back to this many of each."""
        del self.events[events:], self.rows[rows:], self.destroyed[destroyed:]
        for kept, count in ((self.commands, commands), (self.keys, keys)):
            for name in list(kept)[count:]:
                del kept[name]
        self.number = number


class Session:
    """One commit in the making: positions, `recorded_at` and directive numbers are given out here, under the lock.

    Args:
        transaction: the store's transaction, which holds the lock.
        log: the log of the register.
        offices: what is kept of the office between commands.
        now: the instant by the register's clock; `recorded_at` never goes back behind what is recorded already.
        zone: the register's zone, once it is known.
    """

    def __init__(
        self, transaction: WriteTransaction, log: Log, offices: OfficeCache, *, now: dt.datetime, zone: ZoneInfo
    ) -> None:
        self.transaction = transaction
        self._offices = offices
        self.zone = zone
        self._log = log
        self._head = transaction.head()
        self._added = _Added(number=self._head.directive)
        self._streams: dict[str, list[Event]] = {}
        self._directives: dict[int, Loaded] = {}
        self._folded: dict[tuple[int, dt.date], Office] = {}
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
            added = [event for event in self._added.events if event.stream == name]
            self._streams[name] = [*self._stored(name), *added]
        return self._streams[name]

    def _stored(self, name: str) -> Sequence[Event]:
        if name == OFFICE:
            return self._offices.events(self.transaction)
        return self._log.stream(self.transaction, name)

    def directive(self, number: int) -> Loaded | None:
        """A directive with all its events; none if the number was never given out."""
        if number not in self._directives:
            if not 1 <= number <= self.last_number:
                return None
            events = self.stream(directive_stream(number))
            self._directives[number] = Loaded(number, events, replay(events))
        return self._directives[number]

    def between(self, first: int, last: int) -> list[Event]:
        """The events at the positions from `first` to `last`, with what the session added."""
        stored = self._log.walk(self.transaction, after=first - 1, to=last)
        return [*stored, *(event for event in self._added.events if first <= event.position <= last)]

    def office(self, on: dt.date) -> Office:
        """The office as of a day, by all that is known."""
        added = self._streams.get(OFFICE)
        if added is None or added[-1:] == list(self._offices.events(self.transaction)[-1:]):
            return self._offices.office(self.transaction, on)
        key = (len(added), on)
        if key not in self._folded:
            self._folded[key] = read_office(added, on)
        return self._folded[key]

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
        return self._added.number

    def add_key(self, subject: str, key: bytes) -> None:
        """Keep the key of a subject that has none."""
        self._added.keys[subject] = key

    def destroy_key(self, subject: str) -> None:
        """Forget the key of a subject; none can be made for it afterwards."""
        self._added.destroyed.append(subject)

    def add(self, stream: str, payload: Payload, *, on: dt.date, envelope: Envelope) -> Event:
        """Put an event at the end of the log."""
        events = self.stream(stream)
        event = Event(
            stream=stream, version=len(events) + 1, position=self.position + 1, recorded_at=self.recorded_at,
            effective_on=on, envelope=envelope, payload=payload,
        )  # fmt: skip
        events.append(event)
        self._added.events.append(event)
        return event

    def add_to_directive(self, number: int, payload: Payload, *, on: dt.date, envelope: Envelope) -> Event:
        """Put an event of a directive at the end of the log, and the rows that it means into the timeline.

        What it robs of an effect is noted for the writer.
        """
        loaded = self._directives.setdefault(number, Loaded(number, self.stream(directive_stream(number)), None))
        history = list(loaded.events)
        event = self.add(directive_stream(number), payload, on=on, envelope=envelope)
        self._added.rows += new_rows(number, history, event, loaded.current, lambda: self._rows(number))
        if all(earlier.fold_key < event.fold_key for earlier in history) and not isinstance(payload, Retracted):
            loaded.current, _ = evolve(loaded.current, event)
        else:
            self._added.lost += _lost(number, history, loaded.events)
            loaded.current = replay(loaded.events)
        return event

    def _rows(self, number: int) -> Sequence[Row]:
        return [*self.transaction.timeline(number), *(row for row in self._added.rows if row.directive == number)]

    def warn(self, warning: str) -> None:
        """Tell the writer something."""
        self._added.warnings.append(warning)

    @contextmanager
    def command_scope(self) -> Iterator["Scope"]:
        """One command: if it fails, what it added is taken back, and the commands before it stand."""
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
        try:
            yield Scope(self, self.position + 1)
        except BaseException:
            added.take_back(*mark)
            self._streams.clear()
            self._directives.clear()
            self._folded.clear()
            raise

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

    @property
    def lost(self) -> tuple[Lost, ...]:
        """What the present command robbed of its effect."""
        return tuple(self._added.lost)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the present command has to tell."""
        return tuple(self._added.warnings)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a session that belongs to one command; its first event has position `first`."""

    session: Session
    first: int

    @property
    def positions(self) -> tuple[int, ...]:
        """The positions that the command has written so far."""
        return tuple(range(self.first, self.session.position + 1))


def _lost(number: int, before: Sequence[Event], after: Sequence[Event]) -> list[Lost]:
    """The events that acted on more of their named shares before than after, and are not void themselves.

    Retractions are not among them: what they do, they do before the fold.
    """
    acted_before, acted_after = _acted(before), _acted(after)
    void = voids(after)
    lost = []
    for event in before:
        if event.version in void or event.version not in acted_before or isinstance(event.payload, Retracted):
            continue
        gone = tuple(sorted(set(acted_before[event.version]) - set(acted_after.get(event.version, ()))))
        if gone:
            lost.append(Lost(number, event.version, event.payload.type_name, gone))
    return lost


def _acted(events: Sequence[Event]) -> dict[int, Acted]:
    return fold(visible(events))[1]


def stored_result(command: StoredCommand) -> Written:
    """The result that a command gave when it was carried out."""
    return load(command.result)
