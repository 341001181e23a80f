"""The writes on meetings: opened and closed, each name once."""

import datetime as dt
from typing import Any, Unpack

from directives_core.errors import BadValue, InTheFuture, MeetingClosedBefore, NameTaken, UnknownMeeting
from directives_core.language import Phrase
from directives_core.meeting import MeetingClosed, MeetingOpened, meeting_stream, read_meeting
from directives_core.register.door import Door
from directives_core.register.how import How, a_text, as_day, as_day_or_none
from directives_core.register.retracting import retracted
from directives_core.register.work import Work
from directives_core.results import Name

__all__ = ["MeetingWrites"]


class MeetingWrites(Door):
    """The commands on meetings. All take the keywords of `How`."""

    def open_meeting(self, name: str, *, on: dt.date | str, title: str | None = None, **how: Unpack[How]) -> Name:
        """Announce a meeting on a day, which may lie ahead.

        Raises:
            NameTaken: there is a meeting of this name.
        """
        called, day = meeting_name(name), as_day("on", on)

        def carry_out(work: Work) -> Name:
            if read_meeting(work.session.stream(meeting_stream(called))) is not None:
                raise NameTaken(Phrase("meeting"), called)
            work.add(meeting_stream(called), MeetingOpened(name=called, on=day, title=title), work.allow())
            return Name(called, work.told())

        return self._write("open a meeting", {"name": called, "on": day, "title": title}, how, carry_out)

    def close_meeting(self, name: str, *, on: dt.date | str | None = None, **how: Unpack[How]) -> Name:
        """Close a meeting: what it could see ends here, or, if it is closed after its day, at the end of that day.

        Args:
            name: its name; a meeting that was not opened is opened with it.
            on: the day on which it was held; by default the day it was opened for, else today.
            how: see `How`.

        Raises:
            MeetingClosedBefore: it is closed already.
            InTheFuture: its day lies ahead.
        """
        called, given = meeting_name(name), as_day_or_none("on", on)

        def carry_out(work: Work) -> Name:
            known = read_meeting(work.session.stream(meeting_stream(called)))
            if known is not None and known.closed_position is not None:
                raise MeetingClosedBefore(called, on=known.on)
            day = given or (known.on if known else work.on)
            if day > work.session.today:
                raise InTheFuture(day, today=work.session.today)
            role = work.allow()
            if known is None:
                work.add(meeting_stream(called), MeetingOpened(name=called, on=day), role, on=day)
            work.add(meeting_stream(called), MeetingClosed(name=called, on=day), role, on=day)
            return Name(called, work.told())

        return self._write("close a meeting", {"name": called, "on": given}, how, carry_out)

    def retract_meeting_event(self, name: str, version: int, **how: Unpack[How]) -> Name:
        """Declare one earlier event of a meeting void, such as a closing that was wrong, with the reason."""
        called = meeting_name(name)

        def carry_out(work: Work) -> Name:
            events = work.session.stream(meeting_stream(called))
            if not events:
                raise UnknownMeeting(called)
            payload, day = retracted(work, meeting_stream(called), events, version)
            role = work.allow(author=events[version - 1].envelope.actor)
            work.add(meeting_stream(called), payload, role, on=day)
            return Name(called, work.told())

        arguments: dict[str, Any] = {"stream": meeting_stream(called), "version": version}
        return self._write("retract", arguments, how, carry_out)


def meeting_name(name: str) -> str:
    """A name that can be told from a day, an instant and a position.

    Raises:
        BadValue: it cannot.
    """
    called = a_text("meeting", name)
    for read in (dt.date.fromisoformat, dt.datetime.fromisoformat, int):
        try:
            read(called)
        except ValueError:
            continue
        raise BadValue("meeting", name, expected=Phrase("a name that is no day, instant or number, such as GB-2021-09"))
    if called == "now" or len(called) > 200:
        raise BadValue("meeting", name, expected=Phrase("a name of at most 200 characters, other than 'now'"))
    return called
