"""A register in a PostgreSQL database: its connections, its lock, and its end."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from directives_adapters.postgresql import schema
from directives_adapters.postgresql.connections import Connections, connect
from directives_adapters.postgresql.filling import FillingStore
from directives_adapters.postgresql.place import Place, place_of
from directives_adapters.postgresql.reading import PostgresqlRead
from directives_adapters.postgresql.translation import translate, translated
from directives_adapters.postgresql.writing import PostgresqlWrite
from directives_adapters.turns import Turns
from directives_core.errors import NewerFormat, RegisterExists, RegisterMissing, StoreClosed, StoreError, Unreachable
from directives_core.store import Store

__all__ = ["WAIT_SECONDS", "PostgresqlStore"]

WAIT_SECONDS = 10.0

_OPEN = """SELECT format, to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL FROM directives.registers
    WHERE register = %s"""
_ADD_REGISTER = """INSERT INTO directives.registers(register, format, position, recorded_at, directive)
    VALUES (%s, %s, 0, 0, 0)"""

AnyTransaction = TypeVar("AnyTransaction", bound=PostgresqlRead)


class PostgresqlStore:
    """The register that a URL names, shared by all threads of the process and with other processes.

    A commit has reached the disk when `with store.write()` ends, or the standbys that the server waits for. A writer
    waits at most `wait_seconds`. When the server has gone away, transactions end with `Unreachable`; the next ones
    connect anew.

    Raises:
        BadValue: the URL names no register.
        RegisterMissing, NewerFormat, Unreachable, StoreError: it cannot be opened; nothing was made or changed.
    """

    def __init__(self, url: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._place, self._wait_seconds = place_of(url), wait_seconds
        self._connections = Connections(self._place)
        self._turns = Turns()
        self._closed = False
        self._pid = os.getpid()
        try:
            self._citus = self._look()
        except BaseException:
            self._connections.close()
            raise

    @classmethod
    def create(cls, url: str, fill: Callable[[Store], None], *, wait_seconds: float = WAIT_SECONDS) -> None:
        """Make a register, and the tables if they are not there yet, in one transaction with what `fill` writes.

        Raises:
            RegisterExists: there is one of this name; it is left as it is.
            NewerFormat, ReadOnlyStore, Unreachable, StoreError: the database cannot take it.
        """
        place = place_of(url)
        connection = connect(place)
        try:
            with translated(place.where, wait_seconds):
                connection.execute(b"BEGIN; SET LOCAL lock_timeout = %d" % max(1, int(wait_seconds * 1000)))
                schema.make_once(connection, place.where)
                _add(connection, place)
            filling = FillingStore(connection, place)
            try:
                fill(filling)
            finally:
                filling.close()
            _commit(connection, place)
        finally:
            connection.close()

    @property
    def where(self) -> str:
        """The URL, without who connects and how."""
        return self._place.where

    @contextmanager
    def read(self) -> Iterator[PostgresqlRead]:
        """Begin reading one committed state."""
        connection, transaction = self._begun(lambda connection: PostgresqlRead(connection, self._place))
        try:
            yield transaction
        finally:
            transaction.end()
            self._connections.give_back(connection)

    @contextmanager
    def write(self) -> Iterator[PostgresqlWrite]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
            Unreachable: the server went away; where it says `in_doubt`, the commit may have been kept.
        """
        self._refuse_if_closed()
        with self._turns.turn(self._wait_seconds) as left_seconds:
            connection, transaction = self._begun(
                lambda connection: PostgresqlWrite(
                    connection, self._place, wait_seconds=left_seconds, citus=self._citus
                )
            )
            try:
                yield transaction
                transaction.commit()
            finally:
                transaction.end()
                self._connections.give_back(connection)

    def close(self) -> None:
        """Let go of the server; transactions that other threads still have open end in their own time."""
        if os.getpid() != self._pid:
            return  # the connections are the parent's: closing them here would end its sessions
        self._closed = True
        self._connections.close()

    def _begun(self, make: Callable[[Connection[Any]], AnyTransaction]) -> tuple[Connection[Any], AnyTransaction]:
        """A transaction that has begun. A kept connection that broke meanwhile is replaced: nothing was asked yet."""
        while True:
            self._refuse_if_closed()
            connection, new = self._connections.take()
            transaction = make(connection)
            try:
                transaction.begin()
            except BaseException as error:
                transaction.end()
                self._connections.give_back(connection)
                if new or not isinstance(error, Unreachable):
                    raise
            else:
                return connection, transaction

    def _look(self) -> bool:
        """Whether the database is a Citus cluster's; refuses a register that cannot be opened."""
        where = self._place.where
        connection, _ = self._connections.take()
        try:
            with translated(where):
                found = connection.execute(_OPEN.encode(), (self._place.register,)).fetchall()
        finally:
            self._connections.give_back(connection)
        if not found:
            raise RegisterMissing(where)
        if found[0][0] > schema.FORMAT:
            raise NewerFormat(where, found=found[0][0], known=schema.FORMAT)
        return bool(found[0][1])

    def _refuse_if_closed(self) -> None:
        if os.getpid() != self._pid:
            raise StoreClosed("the register was opened before a fork; open it again in this process")
        if self._closed:
            raise StoreClosed


def _add(connection: Connection[Any], place: Place) -> None:
    try:
        connection.execute(_ADD_REGISTER.encode(), (place.register, schema.FORMAT))
    except psycopg.errors.UniqueViolation as error:
        raise RegisterExists(place.where) from error


def _commit(connection: Connection[Any], place: Place) -> None:
    if connection.pgconn.transaction_status != TransactionStatus.INTRANS:
        raise StoreError(f"{place.where} was not made: what filled it went on after an error")
    try:
        connection.execute(b"COMMIT")
    except psycopg.Error as error:
        raise translate(error, place.where, in_doubt=connection.closed) from error
