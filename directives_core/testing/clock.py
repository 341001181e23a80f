"""A clock that stands still until it is told otherwise."""

import datetime as dt

from directives_core.errors import BadValue, NaiveDatetime

__all__ = ["Clock"]


class Clock:
    """Gives the instant that it was set to: `Clock("2021-10-01T17:00+07:00")`, to be passed as `clock=`.

    Raises:
        NaiveDatetime: the instant has no zone.
        BadValue: the text is no instant.
    """

    def __init__(self, now: str | dt.datetime) -> None:
        self._now = _aware(now)

    def __call__(self) -> dt.datetime:
        """The instant that the clock shows, aware."""
        return self._now

    def set(self, now: str | dt.datetime) -> None:
        """Show another instant, earlier or later; ISO 8601 with an offset, or an aware datetime."""
        self._now = _aware(now)

    def tick(self, seconds: float = 1.0) -> None:
        """Go on by so many seconds."""
        self._now += dt.timedelta(seconds=seconds)


def _aware(now: str | dt.datetime) -> dt.datetime:
    try:
        instant = dt.datetime.fromisoformat(now) if isinstance(now, str) else now
    except ValueError as error:
        raise BadValue("instant", now, expected="an instant such as 2021-10-01T17:00+07:00") from error
    if instant.utcoffset() is None:
        raise NaiveDatetime(now)
    return instant
