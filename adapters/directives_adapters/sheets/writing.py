"""Workbooks written safely: text stays text, no formula, the same content gives the same bytes."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from directives_adapters.sheets.cells import Value
from directives_core.errors import FormatNotInstalled

__all__ = ["MOST_CHARACTERS", "new_workbook", "put", "sheet_name", "sheet_text"]

MOST_CHARACTERS = 32_767
"""Of one cell; ECMA-376 has no longer text."""

_CREATED = dt.datetime(2000, 1, 1)
_FIRST_DAY, _LAST_DAY = dt.date(1900, 3, 1), dt.date(9999, 12, 31)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


@contextmanager
def new_workbook(out: io.BytesIO) -> Iterator[Any]:
    """A workbook of the library xlsxwriter, which is written into `out` when the block ends without an error.

    Nothing that looks like a formula, a link or a number becomes one, and the day of making is the same for all, so
    that the same content gives the same bytes.

    Raises:
        FormatNotInstalled: the library that writes workbooks is missing.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped]  # it comes without types
    except ImportError as error:
        raise FormatNotInstalled("xlsx", extra="exports") from error
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "dd/mm/yyyy", "remove_timezone": False,
    }  # fmt: skip
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"created": _CREATED})
    yield workbook
    workbook.close()


def put(sheet: Any, row: int, column: int, value: Value | None, format_: Any = None) -> None:
    """Write a value into a cell of a sheet of xlsxwriter, both counted from 0; a text is never taken for anything else.

    Days before March 1900, which spreadsheets count wrongly, stand as text in their ISO form.
    """
    match value:
        case None | "":
            sheet.write_blank(row, column, None, format_)
        case bool():
            sheet.write_boolean(row, column, value, format_)
        case int() | float():
            sheet.write_number(row, column, value, format_)
        case dt.date() if _FIRST_DAY <= _day_of(value) <= _LAST_DAY:
            sheet.write_datetime(row, column, value, format_)
        case dt.date():
            sheet.write_string(row, column, value.isoformat(), format_)
        case dt.time():
            sheet.write_datetime(row, column, value, format_)
        case _:
            sheet.write_string(row, column, sheet_text(value), format_)


def _day_of(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def sheet_text(text: str) -> str:
    """The text as a cell can hold it: without controls, and no longer than a cell; an ellipsis shows what was cut."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    # xlsxwriter takes a text within these marks for XML of its own and would write it as it is.
    text = f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def sheet_name(title: str) -> str:
    """The title as the name of a sheet: at most 31 letters, without the signs that Excel forbids."""
    name = _NOT_IN_NAMES.sub(" ", sheet_text(title)).strip().strip("'")
    return name[:31].strip() or "-"
