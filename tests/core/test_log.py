"""The traps of the event sourcing package, each designed out: gaps, the host's environment, loading, foreign bytes."""

import datetime as dt
import subprocess
import sys
from contextlib import closing

import pytest
from eventsourcing.application import Application

from directives_adapters.memory import MemoryStore
from directives_core.codec import codec
from directives_core.directive.events import Noted
from directives_core.errors import DamagedStore
from directives_core.event import Envelope, Event
from directives_core.log import Log
from directives_core.log.application import LogApplication
from tests.conftest import new_register
from tests.register.given import OFFICE, assign

AT = dt.datetime(2021, 9, 22, 1, tzinfo=dt.UTC)
ENVELOPE = Envelope(actor="hoa", role="office", command_id="c-1")


def noted(version: int, position: int, *, stream: str = "directive:1", at: dt.datetime = AT) -> Event:
    return Event(stream, version, position, at, at.date(), ENVELOPE, Noted(text="x"))


@pytest.fixture
def store():
    with closing(MemoryStore()) as store:
        yield store


def append(store, *events: Event) -> None:
    with store.write() as transaction:
        Log().append(transaction, events)


def read(store, stream: str = "directive:1") -> list[Event]:
    with store.read() as transaction:
        asked = Log().stream(transaction, stream)
    with store.write() as transaction:
        assert Log().load(transaction, stream) == asked
    return asked


@pytest.mark.parametrize(
    "gap",
    [
        noted(6, 2), noted(3, 2), noted(2, 3), noted(1, 2), noted(2, 1), noted(2, 2, at=AT - dt.timedelta(seconds=1)),
        noted(2, 2, stream="directive:2"),
    ],
)  # fmt: skip
def test_a_gap_in_versions_or_positions_or_a_step_back_in_time_is_refused(store, gap):
    append(store, noted(1, 1))

    with pytest.raises(DamagedStore):
        append(store, gap)

    assert [event.version for event in read(store)] == [1]


def test_the_package_loads_every_event_of_a_stream_and_nothing_else(store):
    events = [noted(n, n) for n in range(1, 1201)]
    append(store, *events[:700])
    append(store, *events[700:], noted(1, 1201, stream="directive:2"))

    assert read(store) == events
    assert read(store, "directive:3") == []
    with store.write() as transaction:
        assert Log().load(transaction, "directive:1", after_version=1198) == events[1198:]


def test_what_is_being_written_can_be_read_within_its_transaction(store):
    log = Log()
    with store.write() as transaction:
        log.append(transaction, [noted(1, 1), noted(2, 2)])

        assert [event.version for event in log.load(transaction, "directive:1")] == [1, 2]
        assert [event.version for event in log.stream(transaction, "directive:1")] == [1, 2]


def test_two_registers_in_one_thread_do_not_read_from_each_other(clock):
    with new_register("memory:", clock) as first, new_register("memory:", clock) as second:
        assign(first)
        with first.batch(by=OFFICE, dry_run=True):
            assign(first)
            assert assign(second) == 1
            assert len(second.history(1)) == 1


def test_the_log_is_an_application_of_the_package():
    assert issubclass(LogApplication, Application)


HOSTILE = {
    "COMPRESSOR_TOPIC": "zlib",
    "CIPHER_TOPIC": "eventsourcing.cipher:AESCipher",
    "CIPHER_KEY": "x",
    "PERSISTENCE_MODULE": "nowhere.at.all",
    "INFRASTRUCTURE_FACTORY": "nowhere.at.all",
    "MAPPER_TOPIC": "nowhere:Mapper",
    "TRANSCODER_TOPIC": "nowhere:Transcoder",
    "IS_SNAPSHOTTING_ENABLED": "y",
    "LOG_COMPRESSOR_TOPIC": "zlib",
    "LOG_PERSISTENCE_MODULE": "nowhere.at.all",
    "SQLITE_DBNAME": "elsewhere.db",
    "CREATE_TABLE": "no",
}
STORING = """
from directives_core import Actor
from directives_adapters import create_register
from directives_core.testing import Clock
office = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
register = create_register("memory:", title="x", zone="UTC", by=office, clock=Clock("2021-09-22T08:00+07:00"))
number = register.assign("Nộp", to="Văn phòng", due="none", by=office, command_id="c-1")
with register._store.read() as transaction:
    print(transaction.stream("directive:1"))
print(register.as_of()[number].status)
"""


def test_the_environment_of_the_host_changes_nothing():
    plain, hostile = (
        subprocess.run(
            [sys.executable, "-c", STORING], env={"PATH": "", "PYTHONUTF8": "1", **more}, capture_output=True,
            encoding="utf-8",
        )
        for more in ({}, HOSTILE)
    )  # fmt: skip

    assert hostile.stderr == plain.stderr == ""
    assert hostile.stdout == plain.stdout
    assert "directive.assigned.v1" in plain.stdout
    assert plain.stdout.endswith("assigned\n")


def test_stored_types_name_no_module_of_ours():
    assert not [name for name in codec.stored_types if "directives_" in name or ":" in name]
