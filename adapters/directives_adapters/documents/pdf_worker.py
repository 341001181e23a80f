"""The process that takes a .pdf apart: bytes on stdin, pieces of text with their places on stdout, as JSON.

It runs apart because the library is written in C++ and a file can be made to crash it or to keep it busy; what it may
use is limited before the first byte is read.
"""

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

from directives_adapters.documents.limits import MAX_CHARACTERS, MAX_PAGES, PDF_MEMORY_BYTES

__all__ = ["Piece", "main", "pages_of"]

#: Text, left, right, baseline, size: in points from the lower left corner of the page as it is looked at.
Piece = tuple[str, float, float, float, float]

_LOCKED = (4, 5)
_SLANTED = 0.2  # radians
# In sizes of the letters: what parts words, what parts columns, what lies on one line, what was drawn twice;
# then how far a letter moves the pen.
_BLANK, _WIDE_GAP, _SAME_LINE, _TWICE = 0.18, 0.7, 0.35, 0.12
_USUAL_ADVANCE, _MOST_ADVANCE = 0.5, 1.5
_AT_ORIGIN = 0.05  # points
_SMALLEST, _FEW_CHARACTERS, _MOST_OBJECTS = 1.0, 20, 2_000
_HYPHENS = {0x02: "-", 0xFFFE: "-"}


def main() -> None:
    """Read the file from stdin and print what it holds, or what is wrong with it; argument 1 is the time in seconds."""
    _restrain(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    json.dump(pages_of(data), sys.stdout)


def _restrain(seconds: int) -> None:
    """Limit memory, time and files of this process, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, PDF_MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a stricter limit is set already
            continue


def pages_of(data: bytes) -> dict[str, Any]:
    """Return `{"pages": [{"width", "height", "pictures", "spoilt", "pieces"}]}`, or `{"error": …}`."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it has no type information

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "locked" if getattr(error, "err_code", None) in _LOCKED else "broken"}
    count = len(document)
    if count > MAX_PAGES:
        return {"error": "pages", "count": count}
    pages, characters = [], 0
    for number in range(count):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        read = _page(page)
        characters += sum(len(piece[0]) for piece in read["pieces"])
        if characters > MAX_CHARACTERS:
            return {"error": "text"}
        pages.append(read)
        page.close()
    return {"pages": pages}


def _page(page: Any) -> dict[str, Any]:
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    text = raw.FPDFText_LoadPage(page.raw)
    width, height = page.get_size()
    result = {"width": width, "height": height, "pictures": 0, "spoilt": 0, "pieces": []}
    if text:
        letters = list(_letters(raw, text, page))
        result["spoilt"] = sum(letter[0] in "\ufffd\0" for letter in letters)
        result["pieces"] = list(_pieces(letters))
        raw.FPDFText_ClosePage(text)
    if sum(len(piece[0]) for piece in result["pieces"]) < _FEW_CHARACTERS:
        result["pictures"] = _pictures(raw, page)
    return result


def _letters(raw: Any, text: Any, page: Any) -> Iterator[Piece]:
    """Yield the upright letters and the blanks that are drawn, in the order of the file."""
    turned, size = page.get_rotation() // 90 % 4, page.get_size()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    letter_at, angle_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharAngle, raw.FPDFText_GetLooseCharBox
    origin_of, size_of, is_generated = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetFontSize, raw.FPDFText_IsGenerated
    for at in range(min(raw.FPDFText_CountChars(text), MAX_CHARACTERS)):
        code = letter_at(text, at)
        letter = _HYPHENS.get(code) or (chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")
        if letter.isspace() and is_generated(text, at):
            continue
        angle = angle_of(text, at) + turned * math.pi / 2
        if abs(math.remainder(angle, 2 * math.pi)) > _SLANTED:
            continue
        origin_of(text, at, x, y)
        box_of(text, at, box)
        seen = [_as_seen(*corner, turned, size) for corner in ((box.left, box.bottom), (box.right, box.top))]
        left, baseline = _as_seen(x.value, y.value, turned, size)
        drawn, high = size_of(text, at), abs(seen[0][1] - seen[1][1])
        # A size of 1 means that the page's matrix scales the letters.
        drawn = drawn if drawn > 2 * _SMALLEST else max(high, _SMALLEST)
        right = max(seen[0][0], seen[1][0])
        if abs(min(seen[0][0], seen[1][0]) - left) > _AT_ORIGIN:
            # The box is that of the ink, where marks may reach over the next letter.
            right = left + _advance(raw, text, at, letter, drawn)
        yield letter, left, max(left, right), baseline, drawn


def _advance(raw: Any, text: Any, at: int, letter: str, size: float) -> float:
    """Return how far a letter moves the pen, as its font says, else as letters usually do."""
    width = ctypes.c_float()
    drawn = raw.FPDFText_GetTextObject(text, at)
    font = raw.FPDFTextObj_GetFont(drawn) if drawn else None
    if font and raw.FPDFFont_GetGlyphWidth(font, ord(letter), size, width) and 0 < width.value < _MOST_ADVANCE * size:
        return float(width.value)
    return _USUAL_ADVANCE * size


def _as_seen(x: float, y: float, turned: int, size: tuple[float, float]) -> tuple[float, float]:
    """Turn a place on the page as the page is turned for the eye; `size` is that of the turned page."""
    wide, high = size
    return ((x, y), (y, high - x), (wide - x, high - y), (wide - y, x))[turned]


def _pieces(letters: list[Piece]) -> Iterator[Piece]:
    """Join the letters of each baseline from left to right, whatever order they were drawn in.

    Letters that a font lacks are drawn apart, from another one. A wide gap begins a new piece.
    """
    letters = sorted(letters, key=lambda letter: -letter[3])
    line: list[Piece] = []
    for letter in letters:
        if line and line[0][3] - letter[3] > _SAME_LINE * max(line[0][4], letter[4]):
            yield from _joined(line)
            line = []
        line.append(letter)
    yield from _joined(line)


def _joined(line: list[Piece]) -> Iterator[Piece]:
    """Join the letters of one line."""
    words: list[str] = []
    begin = right = size = last = 0.0
    blank = False
    for letter, left, end, _, drawn in sorted(line, key=lambda letter: letter[1]):
        if letter.isspace():
            blank = True
            continue
        if words and words[-1][-1] == letter and left - last < _TWICE * drawn:
            continue  # bold that is made by drawing twice
        if words and left - right > _WIDE_GAP * max(size, drawn):
            yield "".join(words), begin, right, line[0][3], size
            words = []
        parted = bool(words) and (blank or left - right > _BLANK * drawn)
        if not words:
            begin, size = left, drawn
        words.append(f" {letter}" if parted else letter)
        last, right, size, blank = left, max(end, left), max(size, drawn), False
    if words:
        yield "".join(words), begin, right, line[0][3], size


def _pictures(raw: Any, page: Any) -> int:
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    kinds = [raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, at)) for at in range(count)]
    return sum(kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) for kind in kinds)
