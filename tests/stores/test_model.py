"""Both stores against a model of plain lists, whatever is written and read in whatever order."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from directives_adapters.memory import MemoryStore
from directives_adapters.sqlite import SqliteStore
from directives_core.errors import CommandReused, DamagedStore
from directives_core.store import Head, ReadTransaction, Record, Row, Store, StoredCommand, WriteTransaction
from directives_core.testing.moment_clauses import naive_rows_at, naive_rows_where

DAYS = st.integers(-3, 12)
STREAMS = st.sampled_from(["office", "directive-1", "directive-2", "notice-1"])
EVENTS = st.lists(st.tuples(STREAMS, st.integers(0, 3), DAYS, st.binary(max_size=5)), max_size=5)
STATUSES = st.sampled_from(["assigned", "absent"])
ROWS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2), DAYS, STATUSES), max_size=6)
COMMANDS = st.sampled_from([f"command-{n}" for n in range(6)])
SUBJECTS = st.sampled_from(["hoa", "dung", "đức"])


class Abandon(Exception):
    pass


class Stores(RuleBasedStateMachine):
    """The model is what a register holds, in lists; a step is carried out on it and on every store."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        SqliteStore.create(self.folder / "register.db", lambda _: None)
        self.stores: list[Store] = [MemoryStore(), SqliteStore(self.folder / "register.db")]
        self.records: list[Record] = []
        self.rows: list[Row] = []
        self.commands: dict[str, StoredCommand] = {}
        self.keys: dict[str, bytes] = {}
        self.number = 0

    @initialize()
    def empty(self) -> None:
        assert self.head() == Head()

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)

    def head(self) -> Head:
        last = self.records[-1] if self.records else None
        return Head(len(self.records), last.recorded_at if last else 0, self.number)

    def new_records(self, events: Sequence[tuple[str, int, int, bytes]]) -> list[Record]:
        made: list[Record] = []
        recorded_at = self.head().recorded_at
        for stream, seconds, day, data in events:
            recorded_at += seconds
            version = 1 + sum(record.stream == stream for record in (*self.records, *made))
            position = len(self.records) + len(made) + 1
            made.append(Record(position, stream, version, recorded_at, day, f"{stream[:3]}.v1", data))
        return made

    @rule(events=EVENTS, rows=ROWS, command_id=COMMANDS, abandoned=st.booleans())
    def write(self, events: list, rows: list, command_id: str, abandoned: bool) -> None:
        records = self.new_records(events)
        position = len(self.records) + len(records)
        taken = {row[:4] for row in self.rows}
        found = {(d, s, day, position): status for d, s, day, status in rows if (d, s, day, position) not in taken}
        added = [Row(*key, None, status, None, str(n)) for n, (key, status) in enumerate(found.items())]
        command = StoredCommand(command_id, b"h" * 32, len(self.records) + 1, position, "{}")
        known = command_id in self.commands

        for store in self.stores:
            try:
                with store.write() as transaction:
                    transaction.append(records)
                    transaction.add_rows(iter(added))
                    transaction.set_number(self.number + 1)
                    transaction.add_command(command)
                    assert transaction.head() == Head(position, transaction.head().recorded_at, self.number + 1)
                    self.compare_rows(transaction, [*self.rows, *added], position)
                    if abandoned:
                        raise Abandon
                assert not known
            except Abandon:
                pass
            except CommandReused:
                assert known
        if not (known or abandoned):
            self.records += records
            self.rows += added
            self.commands[command_id] = command
            self.number += 1

    @rule(events=EVENTS.filter(bool), wrong=st.sampled_from(["position", "version"]), by=st.sampled_from([-1, 1]))
    def write_with_a_gap(self, events: list, wrong: str, by: int) -> None:
        records = self.new_records(events)
        records[-1] = records[-1]._replace(**{wrong: getattr(records[-1], wrong) + by})

        for store in self.stores:
            try:
                with store.write() as transaction:
                    transaction.append(records)
                raise AssertionError("a gap was accepted")
            except DamagedStore:
                pass

    @rule(subject=SUBJECTS, key=st.binary(min_size=1, max_size=40))
    def add_or_destroy_a_key(self, subject: str, key: bytes) -> None:
        for store in self.stores:
            with store.write() as transaction:
                if subject in self.keys:
                    transaction.destroy_key(subject)
                else:
                    transaction.add_key(subject, key)
        if not self.keys.pop(subject, None):
            self.keys[subject] = key

    @precondition(lambda self: self.records)
    @rule(data=st.data())
    def open_again(self, data: st.DataObject) -> None:
        self.stores[1].close()
        self.stores[1] = SqliteStore(self.folder / "register.db")

    @rule(after=st.integers(0, 30), to=st.none() | st.integers(0, 30), limit=st.none() | st.integers(0, 9), day=DAYS,
          types=st.sets(st.sampled_from(["off.v1", "dir.v1"])), stream=STREAMS, version=st.integers(0, 5))  # fmt: skip
    def read(
        self, after: int, to: int | None, limit: int | None, day: int, types: set[str], stream: str, version: int
    ) -> None:
        upto = len(self.records) if to is None else to
        wanted = [r for r in self.records if after < r.position <= upto and (not types or r.type in types)][:limit]
        of_stream = [r for r in self.records if r.stream == stream and r.position <= upto]
        for store in self.stores:
            with store.read() as transaction:
                assert list(transaction.records(after=after, to=to, types=sorted(types), limit=limit)) == wanted
                assert list(transaction.stream(stream, after_version=version, to_position=to)) == of_stream[version:]
                found = transaction.versions([stream], to_position=upto)
                assert found == ({stream: len(of_stream)} if of_stream else {})
                counted = transaction.count_records(after=after, effective_to=day)
                assert counted == sum(r.effective_on <= day for r in self.records[after:])
                assert transaction.position_at(after) == sum(r.recorded_at <= after for r in self.records)

    @invariant()
    def everything_is_the_same(self) -> None:
        for store in self.stores:
            with store.read() as transaction:
                assert transaction.head() == self.head()
                assert list(transaction.records()) == self.records
                assert transaction.keys(["hoa", "dung", "đức"]) == self.keys
                for n in range(6):
                    assert transaction.command(f"command-{n}") == self.commands.get(f"command-{n}")
                for directive in range(5):
                    own = sorted(row for row in self.rows if row.directive == directive)
                    assert list(transaction.timeline(directive)) == own
                self.compare_rows(transaction, self.rows, len(self.records))

    def compare_rows(self, transaction: ReadTransaction | WriteTransaction, rows: list[Row], last: int) -> None:
        for day in (-4, 0, 4, 8, 13):
            for position in {0, last // 2, last}:
                for some in (None, [3, 1]):
                    found = list(transaction.rows_at(effective_to=day, to_position=position, directives=some))
                    assert found == naive_rows_at(rows, effective_to=day, to_position=position, directives=some)
                moment = {"effective_to": day, "to_position": position}
                given = {"statuses": ["assigned"], "unit": None, "due_to": None}
                assert list(transaction.rows_where(**moment, **given)) == naive_rows_where(rows, **moment, **given)


TestStores = Stores.TestCase
TestStores.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
