"""The log: events written and read in whichever transaction is at hand.

What a command writes, and what it decides on, goes through the event sourcing package, which `application` alone knows.
A question only decodes what it is shown, and does not wait for the package to be imported.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from directives_core.codec import codec
from directives_core.event import Event
from directives_core.store import ReadTransaction, WriteTransaction

if TYPE_CHECKING:
    from directives_core.log.application import LogApplication

__all__ = ["Log"]


class Log:
    """The log of a register. It keeps nothing: what it reads and writes is what the transaction sees."""

    def append(self, transaction: WriteTransaction, events: Sequence[Event]) -> None:
        """Put new events, their positions given, at the end of the log."""
        self._application.append(transaction, events)

    def load(self, transaction: WriteTransaction, stream: str, *, after_version: int = 0) -> list[Event]:
        """The events of one stream after a version, for a command to decide on; none if there is no such stream."""
        return self._application.load(transaction, stream, after_version=after_version)

    @cached_property
    def _application(self) -> "LogApplication":
        from directives_core.log.application import LogApplication

        return LogApplication()

    @staticmethod
    def stream(transaction: ReadTransaction, stream: str) -> list[Event]:
        """All events of one stream, in the order of their versions; none if there is no such stream."""
        return [codec.decode(record) for record in transaction.stream(stream)]

    @staticmethod
    def walk(
        transaction: ReadTransaction,
        *,
        after: int = 0,
        to: int | None = None,
        types: Sequence[str] = (),
        limit: int | None = None,
    ) -> Iterator[Event]:
        """The events of the register with `after` < position <= `to`, in order, of the given stored types only."""
        for record in transaction.records(after=after, to=to, types=types, limit=limit):
            yield codec.decode(record)
