"""Which directives a filter can mean, told by the rows of their shares alone, so that the others need not be read."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple, get_args

from directives_core.directive.standing import Timeliness
from directives_core.directive.state import CLOSED, OPEN, WorkState
from directives_core.store import ReadTransaction, Row
from directives_core.timeline import to_days

__all__ = ["Likely"]

_ALL: frozenset[str] = frozenset(get_args(WorkState))
_STATUSES: dict[Timeliness, frozenset[str]] = {
    "no-deadline": OPEN, "in-time": OPEN, "due-soon": OPEN, "overdue": OPEN, "suspended": frozenset({"suspended"}),
    "completed-on-time": frozenset({"completed"}), "completed-late": frozenset({"completed"}),
    "completed-no-deadline": frozenset({"completed"}), "closed": CLOSED,
}  # fmt: skip
"""The status that the row of a share has where the share stands so."""


class Likely(NamedTuple):
    """What the row of a share is like where its directive can fit; rows of others may be like that too.

    A recurring share stands as its periods do, which are computed from the day: while its row is open it can stand in
    any open way. `unit` is the id of its unit.
    """

    unit: str | None
    status: str | None
    timeliness: Timeliness | None
    day: dt.date
    due_soon_days: int

    def numbers(self, transaction: ReadTransaction, position: int) -> list[int]:
        """The directives with such a row, at the day and as known at the position."""
        rows = transaction.rows_where(
            effective_to=to_days(self.day), to_position=position, statuses=sorted(self._statuses()), unit=self.unit,
            due_to=self._due_to(),
        )  # fmt: skip
        return list(dict.fromkeys(self._directives(rows)))

    def _directives(self, rows: Iterator[Row]) -> Iterator[int]:
        for row in rows:
            if (row.status in OPEN and '"recurrence"' in row.state) or self._can_stand(row):
                yield row.directive

    def _statuses(self) -> frozenset[str]:
        possible = _STATUSES[self.timeliness] if self.timeliness else _ALL
        # Of a whole directive one share may speak for the status and another for the time.
        if self.status is None or (self.unit is None and self.timeliness):
            return possible
        return possible & (OPEN if self.status in OPEN else {self.status})

    def _due_to(self) -> int | None:
        if self.timeliness == "overdue":
            return to_days(self.day) - 1
        return to_days(self.day) + self.due_soon_days if self.timeliness == "due-soon" else None

    def _can_stand(self, row: Row) -> bool:
        """Whether a share that does not recur can stand so; what awaits acceptance stands as it did when delivered."""
        if self.status not in (None, row.status) and (self.unit is not None or self.timeliness is None):
            return False
        if self.timeliness == "no-deadline":
            return row.due_on is None
        if self.timeliness == "due-soon":
            return row.due_on is not None and row.due_on >= to_days(self.day)
        return row.due_on is not None or self.timeliness not in ("overdue", "in-time")
