"""A PostgreSQL server that goes away, a line that breaks, writers that are killed: nothing is lost, nothing doubled."""
# ruff: noqa: PT012 - the server goes away inside a transaction

import multiprocessing
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar
from uuid import uuid4

import psycopg
import pytest

from directives_adapters import create_register
from directives_adapters.postgresql import open_store
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core import Actor
from directives_core.errors import Busy, DamagedStore, StoreClosed, Unreachable
from directives_core.testing import Clock
from directives_core.testing.samples import check_whole, everything, write_one
from tests.stores.postgresql_proxy import proxy_to
from tests.stores.postgresql_server import Server, connection_to, with_register

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
UNIT = "UBND xã Cán Khê"
WRITERS = 4
PATIENCE_SECONDS = 60.0

T = TypeVar("T")


@pytest.fixture
def url(server: Server) -> str:
    """A register on the server that may be stopped."""
    url = with_register(f"{server.address}/postgres", f"r-{uuid4().hex}")
    PostgresqlStore.create(url, lambda _: None)
    return url


@pytest.fixture
def store(url: str) -> Iterator[PostgresqlStore]:
    with closing(PostgresqlStore(url, wait_seconds=1)) as store:
        yield store


@contextmanager
def away(server: Server, how: signal.Signals) -> Iterator[None]:
    """The server is gone inside `with`."""
    server.stop(how)
    try:
        yield
    finally:
        server.start()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "as after a power failure"])
def test_a_server_that_goes_away_and_comes_back_costs_errors_and_nothing_else(
    server: Server, store: PostgresqlStore, how: signal.Signals
) -> None:
    write_one(store, "command-0", "stream")

    with away(server, how):
        for _ in range(3):
            with pytest.raises(Unreachable, match="try again") as raised:
                write_one(store, "command-1", "stream")
            assert isinstance(raised.value.__cause__, psycopg.Error)
            assert not raised.value.in_doubt
        with pytest.raises(Unreachable), store.read():
            pass

    write_one(store, "command-1", "stream")
    assert check_whole(store) == ["command-0", "command-1"]


def test_a_restart_between_two_commands_is_not_noticed(server: Server, store: PostgresqlStore) -> None:
    write_one(store, "command-0", "stream")
    with store.read(), store.read():
        pass

    with away(server, signal.SIGINT):
        pass

    write_one(store, "command-1", "stream")
    assert check_whole(store) == ["command-0", "command-1"]


def test_a_transaction_that_the_server_leaves_is_gone(server: Server, store: PostgresqlStore) -> None:
    with pytest.raises((Unreachable, StoreClosed)), store.write() as transaction:
        everything(transaction)
        with away(server, signal.SIGINT):
            pass

    with pytest.raises(Unreachable), store.read() as transaction:
        with away(server, signal.SIGINT):
            pass
        transaction.stream("stream-a")
    with store.read() as transaction:
        assert transaction.head().position == 0


def test_a_commit_whose_answer_is_lost_is_in_doubt_and_kept_once_when_sent_again(server: Server) -> None:
    clock = Clock("2021-09-22T08:00+07:00")
    register_name = f"r-{uuid4().hex}"
    with proxy_to(server.port) as proxy:
        url = with_register(f"postgresql://postgres@127.0.0.1:{proxy.port}/postgres", register_name)
        with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE, clock=clock) as register:
            register.add_unit(UNIT, by=OFFICE)
            given = {"to": [UNIT], "due": "2021-10-02", "by": OFFICE, "command_id": "once"}

            proxy.drop = lambda data: b"COMMIT\0" in data
            with pytest.raises(Unreachable, match="send it again under the same id") as raised:
                register.assign("Nộp hồ sơ", **given)
            assert raised.value.in_doubt
            assert proxy.dropped == 1
            again = register.assign("Nộp hồ sơ", **given)

            assert [each.number for each in register.as_of()] == [int(again)]
    direct = with_register(f"{server.address}/postgres", register_name)
    with closing(open_store(direct)) as store, store.read() as transaction:
        assert [record.version for record in transaction.stream("directive:1")] == [1]
        assert transaction.command("once") is not None


def test_a_line_that_breaks_before_the_commit_is_not_in_doubt(server: Server, url: str) -> None:
    with proxy_to(server.port) as proxy, closing(open_store(url.replace(str(server.port), str(proxy.port)))) as store:
        proxy.drop = lambda data: b"INSERT INTO" in data

        with pytest.raises(Unreachable) as raised, store.write() as transaction:
            everything(transaction)
            transaction.timeline(1)  # what was added is sent before anything is asked
        assert not raised.value.in_doubt
        assert proxy.dropped == 1

        write_one(store, "command-0", "stream")
        assert check_whole(store) == ["command-0"]


def test_a_write_that_the_server_refuses_is_not_kept_though_its_commit_was_sent_with_it(url: str) -> None:
    with closing(open_store(url)) as store, closing(connection_to(url)) as other:
        write_one(store, "command-0", "stream")
        kept_by_another = "INSERT INTO directives.events VALUES (%s, 2, 'other', 1, 0, 0, 'other.v1', '')"
        other.execute(kept_by_another, (url.rpartition("=")[2],))

        with pytest.raises(DamagedStore):
            write_one(store, "command-1", "stream")

        with store.read() as transaction:
            assert transaction.head().position == 1
            assert transaction.command("command-1") is None


def test_the_lock_of_another_program_is_waited_for_and_then_named(url: str, store: PostgresqlStore) -> None:
    with closing(connection_to(url)) as other:
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM directives.registers FOR UPDATE")
        began = monotonic()
        with pytest.raises(Busy) as raised, store.write():
            pass
        waited = monotonic() - began
        with store.read() as transaction:
            assert transaction.head().position == 0
        other.execute("ROLLBACK")

    assert 0.9 < waited < 5
    assert isinstance(raised.value.__cause__, psycopg.errors.LockNotAvailable)
    write_one(store, "command-0", "stream")


def keep_writing(url: str, name: str, first: int, count: int, told: Connection) -> None:
    """In a process of its own: write each command until it is acknowledged, then tell its number and the wait."""
    with closing(_until_reached(lambda: PostgresqlStore(url))) as store:
        for n in range(first, count):
            began = monotonic()
            _until_reached(partial(write_one, store, f"{name}-{n}", name))
            told.send((n, monotonic() - began))


def _until_reached(work: Callable[[], T]) -> T:
    until = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return work()
        except Unreachable:
            if monotonic() > until:
                raise
            sleep(0.02)


class Writer:
    """A process that writes, may be killed, and goes on in another process where it was."""

    def __init__(self, url: str, name: str, count: int) -> None:
        self.url, self.name, self.count = url, name, count
        self.told = 0
        self.longest = 0.0
        self.begin()

    def begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.here, there = context.Pipe()
        given = (self.url, self.name, self.told, self.count, there)
        self.process: SpawnProcess = context.Process(target=keep_writing, args=given, daemon=True)
        self.process.start()
        there.close()

    def listen(self) -> None:
        with suppress(EOFError, OSError):
            while self.here.poll():
                n, waited = self.here.recv()
                assert n == self.told
                self.told, self.longest = n + 1, max(self.longest, waited)

    def kill_and_begin_again(self) -> None:
        self.process.kill()
        self.process.join()
        self.listen()
        self.end()
        self.begin()

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.here.close()


def _storm(server: Server, url: str, count: int) -> float:
    """Writers write; two are killed and begun again, the server is restarted; gives the longest stall in seconds."""
    writers = [Writer(url, f"w{n}", count) for n in range(WRITERS)]
    todo = [
        (0.2, writers[0].kill_and_begin_again),
        (0.4, lambda: (server.stop(signal.SIGQUIT), server.start())),
        (0.6, writers[1].kill_and_begin_again),
    ]
    until = monotonic() + PATIENCE_SECONDS * (1 + count // 100)
    try:
        while any(writer.told < count for writer in writers):
            assert monotonic() < until, [writer.told for writer in writers]
            for writer in writers:
                writer.listen()
                assert writer.process.exitcode in (None, 0), "a writer failed"
            if todo and sum(writer.told for writer in writers) >= todo[0][0] * WRITERS * count:
                todo.pop(0)[1]()
            sleep(0.01)
    finally:
        for writer in writers:
            writer.end()
    assert not todo
    with closing(open_store(url)) as store:
        assert sorted(check_whole(store)) == sorted(f"w{w}-{n}" for w in range(WRITERS) for n in range(count))
    return max(writer.longest for writer in writers)


def test_writers_that_are_killed_and_a_server_that_restarts_lose_and_double_nothing(server: Server, url: str) -> None:
    longest_seconds = _storm(server, url, 120)

    assert longest_seconds < PATIENCE_SECONDS


@pytest.mark.campaign
def test_the_same_with_two_thousand_events_of_each_writer(
    server: Server, url: str, request: pytest.FixtureRequest
) -> None:
    longest_seconds = _storm(server, url, 2_000)

    request.node.user_properties.append(("longest_stall_seconds", longest_seconds))
    assert longest_seconds < PATIENCE_SECONDS


@contextmanager
def pgbouncer(server: Server, folder: Path) -> Iterator[int]:
    """A PgBouncer in transaction mode with two connections to the server; its port on the loopback."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("PgBouncer is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    (folder / "users").write_text('"postgres" ""\n')
    (folder / "pgbouncer.ini").write_text(f"""[databases]
postgres = host=127.0.0.1 port={server.port} dbname=postgres pool_size=2
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {folder / "users"}
pool_mode = transaction
""")
    folder.chmod(0o755)
    process = subprocess.Popen([program, folder / "pgbouncer.ini"], stderr=subprocess.DEVNULL, user=server.user)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def test_a_pooler_that_lends_its_sessions_by_the_transaction_is_not_noticed(server: Server) -> None:
    with tempfile.TemporaryDirectory(prefix="directives-pgbouncer-") as folder, pgbouncer(server, Path(folder)) as port:
        address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        url = with_register(address, f"r-{uuid4().hex}")
        _until_reached(lambda: PostgresqlStore.create(url, lambda _: None))
        stores = [open_store(url) for _ in range(6)]

        for n in range(60):
            write_one(stores[n % 6], f"command-{n}", "stream")
            with stores[(n + 1) % 6].read() as transaction:
                assert transaction.head().position == n + 1
        with stores[0].write() as transaction:
            everything(transaction)
        assert stores[1].where.endswith(url.rpartition("?")[2])
        with stores[1].read() as transaction:
            assert transaction.head().position == 61
        lent = [connection for store in stores for connection in store._connections._idle]
        assert lent
        assert {connection.prepare_threshold for connection in lent} == {None}
        for store in stores:
            store.close()
