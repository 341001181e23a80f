"""A register in PostgreSQL against the naive model, over random work of an office."""

from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.register.machine import RegisterMachine
from tests.stores.postgresql_server import with_register

QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class OnPostgresql(RegisterMachine):
    def __init__(self, database: str) -> None:
        self.url = with_register(database, f"r-{uuid4().hex}")
        super().__init__()


@pytest.mark.parametrize(
    ("examples", "steps"), [(3, 20), pytest.param(150, 40, marks=pytest.mark.campaign)], ids=["few", "many"]
)
def test_the_register_says_what_the_model_says_at_every_moment(database: str, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        partial(OnPostgresql, database), settings=settings(max_examples=examples, stateful_step_count=steps, **QUIET)
    )
