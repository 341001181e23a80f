"""A register in the memory of this process, shared by its threads."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from directives_core.errors import StoreClosed
from directives_core.language import Phrase
from directives_core.store import ReadTransaction, Row
from directives_core.stores.reading import MemoryRead, Tables
from directives_core.stores.writing import MemoryWrite
from directives_core.turns import Turns

__all__ = ["WAIT_SECONDS", "MemoryStore"]

WAIT_SECONDS = 10.0


class MemoryStore:
    """A register in memory, gone with the object; a writer waits at most `wait_seconds`."""

    def __init__(self, *, where: str = "memory", wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._tables = Tables(where)
        self._turns = Turns()
        self._changed = threading.Condition()  # notified by every commit, and by the end
        self._closed = False
        self._pid = os.getpid()

    @property
    def where(self) -> str:
        """The place in words that a person would use."""
        return self._tables.where

    @contextmanager
    def read(self) -> Iterator[MemoryRead]:
        """Begin reading one committed state."""
        self._refuse_if_closed()
        with MemoryRead(self._tables) as transaction:
            yield transaction

    @contextmanager
    def write(self) -> Iterator[MemoryWrite]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
        """
        self._refuse_if_closed()
        with self._turns.turn(self._wait_seconds), MemoryWrite(self._tables) as transaction:
            yield transaction
        self._tell()

    def rebuild(self, rows: Callable[[ReadTransaction], Iterable[Row]], *, rules: int) -> None:
        """Write the timeline anew in one commit; see the port. Readers that are at work keep the old one."""
        with self.write() as transaction:
            made = list(rows(transaction))
            transaction.empty_timeline()
            transaction.add_rows(made)
            transaction.set_rules(rules)

    def wait(self, *, after: int, seconds: float) -> bool:
        """Wait until the last position is greater than `after`; False where so many seconds passed without it."""

        def come() -> bool:
            self._refuse_if_closed()
            return self._tables.published[1].position > after

        with self._changed:
            return self._changed.wait_for(come, seconds)

    def close(self) -> None:
        """Refuse later use."""
        self._closed = True
        self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _refuse_if_closed(self) -> None:
        if os.getpid() != self._pid:
            raise StoreClosed(Phrase("the register was opened before a fork; open it again in this process"))
        if self._closed:
            raise StoreClosed
