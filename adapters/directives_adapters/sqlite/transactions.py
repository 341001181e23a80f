"""Writing one register in SQL, under SQLite's writer lock."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from directives_adapters.sqlite import schema
from directives_adapters.sqlite.reading import CHECKPOINT, RECORD, ROW, SqliteRead
from directives_adapters.sqlite.schema import SHARES
from directives_adapters.sqlite.translation import translate
from directives_core.errors import CommandReused, DamagedStore, NameTaken
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Record, Row, StoredCommand

__all__ = ["SqliteWrite"]

_ADD_CURRENT = f"""INSERT INTO current(id, {ROW}) VALUES (?1 * {SHARES} + ?2, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT(id) DO UPDATE SET effective_from = excluded.effective_from, position = excluded.position,
        unit = excluded.unit, status = excluded.status, due_on = excluded.due_on, state = excluded.state
    WHERE (excluded.effective_from, excluded.position) > (current.effective_from, current.position)"""  # noqa: S608


class SqliteWrite(SqliteRead):
    """The register under SQLite's writer lock."""

    destroyed_keys = False

    def begin(self) -> None:
        """Take the writer lock at once: a transaction that begins by reading is refused when it then wants to write."""
        self._begin("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep everything."""
        self._finish("COMMIT")

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        if not records:
            return
        versions = self.versions(list({record.stream for record in records}), to_position=self._head.position)
        position, recorded_at = self._head.position, self._head.recorded_at
        for record in records:
            version = versions.get(record.stream, 0)
            if record.position != position + 1:
                raise DamagedStore(
                    self._where,
                    why=Phrase(
                        "event {position} would follow event {last}",
                        position=record.position,
                        last=position,
                    ),
                )
            if record.version != version + 1:
                why = Phrase(
                    "version {version} of {stream} would follow version {last}",
                    version=record.version,
                    stream=record.stream,
                    last=version,
                )
                raise DamagedStore(self._where, why=why)
            if record.recorded_at < recorded_at:
                raise DamagedStore(
                    self._where,
                    why=Phrase("event {position} would be older than the one before it", position=record.position),
                )
            position, recorded_at = record.position, record.recorded_at
            versions[record.stream] = record.version
        self._many(
            f"INSERT INTO events({RECORD}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            records,
        )
        self._head = replace(self._head, position=position, recorded_at=recorded_at)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        values = list(rows)
        self._many(f"INSERT INTO timeline({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
        self._many(_ADD_CURRENT, values)
        if values:
            last = max(row.effective_from for row in values)
            self._run("UPDATE register SET last_day = ? WHERE last_day < ?", (last, last))

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        if self.command(command.command_id) is not None:
            raise CommandReused(command.command_id)
        self._run(
            "INSERT INTO commands(command_id, request_sha256, first_position, last_position, result) "
            "VALUES (?, ?, ?, ?, ?)",
            (command.command_id, command.request_sha256, command.first_position, command.last_position,
             command.result),
        )  # fmt: skip

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._run("UPDATE register SET directive = ? WHERE one = 1", (directive,))
        self._head = replace(self._head, directive=directive)

    def set_rules(self, rules: int) -> None:
        """See the port."""
        self._run("UPDATE register SET rules = ? WHERE one = 1", (rules,))
        self._head = replace(self._head, rules=rules)

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        sql = """INSERT INTO keys(subject, alive, key) VALUES (?, 1, ?)
            ON CONFLICT(subject) DO UPDATE SET alive = 1, key = excluded.key WHERE NOT alive RETURNING id"""
        if not self._run(sql, (subject, key)):
            raise NameTaken(Phrase("key"), subject)

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        self._run(f"INSERT INTO checkpoints({CHECKPOINT}) VALUES (?, ?, ?, ?, ?, ?)", checkpoint)  # noqa: S608

    def destroy_key(self, subject: str) -> None:
        """See the port."""
        sql = "UPDATE keys SET alive = 0, key = zeroblob(length(key)) WHERE subject = ? AND alive RETURNING id"
        if self._run(sql, (subject,)):
            self._run("UPDATE register SET unpurged = unpurged + 1 WHERE one = 1")
            self.destroyed_keys = True

    def empty_timeline(self) -> None:
        """Take every row of the timeline away, to be written anew in this transaction; the tables are made again."""
        for statement in schema.TIMELINE_ANEW:
            self._run(statement)

    def _many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        connection = self._live()
        try:
            connection.executemany(sql, values)
        except sqlite3.Error as error:
            self._failed()
            raise translate(error, self._where, self._wait_seconds) from error

    def _failed(self) -> None:
        # Half of a batch may be in place: nothing of it may be kept, even if the caller takes the error and goes on.
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
