"""The shares as a workbook: typed cells with filters, the figures of what is shown, and the moment, on a sheet each."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from directives_adapters.exports.columns import COLUMNS, Column
from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.heading import Heading
from directives_adapters.exports.workbook import Looks, SheetRows, as_cell, day_form, open_workbook
from directives_adapters.sheets.writing import sheet_name
from directives_core.figures import Tally, rates_of
from directives_core.language import _, sentence_case, spoken, word
from directives_core.office.names import bare
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["write"]

_PRINTED = [column.key for column in COLUMNS].index("last_report")
"""The last column that is printed: what matters in a meeting fits on a page."""

_COLOURS = {
    "overdue": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "due-soon": {"font_color": "#7F6000", "bg_color": "#FFEB9C"},
    "completed-late": {"font_color": "#833C0B"},
    "completed-on-time": {"font_color": "#006100"},
}
_A4 = 9
_HEAD: dict[str, Any] = {"bold": True, "bg_color": "#E7E6E6", "border": 1, "align": "center", "valign": "vcenter"}
_TOTAL: dict[str, Any] = {"bold": True, "top": 1}
_WHOLE: dict[str, Any] = {"num_format": "0"}
_FORMS = {"number": '"D-"0', "whole": "0", "figure": "General"}


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write the workbook; how many shares it has."""
    heading = excerpt.heading
    with open_workbook(out, heading) as workbook:
        looks = Looks(workbook, font_name="Times New Roman", font_size=11, text_wrap=True, valign="top")
        sheet = workbook.add_worksheet(sheet_name(_("Directives")))
        tallies: dict[str, Tally] = {}
        count = _write_shares(sheet, excerpt, looks, tallies)
        _lay_out(sheet, heading, count)
        _write_figures(workbook.add_worksheet(sheet_name(_("Figures"))), tallies, looks)
        _write_moment(workbook.add_worksheet(sheet_name(_("Moment"))), heading, looks)
    return count


def _write_shares(sheet: Any, excerpt: Excerpt, looks: Looks, tallies: dict[str, Tally]) -> int:
    rows = SheetRows(sheet, looks, [column.width for column in COLUMNS])
    rows.add((column.title, _HEAD) for column in COLUMNS)
    forms = {column.key: _form(column) for column in COLUMNS}
    for directive, share in excerpt.shares():
        rows.add(_cells(directive, share, forms))
        if share.status != "handed-over":
            name = share.unit.name if share.unit.id else _("(not allocated)")
            tallies.setdefault(name, Tally()).count(share.timeliness)
    return rows.count - 1


def _cells(
    directive: DirectiveView, share: ShareView, forms: dict[str, dict[str, Any]]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    for column in COLUMNS:
        look = forms[column.key]
        if column.key == "timeliness":
            look = look | _COLOURS.get(share.timeliness, {})
        yield as_cell(column.value(directive, share)), look


def _form(column: Column) -> dict[str, Any]:
    if column.kind == "day":
        return {"num_format": day_form(), "align": "center"}
    if column.kind in _FORMS:
        return {"num_format": _FORMS[column.kind], "align": "center"}
    return {"align": "center"} if column.kind == "hour" else {}


def _lay_out(sheet: Any, heading: Heading, rows: int) -> None:
    """Freeze the head, put filters on it, and print what matters crosswise on A4, headed by the moment."""
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(rows, 1), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.4, top=0.9, bottom=0.6)
    sheet.print_area(0, 0, max(rows, 1), _PRINTED)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # A single & begins a code of the head of pages; more than 255 letters Excel does not open.
    shown = f"{heading.title}: {heading.moment_line()}".replace("&", "&&")
    sheet.set_header(f"&L&9{' ' if shown[:1].isdigit() else ''}{shown[:200].rstrip('&')}")
    sheet.set_footer("&R&9&P / &N")


def _write_figures(sheet: Any, tallies: dict[str, Tally], looks: Looks) -> None:
    """The official table of the shares that are shown, and the rates that offices publish."""
    total = Tally()
    for tally in tallies.values():
        total.add(tally)
    columns = [sentence_case(word(column, "figure")) for column in total.as_json()]
    rows: list[list[tuple[Any, dict[str, Any]]]] = [[(head, _HEAD) for head in (_("Lead unit"), *columns)]]
    rows += (
        [(name, {}), *((count, _WHOLE) for count in tallies[name].as_json().values())]
        for name in sorted(tallies, key=lambda name: (bare(name), name))
    )
    rows.append([(_("All"), _TOTAL), *((count, _TOTAL | _WHOLE) for count in total.as_json().values())])
    rows.append([])
    for rate in rates_of(total):
        of = f"{rate.numerator} / {rate.denominator} ({spoken(rate.denominator_is)})"
        value = (rate.value, {"num_format": "0.0%"})
        rows.append([(sentence_case(spoken(rate.name)), {}), value, (of, {"text_wrap": False})])
    lines = SheetRows(sheet, looks, [36, *(14 for _column in columns)])
    for row in rows:
        lines.add(row)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_moment(sheet: Any, heading: Heading, looks: Looks) -> None:
    rows = SheetRows(sheet, looks, [24, 80])
    for name, value in heading.pairs():
        form = {"align": "left"} | ({} if isinstance(value, str | int) else {"num_format": day_form()})
        rows.add([(name, {"bold": True}), (value, form)])
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
