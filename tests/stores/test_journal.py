"""A store that is a journal: what its base makes of a medium that fails, dies, is changed, or breaks its word."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_core.errors import (
    DamagedStore,
    DirectivesError,
    NewerFormat,
    ReadOnlyStore,
    RegisterExists,
    RegisterMissing,
    StoreClosed,
    StoreError,
    StoreFull,
)
from directives_core.store import Checkpoint, Record, Row, StoredCommand
from directives_core.stores import JournalStore, MemoryStore
from directives_core.stores.commit import Commit, commit_of, digest_of, line_of
from directives_core.testing import StoreContract
from directives_core.testing.samples import check_whole, everything, write_one
from tests.stores import journal_faults
from tests.stores.page_store import FILES, FolderStore

numbers = st.integers(0, 2**53)
records = st.builds(Record, numbers, st.text(), numbers, numbers, st.integers(), st.text(), st.binary())
words = st.none() | st.text()
rows = st.builds(Row, numbers, numbers, st.integers(), numbers, words, st.text(), st.none() | st.integers(), st.text())
commands = st.builds(StoredCommand, st.text(), st.binary(), numbers, numbers, st.text())
checkpoints = st.builds(Checkpoint, numbers, st.binary(), numbers, words, st.binary(), numbers)
commits = st.builds(
    Commit,
    numbers,
    records=st.lists(records),
    rows=st.lists(rows),
    commands=st.lists(commands),
    checkpoints=st.lists(checkpoints),
    keys=st.dictionaries(st.text(), st.binary()),
    destroyed=st.sets(st.text()),
    directive=st.none() | numbers,
    rules=st.none() | numbers,
    anew=st.booleans(),
)


class Contract(StoreContract):
    """The clauses, to be called by name."""

    open_with: Callable[[str], Any]

    def opener(self, store: Any) -> Callable[[], Any]:
        return partial(self.open_with, store.where)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Any]:
    with closing(FolderStore(tmp_path / "register", wait_seconds=1).create(lambda _: None)) as store:
        yield store


@pytest.mark.parametrize(("fault", "clause"), journal_faults.CLAUSES)
def test_a_medium_that_breaks_its_word_fails_its_clause(tmp_path: Path, fault: Any, clause: str) -> None:
    contract = Contract()
    contract.open_with = fault
    with suppress(RegisterExists):
        FolderStore(tmp_path / "register").create(lambda _: None)

    with (
        closing(fault(tmp_path / "register", wait_seconds=1)) as store,
        pytest.raises((AssertionError, DirectivesError, pytest.fail.Exception)),
    ):
        getattr(contract, f"test_{clause}")(store)


def test_the_store_of_the_page_has_some_fifty_lines() -> None:
    assert sum(map(bool, FILES["folder_store.py"].splitlines())) <= 55


@given(commits)
def test_a_commit_comes_back_from_its_line_as_it_was(commit: Commit) -> None:
    keys = {digest_of(key): key for key in commit.keys.values()}

    line = line_of(commit)

    assert line.index(b"\n") == len(line) - 1
    assert commit_of(line, lambda: keys, number=commit.number, where="here") == commit


@given(commits, st.data())
def test_a_line_that_was_changed_anywhere_is_refused(commit: Commit, data: st.DataObject) -> None:
    line = bytearray(line_of(commit))
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(DamagedStore, match=f"commit {commit.number} is not as it was written"):
        commit_of(bytes(line), dict, number=commit.number, where="here")


def test_no_line_holds_a_key() -> None:
    line = line_of(Commit(1, keys={"hoa": b"secret" * 6}))

    assert b"secret" not in line
    assert (b"secret" * 6).hex().encode() not in line


def test_a_commit_in_the_place_of_another_is_refused(store: Any) -> None:
    for n in range(3):
        write_one(store, f"command-{n}", "stream")
    shutil.copy(store.folder / "3.json", store.folder / "2.json")

    with pytest.raises(DamagedStore, match="commit 3 is in the place of commit 2"), FolderStore(store.where).read():
        pass


def test_a_line_of_a_newer_version_is_refused() -> None:
    text = b'{"format":2,"commit":1}'
    line = b"%s %s\n" % (digest_of(text).encode(), text)

    with pytest.raises(NewerFormat):
        commit_of(line, dict, number=1, where="here")


def test_a_commit_whose_answer_was_lost_is_kept_once(store: Any) -> None:
    class LosesAnswers(FolderStore):
        lost = 0

        def write_commit(self, number: int, line: bytes) -> None:
            super().write_commit(number, line)
            if number % 2:
                self.lost += 1
                raise OSError(5, "Input/output error")

    with closing(LosesAnswers(store.where)) as unsure:
        for n in range(6):
            with suppress(StoreError):
                write_one(unsure, f"command-{n}", "stream")
            write_one(unsure, f"command-{n}", "stream")

        assert unsure.lost == 3
        assert check_whole(unsure) == check_whole(store) == [f"command-{n}" for n in range(6)]


@pytest.mark.parametrize(("number", "kind"), [(28, StoreFull), (122, StoreFull), (30, ReadOnlyStore), (5, StoreError)])
def test_a_commit_that_failed_leaves_nothing_and_the_next_one_works(store: Any, number: int, kind: type) -> None:
    class Fails(FolderStore):
        failing = True

        def write_commit(self, commit: int, line: bytes) -> None:
            if self.failing:
                raise OSError(number, "as the system says it")
            super().write_commit(commit, line)

    with closing(Fails(store.where)) as failing:
        with pytest.raises(kind):
            write_one(failing, "command-0", "stream")
        assert check_whole(failing) == []

        failing.failing = False
        write_one(failing, "command-0", "stream")
        assert check_whole(failing) == check_whole(store) == ["command-0"]


def test_an_error_of_a_driver_is_said_in_the_words_of_the_library(store: Any) -> None:
    class Broken(FolderStore):
        errors = (LookupError,)

        def read_commits(self, after: int) -> Iterator[bytes]:
            raise LookupError("the driver's own words")

    with pytest.raises(StoreError, match="the driver's own words") as caught, Broken(store.where).read():
        pass

    assert isinstance(caught.value.__cause__, LookupError)


def test_the_key_that_a_killed_writer_left_behind_is_gone_with_the_next_commit(store: Any) -> None:
    class Dies(FolderStore):
        def write_keys(self, keys: bytes) -> None:
            if keys == b"{}":
                raise KeyboardInterrupt
            super().write_keys(keys)

    with closing(Dies(store.where)) as dying:
        with dying.write() as transaction:
            transaction.add_key("hoa", b"h" * 32)
        with pytest.raises(KeyboardInterrupt), dying.write() as transaction:
            transaction.destroy_key("hoa")
    assert (b"h" * 32).hex().encode() in (store.folder / "keys").read_bytes()
    with store.read() as transaction:
        assert transaction.keys(["hoa"]) == {}

    write_one(store, "command", "stream")

    assert (store.folder / "keys").read_bytes() == b"{}"


def test_the_key_of_a_transaction_that_was_abandoned_is_not_shown_and_goes_with_the_next_one(store: Any) -> None:
    class Fails(FolderStore):
        def write_commit(self, number: int, line: bytes) -> None:
            raise OSError(5, "Input/output error")

    with closing(Fails(store.where)) as failing, pytest.raises(StoreError), failing.write() as transaction:
        transaction.add_key("hoa", b"1" * 32)

    with store.write() as transaction:
        assert transaction.keys(["hoa"]) == {}
        transaction.add_key("hoa", b"2" * 32)
    with closing(FolderStore(store.where)) as again, again.read() as transaction:
        assert transaction.keys(["hoa"]) == {"hoa": b"2" * 32}


def test_a_key_in_the_place_of_a_destroyed_one_is_the_one_that_is_found(store: Any) -> None:
    with store.write() as transaction:
        transaction.add_key("hoa", b"1" * 32)
    with store.write() as transaction:
        transaction.destroy_key("hoa")
        transaction.add_key("hoa", b"2" * 32)

    with closing(FolderStore(store.where)) as again, again.read() as transaction:
        assert transaction.keys(["hoa"]) == {"hoa": b"2" * 32}
    assert (b"1" * 32).hex().encode() not in (store.folder / "keys").read_bytes()


def test_a_transaction_that_did_nothing_writes_nothing(store: Any) -> None:
    before = sorted(store.folder.iterdir())

    with store.write() as transaction:
        transaction.head()

    assert sorted(store.folder.iterdir()) == before
    assert write_one(store, "command", "stream") == 1


def test_a_register_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    def fail(store: Any) -> None:
        write_one(store, "command", "stream")
        raise LookupError

    with pytest.raises(LookupError):
        FolderStore(tmp_path / "register").create(fail)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RegisterMissing):
        FolderStore(tmp_path / "register").open()

    def fill(store: Any) -> None:
        for n in range(3):
            write_one(store, f"command-{n}", "stream")
        with store.write() as transaction:
            everything(transaction)
            transaction.destroy_key("nobody")

    made = FolderStore(tmp_path / "register").create(fill)
    assert sorted(path.name for path in made.folder.glob("*.json")) == ["1.json"]
    model = MemoryStore()
    fill(model)
    with closing(made), FolderStore(made.where).open().read() as found, model.read() as wanted:
        assert replace(found.everything(), number=0) == replace(wanted.everything(), number=0)

    with pytest.raises(RegisterExists):
        FolderStore(tmp_path / "register").create(fill)


def test_a_store_that_could_not_be_opened_is_closed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "register")
    with pytest.raises(RegisterMissing):
        store.open()

    with pytest.raises(StoreClosed), store.read():
        pass


def test_a_register_that_was_taken_away_is_missing(store: Any) -> None:
    shutil.rmtree(store.folder)

    with pytest.raises(RegisterMissing):
        write_one(store, "command", "stream")


def test_an_author_who_forgets_a_method_is_told_which() -> None:
    class Half(JournalStore):
        def read_keys(self) -> bytes:
            return b""

    with pytest.raises(TypeError, match="lock"):
        Half("here")  # type: ignore[abstract]


@pytest.mark.skipif(not shutil.which("strace"), reason="watching system calls needs strace")
def test_a_commit_has_its_name_after_it_is_on_the_disk_and_the_folder_too(store: Any) -> None:
    work = f"""
from tests.stores.page_store import FolderStore
from directives_core.testing.samples import write_one
store = FolderStore({store.where!r})
for n in range(3):
    write_one(store, f"command-{{n}}", "stream")
"""
    log = store.folder.parent / "calls"
    watch = ["strace", "-f", "-y", "-o", log, "-e", "trace=fsync,rename"]
    done = subprocess.run([*watch, sys.executable, "-c", work], capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr:
        pytest.skip("system calls cannot be watched here")

    calls = re.findall(r"(fsync|rename)\((?:\d+<([^>]*)>|\"[^\"]*\", \"([^\"]*)\")\)\s+= 0", log.read_text())
    seen = [(call, Path(file or name).name) for call, file, name in calls]

    assert seen == [
        call for n in (2, 3, 4) for call in [("fsync", "new"), ("rename", f"{n}.json"), ("fsync", "register")]
    ]
