"""Waiting for a position where nobody tells of it: asking again and again, seldom enough to cost next to nothing."""

from collections.abc import Callable
from time import monotonic, sleep

__all__ = ["wait_by_asking"]

_SHORTEST_SECONDS = 0.005
_LONGEST_SECONDS = 0.1


def wait_by_asking(position: Callable[[], int], *, after: int, seconds: float) -> bool:
    """Whether the last position, as `position` gives it, became greater than `after` within so many seconds.

    The pauses grow from 5 to 100 milliseconds: what comes after a long silence is seen a tenth of a second late.
    """
    until = monotonic() + seconds
    pause = _SHORTEST_SECONDS
    while position() <= after:
        left = until - monotonic()
        if left <= 0:
            return False
        sleep(min(pause, left))
        pause = min(pause * 2, _LONGEST_SECONDS)
    return True
