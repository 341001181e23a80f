"""Writing one register in SQL, under SQLite's writer lock."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from directives_adapters.sqlite import schema
from directives_adapters.sqlite.reading import CHECKPOINT, RECORD, ROW, SqliteRead
from directives_adapters.sqlite.schema import SHARES
from directives_adapters.sqlite.translation import translate
from directives_core.errors import CommandReused, DamagedStore, DirectivesError, NameTaken
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Record, Row, StoredCommand

__all__ = ["SqliteWrite"]

_ADD_EVENTS = f"INSERT INTO events({RECORD}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - the columns are constants
_ADD_ROWS = f"INSERT INTO timeline({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ADD_COMMAND = """INSERT INTO commands(command_id, request_sha256, first_position, last_position, result)
    VALUES (?, ?, ?, ?, ?)"""
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
        position, recorded_at = self._head.position, self._head.recorded_at
        for record in records:
            if record.position != position + 1:
                why = Phrase("event {position} would follow event {last}", position=record.position, last=position)
                raise DamagedStore(self._where, why=why)
            if record.recorded_at < recorded_at:
                why = Phrase("event {position} would be older than the one before it", position=record.position)
                raise DamagedStore(self._where, why=why)
            position, recorded_at = record.position, record.recorded_at
        self._many(_ADD_EVENTS, records, refusal=self._gap_among)
        self._head = replace(self._head, position=position, recorded_at=recorded_at)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        values = list(rows)
        self._many(_ADD_ROWS, values)
        self._many(_ADD_CURRENT, values)
        last = max((row.effective_from for row in values), default=self._last_day)
        if last > self._last_day:
            self._run("UPDATE register SET last_day = ? WHERE one = 1", (last,))
            self._last_day = last

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        kept = (
            command.command_id, command.request_sha256, command.first_position, command.last_position, command.result,
        )  # fmt: skip
        self._many(_ADD_COMMAND, [kept], refusal=lambda _: CommandReused(command.command_id))

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

    def _many(
        self,
        sql: str,
        values: Sequence[tuple[Any, ...]],
        *,
        refusal: Callable[[Sequence[Any]], DirectivesError] | None = None,
    ) -> None:
        """Insert; `refusal` says in words what a trigger refused, while the transaction can still be asked."""
        connection = self._live()
        try:
            connection.executemany(sql, values)
        except sqlite3.Error as error:
            refused = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_TRIGGER
            told = refusal(values) if refused and refusal else translate(error, self._where, self._wait_seconds)
            self._failed()
            raise told from error

    def _gap_among(self, records: Sequence[Record]) -> DamagedStore:
        """What is wrong with the first of the records that the trigger did not let in."""
        (last,) = self._run("SELECT coalesce(max(position), 0) FROM events")[0]
        refused = records[last - self._head.position]
        version = self.versions([refused.stream], to_position=last).get(refused.stream, 0)
        why = Phrase(
            "version {version} of {stream} would follow version {last}", version=refused.version,
            stream=refused.stream, last=version,
        )  # fmt: skip
        return DamagedStore(self._where, why=why)

    def _failed(self) -> None:
        # Half of a batch may be in place: nothing of it may be kept, even if the caller takes the error and goes on.
        if self._connection is not None and self._connection.in_transaction:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
