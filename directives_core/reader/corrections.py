"""What a person corrected in a draft before it was recorded, in words."""

from collections.abc import Iterator, Mapping

from directives_core.language import Phrase
from directives_core.reader.draft import DraftHeader, DraftItem, NoticeDraft

__all__ = ["corrections_of"]


def corrections_of(read: NoticeDraft, recorded: NoticeDraft) -> tuple[str, ...]:
    """How the recorded draft differs from what the reader makes of the same text: one sentence a difference.

    The name of the chair is personal and kept sealed elsewhere: of it is only said that it was corrected.
    """
    return tuple(_differences(read, recorded))


def _differences(read: NoticeDraft, recorded: NoticeDraft) -> Iterator[str]:
    before, after = ({item.path: item for item in draft.items} for draft in (read, recorded))
    told: set[str] = set()
    for path, item in before.items():
        if path in after:
            yield from _item(path, item, after[path])
            continue
        parts = [new for new in after if new not in before and new.startswith(f"{path}.")]
        told.update(parts)
        yield Phrase("{path}: {fate}", path=path, fate=_fate(item, parts, after, before, recorded))
        for part in parts:
            yield from _item(part, item, after[part])
    for path, item in after.items():
        if path not in before and path not in told:
            yield Phrase("{path}: {origin}", path=path, origin=_origin(item, read))
            yield from _item(path, DraftItem(path=path, span=item.span, text=item.text), item)
    yield from _header(read.header, recorded.header)


def _fate(
    item: DraftItem, parts: list[str], after: Mapping[str, DraftItem], before: Mapping[str, DraftItem],
    recorded: NoticeDraft,
) -> str:  # fmt: skip
    """What became of an order that is no longer there under its path."""
    if parts:
        return Phrase("split into {parts}", parts=", ".join(parts))
    for path, other in after.items():
        if path in before and other.text != before[path].text and item.text in other.text:
            return f"merged into {path}"
    reasons = [left.reason for left in recorded.left_out if left.span == item.span]
    return Phrase("dropped: {reasons}", reasons=reasons[0]) if reasons else Phrase("dropped")


def _origin(item: DraftItem, read: NoticeDraft) -> str:
    """Where an order comes from that the reader did not see."""
    for left in read.left_out:
        if left.span[0] <= item.span[0] and item.span[1] <= left.span[1]:
            return Phrase("taken in, left out as {reason}", reason=left.reason)
    return "added"


def _item(path: str, read: DraftItem, recorded: DraftItem) -> Iterator[str]:
    old_facts, new_facts = _facts(read), _facts(recorded)
    for name, old in old_facts.items():
        if old != new_facts[name]:
            yield Phrase(
                "{path}: {name} {old} -> {new}",
                path=path,
                name=name,
                old=_shown(old),
                new=_shown(new_facts[name]),
            )


def _facts(item: DraftItem) -> dict[str, object]:
    units = {
        role: tuple(assignee.unit for assignee in item.assignees if assignee.role == role)
        for role in ("lead", "addressed", "cooperating")
    }
    members = tuple(member for assignee in item.assignees for member in assignee.members)
    deadline = item.deadline
    return {
        "text": item.text, "kind": item.kind, **units, "members": members,
        "deadline": deadline.wording if deadline else None, "due": deadline.due if deadline else None,
        "recurrence": deadline.every if deadline else None, "report_to": item.report_to, "via": item.via,
        "urgency": item.urgency,
    }  # fmt: skip


def _header(read: DraftHeader, recorded: DraftHeader) -> Iterator[str]:
    for field in ("number", "date", "issuer", "title"):
        old, new = getattr(read, field), getattr(recorded, field)
        if old != new:
            yield Phrase("header: {field} {old} -> {new}", field=field, old=_shown(old), new=_shown(new))
    for field in ("title", "date"):
        old, new = getattr(read.meeting, field), getattr(recorded.meeting, field)
        if old != new:
            yield Phrase("header: meeting {field} {old} -> {new}", field=field, old=_shown(old), new=_shown(new))
    if read.chair != recorded.chair:
        yield Phrase("header: chair corrected")


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
