"""Meetings: opened and closed; a closed meeting is a moment that the register can be read at."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from directives_core.event import Event, Payload, voids

__all__ = ["MEETING_EVENTS", "Meeting", "MeetingClosed", "MeetingOpened", "meeting_stream", "read_meeting"]


class MeetingOpened(Payload, name="meeting.opened"):
    """A meeting of this name is held on this day."""

    name: str
    on: dt.date
    title: str | None = None


class MeetingClosed(Payload, name="meeting.closed"):
    """The meeting of this day is over; what it could see ends at this event, or at the end of its day."""

    name: str
    on: dt.date


MEETING_EVENTS: tuple[type[Payload], ...] = (MeetingOpened, MeetingClosed)


class Meeting(Struct, frozen=True):
    """A meeting: its day, and the position and instant of its closing once it is closed."""

    name: str
    on: dt.date
    title: str | None = None
    closed_position: int | None = None
    closed_at: dt.datetime | None = None


def meeting_stream(name: str) -> str:
    """The stream that a meeting's events are kept in."""
    return f"meeting:{name}"


def read_meeting(events: Sequence[Event], position: int | None = None) -> Meeting | None:
    """Fold the events of one meeting, as known at a position (none: at the end)."""
    void = voids(events, position)
    meeting: Meeting | None = None
    for event in events:
        if event.version in void or (position is not None and event.position > position):
            continue
        match event.payload:
            case MeetingOpened(name=name, on=on, title=title):
                meeting = Meeting(name, on, title)
            case MeetingClosed(name=name, on=on):
                title = meeting.title if meeting else None
                meeting = Meeting(name, on, title, event.position, event.recorded_at)
    return meeting
