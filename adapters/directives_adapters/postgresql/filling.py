"""A register in the making: all that is written into it, and itself, is one transaction of the server."""

from collections.abc import Iterator
from contextlib import contextmanager

from directives_adapters.postgresql.ahead import Ahead
from directives_adapters.postgresql.line import Asked, Line
from directives_adapters.postgresql.place import Place
from directives_adapters.postgresql.reading import PostgresqlRead
from directives_adapters.postgresql.writing import PostgresqlWrite
from directives_core.errors import StoreClosed

__all__ = ["FillingStore"]


class FillingStore:
    """A store for one thread, within the transaction that is open on the connection; an error in it undoes all of it.

    It is not the one who commits: that is whoever opened the transaction.
    """

    def __init__(self, connection: Line, place: Place) -> None:
        self._connection, self._place = connection, place
        self._closed = False

    @property
    def where(self) -> str:
        """The URL, without who connects and how."""
        return self._place.where

    @contextmanager
    def read(self) -> Iterator[PostgresqlRead]:
        """See what was written so far."""
        self._refuse_if_closed()
        transaction = _PartRead(self._connection, self._place)
        transaction.begin()
        try:
            yield transaction
        finally:
            transaction.end()

    @contextmanager
    def write(self) -> Iterator[PostgresqlWrite]:
        """Write on."""
        self._refuse_if_closed()
        transaction = _PartWrite(self._connection, self._place, Ahead(), wait_seconds=0)
        transaction.begin()
        try:
            yield transaction
            transaction.commit()
        finally:
            transaction.end()

    def wait(self, *, after: int, seconds: float) -> bool:
        """Whether the last position is greater than `after`: nobody else can write meanwhile."""
        _ = seconds
        with self.read() as transaction:
            return transaction.head().position > after

    def close(self) -> None:
        """Refuse later use; the connection belongs to whoever gave it."""
        self._closed = True

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreClosed


class _PartRead(PostgresqlRead):
    def _opening(self) -> tuple[Asked, ...]:
        self._live()
        return ()

    def end(self) -> None:
        self._connection = None


class _PartWrite(PostgresqlWrite):
    def _opening(self) -> tuple[Asked, ...]:
        self._live()
        return ()

    def commit(self) -> None:
        self._flush()
        self._live()
        self._connection = None
