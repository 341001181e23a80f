"""Sixteen writers at once on a PostgreSQL server that is started for it: one register, and one for each of them."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import uuid4

import psycopg

from directives_adapters import create_register, open_register
from directives_adapters.postgresql import open_store
from directives_core.codec import codec
from directives_core.directive.stream import directive_stream
from tests.benchmarks.limits import TEXT
from tests.benchmarks.measuring import OURS, Line
from tests.benchmarks.peers import Duty, application
from tests.benchmarks.registers import OFFICE
from tests.stores.postgresql_server import running_server, with_register

__all__ = ["postgresql"]

_WRITERS, _WRITES, _ROUNDS = 16, 100, 5
_WARM = 6
_PATIENCE_SECONDS = 120.0

Write = Callable[[], object]


def postgresql() -> Iterator[Line]:
    """Appends of one event each by sixteen processes."""
    with running_server() as server:
        database = f"{server.address}/postgres"
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("create table bare(id bigserial primary key, stream text, data bytea)")
        _peer(server.port, CREATE_TABLE="yes")
        urls = [with_register(database, f"r{number}") for number in range(_WRITERS)]
        alone = [with_register(database, f"alone{number}") for number in range(_WRITERS)]
        for url in (*urls, *alone):
            with create_register(url, title="Sổ", zone="UTC", by=OFFICE) as register:
                register.add_unit("xã 1", by=OFFICE)
                register.assign(TEXT, to="xã 1", due=None, by=OFFICE)
        settings = (server.port,)
        ways: dict[str, list[tuple[Any, ...]]] = {
            "raw insert": [(_bare, database)] * _WRITERS,
            "eventsourcing": [(_peers, *settings)] * _WRITERS,
            "rows in one": [(_rows, alone[0])] * _WRITERS,
            "one": [(_ours, urls[0])] * _WRITERS,
            "rows in each": [(_rows, url) for url in alone],
            "each": [(_ours, url) for url in urls],
        }
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(_ROUNDS):
            for name, writers in ways.items():
                taken[name].append(_together(writers))
        medians = {name: sorted(times)[len(times) // 2] for name, times in taken.items()}
    for name, goal, what in (("one", 1.0, "in one register"), ("each", 0.5, "each in a register of its own")):
        shown = {
            "raw insert": medians["raw insert"], "the same rows, nothing decided": medians[f"rows in {name}"],
            "eventsourcing": medians["eventsourcing"], OURS: medians[name],
        }  # fmt: skip
        yield Line(
            f"Append, PostgreSQL, {_WRITERS} writers {what}", shown, per=_WRITERS * _WRITES, than="eventsourcing",
            at_most=goal,
        )  # fmt: skip


def _together(writers: list[tuple[Any, ...]]) -> float:
    """The seconds from the moment at which all are ready to the end of the last write, without that of the processes.

    Raises:
        RuntimeError: a writer failed, and said why on stderr.
    """
    context = multiprocessing.get_context("spawn")
    ready, done = (context.Barrier(len(writers) + 1) for _ in range(2))
    processes = [context.Process(target=_write, args=(ready, done, make, *given)) for make, *given in writers]
    for process in processes:
        process.start()
    try:
        ready.wait(_PATIENCE_SECONDS)
        begun = time.perf_counter()
        done.wait(_PATIENCE_SECONDS)
        return time.perf_counter() - begun
    except threading.BrokenBarrierError:
        raise RuntimeError("a writer failed") from None
    finally:
        for process in processes:
            process.join()


def _write(ready: Barrier, done: Barrier, make: Callable[..., Write], *given: Any) -> None:
    try:
        write = make(*given)
        for _ in range(_WARM):  # connected, everything imported, and statements prepared
            write()
        ready.wait(_PATIENCE_SECONDS)
        for _ in range(_WRITES):
            write()
        done.wait(_PATIENCE_SECONDS)
    except BaseException as error:
        for barrier in (ready, done):  # nobody waits for who failed
            barrier.abort()
        if not isinstance(error, threading.BrokenBarrierError):
            raise


def _bare(database: str) -> Write:
    connection = psycopg.connect(database, autocommit=True)
    return lambda: connection.execute("insert into bare(stream, data) values ('s', %b)", (b"x" * 400,))


def _peer(port: int, **settings: str) -> Any:
    return application(
        PERSISTENCE_MODULE="eventsourcing.postgres", POSTGRES_DBNAME="postgres", POSTGRES_HOST="127.0.0.1",
        POSTGRES_PORT=str(port), POSTGRES_USER="postgres", POSTGRES_PASSWORD="none",  # noqa: S106 - it asks for none
        **settings,
    )  # fmt: skip


def _peers(port: int) -> Write:
    # It replaces its functions at every start, and the server refuses one of two who do so at once.
    app = _peer(port, CREATE_TABLE="no")
    return lambda: app.save(Duty("x" * 400))


def _rows(url: str) -> Write:
    """The limit for what we keep: under the register's lock, the rows of its last directive once more."""
    store = open_store(url)
    with store.read() as transaction:
        head = transaction.head()
        (record,) = transaction.records(after=head.position - 1)
        rows = transaction.timeline(head.directive)
        command = transaction.command(codec.decode(record).envelope.command_id)

    def write() -> None:
        with store.write() as transaction:
            head = transaction.head()
            position, number = head.position + 1, head.directive + 1
            at = max(head.recorded_at, record.recorded_at)
            stream = directive_stream(number)
            transaction.append([record._replace(position=position, stream=stream, recorded_at=at)])
            transaction.add_rows([row._replace(directive=number, position=position) for row in rows])
            transaction.set_number(number)
            transaction.add_command(command._replace(
                command_id=uuid4().hex, first_position=position, last_position=position
            ))  # fmt: skip

    return write


def _ours(url: str) -> Write:
    register = open_register(url)
    return lambda: register.assign(TEXT, to="xã 1", due=None, by=OFFICE)
