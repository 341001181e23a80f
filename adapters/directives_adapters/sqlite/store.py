"""A register in one SQLite file: its connections, its lock, and its end."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from directives_adapters.sqlite import place, schema
from directives_adapters.sqlite.reading import SqliteRead
from directives_adapters.sqlite.transactions import SqliteWrite
from directives_adapters.sqlite.translation import translated
from directives_core.errors import DirectivesError, RegisterMissing, StoreClosed, StoreError
from directives_core.language import Phrase
from directives_core.store import ReadTransaction, Row, Store
from directives_core.turns import Turns
from directives_core.waiting import wait_by_asking

__all__ = ["WAIT_SECONDS", "SqliteStore"]

WAIT_SECONDS = 10.0
_IDLE_CONNECTIONS = 8
_ROWS_AT_ONCE = 1_000


class SqliteStore:
    """The register in the file at `path`, shared by all threads of the process and with other processes.

    A commit has reached the disk when `with store.write()` ends (`synchronous=FULL`). A writer waits at most
    `wait_seconds`. With `max_bytes` the file grows no further than that: `StoreFull`.

    Raises:
        RegisterMissing, NotARegister, NewerFormat, OlderFormat, ReadOnlyStore, DamagedStore: the file cannot be
            opened; neither it nor its folder was changed.
    """

    def __init__(
        self, path: Path, *, wait_seconds: float = WAIT_SECONDS, max_bytes: int | None = None, unfinished: bool = False
    ) -> None:
        self._where, self._wait_seconds, self._max_bytes = str(path), wait_seconds, max_bytes
        self._path = place.look(path, unfinished=unfinished)
        self._idle: list[sqlite3.Connection] = []
        self._mutex = threading.Lock()  # guards the two above and below it
        self._closed = False
        self._turns = Turns()
        self._pid = os.getpid()
        self._inode = self._path.stat().st_ino
        with self._connection() as connection, translated(self._where, wait_seconds):
            schema.check(connection, self._where)
            self._unpurged = bool(_one(connection, "SELECT unpurged FROM register"))
        self._purge(0)

    @classmethod
    def create(cls, path: Path, fill: Callable[[Store], None]) -> None:
        """Make a register at `path`, filled by `fill` before anybody can see it.

        Raises:
            RegisterExists: something lies there already; it is left as it is.
            BadValue, ReadOnlyStore, StoreFull: the folder cannot take it.
        """
        with place.new_file(path) as made:
            _alter(made, str(path), schema.make)
            cls._fill(made, path, fill)

    @classmethod
    def create_in_steps(cls, path: Path, fill: Callable[[Store], None]) -> None:
        """Make a register at `path`, or go on with one that was broken off: `fill` finds what it wrote before.

        Until `fill` has come to its end the register lies beside `path` under a name of its own, and its bytes say that
        it is a part.

        Raises:
            RegisterExists: something lies at `path`; it is left as it is.
            BadValue, ReadOnlyStore, StoreFull: the folder cannot take it.
        """
        with place.part_file(path) as part:
            place.drop_older(part)
            if not part.exists():
                with place.new_file(part) as made:
                    _alter(made, str(path), partial(schema.make, unfinished=True))
            try:
                cls._fill(part, path, fill)
            except BaseException:
                if _is_empty(part):
                    place.remove(part)
                raise
            _alter(part, str(path), schema.finish)

    @classmethod
    def _fill(cls, made: Path, path: Path, fill: Callable[[Store], None]) -> None:
        store = cls(made, unfinished=True)
        store._where = str(path)
        try:
            fill(store)
        finally:
            store.close()

    @property
    def where(self) -> str:
        """The path, as it was given."""
        return self._where

    @contextmanager
    def read(self) -> Iterator[SqliteRead]:
        """Begin reading one committed state."""
        with self._connection() as connection:
            transaction = SqliteRead(connection, self._where, self._wait_seconds)
            transaction.begin()
            try:
                yield transaction
            finally:
                transaction.end()

    @contextmanager
    def write(self) -> Iterator[SqliteWrite]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
        """
        self._refuse_if_closed()
        left_seconds = self._turns.take(self._wait_seconds)
        try:
            self._refuse_if_moved()
            with self._connection() as connection:
                transaction = SqliteWrite(connection, self._where, self._wait_seconds)
                if left_seconds > self._wait_seconds * 0.99:
                    transaction.begin()
                else:  # both queues, of this process and of all, within the one wait
                    with _waiting(connection, left_seconds):
                        transaction.begin()
                try:
                    yield transaction
                except BaseException:
                    transaction.end()
                    raise
                transaction.commit()
            self._unpurged |= transaction.destroyed_keys
            self._purge(left_seconds if transaction.destroyed_keys else 0.0)
        finally:
            self._turns.hand_on()

    def rebuild(self, rows: Callable[[ReadTransaction], Iterable[Row]], *, rules: int) -> None:
        """Write the timeline anew in one commit; see the port. Writers wait, or are refused with `Busy`."""
        with self.write() as transaction:
            transaction.empty_timeline()
            moving = iter(rows(transaction))
            while chunk := list(islice(moving, _ROWS_AT_ONCE)):
                transaction.add_rows(chunk)
            transaction.set_rules(rules)

    def wait(self, *, after: int, seconds: float) -> bool:
        """Wait until the last position is greater than `after`; False where so many seconds passed without it."""
        with self._connection() as connection:
            seen, last = -1, 0

            def position() -> int:
                nonlocal seen, last
                self._refuse_if_closed()
                self._refuse_if_moved()
                # Changes with every commit of another connection, and is asked of shared memory alone.
                version = _one(connection, "PRAGMA data_version")
                if version != seen:
                    seen, last = version, _one(connection, "SELECT coalesce(max(position), 0) FROM events")
                return last

            with translated(self._where, self._wait_seconds):
                return wait_by_asking(position, after=after, seconds=seconds)

    def close(self) -> None:
        """Let go of the file; transactions that other threads still have open end in their own time."""
        if os.getpid() != self._pid:
            return  # the connections are the parent's: closing them here could undo its locks
        with self._mutex:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._refuse_if_closed()
        with self._mutex:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        sound = False
        try:
            yield connection
            sound = True
        finally:
            # What is still in a transaction here could not be ended; closing it gives the lock back in any case.
            sound = sound or not connection.in_transaction
            with self._mutex:
                kept = sound and not self._closed and len(self._idle) < _IDLE_CONNECTIONS
                if kept:
                    self._idle.append(connection)
            if not kept:
                connection.close()

    def _connect(self) -> sqlite3.Connection:
        with translated(self._where, self._wait_seconds):
            connection = sqlite3.connect(
                f"{self._path.as_uri()}?mode=rw", uri=True, timeout=self._wait_seconds, isolation_level=None,
                check_same_thread=False,
            )  # fmt: skip
            try:
                self._set_up(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> None:
        if _one(connection, "PRAGMA journal_mode = WAL") != "wal":
            raise StoreError(
                Phrase(
                    "{where} lies on a file system without shared memory; keep it on a local disk", where=self._where
                )
            )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -16384")
        if self._max_bytes is not None:
            page_bytes = _one(connection, "PRAGMA page_size")
            connection.execute(f"PRAGMA max_page_count = {max(1, self._max_bytes // page_bytes)}")

    def _refuse_if_closed(self) -> None:
        if os.getpid() != self._pid:
            raise StoreClosed(Phrase("the register was opened before a fork; open it again in this process"))
        if self._closed:
            raise StoreClosed

    def _refuse_if_moved(self) -> None:
        """Whoever writes into a file that has lost its name writes for nobody."""
        try:
            inode = self._path.stat().st_ino
        except OSError as error:
            raise RegisterMissing(self._where) from error
        if inode != self._inode:
            raise StoreClosed(Phrase("another file has taken the place of {where}; open it again", where=self._where))

    def _purge(self, wait_seconds: float) -> None:
        """Empty the write-ahead log where it may hold keys that were destroyed; readers can put that off."""
        if not self._unpurged:
            return
        # What was asked for is committed by now: no error here may say otherwise. The count stands for another try.
        with (
            suppress(DirectivesError, sqlite3.Error), self._connection() as connection,
            _waiting(connection, wait_seconds),
        ):  # fmt: skip
            counted = _one(connection, "SELECT unpurged FROM register")
            if _one(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0:
                connection.execute("UPDATE register SET unpurged = unpurged - ? WHERE one = 1", (counted,))
                self._unpurged = False


def _one(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()[0]


def _alter(path: Path, where: str, do: Callable[[sqlite3.Connection], None]) -> None:
    with translated(where, 0):
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            do(connection)
        finally:
            connection.close()


def _is_empty(path: Path) -> bool:
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        return not _one(connection, "SELECT EXISTS (SELECT 1 FROM events)")
    return False


@contextmanager
def _waiting(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    usual = _one(connection, "PRAGMA busy_timeout")
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
