"""Writing one register in SQL, under the lock of its head row."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from directives_adapters.postgresql.ahead import Ahead, Question, asking, records_in
from directives_adapters.postgresql.binary import TEXT
from directives_adapters.postgresql.line import Asked, Line, Statement
from directives_adapters.postgresql.pending import Pending
from directives_adapters.postgresql.place import Place
from directives_adapters.postgresql.reading import PostgresqlRead
from directives_adapters.postgresql.translation import translate
from directives_core.errors import CommandReused, DamagedStore, NameTaken, ReadOnlyStore
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["PostgresqlWrite"]

_UNBOUNDED = 2**62
_ROWS_AT_ONCE = 1_000

# A writer whose machine vanished without a word holds the lock no longer than this; a batch may think for as long.
_IDLE_MS = 120_000

_BEGIN: Asked = Statement(b"BEGIN ISOLATION LEVEL READ COMMITTED"), ()
# The limits hold for this transaction alone: a pooler may lend the session to somebody else afterwards.
_LIMITS = Statement(
    b"SELECT set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)",
    (TEXT.oid, TEXT.oid),
)
# So that the limits reach the server on which the register lies.
_CITUS = (
    "SET LOCAL citus.propagate_set_commands = 'local'",
    "SET LOCAL lock_timeout = {lock_ms}",
    "SET LOCAL idle_in_transaction_session_timeout = {idle_ms}",
)

_LOCK = Statement(
    b"""SELECT position, recorded_at, directive, rules, current_setting('synchronous_commit')
    FROM directives.registers WHERE register = $1 FOR UPDATE""",
    (TEXT.oid,),
)
_DURABLE: Asked = Statement(b"SET LOCAL synchronous_commit = on"), ()
_COMMIT: Asked = Statement(b"COMMIT"), ()
_THERE = "SELECT 1 FROM directives.registers WHERE register = %s"
_REUSED = "SELECT command_id FROM directives.commands WHERE register = %s AND command_id = ANY(%s::text[]) LIMIT 1"
_OF_COMMANDS = "commands_pkey"

# The owner takes the right to delete, uses it on this register alone, and gives it up, all in one transaction.
_EMPTY_TIMELINE = (
    "SET LOCAL directives.rebuilding = 'on'",
    "GRANT DELETE ON directives.timeline, directives.current TO CURRENT_USER",
    "DELETE FROM directives.timeline WHERE register = %s",
    "DELETE FROM directives.current WHERE register = %s",
    "REVOKE DELETE ON directives.timeline FROM CURRENT_USER",
    "SET LOCAL directives.rebuilding = 'off'",
)

_ADD_KEY = "INSERT INTO directives.keys(register, subject, key) VALUES (%s, %s, %s)"
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM directives.checkpoints WHERE register = %s"
_ADD_CHECKPOINT = """INSERT INTO directives.checkpoints(
        register, number, size, root, rules, note, frontier, taken_at)
    VALUES (%s, %s, %s, %b, %s, %s, %b, %s)"""
_DESTROY_KEY = "DELETE FROM directives.keys WHERE register = %s AND subject = %s"


class PostgresqlWrite(PostgresqlRead):
    """The register under its lock."""

    def __init__(
        self, connection: Line, place: Place, ahead: Ahead, *, wait_seconds: float, citus: bool = False
    ) -> None:
        super().__init__(connection, place)
        self._wait_seconds, self._citus = wait_seconds, citus
        self._ahead, self._asked = ahead, False
        self._foreseen: tuple[Question, Sequence[Record]] | None = None
        self._kept_head = Head()
        # A Citus cluster takes one table in a statement.
        self._pending = Pending(place.register, together=not citus)
        # What this transaction knows already, as nobody else writes meanwhile.
        self._versions: dict[str, int] = {}

    def begin(self) -> None:
        """Take the lock first: whatever is read after it is what the commit will follow."""
        # Each statement sees what was committed before it began: the question after the lock misses nothing.
        expected = self._ahead.expected
        also = (asking(self._register, expected),) if expected else ()
        answers = self._say(*self._opening(), (_LOCK, (TEXT.write(self._register),)), *also)
        if expected:
            self._foreseen = expected, records_in(answers.pop())
        found = answers[-1]
        if not found.ntuples and self._run(_THERE, (self._register,)):
            raise ReadOnlyStore(self._place.where, give=Phrase("ask its owner for the right to write"))
        self._see(found)
        self._kept_head = self._head
        self._seen = _UNBOUNDED
        if found.get_value(0, 4) == b"off":  # a commit would be answered before it is on the disk
            self._say(_DURABLE)

    def _opening(self) -> tuple[Asked, ...]:
        lock_ms = max(1, int(self._wait_seconds * 1000))  # 0 would mean to wait for ever
        if self._citus:
            limits = (each.format(lock_ms=lock_ms, idle_ms=_IDLE_MS) for each in _CITUS)
            return (_BEGIN, *((Statement(each.encode()), ()) for each in limits))
        return _BEGIN, (_LIMITS, (b"%d" % lock_ms, b"%d" % _IDLE_MS))

    def commit(self) -> None:
        """Keep everything: what is pending and the commit are one message, where it is little.

        Raises:
            Unreachable: the server went away; where it says `in_doubt`, everything may have been kept.
            CommandReused: a command was carried out before.
        """
        try:
            self._flush(_COMMIT)
        finally:
            self.end()

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        if not records:
            return
        self._learn_versions(records)
        position, recorded_at = self._head.position, self._head.recorded_at
        versions = dict(self._versions)
        for record in records:
            version = versions.get(record.stream, 0)
            if record.position != position + 1:
                raise self._damaged(
                    Phrase(
                        "event {position} would follow event {last}",
                        position=record.position,
                        last=position,
                    )
                )
            if record.version != version + 1:
                raise self._damaged(
                    Phrase(
                        "version {version} of {stream} would follow version {last}",
                        version=record.version,
                        stream=record.stream,
                        last=version,
                    )
                )
            if record.recorded_at < recorded_at:
                raise self._damaged(
                    Phrase("event {position} would be older than the one before it", position=record.position)
                )
            position, recorded_at = record.position, record.recorded_at
            versions[record.stream] = record.version
        self._pending.events += records
        self._versions = versions
        self._head = self._head._replace(position=position, recorded_at=recorded_at)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        self._live()
        self._pending.rows += rows

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        self._live()
        if command.command_id in self._pending.commands:
            raise CommandReused(command.command_id)
        self._pending.commands[command.command_id] = command

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._live()
        self._head = self._head._replace(directive=directive)

    def set_rules(self, rules: int) -> None:
        """See the port."""
        self._live()
        self._head = self._head._replace(rules=rules)

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        if self.keys([subject]):
            raise NameTaken(Phrase("key"), subject)
        self._run(_ADD_KEY, (self._register, subject, key))

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        last = self._run(_LAST_NUMBER, (self._register,))[0][0]
        self._run(_ADD_CHECKPOINT, (self._register, last + 1, *checkpoint))

    def destroy_key(self, subject: str) -> None:
        """See the port. The row is gone; its bytes stay on the server's disk until it uses their place again."""
        self._run(_DESTROY_KEY, (self._register, subject))

    def add_rows_of(self, rows: Iterable[Row]) -> None:
        """Add rows that may be more than memory holds."""
        moving = iter(rows)
        while chunk := list(islice(moving, _ROWS_AT_ONCE)):
            self.add_rows(chunk)
            self._flush()

    def empty_timeline(self) -> None:
        """Take every row of the timeline away, to be written anew in this transaction; ask as owner of the tables."""
        self._flush()
        for sql in _EMPTY_TIMELINE:
            self._run(sql, (self._register,) if "%s" in sql else ())

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """See the port."""
        question = (stream, after_version) if to_position is None else None
        untouched = not self._asked and self._head == self._kept_head
        if untouched and self._foreseen and self._foreseen[0] == question:
            found = self._foreseen[1]
        else:
            found = super().stream(stream, after_version=after_version, to_position=to_position)
        if not self._asked:
            self._asked = True
            self._ahead.learn(question)
        if to_position is None and (found or after_version == 0):
            self._versions[stream] = found[-1].version if found else 0
        return found

    def command(self, command_id: str) -> StoredCommand | None:
        """See the port."""
        self._live()
        return self._pending.commands.get(command_id) or super().command(command_id)

    def _learn_versions(self, records: Sequence[Record]) -> None:
        firsts: dict[str, int] = {}
        for record in records:
            firsts.setdefault(record.stream, record.version)
        # Whether a stream is new, the table knows: it takes a first version once.
        unknown = [stream for stream, first in firsts.items() if first != 1 and stream not in self._versions]
        if unknown:
            found = self.versions(unknown, to_position=_UNBOUNDED)
            self._versions.update({stream: found.get(stream, 0) for stream in unknown})

    def _ask(self, sql: str, **values: Any) -> list[Any]:
        self._flush()
        return super()._ask(sql, **values)

    def _flush(self, *then: Asked) -> None:
        """Send what is pending, and `then` what ends the transaction, if anything does, in the last message."""
        self._live()
        ids = list(self._pending.commands)
        messages: list[list[Asked]] = [[]]
        if self._pending or self._head != self._kept_head:
            try:
                messages = self._pending.take(self._head)
            except (psycopg.Error, UnicodeEncodeError) as error:
                self.end()
                raise self._translated(error) from error
        messages[-1] += then
        for message in filter(None, messages):
            self._write(message, ids)
        self._kept_head = self._head

    def _write(self, message: list[Asked], ids: list[str]) -> None:
        connection = self._live()
        try:
            connection.together(*message)
        except psycopg.Error as error:
            # Who sends a commit and gets no answer does not know what became of it.
            broken = connection.pgconn.transaction_status == TransactionStatus.UNKNOWN
            connection.roll_back()
            if _is_of_commands(error):
                raise CommandReused(self._reused(connection, ids)) from error
            in_doubt = broken and _COMMIT in message
            raise translate(error, self._place.where, self._wait_seconds, in_doubt=in_doubt) from error

    def _reused(self, connection: Line, ids: list[str]) -> str:
        """Which of the commands was carried out before, asked after the transaction."""
        if len(ids) > 1:
            with suppress(psycopg.Error):
                return str(connection.execute(_REUSED, (self._register, ids)).fetchall()[0][0])
        return ids[0]

    def _damaged(self, why: str) -> DamagedStore:
        return DamagedStore(self._place.where, why=why)

    def _translated(self, error: psycopg.Error | UnicodeEncodeError) -> Exception:
        return translate(error, self._place.where, self._wait_seconds)


def _is_of_commands(error: psycopg.Error) -> bool:
    """Whether a command was there already. The coordinator of a cluster names the constraint in its sentence alone."""
    named = error.diag.constraint_name
    return named.startswith(_OF_COMMANDS) if named else f'"{_OF_COMMANDS}' in (error.diag.message_primary or "")
