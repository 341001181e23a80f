"""Which of the deadlines in an item's words it takes, in the shape of the draft."""

from __future__ import annotations

from collections.abc import Sequence

from directives_core.deadline import FoundDeadline
from directives_core.reader.draft import DraftDeadline

__all__ = ["chosen_of", "draft_deadline"]


def chosen_of(found: Sequence[FoundDeadline]) -> FoundDeadline | None:
    """Choose an item's deadline: the first that names a day, else the first period, else what waits for an event."""
    return min(
        found, key=lambda d: (d.deadline.due is None, d.deadline.rule.startswith("within"), d.span), default=None
    )


def draft_deadline(found: FoundDeadline | None) -> DraftDeadline | None:
    """Put a deadline into the shape of the draft."""
    if found is None:
        return None
    deadline = found.deadline
    again = deadline.recurrence
    return DraftDeadline(
        wording=deadline.wording, span=found.span, rule=deadline.rule, due=deadline.due, time=deadline.time,
        every=deadline.every,
        alternatives=deadline.alternatives, month=again.month if again else None, day=again.day if again else None,
        event=deadline.event,
    )  # fmt: skip
