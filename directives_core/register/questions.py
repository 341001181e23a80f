"""The questions across moments: what changed between two meetings, and what the next one has to take up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from directives_core.directive.stream import directive_stream
from directives_core.errors import BadValue
from directives_core.event import Event
from directives_core.keyring import keys_at_hand
from directives_core.language import Phrase
from directives_core.moment import At
from directives_core.office.names import find_holder
from directives_core.passages import opened_rows
from directives_core.register.reading import Reading
from directives_core.views.view import View

if TYPE_CHECKING:
    from directives_core.views.agenda import Agenda
    from directives_core.views.changes import Change, Changes
    from directives_core.views.daily import Daily, Section
    from directives_core.views.history import HistoryEntry
    from directives_core.views.past import Past
    from directives_core.views.reminding import Letter

__all__ = ["Questions"]

_CHUNK = 100
_URGENT: tuple[Section, ...] = ("overdue",)


class Questions(Reading):
    """Reads that compare moments."""

    def changes(self, from_: At, to: At = "now") -> Changes:
        """What counts at the second moment and did not at the first: what that meeting could not have known.

        Args:
            from_: the earlier moment: a meeting, a day, an instant, a position.
            to: the later one, on both times; by default now.

        Raises:
            BadValue: the second moment is earlier on one of the two times.
        """
        from directives_core.views.changes import Changes

        before, after = self.as_of(from_), self.as_of(to)
        return Changes(before.moment, after.moment, tuple(self.each_change(before, after)))

    def each_change(self, before: View, after: View) -> Iterator[Change]:
        """As `changes`, of two views, one by one while they are found, however many there are.

        Raises:
            BadValue: the second moment is earlier on one of the two times.
        """
        from directives_core.views.changes import changes_between
        from directives_core.views.history import entries_of

        with self._store.read() as transaction:
            touched = bytearray(transaction.head().directive + 1)  # a set of a million numbers takes a hundred times it
            for record in transaction.records(after=before.moment.position, to=after.moment.position):
                kind, _, number = record.stream.partition(":")
                if kind == "directive":
                    touched[int(number)] = 1
            names = self._names(transaction)
        changed = (number for number, is_touched in enumerate(touched) if is_touched)

        def load(number: int) -> Sequence[Event]:
            with self._store.read() as transaction:
                return self._events(transaction, directive_stream(number))

        def entries(events: Sequence[Event], versions: Sequence[int]) -> Sequence[HistoryEntry]:
            return entries_of(events, names, zone=self._zone, only=versions)

        return changes_between(before, after, changed=changed, load=load, entries=entries)

    def agenda(self, meeting: At = None, *, known_at: At = None) -> Agenda:
        """The open duties at a meeting, by unit, with what was promised at the meeting before.

        Args:
            meeting: its name, or a day; a meeting that is not closed shows what is known by now.
            known_at: what is to count as known.
        """
        from directives_core.views.agenda import Agenda, agenda_items

        view, previous = self.agenda_views(meeting, known_at=known_at)
        return Agenda(view.moment, previous.moment if previous else None, tuple(agenda_items(view, previous)))

    def agenda_views(self, meeting: At = None, *, known_at: At = None) -> tuple[View, View | None]:
        """The register as a meeting sees it, and as the meeting before saw it: what `agenda_items` takes."""
        view = self.as_of(meeting, known_at=known_at)
        day, position = view.moment.effective_on, view.moment.position
        known = [each for each in self.meetings() if each.closed_position and each.closed_position <= position]
        earlier = [each for each in known if each.on < day]
        return view, self.as_of(earlier[-1]) if earlier else None

    def daily(self, at: At = None, *, known_at: At = None, unit: str | None = None) -> Daily:
        """The list of a day: what is due, what is late, what waits for the office, which recurring reports open.

        Args:
            at: the moment; by default now.
            known_at: what is to count as known.
            unit: only the shares of this unit.

        Raises:
            UnknownUnit: there is no such unit at this moment.
        """
        from directives_core.views.daily import daily_of

        view = self.as_of(at, known_at=known_at)
        holder = find_holder(view.office, unit, on=view.moment.effective_on).id if unit is not None else None
        return daily_of(view, unit=holder)

    def letters(
        self,
        *,
        sections: Collection[Section] = _URGENT,
        unit: str | None = None,
        numbers: Collection[int] | None = None,
    ) -> list[Letter]:
        """A letter of reminder for every unit that has something to be reminded of now; nothing is written.

        Who sends them records them by `remind` on the shares of each, in one batch.

        Args:
            sections: what to remind of: overdue, due-today, due-soon.
            unit: only this unit.
            numbers: only these directives.

        Raises:
            BadValue: nobody can be reminded of such a section.
            UnknownUnit: there is no such unit.
        """
        from directives_core.views.reminding import DUTIES, letters_of

        for section in sections:
            if section not in DUTIES:
                raise BadValue("section", section, expected=Phrase("one of {known}", known=", ".join(DUTIES)))
        return letters_of(self.daily(unit=unit), self.history, sections=sections, numbers=numbers)

    def past(self, view: View, *, numbers: Sequence[int] | None = None) -> Iterator[Past]:
        """The whole past of each directive up to the moment of a view, for those who look back from it.

        Directives that are not assigned by then are left out; one whose assignment is void is not.

        Args:
            view: the register at the last moment that may be looked at.
            numbers: only these directives; by default every one.
        """
        from directives_core.views.history import Names
        from directives_core.views.past import past_of

        with self._store.read() as transaction:
            last = transaction.head().directive
            names = Names(transaction, view.office)
        wanted = range(1, last + 1) if numbers is None else sorted(n for n in set(numbers) if 1 <= n <= last)
        for start in range(0, len(wanted), _CHUNK):
            with self._store.read() as transaction:
                found = [
                    (
                        number,
                        opened_rows(transaction.timeline(number), lambda of: keys_at_hand(transaction, of)),
                        self._events(transaction, directive_stream(number)),
                    )
                    for number in wanted[start : start + _CHUNK]
                ]
            for number, rows, events in found:
                past = past_of(number, rows, events, view.moment, names)
                if past.rows:
                    yield past
