"""Stores that break their word, each in one way, to prove that the contract notices."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from directives_adapters.memory import MemoryStore
from directives_adapters.sqlite import SqliteStore
from directives_adapters.sqlite.reading import SqliteRead
from directives_adapters.sqlite.transactions import SqliteWrite
from directives_core.errors import Busy, CommandReused, DamagedStore, StoreClosed
from directives_core.store import Record, Row, Store


class Through:
    """A transaction that passes everything on; faults override."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class FaultyStore:
    """A store whose transactions are seen through a fault."""

    fault: type[Through] = Through

    def __init__(self, inner: Store | None = None) -> None:
        self._inner = inner or MemoryStore(wait_seconds=1)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    @contextmanager
    def read(self) -> Iterator[Any]:
        with self._inner.read() as transaction:
            yield self.fault(transaction)

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._inner.write() as transaction:
            yield self.fault(transaction)


class StartsAtOne(Through):
    def head(self) -> Any:
        head = self._inner.head()
        return head if head.position else head.__class__(1, 0, 0)


class MendsPositions(Through):
    def append(self, records: Sequence[Record]) -> None:
        last = self._inner.head().position
        self._inner.append([record._replace(position=last + n) for n, record in enumerate(records, 1)])


class MendsVersions(Through):
    def append(self, records: Sequence[Record]) -> None:
        for record in records:
            last = self._inner.versions([record.stream], to_position=2**60).get(record.stream, 0)
            self._inner.append([record._replace(version=last + 1)])


class MendsTimes(Through):
    def append(self, records: Sequence[Record]) -> None:
        for record in records:
            self._inner.append([record._replace(recorded_at=max(record.recorded_at, self._inner.head().recorded_at))])


class Recodes(Through):
    def records(self, **bounds: Any) -> Iterator[Record]:
        return (r._replace(data=r.data.decode(errors="replace").encode()) for r in self._inner.records(**bounds))


class Reorders(Through):
    def records(self, **bounds: Any) -> Iterator[Record]:
        return iter(sorted(self._inner.records(**bounds), key=lambda record: record.stream))


class IgnoresLimits(Through):
    def records(self, *, limit: int | None = None, **bounds: Any) -> Iterator[Record]:
        return self._inner.records(**bounds)


class IgnoresTypes(Through):
    def records(self, *, types: Sequence[str] = (), **bounds: Any) -> Iterator[Record]:
        return self._inner.records(**bounds)


class StreamsToTheEnd(Through):
    def stream(self, stream: str, *, after_version: int = 0, to_position: int | None = None) -> Any:
        return self._inner.stream(stream, after_version=after_version)


class CutsBatches(Through):
    def append(self, records: Sequence[Record]) -> None:
        self._inner.append(records[:4096])


class LastVersions(Through):
    def versions(self, streams: Sequence[str], *, to_position: int) -> Any:
        return self._inner.versions(streams, to_position=2**60)


class FirstOfAnInstant(Through):
    def position_at(self, recorded_to: int) -> Any:
        before, found = (self._inner.position_at(instant) for instant in (recorded_to - 1, recorded_to))
        return min(before + 1, found)


class CountsAll(Through):
    def count_records(self, *, after: int, effective_to: int) -> Any:
        return self._inner.count_records(after=after, effective_to=2**60)


class SharesItsLists(FaultyStore):
    class fault(Through):  # noqa: N801
        kept: dict[str, Any] = {}  # noqa: RUF012

        def stream(self, stream: str, **bounds: Any) -> Any:
            return self.kept.setdefault(stream, self._inner.stream(stream, **bounds))


class IgnoresThePosition(Through):
    def rows_at(self, *, to_position: int, **bounds: Any) -> Any:
        return self._inner.rows_at(to_position=2**60 if to_position else 0, **bounds)


class IgnoresTheDay(Through):
    def rows_at(self, *, effective_to: int, **bounds: Any) -> Any:
        return self._inner.rows_at(effective_to=2**60, **bounds)


class OnePositionEarly(Through):
    def rows_at(self, *, to_position: int, **bounds: Any) -> Any:
        return self._inner.rows_at(to_position=to_position - 1, **bounds)


class LatestPositionWins(Through):
    def rows_at(self, *, effective_to: int, to_position: int, directives: Any = None) -> Iterator[Row]:
        found: dict[tuple[int, int], Row] = {}
        for directive in range(200) if directives is None else directives:
            for row in sorted(self._inner.timeline(directive), key=lambda row: (row.position, row.effective_from)):
                if row.effective_from <= effective_to and row.position <= to_position:
                    found[row.directive, row.share] = row
        return iter(found[key] for key in sorted(found) if found[key].status != "absent")


class ShowsTheAbsent(Through):
    def add_rows(self, rows: Any) -> None:
        self._inner.add_rows([row._replace(status="gone") if row.status == "absent" else row for row in rows])


class SortsAsText(Through):
    def rows_at(self, **bounds: Any) -> Any:
        return iter(sorted(self._inner.rows_at(**bounds), key=lambda row: (str(row.directive), str(row.share))))


class FindsWhatIsCurrent(Through):
    """An index over the current rows, asked at every moment alike."""

    def rows_where(self, *, effective_to: int, to_position: int, **wanted: Any) -> Iterator[Row]:
        now = self._inner.rows_where(effective_to=2**60, to_position=2**60, **wanted)
        return (row for row in now if row.effective_from <= effective_to and row.position <= to_position)


class LosesTheUndated(Through):
    def rows_where(self, **wanted: Any) -> Iterator[Row]:
        found = self._inner.rows_where(**wanted)
        return (row for row in found if wanted["due_to"] is None or row.due_on is not None)


class TimelineByPosition(Through):
    def timeline(self, directive: int) -> Any:
        return sorted(self._inner.timeline(directive), key=lambda row: row.position)


class RewritesRows(Through):
    def add_rows(self, rows: Any) -> None:
        with suppress(DamagedStore):
            self._inner.add_rows(rows)


class KeepsHalf(Through):
    def add_rows(self, rows: Any) -> None:
        for row in rows:
            if row in self._inner.timeline(row.directive):
                raise DamagedStore("here", why="there already")
            self._inner.add_rows([row])


class CutsStates(Through):
    def add_rows(self, rows: Any) -> None:
        self._inner.add_rows([row._replace(state=row.state[:65535]) for row in rows])


class KeepsWhatWasAbandoned(FaultyStore):
    @contextmanager
    def write(self) -> Iterator[Any]:
        error: Exception | None = None
        with self._inner.write() as transaction:
            try:
                yield transaction
            except Exception as raised:  # noqa: BLE001 - the fault
                error = raised
        if error:
            raise error


class WritersReadTheOldState(FaultyStore):
    class fault(Through):  # noqa: N801
        def timeline(self, directive: int) -> Any:
            return []

        def command(self, command_id: str) -> Any:
            return None


class ShowsTheUncommitted(FaultyStore):
    writing: Any = None

    @contextmanager
    def read(self) -> Iterator[Any]:
        if self.writing:
            yield self.writing
        else:
            with self._inner.read() as transaction:
                yield transaction

    @contextmanager
    def write(self) -> Iterator[Any]:
        with self._inner.write() as transaction:
            self.writing = transaction
            yield transaction
            self.writing = None


class ReadersMoveOn(FaultyStore):
    @contextmanager
    def read(self) -> Iterator[Any]:
        yield Moving(self._inner)


class Moving:
    """Answers every question from the state of its moment, as a connection without a transaction does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        def ask(*given: Any, **named: Any) -> Any:
            with self._store.read() as transaction:
                answer = getattr(transaction, name)(*given, **named)
                return iter(list(answer)) if isinstance(answer, Iterator) else answer

        return ask


class RefusesAtOnce(FaultyStore):
    def __init__(self) -> None:
        super().__init__(MemoryStore(wait_seconds=0))


class LosesEveryTenth(FaultyStore):
    writes = 0

    @contextmanager
    def write(self) -> Iterator[Any]:
        self.writes += 1
        with suppress(InterruptedError), self._inner.write() as transaction:
            yield transaction
            if self.writes % 10 == 0:
                raise InterruptedError


class DoublesCommands(Through):
    def add_command(self, command: Any) -> None:
        with suppress(CommandReused):
            self._inner.add_command(command)


class ForgetsTheNumber(Through):
    def set_number(self, directive: int) -> None:
        pass


class KeepsKeys(Through):
    def destroy_key(self, subject: str) -> None:
        pass


class ForgetsTheRules(Through):
    def set_rules(self, rules: int) -> None:
        pass


class AddsToTheTimeline(FaultyStore):
    def rebuild(self, rows: Any, *, rules: int) -> None:
        with self._inner.write() as transaction:
            transaction.add_rows(list(rows(transaction)))
            transaction.set_rules(rules)


class RebuildsInSteps(FaultyStore):
    def rebuild(self, rows: Any, *, rules: int) -> None:
        with self._inner.write() as transaction:
            transaction.empty_timeline()
            transaction.set_rules(rules)
        with self._inner.write() as transaction:
            transaction.add_rows(list(rows(transaction)))


class WaitsForMore(FaultyStore):
    def wait(self, *, after: int, seconds: float) -> bool:
        return self._inner.wait(after=after + 1, seconds=seconds)


class WakesForNothing(FaultyStore):
    def wait(self, *, after: int, seconds: float) -> bool:
        return self._inner.wait(after=after, seconds=0) or seconds > 1


class GivesUpEarly(FaultyStore):
    def wait(self, *, after: int, seconds: float) -> bool:
        return self._inner.wait(after=after, seconds=0)


class WaitsUnderTheLock(FaultyStore):
    def wait(self, *, after: int, seconds: float) -> bool:
        with self._inner.write():
            return self._inner.wait(after=after, seconds=min(seconds, 3))


class HearsNoEnd(FaultyStore):
    def wait(self, *, after: int, seconds: float) -> bool:
        with suppress(StoreClosed):
            return self._inner.wait(after=after, seconds=seconds)
        return False


class HearsItselfAlone(SqliteStore):
    """It wakes for its own commits, and for those of no other process."""

    own = 0

    @contextmanager
    def write(self) -> Iterator[SqliteWrite]:
        with super().write() as transaction:
            yield transaction
            self.own = transaction.head().position

    def wait(self, *, after: int, seconds: float) -> bool:
        return self.own > after


class NeverEnds(FaultyStore):
    @contextmanager
    def read(self) -> Iterator[Any]:
        self.begun = self._inner.read()
        yield self.begun.__enter__()


class NeverCloses(FaultyStore):
    def close(self) -> None:
        pass


class SkipsAhead(Through):
    def records(self, *, after: int = 0, **bounds: Any) -> Iterator[Record]:
        return self._inner.records(after=after + 1 if after % 10 == 9 else after, **bounds)


class Forgetful(SqliteStore):
    """Every fifth answer is given for what was not kept."""

    writes = 0

    @contextmanager
    def write(self) -> Iterator[SqliteWrite]:
        self.writes += 1
        with suppress(InterruptedError), super().write() as transaction:
            yield transaction
            if self.writes % 5 == 0:
                raise InterruptedError


class LocksByFile(SqliteStore):
    """Its lock is a file that nobody removes when its writer dies."""

    @contextmanager
    def write(self) -> Iterator[SqliteWrite]:
        lock = Path(f"{self.where}.lock")
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            raise Busy(waited_seconds=0) from None
        try:
            with super().write() as transaction:
                yield transaction
        finally:
            lock.unlink()


def open_soundly(path: str) -> Store:
    return SqliteStore(Path(path))


def open_forgetful(path: str) -> Store:
    return Forgetful(Path(path))


def open_locking_by_file(path: str) -> Store:
    return LocksByFile(Path(path))


def open_deferred(path: str) -> Store:
    """A writer that begins by reading, as drivers do of themselves; for a process of its own."""
    SqliteWrite.begin = SqliteRead.begin  # type: ignore[method-assign]
    return SqliteStore(Path(path))


def open_elsewhere(path: str) -> Store:
    SqliteStore.create(Path(f"{path}.other"), lambda _: None)
    return SqliteStore(Path(f"{path}.other"))
