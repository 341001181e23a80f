"""From lines on pages to text: columns, paragraphs that the printer broke, and empty lines where the sheet has them."""

import re
from itertools import pairwise
from statistics import median

from directives_adapters.documents.pdf_pages import Line
from directives_adapters.documents.tables import table_lines

__all__ = ["text_of_lines"]

#: In sizes of the letters.
_INDENT, _TOLERANCE, _HANGING, _GUTTER = 0.7, 0.6, 3.5, 0.8
#: In usual distances of lines: what parts paragraphs for sure, and what is an empty line.
_PARTED, _EMPTY = 1.45, 1.8
_MARKER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)/]|\(?[a-zđ][.)]|[IVX]{1,6}[.)-]|[-–+*•·○]|Điều \d)\s*\S")
_ENDS = (".", ";", ":", "!", "?", ",")
_WORD_BREAK = re.compile(r"\w[-/\u00ad]$")
_ROWS_NEAR = 3


def text_of_lines(lines: list[Line]) -> str:
    """Return the text: one line a paragraph, columns and tables as `tables.table_lines` has them."""
    out: list[str] = []
    for run, is_columns in _runs(lines):
        if is_columns:
            out.extend(table_lines(_rows(run)))
        else:
            out.extend(_paragraphs(run, _edges(lines)))
    return "\n".join(out)


def _runs(lines: list[Line]) -> list[tuple[list[Line], bool]]:
    """Cut the lines into stretches of running text and stretches set in columns."""
    runs: list[tuple[list[Line], bool]] = []
    at = 0
    while at < len(lines):
        end = _columns_end(lines, at)
        if end > at:
            runs.append((lines[at:end], True))
        else:
            end = at + 1
            if runs and not runs[-1][1]:
                runs[-1][0].append(lines[at])
            else:
                runs.append(([lines[at]], False))
        at = end
    return runs


def _columns_end(lines: list[Line], at: int) -> int:
    """Return where a stretch in columns that begins at `at` ends; `at` where none begins."""
    if not any(len(line.pieces) > 1 for line in lines[at : at + 2]):
        return at
    block: list[Line] = []
    end = at
    for place in range(at, len(lines)):
        trial = [*block, lines[place]]
        if (len(_columns(trial)) < 2 and len(trial) > 1) or (block and lines[place].page != block[-1].page):
            break
        block = trial
        if len(lines[place].pieces) > 1:
            end = place + 1
        elif place + 1 - max(end, at) > _ROWS_NEAR:
            break
    while end < at + len(block) and _continues_column(lines[end], lines[end - 1], block):
        end += 1
    return end if len(_columns(lines[at:end])) > 1 else at


def _continues_column(line: Line, before: Line, block: list[Line]) -> bool:
    """Say whether a line of one piece still belongs to a column: close below, and not across the gutter."""
    return line.page == before.page and before.y - line.y < 2 * line.size and len(_columns([*block, line])) > 1


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


def _rows(lines: list[Line]) -> list[list[str]]:
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


def _edges(lines: list[Line]) -> tuple[float, float, float]:
    """Return the left and right edge of running text and the usual distance of its lines."""
    alone = [line for line in lines if len(line.pieces) == 1] or lines
    rights = sorted(line.right for line in alone)
    right = rights[len(rights) * 9 // 10]
    full = [line for line in alone if line.right > right - 4 * line.size] or alone
    lefts = sorted(line.left for line in full)
    steps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y - b.y > 1]
    return lefts[len(lefts) // 4], right, median(steps or [1.0])


def _paragraphs(lines: list[Line], edges: tuple[float, float, float]) -> list[str]:
    out: list[str] = []
    begin: Line | None = None
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is not None and begin is not None and _carries_on(begin, before, line, edges):
            out[-1] = _joined(out[-1], line.text)
            continue
        if before is not None and line.page == before.page and before.y - line.y > _EMPTY * edges[2]:
            out.append("")
        out.append(line.text)
        begin = line
    return out


def _joined(text: str, more: str) -> str:
    """Join two lines of a paragraph; "05/QĐ-" and "UBND" are one word, and a soft hyphen is none."""
    if text.endswith("\u00ad"):
        return text[:-1] + more
    return text + more if _WORD_BREAK.search(text) and more[:1].isalnum() else f"{text} {more}"


def _carries_on(begin: Line, before: Line, line: Line, edges: tuple[float, float, float]) -> bool:
    """Say whether `line` carries on the paragraph that began with `begin` and has come to `before`."""
    left, right, pitch = edges
    size = line.size
    if len(line.pieces) > 1 or abs(before.size - size) > 0.2 * size:
        return False
    if line.page == before.page and before.y - line.y > _PARTED * pitch:
        return False
    word = len(line.text.split(" ", 1)[0]) * size * 0.5
    if before.right + word < right - _TOLERANCE * size:
        return False  # the word would have fitted on the line before
    if line.text.isupper() != before.text.isupper():
        return False
    if before is not begin:
        return line.left <= before.left + _INDENT * size
    if line.left < begin.left - _INDENT * size:
        return True
    if line.left > begin.left + _INDENT * size:
        return bool(_MARKER.match(begin.text)) and line.left < begin.left + _HANGING * size
    return not (_MARKER.match(line.text) and before.text.endswith(_ENDS)) and abs(line.left - left) < 2 * _INDENT * size
