"""Notices: the documents that directives come from, each file recorded once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from directives_core.event import Event, Frozen, Payload, voids
from directives_core.sealed import Sealed

__all__ = [
    "NOTICE_EVENTS", "Notice", "NoticeItem", "NoticeRecorded", "NoticeWords", "notice_key", "notice_stream",
    "read_notice_events", "words_stream",
]  # fmt: skip


class NoticeItem(Frozen):
    """One order of the notice: its path as printed, and the directive that it became."""

    path: str
    directive: int


class NoticeRecorded(Payload, name="notice.recorded"):
    """A notice was recorded: what its header says, and the directives that its items became.

    `sha256` is that of the file. `chair`, `document` (base64 of the file) and `text` (as read) can name people and are
    sealed; `corrections` says in words where the record differs from what the reader made of the text.
    """

    sha256: str
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    meeting_title: str | None = None
    meeting_on: dt.date | None = None
    meeting: str | None = None
    chair: Sealed | None = None
    chair_roles: tuple[str, ...] = ()
    document: Sealed | None = None
    text: Sealed | None = None
    items: tuple[NoticeItem, ...] = ()
    corrections: tuple[str, ...] = ()


class NoticeWords(Payload, name="notice.words"):
    """These words were recorded as the notice of the file with this SHA-256; kept under the SHA-256 of the words."""

    sha256: str


NOTICE_EVENTS: tuple[type[Payload], ...] = (NoticeRecorded, NoticeWords)


@dataclass(frozen=True, slots=True)
class Notice:
    """A recorded notice; `key` is what directives carry: its number, or the first twelve digits of its SHA-256."""

    key: str
    recorded: NoticeRecorded
    effective_on: dt.date


def notice_stream(sha256: str) -> str:
    """The stream that a notice's events are kept in."""
    return f"notice:{sha256}"


def words_stream(sha256: str) -> str:
    """The stream that tells of which notice these words are, whatever file they came in."""
    return f"words:{sha256}"


def notice_key(number: str | None, sha256: str) -> str:
    """What directives carry to name their notice."""
    return number or sha256[:12]


def read_notice_events(events: Sequence[Event], position: int | None = None) -> Notice | None:
    """Fold the events of one notice, as known at a position (none: at the end)."""
    void = voids(events, position)
    for event in reversed(events):
        known = position is None or event.position <= position
        if known and event.version not in void and isinstance(event.payload, NoticeRecorded):
            recorded = event.payload
            return Notice(notice_key(recorded.number, recorded.sha256), recorded, event.effective_on)
    return None
