"""Four processes write into one register while two are killed and begun again, and its server is restarted.

Every command that was acknowledged is there once, none is lost, and the timeline is the replay. The longest time that
anybody waited for an acknowledgement is recorded with the test.
"""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.moving import check_register
from tests.processes.test_many_writers import assert_whole
from tests.processes.writer import OFFICE
from tests.stores.postgresql_server import Server, with_register

SCRIPT = Path(__file__).with_name("patient_writer.py")
WRITERS = 4
PATIENCE_SECONDS = 120.0


class Writer:
    """A writing process that may be killed, and goes on in another process behind what it was told."""

    def __init__(self, url: str, name: str, count: int) -> None:
        self.url, self.name, self.count = url, name, count
        self.told: dict[int, int] = {}
        self.longest_seconds = 0.0
        self.begin()

    def begin(self) -> None:
        first = len(self.told)
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), self.url, self.name, str(first), str(self.count)], stdout=subprocess.PIPE,
            text=True, env=environment,
        )  # fmt: skip
        self.listener = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self.listener.start()

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            words = line.split()
            if line.endswith("\n") and len(words) == 3:  # a killed writer leaves half a line
                assert int(words[0]) == len(self.told)
                self.told[int(words[0])] = int(words[1])
                self.longest_seconds = max(self.longest_seconds, float(words[2]))

    def kill_and_begin_again(self) -> None:
        self.end()
        self.begin()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.listener.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def storm(url: str, count: int, restart: Callable[[], object] | None = None) -> float:
    """The storm; gives the longest wait in seconds."""
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("Đơn vị", by=OFFICE)
    writers = [Writer(url, f"w{n}", count) for n in range(WRITERS)]
    spared = list(writers)

    def kill_the_slowest() -> None:
        """Whoever has most left to do is killed in the middle of it; another one the next time."""
        victim = min(spared, key=lambda writer: len(writer.told))
        spared.remove(victim)
        victim.kill_and_begin_again()

    todo: list[tuple[float, Callable[[], object]]] = [(0.2, kill_the_slowest), (0.6, kill_the_slowest)]
    if restart is not None:
        todo.insert(1, (0.4, restart))
    until = monotonic() + PATIENCE_SECONDS * (1 + count // 200)
    try:
        while any(len(writer.told) < count for writer in writers):
            assert monotonic() < until, [len(writer.told) for writer in writers]
            assert all(writer.process.poll() in (None, 0) for writer in writers), "a writer failed"
            if todo and sum(len(writer.told) for writer in writers) >= todo[0][0] * WRITERS * count:
                todo.pop(0)[1]()
            sleep(0.01)
    finally:
        for writer in writers:
            writer.end()
    assert not todo
    with open_register(url) as register:
        assert_whole(register)
        kept = Counter(event.envelope.command_id for event in register.events(after=4))
        numbers = {event.envelope.command_id: int(event.stream.partition(":")[2]) for event in register.events(after=4)}
    acknowledged = {f"{w.name}-{turn}": number for w in writers for turn, number in w.told.items()}
    assert kept == Counter(f"w{w}-{turn}" for w in range(WRITERS) for turn in range(count))
    assert numbers == acknowledged
    assert check_register(url).ok
    return max(writer.longest_seconds for writer in writers)


def told(request: pytest.FixtureRequest, longest_seconds: float) -> None:
    """Keep the figure with the test; `pytest -rP` shows it."""
    request.node.user_properties.append(("longest_stall_seconds", longest_seconds))
    sys.stdout.write(f"{request.node.name}: the longest stall was {longest_seconds:.2f} s\n")


@pytest.fixture
def postgresql(server: Server) -> tuple[str, Callable[[], object]]:
    """A register on a server, and what restarts the server as a power failure would."""
    url = with_register(f"{server.address}/postgres", f"r-{uuid4().hex}")
    return url, lambda: (server.stop(signal.SIGQUIT), server.start())


def test_a_storm_over_sqlite(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    told(request, storm(f"sqlite:///{tmp_path}/office.db", 40))


def test_a_storm_over_postgresql(postgresql: tuple[str, Callable[[], object]], request: pytest.FixtureRequest) -> None:
    told(request, storm(postgresql[0], 40, postgresql[1]))


@pytest.mark.campaign
def test_a_storm_of_two_thousand_events_of_each_writer_over_sqlite(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    told(request, storm(f"sqlite:///{tmp_path}/office.db", 2_000))


@pytest.mark.campaign
def test_a_storm_of_two_thousand_events_of_each_writer_over_postgresql(
    postgresql: tuple[str, Callable[[], object]], request: pytest.FixtureRequest
) -> None:
    told(request, storm(postgresql[0], 2_000, postgresql[1]))
