"""A draft for people to read before they record it: every item, what was read out of it, and what is open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from directives_cli import terminal
from directives_cli.words import cut, harmless, pad, width, wrap
from directives_core.language import _, again, day, word

if TYPE_CHECKING:
    from directives_core import NoticeDraft
    from directives_core.reader import DraftItem

__all__ = ["sketch"]

_INDENT = "  "
_LABEL = 8


def sketch(draft: "NoticeDraft") -> Iterator[str]:
    """The lines that show it."""
    yield from _header(draft)
    for item in draft.items:
        yield ""
        yield from _item(item)
    yield ""
    open_ = len(draft.questions) + sum(len(item.questions) for item in draft.items)
    yield _("{directives} directives, {questions} questions, {passages} passages order nothing").format(
        directives=len(draft.items), questions=open_, passages=len(draft.left_out)
    )
    for question in draft.questions:
        yield from _wrapped(f"? {again(question)}")


def _header(draft: "NoticeDraft") -> Iterator[str]:
    header = draft.header
    chair = ", ".join((header.chair.name, *header.chair.roles)) if header.chair else None
    facts = (
        (_("title"), header.title), (_("number"), header.number), (_("date"), day(header.date)),
        (_("issuer"), header.issuer), (_("chair"), chair), (_("meeting"), header.meeting.title),
        (_("held on"), day(header.meeting.date)),
    )  # fmt: skip
    widest = max(_LABEL, *(width(name) for name, _value in facts)) + 1
    for name, value in facts:
        yield f"{pad(name, widest)}{cut(value, terminal.columns() - widest) if value else _('(not said)')}"


def _item(item: "DraftItem") -> Iterator[str]:
    yield terminal.painted(harmless(f"{item.path}  {terminal.shown(item.kind, 'kind')}"), bold=True)
    yield from _wrapped(item.text)
    for role in ("lead", "addressed", "cooperating"):
        if units := [assignee.unit for assignee in item.assignees if assignee.role == role]:
            yield from _wrapped(f"{terminal.shown(role, 'role')}: {'; '.join(units)}")
    if read := item.deadline:
        due = day(read.due) or (word(read.every, "every") if read.every else _("no day yet"))
        rule = terminal.shown(read.rule, "rule")
        yield from _wrapped(_("due: {due} (“{wording}”, {rule})").format(due=due, wording=read.wording, rule=rule))
    if item.report_to or item.via:
        via = _(", through {via}").format(via=item.via) if item.via else ""
        yield from _wrapped(_("report to: {unit}").format(unit=item.report_to or "-") + via)
    for question in item.questions:
        yield from _wrapped(f"? {again(question)}")


def _wrapped(text: str) -> Iterator[str]:
    yield from (_INDENT + line for line in wrap(text, terminal.columns() - len(_INDENT)))
