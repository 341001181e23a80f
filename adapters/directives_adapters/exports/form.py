"""The form of a unit: a workbook with a row for each of its open shares, to be filled in and sent back."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, BinaryIO

from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.form_marks import FILLED, KEYS, FormMark, RowMark
from directives_adapters.exports.heading import Heading
from directives_adapters.exports.texts import shortened
from directives_adapters.exports.workbook import MOST_ROWS, Looks, SheetRows, day_form, open_workbook
from directives_adapters.sheets.writing import sheet_name
from directives_core.directive.state import OPEN
from directives_core.language import _, day, title, word
from directives_core.office.names import find_holder
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["write_form"]

_HEAD: dict[str, Any] = {"bold": True, "bg_color": "#E7E6E6", "border": 1, "align": "center", "valign": "vcenter"}
_TO_FILL: dict[str, Any] = {"locked": False, "bg_color": "#FFFBE6", "border": 1}
_GIVEN: dict[str, Any] = {"border": 1}
_MIDDLE: dict[str, Any] = {"align": "center"}
_PLAIN: dict[str, Any] = {"text_wrap": False}
_WIDTHS = (10, 13, 42, 13, 16, 28, 12, 9, 13, 38, 18)
_ABOVE = 5
"""Rows above the first share: the title, the moment, what to do, the keys, the heads."""


def write_form(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write the form of the unit that the excerpt's filters name; how many rows there are to fill in.

    Raises:
        NotInstalled: the library that writes workbooks is missing.
        UnknownUnit: there is no such unit.
    """
    heading, view = excerpt.heading, excerpt.view
    unit = find_holder(view.office, excerpt.filters["unit"], on=view.moment.effective_on)
    mark = FormMark(heading.register_id, unit.id, view.moment.position)
    with open_workbook(out, heading) as workbook:
        looks = Looks(workbook, font_name="Times New Roman", font_size=12, text_wrap=True, valign="top")
        sheet = workbook.add_worksheet(sheet_name(_("Report")))
        rows = SheetRows(sheet, looks, _WIDTHS)
        rows.add(
            [
                (str(mark), _PLAIN),
                (_("Report of {unit}").format(unit=unit.name), _PLAIN | {"bold": True, "font_size": 14}),
            ]
        )
        rows.add([("", _PLAIN), (f"{heading.title}: {heading.moment_line()}", _PLAIN | {"italic": True})])
        rows.add([("", _PLAIN), (_instruction(), _PLAIN)])
        rows.add([(f"form:{key}", _PLAIN) for key in KEYS], hidden=True)
        rows.add([(head, _HEAD) for head in _heads()])
        first_day = dt.date.max
        for directive, share in excerpt.shares():
            for cells in _rows_of(directive, share, mark):
                rows.add(cells)
                first_day = min(first_day, directive.assigned_on)
        count = rows.count - _ABOVE
        if count:
            _validate(sheet, rows.count - 1, first_day)
        _lay_out(sheet, heading, rows.count)
    return count


def _instruction() -> str:
    return _("Fill in the yellow cells of the rows that you report on; leave the others empty. Send the file back.")


def _heads() -> list[str]:
    return [
        "", _("Directive"), title("text", "field"), title("due_on", "field"), title("status", "field"),
        title("last_report", "field"), _("Result or progress"), title("percent", "field"), _("Day"),
        _("What was done"), _("Number of the document"),
    ]  # fmt: skip


def _rows_of(directive: DirectiveView, share: ShareView, mark: FormMark) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    """A row for the share, or for each of its open periods."""
    if share.status not in OPEN:
        return
    if directive.deadline.recurrence is None:
        duties: list[tuple[str | None, str, dt.date | None]] = [(None, share.status, share.due_on)]
    else:
        duties = [(period.period, period.status, period.due_on) for period in share.periods if period.status in OPEN]
    for period, status, due_on in duties:
        name = f"{directive.number}/{share.share}" + (f"@{period}" if period else "")
        report = share.last_report
        mark_cell = (RowMark(name, directive.version).of(mark), _PLAIN)
        yield [
            mark_cell, (f"D-{name}", _GIVEN | _MIDDLE), (directive.text, _GIVEN),
            (due_on, _GIVEN | _MIDDLE | {"num_format": day_form()}), (word(status, "status"), _GIVEN | _MIDDLE),
            (shortened(f"{day(report.on)}: {report.text}", 200) if report else "", _GIVEN),
            *(("", _TO_FILL | _form_of(key)) for key in FILLED),
        ]  # fmt: skip


def _form_of(key: str) -> dict[str, Any]:
    """How a cell shows what is filled in; the number of a document is text, whatever it looks like."""
    forms = {"percent": '0"%"', "on": day_form(), "document": "@", "text": "@"}
    return ({} if key == "text" else _MIDDLE) | ({"num_format": forms[key]} if key in forms else {})


def _validate(sheet: Any, last_row: int, first_day: dt.date) -> None:
    """Help whoever fills it in; what comes back is checked again."""
    rules: dict[str, dict[str, Any]] = {
        "result": {
            "validate": "list", "source": [_("result"), _("progress")],
            "error_message": _("Choose from the list."),
        },
        "percent": {
            "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100,
            "error_message": _("A whole number from 0 to 100, such as 50 for half."),
        },
        "on": {
            "validate": "date", "criteria": ">=", "value": first_day,
            "error_message": _("The day on which it was done, not before the assignment."),
        },
    }  # fmt: skip
    for key, rule in rules.items():
        column = KEYS.index(key)
        sheet.data_validation(_ABOVE, column, min(last_row, MOST_ROWS - 1), column, rule)


def _lay_out(sheet: Any, heading: Heading, rows: int) -> None:
    sheet.set_column(0, 0, _WIDTHS[0], None, {"hidden": True})
    sheet.freeze_panes(_ABOVE, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 1, max(rows, _ABOVE) - 1, len(KEYS) - 1)
    sheet.repeat_rows(_ABOVE - 1)
    sheet.set_footer("&R&9&P / &N")
    # Without a password: it keeps what is not to be filled in from slips of the hand, not from anybody's will.
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
