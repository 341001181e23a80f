"""The register that the tests of exports write out."""

import pytest

from directives_core import Register
from directives_core.testing import Clock
from tests.exports.given import fill


@pytest.fixture
def filled(register: Register, clock: Clock) -> Register:
    """A small register in which much happened, on 5 October 2021."""
    fill(register, clock)
    return register
