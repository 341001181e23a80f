"""Sixteen writers at once on a PostgreSQL server that is started for it: one register, and one for each of them."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg

from directives_adapters import create_register, open_register
from tests.benchmarks.append import TEXT
from tests.benchmarks.measuring import OURS, Line
from tests.benchmarks.peers import Duty, application
from tests.benchmarks.registers import OFFICE
from tests.stores.postgresql_server import Server, running_server, with_register

__all__ = ["postgresql"]

_WRITERS, _WRITES, _ROUNDS = 16, 40, 3

Write = Callable[[], object]


def postgresql() -> Iterator[Line]:
    """Appends of one event each by sixteen processes."""
    with running_server() as server:
        database = f"{server.address}/postgres"
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("create table bare(id bigserial primary key, stream text, data bytea)")
        _peer(server).repository  # noqa: B018 - makes its tables
        urls = [with_register(database, f"r{number}") for number in range(_WRITERS)]
        for url in urls:
            with create_register(url, title="Sổ", zone="UTC", by=OFFICE) as register:
                register.add_unit("xã 1", by=OFFICE)
        settings = (server.port,)
        ways: dict[str, list[tuple[Any, ...]]] = {
            "raw insert": [(_bare, database)] * _WRITERS,
            "eventsourcing": [(_peers, *settings)] * _WRITERS,
            "one": [(_ours, urls[0])] * _WRITERS,
            "each": [(_ours, url) for url in urls],
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(_ROUNDS):
            for name, writers in ways.items():
                taken[name].append(_together(writers))
        medians = {name: sorted(times)[len(times) // 2] for name, times in taken.items()}
    for name, goal, what in (("one", 1.0, "in one register"), ("each", 0.5, "each in a register of its own")):
        shown = {"raw insert": medians["raw insert"], "eventsourcing": medians["eventsourcing"], OURS: medians[name]}
        yield Line(
            f"Append, PostgreSQL, {_WRITERS} writers {what}", shown, per=_WRITERS * _WRITES, than="eventsourcing",
            at_most=goal,
        )  # fmt: skip


def _together(writers: list[tuple[Any, ...]]) -> float:
    """The seconds from the moment at which all are ready to the end of the last one."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(len(writers) + 1)
    processes = [context.Process(target=_write, args=(ready, make, *given)) for make, *given in writers]
    for process in processes:
        process.start()
    ready.wait(120)
    begun = time.perf_counter()
    for process in processes:
        process.join()
    taken = time.perf_counter() - begun
    failed = [process.exitcode for process in processes if process.exitcode]
    if failed:
        raise RuntimeError(f"{len(failed)} writers failed")
    return taken


def _write(ready: Barrier, make: Callable[..., Write], *given: Any) -> None:
    write = make(*given)
    write()  # connected, and everything imported
    ready.wait(120)
    for _ in range(_WRITES):
        write()


def _bare(database: str) -> Write:
    connection = psycopg.connect(database, autocommit=True)
    return lambda: connection.execute("insert into bare(stream, data) values ('s', %b)", (b"x" * 400,))


def _peer(server: Server | int) -> Any:
    port = server if isinstance(server, int) else server.port
    return application(
        PERSISTENCE_MODULE="eventsourcing.postgres", POSTGRES_DBNAME="postgres", POSTGRES_HOST="127.0.0.1",
        POSTGRES_PORT=str(port), POSTGRES_USER="postgres", POSTGRES_PASSWORD="none",  # noqa: S106 - it asks for none
    )  # fmt: skip


def _peers(port: int) -> Write:
    app = _peer(port)
    return lambda: app.save(Duty("x" * 400))


def _ours(url: str) -> Write:
    register = open_register(url)
    return lambda: register.assign(TEXT, to="xã 1", due=None, by=OFFICE)
