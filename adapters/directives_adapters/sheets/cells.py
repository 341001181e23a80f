"""What a spreadsheet is once it is read: sheets of rows of typed cells, each of which knows its address."""

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from directives_adapters.sheets.limits import Budget

__all__ = [
    "Area", "Cell", "Format", "Row", "Sheet", "SheetBuilder", "Value", "Workbook", "column_letters", "column_number",
    "read_address", "read_area",
]  # fmt: skip

Value = str | int | float | bool | dt.date | dt.datetime | dt.time
Format = Literal["xlsx", "ods", "csv"]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell; empty ones are not kept.

    A day without a time of day is a `date`, one with a time a `datetime` (naive: sheets know no zones), a time alone a
    `time`. A formula gives the value that was kept with it, `formula` says so; where none was kept, or it is an error
    such as #REF!, `value` is the error's text and `error` is set. `merged` says that the cell is covered by a merged
    one, whose value it shows.
    """

    row: int
    column: int
    value: Value
    formula: bool = False
    error: bool = False
    merged: bool = False

    @property
    def address(self) -> str:
        """Such as B7."""
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with at least one filled cell: its number, counted from 1, and its cells by column number."""

    number: int
    cells: dict[int, Cell]

    def value(self, column: int) -> Value | None:
        """The value in a column; none where the cell is empty."""
        cell = self.cells.get(column)
        return cell.value if cell else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows in order; a .csv has one sheet without a name."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False

    def cells(self) -> Iterator[Cell]:
        """Yield all filled cells, row by row."""
        for row in self.rows:
            yield from row.cells.values()


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets; `macros` says that the file carries some (they are not looked at), `warnings` are sentences."""

    format: Format
    sheets: tuple[Sheet, ...]
    macros: bool = False
    warnings: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name, capitals aside."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


@dataclass(slots=True)
class SheetBuilder:
    """A sheet in the making: cells come in any order, merged areas spread their value over what they cover."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)

    def put(self, cell: Cell) -> None:
        """Add a cell; a later one at the same place takes its place."""
        self.cells.setdefault(cell.row, {})[cell.column] = cell

    def sheet(self, name: str, budget: Budget, *, hidden: bool = False) -> Sheet:
        """Return what was put in, in order.

        Raises:
            DocumentTooLarge: its merged areas cover more cells than any table.
        """
        numbers = sorted(self.cells)
        for area in self.areas:
            self._spread(area, numbers, budget)
        rows = (Row(number, dict(sorted(self.cells[number].items()))) for number in numbers)
        return Sheet(name, tuple(rows), hidden)

    def _spread(self, area: Area, numbers: list[int], budget: Budget) -> None:
        first_row, first_column, last_row, last_column = area
        main = self.cells.get(first_row, {}).get(first_column)
        if main is None or main.merged:
            return
        # Only rows that hold something are filled: a merged column of a million rows costs nothing.
        rows = numbers[bisect_left(numbers, first_row) : bisect_right(numbers, last_row)]
        columns = range(first_column, min(last_column, first_column + _WIDEST) + 1)
        budget.repeat(len(rows) * len(columns))
        for row in rows:
            for column in columns:
                if (row, column) != (first_row, first_column):
                    self.cells[row][column] = replace(main, row=row, column=column, merged=True)


_WIDEST = 100
"""Columns over which a merged cell spreads its value; a title above a table has no more."""


def column_letters(number: int) -> str:
    """Return 28 as "AB"."""
    letters = ""
    while number > 0:
        number, at = divmod(number - 1, 26)
        letters = chr(ord("A") + at) + letters
    return letters


def column_number(letters: str) -> int:
    """Return "AB" as 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def read_address(text: str) -> tuple[int, int] | None:
    """Return the row and column of an address such as B7; none where it is no address."""
    found = _ADDRESS.match(text)
    return (int(found[2]), column_number(found[1])) if found else None


def read_area(text: str) -> Area | None:
    """Return the area of a range such as A1:B7; none where it is no range."""
    first, _, last = text.partition(":")
    begin, end = read_address(first), read_address(last or first)
    return None if begin is None or end is None else (*begin, *end)
