"""Waiting for what nobody tells of: asking again and again, seldom enough to cost next to nothing."""

from collections.abc import Callable, Iterator
from time import monotonic, sleep

__all__ = ["pauses", "wait_by_asking"]

_SHORTEST_SECONDS = 0.005
_LONGEST_SECONDS = 0.1


def wait_by_asking(position: Callable[[], int], *, after: int, seconds: float) -> bool:
    """Whether the last position, as `position` gives it, became greater than `after` within so many seconds.

    The pauses grow from 5 to 100 milliseconds: what comes after a long silence is seen a tenth of a second late.
    """
    return any(position() > after for _ in pauses(seconds))


def pauses(seconds: float, *, longest_seconds: float = _LONGEST_SECONDS) -> Iterator[None]:
    """Come round at once, then after pauses that double from 5 milliseconds, and last when the seconds are over."""
    until = monotonic() + seconds
    pause = _SHORTEST_SECONDS
    yield
    while (left := until - monotonic()) > 0:
        sleep(min(pause, left))
        yield
        pause = min(pause * 2, longest_seconds)
