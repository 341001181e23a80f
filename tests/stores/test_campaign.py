"""The same promises for longer: many kills, many processes."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from directives_adapters.sqlite import SqliteStore, open_store
from directives_core.store import Store
from directives_core.testing.process_clauses import ProcessClauses


@pytest.mark.campaign
class TestSqliteForLonger(ProcessClauses):
    processes = 8
    writes = 200
    kills = 60

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        SqliteStore.create(tmp_path / "register.db", lambda _: None)
        with closing(SqliteStore(tmp_path / "register.db")) as store:
            yield store

    def opener(self, store: Store) -> Callable[[], Store]:
        return partial(open_store, f"sqlite:///{store.where}")
