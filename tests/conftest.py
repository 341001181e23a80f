"""What every test of the register begins with: a clock that stands still, and registers in memory and in SQLite."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from directives_adapters import create_register
from directives_core import Register
from directives_core.testing import Clock
from tests.register.given import CAN_KHE, HUYEN, NOI_VU, OFFICE, START

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("campaign", settings.get_profile("default"), max_examples=5000)
settings.load_profile("campaign" if os.environ.get("DIRECTIVES_CAMPAIGN") else "default")


def new_register(url: str, clock: Clock, *, zone: str = "Asia/Ho_Chi_Minh") -> Register:
    """A register that knows the units of the tests."""
    register = create_register(url, title="Sổ theo dõi", zone=zone, calendar="VN", by=OFFICE, clock=clock)
    for unit in (HUYEN, CAN_KHE, NOI_VU):
        register.add_unit(unit, by=OFFICE)
    return register


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def register(clock: Clock) -> Iterator[Register]:
    with new_register("memory:", clock) as register:
        yield register


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def sqlite_register(url: str, clock: Clock) -> Iterator[Register]:
    with new_register(url, clock) as register:
        yield register


@pytest.fixture(params=["memory", "sqlite"])
def any_register(request: pytest.FixtureRequest) -> Register:
    """The register of the test, once in memory and once in SQLite."""
    return request.getfixturevalue("register" if request.param == "memory" else "sqlite_register")
