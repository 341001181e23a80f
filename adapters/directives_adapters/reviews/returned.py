"""A workbook that comes back from a review: its rows found by their hidden codes, and what was changed in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from directives_adapters.reviews.columns import HEADER, ITEMS, LEFT_OUT, MARK, TITLE_MARK, Column, known_words
from directives_adapters.reviews.kept import Kept, read_kept
from directives_adapters.sheets import Cell, Row, Sheet, Workbook, column_letters, read_sheets
from directives_core import NoticeDraft
from directives_core.errors import UnknownFormat
from directives_core.language import LANGUAGES, Phrase, speaking
from directives_core.review import Action, Field, HeaderField, ReviewRow, reviewed
from directives_core.typed import Problem, Problems, Typed, as_day, as_text, same_words

__all__ = ["Review", "read_review"]

_FIRST_ROWS = 40
_CODES: dict[str, tuple[set[str], set[str], Sequence[Column]]] = {
    "items": ({"action", "text", "number"}, {"left_reason"}, ITEMS),
    "left": ({"action", "text", "left_reason"}, set(), LEFT_OUT),
    "header": ({"header_field", "value"}, set(), HEADER),
}
"""Which codes a sheet has, which it has not, and its columns."""
_FIELDS = {*get_args(Field)}


@dataclass(frozen=True, slots=True)
class Review:
    """A review that came back: the draft as it was read, and all that was said about it."""

    draft: NoticeDraft
    rows: tuple[ReviewRow, ...]
    header: Mapping[HeaderField, Typed]
    sheet: str
    problems: tuple[Problem, ...]

    def result(self, unit_named: Callable[[str], str] | None = None) -> NoticeDraft:
        """The draft to be recorded.

        Raises:
            SheetRefused: something cannot be taken over; every problem is named.
        """
        return reviewed(
            self.draft, self.rows, self.header, sheet=self.sheet, unit_named=unit_named, problems=self.problems
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """A sheet of the review: the columns of its codes, and the row that they stand in."""

    sheet: Sheet
    columns: Mapping[str, int]
    row: int


def read_review(data: bytes, name: str | None = None) -> Review:
    """Read a workbook that `review_workbook` wrote, whatever was done to it since.

    Raises:
        SheetRefused: it is no review any more; the sheet that is missing is named.
        UnknownFormat: it is no workbook, or it carries macros, which no review needs.
        BrokenDocument, DocumentTooLarge, EncryptedDocument: as `read_sheets` says.
    """
    workbook = read_sheets(data, name)
    if workbook.format == "csv":
        raise UnknownFormat(Phrase("no workbook"), advice=Phrase("give the reviewed workbook itself, as .xlsx or .ods"))
    if workbook.macros:
        raise UnknownFormat(Phrase("a workbook with macros"), advice=Phrase("save it as .xlsx, without macros"))
    kept = read_kept(workbook.sheets)
    problems = Problems()
    found = {kind: _sheet_of(workbook, kind, problems) for kind in _CODES}
    rows: list[ReviewRow] = []
    for kind in ("items", "left"):
        if (place := found[kind]) is not None:
            rows += _Rows(kind, place, kept, problems).read()
    header = found["header"]
    items = found["items"]
    return Review(
        kept.draft, tuple(rows), _header(header, kept, problems) if header else {}, items.sheet.name if items else "",
        tuple(problems),
    )  # fmt: skip


def _sheet_of(workbook: Workbook, kind: str, problems: Problems) -> _Found | None:
    """The sheet of this kind, by its hidden row of codes."""
    has, has_not, _ = _CODES[kind]
    found = []
    for sheet in workbook.sheets:
        for row in sheet.rows[:_FIRST_ROWS]:
            codes = {
                cell.value.removeprefix(MARK): column
                for column, cell in row.cells.items()
                if isinstance(cell.value, str) and cell.value.startswith(MARK) and not cell.merged
            }
            if has <= codes.keys() and not has_not & codes.keys():
                found.append(_Found(sheet, codes, row.number))
                break
    if len(found) > 1:
        said = Phrase("it is a copy of sheet “{other}”; delete one of the two", other=found[0].sheet.name)
        problems.append(Problem(found[1].sheet.name, 0, "", said))
    if not found and kind == "items":
        said = Phrase("the sheet of orders is missing, or its hidden first row is; read the notice anew")
        problems.append(Problem("", 0, "", said))
    return found[0] if found else None


def _typed(sheet: Sheet, row: Row, column: int) -> Typed:
    cell: Cell | None = row.cells.get(column)
    letters = column_letters(column)
    if cell is None:
        return Typed(None, sheet.name, row.number, letters)
    return Typed(cell.value, sheet.name, row.number, letters, broken=cell.error)


class _Rows:
    """Reads the rows of the orders, or of what was left out."""

    def __init__(self, kind: str, found: _Found, kept: Kept, problems: Problems) -> None:
        self.kind, self.found, self.kept, self.problems = kind, found, kept, problems
        self._columns = [column for column in _CODES[kind][2] if column.code in found.columns]
        self._words = {column: _all_words(kept, column) for column in ("action", "kind")}

    def read(self) -> Iterator[ReviewRow]:
        """Yield the rows that say something."""
        for row in self.found.sheet.rows:
            if row.number <= self.found.row:
                continue
            code = self._text(row, "code")
            if code == TITLE_MARK or not self._says_something(row, code):
                continue
            if code is None and self.kind == "left":
                said = Phrase("this row was inserted; to part a passage, copy its whole row instead")
                self.problems.append(Problem(self.found.sheet.name, row.number, "", said))
                continue
            yield self._row(row, code)

    def _cell(self, row: Row, code: str) -> Typed | None:
        at = self.found.columns.get(code)
        return None if at is None else _typed(self.found.sheet, row, at)

    def _text(self, row: Row, code: str) -> str | None:
        cell = self._cell(row, code)
        return None if cell is None or cell.broken else as_text(cell, Problems())

    def _says_something(self, row: Row, code: str | None) -> bool:
        open_ = [column for column in self._columns if column.sort not in ("code", "shown")]
        return code is not None or any(not cell.empty for each in open_ if (cell := self._cell(row, each.code)))

    def _row(self, row: Row, code: str | None) -> ReviewRow:
        shown = self.kept.shown.get(self.kind, {}).get(code or "", {})
        changed: dict[Field, Typed] = {}
        for column in self._columns:
            if column.code not in _FIELDS:
                continue
            cell = cast("Typed", self._cell(row, column.code))
            self._unmerged(row, column)
            if code is None and cell.empty:
                continue
            if not self._as_shown(cell, column, shown.get(column.code)):
                changed[cast("Field", column.code)] = self._meant(cell, column)
        return ReviewRow(
            self.found.sheet.name, row.number, code, self._number(row, code), self._action(row), changed
        )  # fmt: skip

    def _unmerged(self, row: Row, column: Column) -> None:
        cell = row.cells.get(self.found.columns[column.code])
        if cell is not None and cell.merged:
            said = Phrase("this cell is merged with others; unmerge them, and write each value in its own cell")
            self.problems.append(Problem(self.found.sheet.name, row.number, column_letters(cell.column), said))

    def _as_shown(self, cell: Typed, column: Column, shown: str | None) -> bool:
        """Whether a cell still shows what was written into it."""
        if cell.broken:
            return False
        if column.sort == "day":
            day = as_day(cell, found := Problems())
            return not found and (day.isoformat() if day else None) == shown
        return same_words(as_text(cell, Problems()) or "", shown or "")

    def _meant(self, cell: Typed, column: Column) -> Typed:
        """The cell with the code behind a word of a list, and questions as they were asked."""
        if column.code == "kind" and isinstance(cell.value, str):
            return replace(cell, value=self._words["kind"].get(cell.value.strip().casefold(), cell.value))
        if column.code == "questions" and isinstance(cell.value, str):
            lines = (line.strip().removeprefix("?").strip() for line in cell.value.splitlines())
            return replace(cell, value="\n".join(self.kept.questions.get(line, line) for line in lines if line))
        if cell.value == "-" and column.sort in ("text", "names"):
            return replace(cell, value=None)
        return cell

    def _number(self, row: Row, code: str | None) -> str | None:
        """The number as it stands there; one that was taken for a number or a day counts as what it was."""
        cell = self._cell(row, "number")
        if cell is None or cell.empty or self.kind == "left":
            return None
        if isinstance(cell.value, float) and code is not None and _is_number(code, cell.value):
            return code
        return as_text(cell, self.problems)

    def _action(self, row: Row) -> Action:
        default: Action = "keep" if self.kind == "items" else "leave"
        cell = self._cell(row, "action")
        if cell is None or cell.empty:
            return default
        said = as_text(cell, self.problems)
        if said is None:
            return default
        action: Any = self._words["action"].get(said.casefold())
        if action is None:
            self.problems.at(cell, Phrase("{said!r} is no word of the list; choose one", said=said))
            return default
        return cast("Action", action)


def _is_number(code: str, value: float) -> bool:
    try:
        return float(code) == value
    except ValueError:
        return False


def _all_words(kept: Kept, column: str) -> dict[str, str]:
    """The codes behind the words that the workbook was written with, and behind those of every language."""
    words: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            words |= known_words(column)
    return words | dict(kept.words.get(column, {}))


def _header(found: _Found, kept: Kept, problems: Problems) -> dict[HeaderField, Typed]:
    """The cells of the notice's own facts that were changed."""
    changed: dict[HeaderField, Typed] = {}
    for row in found.sheet.rows:
        field = row.value(found.columns["header_field"])
        if row.number <= found.row or not isinstance(field, str) or field not in get_args(HeaderField):
            continue
        cell = _typed(found.sheet, row, found.columns["value"])
        shown = kept.shown.get("header", {}).get(field, {}).get("value")
        day = as_day(cell, wrong := Problems()) if field.endswith("date") else None
        same = (
            not wrong and (day.isoformat() if day else None) == shown
            if field.endswith("date")
            else same_words(as_text(cell, problems) or "", shown or "")
        )
        if not same:
            changed[cast("HeaderField", field)] = cell
    return changed
