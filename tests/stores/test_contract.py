"""Every store of this distribution passes the contract."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from directives_adapters.memory import MemoryStore
from directives_adapters.sqlite import SqliteStore, open_store
from directives_core.store import Store
from directives_core.testing import StoreContract

CHANGES = [
    "UPDATE events SET data = x'00'",
    "UPDATE events SET position = position + 1",
    "DELETE FROM events",
    "INSERT OR REPLACE INTO events SELECT position, stream, version, 0, 0, '', x'' FROM events",
    "INSERT OR REPLACE INTO events SELECT position + 1, stream, version, 0, 0, '', x'' FROM events",
    "INSERT INTO events SELECT position + 2, stream, version + 1, 0, 0, '', x'' FROM events",
]


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore(wait_seconds=1)


class TestSqlite(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        SqliteStore.create(tmp_path / "register.db", lambda _: None)
        with closing(SqliteStore(tmp_path / "register.db", wait_seconds=1)) as store:
            yield store

    def opener(self, store: Store) -> Callable[[], Store]:
        return partial(open_store, f"sqlite:///{store.where}")

    def attempts(self, store: Store) -> Iterable[Callable[[], object]]:
        return [partial(_change, store.where, sql) for sql in CHANGES]


def _change(path: str, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)
