"""Directives under the lock: their events with the state that these fold into, kept from one commit to the next."""

import datetime as dt
import threading
from collections.abc import Iterable, Sequence
from typing import Self

from msgspec import Struct, field

from directives_core.directive.acting import Acted
from directives_core.directive.evolve import fold, replay, visible
from directives_core.directive.passing import opened_by
from directives_core.directive.state import Directive
from directives_core.event import Event, Retracted, voids
from directives_core.results import Lost
from directives_core.store import Head

__all__ = ["Loaded", "LoadedCache"]

_KEPT_EVENTS = 20_000
"""How many events are kept at most: some twenty megabytes."""


class Loaded(Struct):
    """A directive under the lock: all its events, and the state that they fold into on the last day.

    `latest` is the last day on which anything happened to it, be it void; `next_share` the first share number that no
    event opened.
    """

    number: int
    events: list[Event] = field(default_factory=list)
    current: Directive | None = None
    latest: dt.date = dt.date.min
    next_share: int = 1

    @classmethod
    def of(cls, number: int, events: list[Event]) -> Self:
        """A directive with the events that it has; the list is taken over, not copied."""
        loaded = cls(number, events)
        if events:
            loaded.refold()
        return loaded

    def state_on(self, day: dt.date) -> Directive | None:
        """The state on a day, by all that is known now."""
        return self.current if day >= self.latest else replay(self.events, day)

    def comes_last(self, event: Event) -> bool:
        """Whether folding the event onto the current state is the same as folding all events anew."""
        return event.effective_on >= self.latest and not isinstance(event.payload, Retracted)

    def advance(self, event: Event, current: Directive | None) -> None:
        """Take up an event that comes last and was added to the events, with the state after it."""
        self.current, self.latest = current, event.effective_on
        self.next_share = max([self.next_share, *(number + 1 for number in opened_by(event))])

    def robbed(self) -> list[Lost]:
        """What the last event, which is late or a retraction, robbed of its effect.

        These are the events that acted on more of their named shares before than after, and are not void themselves.
        Retractions are not among them: what they do, they do before the fold.
        """
        acted_before, acted_after = _acted(self.events[:-1]), _acted(self.events)
        void = voids(self.events)
        lost = []
        for event in self.events[:-1]:
            if event.version in void or event.version not in acted_before or isinstance(event.payload, Retracted):
                continue
            gone = tuple(sorted(set(acted_before[event.version]) - set(acted_after.get(event.version, ()))))
            if gone:
                lost.append(Lost(self.number, event.version, event.payload.type_name, gone))
        return lost

    def refold(self) -> None:
        """Fold all events anew."""
        self.current = replay(self.events)
        self.latest = max((event.effective_on for event in self.events), default=dt.date.min)
        self.next_share = 1 + max((number for event in self.events for number in opened_by(event)), default=0)


def _acted(events: Sequence[Event]) -> dict[int, Acted]:
    return fold(visible(events))[1]


class LoadedCache:
    """Directives as commits of this process left them, lent to one session at a time.

    Whoever holds the lock begins with the head of the log. Where it is the one that the last commit of this process
    left, nobody else wrote meanwhile, and what is kept is whole. Otherwise it is a beginning: a log is only added to,
    so that the later events of the stream are all that is missing. A session that fails keeps what it was lent to
    itself, and nothing that was not committed comes back.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()  # a commit is over before its session gives back what it loaded
        self._head = Head()
        self._whole: dict[int, Loaded] = {}
        self._begun: dict[int, Loaded] = {}
        self._events = 0

    def begin(self, head: Head) -> None:
        """Learn, under the lock, how far the log has come."""
        with self._mutex:
            if head != self._head:
                self._begun.update(self._whole)
                self._whole.clear()
                self._head = head

    def take(self, number: int) -> tuple[Loaded, bool] | None:
        """A directive that is kept, which is the caller's from now on, and whether no event of it can be missing."""
        with self._mutex:
            for kept in (self._whole, self._begun):
                if (loaded := kept.pop(number, None)) is not None:
                    self._events -= len(loaded.events)
                    return loaded, kept is self._whole
        return None

    def give_back(self, began: Head, ended: Head, loaded: Iterable[Loaded]) -> None:
        """Keep what a session had loaded and written, now that its commit, which led from head to head, is certain."""
        with self._mutex:
            if self._head == began:
                self._head = ended
                kept = self._whole
            else:  # another session has begun already: what it knows may be newer
                kept = self._begun
            for each in loaded:
                if kept is self._whole or each.number not in self._whole:
                    self._put(kept, each)
            self._forget()

    def _put(self, kept: dict[int, Loaded], loaded: Loaded) -> None:
        for other in (self._whole, self._begun):
            if (before := other.pop(loaded.number, None)) is not None:
                self._events -= len(before.events)
        kept[loaded.number] = loaded
        self._events += len(loaded.events)

    def _forget(self) -> None:
        """Let the directives go that were used the longest ago."""
        for kept in (self._begun, self._whole):
            while kept and self._events > _KEPT_EVENTS:
                self._events -= len(kept.pop(next(iter(kept))).events)
