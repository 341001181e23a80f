"""How sure the reader was of an order, in three steps: what a person should look at first."""

from typing import Literal

from directives_core.reader.draft import DraftItem

__all__ = ["Certainty", "certainty_of"]

Certainty = Literal["clear", "check", "open"]
"""clear: every field rests on words of the text. check: a field could be read in another way, or the kind alone was
inferred where no day and no route say it. open: the text leaves something unsaid, and a question asks for it."""


def certainty_of(item: DraftItem) -> Certainty:
    """How sure the reader was of an order as read."""
    if item.questions or not any(assignee.role != "cooperating" for assignee in item.assignees):
        return "open"
    deadline = item.deadline
    inherited = any(assignee.span and not _within(assignee.span, item.span) for assignee in item.assignees)
    if (deadline and (deadline.alternatives or deadline.due is None)) or inherited:
        return "check"
    return "clear"


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
