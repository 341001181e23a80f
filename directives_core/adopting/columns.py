"""The columns of an old register: which of them says what, and what the sheet itself has to be able to tell."""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence
from typing import Literal, Protocol, get_args

from directives_core.event import AtLeastOne
from directives_core.folding import fold_words
from directives_core.typed import Value
from directives_core.values import Frozen, field

__all__ = ["FIELDS", "CellLike", "Column", "Mapping", "RowLike", "SheetLike", "Status", "headed", "letters"]

Column = Literal[
    "text", "lead", "cooperating", "assigned_on", "due", "extended_to", "extended_on", "extension_source", "status",
    "delivered_on", "result", "report_to", "via", "kind", "source", "source_date", "issuer", "note", "number",
]  # fmt: skip
"""`source` is the document that ordered it, `number` what the old register counts its rows with, `result` the document
or the words of the result."""
FIELDS: tuple[Column, ...] = get_args(Column)
Status = Literal["open", "completed", "suspended", "withdrawn"]


class Mapping(Frozen, kw_only=True):
    """Which column of an old register says what, by the words at its head; kept as JSON, and corrected there.

    `sheet` is the sheet's name (none: the first that has the columns), `header_row` the row of the heads, counted from
    1. `labels` are columns that become labels, by the label's key. `statuses` are words of the status column beside
    those that are known. `assigned_on` is the day of rows that name none. `undated_completion` says what to do with a
    row that is completed without a day: `ask` refuses it, `due` takes the day on which it was due.
    """

    sheet: str | None = None
    header_row: AtLeastOne
    columns: dict[Column, str]
    labels: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    assigned_on: str | None = None
    undated_completion: Literal["ask", "due"] = "ask"


class CellLike(Protocol):
    """A filled cell."""

    @property
    def value(self) -> Value:
        """What stands in it."""

    @property
    def error(self) -> bool:
        """Whether that is the error of a formula."""


class RowLike(Protocol):
    """A row with filled cells."""

    @property
    def number(self) -> int:
        """Its number, counted from 1."""

    @property
    def cells(self) -> "Keyed[int, CellLike]":
        """The filled cells by the number of their column, counted from 1."""


class SheetLike(Protocol):
    """A sheet; the adapters' room of spreadsheets gives such."""

    @property
    def name(self) -> str:
        """Its name; empty for a table of text."""

    @property
    def rows(self) -> "Sequence[RowLike]":
        """The rows with filled cells, in order."""


def headed(row: RowLike) -> dict[str, list[int]]:
    """The columns under each head of a row, in comparable form; one head can stand over several."""
    found: dict[str, list[int]] = {}
    for column, cell in row.cells.items():
        if head := fold_words(str(cell.value)):
            found.setdefault(head, []).append(column)
    return found


def letters(column: int) -> str:
    """The letters of a column: 28 is AB."""
    name = ""
    while column > 0:
        column, at = divmod(column - 1, 26)
        name = chr(ord("A") + at) + name
    return name
