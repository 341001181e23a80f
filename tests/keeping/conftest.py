"""Registers to be kept and carried, in SQLite and in PostgreSQL."""

from pathlib import Path

import pytest

from directives_core import Actor
from tests.stores.conftest import database, register_url, server

__all__ = ["CHAIR", "OFFICE", "database", "place", "register_url", "server"]

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=frozenset({"office"}))
CHAIR = Actor(id="dung", name="Trịnh Văn Dũng", unit="UBND huyện", roles=frozenset({"chair"}))


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a register that is not there yet, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    return str(request.getfixturevalue("register_url"))
