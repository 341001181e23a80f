"""The questions across moments: what changed between two meetings, and what the next one has to take up."""

from collections.abc import Sequence

from directives_core.event import Event
from directives_core.moment import At
from directives_core.register.reading import Reading
from directives_core.register.session import directive_stream
from directives_core.views.agenda import Agenda, agenda_of
from directives_core.views.changes import Changes, changes_between
from directives_core.views.history import HistoryEntry, entries_of
from directives_core.views.view import View

__all__ = ["Questions"]


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
        return self._changes(self.as_of(from_), self.as_of(to))

    def _changes(self, before: View, after: View) -> Changes:
        with self._store.read() as transaction:
            records = transaction.records(after=before.moment.position, to=after.moment.position)
            streams = {record.stream for record in records}
            names = self._names(transaction)
        changed = {int(name.partition(":")[2]) for name in streams if name.startswith("directive:")}

        def load(number: int) -> Sequence[Event]:
            with self._store.read() as transaction:
                return self._log.stream(transaction, directive_stream(number))

        def entries(events: Sequence[Event], versions: Sequence[int]) -> Sequence[HistoryEntry]:
            return entries_of(events, names, zone=self._zone, only=versions)

        return changes_between(before, after, changed=changed, load=load, entries=entries)

    def agenda(self, meeting: At = None, *, known_at: At = None) -> Agenda:
        """The open duties at a meeting, by unit, with what was promised at the meeting before.

        Args:
            meeting: its name, or a day; a meeting that is not closed shows what is known by now.
            known_at: what is to count as known.
        """
        view = self.as_of(meeting, known_at=known_at)
        day, position = view.moment.effective_on, view.moment.position
        known = [each for each in self.meetings() if each.closed_position and each.closed_position <= position]
        earlier = [each for each in known if each.on < day]
        return agenda_of(view, self.as_of(earlier[-1]) if earlier else None)
