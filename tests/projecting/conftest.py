"""Registers of every kind to be followed."""

from pathlib import Path

import pytest

from directives_adapters import create_register
from directives_core import Actor, Register
from tests.stores.conftest import database, register_url, server

__all__ = ["OFFICE", "any_url", "database", "followed", "register_url", "server"]

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=frozenset({"office"}))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a register that is not there yet, once of each kind."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("register_url"))
    return "memory:" if request.param == "memory" else f"sqlite:///{tmp_path}/office.db"


@pytest.fixture
def followed(any_url: str):
    """A register with one unit and four events."""
    with create_register(any_url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("xã A", by=OFFICE)
        yield register


def assign(register: Register, count: int, text: str = "Việc") -> None:
    for n in range(count):
        register.assign(f"{text} {n}", to="xã A", due="2030-10-02", by=OFFICE)
