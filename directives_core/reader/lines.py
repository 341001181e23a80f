"""From lines to blocks: what the printer's line breaks part and what they only wrap, and the marker of each block."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from directives_core.folding import Folded, fold

__all__ = ["Block", "Marker", "blocks_of"]

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = re.compile(r"(?:PHẦN |Phần |MỤC |Mục )?(?P<label>[IVX]{1,6}) ?[.)/:-]+ ?(?=[^\W\d_]|\S)")
_UPPER = re.compile(r"(?:PHẦN |Phần )?(?P<label>[A-HK])(?:[.)/]|(?: -)) ?(?=[^\W\d_])")
_NUMBER = re.compile(
    r"\(?(?P<label>\d{1,3}(?:\.\d{1,3}){0,3})(?:[.):]\.?|/(?= )| ?-(?! ?\d))"
    r" ?(?=[^\W\d_]|[\"(])"
)
_DOTTED = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3}){1,3}) (?=[^\W\d_])")
_LETTER = re.compile(r"\(?(?P<label>[a-zđ])(?:[.)]|/(?= )) ?(?=\S)")
_DASH = re.compile(r"(?P<label>[-+*•·▪►➢✓○●□◦→]) ?(?=[^\W_]|[\"(])")
_SPOKEN = re.compile(rf"(?:thứ (?P<a>{'|'.join(_ORDINALS)})|(?P<b>{'|'.join(_COUNTS)}) là) ?[,:.] ?(?=\S)")
_CLOSED = (".", ";", ":", "!", "?", "./.")
#: What parts the cells of a row that tabs or wide blanks lay out; a row has two such gaps at least.
_GAP = re.compile(r"\t| {3,}")
_FEWEST_GAPS = 2
_WIDEST = 130
_SLACK = 7
_SHORT = 40
_FEWEST_BREAKS = 2


@dataclass(frozen=True)
class Marker:
    """What a block is counted by: kind, label as printed, and depth of a dotted number."""

    kind: str  # roman, upper, number, letter, dash, plus
    label: str

    @property
    def depth(self) -> int:
        """How many numbers a dotted number has."""
        return self.label.count(".") + 1


@dataclass(frozen=True)
class Block:
    """A paragraph, or a line that stands alone: folded text without its marker."""

    start: int
    end: int
    body: Folded
    marker: Marker | None
    indent: int
    after_gap: bool

    @property
    def low(self) -> str:
        """The text to match on."""
        return self.body.low


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    indent: int
    after_gap: bool
    folded: Folded
    is_row: bool

    def __len__(self) -> int:
        return self.end - self.start


def blocks_of(source: str) -> list[Block]:
    """Cut a text into its blocks, wrapped lines joined."""
    lines = _lines(source)
    width = _width(lines)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and _wraps(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(source, group) for group in groups]


def _lines(source: str) -> list[_Line]:
    lines, place, gap = [], 0, True
    for raw in re.split(r"(?<=\n)|(?<=\r)(?!\n)|(?<=\u2028)|(?<=\u2029)|(?<=\x0c)", source):
        folded = fold(source, place, place + len(raw))
        if len(folded):
            begin = folded.starts[0]
            is_row = len(_GAP.findall(source, begin, folded.ends[-1])) >= _FEWEST_GAPS
            lines.append(_Line(begin, folded.ends[-1], begin - place, gap, folded, is_row))
            gap = False
        else:
            gap = True
        place += len(raw)
    return lines


def _width(lines: list[_Line]) -> int:
    """Return the width at which lines were wrapped; 0 where paragraphs stand on one line each."""
    lengths = sorted(len(line) + line.indent for line in lines)
    if not lengths or lengths[-1] > _WIDEST:
        long = sum(length > _WIDEST for length in lengths)
        if not lengths or long * 8 >= len(lengths):
            return 0
    if sum(_breaks_off(line, after) for line, after in pairwise(lines)) < _FEWEST_BREAKS:
        return 0
    full = [length for length in lengths if length <= _WIDEST]
    return full[len(full) * 95 // 100] if full else 0


def _breaks_off(line: _Line, after: _Line) -> bool:
    """Say whether a line breaks off within a sentence that the next line carries on."""
    goes_on = after.folded.text[:1].islower() or after.folded.text[:1].isdecimal()
    return not after.after_gap and len(line) > _SHORT and not line.folded.text.endswith(_CLOSED) and goes_on


def _wraps(group: list[_Line], line: _Line, width: int) -> bool:
    """Say whether `line` carries on the paragraph of `group`."""
    last = group[-1]
    if line.after_gap or line.is_row or last.is_row:
        return False
    marked = _marker(line.folded)
    first_word = len(line.folded.text.split(" ", 1)[0])
    forced = width > 0 and len(last) + last.indent + 1 + first_word > width - _SLACK and len(last) > width // 2
    closed = last.folded.text.endswith(_CLOSED)
    if marked is not None:
        if marked[0].kind == "number" and forced and not closed and not last.folded.text.endswith(","):
            return True
        # "Phòng Văn hóa" at the end of a full line and "- Xã hội" on the next are one name.
        return marked[0].kind in ("dash", "plus") and forced and not last.folded.text.endswith((*_CLOSED, ","))
    if _sets_off(line.folded):
        return False
    if line.folded.text[:1].islower() and not closed:
        return width > 0 or len(last) < _WIDEST
    if not forced or (line.indent > group[0].indent + 2 and line.indent > last.indent + 2):
        return False
    return not last.folded.text.endswith("./.")


def _sets_off(folded: Folded) -> bool:
    """Say whether a line begins what never carries on a paragraph: a signature, the recipients."""
    return bool(re.match(r"nơi nhận|số ?:|(?:tm|kt|tl|tuq|q)\. ", folded.low)) or folded.text.isupper()


def _marker(folded: Folded) -> tuple[Marker, int] | None:
    text = folded.text
    for kind, pattern in (
        ("roman", _ROMAN),
        ("upper", _UPPER),
        ("number", _NUMBER),
        ("number", _DOTTED),
        ("letter", _LETTER),
    ):
        if found := pattern.match(text):
            if kind == "letter" and found["label"] in "ivx" and not text.startswith("("):
                return Marker("letter", found["label"]), found.end()
            return Marker(kind, found["label"]), found.end()
    if found := _DASH.match(text):
        return Marker("plus" if found["label"] == "+" else "dash", found["label"]), found.end()
    if found := _SPOKEN.match(folded.low):
        number = _ORDINALS.index(found["a"]) if found["a"] else _COUNTS.index(found["b"])
        return Marker("number", str(number + 1)), found.end()
    return None


def _block(source: str, group: list[_Line]) -> Block:
    start, end = group[0].start, group[-1].end
    folded = group[0].folded if len(group) == 1 else fold(source, start, end)
    found = _marker(folded)
    marker, at = found or (None, 0)
    body = Folded(folded.text[at:], folded.starts[at:], folded.ends[at:]) if at else folded
    return Block(start, end, body, marker, group[0].indent, group[0].after_gap)
