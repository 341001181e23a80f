"""The limits that nothing of this kind can pass: SQLite alone, with less and less of what we keep left out."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from directives_adapters.sqlite.schema import PAGE_BYTES, SHARES, STATEMENTS
from directives_core.codec import codec
from directives_core.directive.events import Assigned, NewShare
from directives_core.event import Envelope, Event
from directives_core.results import Number, Told, dump
from directives_core.timeline import next_rows
from directives_core.values import as_json, checked

__all__ = ["TEXT", "raw_table", "same_made", "same_rows"]

TEXT = "Nộp hồ sơ sáp nhập thôn về Ủy ban nhân dân huyện (qua Phòng Nội vụ)"
_DATA = b'{"text": "' + b"x" * 400 + b'"}'

Write = Callable[[int], None]
Commit = Callable[[Sequence[Any], Sequence[Any], Sequence[Any]], None]


def raw_table(path: Path) -> Write:
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


def same_rows(path: Path, register: Path) -> Write:
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
    commit, last = _tables(path), 0

    def write(count: int) -> None:
        nonlocal last
        new, batch = range(last + 1, last + count + 1), uuid4().hex
        last += count
        commit(
            [(n, f"directive:{n}", *event) for n in new],
            [(n * SHARES + share, n, share, day, n, *row) for n in new for share, (day, _, *row) in enumerate(rows)],
            [(f"{batch}#{n}", *command) for n in new],
        )

    return write


def same_made(path: Path) -> Write:
    """As `same_rows`, with all of them made: the event checked and encoded, folded into its rows, the command's entry.

    Nothing is decided: no names are looked up, nobody is asked who may, no number is given out, no id is looked for.
    """
    commit, last = _tables(path), 0
    at, day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.date(2026, 1, 1)

    def write(count: int) -> None:
        nonlocal last
        batch, records, rows, commands = uuid4().hex, list[Any](), list[Any](), list[Any]()
        for n in range(last + 1, last + count + 1):
            envelope = Envelope(actor="hoa", role="office", command_id=f"{batch}#{n}")
            payload = checked(Assigned(text=TEXT, shares=(NewShare(number=1, unit="u2"),)))
            event = Event(f"directive:{n}", 1, n, at, day, envelope, payload)
            records.append(codec.encode(event))
            rows += [(n * SHARES + row.share, *row) for row in next_rows(n, event, None)[1]]
            asked = as_json({"command": "assign", "arguments": {"text": TEXT, "to": ("xã 1",), "due": None}})
            result = dump(Number(n, Told(envelope.command_id, (n,), 1)))
            commands.append((envelope.command_id, sha256(asked).digest(), n, n, result))
        last += count
        commit(records, rows, commands)

    return write


def _tables(path: Path) -> Commit:
    """What puts rows into the tables of a register, in one commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"pragma page_size = {PAGE_BYTES}")
    for statement in STATEMENTS:
        if not statement.startswith("CREATE TRIGGER"):
            connection.execute(statement)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")

    def commit(events: Sequence[Any], current: Sequence[Any], commands: Sequence[Any]) -> None:
        connection.execute("begin immediate")
        connection.executemany("insert into events values (?, ?, ?, ?, ?, ?, ?)", events)
        connection.executemany("insert into current values (?, ?, ?, ?, ?, ?, ?, ?, ?)", current)
        connection.executemany("insert into commands values (?, ?, ?, ?, ?)", commands)
        connection.execute("commit")

    return commit
