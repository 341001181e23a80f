"""The register against the naive model, over random work of an office: `machine` says what is tried and what holds."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.register.machine import RegisterMachine

QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class OnTime(RegisterMachine):
    late = False


class OnDisk(RegisterMachine):
    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'office.db'}"
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        self.folder.cleanup()


class TestLatePapers(RegisterMachine.TestCase):
    settings = settings(max_examples=40, stateful_step_count=30, **QUIET)


class TestOnTime(OnTime.TestCase):
    settings = settings(max_examples=25, stateful_step_count=30, **QUIET)


class TestOnDisk(OnDisk.TestCase):
    settings = settings(max_examples=4, stateful_step_count=20, **QUIET)


@pytest.mark.campaign
class TestCampaign(RegisterMachine.TestCase):
    settings = settings(max_examples=1500, stateful_step_count=60, **QUIET)
