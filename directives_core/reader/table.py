"""Tables written out as text, as in "TT | Nhiệm vụ | Đơn vị chủ trì | Thời hạn": which column says what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives_core.folding import Folded
from directives_core.reader.headings import whole_units
from directives_core.reader.units import Unit, read_units

__all__ = ["Cell", "Columns", "cells_of", "columns_of", "units_in"]

_BAR = re.compile(r" ?\| ?")
_TASK = re.compile(r"(?:nội dung )?(?:nhiệm vụ|công việc|nội dung|việc)(?!\w)")
_LEAD = re.compile(r"(?:đơn vị|cơ quan|bộ phận|phòng|ban)?[ ,]*(?:được giao )?(?:chủ trì|thực hiện|đầu mối)|chủ trì")
_HELP = re.compile(r"(?:đơn vị|cơ quan|bộ phận)?[ ,]*phối hợp")
_DUE = re.compile(r"thời hạn|thời gian|hạn |tiến độ|hoàn thành|ngày hoàn thành")
_COUNT = re.compile(r"(?:tt|stt|số tt|số thứ tự)$")
_FEWEST = 3


@dataclass(frozen=True)
class Cell:
    """A cell's place in folded text."""

    start: int
    end: int


@dataclass(frozen=True)
class Columns:
    """Where in a row stand the number, the task, the units and the deadline; `width` is how many cells a row has."""

    width: int
    task: int
    count: int | None = None
    lead: int | None = None
    helper: int | None = None
    due: int | None = None


def cells_of(body: Folded) -> list[Cell]:
    """Return the cells of a line whose cells bars part; none where it has too few to be of a table."""
    cells, begin = [], 0
    for bar in _BAR.finditer(body.low):
        if bar.end() > 1 or bar.start():
            cells.append(Cell(begin, bar.start()))
        begin = bar.end()
    if begin < len(body):
        cells.append(Cell(begin, len(body)))
    if cells and cells[0].start == cells[0].end:
        cells.pop(0)  # the bar that opens a row
    return cells if len(cells) >= _FEWEST else []


def columns_of(body: Folded, cells: list[Cell]) -> Columns | None:
    """Read a row of headings; None where it names no task, or nobody and no day beside it."""
    found: dict[str, int] = {}
    for n, cell in enumerate(cells):
        words = body.low[cell.start : cell.end].strip()
        for name, pattern in (("count", _COUNT), ("helper", _HELP), ("lead", _LEAD), ("due", _DUE), ("task", _TASK)):
            if pattern.match(words):
                found.setdefault(name, n)
                break
    if "task" not in found or not ("lead" in found or "due" in found):
        return None
    return Columns(width=len(cells), **found)


def units_in(body: Folded, cell: Cell | None) -> tuple[Unit, ...]:
    """Return the units that a cell names."""
    if cell is None:
        return ()
    units = whole_units(body, cell.start, cell.end) or read_units(body, cell.start, across=True)
    return tuple(unit for unit in units if unit.end <= cell.end)
