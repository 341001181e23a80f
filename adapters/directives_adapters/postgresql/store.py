"""A register in a PostgreSQL database: its connections, its lock, and its end."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from directives_adapters.postgresql import schema
from directives_adapters.postgresql.ahead import Ahead
from directives_adapters.postgresql.connections import Connections, connect
from directives_adapters.postgresql.filling import FillingStore
from directives_adapters.postgresql.line import Line
from directives_adapters.postgresql.place import Place, place_of
from directives_adapters.postgresql.reading import PostgresqlRead
from directives_adapters.postgresql.translation import translate, translated
from directives_adapters.postgresql.writing import PostgresqlWrite
from directives_core.errors import (
    DirectivesError,
    NewerFormat,
    NotARegister,
    OlderFormat,
    RegisterExists,
    RegisterMissing,
    StoreClosed,
    StoreError,
    Unreachable,
)
from directives_core.language import Phrase
from directives_core.store import ReadTransaction, Row, Store
from directives_core.turns import Turns
from directives_core.waiting import wait_by_asking

__all__ = ["WAIT_SECONDS", "PostgresqlStore"]

WAIT_SECONDS = 10.0

_OPEN = """SELECT format, to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL FROM directives.registers
    WHERE register = %s"""
_ADD_REGISTER = """INSERT INTO directives.registers(register, format, position, recorded_at, directive)
    VALUES (%s, %s, 0, 0, 0)"""
_FINISH = "UPDATE directives.registers SET format = -format WHERE register = %s AND format < 0"
_GIVE_UP = "DELETE FROM directives.registers WHERE register = %s AND format < 0 AND position = 0"

AnyTransaction = TypeVar("AnyTransaction", bound=PostgresqlRead)


class PostgresqlStore:
    """The register that a URL names, shared by all threads of the process and with other processes.

    A commit has reached the disk when `with store.write()` ends, or the standbys that the server waits for. A writer
    waits at most `wait_seconds`. When the server has gone away, transactions end with `Unreachable`; the next ones
    connect anew.

    Raises:
        BadValue: the URL names no register.
        RegisterMissing, NotARegister, NewerFormat, OlderFormat, Unreachable, StoreError: it cannot be opened; nothing
            was made or changed.
    """

    format = schema.FORMAT

    def __init__(self, url: str, *, wait_seconds: float = WAIT_SECONDS, unfinished: bool = False) -> None:
        self._place, self._wait_seconds, self._unfinished = place_of(url), wait_seconds, unfinished
        self._connections = Connections(self._place)
        self._turns = Turns()
        self._ahead = Ahead()
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

    @classmethod
    def create_in_steps(cls, url: str, fill: Callable[[Store], None], *, wait_seconds: float = WAIT_SECONDS) -> None:
        """Make a register, or go on with one that was broken off: `fill` finds what it wrote before.

        Until `fill` has come to its end the register is marked as a part, which nobody can open.

        Raises:
            RegisterExists: there is a whole one of this name; it is left as it is.
            NewerFormat, OlderFormat, ReadOnlyStore, Unreachable, StoreError: the database cannot take it.
        """
        place = place_of(url)
        with _session(place) as connection, connection.transaction():
            connection.execute(b"SET LOCAL lock_timeout = %d" % max(1, int(wait_seconds * 1000)))
            schema.make_once(connection, place.where)
            found = connection.execute(_OPEN.encode(), (place.register,)).fetchall()
            if not found:
                _add(connection, place, unfinished=True)
            elif found[0][0] > 0:
                raise RegisterExists(place.where)
        try:
            with closing(cls(url, wait_seconds=wait_seconds, unfinished=True)) as store:
                fill(store)
        except BaseException:
            with suppress(DirectivesError), _session(place) as connection:
                connection.execute(_GIVE_UP, (place.register,))
            raise
        with _session(place) as connection:
            connection.execute(_FINISH, (place.register,))

    @classmethod
    def upgrade(cls, url: str) -> int:
        """Bring the tables of the database to the format of today, in one transaction; the format that they had.

        Raises:
            RegisterMissing, NewerFormat, ReadOnlyStore, Unreachable, StoreError: they cannot be upgraded.
        """
        place = place_of(url)
        with _session(place) as connection, connection.transaction():
            return schema.upgrade(connection, place.where)

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
                    connection, self._place, self._ahead, wait_seconds=left_seconds, citus=self._citus
                )
            )
            try:
                yield transaction
                transaction.commit()
            finally:
                transaction.end()
                self._connections.give_back(connection)

    def rebuild(self, rows: Callable[[ReadTransaction], Iterable[Row]], *, rules: int) -> None:
        """Write the timeline anew in one commit; see the port. Writers wait, or are refused with `Busy`.

        Raises:
            ReadOnlyStore: whoever asks is not the owner of the tables.
        """
        with self.write() as transaction:
            transaction.empty_timeline()
            transaction.set_rules(rules)
            transaction.add_rows_of(rows(transaction))

    def wait(self, *, after: int, seconds: float) -> bool:
        """Wait until the last position is greater than `after`; False where so many seconds passed without it.

        The head row is asked for, again and again. NOTIFY would let all commits of the database wait for one another,
        and LISTEN needs a session of its own on a server that leads: not what a pooler lends or a standby serves.
        """

        def position() -> int:
            with self.read() as transaction:
                return transaction.head().position

        return wait_by_asking(position, after=after, seconds=seconds)

    def close(self) -> None:
        """Let go of the server; transactions that other threads still have open end in their own time."""
        if os.getpid() != self._pid:
            return  # the connections are the parent's: closing them here would end its sessions
        self._closed = True
        self._connections.close()

    def _begun(self, make: Callable[[Line], AnyTransaction]) -> tuple[Line, AnyTransaction]:
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
        format_, citus = found[0]
        if format_ < 0 and not self._unfinished:
            why = Phrase("what was being carried into it was broken off; the same command goes on from there")
            raise NotARegister(where, why=why)
        if abs(format_) > schema.FORMAT:
            raise NewerFormat(where, found=abs(format_), known=schema.FORMAT)
        if abs(format_) < schema.FORMAT:
            raise OlderFormat(where, found=abs(format_), known=schema.FORMAT)
        return bool(citus)

    def _refuse_if_closed(self) -> None:
        if os.getpid() != self._pid:
            raise StoreClosed(Phrase("the register was opened before a fork; open it again in this process"))
        if self._closed:
            raise StoreClosed


@contextmanager
def _session(place: Place) -> Iterator[Line]:
    """A connection of its own, closed at the end of `with`."""
    connection = connect(place)
    try:
        with translated(place.where):
            yield connection
    finally:
        connection.close()


def _add(connection: Line, place: Place, *, unfinished: bool = False) -> None:
    format_ = -schema.FORMAT if unfinished else schema.FORMAT
    try:
        connection.execute(_ADD_REGISTER.encode(), (place.register, format_))
    except psycopg.errors.UniqueViolation as error:
        raise RegisterExists(place.where) from error


def _commit(connection: Line, place: Place) -> None:
    if connection.pgconn.transaction_status != TransactionStatus.INTRANS:
        raise StoreError(Phrase("{where} was not made: what filled it went on after an error", where=place.where))
    try:
        connection.execute(b"COMMIT")
    except psycopg.Error as error:
        raise translate(error, place.where, in_doubt=connection.closed) from error
