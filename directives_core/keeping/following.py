"""A directive whose events come one by one, and the rows of the timeline that each of them means."""

from collections.abc import Callable, Iterator, Sequence

from directives_core.codec import codec
from directives_core.directive.evolve import evolve, replay
from directives_core.directive.stream import directive_stream
from directives_core.event import Event, Retracted
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
        self._last = max((event.fold_key for event in self._history), default=None)

    def rows(self, event: Event, table: Callable[[], Sequence[Row]]) -> list[Row]:
        """The rows that the next event adds; `table` gives those that the directive has, where they are needed."""
        rows = new_rows(self._number, self._history, event, self._current, table)
        comes_last = self._last is None or event.fold_key > self._last
        self._history.append(event)
        if comes_last:
            self._last = event.fold_key
        if comes_last and not isinstance(event.payload, Retracted):
            self._current, _ = evolve(self._current, event)
        else:
            self._current = replay(self._history)
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
