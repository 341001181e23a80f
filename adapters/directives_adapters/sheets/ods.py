"""Workbooks of OpenDocument (.ods), as LibreOffice saves them: their cells read as a stream."""

import datetime as dt
import re

from directives_adapters.documents.package import Package
from directives_adapters.sheets.cells import Area, Cell, Sheet, SheetBuilder, Value, Workbook
from directives_adapters.sheets.limits import Budget, Limits
from directives_adapters.sheets.stream import Handler, parse_stream
from directives_core.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument
from directives_core.language import Phrase

__all__ = ["read_ods"]

_CELLS = ("table-cell", "covered-table-cell")
_NOT_IN_CELL = ("annotation", "shapes")
_HOURS = re.compile(r"PT(\d{1,2})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S\Z", re.ASCII)


def read_ods(data: bytes, limits: Limits) -> Workbook:
    """Return the sheets; raises as `read_sheets` does."""
    package = Package(data, "ods")
    manifest = package.tree_or_none("META-INF/manifest.xml")
    if manifest is not None and next(manifest.every("encryption-data"), None):
        raise EncryptedDocument("ods")
    budget = Budget(limits, len(data))
    reader = _Reader(budget)
    parse_stream(package.read("content.xml"), reader, "ods", budget)
    if not reader.sheets:
        raise BrokenDocument("ods", why=Phrase("it has no sheet of cells"))
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in package.names)
    return Workbook("ods", tuple(reader.sheets), macros=macros)


class _Reader(Handler):
    """Reads every sheet of the content; rows and cells that say that they are repeated are written out."""

    def __init__(self, budget: Budget) -> None:
        self.sheets: list[Sheet] = []
        self._budget = budget
        self._builder = SheetBuilder()
        self._name, self._depth, self._skips = "", 0, 0
        self._row, self._rows, self._column = 0, 1, 0
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._found: list[tuple[int, int, Value, bool, bool]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See `Handler`."""
        if name in _NOT_IN_CELL or self._skips:
            self._skips += 1
        elif name == "table":
            self._depth += 1
            if self._depth == 1:
                self._begin_sheet(attributes)
        elif self._depth != 1:
            return
        elif name == "table-row":
            self._row, self._rows = self._row + self._rows, _count(attributes, "number-rows-repeated")
            self._column, self._found = 1, []
        elif name in _CELLS:
            self._cell, self._texts = attributes, []
        elif self._cell is not None:
            self._in_cell(name, attributes)

    def text(self, text: str) -> None:
        """See `Handler`."""
        if self._cell is not None and not self._skips:
            self._texts.append(text)

    def end(self, name: str) -> None:
        """See `Handler`."""
        if self._skips:
            self._skips -= 1
        elif name == "table":
            self._depth -= 1
            if self._depth == 0:
                self.sheets.append(self._builder.sheet(self._name, self._budget))
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
        elif name == "table-row" and self._depth == 1:
            self._end_row()

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= self._budget.limits.sheets:
            raise DocumentTooLarge(
                Phrase("it has too many sheets"), limit=self._budget.limits.sheets, unit=Phrase("sheets")
            )
        self._builder, self._name = SheetBuilder(), attributes.get("name", "")
        self._row, self._rows = 0, 1

    def _in_cell(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "p" if self._texts:
                self._texts.append("\n")
            case "s":
                self._texts.append(" " * min(_count(attributes, "c"), 100))
            case "tab":
                self._texts.append("\t")
            case "line-break":
                self._texts.append("\n")

    def _end_cell(self, cell: dict[str, str]) -> None:
        value, error = _meant(cell, "".join(self._texts))
        repeated = _count(cell, "number-columns-repeated")
        if value is not None:
            formula = "formula" in cell
            self._budget.repeat(repeated - 1)
            for column in range(self._column, self._column + repeated):
                self._budget.cell(column, len(value) if isinstance(value, str) else 0)
                self._found.append((self._row, column, value, formula, error))
        if area := _spanned(cell, self._row, self._column):
            self._builder.areas.append(area)
        self._column, self._cell = self._column + repeated, None

    def _end_row(self) -> None:
        if not self._found:
            return
        self._budget.repeat((self._rows - 1) * len(self._found))
        for row in range(self._row, self._row + self._rows):
            self._budget.row()
            for _, column, value, formula, error in self._found:
                if row != self._row:
                    self._budget.cell(column, len(value) if isinstance(value, str) else 0)
                self._builder.put(Cell(row, column, value, formula=formula, error=error))


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BrokenDocument("ods", why=Phrase("it counts {name} with what is no number", name=name))
    return max(1, int(text))


def _spanned(cell: dict[str, str], row: int, column: int) -> Area | None:
    """The area of a merged cell."""
    rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
    return (row, column, row + rows - 1, column + columns - 1) if rows > 1 or columns > 1 else None


def _meant(cell: dict[str, str], shown: str) -> tuple[Value | None, bool]:
    """The value of a cell, and whether it is an error."""
    kind = cell.get("value-type", "")
    if kind == "string" and "formula" in cell and shown.startswith(("#", "Err:")):
        return shown, True
    match kind:
        case "float" | "percentage" | "currency":
            return _number(cell.get("value", "")), False
        case "boolean":
            return cell.get("boolean-value") == "true", False
        case "date":
            return _day(cell.get("date-value", "")) or shown or None, False
        case "time":
            return _time(cell.get("time-value", "")) or shown or None, False
        case _:
            return cell.get("string-value", shown) or None, False


def _number(text: str) -> Value:
    try:
        number = float(text)
    except ValueError as error:
        raise BrokenDocument("ods", why=Phrase("a cell of numbers holds none")) from error
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _day(text: str) -> Value | None:
    try:
        instant = dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None
    return instant.date() if instant.time() == dt.time() else instant


def _time(text: str) -> Value | None:
    found = _HOURS.match(text)
    if found is None:
        return None
    hours, minutes, seconds = map(int, found.groups())
    return dt.time(hours, minutes, seconds) if hours < 24 and minutes < 60 and seconds < 60 else None
