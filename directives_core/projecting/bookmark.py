"""How far a projection has come: kept by the application, in the transaction that also changes its own tables."""

from typing import NamedTuple, Protocol, TypeVar

__all__ = ["Bookmark", "Seen"]

Work = TypeVar("Work", contravariant=True)


class Seen(NamedTuple):
    """The last event that took effect: its position, 0 before the first, and the id of the command that it came with.

    The id tells whether the register still has that very event there: one that was restored from an older backup and
    then went on has another.
    """

    position: int = 0
    command_id: str = ""


class Bookmark(Protocol[Work]):
    """Where a projection keeps what it has seen. `work` is what the application's transaction gives to work with.

    A name may be used with several registers: what was seen is kept for each.
    """

    def read(self, work: Work, projection: str, register_id: str) -> Seen:
        """What the projection has seen of the register; `Seen()` where it is nothing yet."""
        ...

    def move(self, work: Work, projection: str, register_id: str, *, before: Seen, to: Seen) -> bool:
        """Note that it has seen more; False, and nothing changed, where it is not at `before` any more.

        Another process that does the same must wait here, or be told False: two that move on from one place would both
        apply the same events.
        """
        ...
