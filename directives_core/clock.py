"""Instants and days: the clock that a register is given, and the zone that says when a day ends."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from directives_core.errors import BadValue, NaiveDatetime
from directives_core.language import Phrase

__all__ = ["Clock", "as_instant", "as_zone", "day_of", "end_of_day", "utc_now"]

Clock = Callable[[], dt.datetime]
"""Gives the present instant as an aware datetime."""

_FIRST, _LAST = dt.datetime.min + dt.timedelta(days=2), dt.datetime.max - dt.timedelta(days=2)


def utc_now() -> dt.datetime:
    """The present instant by the machine's clock."""
    return dt.datetime.now(dt.UTC)


def as_instant(value: dt.datetime) -> dt.datetime:
    """The instant in UTC.

    Raises:
        NaiveDatetime: the value has no zone, so that it could be any of several instants.
        BadValue: it lies on the first or last days of the calendar, where some zones have no day for it.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise NaiveDatetime(value)
    if not _FIRST <= value.replace(tzinfo=None) <= _LAST:
        raise BadValue(
            "instant",
            value,
            expected=Phrase("one between {first:%Y-%m-%d} and {last:%Y-%m-%d}", first=_FIRST, last=_LAST),
        )
    return value.astimezone(dt.UTC)


def as_zone(name: str) -> ZoneInfo:
    """The time zone of this IANA name.

    Raises:
        BadValue: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise BadValue("zone", name, expected=Phrase("an IANA name, such as Asia/Ho_Chi_Minh")) from error


def day_of(instant: dt.datetime, zone: ZoneInfo) -> dt.date:
    """The day that an instant belongs to in the zone."""
    return instant.astimezone(zone).date()


def end_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """The last microsecond of a day in the zone, in UTC."""
    if day == dt.date.max:
        return dt.datetime.max.replace(tzinfo=dt.UTC)
    start_of_next = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=zone)
    return start_of_next.astimezone(dt.UTC) - dt.timedelta(microseconds=1)
