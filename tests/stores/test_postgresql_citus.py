"""The same tables, spread over a Citus cluster by register, pass the same contract."""

import os
from collections.abc import Callable, Iterable
from uuid import uuid4

import pytest

from directives_adapters.postgresql import distribute
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core.store import Store
from tests.stores import test_postgresql_contract
from tests.stores.postgresql_server import with_register

CLUSTER = os.environ.get("DIRECTIVES_TEST_CITUS", "")
if not CLUSTER:
    pytest.skip("DIRECTIVES_TEST_CITUS names no database of a Citus cluster", allow_module_level=True)


@pytest.fixture(scope="module")
def database() -> str:
    url = with_register(CLUSTER, f"r-{uuid4().hex}")
    PostgresqlStore.create(url, lambda _: None)
    distribute(url)
    distribute(url)
    return CLUSTER


class TestCitus(test_postgresql_contract.TestPostgresql):
    def attempts(self, store: Store) -> Iterable[Callable[[], object]]:
        return ()  # there are no triggers: whoever is superuser may change everything
