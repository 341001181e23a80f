"""Notices: the documents that directives come from, each file recorded once."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from directives_core.event import Event, Payload, voids
from directives_core.sealed import Sealed
from directives_core.values import Frozen, replace

__all__ = [
    "NOTICE_EVENTS", "Notice", "NoticeItem", "NoticeRecorded", "NoticeSelected", "NoticeWords", "notice_key",
    "notice_stream", "read_notice_events", "words_stream",
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


class NoticeSelected(Payload, name="notice.selected"):
    """Of the notice only some items were recorded here, those that concern `only_for` (ids of units; none: all others).

    `items` became directives with this event, in addition to what was recorded before; `left` are the paths of the
    items that stay unrecorded.
    """

    only_for: tuple[str, ...] = ()
    items: tuple[NoticeItem, ...] = ()
    left: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


NOTICE_EVENTS: tuple[type[Payload], ...] = (NoticeRecorded, NoticeSelected, NoticeWords)


class Notice(Struct, frozen=True):
    """A recorded notice; `key` is what directives carry: its number, or the first twelve digits of its SHA-256.

    `recorded` has the items of all its recordings; `only_for` the ids of the units for which it was recorded in part,
    and `left` the paths of the items that were not.
    """

    key: str
    recorded: NoticeRecorded
    effective_on: dt.date
    only_for: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


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
    counting = [
        event for event in events if event.version not in void and (position is None or event.position <= position)
    ]
    first = next(
        (at for at in reversed(range(len(counting))) if isinstance(counting[at].payload, NoticeRecorded)), None
    )
    if first is None:
        return None
    recorded = counting[first].payload
    selections = [event.payload for event in counting[first:] if isinstance(event.payload, NoticeSelected)]
    assert isinstance(recorded, NoticeRecorded)  # noqa: S101 - what `first` was looked for by
    items = (*recorded.items, *(item for selected in selections for item in selected.items))
    corrections = (*recorded.corrections, *(each for selected in selections for each in selected.corrections))
    return Notice(
        notice_key(recorded.number, recorded.sha256),
        replace(recorded, items=items, corrections=corrections) if selections else recorded,
        counting[first].effective_on,
        only_for=tuple(dict.fromkeys(unit for selected in selections for unit in selected.only_for)),
        left=selections[-1].left if selections else (),
    )
