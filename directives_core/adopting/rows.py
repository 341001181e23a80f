"""The rows of an old register, each read into what it says of one directive; problems are gathered, not raised."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from directives_core.adopting.columns import Column, RowLike, SheetLike, Status, headed, letters
from directives_core.adopting.columns import Mapping as Columns
from directives_core.adopting.words import KINDS, STATUSES
from directives_core.deadline import find_urgencies, read_deadline
from directives_core.directive.events import Kind
from directives_core.errors import SheetRefused
from directives_core.folding import fold_words
from directives_core.language import Phrase
from directives_core.typed import NONE_SIGNS, Problem, Problems, Typed, as_day, as_text

__all__ = ["OldDirective", "Read", "read_rows"]


@dataclass(frozen=True, slots=True)
class OldDirective:
    """What a row says: `due` is a day, a wording that states one or none, or none; `lead` is as written."""

    row: int
    text: str
    lead: Typed
    assigned_on: dt.date
    due: dt.date | str | None = None
    status: Status = "open"
    delivered_on: dt.date | None = None
    extended_to: dt.date | None = None
    extended_on: dt.date | None = None
    kind: Kind = "one-off"
    words: Mapping[Column, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Read:
    """All rows of a sheet: what they say, what is wrong, and which rows head a part of the table and say nothing."""

    sheet: str
    directives: tuple[OldDirective, ...]
    problems: Problems
    headings: tuple[int, ...]


def read_rows(sheets: Sequence[SheetLike], mapping: Columns, *, today: dt.date) -> Read:
    """Read every row below the heads.

    Raises:
        SheetRefused: the sheet or a column of the mapping is not there.
    """
    sheet = _sheet(sheets, mapping)
    reader = _Reader(sheet, mapping, today)
    directives = tuple(reader.directives())
    return Read(sheet.name, directives, reader.problems, tuple(reader.headings))


def _sheet(sheets: Sequence[SheetLike], mapping: Columns) -> SheetLike:
    wanted = fold_words(mapping.sheet or "")
    for sheet in sheets:
        if mapping.sheet is None or fold_words(sheet.name) == wanted:
            return sheet
    said = Phrase("there is no such sheet; there are {names}", names=[sheet.name for sheet in sheets])
    raise SheetRefused([Problem(mapping.sheet or "", 0, "", said)])


class _Reader:
    def __init__(self, sheet: SheetLike, mapping: Columns, today: dt.date) -> None:
        self.sheet, self.mapping, self.today = sheet, mapping, today
        self.problems = Problems()
        self.headings: list[int] = []
        self._columns, self._labels = self._places()
        given = Typed(mapping.assigned_on, "mapping", 0, "")
        self._assigned_on = as_day(given, self.problems)
        own = {fold_words(words): status for words, status in mapping.statuses.items()}
        self._statuses: dict[str, Status] = {word: status for status, words in STATUSES.items() for word in words} | own
        self._deadlines: dict[str, bool] = {}

    def _places(self) -> tuple[dict[Column, int], dict[str, int]]:
        """Where the columns of the mapping stand.

        Raises:
            SheetRefused: a head is not there, or stands over several columns.
        """
        row = next((row for row in self.sheet.rows if row.number == self.mapping.header_row), None)
        heads = headed(row) if row else {}
        problems = Problems()

        def place(head: str) -> int:
            found = heads.get(fold_words(head), [])
            if not found:
                said = Phrase("no column is headed “{head}”; there are {heads}", head=head, heads=list(heads))
                problems.append(Problem(self.sheet.name, self.mapping.header_row, "", said))
            if len(found) > 1:
                said = Phrase("several columns are headed “{head}”; give each a head of its own", head=head)
                problems.append(Problem(self.sheet.name, self.mapping.header_row, letters(found[1]), said))
            return found[0] if found else 0

        columns = {column: place(head) for column, head in self.mapping.columns.items()}
        labels = {key: place(head) for key, head in self.mapping.labels.items()}
        if "text" not in columns or "lead" not in columns:
            said = Phrase("the mapping names no column for the order (text) or for its lead unit (lead)")
            problems.append(Problem("mapping", 0, "", said))
        if problems:
            raise SheetRefused(problems)
        return columns, labels

    def directives(self) -> Iterator[OldDirective]:
        """Yield what the rows say; a row with a problem is left out."""
        for row in self.sheet.rows:
            if row.number <= self.mapping.header_row or not self._filled(row):
                continue
            before = len(self.problems)
            read = self._row(row)
            if read is not None and len(self.problems) == before:
                yield read

    def _filled(self, row: RowLike) -> bool:
        """Whether a row says something; one that only heads a part of the table, or counts columns, does not."""
        values = {str(cell.value).strip() for cell in row.cells.values()} - {""}
        if not values:
            return False
        own = [cell for column in self._columns.values() if (cell := row.cells.get(column)) is not None]
        alone = len(values) == 1 or (len(values) == 2 and "lead" not in self._of(row))
        counts = all(
            isinstance(cell.value, int) or str(cell.value).strip("()").isdecimal() for cell in row.cells.values()
        )
        if (alone and "assigned_on" not in self._of(row)) or (counts and len(values) > 1) or not own:
            self.headings.append(row.number)
            return False
        return True

    def _of(self, row: RowLike) -> set[Column]:
        return {column for column, place in self._columns.items() if place in row.cells}

    # ------------------------------------------------------------------------------------------------------- one row

    def _row(self, row: RowLike) -> OldDirective | None:
        cells = {column: self._cell(row, place) for column, place in self._columns.items()}
        words = {column: text for column, cell in cells.items() if (text := self._text(cell)) is not None}
        if "text" not in words:
            self.problems.at(cells["text"], Phrase("the order has no words"))
        if "lead" not in words:
            self.problems.at(cells["lead"], Phrase("no lead unit is named"))
        assigned_on = self._assigned(row, cells)
        due = self._due(cells.get("due"), assigned_on)
        if "status" not in words and self._status_of(words.get("result", "")):  # many registers say it there
            cells["status"], words["status"] = cells["result"], words.pop("result")
        status = self._status(cells.get("status"), words)
        delivered_on = self._delivered(row, cells, status, assigned_on, due)
        extended_to, extended_on = self._extended(cells, assigned_on, due)
        if assigned_on is None or status is None or "text" not in words:
            return None
        return OldDirective(
            row.number, words["text"], cells["lead"], assigned_on, due, "completed" if delivered_on else status,
            delivered_on, extended_to, extended_on, self._kind(cells.get("kind")), words, self._labels_of(row),
        )  # fmt: skip

    def _cell(self, row: RowLike, place: int) -> Typed:
        cell = row.cells.get(place)
        if cell is None:
            return Typed(None, self.sheet.name, row.number, letters(place))
        return Typed(cell.value, self.sheet.name, row.number, letters(place), broken=cell.error)

    def _text(self, cell: Typed) -> str | None:
        text = as_text(cell, self.problems)
        return None if text is None or text.casefold() in NONE_SIGNS else text

    def _labels_of(self, row: RowLike) -> dict[str, str]:
        found = {key: self._text(self._cell(row, place)) for key, place in self._labels.items()}
        return {key: text for key, text in found.items() if text is not None}

    def _past(self, cell: Typed | None, first: dt.date | None) -> dt.date | None:
        """A day that has been, not before the first one that can be."""
        day = as_day(cell, self.problems) if cell is not None else None
        if cell is None or day is None:
            return None
        if day > self.today:
            self.problems.at(cell, Phrase("{day} lies ahead: today is {today}", day=day, today=self.today))
        if first is not None and day < first:
            said = Phrase("{day} is before the day of the assignment, {first}", day=day, first=first)
            self.problems.at(cell, said)
        return day

    def _assigned(self, row: RowLike, cells: Mapping[Column, Typed]) -> dt.date | None:
        before = len(self.problems)
        day = self._past(cells.get("assigned_on"), None)
        if day is None and len(self.problems) == before:
            day = self._past(cells.get("source_date"), None) or self._assigned_on
            if day is None and len(self.problems) == before:
                cell = cells.get("assigned_on") or self._cell(row, self._columns["text"])
                said = Phrase("on which day was it assigned? Fill it in, or give assigned_on in the mapping")
                self.problems.at(cell, said)
        return day

    def _due(self, cell: Typed | None, anchor: dt.date | None) -> dt.date | str | None:
        """A day, or a wording that the rules can read; words that urge without a day set none."""
        if cell is None or cell.empty:
            return None
        day = as_day(cell, quiet := Problems())
        if not quiet:
            return day
        text = self._text(cell)
        if text is None or find_urgencies(text) or fold_words(text) in self._statuses:
            return None
        read = read_deadline(text, anchor=anchor)
        if read is None:
            self.problems.at(cell, Phrase("{text!r} states no deadline; write a day, such as 30/9/2021", text=text))
        return text

    def _status(self, cell: Typed | None, words: Mapping[Column, str]) -> Status | None:
        """The status; none, with a problem, where its word is not known."""
        said = words.get("status")
        if cell is None or said is None:
            return "open"
        status = self._status_of(said)
        if status is None:
            about = "{said!r} is no status that is known; say in the mapping what it means: statuses"
            self.problems.at(cell, Phrase(about, said=said))
        return status

    def _status_of(self, said: str) -> Status | None:
        return self._statuses.get(fold_words(said).rstrip(" ."))

    def _delivered(
        self,
        row: RowLike,
        cells: Mapping[Column, Typed],
        status: Status | None,
        assigned_on: dt.date | None,
        due: dt.date | str | None,
    ) -> dt.date | None:
        before = len(self.problems)
        day = self._past(cells.get("delivered_on"), assigned_on)
        if len(self.problems) > before or status is None:
            return None
        if day is not None and "status" in cells and not cells["status"].empty and status != "completed":
            self.problems.at(cells["delivered_on"], Phrase("it has a day of delivery, and its status is another one"))
        if day is not None or status != "completed":
            return day
        if self.mapping.undated_completion == "due":
            last = due if isinstance(due, dt.date) else self.today
            return min(max(last, assigned_on or last), self.today)
        cell = cells.get("delivered_on") or cells.get("status") or self._cell(row, self._columns["text"])
        said = "it is completed: on which day? Fill it in, or set undated_completion to due in the mapping"
        self.problems.at(cell, Phrase(said))
        return None

    def _extended(
        self, cells: Mapping[Column, Typed], assigned_on: dt.date | None, due: dt.date | str | None
    ) -> tuple[dt.date | None, dt.date | None]:
        cell = cells.get("extended_to")
        to = as_day(cell, self.problems) if cell is not None else None
        on = self._past(cells.get("extended_on"), assigned_on)
        if cell is not None and to is not None and isinstance(due, dt.date) and to <= due:
            self.problems.at(cell, Phrase("{to} is not later than the deadline, {due}", to=to, due=due))
        return to, on

    def _kind(self, cell: Typed | None) -> Kind:
        text = fold_words(self._text(cell) or "") if cell is not None else ""
        found: Any = next((kind for kind, words in KINDS.items() if text in words), "one-off")
        if cell is not None and text and found == "one-off" and text not in KINDS["one-off"]:
            self.problems.at(cell, Phrase("{text!r} is no kind; known are {kinds}", text=text, kinds=list(KINDS)))
        return cast("Kind", found)
