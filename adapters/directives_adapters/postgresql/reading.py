"""Reading one register in SQL: one committed state, in bounded memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from directives_adapters.postgresql.binary import TEXT, bigints_of
from directives_adapters.postgresql.line import Asked, Line, Statement
from directives_adapters.postgresql.place import Place
from directives_adapters.postgresql.schema import OTHER_TYPES
from directives_adapters.postgresql.translation import translate
from directives_core.errors import DamagedStore, RegisterMissing, StoreClosed
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["PostgresqlRead"]

_AT_ONCE = 500  # records or rows asked for at a time: bounds memory, whatever the size of the answer
_ALL = 2**62

# Compiling a statement takes longer than the seeks that it is made of.
_BEGIN: tuple[Asked, ...] = (
    (Statement(b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"), ()),
    (Statement(b"SET LOCAL jit = off"), ()),
)
_HEAD = Statement(
    b"SELECT position, recorded_at, directive, rules FROM directives.registers WHERE register = $1", (TEXT.oid,)
)

_STREAM = """SELECT position, stream, version, recorded_at, effective_on, type, data FROM directives.events
    WHERE register = %(register)s AND stream = %(stream)s AND version > %(after)s AND position <= %(to)s
    ORDER BY version"""

# Asked page by page, each from the place where the last one ended: no cursor stays open on the server.
_RECORDS = """SELECT position, stream, version, recorded_at, effective_on, type, data FROM directives.events
    WHERE register = %(register)s AND position > %(after)s AND position <= %(to)s
    ORDER BY position LIMIT %(limit)s"""
_RECORDS_OF_TYPES = _RECORDS.replace("ORDER BY", "AND type = ANY(%(types)s::text[]) ORDER BY")
_RECORDS_OF_OTHER_TYPES = _RECORDS_OF_TYPES.replace("ORDER BY", f"AND {OTHER_TYPES} ORDER BY".replace("%", "%%"))

# One seek for each day that has events, then only what is counted.
_COUNT = """WITH RECURSIVE days(day) AS (
        SELECT min(effective_on) FROM directives.events WHERE register = %(register)s
        UNION ALL
        SELECT (SELECT min(effective_on) FROM directives.events
            WHERE register = %(register)s AND effective_on > days.day)
        FROM days WHERE days.day < %(day)s
    )
    SELECT coalesce(sum((SELECT count(*) FROM directives.events WHERE register = %(register)s
        AND effective_on = days.day AND position > %(after)s AND position <= %(to)s)), 0)::bigint
    FROM days WHERE days.day <= %(day)s"""

# `recorded_at` never goes back, so that halving finds it without an index that every append would pay for.
_POSITION_AT = """WITH RECURSIVE halves(low, high) AS (
        SELECT 0::bigint, %(to)s::bigint
        UNION ALL
        SELECT CASE WHEN found.recorded_at <= %(recorded_to)s THEN found.position ELSE halves.low END,
            CASE WHEN found.recorded_at <= %(recorded_to)s THEN halves.high ELSE found.position - 1 END
        FROM halves, directives.events AS found
        WHERE halves.low < halves.high AND found.register = %(register)s
            AND found.position = (halves.low + halves.high + 1) / 2
    )
    SELECT low FROM halves WHERE low = high"""

_VERSIONS = """SELECT wanted.stream, last.version FROM unnest(%(streams)s::text[]) AS wanted(stream)
    CROSS JOIN LATERAL (
        SELECT version FROM directives.events
        WHERE register = %(register)s AND stream = wanted.stream AND position <= %(to)s
        ORDER BY version DESC LIMIT 1
    ) AS last"""

# The shares come in the order of their key, page by page. At a moment that nothing came after, the current rows are the
# answer. Else the current row of a share, its greatest, is it where it is within (day, position), or one seek finds it.
_NOW = """SELECT directive, share, effective_from, position, unit, status, due_on, state
    FROM directives.current AS found
    WHERE register = %(register)s AND (directive, share) > (%(directive)s, %(share)s) AND status <> 'absent' {where}
    ORDER BY directive, share LIMIT %(limit)s"""
_THEN = """SELECT share_of.directive, share_of.share, found.effective_from, found.position, found.unit, found.status,
        found.due_on, found.state
    FROM directives.current AS share_of
    CROSS JOIN LATERAL (
        SELECT share_of.effective_from, share_of.position, share_of.unit, share_of.status, share_of.due_on,
            share_of.state, share_of.directive
        WHERE share_of.effective_from <= %(day)s AND share_of.position <= %(to)s
        UNION ALL
        (SELECT effective_from, position, unit, status, due_on, state, directive FROM directives.timeline
            WHERE (share_of.effective_from > %(day)s OR share_of.position > %(to)s)
                AND register = %(register)s AND directive = share_of.directive AND share = share_of.share
                AND effective_from <= %(day)s AND position <= %(to)s
            ORDER BY effective_from DESC, position DESC LIMIT 1)
    ) AS found
    WHERE share_of.register = %(register)s
        AND (share_of.directive, share_of.share) > (%(directive)s, %(share)s)
        AND found.status <> 'absent' {where}
    ORDER BY share_of.directive, share_of.share LIMIT %(limit)s"""
_LAST_DAY = "SELECT last_day FROM directives.registers WHERE register = %(register)s"

_TIMELINE = """SELECT directive, share, effective_from, position, unit, status, due_on, state FROM directives.timeline
    WHERE register = %(register)s AND directive = %(directive)s AND position <= %(to)s
    ORDER BY share, effective_from, position"""
_COMMAND = """SELECT command_id, request_sha256, first_position, last_position, result FROM directives.commands
    WHERE register = %(register)s AND command_id = %(command_id)s AND last_position <= %(to)s"""
_KEYS_OF = """SELECT subject, key FROM directives.keys
    WHERE register = %(register)s AND subject = ANY(%(subjects)s::text[])"""
_CHECKPOINTS = """SELECT size, root, rules, note, frontier, taken_at FROM directives.checkpoints
    WHERE register = %(register)s ORDER BY size, number"""
_LAST_CHECKPOINT = """SELECT size, root, rules, note, frontier, taken_at FROM directives.checkpoints
    WHERE register = %(register)s AND size <= %(size)s ORDER BY size DESC, number DESC LIMIT 1"""


class PostgresqlRead:
    """One committed state, on a connection that nobody else uses meanwhile.

    The state is fixed twice: by the server's snapshot, and by the position of the head, which bounds every answer. On
    a Citus cluster only the second holds from one statement to the next.
    """

    def __init__(self, connection: Line, place: Place) -> None:
        self._connection: Line | None = connection
        self._place, self._register = place, place.register
        self._head = Head()
        self._seen = 0

    def begin(self) -> None:
        """Fix the state that is seen."""
        self._see(self._say(*self._opening(), (_HEAD, (TEXT.write(self._register),)))[-1])
        self._seen = self._head.position

    def _opening(self) -> tuple[Asked, ...]:
        return _BEGIN

    def end(self) -> None:
        """Let go of the state; iterators that are still open end with an error when they are next asked."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.roll_back()

    def head(self) -> Head:
        """See the port."""
        self._live()
        return self._head

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """See the port."""
        found = self._ask(_STREAM, stream=stream, after=after_version, to=self._bound(to_position))
        return list(map(Record._make, found))

    def records(
        self, *, after: int = 0, to: int | None = None, types: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Record]:
        """See the port."""
        sql = _RECORDS_OF_TYPES if types else _RECORDS
        if types and not any(each.startswith("directive.") for each in types):
            sql = _RECORDS_OF_OTHER_TYPES
        left = _ALL if limit is None else limit
        last = self._bound(to)
        while left > 0 and after < last:
            page = self._ask(sql, after=after, to=last, types=list(types), limit=min(left, _AT_ONCE))
            yield from map(Record._make, page)
            if len(page) < _AT_ONCE:
                self._live()
                return
            after, left = page[-1][0], left - len(page)

    def count_records(self, *, after: int, effective_to: int) -> int:
        """See the port."""
        self._live()
        if after >= self._head.position:
            return 0
        return int(self._ask(_COUNT, after=after, day=effective_to, to=self._seen)[0][0])

    def position_at(self, recorded_to: int) -> int:
        """See the port."""
        found = self._ask(_POSITION_AT, recorded_to=recorded_to, to=self._head.position)
        if not found:
            raise DamagedStore(self._place.where, why=Phrase("an event is missing among those up to its last position"))
        return int(found[0][0])

    def versions(self, streams: Sequence[str], *, to_position: int) -> dict[str, int]:
        """See the port."""
        if not streams:
            self._live()
            return {}
        return dict(self._ask(_VERSIONS, streams=list(set(streams)), to=self._bound(to_position)))

    def rows_at(self, *, effective_to: int, to_position: int, directives: Sequence[int] | None = None) -> Iterator[Row]:
        """See the port."""
        if directives is None:
            return self._rows(effective_to, to_position, "")
        if not directives:
            self._live()
            return iter(())
        wanted = sorted(set(directives))
        if wanted[-1] - wanted[0] + 1 == len(wanted):
            run = "AND {0}.directive BETWEEN %(first)s AND %(last)s"
            return self._rows(effective_to, to_position, run, first=wanted[0], last=wanted[-1])
        some = "AND {0}.directive = ANY(%(directives)s::bigint[])"
        return self._rows(effective_to, to_position, some, directives=wanted)

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
        where = "AND found.status = ANY(%(statuses)s::text[])"
        where += "" if unit is None else " AND found.unit = %(unit)s"
        where += "" if due_to is None else " AND (found.due_on <= %(due_to)s OR found.due_on IS NULL)"
        return self._rows(effective_to, to_position, where, statuses=list(statuses), unit=unit, due_to=due_to)

    def _rows(self, day: int, position: int, where: str, **values: Any) -> Iterator[Row]:
        nothing_came_after = position >= self._head.position and day >= self._ask(_LAST_DAY)[0][0]
        of_share = "found" if nothing_came_after else "share_of"
        sql = (_NOW if nothing_came_after else _THEN).format(where=where.format(of_share))
        return self._pages(sql, day=day, to=self._bound(position), **values)

    def _pages(self, sql: str, **values: Any) -> Iterator[Row]:
        directive, share = -_ALL, 0
        full = True
        while full:
            page = self._ask(sql, **values, directive=directive, share=share, limit=_AT_ONCE)
            yield from map(Row._make, page)
            full = len(page) == _AT_ONCE
            if full:
                directive, share = page[-1][:2]
        self._live()

    def timeline(self, directive: int) -> Sequence[Row]:
        """See the port."""
        return list(map(Row._make, self._ask(_TIMELINE, directive=directive, to=self._seen)))

    def command(self, command_id: str) -> StoredCommand | None:
        """See the port."""
        found = self._ask(_COMMAND, command_id=command_id, to=self._seen)
        return StoredCommand(*found[0]) if found else None

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """See the port."""
        return dict(self._ask(_KEYS_OF, subjects=list(subjects)))

    def checkpoints(self) -> Sequence[Checkpoint]:
        """See the port."""
        return list(map(Checkpoint._make, self._ask(_CHECKPOINTS)))

    def last_checkpoint(self, to_size: int) -> Checkpoint | None:
        """See the port."""
        return next(map(Checkpoint._make, self._ask(_LAST_CHECKPOINT, size=to_size)), None)

    def _bound(self, position: int | None) -> int:
        self._live()
        return self._seen if position is None else min(position, self._seen)

    def _see(self, found: PGresult) -> None:
        if not found.ntuples:
            raise RegisterMissing(self._place.where)
        self._head = Head(*bigints_of(found.get_value(0, n) for n in range(4)))

    def _live(self) -> Line:
        # After an error the server keeps nothing of the transaction; what came next would be refused in its own words.
        connection = self._connection
        if connection is None or connection.pgconn.transaction_status != TransactionStatus.INTRANS:
            raise StoreClosed(Phrase("this transaction is over; begin another one"))
        return connection

    def _ask(self, sql: str, **values: Any) -> list[Any]:
        return self._run(sql, {"register": self._register, **values})

    def _run(self, sql: str, values: Any) -> list[Any]:
        connection = self._live()
        try:
            cursor = connection.execute(sql.encode(), values, binary=True)
            return cursor.fetchall() if cursor.description else []
        except (psycopg.Error, UnicodeEncodeError) as error:
            connection.roll_back()
            raise self._translated(error) from error

    def _say(self, *asked: Asked) -> list[PGresult]:
        """Send a few statements in one message."""
        connection = self._connection
        if connection is None:
            raise StoreClosed(Phrase("this transaction is over; begin another one"))
        try:
            return connection.together(*asked)
        except psycopg.Error as error:
            connection.roll_back()
            raise self._translated(error) from error

    def _translated(self, error: psycopg.Error | UnicodeEncodeError) -> Exception:
        return translate(error, self._place.where)
