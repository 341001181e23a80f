"""Media that break their word, each in one way, to prove that the contract notices it under the base as well."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.stores.page_store import FolderStore


class NeverLocks(FolderStore):
    @contextmanager
    def lock(self) -> Iterator[None]:
        yield

    def write_commit(self, number: int, line: bytes) -> None:
        time.sleep(0.002)  # long enough for another one to come in
        super().write_commit(number, line)


class LeavesItsLock(FolderStore):
    """Its lock is a file, which nobody removes when its writer dies."""

    @contextmanager
    def lock(self) -> Iterator[None]:
        try:
            os.close(os.open(self.folder / "writer", os.O_CREAT | os.O_EXCL))
        except FileExistsError as error:
            raise BlockingIOError from error
        try:
            yield
        finally:
            (self.folder / "writer").unlink()


class OneCommitLate(FolderStore):
    """It keeps a commit when the next one comes."""

    late: tuple[int, bytes] | None = None

    def write_commit(self, number: int, line: bytes) -> None:
        if self.late:
            super().write_commit(*self.late)
        self.late = (number, line)

    def read_commits(self, after: int) -> Iterator[bytes]:
        yield from super().read_commits(after)
        if self.late and self.late[0] > after:
            yield self.late[1]


class InTwoParts(FolderStore):
    """A commit has its name before it is whole."""

    def write_commit(self, number: int, line: bytes) -> None:
        with (self.folder / f"{number}.json").open("wb", buffering=0) as file:
            file.write(line[:100])
            time.sleep(0.01)
            file.write(line[100:])


class ReadsOnce(FolderStore):
    """It never looks for what other processes have written since it was opened."""

    def __init__(self, folder: Any, **options: Any) -> None:
        super().__init__(folder, **options)
        self.found = list(super().read_commits(0))

    def read_commits(self, after: int) -> list[bytes]:
        return self.found[after:]


class SkipsACommit(FolderStore):
    def read_commits(self, after: int) -> Iterator[bytes]:
        return (line for number, line in enumerate(super().read_commits(after), after + 1) if number != 7)


class LosesKeys(FolderStore):
    def write_keys(self, keys: bytes) -> None:
        pass


class SaysNoError(FolderStore):
    """It takes what could not be written for written."""

    def _put(self, name: str, data: bytes) -> None:
        if name != "7.json":
            super()._put(name, data)


CLAUSES: list[tuple[Any, str]] = [
    (NeverLocks, "processes_that_write_together_lose_nothing"),
    (LeavesItsLock, "the_lock_of_a_killed_writer_is_free_and_its_transaction_gone"),
    (OneCommitLate, "a_killed_writer_loses_nothing_it_was_told_is_kept_and_doubles_nothing"),
    (InTwoParts, "a_reader_that_follows_sees_every_position_once_and_in_order"),
    (ReadsOnce, "a_killed_writer_loses_nothing_it_was_told_is_kept_and_doubles_nothing"),
    (SkipsACommit, "what_was_committed_is_there_when_opened_again"),
    (LosesKeys, "what_was_committed_is_there_when_opened_again"),
    (SaysNoError, "what_was_committed_is_there_when_opened_again"),
]
"""What each does wrong is found by this clause."""
