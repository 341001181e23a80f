"""A form that came back: whatever a unit made of it, its rows are known by their marks, and what is wrong is named."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

from directives_adapters.exports.form_marks import FILLED, FormMark, RowMark
from directives_adapters.sheets import Row, Sheet, column_letters, read_sheets
from directives_core.collecting import FilledForm, FilledRow, Place, Wrong, read_name
from directives_core.language import LANGUAGES, Phrase, _, speaking

__all__ = ["read_form"]

_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%?\Z", re.ASCII)


def read_form(path: Path) -> tuple[FilledForm | None, list[Wrong]]:
    """Read one file: the form with the rows that can be read, and all that is wrong with the others.

    The form is none where the file is no form, or nobody can tell whose it is; then that is what is wrong.

    Raises:
        UnreadableDocument: the file is no spreadsheet, or not whole.
    """
    file = path.name
    book = read_sheets(path)
    if book.format == "csv":  # its days may be those of another country, its letters those of another code page
        lossy = Phrase("a form that was saved as .csv may have lost days and letters; send it as .xlsx or .ods")
        return None, [Wrong(Place(file), lossy)]
    for sheet in book.sheets:
        for row in sheet.rows:
            for cell in row.cells.values():
                if isinstance(cell.value, str) and cell.value.startswith("directives-form:"):
                    place = Place(file, sheet.name, cell.row, column_letters(cell.column))
                    return _read_sheet(file, sheet, cell.value, place)
    missing = Phrase("this is no form of a register; export one with `export xlsx --unit UNIT --form`")
    return None, [Wrong(Place(file), missing)]


def _read_sheet(file: str, sheet: Sheet, text: str, place: Place) -> tuple[FilledForm | None, list[Wrong]]:
    mark = FormMark.read(text)
    if mark is None:
        changed = Phrase("the hidden mark of the form was changed, or a newer version made it; make a new form")
        return None, [Wrong(place, changed)]
    heads = _heads(sheet)
    if not {"code", *FILLED} <= heads.keys():
        lost = ", ".join(sorted({"code", *FILLED} - heads.keys()))
        gone = Phrase("the hidden row of the form lost the columns {columns}; make a new form", columns=lost)
        return None, [Wrong(Place(file, sheet.name), gone)]
    wrong: list[Wrong] = []
    rows = []
    for row in sheet.rows:
        reader = _RowReader(Place(file, sheet.name, row.number), row, heads)
        if row.number > heads["row"] and reader.filled:
            rows.append(reader.read(mark))
            wrong += reader.wrong
    made = tuple(row for row in rows if row is not None)
    return FilledForm(file, mark.register_id, mark.unit, mark.position, made), wrong


def _heads(sheet: Sheet) -> dict[str, int]:
    """The columns by the keys of the hidden row, and as `row` the last row that belongs to the head."""
    for row in sheet.rows:
        keys = {
            cell.value.removeprefix("form:"): column
            for column, cell in row.cells.items()
            if isinstance(cell.value, str) and cell.value.startswith("form:")
        }
        if keys:
            return keys | {"row": row.number + 1}
    return {}


class _RowReader:
    """Reads what was filled in on one row; what cannot be read is kept in `wrong`."""

    def __init__(self, place: Place, row: Row, heads: dict[str, int]) -> None:
        self.wrong: list[Wrong] = []
        self._place, self._heads = place, heads
        self._cells = {key: row.cells.get(heads[key]) for key in ("code", *FILLED)}

    @property
    def filled(self) -> bool:
        """Whether anything was filled in."""
        return any(self._text(key) for key in FILLED)

    def read(self, form: FormMark) -> FilledRow | None:
        """What was filled in; none where something is wrong with it."""
        code = self._text("code")
        mark = RowMark.read(code, form)
        if mark is None:
            self._say("code", Phrase("this row is none of the form's own; fill in the rows that it came with"))
            return None
        result, percent, on = self._result(), self._percent(), self._day()
        text, document = self._text("text"), self._text("document")
        if not (text or document):
            self._say("text", Phrase("say what was done, or give the number of the document"))
        for key in FILLED:
            cell = self._cells[key]
            if cell is not None and cell.error:
                self._say(key, Phrase("the cell holds a formula that fails; write the value itself"))
        if self.wrong:
            return None
        number, share, period = read_name(mark.name)
        return FilledRow(
            place=self._place, number=number, share=share, period=period,
            version=mark.version, text=text or document, result=result, percent=percent, on=on,
            document=document or None,
        )  # fmt: skip

    def _say(self, key: str, said: Phrase) -> None:
        self.wrong.append(Wrong(replace(self._place, column=column_letters(self._heads[key])), said))

    def _text(self, key: str) -> str:
        cell = self._cells[key]
        value = cell.value if cell is not None else None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def _result(self) -> bool:
        said = self._text("result").casefold()
        if said in _words("result") | {"yes", "x", "true", "có"}:
            return True
        if said not in _words("progress") | {"", "no", "false", "không"}:
            most = Phrase("{value!r} is neither result nor progress; choose from the list", value=said[:40])
            self._say("result", most)
        return False

    def _percent(self) -> float | None:
        cell, said = self._cells["percent"], self._text("percent")
        if not said:
            return None
        found = _PERCENT.match(said)
        value = float(found[1].replace(",", ".")) if found else -1.0
        typed = cell is not None and isinstance(cell.value, str) and "%" in cell.value
        if not 0 <= value <= 100 or (0 < value < 1 and not typed):
            self._say("percent", Phrase("{value!r} is no number from 0 to 100, such as 50 for half", value=said[:40]))
            return None
        return value

    def _day(self) -> dt.date | None:
        cell, said = self._cells["on"], self._text("on")
        if not said or cell is None:
            return None
        if isinstance(cell.value, dt.datetime):
            return cell.value.date()
        if isinstance(cell.value, dt.date):
            return cell.value
        try:
            if found := _DAY.match(said):
                return dt.date(int(found[3]), int(found[2]), int(found[1]))
            return dt.datetime.fromisoformat(said).date()
        except ValueError:
            self._say("on", Phrase("{value!r} is no day; write it as 30/9/2021", value=said[:40]))
            return None


def _words(word: str) -> set[str]:
    """The word as the list of the form has it, in every language: a form may come back to another desk."""
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found.add(_(word).casefold())
    return found
