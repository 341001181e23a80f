"""The feed: every event once and in order, for the projections of embedding applications."""

from collections.abc import Iterator, Sequence
from time import monotonic

from directives_core.errors import StoreClosed
from directives_core.event import Event
from directives_core.keyring import keys_at_hand
from directives_core.passages import open_text, subjects_in
from directives_core.register.how import whole_number
from directives_core.register.opened import Opened

__all__ = ["Feed"]

_CHUNK = 500
_WAIT_SECONDS = 60.0  # at a time: a wait without end could not be interrupted everywhere


class Feed(Opened):
    """The events as they were recorded. Personal passages stay sealed, so that no projection keeps them."""

    def events(
        self, *, after: int = 0, to: int | None = None, types: Sequence[str] = (), limit: int | None = None
    ) -> Iterator[Event]:
        """The events with a position greater than `after`, in order: the feed for projections.

        No transaction stays open while the caller works; what is recorded meanwhile is given too, up to `to`. Personal
        passages stay sealed, so that no projection keeps them; `open_passages` opens them where they are shown.
        `types` are stored types, such as `directive.extended.v1`.
        """
        position, left = after, limit
        while left is None or left > 0:
            size = _CHUNK if left is None else min(_CHUNK, left)
            with self._store.read() as transaction:
                chunk = list(self._log.walk(transaction, after=position, to=to, types=types, limit=size))
            if not chunk:
                return
            yield from chunk
            position = chunk[-1].position
            left = None if left is None else left - len(chunk)

    def follow(self, *, after: int = 0, types: Sequence[str] = (), timeout: float | None = None) -> Iterator[Event]:
        """As `events`, and then those that are recorded later, as they come: every one once and in order.

        Ends when none came for `timeout` seconds (none: never), or when the register is closed by another thread. What
        ends it otherwise is an error; go on behind the last position that was seen.

        Raises:
            BadValue: `after` is no position.
            Unreachable: the database server went away.
        """
        position = whole_number("after", after)
        until = None if timeout is None else monotonic() + timeout
        chunk, position_seen = self._chunk(position, types)
        while True:
            for event in chunk:
                yield event
                position = event.position
            if len(chunk) < _CHUNK:
                position = max(position, position_seen)  # what lies between is of other types
            if chunk and timeout is not None:
                until = monotonic() + timeout
            try:
                if not self._comes(position, until):
                    return
                chunk, position_seen = self._chunk(position, types)
            except StoreClosed:
                if self._closed:
                    return
                raise

    def _chunk(self, after: int, types: Sequence[str]) -> tuple[list[Event], int]:
        """The next events, and the last position when they were read."""
        with self._store.read() as transaction:
            events = self._log.walk(transaction, after=after, types=types, limit=_CHUNK)
            return list(events), transaction.head().position

    def _comes(self, position: int, until: float | None) -> bool:
        """Wait for an event behind a position; False where the time is over."""
        while True:
            left = _WAIT_SECONDS if until is None else min(_WAIT_SECONDS, max(0.0, until - monotonic()))
            if self._store.wait(after=position, seconds=left):
                return True
            if until is not None and monotonic() >= until:
                return False

    def open_passages(self, text: str) -> str:
        """A text as the feed gives it, with the personal passages in it opened; `[erased]` where the key is gone."""
        with self._store.read() as transaction:
            return open_text(text, keys_at_hand(transaction, subjects_in(text)))
