"""Writing one register in SQL, under the lock of its head row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus

from directives_adapters.postgresql.place import Place
from directives_adapters.postgresql.reading import PostgresqlRead
from directives_adapters.postgresql.translation import translate
from directives_core.errors import CommandReused, DamagedStore, NameTaken, ReadOnlyStore
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["PostgresqlWrite"]

T = TypeVar("T")

_CHUNK = 500
_CHUNK_BYTES = 16 * 2**20  # the server takes no array of a gigabyte
_UNBOUNDED = 2**62

# A writer whose machine vanished without a word holds the lock no longer than this; a batch may think for as long.
_IDLE_MS = 120_000

# The limits hold for this transaction alone: a pooler may lend the session to somebody else afterwards.
_BEGIN = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; {citus}SET LOCAL lock_timeout = {lock_ms}; "
    "SET LOCAL idle_in_transaction_session_timeout = {idle_ms}"
)
# So that the limits reach the server on which the register lies.
_CITUS = "SET LOCAL citus.propagate_set_commands = 'local'; "

_LOCK = """SELECT position, recorded_at, directive, current_setting('synchronous_commit') FROM directives.registers
    WHERE register = %s FOR UPDATE"""
_DURABLE = "SET LOCAL synchronous_commit = on"
_THERE = "SELECT 1 FROM directives.registers WHERE register = %s"

_ADD_EVENTS = """INSERT INTO directives.events(
        register, position, stream, version, recorded_at, effective_on, type, data)
    SELECT %s, position, stream, version, recorded_at, effective_on, type, data FROM unnest(
        %s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::integer[], %s::text[], %b::bytea[]
    ) AS added(position, stream, version, recorded_at, effective_on, type, data)"""
_ADD_ROWS = """INSERT INTO directives.timeline(
        register, directive, share, effective_from, position, unit, status, due_on, state)
    SELECT %s, directive, share, effective_from, position, unit, status, due_on, state FROM unnest(
        %s::bigint[], %s::bigint[], %s::integer[], %s::bigint[], %s::text[], %s::text[], %s::integer[], %s::text[]
    ) AS added(directive, share, effective_from, position, unit, status, due_on, state)"""
_ADD_CURRENT = (
    _ADD_ROWS.replace("timeline", "current").replace(
        "INSERT INTO directives.current(", "INSERT INTO directives.current AS kept("
    )
    + """
    ON CONFLICT (register, directive, share) DO UPDATE SET effective_from = excluded.effective_from,
        position = excluded.position, unit = excluded.unit, status = excluded.status, due_on = excluded.due_on,
        state = excluded.state
    WHERE (excluded.effective_from, excluded.position) > (kept.effective_from, kept.position)"""
)
_ADD_COMMANDS = """INSERT INTO directives.commands(
        register, command_id, request_sha256, first_position, last_position, result)
    SELECT %s, command_id, request_sha256, first_position, last_position, result FROM unnest(
        %s::text[], %b::bytea[], %s::bigint[], %s::bigint[], %s::text[]
    ) AS added(command_id, request_sha256, first_position, last_position, result)"""
_SET_HEAD = "UPDATE directives.registers SET position = %s, recorded_at = %s, directive = %s WHERE register = %s"
_ADD_KEY = "INSERT INTO directives.keys(register, subject, key) VALUES (%s, %s, %s)"
_LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM directives.checkpoints WHERE register = %s"
_ADD_CHECKPOINT = """INSERT INTO directives.checkpoints(
        register, number, size, root, rules, note, frontier, taken_at)
    VALUES (%s, %s, %s, %b, %s, %s, %b, %s)"""
_DESTROY_KEY = "DELETE FROM directives.keys WHERE register = %s AND subject = %s"


class PostgresqlWrite(PostgresqlRead):
    """The register under its lock; the head row and the commands are written at the end, at once."""

    def __init__(self, connection: Connection[Any], place: Place, *, wait_seconds: float, citus: bool = False) -> None:
        super().__init__(connection, place)
        self._wait_seconds, self._citus = wait_seconds, citus
        self._kept_head = Head()
        self._commands: dict[str, StoredCommand] = {}
        self._versions: dict[str, int] = {}  # what this transaction has read or written: nobody else adds to them

    def begin(self) -> None:
        """Take the lock first: whatever is read after it is what the commit will follow."""
        self._open()
        found = self._run(_LOCK, (self._register,))
        if not found and self._run(_THERE, (self._register,)):
            raise ReadOnlyStore(self._place.where, give="ask its owner for the right to write")
        self._see(found)
        self._kept_head = self._head
        self._seen = _UNBOUNDED
        if found[0][3] == "off":  # a commit would be answered before it is on the disk
            self._command(_DURABLE)

    def _open(self) -> None:
        lock_ms = max(1, int(self._wait_seconds * 1000))  # 0 would mean to wait for ever
        self._command(_BEGIN.format(citus=_CITUS if self._citus else "", lock_ms=lock_ms, idle_ms=_IDLE_MS))

    def commit(self) -> None:
        """Keep everything.

        Raises:
            Unreachable: the server went away; where it says `in_doubt`, everything may have been kept.
            CommandReused: a command was carried out before.
        """
        self._flush()
        connection = self._live()
        try:
            connection.execute(b"COMMIT")
        except psycopg.Error as error:
            broken = connection.pgconn.transaction_status == TransactionStatus.UNKNOWN
            raise translate(error, self._place.where, in_doubt=broken) from error
        finally:
            self.end()

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        if not records:
            return
        self._learn_versions({record.stream for record in records})
        position, recorded_at = self._head.position, self._head.recorded_at
        versions = dict(self._versions)
        for record in records:
            version = versions.get(record.stream, 0)
            if record.position != position + 1:
                raise self._damaged(f"event {record.position} would follow event {position}")
            if record.version != version + 1:
                raise self._damaged(f"version {record.version} of {record.stream} would follow version {version}")
            if record.recorded_at < recorded_at:
                raise self._damaged(f"event {record.position} would be older than the one before it")
            position, recorded_at = record.position, record.recorded_at
            versions[record.stream] = record.version
        for chunk in _chunks(records, lambda record: len(record.data)):
            self._run(_ADD_EVENTS, (self._register, *_columns(chunk)))
        self._versions = versions
        self._head = Head(position, recorded_at, self._head.directive)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        for chunk in _chunks(rows, lambda row: len(row.state)):
            self._run(_ADD_ROWS, (self._register, *_columns(chunk)))
            greatest: dict[tuple[int, int], Row] = {}
            for row in chunk:
                known = greatest.get(row[:2])
                if known is None or row[2:4] > known[2:4]:
                    greatest[row[:2]] = row
            self._run(_ADD_CURRENT, (self._register, *_columns(list(greatest.values()))))

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        if self.command(command.command_id) is not None:
            raise CommandReused(command.command_id)
        self._commands[command.command_id] = command

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._live()
        self._head = Head(self._head.position, self._head.recorded_at, directive)

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        if self.keys([subject]):
            raise NameTaken("key", subject)
        self._run(_ADD_KEY, (self._register, subject, key))

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        last = self._run(_LAST_NUMBER, (self._register,))[0][0]
        self._run(_ADD_CHECKPOINT, (self._register, last + 1, *checkpoint))

    def destroy_key(self, subject: str) -> None:
        """See the port. The row is gone; its bytes stay on the server's disk until it uses their place again."""
        self._run(_DESTROY_KEY, (self._register, subject))

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """See the port."""
        found = super().stream(stream, after_version=after_version, to_position=to_position)
        if to_position is None and (found or after_version == 0):
            self._versions[stream] = found[-1].version if found else 0
        return found

    def command(self, command_id: str) -> StoredCommand | None:
        """See the port."""
        self._live()
        return self._commands.get(command_id) or super().command(command_id)

    def _learn_versions(self, streams: set[str]) -> None:
        unknown = [stream for stream in streams if stream not in self._versions]
        if unknown:
            found = self.versions(unknown, to_position=_UNBOUNDED)
            self._versions.update({stream: found.get(stream, 0) for stream in unknown})

    def _flush(self) -> None:
        for chunk in _chunks(self._commands.values(), lambda command: len(command.result)):
            values = [
                (each.command_id, each.request_sha256, each.first_position, each.last_position, each.result)
                for each in chunk
            ]
            self._run(_ADD_COMMANDS, (self._register, *_columns(values)))
        if self._head != self._kept_head:
            head = self._head
            self._run(_SET_HEAD, (head.position, head.recorded_at, head.directive, self._register))

    def _damaged(self, why: str) -> DamagedStore:
        return DamagedStore(self._place.where, why=why)

    def _translated(self, error: psycopg.Error | UnicodeEncodeError) -> Exception:
        return translate(error, self._place.where, self._wait_seconds)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _chunks(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in lists of bounded length and bytes."""
    chunk: list[T] = []
    held = 0
    for item in items:
        chunk.append(item)
        held += size(item)
        if len(chunk) == _CHUNK or held >= _CHUNK_BYTES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
