"""A register in memory, for tests and demonstrations: `memory:`, gone with the object that holds it."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from directives_adapters.memory.transactions import MemoryRead, MemoryWrite, Tables
from directives_adapters.turns import Turns
from directives_core.errors import BadValue, RegisterMissing, StoreClosed
from directives_core.language import Phrase
from directives_core.store import ReadTransaction, Row, Store

__all__ = ["MemoryRead", "MemoryStore", "MemoryWrite", "create_store", "open_store"]

WAIT_SECONDS = 10.0
_WHERE = "memory"


class MemoryStore:
    """A register in the memory of this process, shared by its threads; a writer waits at most `wait_seconds`."""

    def __init__(self, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._tables = Tables()
        self._turns = Turns()
        self._changed = threading.Condition()  # notified by every commit, and by the end
        self._closed = False
        self._pid = os.getpid()

    @property
    def where(self) -> str:
        """The word `memory`."""
        return _WHERE

    @contextmanager
    def read(self) -> Iterator[MemoryRead]:
        """Begin reading one committed state."""
        self._refuse_if_closed()
        transaction = MemoryRead(self._tables)
        try:
            yield transaction
        finally:
            transaction.end()

    @contextmanager
    def write(self) -> Iterator[MemoryWrite]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
        """
        self._refuse_if_closed()
        with self._turns.turn(self._wait_seconds):
            transaction = MemoryWrite(self._tables)
            try:
                yield transaction
            except BaseException:
                transaction.roll_back()
                raise
            transaction.commit()
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
        """Refuse later use; what was kept is gone with the object."""
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


def create_store(url: str, fill: Callable[[Store], None]) -> Store:
    """Make a register, filled by `fill`, that lives as long as the object.

    Raises:
        BadValue: the URL is another than `memory:`.
    """
    _refuse_names(url)
    store = MemoryStore()
    fill(store)
    return store


def open_store(url: str) -> Store:
    """There is never a register to open: each lives in the object that made it.

    Raises:
        RegisterMissing: always.
    """
    _refuse_names(url)
    raise RegisterMissing("memory:")


def _refuse_names(url: str) -> None:
    if url.partition(":")[2]:
        raise BadValue(Phrase("URL of a register"), url, expected=Phrase("memory:, without a name"))
