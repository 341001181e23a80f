"""What a store promises when several processes share it, and when one of them is killed."""
# ruff: noqa: D102 - the name of a clause is its sentence

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Barrier
from time import monotonic, sleep

import pytest

from directives_core.store import Checkpoint, Store
from directives_core.testing.samples import Hooks, check_whole, everything, write_one

__all__ = ["Opener", "ProcessClauses", "running_processes", "write_many"]

Opener = Callable[[], Store]

PATIENCE_SECONDS = 60.0
CHECKPOINT = Checkpoint(5, bytes(range(32)), 1, "ghi chú\n", bytes(range(64)), 2**53 + 1)


class ProcessClauses(Hooks):
    """Clauses about processes; skipped where `opener` gives none. The numbers may be raised for a longer campaign."""

    processes = 3
    """How many processes write at the same time."""
    writes = 40
    """How many events each of the processes writes."""
    kills = 4
    """How often a writer is killed."""

    def test_what_was_committed_is_there_when_opened_again(self, store: Store) -> None:
        opener = self._opener(store)
        for n in range(11):
            write_one(store, f"command-{n}", "stream")
        with store.write() as transaction:
            transaction.add_key("gone", b"g" * 32)
            transaction.add_key("kept", b"k" * 32)
            transaction.add_checkpoint(CHECKPOINT)
            transaction.set_rules(7)
        with store.write() as transaction:
            transaction.destroy_key("gone")
        store.close()

        with closing(opener()) as again:
            assert check_whole(again) == [f"command-{n}" for n in range(11)]
            with again.read() as reading:
                assert reading.keys(["gone", "kept"]) == {"kept": b"k" * 32}
                assert list(reading.checkpoints()) == [CHECKPOINT]
                assert reading.head().rules == 7

    def test_processes_that_write_together_lose_nothing(self, store: Store) -> None:
        opener = self._opener(store)

        with running_processes(write_many, opener, count=self.processes, writes=self.writes) as processes:
            for process in processes:
                process.join(PATIENCE_SECONDS)
                assert process.exitcode == 0, "a writer failed"

        expected = sorted(f"p{p}-{n}" for p in range(self.processes) for n in range(self.writes))
        assert sorted(check_whole(store)) == expected

    def test_a_reader_that_follows_sees_every_position_once_and_in_order(self, store: Store) -> None:
        opener = self._opener(store)
        until = monotonic() + PATIENCE_SECONDS
        last = looks = 0

        with running_processes(write_many, opener, count=self.processes, writes=self.writes):
            while last < self.processes * self.writes:
                assert monotonic() < until, f"the reader stands at {last}"
                looks += 1
                with store.read() as transaction:
                    for record in transaction.records(after=last):
                        assert record.position == last + 1, "the reader was led past a position"
                        last = record.position

        assert len(check_whole(store)) == last
        assert looks > 1

    def test_a_killed_writer_loses_nothing_it_was_told_is_kept_and_doubles_nothing(self, store: Store) -> None:
        opener = self._opener(store)
        told = 0

        for kill in range(self.kills):
            here, there = multiprocessing.get_context("spawn").Pipe()
            with _running(_process(write_and_tell, opener, told, there)) as (process,):
                there.close()
                enough = told + 5 + 7 * kill
                while told < enough:
                    assert here.poll(PATIENCE_SECONDS), "the writer says nothing"
                    told = here.recv()
                process.kill()
                process.join()
                try:  # what it said before it died
                    while here.poll():
                        told = here.recv()
                except (EOFError, OSError):
                    pass
            here.close()
            with closing(opener()) as again:
                kept = check_whole(again)
            # One more may be kept than it could tell of; the next writer asks for that one again.
            assert kept in ([f"command-{n}" for n in range(told)], [f"command-{n}" for n in range(told + 1)])

        assert check_whole(store) == kept

    def test_the_lock_of_a_killed_writer_is_free_and_its_transaction_gone(self, store: Store) -> None:
        opener = self._opener(store)
        here, there = multiprocessing.get_context("spawn").Pipe()
        with _running(_process(hold, opener, there)) as (process,):
            assert here.poll(PATIENCE_SECONDS), "the writer says nothing"
            with store.read() as transaction:
                assert transaction.head().position == 0, "a reader sees what was not committed"
            process.kill()
            process.join()
        here.close()
        there.close()

        assert write_one(store, "command", "stream") == 1
        assert check_whole(store) == ["command"]

    def _opener(self, store: Store) -> Opener:
        opener = self.opener(store)
        if opener is None:
            pytest.skip("a register of this store lives in one process")
        return opener


def write_many(opener: Opener, name: str, count: int, start: Barrier) -> None:
    """In a process of its own: write so many events, at the same time as the others, then end."""
    with closing(opener()) as store:
        start.wait(PATIENCE_SECONDS)
        for n in range(count):
            write_one(store, f"{name}-{n}", name)


def write_and_tell(opener: Opener, told: int, there: Connection) -> None:
    """In a process of its own: write until killed, telling after each commit how many are kept."""
    store = opener()
    while True:
        write_one(store, f"command-{told}", f"stream-{told % 3}")
        told += 1
        there.send(told)


def hold(opener: Opener, there: Connection) -> None:
    """In a process of its own: write, and never come to the end of the transaction."""
    with opener().write() as transaction:
        everything(transaction)
        there.send("holding")
        sleep(PATIENCE_SECONDS)


@contextmanager
def running_processes(
    work: Callable[..., None], opener: Opener, *, count: int, writes: int
) -> Iterator[tuple[SpawnProcess, ...]]:
    """So many processes at `work`, begun together: given the opener, a name, `writes` and the barrier they begin at."""
    start = multiprocessing.get_context("spawn").Barrier(count)  # held here until all have found it by its name
    with _running(*(_process(work, opener, f"p{n}", writes, start) for n in range(count))) as processes:
        yield processes


def _process(work: Callable[..., None], *given: object) -> SpawnProcess:
    return multiprocessing.get_context("spawn").Process(target=work, args=given, daemon=True)


@contextmanager
def _running(*processes: SpawnProcess) -> Iterator[tuple[SpawnProcess, ...]]:
    try:
        for process in processes:
            process.start()
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()
            process.close()
