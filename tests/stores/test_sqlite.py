"""What a register in a SQLite file does when the disk, another process or a fork gets in its way."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from directives_adapters.sqlite import SqliteStore
from directives_adapters.sqlite.schema import PAGE_BYTES
from directives_core.errors import Busy, DamagedStore, RegisterMissing, StoreClosed, StoreFull
from directives_core.store import Head, Record, Store, WriteTransaction
from directives_core.testing.samples import check_whole, everything, write_one

LEAVES_A_LOG = """
import os, sys
from pathlib import Path
from directives_adapters.sqlite import SqliteStore
from directives_core.testing.samples import write_one

store = SqliteStore(Path(sys.argv[1]))
for n in range(20):
    write_one(store, f"command-{n}", "stream")
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SqliteStore.create(tmp_path / "office.db", lambda _: None)
    return tmp_path / "office.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path, wait_seconds=0.5)) as store:
        yield store


def test_a_log_left_by_a_killed_process_is_taken_over(path: Path) -> None:
    subprocess.run([sys.executable, "-c", LEAVES_A_LOG, path], check=False)
    log = path.with_name("office.db-wal")
    assert log.stat().st_size > 20 * PAGE_BYTES

    with closing(SqliteStore(path)) as store:
        assert len(check_whole(store)) == 20

    assert not log.exists()


def test_a_cut_file_is_damaged_also_beside_a_log_that_does_not_hold_what_is_missing(path: Path) -> None:
    subprocess.run([sys.executable, "-c", LEAVES_A_LOG, path], check=False)
    os.truncate(path, PAGE_BYTES * 2)
    size = path.with_name("office.db-wal").stat().st_size

    with pytest.raises(DamagedStore, match="pages are missing"):
        SqliteStore(path)

    assert path.stat().st_size == PAGE_BYTES * 2
    assert path.with_name("office.db-wal").stat().st_size == size


def test_a_full_disk_loses_nothing_that_was_answered(path: Path) -> None:
    limit = path.stat().st_size + 10 * PAGE_BYTES
    with closing(SqliteStore(path, max_bytes=limit)) as store:
        told, raised = 0, None
        while raised is None:
            try:
                write_one(store, f"command-{told}", "stream")
                told += 1
            except StoreFull as error:
                raised = error
        assert isinstance(raised.__cause__, sqlite3.OperationalError)

        assert check_whole(store) == [f"command-{n}" for n in range(told)]
        with pytest.raises(StoreFull), store.write() as transaction:
            transaction.append([Record(told + 1, "big", 1, 2**60, 1, "t.v1", bytes(200_000))])

    with closing(SqliteStore(path)) as store:
        write_one(store, f"command-{told}", "stream")
        assert len(check_whole(store)) == told + 1


def test_nothing_is_kept_of_a_transaction_that_goes_on_after_the_disk_was_full(path: Path) -> None:
    def too_much(transaction: WriteTransaction) -> None:
        with pytest.raises(StoreFull):
            transaction.append([Record(1, "big", 1, 1, 1, "t.v1", bytes(200_000))])

    with closing(SqliteStore(path, max_bytes=path.stat().st_size)) as store:
        with pytest.raises(StoreClosed), store.write() as transaction:  # noqa: PT012 - which of the two, is no matter
            too_much(transaction)
            transaction.set_number(7)
        with pytest.raises(StoreClosed), store.write() as transaction:
            too_much(transaction)

        with store.read() as transaction:
            assert transaction.head() == Head()


def test_the_lock_of_another_program_is_waited_for_and_then_named(path: Path, store: SqliteStore) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = monotonic()
        with pytest.raises(Busy) as raised, store.write():
            pass
        waited = monotonic() - began
        with store.read() as transaction:
            assert transaction.head().position == 0
        other.execute("ROLLBACK")

    assert 0.4 < waited < 5
    assert raised.value.waited_seconds == 0.5
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError)
    write_one(store, "command-0", "stream")


def test_a_commit_is_on_the_disk_before_it_is_answered(store: SqliteStore) -> None:
    with store.write() as transaction:
        assert transaction._run("PRAGMA synchronous") == [(2,)]
        assert transaction._run("PRAGMA journal_mode") == [("wal",)]
        assert transaction._run("PRAGMA secure_delete") == [(1,)]


def test_a_file_that_was_moved_away_is_no_longer_written(path: Path, store: SqliteStore) -> None:
    write_one(store, "command-0", "stream")
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).rename(path.with_name("moved.db" + suffix))

    with pytest.raises(RegisterMissing):
        write_one(store, "command-1", "stream")
    SqliteStore.create(path, lambda _: None)
    with pytest.raises(StoreClosed, match="another file"):
        write_one(store, "command-1", "stream")


def test_a_register_opened_before_a_fork_is_refused_after_it(store: SqliteStore) -> None:
    write_one(store, "command-0", "stream")
    uses: list[Callable[[Store], object]] = [lambda s: s.read().__enter__(), lambda s: write_one(s, "c", "s")]

    child = os.fork()
    if child == 0:
        refused = 0
        for use in uses:
            try:
                use(store)
            except StoreClosed as error:
                refused += "fork" in str(error)
        store.close()
        os._exit(refused)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == len(uses)
    write_one(store, "command-1", "stream")
    assert check_whole(store) == ["command-0", "command-1"]


def test_a_destroyed_key_is_nowhere_in_the_files(path: Path, store: SqliteStore) -> None:
    keys = {f"subject-{n}": b"<%04d>" % n * 6 for n in range(600)}
    for some in (list(keys)[:300], list(keys)[300:]):
        with store.write() as transaction:
            for subject in some:
                transaction.add_key(subject, keys[subject])
    gone = list(keys)[::3]

    for subject in gone:
        with store.write() as transaction:
            transaction.destroy_key(subject)

    held = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert [subject for subject in gone if keys[subject] in held] == []
    with store.read() as transaction:
        assert transaction.keys(list(keys)) == {s: key for s, key in keys.items() if s not in gone}
    with store.write() as transaction:
        transaction.add_key("subject-0", b"another key")
    with store.read() as transaction:
        assert transaction.keys(["subject-0"]) == {"subject-0": b"another key"}


def test_a_key_destroyed_under_a_reader_is_gone_from_the_files_once_the_reader_is(
    path: Path, store: SqliteStore
) -> None:
    with store.write() as transaction:
        transaction.add_key("hoa", b"the key of hoa")

    with store.read() as reader:
        with store.write() as transaction:
            transaction.destroy_key("hoa")
        assert reader.keys(["hoa"]) == {"hoa": b"the key of hoa"}
    write_one(store, "command-0", "stream")

    assert b"the key of hoa" not in b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_more_readers_than_connections_are_kept_are_served(store: SqliteStore) -> None:
    write_one(store, "command-0", "stream")
    readers = [store.read() for _ in range(20)]

    for transaction in [reader.__enter__() for reader in readers]:
        assert transaction.head().position == 1
    for reader in readers:
        reader.__exit__(None, None, None)

    assert len(store._idle) == 8


def test_an_answer_that_nobody_reads_to_its_end_holds_nothing_up(path: Path, store: SqliteStore) -> None:
    with store.write() as transaction:
        transaction.append([Record(n, "s", n, n, 1, "t.v1", b"x") for n in range(1, 2_001)])
    with store.read() as transaction:
        left = transaction.records()
        next(left)

    with store.write() as transaction:
        everything(transaction)
    with store.read() as transaction:
        assert transaction.head().position == 2_001
    del left

    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
