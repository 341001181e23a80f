"""Days and numbers as the language spoken now writes them."""

from datetime import date

from directives_core.language.speaking import current

__all__ = ["day", "decimal", "long_day"]


def day(value: date | None) -> str:
    """A day, short: 9/10/2021 in Vietnamese; in English 2021-10-09, which no country reads otherwise. None is empty."""
    if value is None:
        return ""
    if current() == "en":
        return value.isoformat()
    from babel.dates import format_date

    return str(format_date(value, "dd/MM/yyyy", locale=current()))


def long_day(value: date | None) -> str:
    """A day in words: 9 October 2021, ngày 9 tháng 10 năm 2021. None is empty."""
    if value is None:
        return ""
    from babel.dates import format_date

    form = "'ngày' d 'tháng' M 'năm' y" if current() == "vi" else "d MMMM y"
    return str(format_date(value, form, locale=current()))


def decimal(value: float) -> str:
    """A number with the language's separators: 1,234.5 in English, 1.234,5 in Vietnamese."""
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=current()))
