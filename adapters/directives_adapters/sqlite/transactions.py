"""Writing one register in SQL, under SQLite's writer lock."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from directives_adapters.sqlite import schema
from directives_adapters.sqlite.reading import CHECKPOINT, RECORD, ROW, SqliteRead
from directives_adapters.sqlite.schema import OF_CURRENT, SHARES
from directives_adapters.sqlite.translation import translate
from directives_core.errors import CommandReused, DamagedStore, DirectivesError, NameTaken
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["SqliteWrite"]

# With OR FAIL, for what fails is rolled back as a whole: SQLite need not be able to undo a single statement.
_ADD_EVENTS = f"INSERT OR FAIL INTO events({RECORD}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - constants
_ADD_DAYS = "INSERT OR FAIL INTO days(effective_on, position) VALUES (?, ?)"
_ADD_LATE = "INSERT OR FAIL INTO late_events(effective_on, position) VALUES (?, ?)"
_ADD_FORMER = f"INSERT OR FAIL INTO timeline({ROW}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ADD_CURRENT = f"""INSERT OR FAIL INTO current(id, {ROW})
    VALUES (?1 * {SHARES} + ?2, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"""  # noqa: S608
# A trigger puts the row that it follows into the timeline.
_FOLLOW_CURRENT = f"""UPDATE OR FAIL current SET
    effective_from = ?3, position = ?4, unit = ?5, status = ?6, due_on = ?7, state = ?8
    WHERE id = ?1 * {SHARES} + ?2 AND (effective_from, position) < (?3, ?4)"""  # noqa: S608
_STANDING = """SELECT directive, share, effective_from, position FROM current
    WHERE id IN (SELECT value FROM json_each(?))"""
_ADD_COMMAND = """INSERT OR FAIL INTO commands(command_id, request_sha256, first_position, last_position, result)
    VALUES (?, ?, ?, ?, ?)"""


class SqliteWrite(SqliteRead):
    """The register under SQLite's writer lock."""

    destroyed_keys = False

    def begin(self) -> None:
        """Take the writer lock at once: a transaction that begins by reading is refused when it then wants to write."""
        self._begin("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Keep everything."""
        kept, number = self._number_kept, self._head.directive
        if number != (self._greatest if kept == OF_CURRENT else kept):
            kept = OF_CURRENT if number == self._greatest else number
            self._run("UPDATE register SET directive = ? WHERE one = 1", (kept,))
        self._finish("COMMIT")

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        if not records:
            return
        position, recorded_at = self._head.position, self._head.recorded_at
        day, days, late = self._last_effective, list[tuple[int, int]](), list[tuple[int, int]]()
        for record in records:
            if record.position != position + 1:
                why = Phrase("event {position} would follow event {last}", position=record.position, last=position)
                raise DamagedStore(self._where, why=why)
            if record.recorded_at < recorded_at:
                why = Phrase("event {position} would be older than the one before it", position=record.position)
                raise DamagedStore(self._where, why=why)
            position, recorded_at, effective_on = record.position, record.recorded_at, record.effective_on
            if effective_on > day:
                day = effective_on
                days.append((day, position))
            elif effective_on < day:
                late.append((effective_on, position))
        self._many(_ADD_EVENTS, records, refusal=self._gap_among)
        if days or late:
            self._many(_ADD_DAYS, days)
            self._many(_ADD_LATE, late)
        self._head = Head(position, recorded_at, self._head.directive, self._head.rules)
        self._last_effective = day

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        newest, former, last_day = dict[tuple[int, ...], Row](), list[Row](), self._last_day
        for row in rows:
            share, when = row[:2], row[2:4]
            other = newest.setdefault(share, row)
            if other is not row:
                if when > other[2:4]:
                    newest[share] = row
                    former.append(other)
                else:
                    former += [row] if when < other[2:4] else [row, other]  # one of two that are the same is refused
            if when[0] > last_day:
                last_day = when[0]
        known, first, greatest = list[Row](), list[Row](), self._greatest
        for row in newest.values():
            if row.directive > self._greatest:
                first.append(row)
                greatest = max(greatest, row.directive)
            else:
                known.append(row)
        if known:
            followed = self._many(_FOLLOW_CURRENT, known)
            if followed < len(known):
                late, new = self._not_following(known, followed)
                former += late
                first += new
        self._many(_ADD_FORMER, former)
        self._many(_ADD_CURRENT, first)
        self._greatest = greatest
        if last_day > self._last_day:
            self._run("UPDATE register SET last_day = ? WHERE one = 1", (last_day,))
            self._last_day = last_day

    def _not_following(self, rows: Sequence[Row], followed: int) -> tuple[list[Row], list[Row]]:
        """Those of the rows that are earlier than the current one of their share, and those whose share has none."""
        shares = json.dumps([row.directive * SHARES + row.share for row in rows])
        standing = {each[:2]: each[2:] for each in self._run(_STANDING, (shares,))}
        late, new, there = list[Row](), list[Row](), list[Row]()
        for row in rows:
            stands = standing.get(row[:2])
            (new if stands is None else late if row[2:4] < stands else there).append(row)
        if len(there) > followed:  # one of them was there before, and is refused when it is added
            new += there
        return late, new

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        kept = (
            command.command_id, command.request_sha256, command.first_position, command.last_position, command.result,
        )  # fmt: skip
        self._many(_ADD_COMMAND, [kept], refusal=lambda _: CommandReused(command.command_id))

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._live()
        self._head = Head(self._head.position, self._head.recorded_at, directive, self._head.rules)

    def set_rules(self, rules: int) -> None:
        """See the port."""
        self._run("UPDATE register SET rules = ? WHERE one = 1", (rules,))
        self._head = self._head._replace(rules=rules)

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
        self._greatest = 0

    def _many(
        self,
        sql: str,
        values: Sequence[tuple[Any, ...]],
        *,
        refusal: Callable[[Sequence[Any]], DirectivesError] | None = None,
    ) -> int:
        """Insert or change, and say how many were; `refusal` says in words what a trigger refused.

        It is asked while the transaction can still be read.
        """
        connection = self._live()
        if not values:
            return 0
        try:
            return connection.executemany(sql, values).rowcount
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
