"""What cannot be opened is named, and left exactly as it was."""

import os
import sqlite3
import struct
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from directives_adapters.sqlite import SqliteStore
from directives_adapters.sqlite.schema import APPLICATION_ID, FORMAT, PAGE_BYTES
from directives_core.errors import (
    BadValue,
    DamagedStore,
    DirectivesError,
    NewerFormat,
    NotARegister,
    ReadOnlyStore,
    RegisterExists,
    RegisterMissing,
    StoreError,
)
from directives_core.store import Store
from directives_core.testing.samples import check_whole, write_one


def fill(store: Store) -> None:
    for n in range(30):
        write_one(store, f"command-{n}", "stream")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SqliteStore.create(tmp_path / "office.db", fill)
    return tmp_path / "office.db"


def as_it_lies(folder: Path) -> dict[str, object]:
    """Everything in a folder: names, bytes, times of change."""
    found: dict[str, object] = {".": folder.stat().st_mtime_ns}
    for each in folder.iterdir():
        status = each.lstat()
        readable = each.is_file() and not each.is_symlink()
        found[each.name] = (status.st_mtime_ns, status.st_size, status.st_mode, readable and each.read_bytes())
    return found


def refused(path: Path, error: type[DirectivesError], words: str) -> None:
    before = as_it_lies(path.parent)

    with pytest.raises(error, match=words) as raised:
        SqliteStore(path)

    assert as_it_lies(path.parent) == before
    assert str(path) in str(raised.value)


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def test_a_register_says_in_its_first_bytes_what_it_is(path: Path) -> None:
    header = path.read_bytes()[:100]

    assert header[:16] == b"SQLite format 3\0"
    assert struct.unpack(">i", header[60:64]) == (FORMAT,)
    assert header[68:72] == b"dirv" == struct.pack(">i", APPLICATION_ID)
    assert list(path.parent.iterdir()) == [path]


def test_what_is_not_there_is_missing(path: Path) -> None:
    refused(path.with_name("other.db"), RegisterMissing, "create one first")
    with pytest.raises(RegisterMissing):
        SqliteStore(path / "below.db")


OTHERS: list[tuple[str, Callable[[Path], object], type[DirectivesError], str]] = [
    ("empty", lambda p: p.write_bytes(b""), NotARegister, "empty"),
    ("text", lambda p: p.write_text("Thông báo kết luận\n" * 100), NotARegister, "something else"),
    ("short text", lambda p: p.write_text("x"), NotARegister, "something else"),
    ("the start of a database", lambda p: p.write_bytes(p.read_bytes()[:60]), DamagedStore, "first 60 bytes"),
    ("another application", lambda p: overwrite(p, 68, b"\0\0\0\0"), NotARegister, "another application"),
    ("a newer format", lambda p: overwrite(p, 60, struct.pack(">i", 99)), NewerFormat, "upgrade the software"),
    ("a format before the first", lambda p: overwrite(p, 60, struct.pack(">i", 0)), DamagedStore, "format 0"),
    ("an impossible page size", lambda p: overwrite(p, 16, b"\x03\x03"), DamagedStore, "page size"),
    ("cut in a page", lambda p: os.truncate(p, p.stat().st_size - 100), DamagedStore, "whole number of pages"),
    ("cut at a page", lambda p: os.truncate(p, p.stat().st_size - PAGE_BYTES * 3), DamagedStore, "3 of its .* pages"),
    ("one page", lambda p: os.truncate(p, PAGE_BYTES), DamagedStore, "pages are missing"),
    ("garbage behind", lambda p: p.write_bytes(p.read_bytes() + b"x"), DamagedStore, "whole number of pages"),
    ("huge and foreign", lambda p: (p.write_bytes(b"x" * 100), os.truncate(p, 2**36)), NotARegister, "something else"),
]


@pytest.mark.parametrize(("make", "error", "words"), [other[1:] for other in OTHERS], ids=[o[0] for o in OTHERS])
def test_what_is_no_register_is_left_as_it_is(
    path: Path, make: Callable[[Path], object], error: type[DirectivesError], words: str
) -> None:
    make(path)

    if path.stat().st_size < 2**30:
        refused(path, error, words)
    else:
        with pytest.raises(error, match=words):
            SqliteStore(path)


def test_a_folder_a_pipe_and_a_circle_of_links_are_no_registers(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    os.mkfifo(tmp_path / "pipe.db")
    (tmp_path / "circle.db").symlink_to(tmp_path / "circle.db")
    (tmp_path / "nowhere.db").symlink_to(tmp_path / "gone.db")

    refused(tmp_path / "folder.db", NotARegister, "folder")
    refused(tmp_path / "pipe.db", NotARegister, "no ordinary file")
    refused(tmp_path / "circle.db", NotARegister, "symbolic links")
    refused(tmp_path / "nowhere.db", RegisterMissing, "create one")


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_nobody_may_write_is_read_only_even_for_the_superuser(path: Path, which: str) -> None:
    closed_to_writing = path if which == "file" else path.parent
    mode = closed_to_writing.stat().st_mode
    closed_to_writing.chmod(mode & ~0o222)

    try:
        refused(path, ReadOnlyStore, "read-only")
    finally:
        closed_to_writing.chmod(mode)


def test_a_link_to_a_register_opens_it_where_it_lies(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "link.db").symlink_to(path)

    with closing(SqliteStore(folder / "link.db")) as store:
        write_one(store, "command-30", "stream")
        assert [each.name for each in folder.iterdir()] == ["link.db"]

    with closing(SqliteStore(path)) as store:
        assert len(check_whole(store)) == 31


def test_pages_that_make_no_sense_are_damage(path: Path) -> None:
    size = path.stat().st_size
    overwrite(path, PAGE_BYTES, b"\xff" * (size - PAGE_BYTES))

    with pytest.raises(DamagedStore, match="restore a backup") as raised, closing(SqliteStore(path)) as store:
        check_whole(store)

    assert isinstance(raised.value.__cause__, sqlite3.DatabaseError)


@pytest.mark.parametrize(
    "sql", ["DROP TRIGGER events_no_update", "DROP TABLE commands", "DROP INDEX current_by_status"]
)
def test_a_register_without_one_of_its_parts_is_damaged(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)

    with pytest.raises(DamagedStore, match=sql.split()[-1]):
        SqliteStore(path)


def test_a_new_register_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "old.db-wal").write_bytes(b"left over")

    for name in ("office.db", "notes.txt", "nowhere"):
        before = as_it_lies(tmp_path)
        with pytest.raises(RegisterExists, match=name):
            SqliteStore.create(tmp_path / name, fill)
        assert as_it_lies(tmp_path) == before
    with pytest.raises(NotARegister, match=r"old\.db-wal"):
        SqliteStore.create(tmp_path / "old.db", fill)
    with pytest.raises(BadValue, match="folder"):
        SqliteStore.create(tmp_path / "none" / "office.db", fill)


def test_a_register_that_could_not_be_filled_leaves_nothing(tmp_path: Path) -> None:
    def fail(store: Store) -> None:
        fill(store)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        SqliteStore.create(tmp_path / "office.db", fail)

    assert list(tmp_path.iterdir()) == []


def test_a_register_that_is_still_held_by_what_fills_it_is_not_put_in_place(tmp_path: Path) -> None:
    held, free = threading.Event(), threading.Event()

    def hold(store: Store) -> None:
        fill(store)

        def read() -> None:
            with store.read():
                held.set()
                free.wait(20)

        threads.append(threading.Thread(target=read))
        threads[0].start()
        held.wait(20)

    threads: list[threading.Thread] = []
    with pytest.raises(StoreError, match="still holds it"):
        SqliteStore.create(tmp_path / "office.db", hold)
    free.set()
    threads[0].join()

    assert not (tmp_path / "office.db").exists()


def test_of_many_that_make_the_same_register_one_succeeds(tmp_path: Path) -> None:
    outcomes: list[str] = []

    def make() -> None:
        try:
            SqliteStore.create(tmp_path / "office.db", fill)
            outcomes.append("made")
        except RegisterExists:
            outcomes.append("exists")

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["exists"] * 5 + ["made"]
    assert list(tmp_path.iterdir()) == [tmp_path / "office.db"]
    with closing(SqliteStore(tmp_path / "office.db")) as store:
        assert len(check_whole(store)) == 30
