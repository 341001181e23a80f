"""The columns of a review: their stable codes, which come back, and their titles in words, which may be anything."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from directives_core.language import _, word
from directives_core.review import ACTIONS, Action

__all__ = [
    "HEADER", "ITEMS", "KEPT_MARK", "LEFT_OUT", "MARK", "TITLE_MARK", "Column", "action_words", "kind_words",
    "known_words", "titles",
]  # fmt: skip

MARK = "#"
"""Stands before the code of a column, in the hidden row at the top of each sheet."""
TITLE_MARK = "#title"
"""Stands in the hidden column of the row of titles, which says nothing."""
KEPT_MARK = "directives: the draft as it was read. Do not change."
"""Begins the hidden sheet that holds the draft and what the cells showed when they were written."""

Sort = Literal["code", "shown", "text", "names", "day", "choice"]


class Column(NamedTuple):
    """A column: its code, what stands in it, and how wide it is, in letters."""

    code: str
    sort: Sort
    width: int


_UNITS = (
    Column("leads", "names", 24), Column("addressed", "names", 20), Column("members", "names", 24),
    Column("cooperating", "names", 22),
)  # fmt: skip
_ROUTE = (Column("kind", "choice", 13), Column("report_to", "text", 18), Column("via", "text", 18))
_WHEN = (Column("deadline", "text", 22), Column("due", "day", 12))
ITEMS: Sequence[Column] = (
    Column("code", "code", 10), Column("number", "text", 9), Column("certainty", "shown", 13),
    Column("questions", "text", 36), Column("action", "choice", 12), Column("text", "text", 60), *_UNITS, *_WHEN,
    *_ROUTE, Column("into", "text", 10), Column("reason", "text", 24), Column("rests_on", "shown", 40),
)  # fmt: skip
LEFT_OUT: Sequence[Column] = (
    Column("code", "code", 10), Column("action", "choice", 12), Column("text", "text", 70),
    Column("left_reason", "shown", 26), *_UNITS, *_WHEN, *_ROUTE,
)  # fmt: skip
HEADER: Sequence[Column] = (
    Column("header_field", "code", 10), Column("header_title", "shown", 34), Column("value", "text", 80),
)  # fmt: skip


def titles() -> dict[str, str]:
    """The titles of the columns, and of the notice's own facts, in the language spoken now."""
    return {
        "code": "", "number": _("No."), "certainty": _("How sure"),
        "questions": _("Questions (delete what is settled)"),
        "action": _("What to do"), "text": _("The order, as written"), "leads": _("Lead units"),
        "addressed": _("Class of units"), "members": _("Units of the class"), "cooperating": _("Cooperating units"),
        "deadline": _("Deadline, as written"), "due": _("Due day"), "kind": _("Kind"), "report_to": _("Report to"),
        "via": _("Through"), "into": _("Merge into No."), "reason": _("Why dropped"), "rests_on": _("Read from"),
        "left_reason": _("Why it was left out"), "header_field": "", "header_title": _("About the notice"),
        "value": _("As read; correct it here"), "date": _("Date of the notice"), "title": _("Title"),
        "issuer": _("Issuer"), "chair": _("Chair of the meeting"), "chair_roles": _("Offices of the chair"),
        "meeting_title": _("Meeting"), "meeting_date": _("Day of the meeting"),
        "notice_number": _("Number of the notice"),
    }  # fmt: skip


def action_words() -> dict[Action, str]:
    """What the actions are called in the drop-down."""
    return {
        "keep": _("keep"), "drop": _("drop"), "merge": _("merge"), "split": _("split"), "take-in": _("take in"),
        "leave": _("leave out"),
    }  # fmt: skip


def kind_words() -> dict[str, str]:
    """What the kinds are called in the drop-down."""
    return {kind: word(kind, "kind") for kind in ("deliverable", "report", "remedy", "standing", "one-off")}


def known_words(column: str) -> dict[str, str]:
    """The code behind each word of a column of choices, in the language spoken now; codes stand for themselves."""
    words = action_words() if column == "action" else kind_words()
    codes = ACTIONS if column == "action" else tuple(words)
    return {**{code: code for code in codes}, **{said.casefold(): code for code, said in words.items()}}
