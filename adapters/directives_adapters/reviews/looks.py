"""How the sheets of a review look: colours, widths, what is locked, which cells offer a list or ask for a day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from directives_adapters.reviews.columns import MARK, TITLE_MARK, Column, action_words, kind_words, titles
from directives_adapters.sheets.writing import put
from directives_core.language import _

__all__ = ["Looks", "begin_sheet", "finish_sheet", "height_of"]

_SPARE_ROWS = 200
"""Rows below the last one that are open for what a person inserts."""
_ALLOWED = {
    "insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_cells": True,
    "format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True,
}  # fmt: skip
_A3 = 8
_LINE_POINTS, _MOST_LINES = 15.0, 27
_FIRST_DAY, _LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        made = workbook.add_format
        self.open = made({**cell, "locked": False, "num_format": "@"})
        self.day = made({**cell, "locked": False, "num_format": "dd/mm/yyyy"})
        self.shown = made({**cell, "font_color": "#404040", "bg_color": "#F2F2F2", "num_format": "@"})
        self.asks = made({**cell, "locked": False, "bg_color": "#FFF2CC", "num_format": "@"})
        self.title = made({**cell, "bold": True, "bg_color": "#DDEBF7", "num_format": "@"})
        self.sure = {
            "clear": made({**cell, "bg_color": "#E2EFDA"}),
            "check": made({**cell, "bg_color": "#FFF2CC"}),
            "open": made({**cell, "bg_color": "#F8CBAD", "bold": True}),
        }
        self.plain = made({"text_wrap": True, "valign": "top"})
        self.headline = made({"bold": True, "font_size": 13})

    def of(self, column: Column) -> Any:
        """The format of the cells of a column."""
        return self.day if column.sort == "day" else self.shown if column.sort in ("shown", "code") else self.open


def begin_sheet(sheet: Any, columns: Sequence[Column], looks: Looks) -> None:
    """Write the hidden row of codes and the row of titles, and set what a page needs."""
    words = titles()
    for at, column in enumerate(columns):
        put(sheet, 0, at, MARK + column.code)
        put(sheet, 1, at, TITLE_MARK if column.sort == "code" else words[column.code], looks.title)
        sheet.set_column(at, at, column.width, looks.of(column), {"hidden": column.sort == "code"})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 2 * _LINE_POINTS)
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)


def height_of(columns: Sequence[Column], cells: Mapping[str, object]) -> float:
    """How high a row has to be, in points, for its longest cell to be read; not every program works that out itself."""
    lines = max(
        sum(1 + len(line) // column.width for line in str(cells.get(column.code) or "").split("\n"))
        for column in columns
    )
    return _LINE_POINTS * min(lines, _MOST_LINES)


def finish_sheet(sheet: Any, columns: Sequence[Column], rows: int, actions: Sequence[str]) -> None:
    """Freeze the titles, offer filters, lists and days, and lock what says which order a row is about."""
    last = 1 + max(rows, 1)
    places = {column.code: at for at, column in enumerate(columns)}
    sheet.freeze_panes(2, places.get("action", 1) + 1)
    sheet.autofilter(1, 0, last, len(columns) - 1)
    lists = {
        "action": [said for code, said in action_words().items() if code in actions],
        "kind": [*kind_words().values()],
    }
    for code, words in lists.items():
        if code in places:
            at = places[code]
            sheet.data_validation(2, at, last + _SPARE_ROWS, at, {
                "validate": "list", "source": words, "error_title": _("Not in the list"),
                "error_message": _("Choose one of the words of the list."),
            })  # fmt: skip
    if "due" in places:
        at = places["due"]
        sheet.data_validation(2, at, last + _SPARE_ROWS, at, {
            "validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY,
            "error_type": "warning", "error_title": _("No day"),
            "error_message": _("Write a day, such as 30/9/2021: day, month, year."),
        })  # fmt: skip
    sheet.protect("", _ALLOWED)
