"""What we are measured against: plain SQLite, and the event sourcing package as its documentation uses it."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

__all__ = ["peer_application", "raw_table"]

_DATA = b'{"text": "' + b"x" * 400 + b'"}'


def raw_table(path: Path) -> Callable[[int], None]:
    """The limit: bare inserts into one table, so many per commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("create table events (position integer primary key, stream text, version integer, data blob)")

    def write(count: int) -> None:
        connection.execute("begin immediate")
        connection.executemany(
            "insert into events (stream, version, data) values (?, 1, ?)", [(uuid4().hex, _DATA)] * count
        )
        connection.execute("commit")

    return write


class Duty(Aggregate):
    """An aggregate with one event, as large as ours."""

    @event("Assigned")
    def __init__(self, text: str) -> None:
        self.text = text


def peer_application(path: Path) -> Callable[[int], None]:
    """The package with its default mapper and its own SQLite recorder, which leaves SQLite's default: FULL."""
    application: Application = Application(
        env={**os.environ, "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )

    def write(count: int) -> None:
        application.save(*[Duty("x" * 400) for _ in range(count)])

    return write
