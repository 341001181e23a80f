"""Progress of long work: one line on a terminal that is rewritten and taken away, nothing anywhere else."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from directives_core.language import _, decimal

__all__ = ["counter", "progress"]

T = TypeVar("T")
_AFTER_SECONDS = 0.5
_EVERY_SECONDS = 0.2


def progress(things: Iterable[T], what: str) -> Iterator[T]:
    """Pass the things on; while it lasts, count them on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        yield from things
        return
    due = time.monotonic() + _AFTER_SECONDS
    shown = False
    try:
        for count, thing in enumerate(things, 1):
            if time.monotonic() >= due:
                print(f"\r{what}: {decimal(count)} ", end="", file=sys.stderr, flush=True)
                due, shown = time.monotonic() + _EVERY_SECONDS, True
            yield thing
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def counter(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """What long work can call with how much is done, of how much; none where nobody sees it."""
    if not sys.stderr.isatty():
        yield None
        return
    due = time.monotonic() + _AFTER_SECONDS

    def tell(done: int, total: int) -> None:
        nonlocal due
        if time.monotonic() >= due:
            print(
                f"\r{what}: {_('{done} of {total}').format(done=decimal(done), total=decimal(total))} ",
                end="",
                file=sys.stderr,
                flush=True,
            )
            due = time.monotonic() + _EVERY_SECONDS

    try:
        yield tell
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
