"""Workbooks in the making: row by row, so that memory does not grow with them, and with the same bytes every time."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import ceil
from typing import Any, BinaryIO

from directives_adapters.exports.formulas import marked_as_text
from directives_adapters.exports.heading import Heading
from directives_adapters.exports.packing import pack_again
from directives_adapters.exports.texts import inert
from directives_adapters.sheets.writing import put
from directives_core.errors import BadValue, NotInstalled
from directives_core.language import Phrase, current

__all__ = ["MOST_ROWS", "Looks", "SheetRows", "as_cell", "day_form", "open_workbook"]

MOST_ROWS = 1_048_576
"""Of one sheet; ECMA-376 has no longer one."""

_LINE_POINTS, _HIGHEST_POINTS = 15, 405

_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "remove_timezone": False,
}  # fmt: skip


@contextmanager
def open_workbook(out: BinaryIO, heading: Heading) -> Iterator[Any]:
    """A workbook of the library xlsxwriter, written to `out` when the block ends without an error.

    Rows, and the cells in them, are written in order. The workbook was made at the instant of the moment.

    Raises:
        NotInstalled: the library that writes workbooks is missing.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped]  # it comes without types
    except ImportError as error:
        raise NotInstalled("xlsx", extra="exports") from error
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as packed:
        workbook = xlsxwriter.Workbook(packed, {**_OPTIONS, "tmpdir": folder})
        try:
            workbook.set_properties({
                "title": inert(heading.title)[:255], "created": heading.made_at.replace(tzinfo=None),
            })  # fmt: skip
            yield workbook
        except BaseException:
            _let_go(workbook)
            raise
        workbook.close()
        pack_again(packed, out, made_at=heading.made_at)


def _let_go(workbook: Any) -> None:
    """Close the files of a workbook that will not be finished."""
    for sheet in workbook.worksheets():
        sheet.row_data_fh.close()
    workbook.fileclosed = True


class Looks:
    """The formats of a workbook, each made once; a text that looks like a formula stays text when it is edited too."""

    def __init__(self, workbook: Any, **common: Any) -> None:
        self._workbook, self._common = workbook, common
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, value: Any = None, **looks: Any) -> Any:
        """The format for a value."""
        if isinstance(value, str) and marked_as_text(value) != value:
            looks["quote_prefix"] = True
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**self._common, **looks})
        return self._made[key]


class SheetRows:
    """The rows of one sheet, added one below the other; each is as high as its longest text.

    Args:
        sheet: the sheet of xlsxwriter.
        looks: the formats of its workbook.
        widths: of its columns, in characters.
    """

    def __init__(self, sheet: Any, looks: Looks, widths: Sequence[float]) -> None:
        self.count = 0
        self._sheet, self._looks, self._widths = sheet, looks, widths
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)

    def add(self, cells: Iterable[tuple[Any, Mapping[str, Any]]], *, hidden: bool = False) -> None:
        """Write values with their looks; text is written as text, whatever it looks like. A hidden row is not shown.

        Raises:
            BadValue: a sheet has no so many rows.
        """
        row = self.count
        if row >= MOST_ROWS:
            most = Phrase("at most {rows} rows; choose fewer, or write csv", rows=MOST_ROWS - 1)
            raise BadValue("xlsx", row, expected=most)
        shown = [(inert(value) if isinstance(value, str) else value, looks) for value, looks in cells]
        lines = max(map(_lines, shown, self._widths), default=1)
        if lines > 1 or hidden:
            self._sheet.set_row(row, min(lines * _LINE_POINTS, _HIGHEST_POINTS), None, {"hidden": hidden})
        for place, (value, looks) in enumerate(shown):
            if value not in (None, "") or "border" in looks:  # an empty cell is not written, unless it shows a frame
                put(self._sheet, row, place, value, self._looks.of(value, **looks))
        # The row above is written by now: what is known of its height would only fill memory.
        self._sheet.row_info.pop(row - 1, None)
        self._sheet.row_sizes.pop(row - 1, None)
        self.count += 1


def _lines(cell: tuple[Any, Mapping[str, Any]], width: float) -> int:
    """How many lines the text of a cell takes in a column, by the letters that commonly fit."""
    value, looks = cell
    if not isinstance(value, str) or looks.get("text_wrap") is False:
        return 1
    return sum(max(1, ceil(len(line) / width)) for line in value.split("\n"))


def day_form() -> str:
    """How spreadsheets show a day, in the language spoken now."""
    return "yyyy-mm-dd" if current() == "en" else "dd/mm/yyyy"


def as_cell(value: Any) -> Any:
    """An hour as text, since workbooks of other programs show it as a fraction of a day."""
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value
