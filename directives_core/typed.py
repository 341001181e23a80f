"""What people type into the cells of a spreadsheet, each with its place: days, texts and names, or a problem."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from directives_core.deadline.dates import read_day
from directives_core.folding import fold_words
from directives_core.language import Phrase

__all__ = ["NONE_SIGNS", "Problem", "Problems", "Typed", "Value", "as_day", "as_names", "as_text", "same_words"]

Value = str | int | float | bool | dt.date | dt.datetime | dt.time

NONE_SIGNS = {"-", "–", "—", "/", "không", "không có", "none", "n/a"}
"""What people write into a cell to say that there is nothing."""

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NAMES = re.compile(r"[;\n]")
_BULLET = re.compile(r"^\s*(?:[-–+•*]\s+|\d{1,2}[.)]\s+)")
_SERIALS = range(20_000, 80_000)
"""Days from 1954 to 2119, as spreadsheets count them: a day that lost its format is one of these numbers."""
_FIRST = dt.date(1899, 12, 30)
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a cell that cannot be taken over, where it stands, and what to do about it.

    `sheet` is empty for a table of text; `row` is 0 where the whole sheet is meant, `column` empty where the whole row
    is.
    """

    sheet: str
    row: int
    column: str
    said: str

    @property
    def phrase(self) -> Phrase:
        """The whole sentence, for people."""
        about = {"sheet": self.sheet, "row": self.row, "column": self.column, "said": self.said}
        if not self.sheet:  # a table of text has no name
            row = Phrase("row {row}, column {column}: {said}", **about)
            return row if self.column else Phrase("row {row}: {said}", **about)
        if not self.row:
            return Phrase("sheet “{sheet}”: {said}", **about)
        if not self.column:
            return Phrase("sheet “{sheet}”, row {row}: {said}", **about)
        return Phrase("sheet “{sheet}”, row {row}, column {column}: {said}", **about)

    def __str__(self) -> str:
        return str(self.phrase)

    def as_json(self) -> dict[str, Any]:
        """The problem as JSON has it."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column, "said": str(self.said)}


@dataclass(frozen=True, slots=True)
class Typed:
    """The value of a cell (none: empty) and its place; `broken` says that it is a formula without a value."""

    value: Value | None
    sheet: str
    row: int
    column: str
    broken: bool = False

    def problem(self, said: str) -> Problem:
        """A problem with this cell."""
        return Problem(self.sheet, self.row, self.column, said)

    @property
    def empty(self) -> bool:
        """Whether nothing, or nothing but blanks, stands in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class Problems(list[Problem]):
    """The problems that were found so far: everything is looked at before anything is refused."""

    def at(self, cell: Typed, said: str) -> None:
        """Note a problem with a cell."""
        self.append(cell.problem(said))


def as_text(cell: Typed, problems: Problems) -> str | None:
    """The text of a cell without controls and blanks around it; whole numbers without a point, days as 30/9/2021."""
    value = cell.value
    if cell.broken:
        problems.at(cell, Phrase("the formula gives no value; write the text itself"))
        return None
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", _CONTROLS.sub("", str(value))).strip() or None


def as_names(cell: Typed, problems: Problems) -> tuple[str, ...]:
    """The names in a cell, parted by semicolons or lines, each once; bullets and final full stops taken off."""
    text = as_text(cell, problems)
    if text is None or text.casefold() in NONE_SIGNS:
        return ()
    names = (_BULLET.sub("", name).strip().strip(",.").strip() for name in _NAMES.split(text))
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name))


def as_day(cell: Typed, problems: Problems) -> dt.date | None:
    """The day in a cell: a real one, its number, or text in the order day, month, year, or in ISO form.

    An empty cell, and a sign for nothing, is none; so is what cannot be read, which is a problem.
    """
    value = cell.value
    if cell.broken:
        problems.at(cell, Phrase("the formula gives no day; write the day itself, such as 30/9/2021"))
        return None
    if isinstance(value, dt.datetime):
        value = value.date()
    found = _day(value)
    if isinstance(found, str):
        problems.at(cell, found)
        return None
    if found is not None and found.year not in _YEARS:
        problems.at(cell, Phrase("the year {year} cannot be right; write the day as 30/9/2021", year=found.year))
        return None
    return found


def _day(value: Value | None) -> dt.date | str | None:
    """A day, none, or what is wrong."""
    wrong = Phrase("{value!r} is no day; write it as day/month/year, such as 30/9/2021", value=str(value))
    match value:
        case None:
            return None
        case dt.date():
            return value
        case bool() | dt.time():
            return wrong
        case int() | float():
            return _FIRST + dt.timedelta(days=int(value)) if int(value) in _SERIALS else wrong
        case _:
            return _day_in_words(value, wrong)


def _day_in_words(text: str, wrong: str) -> dt.date | str | None:
    said = fold_words(text)
    if not said or said in NONE_SIGNS:
        return None
    if said.isascii() and said.isdecimal() and len(said) == len("44469"):
        return _day(int(said))
    read = read_day(said, 0)
    if read is None or read[1] != len(said):
        return wrong
    words = read[0]
    if words.year is None or words.month is None:
        return Phrase("{value!r} says no year; write day, month and year, such as 30/9/2021", value=text)
    return words.on(None)[0] or wrong


def same_words(one: object, other: object) -> bool:
    """Whether two values of cells say the same: blanks and line ends aside, a day and its text being different."""
    if isinstance(one, str) and isinstance(other, str):
        return _words(one) == _words(other)
    return one == other


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
