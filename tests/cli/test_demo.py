"""The demonstration: the same every run, quick, and leaving nothing behind."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.cli.desk import Desk


def test_the_demonstration_shows_what_the_meeting_saw_what_is_known_and_why_they_differ(desk: Desk) -> None:
    begun = time.perf_counter()
    told = desk.types("demo").out
    seconds = time.perf_counter() - begun

    seen, known = told.split("The same day, with all that is known by now:")
    assert "D-25  2024-03-29  ✗ overdue" in seen.split("as the meeting saw it when it closed:")[1]
    assert "D-25  2024-03-29  ✗ overdue" not in known
    assert "2024-03-28 D-25: reported (recorded 2024-04-05 09:00, 8 days late)" in known
    assert "D-25/3: status is assigned" in known
    assert "D-25/3: status is awaiting-acceptance" in known
    assert told.count("error:") == 1
    assert seconds < 10  # under 3 on an idle machine


def test_every_run_is_the_same(desk: Desk) -> None:
    assert desk.types("demo").out == desk.types("demo").out


def test_nothing_is_left_behind_and_the_register_of_the_user_is_not_touched(
    assigned: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = (assigned.positions(), dict(os.environ), Path.cwd())

    assigned.types("demo")

    assert not list(scratch.iterdir())
    assert (assigned.positions(), dict(os.environ), Path.cwd()) == before


def test_the_scratch_register_can_be_kept_and_asked_on(desk: Desk) -> None:
    desk.types("demo --keep here")
    desk.now("2024-04-16T08:00+07:00")

    listed = desk.types("list --timeliness overdue --store here/directives.db --json").json

    assert [each["number"] for each in listed["directives"]] == [10, 12, 13, 26, 30]
    assert "exists already" in desk.types("demo --keep here", code=1).err


def test_its_two_answers_are_given_as_json(desk: Desk) -> None:
    answers = desk.types("demo --json").json

    numbers = {name: [each["number"] for each in answer["directives"]] for name, answer in answers.items()}
    assert numbers == {"as_the_meeting_saw_it": [10, 12, 25], "as_it_is_known_now": [10, 12]}
