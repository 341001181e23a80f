"""The columns of a share that people read, in one order for every format: how each is called and what stands in it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from directives_core.language import _, day, marked, title, word
from directives_core.language.words import WORDS
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["COLUMNS", "Column", "Value", "days_overdue"]

Value = str | int | float | dt.date | dt.time | None
Kind = Literal["number", "whole", "figure", "day", "hour", "text", "long-text"]
"""`number` is that of a directive, `whole` and `figure` other numbers; `long-text` may take several lines."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` is in characters, `value` gives what stands in it for a share, in the language spoken now."""

    key: str
    kind: Kind
    width: int
    value: Callable[[DirectiveView, ShareView], Value]
    called: str | None = None

    @property
    def title(self) -> str:
        """What stands above it, in the language spoken now."""
        return _(self.called) if self.called else title(self.key, "field" if self.key in WORDS["field"] else None)


def days_overdue(share: ShareView) -> int | None:
    """By how many days the share is overdue, where it is."""
    if share.timeliness != "overdue" or share.days_left is None:
        return None
    return -share.days_left


def _cooperating(directive: DirectiveView) -> str:
    return "; ".join(unit.name for unit in directive.cooperating)


def _labels(directive: DirectiveView) -> str:
    return "; ".join(f"{key}={value}" for key, value in directive.labels.items())


def _notes(directive: DirectiveView) -> str:
    return "\n".join(f"{day(note['on'])}: {note['text']}" for note in directive.notes)


def _report(share: ShareView) -> str:
    return "; ".join(filter(None, (share.last_report.text, share.last_report.quantity))) if share.last_report else ""


def _of_report(share: ShareView, name: str) -> Any:
    return getattr(share.last_report, name) if share.last_report else None


COLUMNS: tuple[Column, ...] = (
    Column("number", "number", 10, lambda directive, _: directive.number, marked("Directive")),
    Column("share", "whole", 7, lambda _, share: share.share),
    Column("text", "long-text", 44, lambda directive, _: directive.text),
    Column("unit", "text", 24, lambda _, share: share.unit.name, marked("Lead unit")),
    Column("due_on", "day", 12, lambda _, share: share.due_on),
    Column("status", "text", 16, lambda _, share: word(share.status, "status")),
    Column("timeliness", "text", 22, lambda _, share: word(share.timeliness, "timeliness")),
    Column("days_overdue", "whole", 9, lambda _, share: days_overdue(share), marked("Days overdue")),
    Column("reported_on", "day", 12, lambda _, share: _of_report(share, "on"), marked("Reported on")),
    Column("last_report", "long-text", 36, lambda _, share: _report(share)),
    Column("cooperating", "text", 24, lambda directive, _: _cooperating(directive)),
    Column("assigned_on", "day", 12, lambda directive, _: directive.assigned_on),
    Column("original_due_on", "day", 12, lambda _, share: share.original_due_on),
    Column("extensions", "whole", 8, lambda _, share: share.extensions),
    Column("delivered_on", "day", 12, lambda _, share: share.delivered_on),
    Column("percent", "figure", 9, lambda _, share: _of_report(share, "percent")),
    Column("document", "text", 20, lambda _, share: _of_report(share, "document")),
    Column("notice", "text", 18, lambda directive, _: directive.notice),
    Column("path", "text", 10, lambda directive, _: directive.path),
    Column("kind", "text", 12, lambda directive, _: word(directive.kind, "kind")),
    Column("role", "text", 11, lambda _, share: word(share.role, "role")),
    Column("wording", "text", 26, lambda directive, _: directive.deadline.wording, marked("Deadline as worded")),
    Column("due_time", "hour", 9, lambda _, share: share.due_time),
    Column("wished_on", "day", 12, lambda _, share: share.wished_on if share.request_pending else None),
    Column("report_to", "text", 30, lambda directive, _: directive.report_to),
    Column("via", "text", 30, lambda directive, _: directive.via),
    Column("reminders", "whole", 9, lambda directive, _: directive.reminders),
    Column("labels", "text", 24, lambda directive, _: _labels(directive)),
    Column("notes", "long-text", 40, lambda directive, _: _notes(directive)),
)
"""What matters in a meeting stands first: to `last_report`."""
