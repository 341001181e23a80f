"""How sure the reader was of an order, in three steps: what a person should look at first."""

from typing import Literal

from directives_core.reader.draft import DraftItem

__all__ = ["Certainty", "certainty_of"]

Certainty = Literal["clear", "check", "open"]
"""clear: every field rests on words of the text. check: its deadline could mean another day, or waits for one. open:
the text leaves something unsaid, and a question asks for it."""


def certainty_of(item: DraftItem) -> Certainty:
    """How sure the reader was of an order as read."""
    if item.questions or not any(assignee.role != "cooperating" for assignee in item.assignees):
        return "open"
    deadline = item.deadline
    return "check" if deadline and (deadline.alternatives or deadline.due is None) else "clear"
