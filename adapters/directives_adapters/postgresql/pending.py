"""What a transaction has yet to send to the server, and the messages that it goes in: one, where it is little."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from directives_adapters.postgresql.binary import BIGINT, BYTEA, INTEGER, TEXT, Kind, array, single
from directives_adapters.postgresql.line import Asked, Statement
from directives_core.store import Head, Record, Row, StoredCommand

__all__ = ["Pending"]

T = TypeVar("T")

_CHUNK = 500
_CHUNK_BYTES = 16 * 2**20  # the server takes no array of a gigabyte

# So many statements, or bytes, are a message: the next ones wait until the server has taken these.
_MESSAGE = 8
_MESSAGE_BYTES = 2**20


class _Table(NamedTuple):
    """Where rows are added, their columns, and what becomes of one that is there already."""

    name: str
    columns: str
    kinds: tuple[Kind, ...]
    conflict: str = ""

    def adding(self, source: str) -> str:
        """The statement that adds what is found in `source`; $1 is the register, in all statements."""
        return (
            f"INSERT INTO directives.{self.name} AS kept(register, {self.columns}) "  # noqa: S608 - names of ours
            f"SELECT $1, added.* FROM {source} AS added {self.conflict}"
        )

    def unnested(self, first: int) -> str:
        """The rows, out of one array for each column, of which `$first` is the first."""
        return f"unnest({', '.join(f'${first + n}' for n in range(len(self.kinds)))})"

    def arrays(self, rows: Sequence[tuple[Any, ...]]) -> list[bytes]:
        """One array for each column."""
        return list(map(array, self.kinds, zip(*rows, strict=True)))


_EVENTS = _Table(
    "events", "position, stream, version, recorded_at, effective_on, type, data",
    (BIGINT, TEXT, BIGINT, BIGINT, INTEGER, TEXT, BYTEA),
)  # fmt: skip
_TIMELINE = _Table(
    "timeline", "directive, share, effective_from, position, unit, status, due_on, state",
    (BIGINT, BIGINT, INTEGER, BIGINT, TEXT, TEXT, INTEGER, TEXT),
)  # fmt: skip
_CURRENT = _TIMELINE._replace(
    name="current",
    conflict="""ON CONFLICT (register, directive, share) DO UPDATE SET effective_from = excluded.effective_from,
        position = excluded.position, unit = excluded.unit, status = excluded.status, due_on = excluded.due_on,
        state = excluded.state
    WHERE (excluded.effective_from, excluded.position) > (kept.effective_from, kept.position)""",
)
_COMMANDS = _Table(
    "commands", "command_id, request_sha256, first_position, last_position, result",
    (TEXT, BYTEA, BIGINT, BIGINT, TEXT),
)  # fmt: skip

_HEAD = """UPDATE directives.registers SET position = $2, recorded_at = $3, directive = $4, rules = $5,
    last_day = greatest(last_day, $6) WHERE register = $1"""
_OF_HEAD = (TEXT, BIGINT, BIGINT, BIGINT, BIGINT, INTEGER)

Part = tuple[_Table, Sequence[tuple[Any, ...]]]


class Pending:
    """Events, rows and commands in the order in which they were added.

    Every message costs as long as the lock is held: what was added goes all together, at the end or before something
    is read.
    """

    def __init__(self, register: str, *, together: bool) -> None:
        self._register, self._together = register, together
        self.events: list[Record] = []
        self.rows: list[Row] = []
        self.commands: dict[str, StoredCommand] = {}

    def __bool__(self) -> bool:
        return bool(self.events or self.rows or self.commands)

    def take(self, head: Head) -> list[list[Asked]]:
        """The messages that write everything and the head; nothing is pending afterwards.

        Raises:
            psycopg.Error, UnicodeEncodeError: something is more than the server can hold.
        """
        parts = [*self._of_events(), *self._of_rows(), *self._of_commands()]
        last_day = max((row.effective_from for row in self.rows), default=None)
        self.events, self.rows, self.commands = [], [], {}
        told = (self._register, head.position, head.recorded_at, head.directive, head.rules, last_day)
        values = [single(kind, value) for kind, value in zip(_OF_HEAD, told, strict=True)]
        if self._together and _fit_in_one(parts):
            values += [each for table, rows in parts if table is not _CURRENT for each in table.arrays(rows)]
            return [[(_in_one(tuple(table for table, _ in parts)), values)]]
        return _messages([*((_alone(table), [values[0], *table.arrays(rows)]) for table, rows in parts),
                          (_in_one(()), values)])  # fmt: skip

    def _of_events(self) -> Iterator[Part]:
        for chunk in _chunks(self.events, lambda record: len(record.data)):
            yield _EVENTS, chunk

    def _of_rows(self) -> Iterator[Part]:
        for chunk in _chunks(self.rows, lambda row: len(row.state)):
            yield _TIMELINE, chunk
            # One statement changes a row once.
            greatest: dict[tuple[int, int], Row] = {}
            for row in chunk:
                known = greatest.get((row.directive, row.share))
                if known is None or (row.effective_from, row.position) > (known.effective_from, known.position):
                    greatest[row.directive, row.share] = row
            yield _CURRENT, list(greatest.values())

    def _of_commands(self) -> Iterator[Part]:
        commands = [
            (each.command_id, each.request_sha256, each.first_position, each.last_position, each.result)
            for each in self.commands.values()
        ]
        for chunk in _chunks(commands, lambda command: len(command[-1])):
            yield _COMMANDS, chunk


def _fit_in_one(parts: Sequence[Part]) -> bool:
    """Whether each table is added to once, and both tables of rows get the same ones."""
    counts = {table.name: len(rows) for table, rows in parts}
    return len(counts) == len(parts) and counts.get("timeline") == counts.get("current")


@cache
def _in_one(tables: tuple[_Table, ...]) -> Statement:
    """One statement that adds to all of these, and writes the head."""
    types = [kind.oid for kind in _OF_HEAD]
    named: list[str] = []
    for table in tables:
        source = f"for_{_TIMELINE.name if table is _CURRENT else table.name}"
        if table is not _CURRENT:  # it takes the rows that the timeline got
            named.append(f"{source}({table.columns}) AS (SELECT * FROM {table.unnested(len(types) + 1)})")  # noqa: S608
            types += [kind.array_oid for kind in table.kinds]
        named.append(f"to_{table.name} AS ({table.adding(source)})")
    front = f"WITH {', '.join(named)} " if named else ""
    return Statement(f"{front}{_HEAD}".encode(), tuple(types))


@cache
def _alone(table: _Table) -> Statement:
    types = (TEXT.oid, *(kind.array_oid for kind in table.kinds))
    return Statement(table.adding(table.unnested(2)).encode(), types)


def _messages(asked: Iterable[Asked]) -> list[list[Asked]]:
    """The statements in messages of bounded length."""
    messages: list[list[Asked]] = [[]]
    held = 0
    for statement, values in asked:
        held += sum(len(value) for value in values if value is not None)
        if messages[-1] and (len(messages[-1]) == _MESSAGE or held > _MESSAGE_BYTES):
            messages.append([])
            held = 0
        messages[-1].append((statement, values))
    return messages


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
