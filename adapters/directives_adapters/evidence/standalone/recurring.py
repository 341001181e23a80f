"""Duties that come back, restated: due days, periods by name, and the first day of a period."""

import calendar
import datetime
from collections.abc import Iterator
from typing import Any

__all__ = ["due_of", "dues", "first_day", "period_of"]

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
Rule = dict[str, Any]


def dues(rule: Rule, first: str, last: str) -> Iterator[str]:
    """The due days from `first` to `last`, both included, in order."""
    begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    if rule["every"] == "week":
        day = begin.toordinal() + (rule["day"] - begin.isoweekday()) % 7
        while day <= end.toordinal():
            yield str(datetime.date.fromordinal(day))
            day += 7
        return
    length = MONTHS[rule["every"]]
    for year in range(begin.year, end.year + 1):
        for months in range(0, 12, length):
            month = months + (rule["month"] or length)
            due = datetime.date(year, month, min(rule["day"], calendar.monthrange(year, month)[1]))
            if begin <= due <= end:
                yield str(due)


def period_of(rule: Rule, due: str) -> str:
    """The name of the period that falls due on a day: 2021-10, 2021-Q4, 2021-H2, 2021; for a week the day itself."""
    if rule["every"] in ("week", "month"):
        return due if rule["every"] == "week" else due[:7]
    if rule["every"] == "year":
        return due[:4]
    number = (int(due[5:7]) - 1) // MONTHS[rule["every"]] + 1
    return f"{due[:4]}-{'Q' if rule['every'] == 'quarter' else 'H'}{number}"


def due_of(rule: Rule, period: str) -> "str | None":
    """The due day of the period of this name; none where the rule has no such period."""
    year = period[:4]
    if not (year.isdecimal() and year.isascii() and len(year) == 4 and int(year)):
        return None
    found = (due for due in dues(rule, f"{year}-01-01", f"{year}-12-31") if period_of(rule, due) == period)
    return next(found, None)


def first_day(rule: Rule, due: str) -> str:
    """The first day of the period that falls due on a day: from then on it can be named."""
    day = datetime.date.fromisoformat(due)
    if rule["every"] == "week":
        return str(datetime.date.fromordinal(day.toordinal() - 6))
    length = MONTHS[rule["every"]]
    return str(day.replace(month=(day.month - 1) // length * length + 1, day=1))
