"""The event sourcing package at work on whatever store the register is kept in.

This is the one module that knows the package. A store promises its own port; here that port is made a recorder, so that
the package's application, event store and mapper write and read inside the transaction that holds the register's lock.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    EventStore,
    InfrastructureFactory,
    Mapper,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    TrackingRecorder,
    Transcoder,
)
from eventsourcing.utils import Environment, EnvType

from directives_core.codec import codec
from directives_core.event import Event
from directives_core.store import ReadTransaction, Record, WriteTransaction

__all__ = ["LogApplication"]


@dataclass(frozen=True)
class _StoredRecord(StoredEvent):
    """The package's stored event together with the record that our stores keep."""

    record: Record


class _Mapper(Mapper[str]):
    """Our bytes and type names instead of the package's module paths."""

    def __init__(self) -> None:
        super().__init__(transcoder=_NoTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        return _stored(codec.encode(cast("Event", domain_event)))

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        return cast("DomainEventProtocol[str]", codec.decode(cast("_StoredRecord", stored_event).record))


class _NoTranscoder(Transcoder):
    """Stands where the package wants a transcoder; our mapper leaves it alone."""

    def encode(self, obj: Any) -> bytes:
        raise TypeError("events are encoded by the codec")

    def decode(self, data: bytes) -> Any:
        raise TypeError("events are decoded by the codec")


def _stored(record: Record) -> _StoredRecord:
    return _StoredRecord(record.stream, record.version, record.type, record.data, record)


class _Recorder(ApplicationRecorder):
    """A recorder that reads and writes in whichever transaction its thread is in."""

    def __init__(self) -> None:
        self._here = threading.local()

    @contextmanager
    def within(self, transaction: ReadTransaction) -> Iterator[None]:
        """Let this thread read and write in `transaction`."""
        before = getattr(self._here, "transaction", None)
        self._here.transaction = transaction
        try:
            yield
        finally:
            self._here.transaction = before

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        records = [cast("_StoredRecord", stored).record for stored in stored_events]
        cast("WriteTransaction", self._here.transaction).append(records)
        return None  # the positions were given out under the lock: the events have them already

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        records = cast("ReadTransaction", self._here.transaction).stream(str(originator_id), after_version=gt or 0)
        stored = [_stored(record) for record in records if lte is None or record.version <= lte]
        return (stored[::-1] if desc else stored)[:limit]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        records = cast("ReadTransaction", self._here.transaction).records(
            after=max(after, 0), to=stop, types=topics, limit=limit
        )
        return [Notification(r.stream, r.version, r.type, r.data, r.position) for r in records]

    def max_notification_id(self) -> int | None:
        return cast("ReadTransaction", self._here.transaction).head().position or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        raise TypeError("follow the register's feed instead: Register.events(after=…)")


class _Factory(InfrastructureFactory[TrackingRecorder]):
    """Gives the package our recorder, and nothing of its own."""

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        raise TypeError("there are no snapshots")

    def application_recorder(self) -> ApplicationRecorder:
        return _Recorder()

    def tracking_recorder(self, tracking_recorder_class: type[TrackingRecorder] | None = None) -> TrackingRecorder:
        raise TypeError("projections keep their own position")

    def process_recorder(self) -> ProcessRecorder:
        raise TypeError("projections keep their own position")


class LogApplication(Application[str]):
    """The event-sourced application under the register."""

    # Its environment variables are asked for under this name.
    name = "Log"

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Nothing comes from the host's environment: it could change our bytes."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> InfrastructureFactory[TrackingRecorder]:
        """Our factory, whatever the environment says."""
        return _Factory(env)

    def construct_mapper(self) -> Mapper[str]:
        """Our mapper."""
        return _Mapper()

    def construct_event_store(self) -> EventStore[str]:
        """The package's event store over our mapper and recorder."""
        return EventStore(mapper=self.mapper, recorder=self.recorder)

    def append(self, transaction: WriteTransaction, events: Sequence[Event]) -> None:
        """Put new events, their positions given, at the end of the log."""
        # `Application.save` would check each of them against a protocol, and notify followers that it does not have.
        with self._recorder.within(transaction):
            self.events.put(cast("Sequence[DomainEventProtocol[str]]", events))

    def load(self, transaction: ReadTransaction, stream: str, *, after_version: int = 0) -> list[Event]:
        """The events of one stream after a version, in the order of their versions; none if there is no such stream."""
        with self._recorder.within(transaction):
            return cast("list[Event]", list(self.events.get(stream, gt=after_version)))

    @property
    def _recorder(self) -> _Recorder:
        return cast("_Recorder", self.recorder)
