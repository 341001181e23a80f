"""Days and times as spreadsheets keep them: numbers of days, shown as days by a format."""

import datetime as dt
import math
import re

__all__ = ["from_serial", "shows_days"]

_BUILT_IN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Numbers of the formats of days and times that need no code: ECMA-376 part 1, 18.8.30, with those of East Asia."""

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY_SIGNS = re.compile(r"[dmyhs]", re.IGNORECASE)
_FIRST_1900, _FIRST_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_LAST = 2_958_465
"""31 December 9999."""


def shows_days(format_id: int, code: str | None) -> bool:
    """Whether a number of this format is shown as a day or a time."""
    if code is None:
        return format_id in _BUILT_IN_DAYS
    return bool(_DAY_SIGNS.search(_QUOTED.sub("", code.partition(";")[0])))


def from_serial(serial: float, *, since_1904: bool = False) -> dt.date | dt.datetime | dt.time | None:
    """Return the day, instant or time of day that a number of days stands for; none where it stands for none.

    Spreadsheets that count from 1900 take that year for a leap year, so that days before 1 March 1900 are off by one.
    """
    if not math.isfinite(serial) or not 0 <= serial < _LAST + 1:
        return None
    days, fraction = divmod(serial, 1)
    seconds = round(fraction * 86_400)
    if days == 0 and fraction and not since_1904:
        return (dt.datetime.min + dt.timedelta(seconds=min(seconds, 86_399))).time()
    if not since_1904 and days < 60:
        days += 1
    try:
        instant = (_FIRST_1904 if since_1904 else _FIRST_1900) + dt.timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
    return instant if instant.time() != dt.time() else instant.date()
