"""What we are measured against: plain SQLite, and event sourcing packages as their documentation uses them."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from directives_adapters.sqlite.schema import PAGE_BYTES, SHARES, STATEMENTS

__all__ = ["Duty", "application", "eventsource_py", "peer_application", "raw_table", "same_rows"]

_TEXT = "x" * 400
_DATA = b'{"text": "' + _TEXT.encode() + b'"}'


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


def same_rows(path: Path, register: Path) -> Callable[[int], None]:
    """The limit for what we keep: the rows of the last directive of a register, once more for each one, in SQL alone.

    They lie in the tables and indexes of a register: an event, the two rows that are current, and the command. There
    are no triggers, nothing is asked for, and nothing is computed but the numbers.
    """
    with closing(sqlite3.connect(register)) as kept:
        ((_, stream, *event),) = kept.execute("select * from events order by position desc limit 1").fetchall()
        number = int(stream.partition(":")[2])
        rows = [row[3:] for row in kept.execute("select * from current where directive = ? order by id", (number,))]
        ((_, *command),) = kept.execute(
            "select * from commands where last_position = (select max(position) from events)"
        ).fetchall()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"pragma page_size = {PAGE_BYTES}")
    for statement in STATEMENTS:
        if not statement.startswith("CREATE TRIGGER"):
            connection.execute(statement)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    last = 0

    def write(count: int) -> None:
        nonlocal last
        new, batch = range(last + 1, last + count + 1), uuid4().hex
        last += count
        connection.execute("begin immediate")
        connection.executemany(
            "insert into events values (?, ?, ?, ?, ?, ?, ?)", [(n, f"directive:{n}", *event) for n in new]
        )
        connection.executemany(
            "insert into current values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(n * SHARES + share, n, share, day, n, *row) for n in new for share, (day, _, *row) in enumerate(rows)],
        )
        connection.executemany("insert into commands values (?, ?, ?, ?, ?)", [(f"{batch}#{n}", *command) for n in new])
        connection.execute("commit")

    return write


class Duty(Aggregate):
    """An aggregate whose events are as large as ours."""

    @event("Assigned")
    def __init__(self, text: str) -> None:
        self.text = text
        self.reports = 0

    @event("Reported")
    def report(self, text: str) -> None:
        self.text = text
        self.reports += 1


def application(**settings: str) -> Application[Any]:
    """The package `eventsourcing` with its default mapper, and a store of its own."""
    return Application(env={**os.environ, **settings})


def peer_application(path: Path) -> Callable[[int], None]:
    """`eventsourcing` on its own SQLite recorder, which leaves SQLite's default: FULL."""
    app = application(PERSISTENCE_MODULE="eventsourcing.sqlite", SQLITE_DBNAME=str(path))

    def write(count: int) -> None:
        app.save(*[Duty(_TEXT) for _ in range(count)])

    return write


@contextmanager
def eventsource_py(path: Path) -> Iterator[Callable[[int], None]]:
    """`eventsource-py` on its SQLite store: one stream for each commit, as its append takes one stream."""
    from eventsource import DomainEvent, ExpectedVersion, SQLiteEventStore, StreamId, register_event

    @register_event
    class DutyAssigned(DomainEvent):
        event_type: str = "DutyAssigned"
        aggregate_type: str = "Duty"
        text: str

    loop = asyncio.new_event_loop()
    store = SQLiteEventStore(str(path))

    def write(count: int) -> None:
        duty = uuid4()
        events = [DutyAssigned(aggregate_id=duty, text=_TEXT, aggregate_version=n + 1) for n in range(count)]
        loop.run_until_complete(store.append(StreamId(duty, "Duty"), events, ExpectedVersion.no_stream()))

    try:
        yield write
    finally:
        loop.run_until_complete(store.close())
        loop.close()
