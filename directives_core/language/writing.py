"""Days, instants and numbers as the language spoken now writes them."""

from datetime import date, datetime

from directives_core.language.speaking import current

__all__ = ["day", "decimal", "instant", "long_day", "percent"]


def day(value: date | None) -> str:
    """A day, short: 09/10/2021 in Vietnamese; 2021-10-09, which no country reads otherwise, in English. None: empty."""
    if value is None:
        return ""
    if current() == "en":
        return value.isoformat()
    # What Babel makes of dd/MM/yyyy; tables have thousands of days, and importing Babel takes longer than writing them.
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def long_day(value: date | None) -> str:
    """A day in words: 9 October 2021, ngày 9 tháng 10 năm 2021. None is empty."""
    if value is None:
        return ""
    from babel.dates import format_date

    form = "'ngày' d 'tháng' M 'năm' y" if current() == "vi" else "d MMMM y"
    return str(format_date(value, form, locale=current()))


def instant(value: datetime | None, *, seconds: bool = False) -> str:
    """An instant by the clock of its own zone: 2021-10-09 17:00, or 17:00 09/10/2021. None is empty."""
    if value is None:
        return ""
    clock = f"{value:%H:%M:%S}" if seconds else f"{value:%H:%M}"
    return f"{day(value.date())} {clock}" if current() == "en" else f"{clock} {day(value.date())}"


def decimal(value: float) -> str:
    """A number with the language's separators: 1,234.5 in English, 1.234,5 in Vietnamese."""
    if current() == "en" and isinstance(value, int):
        return f"{value:,}"
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=current()))


def percent(value: float) -> str:
    """A share of something, from 0 to 1, as percent to two places: 66.67%, or 66,67%."""
    if current() == "en":
        return f"{value:.2%}"
    from babel.numbers import format_percent

    return str(format_percent(value, "0.00%", locale=current()))
