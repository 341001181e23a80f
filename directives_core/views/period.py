"""Figures that need days: what happened in a period, and what has been overdue or silent for long."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from directives_core.directive.standing import Standing
from directives_core.directive.state import LEAST_ADVANCED, Directive, WorkState
from directives_core.views.directive import last_report_of

__all__ = ["Ageing", "PeriodFigures", "ageing_of", "months_before", "period_of"]

_LONG_DAYS, _VERY_LONG_DAYS, _SILENT_MONTHS = 30, 120, 3


@dataclass(frozen=True, slots=True)
class Ageing:
    """The directives overdue for more than 30 and more than 120 days, and the undated without a report for 3 months."""

    overdue_over_30: tuple[int, ...]
    overdue_over_120: tuple[int, ...]
    undated_silent_3_months: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The numbers of the directives, and how many there are."""
        return {name: {"count": len(numbers), "numbers": list(numbers)} for name, numbers in asdict(self).items()}


def ageing_of(directives: Iterable[tuple[int, Directive, Standing]], day: dt.date) -> Ageing:
    """Who has waited for long, as of a day, of directives that are given with how they stand."""
    over_30, over_120, silent = [], [], []
    quiet_since = months_before(day, _SILENT_MONTHS)
    for number, state, standing in directives:
        if standing.timeliness == "overdue":
            days = -min(share.days_left for share in standing.shares.values() if share.days_left is not None)
            if days > _LONG_DAYS:
                over_30.append(number)
            if days > _VERY_LONG_DAYS:
                over_120.append(number)
        elif standing.timeliness == "no-deadline":
            report = last_report_of(state.shares.values())
            if (report.on if report else state.facts.assigned_on) <= quiet_since:
                silent.append(number)
    return Ageing(tuple(over_30), tuple(over_120), tuple(silent))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier, or the last one of that month where it has no such day."""
    index = day.year * 12 + day.month - 1 - months
    first = dt.date(max(index // 12, 1), index % 12 + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """A period's account: carried over + given + reopened = completed + otherwise closed + carried on.

    A directive is placed by its state on the eve of the first day and on the last day, both as known at one position.
    """

    first: dt.date
    last: dt.date
    carried_over: tuple[int, ...]
    given: tuple[int, ...]
    reopened: tuple[int, ...]
    completed: tuple[int, ...]
    otherwise_closed: tuple[int, ...]
    carried_on: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The account: counts, each with the numbers of its directives."""
        columns = ("carried_over", "given", "reopened", "completed", "otherwise_closed", "carried_on")
        counts = {name: {"count": len(getattr(self, name)), "numbers": list(getattr(self, name))} for name in columns}
        return {"from": self.first.isoformat(), "to": self.last.isoformat(), **counts}


def period_of(
    first: dt.date, last: dt.date, eve: Iterable[tuple[int, WorkState]], end: Iterable[tuple[int, WorkState]]
) -> PeriodFigures:
    """Place every directive by its status on the eve and at the end; both come in the order of their numbers."""
    columns: dict[str, list[int]] = {
        "carried_over": [], "given": [], "reopened": [], "completed": [], "otherwise_closed": [], "carried_on": [],
    }  # fmt: skip
    for number, status, before in _beside(eve, end):
        binds = status in LEAST_ADVANCED
        if before is not None and before not in LEAST_ADVANCED and not binds:
            continue  # ended before the period, and stayed so
        origin = "given" if before is None else "carried_over" if before in LEAST_ADVANCED else "reopened"
        columns[origin].append(number)
        columns["carried_on" if binds else "completed" if status == "completed" else "otherwise_closed"].append(number)
    return PeriodFigures(first, last, **{name: tuple(numbers) for name, numbers in columns.items()})


def _beside(
    eve: Iterable[tuple[int, WorkState]], end: Iterable[tuple[int, WorkState]]
) -> Iterator[tuple[int, WorkState, WorkState | None]]:
    """The directives at the end, each with its status on the eve, where it was there."""
    earlier = iter(eve)
    was = next(earlier, None)
    for number, status in end:
        while was is not None and was[0] < number:
            was = next(earlier, None)
        yield number, status, was[1] if was is not None and was[0] == number else None
