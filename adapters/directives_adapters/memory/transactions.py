"""Reading and writing a register in memory: what is kept bears the number of its commit, so that nothing is copied."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from directives_core.errors import CommandReused, DamagedStore, NameTaken, StoreClosed
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand

__all__ = ["MemoryRead", "MemoryWrite", "Tables"]

_WHERE = "memory"


class _Kept(NamedTuple):
    """A row and the number of the commit that it came with; they sort by day, then position."""

    effective_from: int
    position: int
    commit: int
    row: Row


_Rows = dict[int, dict[int, tuple[_Kept, ...]]]


class Tables:
    """What is kept. Everything bears the number of its commit, and whoever reads leaves out what came after his own.

    So nothing is copied for a reader, and a writer puts his things in their place at once. Lists only grow at their
    end; rows of a share are replaced as a whole, so that a reader holds either the old ones or the new.
    """

    def __init__(self) -> None:
        # Number, head and timeline of the last commit: one assignment shows them.
        self.published: tuple[int, Head, _Rows] = (0, Head(), {})
        self.records: list[Record] = []
        self.streams: dict[str, list[Record]] = {}
        self.commands: dict[str, tuple[int, StoredCommand]] = {}
        self.keys: dict[str, tuple[int, bytes]] = {}
        self.checkpoints: list[tuple[int, Checkpoint]] = []


class MemoryRead:
    """One committed state."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._commit, self._head, self._rows = tables.published
        self._over = False

    def end(self) -> None:
        """Let go of the state."""
        self._over = True

    def head(self) -> Head:
        """See the port."""
        self._live()
        return self._head

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """See the port."""
        records = self._live().streams.get(stream, [])
        return records[max(0, after_version) : self._length(records, to_position)]

    def records(
        self, *, after: int = 0, to: int | None = None, types: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Record]:
        """See the port."""
        last = self._head.position if to is None else min(to, self._head.position)
        return islice(self._records(max(0, after), last, frozenset(types)), limit)

    def _records(self, after: int, last: int, types: frozenset[str]) -> Iterator[Record]:
        for index in range(after, last):
            record = self._live().records[index]
            if not types or record.type in types:
                yield record

    def count_records(self, *, after: int, effective_to: int) -> int:
        """See the port."""
        return sum(record.effective_on <= effective_to for record in self.records(after=after))

    def position_at(self, recorded_to: int) -> int:
        """See the port."""
        records = self._live().records
        return bisect_right(records, recorded_to, hi=self._head.position, key=lambda record: record.recorded_at)

    def versions(self, streams: Sequence[str], *, to_position: int) -> dict[str, int]:
        """See the port."""
        found = ((stream, self._live().streams.get(stream, [])) for stream in streams)
        return {stream: length for stream, records in found if (length := self._length(records, to_position))}

    def rows_at(self, *, effective_to: int, to_position: int, directives: Sequence[int] | None = None) -> Iterator[Row]:
        """See the port."""
        self._live()
        for directive in sorted(list(self._rows) if directives is None else set(directives)):
            for kept in self._shares(directive):
                row = self._row_at(kept, effective_to, to_position)
                if row is not None and row.status != "absent":
                    yield row

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
        for row in self.rows_at(effective_to=effective_to, to_position=to_position):
            in_time = due_to is None or row.due_on is None or row.due_on <= due_to
            if row.status in statuses and unit in (None, row.unit) and in_time:
                yield row

    def _row_at(self, kept: tuple[_Kept, ...], effective_to: int, to_position: int) -> Row | None:
        first_after = bisect_right(kept, effective_to, key=lambda each: each.effective_from)
        for each in reversed(kept[:first_after]):
            if each.position <= to_position and each.commit <= self._commit:
                return each.row
        return None

    def timeline(self, directive: int) -> Sequence[Row]:
        """See the port."""
        return [each.row for kept in self._shares(directive) for each in kept if each.commit <= self._commit]

    def command(self, command_id: str) -> StoredCommand | None:
        """See the port."""
        commit, command = self._live().commands.get(command_id, (0, None))
        return command if commit <= self._commit else None

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """See the port."""
        found = ((subject, self._live().keys.get(subject)) for subject in subjects)
        return {subject: kept[1] for subject, kept in found if kept is not None and kept[0] <= self._commit}

    def checkpoints(self) -> Sequence[Checkpoint]:
        """See the port."""
        kept = [checkpoint for commit, checkpoint in self._live().checkpoints if commit <= self._commit]
        return sorted(kept, key=lambda checkpoint: checkpoint.size)

    def last_checkpoint(self, to_size: int) -> Checkpoint | None:
        """See the port."""
        return next((kept for kept in reversed(self.checkpoints()) if kept.size <= to_size), None)

    def _shares(self, directive: int) -> list[tuple[_Kept, ...]]:
        self._live()
        shares = self._rows.get(directive, {})
        return [shares[share] for share in sorted(shares)]

    def _length(self, records: list[Record], to_position: int | None) -> int:
        last = self._head.position if to_position is None else min(to_position, self._head.position)
        return bisect_right(records, last, key=lambda record: record.position)

    def _live(self) -> Tables:
        if self._over:
            raise StoreClosed(Phrase("this transaction is over; begin another one"))
        return self._tables


class MemoryWrite(MemoryRead):
    """The register under its lock; `_undo` holds, in order, what takes back each step."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._commit += 1
        self._undo: list[Callable[[], object]] = []
        self._destroyed: set[str] = set()

    def commit(self) -> None:
        """Show everything at once."""
        tables = self._live()
        for subject in self._destroyed:
            tables.keys.pop(subject, None)
        tables.published = (self._commit, self._head, self._rows)
        self.end()

    def roll_back(self) -> None:
        """Take back every step."""
        while self._undo:
            self._undo.pop()()
        self.end()

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        position, recorded_at = self._head.position, self._head.recorded_at
        versions: dict[str, int] = {}
        for record in records:
            version = versions.get(record.stream) or len(self._live().streams.get(record.stream, []))
            if record.position != position + 1:
                raise DamagedStore(
                    _WHERE,
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
                raise DamagedStore(_WHERE, why=why)
            if record.recorded_at < recorded_at:
                raise DamagedStore(
                    _WHERE,
                    why=Phrase("event {position} would be older than the one before it", position=record.position),
                )
            position, recorded_at = record.position, record.recorded_at
            versions[record.stream] = record.version
        tables = self._live()
        for record in records:
            stream = tables.streams.setdefault(record.stream, [])
            stream.append(record)
            self._undo.append(stream.pop)
            tables.records.append(record)
            self._undo.append(tables.records.pop)
        self._head = replace(self._head, position=position, recorded_at=recorded_at)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        for row in rows:
            self._live()
            shares = self._rows.setdefault(row.directive, {})
            before = shares.get(row.share, ())
            kept = _Kept(row.effective_from, row.position, self._commit, row)
            index = bisect_right(before, kept[:2], key=lambda each: each[:2])
            if index and before[index - 1][:2] == kept[:2]:
                self.roll_back()  # rows before this one are in place: none may be kept, even if the caller goes on
                raise DamagedStore(_WHERE, why=Phrase("a row of the timeline is written once: {row}", row=row))
            shares[row.share] = (*before[:index], kept, *before[index:])
            self._undo.append(partial(shares.update, {row.share: before}))

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        commands = self._live().commands
        if command.command_id in commands:
            raise CommandReused(command.command_id)
        commands[command.command_id] = (self._commit, command)
        self._undo.append(lambda: commands.pop(command.command_id))

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._live()
        self._head = replace(self._head, directive=directive)

    def set_rules(self, rules: int) -> None:
        """See the port."""
        self._live()
        self._head = replace(self._head, rules=rules)

    def empty_timeline(self) -> None:
        """Begin another timeline; the one before stays for its readers, and for good if this is rolled back."""
        self._live()
        self._rows = {}

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        keys = self._live().keys
        if subject in keys and subject not in self._destroyed:
            raise NameTaken(Phrase("key"), subject)
        before = keys.get(subject)
        keys[subject] = (self._commit, key)
        self._destroyed.discard(subject)
        self._undo.append(lambda: keys.pop(subject) if before is None else keys.update({subject: before}))

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        checkpoints = self._live().checkpoints
        checkpoints.append((self._commit, checkpoint))
        self._undo.append(checkpoints.pop)

    def destroy_key(self, subject: str) -> None:
        """See the port."""
        self._live()
        self._destroyed.add(subject)  # and forgotten by the commit: until then it may have to come back

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """See the port."""
        return super().keys([subject for subject in subjects if subject not in self._destroyed])
