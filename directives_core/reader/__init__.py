"""The reader: the text of a conclusion notice becomes a draft of directives, by a grammar and without guessing."""

from __future__ import annotations

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
from directives_core.reader.notice import read_notice

__all__ = [
    "DraftAssignee", "DraftChair", "DraftCitation", "DraftDeadline", "DraftHeader", "DraftItem", "DraftLeftOut",
    "DraftMeeting", "NoticeDraft", "read_notice",
]  # fmt: skip
