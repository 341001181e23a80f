"""Reading everything a store keeps: order, gaps, bytes, and whether the timeline says what a replay says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from directives_core.codec import codec
from directives_core.directive.evolve import RULES
from directives_core.errors import UnreadableEvent
from directives_core.event import Event
from directives_core.keeping.following import Following, Progress
from directives_core.keeping.sealing import sealing_problems
from directives_core.language import Phrase
from directives_core.office.events import RegisterCreated
from directives_core.store import ReadTransaction, Record, Row, Store
from directives_core.timeline import ABSENT

__all__ = ["CheckReport", "Progress", "check_store"]

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
        if head.position and head.rules != RULES:
            report.problems.append(
                Phrase("the timeline follows rules {found}, not {known}: rebuild it", found=head.rules, known=RULES)
            )
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
            report.problems.append(
                Phrase(
                    "the head says {position} events, {events} are there", position=head.position, events=report.events
                )
            )
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
            report.problems.append(
                Phrase.counted(
                    "1 event belongs to directives beyond D-{last}", "{n} events belong to directives beyond D-{last}",
                    in_directives - found, last=head.directive,
                )
            )  # fmt: skip
        report.problems += islice(sealing_problems(transaction), most_problems)
        tell(total, total)
    return report


def _in_order(transaction: ReadTransaction) -> Iterator[tuple[Record, list[str]]]:
    position, recorded_at = 0, 0
    for record in transaction.records():
        problems: list[str] = []
        if record.position != position + 1:
            problems.append(Phrase("after position {position} comes {found}", position=position, found=record.position))
        if record.recorded_at < recorded_at:
            problems.append(
                Phrase("position {position}: recorded before the position in front of it", position=record.position)
            )
        try:
            event = codec.decode(record)
        except UnreadableEvent as error:
            problems.append(error.args[0])
        else:
            if record.position == 1 and not isinstance(event.payload, RegisterCreated):
                problems.append(Phrase("the log does not begin with register.created"))
        position, recorded_at = record.position, record.recorded_at
        yield record, problems


def _gaps(stream: str, records: Sequence[Record]) -> list[str]:
    return [
        Phrase(
            "{stream}: version {version} stands in the place of {expected}",
            stream=stream,
            version=record.version,
            expected=expected,
        )
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
        report.problems.append(Phrase("D-{number} has no events", number=number))
        return 0
    report.directives += 1
    expected = _rows(number, events)
    kept = list(transaction.timeline(number))
    report.rows += len(kept)
    if sorted(expected, key=_key) != sorted(kept, key=_key):
        report.problems.append(
            Phrase("D-{number}: {difference}", number=number, difference=_difference(expected, kept))
        )
    elif _standing(expected) != list(
        transaction.rows_at(effective_to=_LAST_DAY, to_position=records[-1].position, directives=[number])
    ):
        report.problems.append(
            Phrase("D-{number}: the rows of now are not the last ones of the timeline", number=number)
        )
    return len(records)


def _rows(number: int, events: Sequence[Event]) -> list[Row]:
    following, rows = Following(number), list[Row]()
    for event in events:
        rows += following.rows(event, rows.copy)
    return rows


def _key(row: Row) -> tuple[int, int, int]:
    return row.share, row.effective_from, row.position


def _difference(expected: Sequence[Row], kept: Sequence[Row]) -> str:
    for row in sorted({*expected} ^ {*kept}, key=_key):
        about = {"share": row.share, "day": row.effective_from, "position": row.position}
        if row in expected:
            return Phrase(
                "the timeline does not say what its events say: "
                "share {share} from day {day} as known at position {position} (missing)",
                **about,
            )
        return Phrase(
            "the timeline does not say what its events say: "
            "share {share} from day {day} as known at position {position} (not due)",
            **about,
        )
    return Phrase("the timeline says something twice")


def _standing(rows: Sequence[Row]) -> list[Row]:
    newest: dict[int, Row] = {}
    for row in sorted(rows, key=_key):
        newest[row.share] = row
    return [newest[share] for share in sorted(newest) if newest[share].status != ABSENT]
