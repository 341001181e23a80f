"""A directive whose events come one by one, and the rows of the timeline that each of them means."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from directives_core.codec import codec
from directives_core.directive.evolve import replay
from directives_core.directive.stream import directive_stream
from directives_core.event import Event
from directives_core.store import ReadTransaction, Row
from directives_core.timeline import new_rows

__all__ = ["Following", "Progress", "all_rows"]

Progress = Callable[[int, int], None]
"""Told how far the work has come: done, and all."""

_TOLD_EVERY = 1_000


class Following:
    """Goes along with one directive; `history` is what happened to it before."""

    def __init__(self, number: int, history: Sequence[Event] = ()) -> None:
        self._number = number
        self._history = list(history)
        self._current = replay(self._history)
        self._latest = max((event.effective_on for event in self._history), default=dt.date.min)

    def rows(self, event: Event, table: Callable[[], Sequence[Row]]) -> list[Row]:
        """The rows that the next event adds; `table` gives those that the directive has, where they are needed."""
        self._current, rows = new_rows(self._number, self._history, event, self._current, self._latest, table)
        self._history.append(event)
        self._latest = max(self._latest, event.effective_on)
        return rows


def all_rows(transaction: ReadTransaction, *, progress: Progress | None = None) -> Iterator[Row]:
    """Every row of the timeline as the log means it, directive by directive; `progress` is told how many are done."""
    last = transaction.head().directive
    for number in range(1, last + 1):
        following = Following(number)
        rows: list[Row] = []
        for record in transaction.stream(directive_stream(number)):
            rows += following.rows(codec.decode(record), rows.copy)
        yield from rows
        if progress is not None and (number % _TOLD_EVERY == 0 or number == last):
            progress(number, last)
