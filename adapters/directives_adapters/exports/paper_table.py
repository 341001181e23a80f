"""Tables of a document: made row by row, so that thousands of rows take no longer than their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from directives_adapters.exports.texts import inert

__all__ = ["Cell", "Column", "Row", "add_table"]

_EMU_OF_TWIP = 635


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its part of the table's width, and how its cells are set."""

    title: str
    part: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `goes_on` says that it continues the cell above it, in one merged cell; `begins` that one begins."""

    text: str
    bold: bool = False
    begins: bool = False
    goes_on: bool = False


Row = Sequence[Cell | str]
"""The cells of a row, from left to right; a text alone is a plain cell."""


def add_table(document: Any, columns: Sequence[Column], rows: Iterable[Row], *, points: float, width: int) -> int:
    """Add a table with a frame to a document of python-docx; how many rows it has beside its head.

    Args:
        document: the document.
        columns: its columns.
        rows: as many cells in each as there are columns.
        points: the size of its letters.
        width: of the whole table, in English metric units.
    """
    whole = sum(column.part for column in columns)
    twips = [int(width * column.part / whole / _EMU_OF_TWIP) for column in columns]
    table = document.add_table(rows=0, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for place, column in enumerate(table.columns):
        column.width = twips[place] * _EMU_OF_TWIP
    head = _row([Cell(column.title, bold=True) for column in columns], columns, twips, points, head=True)
    table._tbl.append(head)
    count = 0
    for row in rows:
        cells = [Cell(cell) if isinstance(cell, str) else cell for cell in row]
        table._tbl.append(_row(cells, columns, twips, points))
        count += 1
    return count


def _row(
    cells: Sequence[Cell], columns: Sequence[Column], twips: Sequence[int], points: float, *, head: bool = False
) -> Any:
    row = _element("w:tr")
    form = _within(row, "w:trPr")
    _within(form, "w:cantSplit")
    if head:
        _within(form, "w:tblHeader")
    for cell, column, wide in zip(cells, columns, twips, strict=True):
        row.append(_cell(cell, "center" if head else column.align, wide, points, head=head))
    return row


def _cell(cell: Cell, align: str, wide: int, points: float, *, head: bool) -> Any:
    made = _element("w:tc")
    form = _within(made, "w:tcPr")
    _within(form, "w:tcW", w=str(wide), type="dxa")
    if cell.begins or cell.goes_on:
        _within(form, "w:vMerge", val="restart" if cell.begins else "continue")
    if head:
        _within(form, "w:shd", val="clear", color="auto", fill="E7E6E6")
    _within(form, "w:vAlign", val="center" if head else "top")
    for text in [""] if cell.goes_on else inert(cell.text).split("\n"):
        made.append(_paragraph(text, align, points, bold=cell.bold))
    return made


def _paragraph(text: str, align: str, points: float, *, bold: bool) -> Any:
    paragraph = _element("w:p")
    form = _within(paragraph, "w:pPr")
    _within(form, "w:jc", val=align)
    if not text:
        return paragraph
    run = _within(paragraph, "w:r")
    looks = _within(run, "w:rPr")
    if bold:
        _within(looks, "w:b")
    _within(looks, "w:sz", val=str(int(points * 2)))
    letters = _within(run, "w:t")
    letters.text = text.replace("\t", " ")
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return paragraph


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _within(parent: Any, name: str, **attributes: str) -> Any:
    element = _element(name, **attributes)
    parent.append(element)
    return element
