"""One directive in full, for people to read."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from directives_cli import terminal
from directives_cli.table_text import Column, table
from directives_cli.words import harmless, wrap

if TYPE_CHECKING:
    from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["portrait"]

_INDENT = "  "
_LABEL = 14


def portrait(directive: "DirectiveView") -> Iterator[str]:
    """The lines that show it."""
    room = terminal.columns() - len(_INDENT)
    head = f"{directive.name}  {directive.status}, {terminal.stands(directive.timeliness)}"
    yield terminal.painted(head, terminal.colour_of(directive.timeliness), bold=True)
    for line in wrap(directive.text, room):
        yield _INDENT + line
    for name, value in _facts(directive):
        first, *rest = wrap(value, room - _LABEL) or [""]
        yield f"{_INDENT}{name:<{_LABEL}}{first}"
        yield from (" " * (len(_INDENT) + _LABEL) + line for line in rest)
    columns = (
        Column("share"), Column("unit", grows=True), Column("status"), Column("stands"), Column("due"),
        Column("delivered"),
    )  # fmt: skip
    rows = [row for share in directive.shares for row in _rows(directive, share)]
    colours = [(None, None, None, terminal.colour_of(timeliness), None, None) for timeliness, _ in rows]
    yield from table(columns, [row for _, row in rows], colours)


def _facts(directive: "DirectiveView") -> Iterator[tuple[str, str]]:
    if directive.notice:
        yield "notice", f"{directive.notice}, item {directive.path}" if directive.path else directive.notice
    yield "assigned", f"{directive.assigned_on}, {directive.kind}, version {directive.version}"
    yield "due", _due(directive)
    if directive.completed_on:
        yield "delivered", directive.completed_on.isoformat()
    if directive.report_to or directive.via:
        via = f"through {directive.via}" if directive.via else ""
        yield "reports to", " ".join(filter(None, (directive.report_to, via)))
    if directive.cooperating:
        yield "with", ", ".join(unit.name for unit in directive.cooperating)
    if report := directive.last_report:
        percent = f" ({report.percent:g} %)" if report.percent is not None else ""
        document = f", {report.document}" if report.document else ""
        yield "last report", f"{report.on}: {report.text}{percent}{document}"
    if directive.reminders:
        yield "reminders", str(directive.reminders)
    if directive.labels:
        yield "labels", ", ".join(f"{key}={value}" for key, value in directive.labels.items())
    for note in directive.notes:
        yield str(note["kind"]), f"{note['on']}, {note['by']}: {note['text']}"
    for link in directive.links:
        target = link["target"]
        yield str(link["relation"]), f"D-{target}" if isinstance(target, int) else str(target)
    for cited in directive.citations:
        yield "cites", f"{cited['number']} of {cited['date']}" if cited["date"] else str(cited["number"])
    for warning in directive.warnings:
        yield "warning", warning


def _due(directive: "DirectiveView") -> str:
    parts = []
    if directive.due_on:
        hour = f" at {directive.due_time:%H:%M}" if directive.due_time else ""
        parts.append(f"{directive.due_on}{hour}")
    if directive.original_due_on and directive.original_due_on != directive.due_on:
        parts.append(f"first {directive.original_due_on}")
    if directive.extensions:
        parts.append("1 extension" if directive.extensions == 1 else f"{directive.extensions} extensions")
    if directive.deadline.wording:
        parts.append(f"“{directive.deadline.wording}”")
    return ", ".join(parts) or "no day"


def _rows(directive: "DirectiveView", share: "ShareView") -> Iterator[tuple[str, tuple[str, ...]]]:
    """The share, and every period of it that has begun, each with its timeliness."""
    name = f"{directive.name}/{share.share}"
    status: str = share.status + (", asks for more time" if share.request_pending else "")
    yield share.timeliness, (
        name, harmless(share.unit.name), status, terminal.stands(share.timeliness), _day(share.due_on),
        _day(share.delivered_on),
    )  # fmt: skip
    for period in share.periods:
        yield period.timeliness, (
            f"  @{period.period}", "", period.status, terminal.stands(period.timeliness), _day(period.due_on),
            _day(period.delivered_on),
        )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
