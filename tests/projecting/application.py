"""An application with tables of its own; as a process: `python application.py REGISTER DATABASE EVENTS`."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from directives_adapters import open_register
from directives_adapters.bookmarks import SqlBookmark
from directives_core import Event, Register
from directives_core.projecting import Projector

BOOKMARK = SqlBookmark()


def database(path: Path) -> sqlite3.Connection:
    """The application's database: a count by type, and every application of every event, doubles and all."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("CREATE TABLE IF NOT EXISTS counts(type TEXT PRIMARY KEY, number INTEGER NOT NULL)")
    connection.execute("CREATE TABLE IF NOT EXISTS applied(position INTEGER NOT NULL)")
    BOOKMARK.create(connection)
    return connection


def beginning(connection: sqlite3.Connection) -> Callable[[], AbstractContextManager[sqlite3.Connection]]:
    """What begins a transaction on the connection."""

    @contextmanager
    def begin() -> Iterator[sqlite3.Connection]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    return begin


def count(work: sqlite3.Connection, event: Event) -> None:
    work.execute("INSERT INTO applied VALUES (?)", (event.position,))
    work.execute(
        "INSERT INTO counts VALUES (?, 1) ON CONFLICT(type) DO UPDATE SET number = number + 1",
        (event.type,),
    )


def counting(register: Register, connection: sqlite3.Connection, *, at_once: int = 7) -> Projector[sqlite3.Connection]:
    return Projector(register, "counts", begin=beginning(connection), apply=count, bookmark=BOOKMARK, at_once=at_once)


def applied(connection: sqlite3.Connection) -> list[int]:
    return [position for (position,) in connection.execute("SELECT position FROM applied ORDER BY rowid")]


def main(register_url: str, path: str, last: str) -> None:
    """Follow until so many events took effect, saying after each transaction how many."""

    def begin() -> AbstractContextManager[sqlite3.Connection]:
        sys.stdout.write(f"{len(applied(connection))}\n")
        sys.stdout.flush()
        return beginning(connection)()

    with open_register(register_url) as register, closing(database(Path(path))) as connection:
        projector = Projector(register, "counts", begin=begin, apply=count, bookmark=BOOKMARK, at_once=5)
        while projector.catch_up() < int(last):
            projector.follow(timeout=0.5)


if __name__ == "__main__":
    main(*sys.argv[1:])
