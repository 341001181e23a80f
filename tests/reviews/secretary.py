"""A secretary at a workbook: finds cells by the hidden codes, types into them, inserts, copies and takes rows away."""

import io
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet


class Secretary:
    """Edits the workbook with openpyxl, which writes files as Excel does; `saved` gives the bytes."""

    def __init__(self, data: bytes) -> None:
        self.book = load_workbook(io.BytesIO(data))
        self.orders, self.left, self.header = self.book.worksheets[:3]

    def codes(self, sheet: Worksheet) -> dict[str, int]:
        """The column of each code."""
        return {str(cell.value).removeprefix("#"): cell.column for cell in sheet[1] if cell.value}

    def row(self, sheet: Worksheet, code: str) -> int:
        """The row of an order."""
        return next(cells[0].row for cells in sheet.iter_rows(min_row=2, max_col=1) if cells[0].value == code)

    def types(self, code: str, column: str, value: Any, *, sheet: Worksheet | None = None) -> None:
        """Type into the cell of an order, or of a passage that was left out."""
        sheet = sheet or (self.left if code.startswith("left:") else self.orders)
        sheet.cell(self.row(sheet, code), self.codes(sheet)[column]).value = value

    def says(self, field: str, value: Any) -> None:
        """Type one of the notice's own facts."""
        self.types(field, "value", value, sheet=self.header)

    def inserts(self, below: str, **cells: Any) -> int:
        """Insert an empty row below an order and type into it."""
        at = self.row(self.orders, below) + 1
        self.orders.insert_rows(at)
        for column, value in cells.items():
            self.orders.cell(at, self.codes(self.orders)[column]).value = value
        return at

    def copies(self, code: str, **cells: Any) -> int:
        """Copy a whole row to the end, hidden code and all, and type into it."""
        sheet = self.left if code.startswith("left:") else self.orders
        source, at = self.row(sheet, code), sheet.max_row + 1
        for cell in sheet[source]:
            sheet.cell(at, cell.column).value = cell.value
            sheet.cell(at, cell.column).number_format = copy(cell.number_format)
        for column, value in cells.items():
            sheet.cell(at, self.codes(sheet)[column]).value = value
        return at

    def saved(self) -> bytes:
        """The workbook as it would be saved."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()

    def saves(self, to: Path) -> None:
        """Save it."""
        to.write_bytes(self.saved())
