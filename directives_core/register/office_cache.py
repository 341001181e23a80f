"""The office's events, kept in memory between commands and views; reread as far as the log has grown."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from directives_core.codec import codec
from directives_core.event import Event
from directives_core.office.state import Office, read_office
from directives_core.store import ReadTransaction

__all__ = ["OFFICE", "OfficeCache"]

OFFICE = "office"
"""The stream of the office."""

_KEPT_OFFICES = 64


class OfficeCache:
    """The office stream and the offices folded from it. Safe for threads: what is kept is replaced, never changed."""

    def __init__(self) -> None:
        self._events: tuple[Event, ...] = ()
        self._offices: dict[tuple[int, dt.date], Office] = {}

    def events(self, transaction: ReadTransaction) -> tuple[Event, ...]:
        """The events that the transaction sees."""
        kept = self._events
        new = transaction.stream(OFFICE, after_version=len(kept))
        if new:
            kept = (*kept, *(codec.decode(record) for record in new))
            self._events = kept
            return kept
        head = transaction.head().position
        return kept if not kept or kept[-1].position <= head else kept[: _known(kept, head)]

    def office(self, transaction: ReadTransaction, on: dt.date, position: int | None = None) -> Office:
        """The office as of a day, as known at a position (none: by all that the transaction sees)."""
        events = self.events(transaction)
        count = len(events) if position is None else _known(events, position)
        key = (count, on)
        office = self._offices.get(key)
        if office is None:
            office = read_office(events[:count], on)
            if len(self._offices) >= _KEPT_OFFICES:
                self._offices = {}
            self._offices[key] = office
        return office


def _known(events: Sequence[Event], position: int) -> int:
    return bisect_right(events, position, key=lambda event: event.position)
