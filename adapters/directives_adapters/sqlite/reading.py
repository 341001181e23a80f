"""Reading one register in SQL: one committed state, in bounded memory, with named columns."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from directives_adapters.sqlite.schema import OF_CURRENT, OTHER_TYPES, SHARES
from directives_adapters.sqlite.translation import translate, translated
from directives_core.errors import DamagedStore, StoreClosed
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["CHECKPOINT", "RECORD", "ROW", "SqliteRead"]

_AT_ONCE = 500  # rows fetched from the driver at a time: bounds memory, whatever the size of the answer

RECORD = "position, stream, version, recorded_at, effective_on, type, data"
ROW = "directive, share, effective_from, position, unit, status, due_on, state"
CHECKPOINT = "size, root, rules, note, frontier, taken_at"
_HEAD = f"""SELECT coalesce(events.position, 0), coalesce(events.recorded_at, 0), register.directive, register.rules,
        register.last_day, coalesce((SELECT max(id) / {SHARES} FROM current), 0),
        coalesce((SELECT max(effective_on) FROM days), -1000000)
    FROM register
    LEFT JOIN events ON events.position = (SELECT max(position) FROM events)"""  # noqa: S608 - a constant

# The position before that on which the first day after `day` began: all events up to it happened on `day` or before.
_REACHED = "SELECT position - 1 FROM days WHERE effective_on > ? ORDER BY effective_on LIMIT 1"
# One seek for each day that has late events, then only what is counted.
_COUNT_LATE = """WITH RECURSIVE found(day) AS (
        SELECT min(effective_on) FROM late_events
        UNION ALL
        SELECT (SELECT min(effective_on) FROM late_events WHERE effective_on > day) FROM found WHERE day < :day
    )
    SELECT coalesce(sum((SELECT count(*) FROM late_events WHERE effective_on = day AND position > :after)), 0)
    FROM found WHERE day <= :day"""

_VERSIONS = """SELECT wanted.value, (
        SELECT version FROM events WHERE stream = wanted.value AND position <= :to ORDER BY version DESC LIMIT 1
    ) AS last FROM json_each(:streams) AS wanted WHERE last IS NOT NULL"""

# The rows that are current, in the order of their ids; at a moment that nothing came after they are the answer.
_NOW = f"""SELECT {ROW} FROM current WHERE {{wanted}} status <> 'absent' {{where}} ORDER BY id"""  # noqa: S608

# The current row of a share is its greatest: where it is within (day, position) it is the answer, else one seek among
# those that it followed finds it. Both halves come in the order of their keys and are merged, not sorted.
_THEN = f"""SELECT {ROW}, id FROM current
    WHERE {{wanted}} effective_from <= :day AND position <= :to AND status <> 'absent' {{where}}
    UNION ALL
    SELECT current.directive, current.share, found.effective_from, found.position, found.unit, found.status,
        found.due_on, found.state, current.id
    FROM current CROSS JOIN timeline AS found
    WHERE {{wanted}} (current.effective_from > :day OR current.position > :to)
        AND found.id = (
            SELECT older.id FROM timeline AS older
            WHERE older.directive = current.directive AND older.share = current.share
                AND older.effective_from <= :day AND older.position <= :to
            ORDER BY older.effective_from DESC, older.position DESC LIMIT 1)
        AND found.status <> 'absent' {{where_found}}
    ORDER BY id"""  # noqa: S608 - the columns are those above

_NO_HEAD = Head()
_ONE_RUN = f"current.id BETWEEN :first * {SHARES} AND :last * {SHARES} + {SHARES - 1} AND"
_SOME = f"""current.id IN (SELECT share_of.id FROM json_each(:directives) AS wanted JOIN current AS share_of
    ON share_of.id BETWEEN wanted.value * {SHARES} AND wanted.value * {SHARES} + {SHARES - 1}) AND"""  # noqa: S608


class SqliteRead:
    """One committed state, on a connection that nobody else uses meanwhile."""

    def __init__(self, connection: sqlite3.Connection, where: str, wait_seconds: float) -> None:
        self._connection: sqlite3.Connection | None = connection
        self._where, self._wait_seconds = where, wait_seconds
        self._cursors: list[sqlite3.Cursor] = []
        self._head = _NO_HEAD
        self._last_day = 0  # the last day from which any row of the timeline counts
        self._last_effective = 0  # the last day on which any event happened
        self._greatest = 0  # the greatest number of a directive that has rows
        self._number_kept = 0  # the last number as it is kept: itself, or that it is the greatest

    def begin(self) -> None:
        """Fix the state that is seen: a deferred BEGIN leaves it open until something is read."""
        self._begin("BEGIN")

    def end(self) -> None:
        """Let go of the state; iterators that are still open end with an error when they are next asked."""
        self._finish("ROLLBACK")

    def head(self) -> Head:
        """See the port."""
        self._live()
        return self._head

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """See the port."""
        found = self._run(
            f"SELECT {RECORD} FROM events WHERE stream = ? AND version > ? AND position <= ? ORDER BY version",  # noqa: S608
            (stream, after_version, self._head.position if to_position is None else to_position),
        )
        return list(map(Record._make, found))

    def records(
        self, *, after: int = 0, to: int | None = None, types: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Record]:
        """See the port."""
        of_types = "AND type IN (SELECT value FROM json_each(:types))" if types else ""
        if types and not any(each.startswith("directive.") for each in types):
            of_types += f" AND {OTHER_TYPES}"
        found = self._each(
            f"SELECT {RECORD} FROM events WHERE position > :after AND position <= :to {of_types} "  # noqa: S608
            "ORDER BY position LIMIT :limit",
            {"after": after, "to": self._head.position if to is None else to, "types": json.dumps(list(types)),
             "limit": -1 if limit is None else limit},
        )  # fmt: skip
        return map(Record._make, found)

    def count_records(self, *, after: int, effective_to: int) -> int:
        """See the port."""
        self._live()
        if after >= self._head.position:
            return 0
        found = self._run(_REACHED, (effective_to,))
        reached: int = found[0][0] if found else self._head.position
        if reached >= self._head.position:
            return self._head.position - after
        late = self._run(_COUNT_LATE, {"after": max(after, reached), "day": effective_to})
        return max(0, reached - after) + int(late[0][0])

    def position_at(self, recorded_to: int) -> int:
        """See the port."""
        # `recorded_at` never goes back, so that halving finds it without an index that every append would pay for.
        self._live()
        low, high = 0, self._head.position
        while low < high:
            middle = (low + high + 1) // 2
            found = self._run("SELECT recorded_at FROM events WHERE position = ?", (middle,))
            if not found:
                raise DamagedStore(self._where, why=Phrase("event {middle} is missing", middle=middle))
            low, high = (middle, high) if found[0][0] <= recorded_to else (low, middle - 1)
        return low

    def versions(self, streams: Sequence[str], *, to_position: int) -> dict[str, int]:
        """See the port."""
        return dict(self._run(_VERSIONS, {"streams": json.dumps(list(streams)), "to": to_position}))

    def rows_at(self, *, effective_to: int, to_position: int, directives: Sequence[int] | None = None) -> Iterator[Row]:
        """See the port."""
        values: dict[str, Any] = {"day": effective_to, "to": to_position}
        if directives is None:
            return self._rows("", "", "", values)
        wanted = sorted(set(directives))
        if wanted and wanted[-1] - wanted[0] + 1 == len(wanted):
            return self._rows(_ONE_RUN, "", "", values | {"first": wanted[0], "last": wanted[-1]})
        return self._rows(_SOME, "", "", values | {"directives": json.dumps(wanted)})

    def rows_where(
        self,
        *,
        effective_to: int,
        to_position: int,
        statuses: Sequence[str],
        unit: str | None = None,
        due_to: int | None = None,
    ) -> Iterator[Row]:
        """See the port."""
        where = "AND {0}.status IN (SELECT value FROM json_each(:statuses))"
        where += "" if "directive" in statuses else " AND {0}.status <> 'directive'"  # the index leaves it out
        where += "" if unit is None else " AND {0}.unit = :unit"
        where += "" if due_to is None else " AND ({0}.due_on <= :due_to OR {0}.due_on IS NULL)"
        values = {
            "day": effective_to, "to": to_position, "statuses": json.dumps(list(statuses)), "unit": unit,
            "due_to": due_to,
        }  # fmt: skip
        return self._rows("", where.format("current"), where.format("found"), values)

    def _rows(self, wanted: str, where: str, where_found: str, values: dict[str, Any]) -> Iterator[Row]:
        nothing_came_after = values["to"] >= self._head.position and values["day"] >= self._last_day
        sql = (_NOW if nothing_came_after else _THEN).format(wanted=wanted, where=where, where_found=where_found)
        return (Row._make(found[:8]) for found in self._each(sql, values))

    def timeline(self, directive: int) -> Sequence[Row]:
        """See the port."""
        found = self._run(
            f"""SELECT {ROW} FROM timeline WHERE directive = ?1
            UNION ALL SELECT {ROW} FROM current WHERE id BETWEEN ?1 * {SHARES} AND ?1 * {SHARES} + {SHARES - 1}
            ORDER BY share, effective_from, position""",  # noqa: S608 - the columns are constants
            (directive,),
        )
        return list(map(Row._make, found))

    def command(self, command_id: str) -> StoredCommand | None:
        """See the port."""
        found = self._run(
            "SELECT command_id, request_sha256, first_position, last_position, result FROM commands "
            "WHERE command_id = ?",
            (command_id,),
        )
        return StoredCommand(*found[0]) if found else None

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """See the port."""
        sql = "SELECT subject, key FROM keys WHERE alive AND subject IN (SELECT value FROM json_each(?))"
        return dict(self._run(sql, (json.dumps(list(subjects)),)))

    def checkpoints(self) -> Sequence[Checkpoint]:
        """See the port."""
        return list(map(Checkpoint._make, self._run(f"SELECT {CHECKPOINT} FROM checkpoints ORDER BY size, id")))  # noqa: S608

    def last_checkpoint(self, to_size: int) -> Checkpoint | None:
        """See the port."""
        sql = f"SELECT {CHECKPOINT} FROM checkpoints WHERE size <= ? ORDER BY size DESC, id DESC LIMIT 1"  # noqa: S608
        return next(map(Checkpoint._make, self._run(sql, (to_size,))), None)

    def _begin(self, sql: str) -> None:
        if self._connection is not None:
            try:
                self._connection.execute(sql)
            except sqlite3.Error as error:
                raise translate(error, self._where, self._wait_seconds) from error
            position, recorded_at, directive, rules, *beside = self._run(_HEAD)[0]
            self._last_day, self._greatest, self._last_effective = beside
            self._number_kept = directive
            self._head = Head(position, recorded_at, self._greatest if directive == OF_CURRENT else directive, rules)

    def _live(self) -> sqlite3.Connection:
        # After some errors SQLite rolls back by itself; what came next would then be committed on its own.
        if self._connection is None or not self._connection.in_transaction:
            raise StoreClosed(Phrase("this transaction is over; begin another one"))
        return self._connection

    def _run(self, sql: str, values: Any = ()) -> list[Any]:
        connection = self._live()
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            self._failed()
            raise translate(error, self._where, self._wait_seconds) from error

    def _failed(self) -> None:
        """Hear of an error of the driver."""

    def _each(self, sql: str, values: Any) -> Iterator[Any]:
        with translated(self._where, self._wait_seconds):
            cursor = self._live().cursor()
            self._cursors.append(cursor)
            cursor.execute(sql, values)
        try:
            batch = [None]
            while batch:
                self._live()
                with translated(self._where, self._wait_seconds):
                    batch = cursor.fetchmany(_AT_ONCE)
                yield from batch
        finally:
            if cursor in self._cursors:  # else the transaction is over and has closed it
                self._cursors.remove(cursor)
                cursor.close()

    def _finish(self, sql: str) -> None:
        # A statement that is still being stepped through would keep its state open beyond the transaction.
        while self._cursors:
            self._cursors.pop().close()
        try:
            if sql == "COMMIT" or (self._connection is not None and self._connection.in_transaction):
                self._run(sql)
        finally:
            self._connection = None
