"""From lines on pages to text: columns, paragraphs that the printer broke, and empty lines where the sheet has them."""

import re
from itertools import pairwise

from directives_adapters.documents.pdf_columns import columns_end, rows_of
from directives_adapters.documents.pdf_pages import Line
from directives_adapters.documents.tables import table_lines

__all__ = ["text_of_lines"]

#: In sizes of the letters.
_INDENT, _TOLERANCE, _HANGING = 0.7, 0.6, 3.5
#: In sizes of the letters: lines nearer than this are no lines of one column.
_CLOSEST = 0.9
#: In usual distances of lines: what parts paragraphs for sure, and what is an empty line.
_PARTED, _EMPTY = 1.45, 1.8
_MARKER = re.compile(r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)/]|\(?[a-zđ][.)]|[IVX]{1,6}[.)-]|[-–+*•·○]|Điều \d)\s*\S")
_ENDS = (".", ";", ":", "!", "?", ",")
_WORD_BREAK = re.compile(r"\w[-/\u00ad]$")


def text_of_lines(lines: list[Line]) -> str:
    """Return the text: one line a paragraph, columns and tables as `tables.table_lines` has them."""
    if not lines:  # all that stands on the pages are headers, footers and page numbers
        return ""
    out: list[str] = []
    edges = _edges(lines)
    for run, is_columns in _runs(lines):
        out.extend(table_lines(rows_of(run)) if is_columns else _paragraphs(run, edges))
    return "\n".join(out)


def _runs(lines: list[Line]) -> list[tuple[list[Line], bool]]:
    """Cut the lines into stretches of running text and stretches set in columns."""
    runs: list[tuple[list[Line], bool]] = []
    at = 0
    while at < len(lines):
        end = columns_end(lines, at)
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


def _edges(lines: list[Line]) -> tuple[float, float, float]:
    """Return the left and right edge of running text and the usual distance of its lines."""
    alone = [line for line in lines if len(line.pieces) == 1] or lines
    rights = sorted(line.right for line in alone)
    right = rights[len(rights) * 9 // 10]
    full = [line for line in alone if line.right > right - 4 * line.size] or alone
    lefts = sorted(line.left for line in full)
    steps = sorted(a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y - b.y > _CLOSEST * a.size)
    pitch = steps[len(steps) // 5] if steps else right
    return lefts[len(lefts) // 4], right, pitch


def _paragraphs(lines: list[Line], edges: tuple[float, float, float]) -> list[str]:
    paragraphs: list[list[str]] = []
    begin: Line | None = None
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is not None and begin is not None and _carries_on(begin, before, line, edges):
            paragraphs[-1].append(line.text)
            continue
        if before is not None and line.page == before.page and before.y - line.y > _EMPTY * edges[2]:
            paragraphs.append([])
        paragraphs.append([line.text])
        begin = line
    return [_joined(paragraph) for paragraph in paragraphs]


def _joined(lines: list[str]) -> str:
    """Join the lines of a paragraph; "05/QĐ-" and "UBND" are one word, and a soft hyphen is none."""
    out = lines[:1]
    for before, line in pairwise(lines):
        if before.endswith("\u00ad"):
            out[-1] = out[-1][:-1]
        elif not (_WORD_BREAK.search(before[-3:]) and line[:1].isalnum()):
            out.append(" ")
        out.append(line)
    return "".join(out)


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
