"""The cells of a sheet of Excel, read as a stream: numbers, texts, days, formulas with the values kept beside them."""

import datetime as dt
import re
from dataclasses import dataclass

from directives_adapters.sheets.cells import Cell, SheetBuilder, Value, read_address, read_area
from directives_adapters.sheets.limits import Budget, Limits
from directives_adapters.sheets.serials import from_serial
from directives_adapters.sheets.stream import Handler
from directives_core.errors import BrokenDocument, DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["Meaning", "SharedTexts", "SheetReader"]

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED_AREAS = 50_000
_NO_VALUE = "#VALUE?"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the numbers in cells refer to: shared texts, styles that show days, the first day that is counted from."""

    texts: list[str]
    days: frozenset[int]
    since_1904: bool


def unescaped(text: str) -> str:
    """Return text with its escaped controls, such as _x000D_, as what they stand for; half surrogates stay escaped."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class SharedTexts(Handler):
    """Reads the texts that cells refer to by number; readings in another script beside them are left out."""

    def __init__(self, limits: Limits) -> None:
        self.texts: list[str] = []
        self._limits, self._characters = limits, 0
        self._parts: list[str] = []
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See `Handler`."""
        self._open.append(name)
        if name == "si":
            self._parts = []

    def text(self, text: str) -> None:
        """See `Handler`."""
        if self._open[-1] == "t" and "rPh" not in self._open:
            self._parts.append(text)
            self._characters += len(text)
            if self._characters > self._limits.characters:
                raise DocumentTooLarge(
                    Phrase("it has too much text"), limit=self._limits.characters, unit=Phrase("characters")
                )

    def end(self, name: str) -> None:
        """See `Handler`."""
        self._open.pop()
        if name == "si":
            self.texts.append(unescaped("".join(self._parts)))


class SheetReader(Handler):
    """Puts the cells of one sheet into `builder`."""

    def __init__(self, meaning: Meaning, budget: Budget) -> None:
        self.builder = SheetBuilder()
        self._meaning, self._budget = meaning, budget
        self._row = self._column = 0
        self._row_counted = 0
        self._kind, self._style = "n", 0
        self._formula = False
        self._into: str | None = None
        self._skips = 0
        self._value: list[str] = []
        self._inline: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See `Handler`."""
        match name:
            case "row":
                self._row = _whole(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._begin_cell(attributes)
            case "f":
                self._formula = True
            case "v" | "t":
                self._into = name
            case "rPh":
                self._skips += 1
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        """See `Handler`."""
        if self._into == "v":
            self._value.append(text)
        elif self._into == "t" and not self._skips:
            self._inline.append(text)

    def end(self, name: str) -> None:
        """See `Handler`."""
        match name:
            case "v" | "t":
                self._into = None
            case "rPh":
                self._skips -= 1
            case "c":
                self._end_cell()

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            place = read_address(attributes["r"])
            if place is None:
                raise BrokenDocument(
                    "xlsx", why=Phrase("a cell has the address {attributes!r}", attributes=attributes["r"][:20])
                )
            self._row, self._column = place
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = _whole(style)
        self._formula, self._value, self._inline = False, [], []

    def _end_cell(self) -> None:
        value, error = self._meant("".join(self._value))
        if value is None:
            return
        if self._row_counted != self._row:
            self._row_counted = self._row
            self._budget.row()
        self._budget.cell(self._column, len(value) if isinstance(value, str) else 0)
        self.builder.put(Cell(self._row, self._column, value, formula=self._formula, error=error))

    def _meant(self, raw: str) -> tuple[Value | None, bool]:
        """The value of the cell that ends, and whether it is an error."""
        if self._kind == "inlineStr":
            return unescaped("".join(self._inline)) or None, False
        if not raw and self._kind != "str":
            return (_NO_VALUE, True) if self._formula else (None, False)
        match self._kind:
            case "s":
                number = _whole(raw.strip())
                if number >= len(self._meaning.texts):
                    raise BrokenDocument("xlsx", why=Phrase("a cell refers to a text that is not there"))
                return self._meaning.texts[number] or None, False
            case "str":
                return unescaped(raw) or None, False
            case "b":
                return raw.strip() in ("1", "true"), False
            case "e":
                return raw, True
            case "d":
                return _iso(raw.strip()), False
            case _:
                return self._numeric(raw), False

    def _numeric(self, raw: str) -> Value:
        try:
            number = float(raw)
        except ValueError as error:
            raise BrokenDocument("xlsx", why=Phrase("a cell of numbers holds none")) from error
        if self._style in self._meaning.days:
            day = from_serial(number, since_1904=self._meaning.since_1904)
            if day is not None:
                return day
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _merge(self, ref: str) -> None:
        area = read_area(ref)
        if area is not None:
            self.builder.areas.append(area)
        if len(self.builder.areas) > _MERGED_AREAS:
            raise DocumentTooLarge(
                Phrase("it has too many merged cells"), limit=_MERGED_AREAS, unit=Phrase("merged cells")
            )


def _iso(raw: str) -> Value:
    """A day or instant in its ISO form; the text itself where it is none."""
    try:
        instant = dt.datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return raw
    return instant.date() if instant.time() == dt.time() else instant


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise BrokenDocument("xlsx", why=Phrase("a cell counts with what is no number"))
    return int(text)
