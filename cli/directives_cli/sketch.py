"""A draft for people to read before they record it: every item, what was read out of it, and what is open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from directives_cli import terminal
from directives_cli.words import cut, harmless, wrap

if TYPE_CHECKING:
    from directives_core import NoticeDraft
    from directives_core.reader import DraftItem

__all__ = ["sketch"]

_INDENT = "  "


def sketch(draft: "NoticeDraft") -> Iterator[str]:
    """The lines that show it."""
    yield from _header(draft)
    for item in draft.items:
        yield ""
        yield from _item(item)
    yield ""
    open_ = len(draft.questions) + sum(len(item.questions) for item in draft.items)
    yield f"{len(draft.items)} directives, {open_} questions, {len(draft.left_out)} passages order nothing"
    for question in draft.questions:
        yield from _wrapped(f"? {question}")


def _header(draft: "NoticeDraft") -> Iterator[str]:
    header = draft.header
    chair = ", ".join((header.chair.name, *header.chair.roles)) if header.chair else None
    facts = (
        ("title", header.title), ("number", header.number), ("date", header.date), ("issuer", header.issuer),
        ("chair", chair), ("meeting", header.meeting.title), ("held on", header.meeting.date),
    )  # fmt: skip
    for name, value in facts:
        yield f"{name:<8} {cut(str(value), terminal.columns() - 9) if value else '(not said)'}"


def _item(item: "DraftItem") -> Iterator[str]:
    yield terminal.painted(harmless(f"{item.path}  {item.kind}"), bold=True)
    yield from _wrapped(item.text)
    for role in ("lead", "addressed", "cooperating"):
        if units := [assignee.unit for assignee in item.assignees if assignee.role == role]:
            yield from _wrapped(f"{role}: {'; '.join(units)}")
    if read := item.deadline:
        due = read.due or (f"every {read.every}" if read.every else "no day yet")
        yield from _wrapped(f"due: {due} (“{read.wording}”, {read.rule})")
    if item.report_to or item.via:
        yield from _wrapped(f"report to: {item.report_to or '-'}" + (f", through {item.via}" if item.via else ""))
    for question in item.questions:
        yield from _wrapped(f"? {question}")


def _wrapped(text: str) -> Iterator[str]:
    yield from (_INDENT + line for line in wrap(text, terminal.columns() - len(_INDENT)))
