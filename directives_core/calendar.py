"""Working days: weekends, public holidays, and the days that a register adds or swaps."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from directives_core.errors import UnknownCountry
from directives_core.language import Phrase

__all__ = ["Calendar"]

#: Far beyond any office's deadline; keeps a mistyped number from walking through centuries.
_FARTHEST_DAYS = 40_000

_SATURDAY = 6


@lru_cache(maxsize=512)
def _public_holidays(country: str, year: int) -> dict[date, str]:
    import holidays  # here, because it costs more to import than all that is asked of it

    try:
        with warnings.catch_warnings():
            # Years outside a lunar calendar's tables warn; they simply have fewer known holidays.
            warnings.simplefilter("ignore")
            return dict(holidays.country_holidays(country, years=year).items())
    except NotImplementedError:
        raise UnknownCountry(country) from None


@lru_cache(maxsize=1)
def _package_version() -> str:
    from importlib.metadata import version

    return version("holidays")


class Calendar(Struct, frozen=True):
    """Which days an office works: not on weekends and public holidays, but on swapped working days.

    `country` is a code of the `holidays` package ("VN"), or None for weekends alone. `holidays` are extra days off,
    `working` are days worked although they fall on a weekend or holiday; a day in both is worked.
    """

    country: str | None = None
    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def reason_not_working(self, day: date) -> str | None:
        """Say why nobody works on `day`; None where it is a working day.

        Raises:
            UnknownCountry: the country's code is not known.
        """
        if day in self.working:
            return None
        if day in self.holidays:
            return Phrase("a day off of the register's own list")
        name = _public_holidays(self.country, day.year).get(day) if self.country else None
        if name is not None:
            return Phrase("a public holiday ({name})", name=name)
        if day.isoweekday() >= _SATURDAY:
            return Phrase("a Saturday") if day.isoweekday() == _SATURDAY else Phrase("a Sunday")
        return None

    def is_working(self, day: date) -> bool:
        """Say whether `day` is a working day."""
        return self.reason_not_working(day) is None

    def add_working_days(self, day: date, n: int) -> date | None:
        """Return the `n`-th working day after `day` (before it, where `n` is negative); `day` itself is not counted.

        None where that day is past the end of the calendar or more than a century away.
        """
        step, left, current = (1 if n >= 0 else -1), abs(n), day
        for _ in range(_FARTHEST_DAYS):
            if not left:
                return current
            try:
                current += timedelta(days=step)
            except OverflowError:
                return None
            left -= self.is_working(current)
        return None

    @property
    def version(self) -> str:
        """Name what the answers rest on: country, the holidays package's version, and a hash of the own list."""
        source = f"{self.country}/holidays-{_package_version()}" if self.country else "weekends"
        own = "".join(f"-{day}" for day in sorted(self.holidays)) + "".join(f"+{day}" for day in sorted(self.working))
        if not own:
            return f"{source}/none"
        from hashlib import sha256  # most offices add no days of their own, and reads need not wait for it

        return f"{source}/{sha256(own.encode()).hexdigest()[:8]}"
