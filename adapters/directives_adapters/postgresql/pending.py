"""What a transaction has yet to send to the server, and the statements that it goes in: one, where it is little."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from directives_core.store import Head, Record, Row, StoredCommand

__all__ = ["Pending"]

T = TypeVar("T")

_CHUNK = 500
_CHUNK_BYTES = 16 * 2**20  # the server takes no array of a gigabyte

_EVENTS = """INSERT INTO directives.events(
        register, position, stream, version, recorded_at, effective_on, type, data)
    SELECT %(register)s, added.* FROM unnest(
        %(e0)s::bigint[], %(e1)s::text[], %(e2)s::bigint[], %(e3)s::bigint[], %(e4)s::integer[], %(e5)s::text[],
        %(e6)b::bytea[]
    ) AS added"""
_TIMELINE = """INSERT INTO directives.timeline(
        register, directive, share, effective_from, position, unit, status, due_on, state)
    SELECT %(register)s, added.* FROM unnest(
        %(t0)s::bigint[], %(t1)s::bigint[], %(t2)s::integer[], %(t3)s::bigint[], %(t4)s::text[], %(t5)s::text[],
        %(t6)s::integer[], %(t7)s::text[]
    ) AS added"""
_CURRENT = """INSERT INTO directives.current AS kept(
        register, directive, share, effective_from, position, unit, status, due_on, state)
    SELECT %(register)s, added.* FROM unnest(
        %(c0)s::bigint[], %(c1)s::bigint[], %(c2)s::integer[], %(c3)s::bigint[], %(c4)s::text[], %(c5)s::text[],
        %(c6)s::integer[], %(c7)s::text[]
    ) AS added
    ON CONFLICT (register, directive, share) DO UPDATE SET effective_from = excluded.effective_from,
        position = excluded.position, unit = excluded.unit, status = excluded.status, due_on = excluded.due_on,
        state = excluded.state
    WHERE (excluded.effective_from, excluded.position) > (kept.effective_from, kept.position)"""
_COMMANDS = """INSERT INTO directives.commands(
        register, command_id, request_sha256, first_position, last_position, result)
    SELECT %(register)s, added.* FROM unnest(
        %(k0)s::text[], %(k1)b::bytea[], %(k2)s::bigint[], %(k3)s::bigint[], %(k4)s::text[]
    ) AS added"""
_HEAD = """UPDATE directives.registers SET position = %(position)s, recorded_at = %(recorded_at)s,
    directive = %(directive)s, rules = %(rules)s, last_day = greatest(last_day, %(last_day)s)
    WHERE register = %(register)s"""

Part = tuple[str, dict[str, Any]]


class Pending:
    """Events, rows and commands in the order in which they were added.

    Every question to the server costs as long as the lock is held: what was added goes all together, at the end or
    before something is read.
    """

    def __init__(self, register: str, *, together: bool) -> None:
        self._register, self._together = register, together
        self.events: list[Record] = []
        self.rows: list[Row] = []
        self.commands: dict[str, StoredCommand] = {}

    def __bool__(self) -> bool:
        return bool(self.events or self.rows or self.commands)

    def take(self, head: Head) -> Iterator[Part]:
        """The statements, with their values, that write everything and the head; nothing is pending afterwards."""
        parts = [*self._of_events(), *self._of_rows(), *self._of_commands()]
        last_day = max((row.effective_from for row in self.rows), default=None)
        self.events, self.rows, self.commands = [], [], {}
        last = _HEAD, {
            "register": self._register, "position": head.position, "recorded_at": head.recorded_at,
            "directive": head.directive, "rules": head.rules, "last_day": last_day,
        }  # fmt: skip
        if self._together and len(parts) == len({sql for sql, _ in parts}):
            yield _in_one(parts, last)
        else:
            yield from parts
            yield last

    def _of_events(self) -> Iterator[Part]:
        for chunk in _chunks(self.events, lambda record: len(record.data)):
            yield self._part(_EVENTS, "e", chunk)

    def _of_rows(self) -> Iterator[Part]:
        for chunk in _chunks(self.rows, lambda row: len(row.state)):
            yield self._part(_TIMELINE, "t", chunk)
            # One statement changes a row once.
            greatest: dict[tuple[int, int], Row] = {}
            for row in chunk:
                known = greatest.get((row.directive, row.share))
                if known is None or (row.effective_from, row.position) > (known.effective_from, known.position):
                    greatest[row.directive, row.share] = row
            yield self._part(_CURRENT, "c", list(greatest.values()))

    def _of_commands(self) -> Iterator[Part]:
        commands = [
            (each.command_id, each.request_sha256, each.first_position, each.last_position, each.result)
            for each in self.commands.values()
        ]
        for chunk in _chunks(commands, lambda command: len(command[-1])):
            yield self._part(_COMMANDS, "k", chunk)

    def _part(self, sql: str, letter: str, rows: Sequence[tuple[Any, ...]]) -> Part:
        columns = {f"{letter}{n}": list(column) for n, column in enumerate(zip(*rows, strict=True))}
        return sql, {"register": self._register, **columns}


def _in_one(parts: Sequence[Part], last: Part) -> Part:
    sql, values = last
    added = ", ".join(f"part{n} AS ({part})" for n, (part, _) in enumerate(parts))
    for _, more in parts:
        values = {**values, **more}
    return (f"WITH {added} {sql}" if added else sql), values


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
