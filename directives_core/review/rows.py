"""What a review says about one order: which one it is, what is to become of it, and what was changed in its fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from directives_core.typed import Problem, Typed

__all__ = ["ACTIONS", "FIELDS", "HEADER_FIELDS", "LEFT", "Action", "Field", "HeaderField", "ReviewRow"]

Action = Literal["keep", "drop", "merge", "split", "take-in", "leave"]
"""keep: record it as the row says. drop: it orders nothing here; needs a reason. merge: it is part of the order that
`into` names. split: this row and the others of the same number are one order each. take-in, leave: for a passage that
the reader left out."""

Field = Literal[
    "text", "kind", "leads", "addressed", "members", "cooperating", "deadline", "due", "report_to", "via", "questions",
    "into", "reason",
]  # fmt: skip
HeaderField = Literal[
    "number", "date", "title", "issuer", "chair", "chair_roles", "meeting_title", "meeting_date",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
FIELDS: tuple[Field, ...] = get_args(Field)
HEADER_FIELDS: tuple[HeaderField, ...] = get_args(HeaderField)

LEFT = "left:"
"""Begins the code of a passage that was left out; its place among them follows, counted from 1."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row: `code` is the path of the order as read, or `left:N`; `changed` holds the cells that a person changed.

    A row that a person inserted has no code; `number` then says which order it is a part of, and its empty cells hold
    what was read of that order.
    """

    sheet: str
    row: int
    code: str | None
    number: str | None = None
    action: Action = "keep"
    changed: Mapping[Field, Typed] = field(default_factory=dict)

    def problem(self, said: str, column: str = "") -> Problem:
        """A problem with the row, or with one of its cells."""
        return Problem(self.sheet, self.row, column, said)
