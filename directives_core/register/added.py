"""What a session has added and not yet flushed: taken back where a command fails, written where the commit is made."""

from msgspec import Struct, field

from directives_core.event import Event
from directives_core.results import Lost
from directives_core.store import Row, StoredCommand

__all__ = ["Added"]


class Added(Struct):
    """What the session has added and not yet flushed."""

    events: list[Event] = field(default_factory=list)
    by_stream: dict[str, list[Event]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    commands: dict[str, StoredCommand] = field(default_factory=dict)
    keys: dict[str, bytes] = field(default_factory=dict)
    destroyed: list[str] = field(default_factory=list)
    number: int = 0
    lost: list[Lost] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, event: Event) -> None:
        """Add an event; those of a stream are found without looking at all others, for a batch can have many."""
        self.events.append(event)
        self.by_stream.setdefault(event.stream, []).append(event)

    def take_back(self, events: int, rows: int, commands: int, keys: int, destroyed: int, number: int) -> None:
        """Go back to this many of each."""
        for event in reversed(self.events[events:]):
            self.by_stream[event.stream].pop()
        del self.events[events:], self.rows[rows:], self.destroyed[destroyed:]
        for kept, count in ((self.commands, commands), (self.keys, keys)):
            for name in list(kept)[count:]:
                del kept[name]
        self.number = number
