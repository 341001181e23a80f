"""PostgreSQL passes the contract of every store."""
# ruff: noqa: S608 - the tables stand in this file

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial

import pytest

from directives_adapters.postgresql import open_store
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core.store import Store
from directives_core.testing import StoreContract
from tests.stores.postgresql_server import connection_to

TABLES = ("events", "timeline", "commands", "checkpoints")
CHANGES = [
    "UPDATE directives.events SET data = ''",
    "UPDATE directives.events SET position = position + 1",
    "INSERT INTO directives.events SELECT register, position, 'other', 1, 0, 0, '', '' FROM directives.events",
    "INSERT INTO directives.events SELECT register, position + 1, stream, version, 0, 0, '', '' FROM directives.events",
    "WITH gone AS (DELETE FROM directives.events RETURNING 1) SELECT * FROM gone",
    *(f"DELETE FROM directives.{table}" for table in TABLES),
    *(f"TRUNCATE directives.{table}" for table in TABLES),
    "TRUNCATE directives.registers, directives.events",
    "SET session_replication_role = replica; DELETE FROM directives.events",
]


class TestPostgresql(StoreContract):
    @pytest.fixture
    def url(self, register_url: str) -> str:
        PostgresqlStore.create(register_url, lambda _: None)
        return register_url

    @pytest.fixture
    def store(self, url: str) -> Iterator[Store]:
        self.register_url = url
        with closing(PostgresqlStore(url, wait_seconds=1)) as store:
            yield store

    def opener(self, store: Store) -> Callable[[], Store]:
        return partial(open_store, self.register_url)

    def attempts(self, store: Store) -> Iterable[Callable[[], object]]:
        return [partial(_change, self.register_url, sql) for sql in CHANGES]


def _change(url: str, sql: str) -> None:
    with closing(connection_to(url)) as connection:
        connection.execute(sql.encode())
