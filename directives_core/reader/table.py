"""Tables written out as text, their cells parted by bars, tabs or wide blanks: which column says what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from directives_core.folding import Folded
from directives_core.reader.headings import whole_units
from directives_core.reader.lines import Block
from directives_core.reader.units import Unit, read_units

__all__ = ["Cell", "Columns", "block_of", "cells_of", "columns_of", "placed", "units_of"]

_BAR = re.compile(r" ?\| ?")
_TASK = re.compile(
    r"(?:các |tên )?(?:nội dung )?(?:nhiệm vụ|công việc|nội dung|hạng mục|đầu việc|phần việc|việc|công tác)(?!\w)"
)
_LEAD = re.compile(
    r"(?:đơn vị|cơ quan|bộ phận|phòng|ban)?[ ,]*(?:được giao )?(?:chủ trì|thực hiện|đầu mối)|chủ trì"
    r"|(?:tên )?(?:đơn vị|cơ quan|bộ phận|người)(?: (?:được giao|phụ trách|chịu trách nhiệm|nhận việc)[^|]*)?$"
)
_HELP = re.compile(r"(?:đơn vị|cơ quan|bộ phận)?[ ,]*phối hợp")
_DUE = re.compile(r"thời hạn|thời gian|hạn |tiến độ|hoàn thành|ngày hoàn thành")
_COUNT = re.compile(r"(?:tt|stt|số tt|số thứ tự)$")
_FEWEST = 3
_WIDE = 3
_BLANK = re.compile(" ")


@dataclass(frozen=True)
class Cell:
    """A cell's place in folded text."""

    start: int
    end: int


@dataclass(frozen=True)
class Columns:
    """Where in a row stand the number, the task, the units and the deadline.

    `width` is how many cells a row has; `offsets` are where the headings begin in their line.
    """

    width: int
    offsets: tuple[int, ...]
    task: int
    count: int | None = None
    lead: int | None = None
    helper: int | None = None
    due: int | None = None


def cells_of(block: Block, source: str) -> list[Cell]:
    """Return the cells of a line that bars, tabs or wide blanks part; none where it has too few to be of a table."""
    cells = _barred(block.body) if "|" in block.low else _spaced(block.body, source)
    return cells if len(cells) >= _FEWEST else []


def _barred(body: Folded) -> list[Cell]:
    cells, begin = [], 0
    for bar in _BAR.finditer(body.low):
        if bar.end() > 1 or bar.start():
            cells.append(Cell(begin, bar.start()))
        begin = bar.end()
    if begin < len(body):
        cells.append(Cell(begin, len(body)))
    if cells and cells[0].start == cells[0].end:
        cells.pop(0)  # the bar that opens a row
    return cells


def _spaced(body: Folded, source: str) -> list[Cell]:
    """Cut at tabs, each of which begins a cell, or, where there are none, at wide blanks."""
    cells, begin = [], 0
    tabbed = "\t" in source[body.starts[0] : body.ends[-1]]
    for blank in _BLANK.finditer(body.low, 0, len(body) - 1):
        at = blank.start()
        run = source[body.starts[at] : body.starts[at + 1]]
        if run.count("\t") if tabbed else len(run) >= _WIDE:
            cells.append(Cell(begin, at))
            cells += [Cell(at, at)] * (run.count("\t") - 1)
            begin = at + 1
    return [*cells, Cell(begin, len(body))]


def columns_of(block: Block, cells: list[Cell]) -> Columns | None:
    """Read a row of headings; None where it names no task, or nobody and no day beside it."""
    body = block.body
    found: dict[str, int] = {}
    for n, cell in enumerate(cells):
        words = body.low[cell.start : cell.end].strip()
        for name, pattern in (("count", _COUNT), ("helper", _HELP), ("lead", _LEAD), ("due", _DUE), ("task", _TASK)):
            if pattern.match(words):
                found.setdefault(name, n)
                break
    if "task" not in found or not ("lead" in found or "due" in found):
        return None
    return Columns(width=len(cells), offsets=tuple(_offset(block, cell) for cell in cells), **found)


def placed(block: Block, cells: list[Cell], columns: Columns) -> dict[int, Cell]:
    """Return the cells of a row that hold words, by their columns.

    A number with a point was taken for the block's marker, so that its cell is wanting; behind wide blanks, which
    leave no trace of an empty cell, the heading tells that stands nearest above.
    """
    shift = 0
    if len(cells) < columns.width:
        if block.marker is not None and columns.count == 0 and len(cells) == columns.width - 1:
            shift = 1
        elif "|" not in block.low and not any(cell.start == cell.end for cell in cells):
            nearest = (
                min(range(columns.width), key=lambda n: abs(columns.offsets[n] - _offset(block, c))) for c in cells
            )
            return dict(zip(nearest, cells, strict=True))
    return {n: cell for n, cell in enumerate(cells, shift) if block.low[cell.start : cell.end].strip()}


def _offset(block: Block, cell: Cell) -> int:
    """Return where a cell begins in its line."""
    return block.body.starts[min(cell.start, len(block.body) - 1)] - block.start + block.indent


def block_of(block: Block, cell: Cell) -> Block:
    """Return a cell as a block of its own, so that no name is read on into the next cell."""
    body, inside = block.body, slice(cell.start, cell.end)
    start, end = body.span(cell.start, cell.end)
    cut = Folded(body.text[inside], body.starts[inside], body.ends[inside], body.names)
    return replace(block, start=start, end=end, body=cut)


def units_of(cell: Block) -> Sequence[Unit]:
    """Return the units that a cell names."""
    return whole_units(cell.body, 0, len(cell.body)) or read_units(cell.body, 0, across=True)
