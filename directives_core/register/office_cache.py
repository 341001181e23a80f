"""The office's events, kept in memory between commands and views; reread as far as the log has grown."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from directives_core.actor import Actor
from directives_core.codec import codec
from directives_core.event import Event
from directives_core.office.state import Office, read_office
from directives_core.store import ReadTransaction

__all__ = ["OFFICE", "OfficeCache"]

OFFICE = "office"
"""The stream of the office."""

_KEPT_OFFICES = 64
_KEPT_ACTORS = 1_024


class OfficeCache:
    """The office stream and the offices folded from it. Safe for threads: what is kept is replaced, never changed."""

    def __init__(self) -> None:
        self._known: tuple[int, tuple[Event, ...]] = (0, ())  # all events of the office up to a position of the log
        self._offices: dict[tuple[int, dt.date], Office] = {}
        self._as_known: dict[tuple[Actor, dt.date], int] = {}

    def events(self, transaction: ReadTransaction) -> tuple[Event, ...]:
        """The events that the transaction sees; the store is asked only where the log has grown."""
        position = transaction.head().position
        known_to, kept = self._known
        if position > known_to:
            new = transaction.stream(OFFICE, after_version=len(kept))
            kept = (*kept, *map(codec.decode, new)) if new else kept
            self._known = (position, kept)
        return kept if position >= known_to else kept[: _known(kept, position)]

    def keep(self, position: int, events: tuple[Event, ...]) -> None:
        """Take up what a commit left: all events of the office up to a position."""
        if position > self._known[0]:
            self._known = (position, events)

    def office(self, transaction: ReadTransaction, on: dt.date, position: int | None = None) -> Office:
        """The office as of a day, as known at a position (none: by all that the transaction sees)."""
        events = self.events(transaction)
        return self.folded(events if position is None else events[: _known(events, position)], on)

    def folded(self, events: Sequence[Event], on: dt.date) -> Office:
        """The office as of a day by its first events, which are committed."""
        key = (len(events), on)
        office = self._offices.get(key)
        if office is None:
            office = read_office(events, on)
            if len(self._offices) >= _KEPT_OFFICES:
                self._offices = {}
            self._offices[key] = office
        return office

    def is_as_known(self, actor: Actor, on: dt.date, events: Sequence[Event]) -> bool:
        """Whether it was found before, by the same events on the same day, that an application says nothing new."""
        return self._as_known.get((actor, on)) == len(events)

    def found_as_known(self, actor: Actor, on: dt.date, events: Sequence[Event]) -> None:
        """Remember that what an application says of an actor is what the office, by these events, knows."""
        if len(self._as_known) >= _KEPT_ACTORS:
            self._as_known = {}
        self._as_known[actor, on] = len(events)


def _known(events: Sequence[Event], position: int) -> int:
    return bisect_right(events, position, key=lambda event: event.position)
