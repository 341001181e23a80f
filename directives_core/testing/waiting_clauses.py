"""What a store promises to those who wait for a position: woken by its commit, by nothing less, and by the end."""
# ruff: noqa: D102, PT012 - the name of a clause is its sentence; leaving ends the transaction it happens in

import threading
from collections.abc import Callable
from contextlib import closing
from time import monotonic, sleep

import pytest

from directives_core.errors import StoreClosed
from directives_core.store import Store
from directives_core.testing.process_clauses import Opener, running_processes, write_many
from directives_core.testing.samples import Hooks, everything, write_one

__all__ = ["WaitingClauses"]

PATIENCE_SECONDS = 60.0
SHORT_SECONDS = 0.3


class _Abandoned(Exception):
    pass


class WaitingClauses(Hooks):
    """Clauses about waiting."""

    def test_what_is_there_already_is_not_waited_for(self, store: Store) -> None:
        for n in range(3):
            write_one(store, f"command-{n}", "stream")

        assert store.wait(after=0, seconds=0)
        assert store.wait(after=2, seconds=1)
        assert not store.wait(after=3, seconds=0)

    def test_whoever_waits_is_woken_by_the_commit_and_by_nothing_less(self, store: Store) -> None:
        write_one(store, "command-0", "stream")
        with _in_a_thread(lambda: store.wait(after=1, seconds=PATIENCE_SECONDS)) as waiting:
            with pytest.raises(_Abandoned), store.write() as transaction:
                everything(transaction)
                sleep(SHORT_SECONDS)
                raise _Abandoned
            sleep(SHORT_SECONDS)
            assert waiting.answers == [], "it was woken by what was abandoned"
            write_one(store, "command-1", "stream")

        assert waiting.answers == [True]

    def test_waiting_ends_when_its_time_is_over(self, store: Store) -> None:
        write_one(store, "command-0", "stream")
        began = monotonic()

        assert not store.wait(after=1, seconds=SHORT_SECONDS)

        assert monotonic() - began >= SHORT_SECONDS * 0.9, "it gave up before its time"

    def test_waiting_ends_when_the_store_is_closed(self, store: Store) -> None:
        with _in_a_thread(lambda: store.wait(after=0, seconds=PATIENCE_SECONDS)) as waiting:
            sleep(SHORT_SECONDS)
            store.close()

        assert [type(answer) for answer in waiting.answers] == [StoreClosed]
        with pytest.raises(StoreClosed):
            store.wait(after=0, seconds=PATIENCE_SECONDS)

    def test_nobody_is_held_up_by_those_who_wait(self, store: Store) -> None:
        with _in_a_thread(lambda: store.wait(after=3, seconds=PATIENCE_SECONDS)) as waiting:
            for n in range(4):
                write_one(store, f"command-{n}", "stream")
                with store.read() as transaction:
                    assert transaction.head().position == n + 1

        assert waiting.answers == [True]

    def test_whoever_waits_is_woken_by_another_process(self, store: Store) -> None:
        opener = self._opener_of(store)

        with running_processes(write_many, opener, count=2, writes=10):
            position = 0
            while position < 20:
                assert store.wait(after=position, seconds=PATIENCE_SECONDS), f"it still waits at {position}"
                with store.read() as transaction:
                    position = transaction.head().position

        with closing(opener()) as again:
            assert not again.wait(after=20, seconds=0)

    def _opener_of(self, store: Store) -> Opener:
        opener = self.opener(store)
        if opener is None:
            pytest.skip("a register of this store lives in one process")
        return opener


class _in_a_thread:  # noqa: N801 - reads as a word in `with`
    """Does something in a thread of its own, joined at the end of `with`; `answers` has what came of it."""

    def __init__(self, do: Callable[[], object]) -> None:
        self.answers: list[object] = []
        self._thread = threading.Thread(target=self._run, args=(do,), daemon=True)

    def _run(self, do: Callable[[], object]) -> None:
        try:
            self.answers.append(do())
        except StoreClosed as error:
            self.answers.append(error)

    def __enter__(self) -> "_in_a_thread":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(PATIENCE_SECONDS / 2)
