"""`log --follow`: a process of its own says what others record, as soon as they have, until it is interrupted."""

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from directives_core import Register
from directives_core.views.logged import stored_types_of
from tests.cli.desk import Desk
from tests.projecting.conftest import OFFICE, any_url, assign, database, followed, register_url, server

__all__ = ["any_url", "database", "followed", "register_url", "server"]

BEGUN = 4  # the register, its office, who began it, a unit
PATIENCE_SECONDS = 60.0


@contextmanager
def following(url: str, *options: str, out: int = subprocess.PIPE) -> Iterator[subprocess.Popen[str]]:
    """`directives log --follow` in a process of its own, ended at the end of `with`."""
    command = [sys.executable, "-m", "directives_cli", "log", "--follow", "--store", url, *options]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PAGER": "less"}
    # Whoever runs the tests in the background may have them ignore interrupts, and children inherit that.
    with subprocess.Popen(
        command, stdout=out, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=_interruptible
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _interruptible() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def lines_of(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


@pytest.mark.parametrize("any_url", ["sqlite", "postgresql"], indirect=True)
def test_what_another_process_records_is_told_at_once_one_object_a_line(any_url: str, followed: Register) -> None:
    with following(any_url, "--json") as process:
        before = [json.loads(line) for line in lines_of(process, BEGUN)]
        assign(followed, 1)
        (assigned,) = lines_of(process, 1)
        followed.note(1, "Đã gọi điện", by=OFFICE)
        (noted,) = lines_of(process, 1)
        process.send_signal(signal.SIGINT)
        left, errors = process.communicate(timeout=PATIENCE_SECONDS)

    assert [event["position"] for event in before] == [1, 2, 3, 4]
    assert json.loads(assigned)["type"] == "directive.assigned"
    assert json.loads(assigned)["stream"] == "directive:1"
    assert json.loads(noted)["payload"]["text"] == "Đã gọi điện"
    assert (left, process.returncode) == ("", 130)
    assert "Traceback" not in errors


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
def test_only_what_fits_is_told_and_the_limit_ends_it(any_url: str, followed: Register) -> None:
    with following(any_url, "--type", "noted", "--limit", "2") as process:
        assign(followed, 1)
        followed.note(1, "Một", by=OFFICE)
        followed.complete(1, reason="đã xong", by=OFFICE)
        followed.note(1, "Hai", by=OFFICE)
        out, errors = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0, errors
    assert out.count("D-1: noted") == 2
    assert "Một" in out
    assert "Hai" in out
    assert "assigned" not in out


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
def test_a_terminal_shows_it_at_once_too_without_a_pager(any_url: str, followed: Register) -> None:
    ours, theirs = pty.openpty()
    with following(any_url, "--type", "assigned", out=theirs):
        os.close(theirs)
        followed.add_unit("UBND xã Bạch Khuê", by=OFFICE)
        followed.assign("Rà soát", to="UBND xã Bạch Khuê", due="2030-10-02", by=OFFICE)
        shown = b""
        while "Bạch Khuê".encode() not in shown:
            shown += os.read(ours, 1024)
    os.close(ours)

    assert b"D-1: assigned" in shown


@pytest.mark.parametrize("any_url", ["sqlite"], indirect=True)
def test_a_reader_that_goes_away_ends_it_without_a_fault(any_url: str, followed: Register) -> None:
    with following(any_url, "--json") as process:
        lines_of(process, BEGUN)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assign(followed, 1)
        process.wait(PATIENCE_SECONDS)

        assert process.returncode == 0
        assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize("option", ["--as-of 2021-09-22", "--known-at now", "--to 2021-09-22"])
def test_what_has_an_end_cannot_be_followed(office: Desk, option: str) -> None:
    answer = office.types(f"log --follow {option}", code=2)

    assert "--follow waits for what is yet to be recorded" in answer.err


@pytest.mark.parametrize(("typed", "near"), [
    ("extend", "'extended'"), ("asigned", "'assigned'"), ("directive.asigned", "'assigned'"),
    ("Extended", "'extended'"),
])  # fmt: skip
def test_a_type_that_no_event_has_is_refused_with_the_nearest(office: Desk, typed: str, near: str) -> None:
    answer = office.types(f"log --type {typed}", code=1)

    assert near in answer.err
    assert office.types(f"log --follow --type {typed}", code=1).err.splitlines()[-1] == answer.err.splitlines()[-1]


def test_a_type_that_is_like_no_other_is_refused_with_all(office: Desk) -> None:
    answer = office.types("log --type zzz --json", code=1)

    assert answer.out == ""
    assert answer.error["type"] == "UnknownEventType"
    assert answer.error["nearest"] == []
    assert {"assigned", "extended", "retracted", "recorded"} <= set(answer.error["known"])


@pytest.mark.parametrize("typed", ["assigned", "directive.assigned", "directive.assigned.v1"])
def test_a_type_is_found_by_each_of_its_names(assigned: Desk, typed: str) -> None:
    found = assigned.types(f"log --type {typed} --json").json["events"]

    assert [event["number"] for event in found] == [1, 2]


def test_a_type_is_found_in_all_its_versions() -> None:
    assert stored_types_of("settings.changed") == ["settings.changed.v1", "settings.changed.v2"]
    assert stored_types_of("changed") == ["actor.changed.v1", "settings.changed.v1", "settings.changed.v2"]
    assert stored_types_of("settings.changed.v1") == ["settings.changed.v1"]
