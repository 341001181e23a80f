"""Several processes at one SQLite register: all writes are there, in one order, each once, though some are killed."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from directives_adapters import create_register, open_register
from directives_core import Register
from directives_core.directive.evolve import replay
from directives_core.timeline import directives_in, to_days
from tests.processes.writer import OFFICE

WRITER = Path(__file__).with_name("writer.py")
LAST_DAY = date(9999, 1, 1)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/office.db"
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("Đơn vị", by=OFFICE)
    return url


def start(url: str, name: str, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), url, name, str(first), str(count)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def assert_whole(register: Register) -> None:
    """Positions without gaps, `recorded_at` never back, numbers unique, timeline = replay."""
    events = list(register.events())
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    assert [event.recorded_at for event in events] == sorted(event.recorded_at for event in events)
    streams: dict[str, list] = {}
    for event in events:
        streams.setdefault(event.stream, []).append(event)
    for stream in streams.values():
        assert [event.version for event in stream] == list(range(1, len(stream) + 1))
    with register._store.read() as transaction:
        rows = list(transaction.rows_at(effective_to=to_days(LAST_DAY), to_position=len(events)))
    standing = dict(directives_in(rows))
    replayed = {int(name.partition(":")[2]): replay(s) for name, s in streams.items() if name.startswith("directive:")}
    assert standing == replayed


def test_eight_processes_write_1600_assignments_without_a_gap_or_a_conflict(url: str) -> None:
    writers = [start(url, f"w{n}", 0, 200) for n in range(8)]
    said = [writer.communicate(timeout=240)[0] for writer in writers]

    numbers = [int(line.split()[1]) for lines in said for line in lines.splitlines()]

    assert [writer.returncode for writer in writers] == [0] * 8
    assert sorted(numbers) == list(range(1, 1601))
    with open_register(url) as register:
        assert_whole(register)
        first = register.assign("w0 0", to="Đơn vị", due=date(2100, 1, 1), by=OFFICE, command_id="w0-0")
        assert int(first) == int(said[0].splitlines()[0].split()[1])
        assert len(register.as_of().directives(limit=2000)) == 1600


def kill_while_writing(url: str, *, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged: dict[str, int] = {}
    for round_ in range(rounds):
        name = f"k{round_}"
        writer = start(url, name, 0, 1000)
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 40)):
            turn, number = writer.stdout.readline().split()
            acknowledged[f"{name}-{turn}"] = int(number)
        time.sleep(chance.random() * 0.01)
        os.kill(writer.pid, signal.SIGKILL)
        for line in writer.communicate()[0].splitlines():
            if len(words := line.split()) == 2:
                acknowledged[f"{name}-{words[0]}"] = int(words[1])

    with open_register(url) as register:
        assert_whole(register)
        found: dict[str, list[int]] = {}
        for event in register.events(types=["directive.assigned.v1"]):
            found.setdefault(event.envelope.command_id, []).append(int(event.stream.partition(":")[2]))
    assert all(len(numbers) == 1 for numbers in found.values())
    assert {command: found[command][0] for command in acknowledged} == acknowledged


def test_what_was_acknowledged_before_a_kill_is_there_and_nothing_twice(url: str) -> None:
    kill_while_writing(url, rounds=4, seed=1)


@pytest.mark.campaign
def test_forty_kills_in_the_middle_of_a_thousand_writes_lose_nothing(url: str) -> None:
    kill_while_writing(url, rounds=40, seed=2)
