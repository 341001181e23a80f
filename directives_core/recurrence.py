"""Duties that come back every week, month, quarter, half-year or year: their due days and their periods' names."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Meta

from directives_core.values import Frozen

__all__ = ["Every", "Recurrence"]

Every = Literal["week", "month", "quarter", "half-year", "year"]

_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_LETTER = {"quarter": "Q", "half-year": "H"}
_PERIOD = re.compile(r"(\d{4})(?:-(?:([QH])(\d)|(\d\d)))?\Z", re.ASCII)
_DAYS_OF_WEEK = 7


class Recurrence(Frozen, kw_only=True):
    """The rule of a duty that comes back: one due day in every period.

    `day` is the day of the month, clipped to the month's end (31 is always the last day), or for `week` the ISO
    weekday, 1 for Monday. `month` counts within the quarter, half-year or year; without it the last month is meant.
    """

    every: Every
    month: Annotated[int, Meta(ge=1, le=12)] | None = None
    day: Annotated[int, Meta(ge=1, le=31)]

    def __post_init__(self) -> None:
        """Refuse a day or month that the period does not have."""
        if self.every == "week" and self.day > _DAYS_OF_WEEK:
            raise ValueError("the day of a week is its ISO weekday, 1 to 7")
        if self.month is not None and (self.every == "week" or self.month > _MONTHS[self.every]):
            raise ValueError(f"a {self.every} has no month {self.month}")

    def due_on_or_after(self, day: date) -> date:
        """Return the first due day that is not before `day`; the last day of the calendar where there is none."""
        return next(self.dues(day, date.max), date.max)

    def dues(self, first: date, last: date) -> Iterator[date]:
        """Yield the due days from `first` to `last`, both included, in order."""
        if self.every == "week":
            yield from self._weekly(first, last)
            return
        length = _MONTHS[self.every]
        for index in range(
            (first.year * 12 + first.month - 1) // length, (last.year * 12 + last.month - 1) // length + 1
        ):
            due = self._due(index * length // 12, index % (12 // length))
            if first <= due <= last:
                yield due

    def period_of(self, due: date) -> str:
        """Name the period that `due` lies in: 2021-10, 2021-Q4, 2021-H2, 2021, and the day itself for a week."""
        if self.every == "week":
            return due.isoformat()
        if self.every == "month":
            return f"{due.year:04}-{due.month:02}"
        if self.every == "year":
            return f"{due.year:04}"
        return f"{due.year:04}-{_LETTER[self.every]}{(due.month - 1) // _MONTHS[self.every] + 1}"

    def due_of(self, period: str) -> date | None:
        """Return the due day of the period of this name; None where this rule has no such period."""
        if self.every == "week":
            try:
                day = date.fromisoformat(period)
            except ValueError:
                return None
            return day if day.isoweekday() == self.day and day.isoformat() == period else None
        if not (found := _PERIOD.match(period)) or not int(found[1]):
            return None
        number = int(found[3] or found[4] or 1)
        due = self._due(int(found[1]), number - 1) if 1 <= number <= 12 // _MONTHS[self.every] else None
        return due if due is not None and self.period_of(due) == period else None

    def _weekly(self, first: date, last: date) -> Iterator[date]:
        ahead = (self.day - first.isoweekday()) % _DAYS_OF_WEEK
        while (last - first).days >= ahead:
            yield first + timedelta(days=ahead)
            ahead += _DAYS_OF_WEEK

    def _due(self, year: int, index: int) -> date:
        """Return the due day of the `index`-th period of `year`, counted from 0."""
        length = _MONTHS[self.every]
        month = index * length + (length if self.month is None else self.month)
        return date(year, month, min(self.day, calendar.monthrange(year, month)[1]))
