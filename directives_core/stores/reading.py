"""Reading a register in memory: what is kept bears the number of its commit, so that nothing is copied for a reader."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Self

from directives_core.errors import StoreClosed
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Head, Record, Row, StoredCommand
from directives_core.stores.commit import Commit

__all__ = ["Kept", "MemoryRead", "Rows", "Tables"]


class Kept(NamedTuple):
    """A row and the number of the commit that it came with; they sort by day, then position."""

    effective_from: int
    position: int
    commit: int
    row: Row


Rows = dict[int, dict[int, tuple[Kept, ...]]]
"""The rows of each share of each directive."""


class Tables:
    """What is kept. Everything bears the number of its commit, and whoever reads leaves out what came after his own.

    So nothing is copied for a reader, and a writer puts his things in their place at once. Lists only grow at their
    end; rows of a share are replaced as a whole, so that a reader holds either the old ones or the new.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        # Number, head and timeline of the last commit: one assignment shows them.
        self.published: tuple[int, Head, Rows] = (0, Head(), {})
        self.records: list[Record] = []
        self.streams: dict[str, list[Record]] = {}
        self.commands: dict[str, tuple[int, StoredCommand]] = {}
        self.keys: dict[str, tuple[int, bytes]] = {}
        self.checkpoints: list[tuple[int, Checkpoint]] = []


class MemoryRead:
    """One committed state, until the end of `with`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._commit, self._head, self._rows = tables.published
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.end()

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

    def _row_at(self, kept: tuple[Kept, ...], effective_to: int, to_position: int) -> Row | None:
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

    def everything(self) -> Commit:
        """All that is kept, as one transaction could have written it."""
        tables = self._live()
        return Commit(
            self._commit,
            records=list(self.records()),
            rows=[row for directive in sorted(self._rows) for row in self.timeline(directive)],
            commands=[command for commit, command in tables.commands.values() if commit <= self._commit],
            checkpoints=list(self.checkpoints()),
            keys=self.keys(list(tables.keys)),
            directive=self._head.directive,
            rules=self._head.rules,
        )

    def _shares(self, directive: int) -> list[tuple[Kept, ...]]:
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
