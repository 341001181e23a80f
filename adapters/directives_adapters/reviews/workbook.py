"""A draft written as a workbook: orders, what was left out, the notice's own facts, and how to fill all that in."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from directives_adapters.reviews.columns import (
    HEADER,
    ITEMS,
    KEPT_MARK,
    LEFT_OUT,
    Column,
    action_words,
    known_words,
    titles,
)
from directives_adapters.reviews.guide import guide_lines
from directives_adapters.reviews.kept import Kept, pieces_of
from directives_adapters.reviews.looks import Looks, begin_sheet, finish_sheet, height_of
from directives_adapters.sheets.cells import Value
from directives_adapters.sheets.writing import new_workbook, put, sheet_name, sheet_text
from directives_core import NoticeDraft
from directives_core.language import _, again, word
from directives_core.reader import DraftHeader, DraftItem, DraftLeftOut
from directives_core.review import HEADER_FIELDS, LEFT, certainty_of

__all__ = ["review_workbook"]

Cells = Mapping[str, Value | None]
_LINES = "\n"
_GUIDE_LETTERS, _A4 = 95, 9


def review_workbook(draft: NoticeDraft, text: str = "") -> bytes:
    """The draft as the bytes of an .xlsx, in the language spoken now; the same draft gives the same bytes.

    Args:
        draft: as it was read.
        text: the text that it was read from, of which the words behind each field are shown.

    Raises:
        FormatNotInstalled: the library that writes workbooks is missing.
    """
    out = io.BytesIO()
    with new_workbook(out) as workbook:
        looks = Looks(workbook)
        shown = {
            "items": _table(
                workbook.add_worksheet(sheet_name(_("Orders"))), ITEMS, looks,
                {item.path: _item_cells(item, text) for item in draft.items}, ("keep", "drop", "merge", "split"),
            ),
            "left": _table(
                workbook.add_worksheet(sheet_name(_("Left out"))), LEFT_OUT, looks,
                {f"{LEFT}{n}": _left_cells(left) for n, left in enumerate(draft.left_out, 1)}, ("leave", "take-in"),
            ),
            "header": _header(workbook.add_worksheet(sheet_name(_("The notice"))), looks, draft),
        }  # fmt: skip
        _guide(workbook.add_worksheet(sheet_name(_("How to"))), looks)
        questions = {again(asked): str(asked) for item in draft.items for asked in item.questions}
        words = {column: known_words(column) for column in ("action", "kind")}
        _keep(workbook, Kept(draft=draft, shown=shown, words=words, questions=questions))
    return out.getvalue()


def _table(
    sheet: Any, columns: Sequence[Column], looks: Looks, rows: Mapping[str, Cells], actions: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    """Write a sheet with one row for each code; what its cells show."""
    begin_sheet(sheet, columns, looks)
    for row, (code, cells) in enumerate(rows.items(), 2):
        for at, column in enumerate(columns):
            put(sheet, row, at, code if column.code == "code" else cells.get(column.code), _look(looks, column, cells))
        sheet.set_row(row, height_of(columns, cells))
    finish_sheet(sheet, columns, len(rows), actions)
    return {code: _shown(cells) for code, cells in rows.items()}


def _shown(cells: Cells) -> dict[str, str]:
    return {
        code: sheet_text(value) if isinstance(value, str) else value.isoformat()  # type: ignore[union-attr]
        for code, value in cells.items()
        if value is not None and code != "sure"
    }


def _look(looks: Looks, column: Column, cells: Cells) -> Any:
    if column.code == "certainty":
        return looks.sure[str(cells["sure"])]
    return looks.asks if column.code == "questions" and cells.get("questions") else looks.of(column)


def _item_cells(item: DraftItem, text: str) -> Cells:
    deadline = item.deadline
    sure = certainty_of(item)
    words = {"clear": _("clear"), "check": _("look at it"), "open": _("a question")}
    return {
        "number": item.path, "sure": sure, "certainty": words[sure],
        "questions": _LINES.join(f"? {again(asked)}" for asked in item.questions) or None,
        "action": action_words()["keep"], "text": item.text, **_units(item),
        "deadline": deadline.wording if deadline else item.urgency, "due": deadline.due if deadline else None,
        "kind": word(item.kind, "kind"), "report_to": item.report_to, "via": item.via,
        "rests_on": _LINES.join(_rests_on(item, text)) or None,
    }  # fmt: skip


def _units(item: DraftItem) -> dict[str, str | None]:
    fields = {"leads": "lead", "addressed": "addressed", "cooperating": "cooperating"}
    return {
        code: _LINES.join(assignee.unit for assignee in item.assignees if assignee.role == role) or None
        for code, role in fields.items()
    } | {"members": _LINES.join(member for each in item.assignees for member in each.members) or None}


def _rests_on(item: DraftItem, text: str) -> Iterator[str]:
    """The words that each field was read from, as the notice has them."""
    for assignee in item.assignees:
        if assignee.span and (words := text[slice(*assignee.span)]):
            yield f"{word(assignee.role, 'role')}: “{' '.join(words.split())}”"
    if item.deadline is not None:
        yield _("deadline: “{words}” ({rule})").format(
            words=item.deadline.wording, rule=word(item.deadline.rule, "rule")
        )
    for cited in item.citations:
        yield _("cites {number}").format(number=cited.number)


def _left_cells(left: DraftLeftOut) -> Cells:
    return {"action": action_words()["leave"], "text": left.text, "left_reason": again(left.reason)}


def _header(sheet: Any, looks: Looks, draft: NoticeDraft) -> dict[str, dict[str, str]]:
    """Write the notice's own facts, one in each row, and below them what is asked about the whole."""
    begin_sheet(sheet, HEADER, looks)
    facts, words = _facts(draft.header), titles()
    for row, field in enumerate(HEADER_FIELDS, 2):
        put(sheet, row, 0, field)
        put(sheet, row, 1, words["notice_number"] if field == "number" else words[field], looks.shown)
        put(sheet, row, 2, facts[field], looks.day if field.endswith("date") else looks.open)
    for row, asked in enumerate(draft.questions, 3 + len(HEADER_FIELDS)):
        put(sheet, row, 1, f"? {again(asked)}", looks.plain)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return {field: _shown({"value": facts[field]}) for field in HEADER_FIELDS}


def _facts(header: DraftHeader) -> dict[str, Value | None]:
    chair = header.chair
    return {
        "number": header.number, "date": header.date, "title": header.title, "issuer": header.issuer,
        "chair": chair.name if chair else None, "chair_roles": _LINES.join(chair.roles) if chair else None,
        "meeting_title": header.meeting.title, "meeting_date": header.meeting.date,
    }  # fmt: skip


def _guide(sheet: Any, looks: Looks) -> None:
    sheet.set_column(0, 0, _GUIDE_LETTERS, looks.plain)
    for row, line in enumerate(guide_lines()):
        put(sheet, row, 0, line, looks.plain if row else looks.headline)
        sheet.set_row(row, height_of([Column("line", "shown", _GUIDE_LETTERS)], {"line": line}))
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("")


def _keep(workbook: Any, kept: Kept) -> None:
    sheet = workbook.add_worksheet("directives")
    put(sheet, 0, 0, KEPT_MARK)
    for row, piece in enumerate(pieces_of(kept), 1):
        put(sheet, row, 0, piece)
    sheet.protect("")
    sheet.very_hidden()
