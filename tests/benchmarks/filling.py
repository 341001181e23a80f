"""Registers of any size, written fast: real events through the codec, the fold and the timeline, in large commits.

What a command costs is measured elsewhere; here the way through the door is left out, so that a million directives
take minutes. `directives store check` finds nothing wrong with such a register, and a test holds that.
"""

import datetime as dt
from dataclasses import dataclass, field

from directives_core.clock import day_of
from directives_core.codec import codec, from_microseconds
from directives_core.directive.events import (
    Acknowledged,
    Assigned,
    Completed,
    DeadlineTerms,
    Extended,
    ExtensionRequested,
    NewShare,
    Noted,
    Party,
    Reminded,
    Reported,
)
from directives_core.directive.evolve import RULES
from directives_core.directive.state import Directive
from directives_core.event import Envelope, Event, Payload
from directives_core.office.events import UnitNames, UnitRegistered
from directives_core.results import Number, Told, dump
from directives_core.store import Record, Row, Store, StoredCommand
from directives_core.timeline import new_rows
from directives_core.values import replace

__all__ = ["LAST_DAY", "fill", "units_of"]

LAST_DAY = dt.date(2026, 9, 30)
"""The day on which the registers made here end."""

_YEARS = 4
_AT_ONCE = 10_000
_TEXT = (
    "Giao {unit} chủ trì, phối hợp với các phòng, ban liên quan rà soát, hoàn thiện hồ sơ số {number} về giải phóng "
    "mặt bằng, báo cáo kết quả về Ủy ban nhân dân huyện qua Phòng Tài nguyên và Môi trường để tổng hợp, chỉ đạo."
)
_REPORT = "Đã hoàn thành một nửa phần việc, còn vướng mắc về hồ sơ của các hộ dân; đề nghị hướng dẫn thêm."


def units_of(directives: int) -> int:
    """How many units a register of so many directives has: what one of them answers for stays what people can do."""
    return max(40, directives // 2_500)


@dataclass(slots=True)
class _Going:
    """A directive at work: its events so far, and what they fold into."""

    number: int
    shares: tuple[int, ...]
    history: list[Event] = field(default_factory=list)
    current: Directive | None = None
    latest: dt.date = dt.date.min
    due: dt.date | None = None


class _Scribe:
    """Gives out positions and times, and keeps what is to be written until it is worth a commit."""

    def __init__(self, store: Store, zone: dt.tzinfo) -> None:
        self._store, self._zone = store, zone
        with store.read() as transaction:
            head = transaction.head()
            self._office = len(transaction.stream("office"))
        self._position, self._last, self._number = head.position, from_microseconds(head.recorded_at), head.directive
        self._records: list[Record] = []
        self._rows: list[Row] = []
        self._commands: list[StoredCommand] = []

    def office(self, payload: Payload) -> None:
        """An event of the office."""
        self._office += 1
        self._add(self._event("office", self._office, payload, self._last))

    def directive(self, going: _Going, payload: Payload, instant: dt.datetime, *, late_days: int) -> None:
        """An event of a directive, with the rows that it means."""
        self._number = max(self._number, going.number)
        stream = f"directive:{going.number}"
        event = self._event(stream, len(going.history) + 1, payload, instant)
        if late_days:
            day = max(event.effective_on - dt.timedelta(days=late_days), going.history[0].effective_on)
            event = replace(event, effective_on=day)
        going.current, rows = new_rows(
            going.number, going.history, event, going.current, going.latest, lambda: self._table(going)
        )
        going.history.append(event)
        going.latest = max(going.latest, event.effective_on)
        self._rows += rows
        self._add(event)

    def _table(self, going: _Going) -> list[Row]:
        with self._store.read() as transaction:
            return [*transaction.timeline(going.number), *(row for row in self._rows if row[0] == going.number)]

    def _event(self, stream: str, version: int, payload: Payload, instant: dt.datetime) -> Event:
        self._position += 1
        self._last = max(self._last, instant)
        return Event(
            stream=stream, version=version, position=self._position, recorded_at=self._last,
            effective_on=day_of(self._last, self._zone), payload=payload,
            envelope=Envelope(actor="hoa", role="office", command_id=f"c-{self._position:032x}"),
        )  # fmt: skip

    def _add(self, event: Event) -> None:
        position, command_id = event.position, event.envelope.command_id
        self._records.append(codec.encode(event))
        told = Told(command_id=command_id, positions=(position,), version=event.version)
        result = dump(Number(max(self._number, 1), told))
        self._commands.append(StoredCommand(command_id, bytes(32), position, position, result))
        if len(self._records) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Commit what is waiting."""
        with self._store.write() as transaction:
            transaction.append(self._records)
            transaction.add_rows(self._rows)
            for command in self._commands:
                transaction.add_command(command)
            transaction.set_number(self._number)
            transaction.set_rules(RULES)
        self._records, self._rows, self._commands = [], [], []


def fill(store: Store, *, directives: int, events: int = 7, zone: dt.tzinfo = dt.UTC) -> None:
    """Fill a register that has been begun, up to `LAST_DAY`: directives come and go, each with so many events.

    Of ten directives seven are completed, one never has a day, two are still at work; of every fifty one is overdue.
    One event in a hundred is entered three days late; every twentieth directive has two shares.
    """
    scribe = _Scribe(store, zone)
    units = units_of(directives)
    for unit in range(units):
        scribe.office(UnitRegistered(unit=f"b{unit}", names=UnitNames(name=f"UBND xã {unit}")))
    gap = max(1, min(2_000, directives // 20))
    ticks = directives + (events - 1) * gap
    end = dt.datetime.combine(LAST_DAY, dt.time(9), tzinfo=dt.UTC)
    tick_length = dt.timedelta(days=_YEARS * 365) / ticks
    life_days = 10 + (tick_length * gap * events).days
    at_work: dict[int, _Going] = {}
    for tick in range(ticks):
        instant = end - tick_length * (ticks - tick - 1)
        for nth in range(events):
            number = tick - nth * gap + 1
            if 1 <= number <= directives:
                going = at_work.setdefault(number, _Going(number, (1, 2) if number % 20 == 3 else (1,)))
                payload = _payload(going, nth, events, units, day_of(instant, zone), life_days)
                scribe.directive(going, payload, instant, late_days=3 if nth > 1 and number % 100 == nth else 0)
                if nth == events - 1:
                    del at_work[number]
    scribe.flush()


def _payload(going: _Going, nth: int, events: int, units: int, today: dt.date, life_days: int) -> Payload:
    number, shares = going.number, going.shares
    overdue, undated, completed = number % 50 == 8, number % 10 == 9, number % 10 < 7
    if nth == 0:
        due = None if undated else today + dt.timedelta(days=5 if overdue else life_days)
        going.due = None if overdue else due
        lead = (number * 2_654_435_761 >> 16) % units  # in no step with what becomes of it
        new = tuple(NewShare(number=share, unit=f"b{(lead + share) % units}") for share in shares)
        return Assigned(
            text=_TEXT.format(unit=f"UBND xã {lead}", number=number), shares=new, deadline=DeadlineTerms(due_on=due),
            report_to=Party(wording="UBND huyện"), via=Party(wording="Phòng Tài nguyên và Môi trường"),
        )  # fmt: skip
    if completed and nth >= events - 2:
        return Completed(shares=shares) if nth == events - 1 else Reported(shares=shares, text=_REPORT, result=True)
    match (nth - 1) % 6:
        case 0:
            return Acknowledged(shares=shares)
        case 2 if going.due:
            return ExtensionRequested(shares=shares, wished_on=going.due + dt.timedelta(days=7))
        case 3 if going.due:
            going.due += dt.timedelta(days=7)
            return Extended(shares=shares, due_on=going.due)
        case 4:
            return Reminded(shares=shares)
        case 5:
            return Noted(text="Đã làm việc trực tiếp với đơn vị.")
        case _:
            return Reported(shares=shares, text=_REPORT, percent=float(min(nth, 99)))
