"""Moments: an effective day and a position of the register, resolved from what people say, with what came later."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from msgspec import Struct

from directives_core.clock import as_instant, day_of, end_of_day
from directives_core.codec import from_microseconds, to_microseconds
from directives_core.errors import BadValue, NaiveDatetime, UnknownMeeting, UnknownPosition
from directives_core.event import Retracted, voids
from directives_core.language import Phrase
from directives_core.log import Log
from directives_core.meeting import Meeting, MeetingClosed, MeetingOpened, meeting_stream, read_meeting
from directives_core.store import ReadTransaction
from directives_core.timeline import to_days

__all__ = ["At", "Moment", "MomentKey", "resolve"]

At = dt.date | dt.datetime | Meeting | int | str | None
"""A day, an instant, a position, a meeting or its name, or their forms as text, such as 2021-09-30 or 30/9/2021; none
or "now": now."""

_A_DAY = re.compile(r"\d{4}-.{5}|\d{1,2}([/.-])\d{1,2}\1\d{4}")


class MomentKey(Struct, frozen=True):
    """What a view shows does not change under one key, later events, void marks and destroyed keys aside."""

    register_id: str
    effective_on: dt.date
    position: int
    rules: int
    calendar: str


class Moment(Struct, frozen=True):
    """The state asked for: effective by the end of `effective_on`, as known at `position`.

    `instant` is when that position was the last one: an aware time in the register's zone. `later_events` counts the
    events recorded after it, not void now, that are effective by the day: 0 only if nothing that is shown has changed
    since. `provisional` says that the day is not over yet. `note` says how a meeting was resolved, where that matters.
    """

    effective_on: dt.date
    position: int
    instant: dt.datetime
    zone: str
    later_events: int
    provisional: bool
    key: MomentKey
    note: str | None = None

    def as_json(self) -> dict[str, object]:
        """The moment in the shape of the command line's JSON."""
        shown: dict[str, object] = {
            "effective_on": self.effective_on.isoformat(), "position": self.position,
            "instant": self.instant.isoformat(), "zone": self.zone, "later_events": self.later_events,
            "provisional": self.provisional,
        }  # fmt: skip
        return shown | ({"note": self.note} if self.note else {})

    @property
    def phrase(self) -> Phrase:
        """The sentence that stands beside every answer."""
        parts: list[str] = [
            Phrase("as of {day}", day=self.effective_on),
            Phrase(
                "known at {instant:seconds} {zone} (position {position})", instant=self.instant, zone=self.zone,
                position=self.position,
            ),
        ]  # fmt: skip
        if self.provisional:
            parts.append(Phrase("provisional"))
        if self.note:
            parts.append(self.note)
        if self.later_events:
            parts.append(
                Phrase.counted(
                    "1 later event bears on this day: see --known-at now",
                    "{n} later events bear on this day: see --known-at now",
                    self.later_events,
                )
            )
        return Phrase.joined(parts, between=", ")

    def __str__(self) -> str:
        return str(self.phrase)


class _Known(Struct, frozen=True):
    """A position, the instant up to which it was the last one, and the day that goes with it."""

    day: dt.date
    position: int
    instant: dt.datetime
    note: str | None = None


class _Asker(Struct, frozen=True):
    transaction: ReadTransaction
    log: Log
    zone: ZoneInfo
    now: dt.datetime

    def read(self, at: At, what: str) -> _Known:
        """What a person means by a day, an instant, a position or a meeting."""
        if at is None or at == "now":
            return self.by_instant(self.now)
        if isinstance(at, dt.datetime):
            return self.by_instant(as_instant(at))
        if isinstance(at, dt.date):
            return self.by_day(at)
        if isinstance(at, Meeting):
            return self.by_text(at.name, what)
        if isinstance(at, bool) or not isinstance(at, int | str):
            raise BadValue(what, at, expected=Phrase("a day, an aware datetime, a meeting's name or a position"))
        return self.by_position(at) if isinstance(at, int) else self.by_text(at.strip(), what)

    def by_day(self, day: dt.date) -> _Known:
        if day >= day_of(self.now, self.zone):
            return _Known(day, self.transaction.head().position, self.now)
        end = end_of_day(day, self.zone)
        return _Known(day, self.transaction.position_at(to_microseconds(end)), end)

    def by_instant(self, instant: dt.datetime) -> _Known:
        day = day_of(instant, self.zone)
        if instant >= self.now:
            return _Known(day, self.transaction.head().position, self.now)
        return _Known(day, self.transaction.position_at(to_microseconds(instant)), instant)

    def by_position(self, position: int) -> _Known:
        last = self.transaction.head().position
        if not 1 <= position <= last:
            raise UnknownPosition(position, last=last)
        record = next(iter(self.transaction.records(after=position - 1, to=position)))
        recorded_at = from_microseconds(record.recorded_at)
        return _Known(day_of(recorded_at, self.zone), position, recorded_at)

    def by_text(self, text: str, what: str) -> _Known:
        meeting = read_meeting(self.log.stream(self.transaction, meeting_stream(text)))
        if meeting is not None:
            return self.by_meeting(meeting)
        if text.isdecimal() and len(text) < 8:
            return self.by_position(int(text))
        try:
            return self.by_day(dt.date.fromisoformat(text))
        except ValueError:
            pass
        try:
            instant = dt.datetime.fromisoformat(text)
        except ValueError:
            from directives_core.deadline.dates import written_day

            if (day := written_day(text)) is not None:
                return self.by_day(day)
            if _looks_like_a_day(text):
                raise BadValue(what, text, expected=Phrase("a day of the calendar, such as 2021-09-30")) from None
            raise UnknownMeeting(text, known=self.meetings()) from None
        if instant.tzinfo is None:
            raise NaiveDatetime(text)
        return self.by_instant(as_instant(instant))

    def by_meeting(self, meeting: Meeting) -> _Known:
        by_day = self.by_day(meeting.on)
        if meeting.closed_position is None or meeting.closed_at is None:
            note = Phrase("{name} is not closed", name=meeting.name)
            return _Known(by_day.day, by_day.position, by_day.instant, note)
        if day_of(meeting.closed_at, self.zone) > meeting.on:
            closed_on = day_of(meeting.closed_at, self.zone)
            note = Phrase("{name} was closed after its day, on {day}", name=meeting.name, day=closed_on)
            return _Known(by_day.day, by_day.position, by_day.instant, note)
        return _Known(meeting.on, meeting.closed_position, meeting.closed_at)

    def meetings(self) -> list[str]:
        types = (MeetingOpened.stored_type, MeetingClosed.stored_type)
        streams = dict.fromkeys(event.stream for event in self.log.walk(self.transaction, types=types))
        found = (read_meeting(self.log.stream(self.transaction, stream)) for stream in streams)
        return [meeting.name for meeting in found if meeting is not None]


def _looks_like_a_day(text: str) -> bool:
    return _A_DAY.fullmatch(text) is not None


def resolve(
    transaction: ReadTransaction,
    log: Log,
    *,
    at: At,
    known_at: At,
    now: dt.datetime,
    zone: ZoneInfo,
    key: "tuple[str, int, str]",
) -> Moment:
    """Resolve what was asked for.

    Args:
        transaction: what is read.
        log: the log.
        at: the day, instant, position or meeting that is asked for; it says what was known too, unless `known_at` does.
        known_at: what is to count as known.
        now: the present instant.
        zone: the register's zone.
        key: the register's id, the version of the fold, the version of the calendar.

    Raises:
        NaiveDatetime, BadValue, UnknownMeeting, UnknownPosition: it names no moment.
    """
    # Positions decide, not clocks: what is recorded lies in the past, though the clock went back since.
    now = max(now, from_microseconds(transaction.head().recorded_at))
    asker = _Asker(transaction, log, zone, now)
    effective = asker.read(at, Phrase("as of"))
    known = effective if known_at is None else asker.read(known_at, Phrase("known at"))
    register_id, rules, calendar = key
    return Moment(
        effective_on=effective.day, position=known.position, instant=known.instant.astimezone(zone), zone=zone.key,
        later_events=_later_events(transaction, log, effective.day, known.position),
        provisional=effective.day >= day_of(now, zone),
        key=MomentKey(register_id, effective.day, known.position, rules, calendar),
        note=effective.note or (known.note if known is not effective else None),
    )  # fmt: skip


def _later_events(transaction: ReadTransaction, log: Log, day: dt.date, position: int) -> int:
    """How many events after the position, not void now, are effective by the day."""
    count = transaction.count_records(after=position, effective_to=to_days(day))
    if not count:
        return 0
    streams = {event.stream for event in log.walk(transaction, after=position, types=(Retracted.stored_type,))}
    for stream in streams:
        events = log.stream(transaction, stream)
        void = voids(events)
        count -= sum(e.version in void and e.position > position and e.effective_on <= day for e in events)
    return count
