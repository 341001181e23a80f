"""What we are measured against: plain SQLite, and event sourcing packages as their documentation uses them."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

__all__ = ["Duty", "application", "eventsource_py", "peer_application"]

_TEXT = "x" * 400


class Duty(Aggregate):
    """An aggregate whose events are as large as ours."""

    @event("Assigned")
    def __init__(self, text: str) -> None:
        self.text = text
        self.reports = 0

    @event("Reported")
    def report(self, text: str) -> None:
        self.text = text
        self.reports += 1


def application(**settings: str) -> Application[Any]:
    """The package `eventsourcing` with its default mapper, and a store of its own."""
    return Application(env={**os.environ, **settings})


def peer_application(path: Path) -> Callable[[int], None]:
    """`eventsourcing` on its own SQLite recorder, which leaves SQLite's default: FULL."""
    app = application(PERSISTENCE_MODULE="eventsourcing.sqlite", SQLITE_DBNAME=str(path))

    def write(count: int) -> None:
        app.save(*[Duty(_TEXT) for _ in range(count)])

    return write


@contextmanager
def eventsource_py(path: Path) -> Iterator[Callable[[int], None]]:
    """`eventsource-py` on its SQLite store: one stream for each commit, as its append takes one stream."""
    from eventsource import DomainEvent, ExpectedVersion, SQLiteEventStore, StreamId, register_event

    @register_event
    class DutyAssigned(DomainEvent):
        event_type: str = "DutyAssigned"
        aggregate_type: str = "Duty"
        text: str

    loop = asyncio.new_event_loop()
    store = SQLiteEventStore(str(path))

    def write(count: int) -> None:
        duty = uuid4()
        events = [DutyAssigned(aggregate_id=duty, text=_TEXT, aggregate_version=n + 1) for n in range(count)]
        loop.run_until_complete(store.append(StreamId(duty, "Duty"), events, ExpectedVersion.no_stream()))

    try:
        yield write
    finally:
        loop.run_until_complete(store.close())
        loop.close()
