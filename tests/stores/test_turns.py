"""Threads write in the order in which they asked to."""

import threading
import time

import pytest

from directives_adapters.memory import MemoryStore
from directives_core.errors import Busy
from directives_core.testing.samples import check_whole, write_one
from directives_core.turns import Turns


def test_whoever_has_waited_longest_is_next() -> None:
    turns = Turns()
    order: list[int] = []

    def work(n: int) -> None:
        with turns.turn(20):
            order.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    with turns.turn(0):
        for n, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < n:
                time.sleep(0.001)
    for thread in threads:
        thread.join()

    assert order == list(range(8))


def test_one_busy_writer_does_not_starve_another() -> None:
    store = MemoryStore(wait_seconds=5)
    stop = threading.Event()

    def write_without_pause() -> None:
        n = 0
        while not stop.is_set():
            write_one(store, f"busy-{n}", "busy")
            n += 1

    busy = threading.Thread(target=write_without_pause)
    busy.start()
    try:
        for n in range(20):
            write_one(store, f"other-{n}", "other")
    finally:
        stop.set()
        busy.join()

    assert sum(command.startswith("other") for command in check_whole(store)) == 20


def test_whoever_gave_up_is_not_handed_the_turn() -> None:
    turns = Turns()

    with turns.turn(0), pytest.raises(Busy), turns.turn(0.01):
        pass

    with turns.turn(0), pytest.raises(Busy) as raised, turns.turn(0):
        pass
    assert raised.value.waited_seconds == 0
    with turns.turn(0) as left_seconds:
        assert left_seconds == 0


def test_readers_in_memory_see_whole_commits_while_a_writer_works() -> None:
    store = MemoryStore()
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.wait(0.0005):
            write_one(store, f"command-{n}", f"stream-{n % 5}")
            n += 1

    writer = threading.Thread(target=write)
    writer.start()
    seen = [0]
    try:
        while seen[-1] < 60:
            seen.append(len(check_whole(store)))
    finally:
        stop.set()
        writer.join()

    assert seen == sorted(seen)
