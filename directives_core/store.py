"""The port: what a store promises, clause by clause. A store keeps one register and knows nothing of its rules.

A store hands out two kinds of transaction. All of a `WriteTransaction` is kept or none of it is, and only one is open
at a time, over all threads and processes that share the store: whoever begins one waits, at most `wait_seconds`, and is
then refused with `Busy`. A `ReadTransaction` sees one committed state for as long as it is open, and never waits for a
writer. Both are used by one thread, inside `with`.

Promises, each held by the contract in `directives_core.testing`; `directives_core.stores` has a base that keeps most of
them for its author:

1. Positions run from 1 without gaps, versions of a stream likewise; anything else is refused with `DamagedStore`.
2. What was committed survives the death of the process, and of the machine where the medium keeps its word.
3. Events, timeline rows, commands and checkpoints are only ever inserted. No transaction offers to change or delete
   them.
4. Records come back byte for byte.
5. A reader that follows `records(after=…)` sees every position once and in order.
6. Whoever waits for a position is woken soon after the commit that brings it, whichever process made it; and when
   the store is closed.
7. Errors of a driver come out as `StoreError` or `Conflict`, with the driver's own error as the cause.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

__all__ = [
    "Checkpoint", "Head", "ReadTransaction", "Rebuilding", "Record", "Row", "Store", "StoredCommand",
    "WriteTransaction",
]  # fmt: skip


# Records and rows are tuples, because a store makes them by the hundred thousand: a frozen dataclass takes three times
# as long to make, which is as long as reading the row from disk.
class Record(NamedTuple):
    """An event as it is kept: `recorded_at` in microseconds and `effective_on` in days, both since 1970-01-01 UTC."""

    position: int
    stream: str
    version: int
    recorded_at: int
    effective_on: int
    type: str
    data: bytes


class Head(NamedTuple):
    """How far the register has come: the last position, its `recorded_at` in microseconds, the last directive number.

    `rules` is the version of the fold that wrote the timeline. All are 0 in an empty register.
    """

    position: int = 0
    recorded_at: int = 0
    directive: int = 0
    rules: int = 0


class Row(NamedTuple):
    """The state of one share of one directive from a day on, as known from a position on.

    `share` 0 holds the directive's own fields. `status` is a work state, `directive` for share 0, or `absent` where the
    share no longer exists. `state` is JSON and holds everything; the other columns are copies to select by. `due_on` is
    none also where the share recurs. Days count from 1970-01-01.
    """

    directive: int
    share: int
    effective_from: int
    position: int
    unit: str | None
    status: str
    due_on: int | None
    state: str


class StoredCommand(NamedTuple):
    """A command that was carried out, with the positions it wrote (first > last where it wrote none) and its result."""

    command_id: str
    request_sha256: bytes
    first_position: int
    last_position: int
    result: str


class Checkpoint(NamedTuple):
    """What the log was when it had `size` records: the root of the Merkle tree over them, and what to carry on from.

    `rules` is the version of the fold of that day; `note` the signed note, where there was a key to sign with;
    `frontier` the roots of the whole subtrees, 32 bytes each, the largest first; `taken_at` microseconds since
    1970-01-01 UTC.
    """

    size: int
    root: bytes
    rules: int
    note: str | None
    frontier: bytes
    taken_at: int


class ReadTransaction(Protocol):
    """One committed state of the register."""

    def head(self) -> Head:
        """How far the register has come."""
        ...

    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Sequence[Record]:
        """The records of one stream, in order; none if there is no such stream."""
        ...

    def records(
        self, *, after: int = 0, to: int | None = None, types: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Record]:
        """Records with `after` < position <= `to`, in order of position, of the given types only (none: of all)."""
        ...

    def count_records(self, *, after: int, effective_to: int) -> int:
        """How many records have a position > `after` and an effective day <= `effective_to`."""
        ...

    def position_at(self, recorded_to: int) -> int:
        """The last position whose `recorded_at` <= `recorded_to` (microseconds); 0 if there is none."""
        ...

    def versions(self, streams: Sequence[str], *, to_position: int) -> dict[str, int]:
        """The last version of each stream that has one at or before the position."""
        ...

    def rows_at(self, *, effective_to: int, to_position: int, directives: Sequence[int] | None = None) -> Iterator[Row]:
        """The state of every share at (day, position), or of those of the given directives.

        For each share the row with the greatest (effective_from, position) whose `effective_from` <= `effective_to` and
        whose position <= `to_position`; shares without one, and `absent` ones, are left out. Ordered by directive, then
        share. The directives' own fields come as share 0.
        """
        ...

    def rows_where(
        self,
        *,
        effective_to: int,
        to_position: int,
        statuses: Sequence[str],
        unit: str | None = None,
        due_to: int | None = None,
    ) -> Iterator[Row]:
        """Those of `rows_at` that have one of these statuses, and name this unit, if one is given.

        With `due_to` those due on that day or before, and those that are due on no day. In the order of `rows_at`. At a
        moment that nothing came after, the cost follows the answer and not the register: a store needs an index over
        current rows by status, unit and day.
        """
        ...

    def timeline(self, directive: int) -> Sequence[Row]:
        """Every row of a directive, ordered by share, effective_from, position."""
        ...

    def command(self, command_id: str) -> StoredCommand | None:
        """The command of this id, if it was carried out."""
        ...

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """The keys of those subjects whose key still exists."""
        ...

    def checkpoints(self) -> Sequence[Checkpoint]:
        """Every checkpoint, ordered by size, those of one size in the order in which they were kept."""
        ...

    def last_checkpoint(self, to_size: int) -> Checkpoint | None:
        """The last one in that order whose size is at most `to_size`, if there is one."""
        ...


class WriteTransaction(ReadTransaction, Protocol):
    """The register under its lock; reads see what the transaction itself wrote."""

    def append(self, records: Sequence[Record]) -> None:
        """Add records at the end of the log. Positions and versions go on without a gap, `recorded_at` never back."""
        ...

    def add_rows(self, rows: Iterable[Row]) -> None:
        """Add rows to the timeline, in order; the greatest of a share by (effective_from, position) is current."""
        ...

    def add_command(self, command: StoredCommand) -> None:
        """Remember that a command was carried out; its id is new."""
        ...

    def set_number(self, directive: int) -> None:
        """Note the last directive number that was given out."""
        ...

    def set_rules(self, rules: int) -> None:
        """Note the version of the fold that writes the timeline."""
        ...

    def add_key(self, subject: str, key: bytes) -> None:
        """Keep the key of a subject; it has none yet."""
        ...

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Keep a checkpoint; another of the same size may be there already, such as one signed with another key."""
        ...

    def destroy_key(self, subject: str) -> None:
        """Overwrite and forget the key of a subject; nothing in the store gives it back."""
        ...


class Store(Protocol):
    """A place that keeps one register."""

    @property
    def where(self) -> str:
        """The place in words that a person would use, without secrets."""
        ...

    def read(self) -> AbstractContextManager[ReadTransaction]:
        """Begin reading one committed state."""
        ...

    def write(self) -> AbstractContextManager[WriteTransaction]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
        """
        ...

    def wait(self, *, after: int, seconds: float) -> bool:
        """Wait until the last position is greater than `after`; False where so many seconds passed without it.

        It holds nobody up, and `directives_core.waiting` has what a store needs that can only ask again and again.

        Raises:
            StoreClosed: the store was closed, be it by another thread meanwhile.
        """
        ...

    def close(self) -> None:
        """Let go of everything; later use is refused with `StoreClosed`. Closing twice is harmless."""
        ...


class Rebuilding(Store, Protocol):
    """A store that can put another timeline in the place of its own. One that cannot is copied instead."""

    def rebuild(self, rows: Callable[[ReadTransaction], Iterable[Row]], *, rules: int) -> None:
        """Write all rows anew, and the version of the fold that made them, in one commit under the lock.

        Until then readers see the old timeline; afterwards nothing of it is left. Whoever dies or fails on the way
        leaves everything as it was. `rows` gives them from the log alone, in any order; the timeline that it would
        read may be gone already.
        """
        ...
