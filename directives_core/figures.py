"""The official table: completed on time or late, open in time or overdue, with the undated apart."""

from collections.abc import Iterable

from msgspec import Struct, structs

from directives_core.directive.standing import Timeliness
from directives_core.language import Phrase

__all__ = ["Figures", "Rate", "Tally", "rates_of", "tally_of"]

_COLUMN: dict[Timeliness, str] = {
    "completed-on-time": "completed_on_time", "completed-late": "completed_late", "in-time": "open_in_time",
    "due-soon": "open_in_time", "overdue": "open_overdue", "completed-no-deadline": "completed_no_deadline",
    "no-deadline": "open_no_deadline", "suspended": "suspended", "closed": "closed",
}  # fmt: skip


class Tally(Struct):
    """One row: how many stand how; `total` is the sum of all the others."""

    total: int = 0
    completed_on_time: int = 0
    completed_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    completed_no_deadline: int = 0
    open_no_deadline: int = 0
    suspended: int = 0
    closed: int = 0

    def count(self, timeliness: Timeliness) -> None:
        """Count one more."""
        column = _COLUMN[timeliness]
        setattr(self, column, getattr(self, column) + 1)
        self.total += 1

    def add(self, other: "Tally") -> None:
        """Add another row to this one."""
        for column in self.__struct_fields__:
            setattr(self, column, getattr(self, column) + getattr(other, column))

    def as_json(self) -> dict[str, int]:
        """The row, column by column."""
        return structs.asdict(self)

    @property
    def completed(self) -> int:
        """All that is completed, dated or not."""
        return self.completed_on_time + self.completed_late + self.completed_no_deadline


class Rate(Struct, frozen=True):
    """A share of something: `value` from 0 to 1, none where the denominator is 0; `denominator_is` names it."""

    name: str
    value: float | None
    numerator: int
    denominator: int
    denominator_is: str


class Figures(Struct, frozen=True):
    """A table of figures: `counts` says what is counted; `rows` are (unit id, unit name, tally)."""

    counts: str
    rows: tuple[tuple[str | None, str | None, Tally], ...]
    total: Tally
    rates: tuple[Rate, ...]

    def as_json(self) -> dict[str, object]:
        """The table in the shape of the command line's JSON."""
        rows = [
            {"unit": None if name is None else {"id": unit, "name": name}, **tally.as_json()}
            for unit, name, tally in self.rows
        ]
        total = {"unit": None, **self.total.as_json()}
        return {
            "counts": self.counts,
            "rows": rows,
            "total": total,
            "rates": [structs.asdict(rate) for rate in self.rates],
        }


def rates_of(total: Tally) -> tuple[Rate, ...]:
    """The rates that offices publish, each with what it is a part of."""
    dated = total.completed_on_time + total.completed_late
    fallen_due = total.completed + total.open_overdue
    open_dated = total.open_in_time + total.open_overdue
    return (
        _rate(Phrase("completed on time"), total.completed_on_time, dated, Phrase("completed with a deadline")),
        _rate(Phrase("completed"), total.completed, fallen_due, Phrase("completed or overdue")),
        _rate(Phrase("overdue"), total.open_overdue, open_dated, Phrase("open with a deadline")),
    )


def _rate(name: str, numerator: int, denominator: int, meaning: str) -> Rate:
    return Rate(name, numerator / denominator if denominator else None, numerator, denominator, meaning)


def tally_of(all_timeliness: Iterable[Timeliness]) -> Tally:
    """Count them."""
    tally = Tally()
    for timeliness in all_timeliness:
        tally.count(timeliness)
    return tally
