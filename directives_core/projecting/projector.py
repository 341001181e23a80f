"""The runner of a projection: events and the place that they came to take effect together, in one transaction."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

from directives_core.errors import AnotherPast, BadValue
from directives_core.event import Event
from directives_core.language import Phrase
from directives_core.projecting.bookmark import Bookmark, Seen
from directives_core.register import Register

__all__ = ["Projector"]

W = TypeVar("W")


class _Overtaken(Exception):
    """Another process applied these events meanwhile."""


class Projector(Generic[W]):
    """Carries a register's events into tables of the application, each of them once, whatever is killed in between.

    Several processes may run the same projection: they take turns, and none applies what another one did.

    Args:
        register: what is followed.
        name: what the projection is called; under another name it begins again.
        begin: begins a transaction of the application: a context manager that gives what there is to work with,
            commits when its block ends, and rolls back when an error leaves it.
        apply: lets one event take effect within that transaction; not beyond it.
        bookmark: where the transaction keeps how far the projection has come.
        types: stored types, such as `directive.extended.v1`; by default all.
        at_once: how many events go into one transaction, at most.
    """

    def __init__(
        self,
        register: Register,
        name: str,
        *,
        begin: Callable[[], AbstractContextManager[W]],
        apply: Callable[[W, Event], None],
        bookmark: Bookmark[W],
        types: Sequence[str] = (),
        at_once: int = 100,
    ) -> None:
        if at_once < 1:
            raise BadValue("at_once", at_once, expected=Phrase("a whole number from 1 on"))
        self._register, self._name = register, name
        self._begin, self._apply, self._bookmark = begin, apply, bookmark
        self._types, self._at_once = tuple(types), at_once
        self._seen: Seen | None = None

    def catch_up(self) -> int:
        """Apply what was recorded and not yet applied; the position that the projection is at then.

        An error of `apply` comes out as it is; its whole transaction is undone, and the next call tries it again.

        Raises:
            AnotherPast: the register no longer has the event that was applied last.
        """
        while self._step():
            pass
        return self._at().position

    def follow(self, *, timeout: float | None = None) -> int:
        """Catch up, and go on as events are recorded; the position in the end.

        Ends when nothing was recorded for `timeout` seconds (none: never), or when the register is closed by another
        thread.

        Raises:
            AnotherPast: as of `catch_up`.
            Unreachable: the register's server went away; call it again.
        """
        position = self.catch_up()
        for event in self._register.follow(after=position, types=self._types, timeout=timeout):
            if event.position > position:
                position = self.catch_up()
        return position

    def start_over(self, clear: Callable[[W], None]) -> None:
        """Empty the projection, by `clear`, so that it is built anew from the first event."""
        self._seen = None
        while True:
            try:
                with self._begin() as work:
                    seen = self._bookmark.read(work, self._name, self._register.register_id)
                    if seen != Seen() and not self._move(work, before=seen, to=Seen()):
                        raise _Overtaken
                    clear(work)
            except _Overtaken:
                continue
            return

    def _step(self) -> bool:
        """One transaction; False where there is nothing left to apply."""
        seen = self._at()
        events = list(self._register.events(after=seen.position, types=self._types, limit=self._at_once))
        if not events:
            return False
        to = Seen(events[-1].position, events[-1].envelope.command_id)
        self._seen = None  # until it is known to be kept: a commit can fail after all
        try:
            with self._begin() as work:
                # First, so that whoever does the same waits or gives up before it has done anything.
                if not self._move(work, before=seen, to=to):
                    raise _Overtaken
                for event in events:
                    self._apply(work, event)
        except _Overtaken:
            return True
        self._seen = to
        return True

    def _move(self, work: W, *, before: Seen, to: Seen) -> bool:
        return self._bookmark.move(work, self._name, self._register.register_id, before=before, to=to)

    def _at(self) -> Seen:
        """What the projection has seen; asked of the application once, and after every doubt."""
        if self._seen is None:
            with self._begin() as work:
                seen = self._bookmark.read(work, self._name, self._register.register_id)
            self._refuse_another_past(seen)
            self._seen = seen
        return self._seen

    def _refuse_another_past(self, seen: Seen) -> None:
        if not seen.position:
            return
        found = next(self._register.events(after=seen.position - 1, limit=1), None)
        if found is None or found.envelope.command_id != seen.command_id:
            raise AnotherPast(self._register.where, projection=self._name, position=seen.position)
