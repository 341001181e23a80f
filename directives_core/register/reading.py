"""The questions to a register: as of a moment, history, log and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Unpack

from directives_core.actor import Actor
from directives_core.calendar import Calendar
from directives_core.clock import day_of
from directives_core.directive.evolve import RULES
from directives_core.directive.stream import directive_stream
from directives_core.errors import BadValue, UnknownDirective
from directives_core.event import Event
from directives_core.keyring import keys_at_hand
from directives_core.language import Phrase
from directives_core.meeting import Meeting, MeetingClosed, MeetingOpened, read_meeting
from directives_core.moment import At, Moment, resolve
from directives_core.notice import Notice, NoticeRecorded, read_notice_events
from directives_core.office.names import find_unit, guess_unit
from directives_core.office.state import Office, Unit
from directives_core.passages import opened_events
from directives_core.register.feed import Feed
from directives_core.register.how import AnyNumber, as_day_or_none, whole_number
from directives_core.register.references import read_reference, resolve_notice_item
from directives_core.store import ReadTransaction
from directives_core.views.filters import LogFilters
from directives_core.views.view import View

if TYPE_CHECKING:
    from directives_core.reader.draft import NoticeDraft
    from directives_core.views.history import HistoryEntry, Names
    from directives_core.views.why import Why

__all__ = ["Reading"]

_CHUNK = 500


class Reading(Feed):
    """The reads. They take no actor: who may see what is the embedding application's matter."""

    def as_of(self, at: At = None, *, known_at: At = None) -> View:
        """The register at a moment.

        Args:
            at: a day (what could be seen at its end), an aware datetime, a meeting's name, a position, or none for now.
            known_at: what is to count as known instead; "now" for all that is known.

        Raises:
            NaiveDatetime, BadValue, UnknownMeeting, UnknownPosition: it names no moment.
        """
        with self._store.read() as transaction:
            moment = self._moment(transaction, at, known_at)
            office = self._offices.office(transaction, moment.effective_on, moment.position)
        return View(moment, office, self._store.read, self._office_now)

    def _office_now(self) -> Office:
        with self._store.read() as transaction:
            return self._offices.office(transaction, day_of(self._now(), self._zone))

    def _moment(self, transaction: ReadTransaction, at: At, known_at: At) -> Moment:
        self._refuse_other_rules(transaction)
        office = self._offices.office(transaction, dt.date.max)
        settings = office.settings
        calendar = self._calendar or Calendar(
            office.calendar, frozenset(settings.holidays), frozenset(settings.working_days)
        )
        key = (self._register_id, RULES, calendar.version)
        return resolve(transaction, self._log, at=at, known_at=known_at, now=self._now(), zone=self._zone, key=key)

    def number_of(self, reference: AnyNumber) -> int:
        """The number of a directive however it was named: 12, "D-12", "12/3", "123/TB-UBND:II.11.1".

        Raises:
            UnknownDirective, UnknownNotice, BadValue: it names none.
        """
        read = read_reference(reference)
        with self._store.read() as transaction:
            last = transaction.head().directive
            number = read.number or resolve_notice_item(transaction, self._log, read)
        if not 1 <= number <= last:
            raise UnknownDirective(number, last=last)
        return number

    def find_unit(self, text: str, *, on: dt.date | None = None, leading: AnyNumber | None = None) -> Unit:
        """The unit that a person means who typed any part of its names, with or without diacritics.

        Args:
            text: what was typed, or an id.
            on: the day on which the unit exists; by default today.
            leading: a directive; a unit that holds a share of it is preferred, also one that ended since.

        Raises:
            AmbiguousUnit: the part fits several units.
            UnknownUnit, UnitEnded: it fits none that exists on the day.
        """
        held = () if leading is None else self.as_of()[self.number_of(leading)].shares
        with self._store.read() as transaction:
            day = on or self._moment(transaction, None, None).effective_on
            office = self._offices.office(transaction, day)
        return guess_unit(office, text, on=day, preferred=[share.unit.id for share in held if share.unit.id])

    def concerning(self, draft: NoticeDraft, unit: str, *, on: dt.date | None = None) -> NoticeDraft:
        """The draft of a notice with the items that concern a unit alone, as `record_notice(only_for=)` chooses them.

        Args:
            draft: as it was read.
            unit: its name or id.
            on: the day as of which units and classes are known; by default that of the meeting or notice, else today.

        Raises:
            UnknownUnit, UnitEnded: there is no such unit on that day.
            NotConcerned: no item concerns it.
        """
        from directives_core.register.selecting import narrowed

        with self._store.read() as transaction:
            today = self._moment(transaction, None, None).effective_on
            day = on or draft.header.meeting.date or draft.header.date or today
            office = self._offices.office(transaction, day)
        return narrowed(office, draft, find_unit(office, unit, on=day), on=day)

    # ---------------------------------------------------------------------------------------------------- history

    def history(self, number: AnyNumber, *, at: At = None, known_at: At = None) -> list[HistoryEntry]:
        """Every event of a directive in the order of recording, void ones and those without effect included.

        With `at` or `known_at` only what was effective and known then, marked as it counted then.

        Raises:
            UnknownDirective: there is none of this number.
        """
        from directives_core.views.history import entries_of

        found = self.number_of(number)
        with self._store.read() as transaction:
            events = self._events(transaction, directive_stream(found))
            if at is not None or known_at is not None:
                moment = self._moment(transaction, at, known_at)
                events = [
                    event
                    for event in events
                    if event.position <= moment.position and event.effective_on <= moment.effective_on
                ]
            names = self._names(transaction)
        return entries_of(events, names, zone=self._zone)

    def log(self, **wanted: Unpack[LogFilters]) -> list[HistoryEntry]:
        """The events of the whole register, in order of position, that fit every filter given: see `LogFilters`."""
        return list(self.each_logged(**wanted))

    def each_logged(
        self,
        *,
        actor: str | Actor | None = None,
        type: str | None = None,  # noqa: A002 - the field's word, as the command line has it
        from_: dt.date | str | None = None,
        to: dt.date | str | None = None,
        late_days: int | None = None,
        limit: int | None = None,
        known_at: At = None,
    ) -> Iterator[HistoryEntry]:
        """As `log`, one by one while they are read, however many there are.

        Raises:
            UnknownEventType: no event is of this type.
            BadValue: a filter is none.
        """
        from directives_core.views.logged import Logged, stored_types_of

        if limit is not None and whole_number("limit", limit) < 0:
            raise BadValue("limit", limit, expected=Phrase("a whole number from 0 on"))
        wanted = Logged(self._zone, _id_of(actor), as_day_or_none("from", from_), as_day_or_none("to", to), late_days)
        types = stored_types_of(type)
        with self._store.read() as transaction:
            end = self._moment(transaction, known_at, None).position
        return islice(self._entries(filter(wanted.fits, self.events(to=end, types=types))), limit)

    def follow_log(
        self,
        *,
        after: int = 0,
        actor: str | Actor | None = None,
        type: str | None = None,  # noqa: A002 - the field's word, as the command line has it
        from_: dt.date | str | None = None,
        late_days: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[HistoryEntry]:
        """As `each_logged` behind a position, and then what is recorded later, as it comes: see `follow`.

        Each is marked as it counts when it comes.
        """
        from directives_core.views.logged import Logged, stored_types_of

        wanted = Logged(self._zone, _id_of(actor), as_day_or_none("from", from_), None, late_days)
        events = self.follow(after=after, types=stored_types_of(type), timeout=timeout)
        return (entry for event in events if wanted.fits(event) for entry in self._entries(iter([event])))

    def _entries(self, events: Iterator[Event]) -> Iterator[HistoryEntry]:
        """History entries of single events; the stream of each is folded to say whether it has an effect."""
        from directives_core.views.history import entries_of

        while chunk := list(islice(events, _CHUNK)):
            with self._store.read() as transaction:
                names = self._names(transaction)
                entries: dict[int, HistoryEntry] = {}
                for stream, group in groupby(sorted(chunk, key=lambda e: (e.stream, e.version)), lambda e: e.stream):
                    versions = [event.version for event in group]
                    all_events = self._events(transaction, stream)
                    for entry in entries_of(all_events, names, zone=self._zone, only=versions):
                        entries[entry.position] = entry
            yield from (entries[position] for position in sorted(entries))

    def why(self, number: AnyNumber, field: str = "status", *, at: At = None, known_at: At = None) -> Why:
        """The event that set a field of a directive, or of a share such as "12/3", as of a moment.

        Raises:
            UnknownDirective, UnknownShare: it is not there at the moment.
            BadValue: there is no such field.
        """
        from directives_core.views.history import entries_of
        from directives_core.views.why import Why, setting_event

        share = read_reference(number).share
        found = self.number_of(number)
        view = self.as_of(at, known_at=known_at)
        _ = view[found]
        with self._store.read() as transaction:
            events = self._events(transaction, directive_stream(found))
            event, value = setting_event(found, share, field, events, view.moment, view.office)
            (entry,) = entries_of(events, self._names(transaction), zone=self._zone, only=[event.version])
        return Why(found, share, field, value, entry, view.moment)

    # ---------------------------------------------------------------------------------------------------- the rest

    def meetings(self) -> list[Meeting]:
        """The meetings, by day."""
        found = (read_meeting(events) for events in self._streams_with(MeetingOpened, MeetingClosed))
        return sorted((meeting for meeting in found if meeting), key=lambda meeting: (meeting.on, meeting.name))

    def notices(self) -> list[Notice]:
        """The notices, in the order in which they were recorded."""
        found = (read_notice_events(events) for events in self._streams_with(NoticeRecorded))
        return [notice for notice in found if notice]

    def actors(self) -> list[dict[str, Any]]:
        """Who acts here: id, name, unit, roles, and the day from which the actor no longer does."""
        with self._store.read() as transaction:
            office = self._offices.office(transaction, dt.date.max)
            names = self._names(transaction)
        return [
            {
                "id": actor.id, "name": names.open(actor.name),
                "unit": {"id": actor.unit, "name": office.unit_name(actor.unit)}, "roles": list(actor.roles),
                "ended_on": actor.ended_on.isoformat() if actor.ended_on else None,
            }
            for actor in office.actors.values()
        ]  # fmt: skip

    def _streams_with(self, *types: Any) -> list[list[Event]]:
        with self._store.read() as transaction:
            stored = [payload.stored_type for payload in types]
            streams = dict.fromkeys(event.stream for event in self._log.walk(transaction, types=stored))
            return [self._events(transaction, stream) for stream in streams]

    def _events(self, transaction: ReadTransaction, stream: str) -> list[Event]:
        """The events of a stream as they are shown: their personal passages opened, where their keys exist."""
        return opened_events(self._log.stream(transaction, stream), lambda of: keys_at_hand(transaction, of))

    def _names(self, transaction: ReadTransaction) -> Names:
        from directives_core.views.history import Names

        office: Office = self._offices.office(transaction, dt.date.max)
        return Names(transaction, office)


def _id_of(actor: str | Actor | None) -> str | None:
    return actor.id if isinstance(actor, Actor) else actor
