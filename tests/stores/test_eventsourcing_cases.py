"""The event sourcing package's own test cases of recorders, on what the log makes of every store.

Not run are those of what the log does not offer, on purpose: recorders that track positions of other applications
(projections keep their own), subscriptions (the register is followed instead), snapshots, DCB, and factories that read
the environment.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Notification, StoredEvent, Subscription

from directives_adapters.memory import MemoryStore
from directives_adapters.postgresql.store import PostgresqlStore
from directives_adapters.sqlite import SqliteStore
from directives_core.errors import DamagedStore
from directives_core.log.application import LogApplication, _Recorder, _stored
from directives_core.store import Record, Store

pytest.importorskip("Crypto", reason="the package's test cases import pycryptodome, which is not installed")
from eventsourcing.tests import persistence


class Recorder(ApplicationRecorder):
    """The recorder of the log, with a transaction of its own for each call.

    Our versions begin with 1 and have no gaps, which the cases keep to when they are told to begin with 0. Positions
    are given out by the register, under the lock; what contradicts the log is `DamagedStore`, which the package calls
    `IntegrityError`.
    """

    def __init__(self, store: Store, *, tells_positions: bool) -> None:
        self._store, self._tells_positions = store, tells_positions
        self._recorder: Any = LogApplication().recorder
        assert isinstance(self._recorder, _Recorder)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        try:
            with self._store.write() as transaction, self._recorder.within(transaction):
                last = transaction.head()
                records = [
                    Record(last.position + n, str(e.originator_id), e.originator_version + 1, last.recorded_at + 1, 1,
                           e.topic, e.state)
                    for n, e in enumerate(stored_events, 1)
                ]  # fmt: skip
                self._recorder.insert_events([_stored(record) for record in records])
        except DamagedStore as error:
            raise IntegrityError(str(error)) from error
        return [record.position for record in records] if self._tells_positions else None

    def select_events(
        self, originator_id: Any, *, gt: int | None = None, lte: int | None = None, desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:  # fmt: skip
        with self._store.read() as transaction, self._recorder.within(transaction):
            found = self._recorder.select_events(
                originator_id, gt=None if gt is None else gt + 1, lte=None if lte is None else lte + 1, desc=desc,
                limit=limit,
            )  # fmt: skip
        return [StoredEvent(e.originator_id, e.originator_version - 1, e.topic, e.state) for e in found]

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:  # fmt: skip
        with self._store.read() as transaction, self._recorder.within(transaction):
            found = self._recorder.select_notifications(
                start, limit, stop, topics, inclusive_of_start=inclusive_of_start
            )
        return [replace(each, originator_version=each.originator_version - 1) for each in found]

    def max_notification_id(self) -> int | None:
        with self._store.read() as transaction, self._recorder.within(transaction):
            return self._recorder.max_notification_id()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[Any]:
        return self._recorder.subscribe(gt, topics)


class OnAnyStore:
    """What every case needs: a store, and ids as our streams have them."""

    INITIAL_VERSION = 0
    TELLS_POSITIONS: bool
    store: Store

    def new_originator_id(self) -> str:
        return f"stream-{uuid4()}"

    def create_recorder(self) -> Recorder:
        return Recorder(self.store, tells_positions=self.TELLS_POSITIONS)


class OnMemory(OnAnyStore):
    @pytest.fixture(autouse=True)
    def _store(self) -> None:
        self.store = MemoryStore()


class OnSqlite(OnAnyStore):
    @pytest.fixture(autouse=True)
    def _store(self, tmp_path: Path) -> Iterator[None]:
        SqliteStore.create(tmp_path / "register.db", lambda _: None)
        with closing(SqliteStore(tmp_path / "register.db")) as self.store:
            yield


class OnPostgresql(OnAnyStore):
    @pytest.fixture(autouse=True)
    def _store(self, register_url: str) -> Iterator[None]:
        PostgresqlStore.create(register_url, lambda _: None)
        with closing(PostgresqlStore(register_url)) as self.store:
            yield


class Aggregates(persistence.AggregateRecorderTestCase):
    """Streams of events; such a recorder tells no positions."""

    __test__ = False
    TELLS_POSITIONS = False


class Applications(persistence.ApplicationRecorderTestCase):
    """The log as a whole, with writers and readers at the same time."""

    __test__ = False
    TELLS_POSITIONS = True


class NonInterleaving(persistence.NonInterleavingNotificationIDsBaseCase):
    """Two batches of a thousand that are written at the same time do not mix."""

    __test__ = False
    TELLS_POSITIONS = True


class TestAggregatesOnMemory(OnMemory, Aggregates):
    __test__ = True


class TestAggregatesOnSqlite(OnSqlite, Aggregates):
    __test__ = True


class TestAggregatesOnPostgresql(OnPostgresql, Aggregates):
    __test__ = True


class TestApplicationsOnMemory(OnMemory, Applications):
    __test__ = True


class TestApplicationsOnSqlite(OnSqlite, Applications):
    __test__ = True


class TestApplicationsOnPostgresql(OnPostgresql, Applications):
    __test__ = True


class TestNonInterleavingOnMemory(OnMemory, NonInterleaving):
    __test__ = True


class TestNonInterleavingOnSqlite(OnSqlite, NonInterleaving):
    __test__ = True


class TestNonInterleavingOnPostgresql(OnPostgresql, NonInterleaving):
    __test__ = True


@pytest.mark.parametrize("offered", ["aggregate_recorder", "tracking_recorder", "process_recorder"])
def test_what_the_log_does_not_offer_says_what_to_use_instead(offered: str) -> None:
    factory: Any = LogApplication().factory

    with pytest.raises(TypeError, match=r"snapshots|their own position"):
        getattr(factory, offered)()
    with pytest.raises(TypeError, match="follow the register"):
        Recorder(MemoryStore(), tells_positions=True).subscribe()
