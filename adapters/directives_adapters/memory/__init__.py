"""A register in memory, for tests and demonstrations: `memory:`, gone with the object that holds it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from directives_adapters.memory.transactions import MemoryRead, MemoryWrite, Tables
from directives_adapters.turns import Turns
from directives_core.errors import BadValue, RegisterMissing, StoreClosed
from directives_core.store import Store

__all__ = ["MemoryRead", "MemoryStore", "MemoryWrite", "create_store", "open_store"]

WAIT_SECONDS = 10.0
_WHERE = "memory"


class MemoryStore:
    """A register in the memory of this process, shared by its threads; a writer waits at most `wait_seconds`."""

    def __init__(self, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._tables = Tables()
        self._turns = Turns()
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

    def close(self) -> None:
        """Refuse later use; what was kept is gone with the object."""
        self._closed = True

    def _refuse_if_closed(self) -> None:
        if os.getpid() != self._pid:
            raise StoreClosed("the register was opened before a fork; open it again in this process")
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
        raise BadValue("URL of a register", url, expected="memory:, without a name")
