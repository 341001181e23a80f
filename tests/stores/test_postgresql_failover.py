"""The leader of a replicated server is killed while four processes write: what was acknowledged is there, once."""

import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from time import monotonic, sleep
from uuid import uuid4

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.moving import check_register
from directives_core import Actor
from directives_core.errors import Conflict
from tests.stores.patroni_cluster import Cluster, programs, running_cluster
from tests.stores.postgresql_server import with_register

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(programs() is None, reason="there is no Patroni, etcd or PostgreSQL"),
]
OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
UNIT = "UBND xã Cán Khê"
WRITERS, PATIENCE_SECONDS = 4, 90.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


def test_a_leader_that_dies_takes_nothing_that_was_acknowledged_along(cluster: Cluster) -> None:
    url = with_register(cluster.database, f"r-{uuid4().hex}")
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit(UNIT, by=OFFICE)

    with writing(url) as writers:
        for writer in writers:
            writer.begun()
        leader = cluster.wait(standbys=1)
        cluster.kill(leader)
        successor = cluster.wait(standbys=1)
        sleep(3)
        cluster.start(leader)
        cluster.wait(standbys=2)
        sleep(2)
    acknowledged = [each for writer in writers for each in writer.acknowledged]

    assert successor != leader
    assert all(writer.stall_seconds > 0 for writer in writers)
    with open_register(url) as register:
        kept = {directive.text: directive.number for directive in register.as_of().directives()}
    assert len({number for _, number in acknowledged}) == len(acknowledged)
    assert {text: kept.get(text) for text, _ in acknowledged} == dict(acknowledged)
    assert check_register(url).ok
    longest = max(writer.stall_seconds for writer in writers)
    print(f"\n{len(acknowledged)} assignments acknowledged, the longest wait for one {longest:.1f} s")  # noqa: T201


class writing:  # noqa: N801 - reads as the statement that it is used in
    """Four processes that write until the end of `with`, each command sent under one id until it is acknowledged."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.writers: list[Writer] = []

    def __enter__(self) -> "list[Writer]":
        self.writers = [Writer(self.url, f"writer-{n}") for n in range(WRITERS)]
        return self.writers

    def __exit__(self, *_: object) -> None:
        for writer in self.writers:
            writer.finish()


class Writer:
    """A process of its own; after `finish`, what was acknowledged to it and the longest that it waited for one."""

    def __init__(self, url: str, name: str) -> None:
        spawned = multiprocessing.get_context("spawn")
        self.ours, theirs = spawned.Pipe()
        self.process: SpawnProcess = spawned.Process(target=_write, args=(url, name, theirs))
        self.process.start()
        self.acknowledged: list[tuple[str, int]] = []
        self.stall_seconds = 0.0

    def begun(self) -> None:
        """Wait until something was acknowledged to it."""
        assert self.ours.poll(PATIENCE_SECONDS)
        assert self.ours.recv() == "begun"

    def finish(self) -> None:
        with closing(self.ours):
            self.ours.send("stop")
            assert self.ours.poll(PATIENCE_SECONDS)
            self.acknowledged, self.stall_seconds = self.ours.recv()
        self.process.join(PATIENCE_SECONDS)
        assert self.process.exitcode == 0


def _write(url: str, name: str, pipe: Connection) -> None:
    acknowledged, stall = [], 0.0
    with open_register(url) as register:
        turn = 0
        while not pipe.poll():
            text, began = f"{name} turn {turn}", monotonic()
            while True:
                try:
                    number = register.assign(text, to=[UNIT], due=date(2100, 1, 1), by=OFFICE, command_id=text)
                    break
                except Conflict:
                    sleep(0.1)
            acknowledged.append((text, int(number)))
            if not turn:
                pipe.send("begun")
            stall = max(stall, monotonic() - began)
            turn += 1
    pipe.send((acknowledged, stall))
