"""One directive in full, for people to read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from directives_cli import terminal
from directives_cli.table_text import Column, table
from directives_cli.words import harmless, pad, wrap
from directives_core.language import _, again, current, day, decimal, ngettext

if TYPE_CHECKING:
    from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["portrait"]

_INDENT = "  "
_LABEL = 14


def portrait(directive: "DirectiveView") -> Iterator[str]:
    """The lines that show it."""
    room = terminal.columns() - len(_INDENT)
    status = terminal.shown(directive.status, "status")
    head = f"{directive.name}  {status}, {terminal.stands(directive.timeliness)}"
    yield terminal.painted(head, terminal.colour_of(directive.timeliness), bold=True)
    for line in wrap(directive.text, room):
        yield _INDENT + line
    for name, value in _facts(directive):
        first, *rest = wrap(value, room - _LABEL) or [""]
        yield f"{_INDENT}{pad(name, _LABEL)}{first}"
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
        item = _(", item {path}").format(path=directive.path) if directive.path else ""
        yield _("notice"), directive.notice + item
    yield (
        _("assigned"),
        _("{day}, {kind}, version {version}").format(
            day=day(directive.assigned_on), kind=terminal.shown(directive.kind, "kind"), version=directive.version
        ),
    )
    yield _("due"), _due(directive)
    if directive.completed_on:
        yield _("delivered"), day(directive.completed_on)
    if directive.report_to or directive.via:
        via = _("through {via}").format(via=directive.via) if directive.via else ""
        yield _("reports to"), " ".join(filter(None, (directive.report_to, via)))
    if directive.cooperating:
        yield _("with"), ", ".join(unit.name for unit in directive.cooperating)
    yield from _reported(directive)
    if directive.labels:
        yield _("labels"), ", ".join(f"{key}={value}" for key, value in directive.labels.items())
    for note in directive.notes:
        yield terminal.shown(note["kind"], "note"), f"{day(note['on'])}, {note['by']}: {note['text']}"
    for link in directive.links:
        target = link["target"]
        name = terminal.shown(link["relation"], "relation")
        yield name, f"D-{target}" if isinstance(target, int) else str(target)
    for cited in directive.citations:
        number = str(cited["number"])
        yield (
            _("cites"),
            _("{number} of {day}").format(number=number, day=day(cited["date"])) if cited["date"] else number,
        )
    for warning in directive.warnings:
        yield _("warning"), again(warning)


def _reported(directive: "DirectiveView") -> Iterator[tuple[str, str]]:
    if report := directive.last_report:
        percent = f" ({_number(report.percent)} %)" if report.percent is not None else ""
        document = f", {report.document}" if report.document else ""
        yield _("last report"), f"{day(report.on)}: {report.text}{percent}{document}"
    if directive.reminders:
        yield _("reminders"), str(directive.reminders)


def _number(value: float) -> str:
    return f"{value:g}" if current() == "en" else decimal(value)


def _due(directive: "DirectiveView") -> str:
    parts = []
    if directive.due_on:
        hour = _(" at {hour}").format(hour=f"{directive.due_time:%H:%M}") if directive.due_time else ""
        parts.append(day(directive.due_on) + hour)
    if directive.original_due_on and directive.original_due_on != directive.due_on:
        parts.append(_("first {day}").format(day=day(directive.original_due_on)))
    if directive.extensions:
        n = directive.extensions
        parts.append(ngettext("{n} extension", "{n} extensions", n).format(n=n))
    if directive.deadline.wording:
        parts.append(f"“{directive.deadline.wording}”")
    return ", ".join(parts) or _("no day")


def _rows(directive: "DirectiveView", share: "ShareView") -> Iterator[tuple[str, tuple[str, ...]]]:
    """The share, and every period of it that has begun, each with its timeliness."""
    name = f"{directive.name}/{share.share}"
    status = terminal.shown(share.status, "status") + (_(", asks for more time") if share.request_pending else "")
    yield share.timeliness, (
        name, harmless(share.unit.name), status, terminal.stands(share.timeliness), day(share.due_on),
        day(share.delivered_on),
    )  # fmt: skip
    for period in share.periods:
        yield period.timeliness, (
            f"  @{period.period}", "", terminal.shown(period.status, "status"), terminal.stands(period.timeliness),
            day(period.due_on), day(period.delivered_on),
        )  # fmt: skip
