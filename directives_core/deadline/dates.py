"""Days, hours and calendar periods as Vietnamese writes them, read at a place of folded text."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from directives_core.folding import fold_words
from directives_core.language import Phrase

__all__ = [
    "DayWords", "Period", "Rule", "add_months", "before", "read_day", "read_period", "read_time", "read_weekday",
    "written_day",
]  # fmt: skip

Rule = Literal[
    "before", "at-latest", "before-time", "within-month", "within-quarter", "within-year", "recurring", "relative",
    "event-relative",
]  # fmt: skip
_RULES: dict[str, Rule] = {"tháng": "within-month", "quý": "within-quarter", "năm": "within-year"}

_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december")  # fmt: skip
_WEEKDAYS = {"hai": 1, "2": 1, "ba": 2, "3": 2, "tư": 3, "4": 3, "năm": 4, "5": 4, "sáu": 5, "6": 5, "bảy": 6, "7": 6}
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_PART = r"(?:(?:buổi )?(?:sáng|trưa|chiều|tối|đêm) )?"
_DAY = re.compile(
    rf"{_PART}(?:hết )?(?:{_WEEKDAY} ?,? ?\(?)?(?P<named>(?:các )?ngày )?(?:mùng |mồng )?(?:"
    r"(?P<iso>\d{4})-(?P<isom>\d{1,2})-(?P<isod>\d{1,2})(?!\d)"
    r"|(?P<d>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<m>\d{1,2}) ?(?P=sep) ?(?P<y>\d{4}|\d{2})(?![\d/])"
    r"|(?P<dw>\d{1,2})(?: của)? tháng (?P<mw>\d{1,2}|này|tới|sau|tiếp theo|kế tiếp)"
    r"(?:,? ?(?:năm |/|-|\.) ?(?P<yw>\d{4}))?(?!\d)"
    rf"|(?P<de>\d{{1,2}}) (?P<me>{'|'.join(_ENGLISH)}),? (?P<ye>\d{{4}})"
    r"|(?P<ds>\d{1,2}) ?(?P<short>[/.-]) ?(?P<ms>\d{1,2})(?! ?[\d/%])"
    r"|(?P<bare>\d{1,2})(?! ?[\d/.%-]+\d)(?!\w))"
)
_WEEKDAY_NAME = re.compile(_PART + _WEEKDAY + r"(?!\w)")
_TIME = re.compile(
    r"(?P<h>\d{1,2}) ?(?:giờ|g(?!\w)|h(?![a-zà-ỹ])|(?P<colon>:)(?=\d\d))"
    r"(?: ?(?P<mi>\d{2})(?!\d))?(?: ?(?:phút|p(?!\w)|'))?"
    r"(?: (?P<part>sáng|trưa|chiều|tối))?(?: ?[,(]? ?(?:của |cùng |vào |trong )?)"
)
_PERIOD = re.compile(
    r"(?:tháng (?P<m>\d{1,2})(?:(?:,? năm |/| ?- ?|\.)(?P<my>\d{4}))?(?! ?[/\d])"
    r"|(?P<half>6 tháng (?:đầu|cuối) năm)(?: (?P<hy>\d{4}))?"
    r"|quý (?P<q>iv|iii|ii|i|[1-4])(?!\w)(?:(?:,? năm |/| ?- ?|, )(?P<qy>\d{4}))?"
    r"|năm (?P<y>\d{4})(?! ?- ?\d)(?!\d)"
    r"|(?P<this>tháng|quý|năm) (?P<which>này|nay|tới|sau)(?!\w)"
    r"|(?P<alone>tháng|quý|năm)(?! ?\d)(?=[.,;:)]|$| ?\())"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEAR_DAYS = 200
_NOON = 12


@dataclass(frozen=True)
class DayWords:
    """A day as written: its month or year may have been left out."""

    day: int
    month: int | None = None
    year: int | None = None
    next_month: bool = False

    def on(self, anchor: date | None) -> tuple[date | None, str | None]:
        """Return the day, a missing year taken from `anchor`, and what is doubtful about it."""
        year, month, note = self.year, self.month, None
        if month is None:
            return None, Phrase("no month is written")
        if year is None:
            if anchor is None:
                return None, Phrase("no year is written")
            year = anchor.year
            this, after = _day(year, month, self.day), _day(year + 1, month, self.day)
            if this and after and this < anchor and (after - anchor).days <= _NEAR_DAYS:
                year, note = (
                    year + 1,
                    Phrase(
                        "no year is written; {day}/{month} was read as the next one, in {year}",
                        day=self.day,
                        month=month,
                        year=year + 1,
                    ),
                )
        found = _day(year, month, self.day)
        if found is None:
            return None, Phrase("there is no day {day}/{month}/{year}", day=self.day, month=month, year=year)
        return found, note


@dataclass(frozen=True)
class Period:
    """A month, quarter, half-year or year of the calendar."""

    first: date
    last: date
    rule: Rule
    alone: bool = False

    @property
    def middle(self) -> date:
        """The 15th of a month or of a quarter's second month, and 30 June of a year."""
        if self.rule == "within-year":
            return self.first.replace(month=6, day=30)
        return self.first.replace(month=self.first.month + (self.last.month - self.first.month) // 2, day=15)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def before(day: date) -> date | None:
    """Return the day before `day`; None where the calendar begins."""
    return day - timedelta(days=1) if day > date.min else None


def add_months(day: date, months: int) -> date | None:
    """Return the same day `months` later, clipped to the month's end; None past the end of the calendar."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def read_day(low: str, at: int, *, named: bool = False, anchor: date | None = None) -> tuple[DayWords, int] | None:
    """Read a day at `at`; where `named`, only one that is called "ngày", or that says its month and year."""
    found = _DAY.match(low, at)
    if found is None:
        return None
    says_day = found["named"] is not None
    if found["iso"]:
        words = DayWords(int(found["isod"]), int(found["isom"]), int(found["iso"]))
    elif found["d"]:
        year = int(found["y"])
        words = DayWords(int(found["d"]), int(found["m"]), year + 2000 if len(found["y"]) < len("2000") else year)
    elif found["dw"]:
        words = _in_words(found, anchor)
    elif found["de"]:
        words = DayWords(int(found["de"]), _ENGLISH.index(found["me"]) + 1, int(found["ye"]))
    elif found["ds"]:
        if (named or found["short"] != "/") and not says_day:
            return None
        words = DayWords(int(found["ds"]), int(found["ms"]))
    elif says_day:
        words = DayWords(int(found["bare"]))
    else:
        return None
    return words, found.end() + low.startswith(")", found.end()) * ("(" in found[0])


def written_day(text: str) -> date | None:
    """The day that a text is and nothing else: 30/9/2021, 30.9.2021, 2021-09-30, ngày 30 tháng 9 năm 2021.

    None where it is more or less than that, such as a day without a year, or a day that no calendar has.
    """
    said = fold_words(text)
    if not said.removeprefix("ngày ")[:1].isdigit():
        return None
    read = read_day(said, 0)
    return None if read is None or read[1] != len(said) else read[0].on(None)[0]


def _in_words(found: re.Match[str], anchor: date | None) -> DayWords:
    month, year = found["mw"], int(found["yw"]) if found["yw"] else None
    if month.isdecimal():
        return DayWords(int(found["dw"]), int(month), year)
    if anchor is None:
        return DayWords(int(found["dw"]))
    meant = anchor if month == "này" else add_months(anchor, 1) or anchor
    return DayWords(int(found["dw"]), meant.month, meant.year, next_month=month != "này")


def read_time(low: str, at: int) -> tuple[time, int] | None:
    """Read an hour at `at`, with the small words that tie it to its day."""
    found = _TIME.match(low, at)
    if found is None:
        return None
    hour, minute = int(found["h"]), int(found["mi"] or 0)
    if found["part"] in ("chiều", "tối") and hour < _NOON:
        hour += _NOON
    if hour == 24 and not minute:
        hour, minute = 23, 59
    if hour > time.max.hour or minute > time.max.minute:
        return None
    return time(hour, minute), found.end()


def read_weekday(low: str, at: int) -> tuple[int, int] | None:
    """Read the name of a weekday at `at` as its ISO number."""
    found = _WEEKDAY_NAME.match(low, at)
    if found is None:
        return None
    return (7 if found[0].endswith("chủ nhật") else _WEEKDAYS[found[0].split()[-1]]), found.end()


def read_period(low: str, at: int, anchor: date | None) -> tuple[Period, int] | None:
    """Read a month, quarter, half-year or year at `at`; what is not said comes from `anchor`."""
    found = _PERIOD.match(low, at)
    if found is None:
        return None
    said = found["my"] or found["hy"] or found["qy"] or found["y"]
    year = int(said) if said else anchor.year if anchor else None
    if year is None or not 1 <= year <= date.max.year:
        return None
    if found["m"]:
        period = _months(year, int(found["m"]), 1, "within-month")
    elif found["half"]:
        period = _months(year, 1 if "đầu" in found["half"] else 7, 6, "within-year")
    elif found["q"]:
        number = _ROMAN.get(found["q"]) or int(found["q"])
        period = _months(year, number * 3 - 2, 3, "within-quarter")
    elif found["y"]:
        period = _months(year, 1, 12, "within-year")
    else:
        period = _this(found, anchor)
    return (period, found.end()) if period else None


def _this(found: re.Match[str], anchor: date | None) -> Period | None:
    if anchor is None:
        return None
    name = found["this"] or found["alone"]
    length = {"tháng": 1, "quý": 3, "năm": 12}[name]
    meant = add_months(anchor, length) if found["which"] in ("tới", "sau") else anchor
    if meant is None:
        return None
    rule = _RULES[name]
    return _months(meant.year, (meant.month - 1) // length * length + 1, length, rule, alone=found["alone"] is not None)


def _months(year: int, month: int, length: int, rule: Rule, *, alone: bool = False) -> Period | None:
    if not 1 <= month <= 12:
        return None
    last = month + length - 1
    return Period(date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]), rule, alone)
