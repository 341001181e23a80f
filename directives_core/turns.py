"""The threads of one process take turns at writing, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from directives_core.errors import Busy

__all__ = ["Turns"]


class Turns:
    """A lock that is handed on to whoever has waited longest.

    `threading.Lock` lets the thread that just gave it back take it again at once, so that one busy writer keeps all
    others waiting for as long as it likes.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    @contextmanager
    def turn(self, wait_seconds: float) -> Iterator[float]:
        """Hold the turn inside `with`; gives the seconds that are left of the wait.

        Raises:
            Busy: nobody handed the turn on in time.
        """
        left_seconds = self.take(wait_seconds)
        try:
            yield left_seconds
        finally:
            self.hand_on()

    def take(self, wait_seconds: float) -> float:
        """Take the turn, to be handed on afterwards; gives the seconds that are left of the wait.

        Raises:
            Busy: nobody handed the turn on in time.
        """
        until = monotonic() + wait_seconds
        if not self._take(wait_seconds):
            raise Busy(waited_seconds=wait_seconds)
        return max(0.0, until - monotonic())

    def hand_on(self) -> None:
        """Let whoever has waited longest have the turn."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _take(self, wait_seconds: float) -> bool:
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        try:
            if gate.acquire(timeout=wait_seconds):
                return True
        except BaseException:  # an interrupt while waiting: whoever is gone must not be handed the turn
            if not self._give_up(gate):
                self.hand_on()
            raise
        return not self._give_up(gate)

    def _give_up(self, gate: threading.Lock) -> bool:
        """Leave the queue; False if the turn had just come."""
        with self._mutex:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return True
            return False
