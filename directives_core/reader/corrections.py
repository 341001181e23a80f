"""What a person corrected in a draft before it was recorded, in words."""

from collections.abc import Iterator

from directives_core.reader.draft import DraftItem, NoticeDraft

__all__ = ["corrections_of"]


def corrections_of(read: NoticeDraft, recorded: NoticeDraft) -> tuple[str, ...]:
    """How the recorded draft differs from what the reader makes of the same text: one sentence a difference."""
    return tuple(_differences(read, recorded))


def _differences(read: NoticeDraft, recorded: NoticeDraft) -> Iterator[str]:
    before, after = ({item.path: item for item in draft.items} for draft in (read, recorded))
    for path, item in before.items():
        if path not in after:
            yield f"{path}: dropped"
        else:
            yield from _item(path, item, after[path])
    yield from (f"{path}: added" for path in after if path not in before)
    for field in ("number", "date", "issuer", "title"):
        old, new = getattr(read.header, field), getattr(recorded.header, field)
        if old != new:
            yield f"header: {field} {_shown(old)} -> {_shown(new)}"


def _item(path: str, read: DraftItem, recorded: DraftItem) -> Iterator[str]:
    for name in _facts(read):
        old, new = _facts(read)[name], _facts(recorded)[name]
        if old != new:
            yield f"{path}: {name} {_shown(old)} -> {_shown(new)}"


def _facts(item: DraftItem) -> dict[str, object]:
    units = {
        role: tuple(assignee.unit for assignee in item.assignees if assignee.role == role)
        for role in ("lead", "addressed", "cooperating")
    }
    deadline = item.deadline
    return {
        "text": item.text, "kind": item.kind, **units, "due": deadline.due if deadline else None,
        "recurrence": deadline.every if deadline else None, "report_to": item.report_to, "via": item.via,
    }  # fmt: skip


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
