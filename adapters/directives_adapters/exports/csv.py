"""The shares as comma-separated values: RFC 4180, in UTF-8 with a mark at its beginning, for programs and spreadsheets.

The first line has the titles, in the language spoken; every line that follows is one share. Days and numbers are
written as programs read them, 2021-10-09 and 12.5, whatever the language. The last columns have the codes, which
never change with the language, and the moment: a line that is cut out and kept still says what it shows.
"""

import csv
import datetime as dt
import io
from typing import BinaryIO

from directives_adapters.exports.columns import COLUMNS, Value
from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.formulas import marked_as_text
from directives_adapters.exports.heading import Heading
from directives_core.harmless import harmless
from directives_core.language import _

__all__ = ["write"]


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write one row for each share; how many there are."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text, lineterminator="\r\n")
    heading = excerpt.heading
    moment = [_said(value) for value in _moment(heading)]
    rows.writerow([
        *(column.title for column in COLUMNS), _("Code of status"), _("Code of timeliness"),
        _("Register"), _("Id of the register"), _("As of"), _("Known at"), _("Time zone"), _("Position"),
        _("Checkpoint: events"), _("Checkpoint: root"),
    ])  # fmt: skip
    count = 0
    for directive, share in excerpt.shares():
        shown = [_said(column.value(directive, share)) for column in COLUMNS]
        rows.writerow([*shown, share.status, share.timeliness, *moment])
        count += 1
    text.detach()
    return count


def _moment(heading: Heading) -> list[Value]:
    moment = heading.moment
    return [
        heading.title, heading.register_id, moment.effective_on, moment.instant.isoformat(), moment.zone,
        moment.position, *(heading.checkpoint or (None, None)),
    ]  # fmt: skip


def _said(value: Value) -> str:
    """A value as text; what was written by people cannot become a formula."""
    match value:
        case None:
            return ""
        case str():
            return marked_as_text(harmless(value.replace("\r\n", "\n")))
        case dt.time():
            return f"{value:%H:%M}"
        case dt.date():
            return value.isoformat()
        case _:
            return str(value)
