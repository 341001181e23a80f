"""What lies in the tables of a SQLite file: where a row is written, what guards it, and what one commit changes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_adapters.sqlite import SqliteStore
from directives_adapters.sqlite.schema import OF_CURRENT, PAGE_BYTES
from directives_core.errors import DamagedStore
from directives_core.store import Record, Row
from directives_core.testing.samples import command, next_record, row, write_one

FRAME_BYTES = PAGE_BYTES + 24


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SqliteStore.create(tmp_path / "office.db", lambda _: None)
    return tmp_path / "office.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path)) as store:
        yield store


def add(store: SqliteStore, *rows: Row) -> None:
    with store.write() as transaction:
        transaction.append([next_record(transaction)])
        transaction.add_rows(rows)


def lying(path: Path, sql: str) -> list[tuple[int, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_row_is_written_once_and_passes_into_the_timeline_when_another_follows_it(
    path: Path, store: SqliteStore
) -> None:
    first, second, late, third = row(1, 1, 10, 1), row(1, 1, 20, 2), row(1, 1, 15, 3), row(1, 1, 20, 4)
    where = "SELECT effective_from, position FROM {} ORDER BY effective_from, position"

    add(store, first)
    assert (lying(path, where.format("current")), lying(path, where.format("timeline"))) == ([(10, 1)], [])
    add(store, second)
    add(store, late)
    add(store, row(2, 1, 20, 4), third)

    assert lying(path, where.format("current")) == [(20, 4), (20, 4)]
    assert lying(path, where.format("timeline")) == [(10, 1), (15, 3), (20, 2)]
    with store.read() as transaction:
        assert list(transaction.timeline(1)) == [first, late, second, third]


def test_rows_of_one_share_in_one_call_are_sorted_out(path: Path, store: SqliteStore) -> None:
    add(store, row(1, 1, 20, 1))
    rows = [row(1, 1, 30, 2), row(1, 1, 10, 2), row(1, 1, 25, 2), row(1, 2, 10, 2), row(1, 1, 40, 2), row(2, 1, 9, 2),
            row(2, 1, 8, 2)]  # fmt: skip

    add(store, *rows)

    assert lying(path, "SELECT directive, share, effective_from FROM current ORDER BY id") == [
        (1, 1, 40), (1, 2, 10), (2, 1, 9),
    ]  # fmt: skip
    with store.read() as transaction:
        kept = [*transaction.timeline(1), *transaction.timeline(2)]
        assert kept == sorted([row(1, 1, 20, 1), *rows])


@pytest.mark.parametrize("twice", [
    [row(1, 1, 20, 2)], [row(1, 1, 10, 1)], [row(1, 1, 30, 3), row(1, 1, 20, 2)], [row(1, 1, 30, 3), row(1, 1, 30, 3)],
    [row(9, 1, 30, 3), row(9, 1, 30, 3)], [row(1, 1, 20, 2), row(1, 2, 20, 3)], [row(1, 1, 5, 3), row(1, 1, 5, 3)],
])  # fmt: skip
def test_a_row_that_is_there_is_not_written_again_wherever_it_lies(store: SqliteStore, twice: list[Row]) -> None:
    add(store, row(1, 1, 10, 1))
    add(store, row(1, 1, 20, 2))

    with pytest.raises(DamagedStore), store.write() as transaction:
        transaction.add_rows([each._replace(state='{"other":true}') for each in twice])

    with store.read() as transaction:
        assert list(transaction.timeline(1)) == [row(1, 1, 10, 1), row(1, 1, 20, 2)]
        assert list(transaction.timeline(9)) == []


@pytest.mark.parametrize("sql", [
    "DELETE FROM current", "UPDATE current SET state = '{}'", "UPDATE current SET position = 1",
    "UPDATE current SET id = id + 1, share = share + 1, position = 99", "REPLACE INTO current SELECT * FROM current",
    "UPDATE OR REPLACE current SET state = '{}'", "REPLACE INTO timeline SELECT * FROM timeline",
    "REPLACE INTO timeline SELECT id, 7, 7, 7, 7, unit, status, due_on, state FROM timeline",
    "REPLACE INTO days SELECT effective_on, 7 FROM days", "DELETE FROM days", "UPDATE days SET position = 7",
    "DELETE FROM late_events", "UPDATE late_events SET position = 7",
])  # fmt: skip
def test_what_is_kept_is_not_lost_behind_the_back_of_the_store(path: Path, store: SqliteStore, sql: str) -> None:
    with store.write() as transaction:
        transaction.append([Record(n, "a", n, n, day, "t.v1", b"") for n, day in enumerate([3, 5, 4], 1)])
        transaction.add_rows([row(1, 1, 3, 1), row(1, 1, 5, 2), row(1, 1, 4, 3)])
    everywhere = [f"SELECT * FROM {table}" for table in ("current", "timeline", "days", "late_events")]  # noqa: S608
    before = [lying(path, table) for table in everywhere]
    assert all(before)

    with closing(sqlite3.connect(path, isolation_level=None)) as behind, pytest.raises(sqlite3.IntegrityError):
        behind.execute(sql)

    assert [lying(path, table) for table in everywhere] == before


def test_a_row_that_is_overtaken_behind_the_back_of_the_store_is_kept_all_the_same(
    path: Path, store: SqliteStore
) -> None:
    add(store, row(1, 1, 10, 1))

    with closing(sqlite3.connect(path, isolation_level=None)) as behind:
        behind.execute("UPDATE current SET effective_from = 11, state = '{}'")

    with store.read() as transaction:
        first = row(1, 1, 10, 1)
        assert list(transaction.timeline(1)) == [first, first._replace(effective_from=11, state="{}")]


def test_the_last_number_is_what_was_noted_whatever_the_rows_say(path: Path, store: SqliteStore) -> None:
    def noted(number: int | None, *rows: Row) -> int:
        with store.write() as transaction:
            if number is not None:
                transaction.set_number(number)
            transaction.add_rows(rows)
        with closing(SqliteStore(path)) as another, another.read() as transaction:
            return transaction.head().directive

    assert noted(None, row(9, 1, 1, 1)) == 0
    assert noted(4) == 4
    assert noted(9) == 9
    assert lying(path, "SELECT directive FROM register") == [(OF_CURRENT,)]
    assert noted(10, row(10, 1, 1, 1)) == 10
    assert noted(None, row(12, 1, 1, 1)) == 10
    assert noted(20) == 20
    assert noted(3) == 3
    assert noted(None) == 3


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), max_size=6))
def test_late_events_are_counted_as_if_one_looked_at_all(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[int]]
) -> None:
    path = tmp_path_factory.mktemp("late") / "office.db"
    SqliteStore.create(path, lambda _: None)
    days = [day for commit in commits for day in commit]
    with closing(SqliteStore(path)) as store:
        last = 0
        for commit in commits:
            with store.write() as transaction:
                transaction.append(
                    [Record(last + n, "a", last + n, 1, day, "t", b"") for n, day in enumerate(commit, 1)]
                )
            last += len(commit)

        with store.read() as transaction:
            for after in range(last + 1):
                for day in range(-1, 11):
                    counted = transaction.count_records(after=after, effective_to=day)
                    assert counted == sum(each <= day for each in days[after:])


def test_a_new_directive_changes_five_pages_and_an_event_of_another_day_one_more(
    path: Path, store: SqliteStore
) -> None:
    write_one(store, "the first", "stream-0")
    log = path.with_name("office.db-wal")

    def pages(number: int, day: int) -> int:
        before = log.stat().st_size
        with store.write() as transaction:
            record = next_record(transaction, f"stream-{number}")._replace(effective_on=day)
            transaction.append([record])
            transaction.add_rows([row(number, 0, 1, record.position, status="directive"), row(number, 1, 1, 2)])
            transaction.add_command(command(f"command-{number}", record.position, record.position))
            transaction.set_number(number)
        return (log.stat().st_size - before) // FRAME_BYTES

    with store.read() as transaction:
        today = next(transaction.records()).effective_on

    assert [pages(number, today) for number in range(2, 6)] == [5] * 4
    assert pages(6, today + 1) == 6
    assert pages(7, today) == 6
