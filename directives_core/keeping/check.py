"""Reading everything a store keeps: order, gaps, bytes, and whether the timeline says what a replay says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from directives_core.codec import codec
from directives_core.directive.evolve import RULES, replay
from directives_core.errors import UnreadableEvent
from directives_core.event import Event
from directives_core.office.events import RegisterCreated
from directives_core.store import ReadTransaction, Record, Row, Store
from directives_core.timeline import ABSENT, new_rows

__all__ = ["CheckReport", "Progress", "check_store"]

Progress = Callable[[int, int], None]
"""Told how far the work has come: done, and all."""

_TOLD_EVERY = 1_000
_LAST_DAY = 3_000_000
_DIRECTIVE = "directive:"


@dataclass(slots=True)
class CheckReport:
    """What a check found: how much it read, and every problem in words."""

    events: int = 0
    directives: int = 0
    rows: int = 0
    rules: int = RULES
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def as_json(self) -> dict[str, object]:
        """The report as JSON."""
        return {
            "ok": self.ok, "events": self.events, "directives": self.directives, "rows": self.rows,
            "rules": self.rules, "problems": list(self.problems),
        }  # fmt: skip


def check_store(store: Store, *, progress: Progress | None = None, most_problems: int = 100) -> CheckReport:
    """Read all of a store at one committed state, in bounded memory.

    Args:
        store: what is checked; nothing is written to it.
        progress: told now and then how many events and directives are done, of how many.
        most_problems: when so many are found, the check stops.
    """
    report = CheckReport()
    with store.read() as transaction:
        head = transaction.head()
        total = head.position + head.directive
        tell = progress or (lambda done, all_: None)
        others, in_directives = set(), 0
        for record, problems in _in_order(transaction):
            report.events += 1
            report.problems += problems
            if record.stream.startswith(_DIRECTIVE):
                in_directives += 1
            else:
                others.add(record.stream)
            if report.events % _TOLD_EVERY == 0:
                tell(report.events, total)
            if len(report.problems) >= most_problems:
                return report
        if report.events != head.position:
            report.problems.append(f"the head says {head.position} events, {report.events} are there")
        for stream in sorted(others):
            report.problems += _gaps(stream, transaction.stream(stream))
        found = 0
        for number in range(1, head.directive + 1):
            found += _check_directive(transaction, number, report)
            if number % _TOLD_EVERY == 0:
                tell(report.events + number, total)
            if len(report.problems) >= most_problems:
                return report
        if found != in_directives:
            extra = f"{in_directives - found} events belong to directives beyond D-{head.directive}"
            report.problems.append(extra)
        tell(total, total)
    return report


def _in_order(transaction: ReadTransaction) -> Iterator[tuple[Record, list[str]]]:
    position, recorded_at = 0, 0
    for record in transaction.records():
        problems = []
        if record.position != position + 1:
            problems.append(f"after position {position} comes {record.position}")
        if record.recorded_at < recorded_at:
            problems.append(f"position {record.position}: recorded before the position in front of it")
        try:
            event = codec.decode(record)
        except UnreadableEvent as error:
            problems.append(str(error))
        else:
            if record.position == 1 and not isinstance(event.payload, RegisterCreated):
                problems.append("the log does not begin with register.created")
        position, recorded_at = record.position, record.recorded_at
        yield record, problems


def _gaps(stream: str, records: Sequence[Record]) -> list[str]:
    return [
        f"{stream}: version {record.version} stands in the place of {expected}"
        for expected, record in enumerate(records, 1)
        if record.version != expected
    ]


def _check_directive(transaction: ReadTransaction, number: int, report: CheckReport) -> int:
    """Compare the rows of one directive with those that adding its events one by one gives; how many events it has."""
    records = transaction.stream(f"{_DIRECTIVE}{number}")
    report.problems += _gaps(f"D-{number}", records)
    try:
        events = [codec.decode(record) for record in records]
    except UnreadableEvent:
        return len(records)  # said already, when the whole log was read
    if not events:
        report.problems.append(f"D-{number} has no events")
        return 0
    report.directives += 1
    expected = _rows(number, events)
    kept = list(transaction.timeline(number))
    report.rows += len(kept)
    if sorted(expected, key=_key) != sorted(kept, key=_key):
        report.problems.append(f"D-{number}: {_difference(expected, kept)}")
    elif _standing(expected) != list(
        transaction.rows_at(effective_to=_LAST_DAY, to_position=records[-1].position, directives=[number])
    ):
        report.problems.append(f"D-{number}: the rows of now are not the last ones of the timeline")
    return len(records)


def _rows(number: int, events: Sequence[Event]) -> list[Row]:
    rows: list[Row] = []
    for count, event in enumerate(events):
        history = events[:count]
        rows += new_rows(number, history, event, replay(history), rows.copy)
    return rows


def _key(row: Row) -> tuple[int, int, int]:
    return row.share, row.effective_from, row.position


def _difference(expected: Sequence[Row], kept: Sequence[Row]) -> str:
    for row in sorted({*expected} ^ {*kept}, key=_key):
        where = f"share {row.share} from day {row.effective_from} as known at position {row.position}"
        return f"the timeline does not say what its events say: {where} ({'missing' if row in expected else 'not due'})"
    return "the timeline says something twice"


def _standing(rows: Sequence[Row]) -> list[Row]:
    newest: dict[int, Row] = {}
    for row in sorted(rows, key=_key):
        newest[row.share] = row
    return [newest[share] for share in sorted(newest) if newest[share].status != ABSENT]
