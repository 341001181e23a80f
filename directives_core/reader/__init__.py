"""The reader: the text of a conclusion notice becomes a draft of directives, by a grammar and without guessing.

The grammar is imported when it is first used: whoever only needs the form of a draft does not pay for its patterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from directives_core.reader.draft import (
    DraftAssignee,
    DraftChair,
    DraftCitation,
    DraftDeadline,
    DraftHeader,
    DraftItem,
    DraftLeftOut,
    DraftMeeting,
    NoticeDraft,
)

if TYPE_CHECKING:
    from directives_core.reader.notice import read_notice

__all__ = [
    "DraftAssignee", "DraftChair", "DraftCitation", "DraftDeadline", "DraftHeader", "DraftItem", "DraftLeftOut",
    "DraftMeeting", "NoticeDraft", "read_notice",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name != "read_notice":
        raise AttributeError(f"module 'directives_core.reader' has no attribute {name!r}")
    from directives_core.reader.notice import read_notice

    return read_notice
