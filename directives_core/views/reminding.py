"""Letters of reminder: whom to write to, about which duties, and how often they were reminded before."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from directives_core.directive.events import Reminded
from directives_core.moment import Moment
from directives_core.office.names import bare
from directives_core.views.daily import Daily, DailyItem, Section
from directives_core.views.directive import UnitView
from directives_core.views.history import HistoryEntry

__all__ = ["DUTIES", "Letter", "LetterItem", "letters_of"]

DUTIES: tuple[Section, ...] = ("overdue", "due-today", "due-soon")
"""The sections of the list of the day that a unit can be reminded of."""

History = Callable[[int], Sequence[HistoryEntry]]


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One duty in a letter, with how often it was reminded before, and when last."""

    duty: DailyItem
    earlier: int
    last_reminded_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Letter:
    """What one unit is reminded of, what is over for longest first; `moment` is what it was written by."""

    moment: Moment
    unit: UnitView
    items: tuple[LetterItem, ...]

    @property
    def nth(self) -> int:
        """The how manieth reminder this is to the unit, by the duty that it was reminded of most often."""
        return 1 + max(item.earlier for item in self.items)

    def as_json(self) -> dict[str, Any]:
        """The letter as JSON."""
        return {
            "unit": {"id": self.unit.id, "name": self.unit.name}, "nth": self.nth,
            "items": [
                item.duty.as_json() | {
                    "earlier_reminders": item.earlier,
                    "last_reminded_on": item.last_reminded_on.isoformat() if item.last_reminded_on else None,
                }
                for item in self.items
            ],
        }  # fmt: skip


def letters_of(
    daily: Daily, history: History, *, sections: Collection[Section], numbers: Collection[int] | None = None
) -> list[Letter]:
    """A letter for every unit that something is to be reminded of, in the order of their names.

    Args:
        daily: the list of the day.
        history: the events of a directive as known at the moment of the list.
        sections: of those in `DUTIES`, what is to be reminded of.
        numbers: only these directives.
    """
    duties: dict[tuple[str | None, str], list[DailyItem]] = {}
    for item in daily.items:
        if item.section in sections and (numbers is None or item.number in numbers):
            duties.setdefault((item.unit.id, item.unit.name), []).append(item)
    return [
        Letter(
            daily.moment, UnitView(*unit), tuple(_with_earlier(duty, history) for duty in _longest_over_first(found))
        )
        for unit, found in sorted(duties.items(), key=lambda each: (bare(each[0][1]), each[0][1]))
    ]


def _longest_over_first(duties: Sequence[DailyItem]) -> list[DailyItem]:
    return sorted(duties, key=lambda duty: (duty.due_on or dt.date.max, duty.number, duty.share))


def _with_earlier(duty: DailyItem, history: History) -> LetterItem:
    days = [
        entry.effective_on
        for entry in history(duty.number)
        if entry.type == Reminded.type_name and entry.void_by is None and duty.share in entry.payload["shares"]
    ]
    return LetterItem(duty, len(days), max(days, default=None))
