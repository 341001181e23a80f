"""Stretches of a page that are set in columns: letterheads, signatures, tables."""

from itertools import pairwise
from statistics import median

from directives_adapters.documents.pdf_pages import Line

__all__ = ["columns_end", "rows_of"]

#: In sizes of the letters: what parts columns, and lines of one cell.
_GUTTER, _CLOSE = 0.8, 2.0
#: In usual distances of lines: what parts rows.
_PARTED = 1.45
#: Columns that make a stretch; lines of one column within it; lines of the longest stretch, whose cost is its square.
_FEWEST, _ROWS_NEAR, _LONGEST = 2, 3, 150


def columns_end(lines: list[Line], at: int) -> int:
    """Return where a stretch in columns that begins at `at` ends; `at` where none begins."""
    if not any(len(line.pieces) > 1 for line in lines[at : at + 2]):
        return at
    end = place = at
    while place < min(len(lines), at + _LONGEST) and lines[place].page == lines[at].page:
        if place > at and len(_columns(lines[at : place + 1])) < _FEWEST:
            break
        if len(lines[place].pieces) > 1:
            end = place + 1
        elif place >= max(end, at) + _ROWS_NEAR:
            break
        place += 1
    while end < place and lines[end - 1].y - lines[end].y < _CLOSE * lines[end].size:
        end += 1  # lines of one piece that carry on the last cell
    return end if end > at and len(_columns(lines[at:end])) >= _FEWEST else at


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """Return the columns: stretches of the width that are written on, parted by such as no line writes on."""
    edges = sorted((piece.left, piece.right) for line in lines for piece in line.pieces)
    gutter = _GUTTER * median(line.size for line in lines)
    columns: list[tuple[float, float]] = []
    for left, right in edges:
        if columns and left - columns[-1][1] < gutter:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def rows_of(lines: list[Line]) -> list[list[str]]:
    """Return the cells of a stretch in columns; a row begins where the first column is written, or after a gap."""
    columns = _columns(lines)
    first = [any(piece.left < columns[0][1] for piece in line.pieces) for line in lines]
    pitch = median([a.y - b.y for a, b in pairwise(lines)] or [0.0])
    numbered = sum(first) > 1 and sum(first) * 2 <= len(lines) + 1
    rows: list[list[list[str]]] = []
    for at, line in enumerate(lines):
        parted = at == 0 or (first[at] if numbered else lines[at - 1].y - line.y > _PARTED * pitch)
        if parted:
            rows.append([[] for _ in columns])
        for piece in line.pieces:
            column = next(n for n, (left, right) in enumerate(columns) if left <= piece.left <= right)
            rows[-1][column].append(piece.text)
    return [["\n".join(cell) for cell in row] for row in rows]
