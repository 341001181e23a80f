"""The pages of a .pdf as lines of pieces; page headers, footers and page numbers set aside."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directives_adapters.documents.limits import ALIKE_PAGES
from directives_adapters.documents.result import LeftOut, told

__all__ = ["Line", "Piece", "lines_of", "without_margins"]

_MARGIN = 0.14
_PAGE_NUMBER = re.compile(r"\W*(?:trang\W{0,3})?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_SIGNED_BY = re.compile(
    r"(?:người ký|ký bởi|ký ngày|ngày ký|thời gian ký|email|cơ quan|tổ chức|giờ ký|chữ ký số|signature not verified)\b"
    r"\s*(?::|$)",
    re.IGNORECASE,
)
_SIGNED_LINES = 8
#: In sizes of the letters: on one baseline; and so far apart that they are columns.
_SAME_LINE, _COLUMN_GAP = 0.4, 1.8
#: Words that begin the right half of a letterhead, however near the left half comes.
_RIGHT_HALF = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–]|ĐẢNG CỘNG SẢN VIỆT NAM")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words without a gap: text, left and right edge and size, in points."""

    text: str
    left: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces on one baseline, from left to right; `y` and `height` (of the page) in points from its lower edge."""

    pieces: tuple[Piece, ...]
    page: int
    y: float
    height: float

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def size(self) -> float:
        """Of its largest letters."""
        return max(piece.size for piece in self.pieces)


def lines_of(pages: list[dict[str, Any]]) -> list[Line]:
    """Return the lines of all pages from top to bottom."""
    lines: list[Line] = []
    for number, page in enumerate(pages):
        row: list[tuple[float, Piece]] = []
        for text, left, right, y, size in sorted(page["pieces"], key=lambda piece: -piece[3]):
            if row and row[0][0] - y > _SAME_LINE * min(size, row[0][1].size):
                lines.append(_line(row, number, page["height"]))
                row = []
            row.append((y, Piece(text, left, max(left, right), size)))
        if row:
            lines.append(_line(row, number, page["height"]))
    return lines


def _line(row: list[tuple[float, Piece]], page: int, height: float) -> Line:
    """Join the pieces of one row that no column parts."""
    pieces: list[Piece] = []
    for piece in sorted((piece for _, piece in row), key=lambda piece: piece.left):
        before = pieces[-1] if pieces else None
        if before and piece.left - before.right < _COLUMN_GAP * before.size and not _RIGHT_HALF.match(piece.text):
            text = f"{before.text} {piece.text}"
            pieces[-1] = Piece(text, before.left, max(before.right, piece.right), max(before.size, piece.size))
        else:
            pieces.append(piece)
    return Line(tuple(pieces), page, row[0][0], height)


def without_margins(lines: list[Line], pages: int) -> tuple[list[Line], list[LeftOut]]:
    """Return the lines of the text itself, and what the margins say: page numbers, headers, footers, the signer."""
    at_edge = {id(line) for page in _by_page(lines) for line in (page[0], page[-1])}
    numbers = [line for line in lines if id(line) in at_edge and _in_margin(line) and _PAGE_NUMBER.fullmatch(line.text)]
    out = {id(line) for line in numbers}
    alike = Counter(_place(line) for line in lines if _in_margin(line)) if pages >= ALIKE_PAGES else Counter()
    repeated = [line for line in lines if id(line) not in out and _in_margin(line) and alike[_place(line)] * 2 > pages]
    out |= {id(line) for line in repeated}
    signed = list(_signer([line for line in lines if line.page == 0 and id(line) not in out]))
    out |= {id(line) for line in signed}
    left_out = [
        *told("page number", (line.text for line in numbers)),
        *told("page header", (line.text for line in repeated if line.y > line.height / 2)),
        *told("page footer", (line.text for line in repeated if line.y <= line.height / 2)),
        *told("signature stamp", (line.text for line in signed)),
    ]
    return [line for line in lines if id(line) not in out], left_out


def _by_page(lines: list[Line]) -> Iterator[list[Line]]:
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    yield from pages.values()


def _in_margin(line: Line) -> bool:
    return not _MARGIN * line.height < line.y < (1 - _MARGIN) * line.height


def _place(line: Line) -> tuple[str, int]:
    """Return what is the same in a header of all pages: its words but for the numbers, and its place."""
    return re.sub(r"\d+", "#", line.text), round(line.y / 3)


def _signer(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines that an electronic signature prints above the letterhead."""
    for line in lines[:_SIGNED_LINES]:
        if _SIGNED_BY.match(line.text) and _in_margin(line):
            yield line
