"""Tables in plain text: which sign parts their columns, which encoding they are in."""

import csv
import io

from directives_adapters.documents.plain import decoded
from directives_adapters.sheets.cells import Cell, Row, Sheet, Workbook
from directives_adapters.sheets.kinds import ADVICE
from directives_adapters.sheets.limits import Budget, Limits
from directives_core.errors import BrokenDocument, UnknownFormat
from directives_core.language import Phrase

__all__ = ["read_csv"]

_SIGNS = ",;\t|"
_SAMPLE_LINES = 20


def read_csv(data: bytes, limits: Limits) -> Workbook:
    r"""Return the one sheet of a table in text: UTF-8, UTF-16, windows-1258, TCVN3; parted by , ; | or tabs.

    All values are texts, blanks around them taken off. A first line `sep=;`, as Excel writes and obeys, says the sign.

    Raises:
        UnknownFormat: it is no text.
        BrokenDocument: a quotation mark that is never closed, or UTF-16 that breaks off.
        DocumentTooLarge: it goes beyond a limit.
    """
    text, warnings = decoded(data)
    if "\0" in text:
        raise UnknownFormat(Phrase("no table of text: it has zero bytes"), advice=ADVICE)
    first, _, rest = text.partition("\n")
    named = first.strip().lower()
    sign, skipped = _sign_of(text), 0
    if named.startswith("sep=") and len(named) == len("sep=;"):
        sign, text, skipped = first.strip()[-1], rest, 1
    return Workbook(
        "csv", (Sheet("", tuple(_rows(text, sign, skipped, Budget(limits, len(data))))),), warnings=warnings
    )


def _rows(text: str, sign: str, skipped: int, budget: Budget) -> list[Row]:
    """The rows; their numbers are those of a spreadsheet that opens the file, not of the lines of text."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows = []
    try:
        for number, values in enumerate(reader, 1 + skipped):
            cells = {
                column: Cell(number, column, value) for column, raw in enumerate(values, 1) if (value := raw.strip())
            }
            if cells:
                budget.row()
            for cell in cells.values():
                budget.cell(cell.column, len(str(cell.value)))
            if cells:
                rows.append(Row(number, cells))
    except csv.Error as error:
        raise BrokenDocument("csv", why=Phrase("after row {n}: {error}", n=len(rows), error=error)) from error
    return rows


def _sign_of(text: str) -> str:
    """The sign that parts columns: the one that stands most evenly in the first lines, outside of quotation marks."""
    counts: dict[str, list[int]] = {sign: [] for sign in _SIGNS}
    quoted, line = False, dict.fromkeys(_SIGNS, 0)
    for letter in text[:50_000]:
        if letter == '"':
            quoted = not quoted
        elif letter == "\n" and not quoted:
            if any(line.values()):
                for sign, count in line.items():
                    counts[sign].append(count)
            line = dict.fromkeys(_SIGNS, 0)
            if len(counts[","]) >= _SAMPLE_LINES:
                break
        elif letter in line and not quoted:
            line[letter] += 1
    for sign, count in line.items():
        counts[sign].append(count)
    return max(_SIGNS, key=lambda sign: (_even(counts[sign]), sum(counts[sign])))


def _even(counts: list[int]) -> int:
    """How many lines have the most common count of a sign."""
    filled = [count for count in counts if count]
    return max(map(filled.count, filled), default=0)
