"""What a store promises about its log: no gap, no going back, byte for byte, in order."""
# ruff: noqa: D102 - the name of a clause is its sentence

from itertools import islice

import pytest

from directives_core.errors import DamagedStore
from directives_core.store import Head, Record, Store
from directives_core.testing.samples import Hooks, next_record

__all__ = ["LogClauses"]

BATCH = 5_000


class LogClauses(Hooks):
    """Clauses about events."""

    def test_an_empty_register_is_at_position_0(self, store: Store) -> None:
        with store.read() as transaction:
            assert transaction.head() == Head(0, 0, 0)
            assert list(transaction.records()) == []
            assert list(transaction.stream("directive-1")) == []
            assert list(transaction.rows_at(effective_to=20_000, to_position=9)) == []
            assert transaction.position_at(2**62) == 0
            assert transaction.count_records(after=0, effective_to=20_000) == 0
            assert transaction.versions(["directive-1"], to_position=9) == {}

    def test_records_come_back_byte_for_byte(self, store: Store) -> None:
        written = [
            Record(1, "Thôn Đồng Lách 'x' \"y\"", 1, 1, -25_000, "a.b.v1", bytes(range(256))),
            Record(2, "directive-1", 1, 1, 2_932_896, "đã giao.v2", b""),
            Record(3, "directive-1", 2, 2**53 + 1, 0, "a.b.v1", '{"text":"Nộp hồ sơ\\u0000"}'.encode() * 40_000),
        ]

        with store.write() as transaction:
            transaction.append(written)

        with store.read() as transaction:
            assert list(transaction.records()) == written
            assert list(transaction.stream("directive-1")) == written[1:]
            assert list(transaction.stream(written[0].stream)) == written[:1]
            assert all(type(record.data) is bytes for record in transaction.records())

    def test_records_come_in_order_and_within_the_bounds_asked_for(self, store: Store) -> None:
        written = [Record(n, f"s-{n % 7}", (n + 6) // 7, n, 1, f"t{n % 3}.v1", b"%d" % n) for n in range(1, 1_300)]

        with store.write() as transaction:
            transaction.append(written)

        with store.read() as transaction:
            assert list(transaction.records()) == written
            assert list(transaction.records(after=100)) == written[100:]
            assert list(transaction.records(after=100, to=900)) == written[100:900]
            assert list(transaction.records(after=100, limit=3)) == written[100:103]
            assert list(transaction.records(limit=0)) == []
            assert list(transaction.records(after=len(written))) == []
            some = [record for record in written[10:] if record.type in ("t0.v1", "t2.v1")]
            assert list(transaction.records(after=10, types=["t0.v1", "t2.v1"])) == some
            assert list(transaction.records(after=10, types=["t0.v1", "t2.v1"], limit=5)) == some[:5]
            assert [record.position for record in islice(transaction.records(), 2)] == [1, 2]

    def test_a_stream_comes_in_order_of_version_up_to_a_position(self, store: Store) -> None:
        with store.write() as transaction:
            for n in range(9):
                transaction.append([next_record(transaction, f"stream-{n % 2}")])

        with store.read() as transaction:
            assert [(r.version, r.position) for r in transaction.stream("stream-0")] == [
                (1, 1), (2, 3), (3, 5), (4, 7), (5, 9),
            ]  # fmt: skip
            assert [r.version for r in transaction.stream("stream-0", to_position=6)] == [1, 2, 3]
            assert [r.version for r in transaction.stream("stream-0", after_version=2)] == [3, 4, 5]
            assert [r.version for r in transaction.stream("stream-0", after_version=1, to_position=7)] == [2, 3, 4]
            assert list(transaction.stream("stream-0", after_version=5)) == []
            assert list(transaction.stream("stream")) == []

    @pytest.mark.parametrize("positions", [(4,), (2,), (0,), (1,), (3, 5), (3, 3), (4, 3)])
    def test_a_gap_between_positions_is_refused(self, store: Store, positions: tuple[int, ...]) -> None:
        with store.write() as transaction:
            transaction.append([Record(n, "a", n, 5, 1, "t.v1", b"") for n in (1, 2)])

        with pytest.raises(DamagedStore), store.write() as transaction:
            transaction.append([Record(p, "b", n, 5, 1, "t.v1", b"") for n, p in enumerate(positions, 1)])

        _still(store, 2)

    @pytest.mark.parametrize(("stream", "versions"), [
        ("a", (4,)), ("a", (2,)), ("a", (1,)), ("b", (2,)), ("b", (0,)), ("a", (3, 5)), ("b", (1, 1)), ("b", (2, 1)),
    ])  # fmt: skip
    def test_a_gap_between_versions_is_refused(self, store: Store, stream: str, versions: tuple[int, ...]) -> None:
        with store.write() as transaction:
            transaction.append([Record(n, "a", n, 5, 1, "t.v1", b"") for n in (1, 2)])

        with pytest.raises(DamagedStore), store.write() as transaction:
            transaction.append([Record(n, stream, v, 5, 1, "t.v1", b"") for n, v in enumerate(versions, 3)])

        _still(store, 2)

    def test_recorded_at_never_goes_back(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.append([Record(1, "a", 1, 5, 1, "t.v1", b""), Record(2, "a", 2, 5, 1, "t.v1", b"")])

        with pytest.raises(DamagedStore), store.write() as transaction:
            transaction.append([Record(3, "a", 3, 4, 1, "t.v1", b"")])
        with pytest.raises(DamagedStore), store.write() as transaction:
            transaction.append([Record(3, "a", 3, 7, 1, "t.v1", b""), Record(4, "a", 4, 6, 1, "t.v1", b"")])

        _still(store, 2)

    def test_a_batch_of_5000_is_kept_whole(self, store: Store) -> None:
        written = [Record(n, f"directive-{n}", 1, n, 1, "t.v1", b"%d" % n) for n in range(1, BATCH + 1)]

        with store.write() as transaction:
            transaction.append(written)

        with store.read() as transaction:
            assert list(transaction.records()) == written
            found = transaction.versions([record.stream for record in written], to_position=BATCH - 1)
            assert found == {record.stream: 1 for record in written[:-1]}

    def test_the_versions_of_streams_are_those_up_to_a_position(self, store: Store) -> None:
        with store.write() as transaction:
            for n in range(9):
                transaction.append([next_record(transaction, f"stream-{n % 2}")])

        with store.read() as transaction:
            wanted = ["stream-1", "stream-0", "stream-2", "stream-0"]
            assert transaction.versions(wanted, to_position=99) == {"stream-0": 5, "stream-1": 4}
            assert transaction.versions(wanted, to_position=6) == {"stream-0": 3, "stream-1": 3}
            assert transaction.versions(wanted, to_position=1) == {"stream-0": 1}
            assert transaction.versions([], to_position=9) == {}

    def test_an_instant_has_the_last_position_recorded_by_then(self, store: Store) -> None:
        times = [10, 10, 10, 20, 20, 35]
        with store.write() as transaction:
            transaction.append([Record(n, "a", n, at, 1, "t.v1", b"") for n, at in enumerate(times, 1)])

        with store.read() as transaction:
            assert [transaction.position_at(at) for at in (9, 10, 19, 20, 21, 34, 35, 36, 2**62)] == [
                0, 3, 3, 5, 5, 5, 6, 6, 6,
            ]  # fmt: skip

    def test_later_records_up_to_a_day_are_counted(self, store: Store) -> None:
        days = [5, 3, 5, 9, 1, 3, 3, 12]
        with store.write() as transaction:
            transaction.append([Record(n, "a", n, n, day, "t.v1", b"") for n, day in enumerate(days, 1)])

        with store.read() as transaction:
            for after in range(len(days) + 2):
                for day in range(14):
                    counted = transaction.count_records(after=after, effective_to=day)
                    assert counted == sum(each <= day for each in days[after:]), (after, day)

    def test_what_a_caller_does_to_an_answer_does_not_reach_the_store(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.append([next_record(transaction)])

        with store.read() as transaction:
            answer = transaction.stream("directive-1")
            if isinstance(answer, list):
                answer.clear()
            with pytest.raises(AttributeError):
                next(transaction.records()).data = b"other"  # type: ignore[misc]

        _still(store, 1)

    def test_what_is_kept_is_neither_changed_nor_deleted_behind_the_back_of_the_store(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.append([next_record(transaction)])
        before = _all(store)

        refused = 0
        for attempt in self.attempts(store):
            with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the medium says
                attempt()
            refused += 1

        assert _all(store) == before
        if not refused:
            pytest.skip("this store offers no way around itself")


def _all(store: Store) -> list[Record]:
    with store.read() as transaction:
        return list(transaction.records())


def _still(store: Store, count: int) -> None:
    with store.read() as transaction:
        assert transaction.head().position == count
        assert len(list(transaction.records())) == count
        assert len(list(transaction.stream("a"))) == count or len(list(transaction.stream("directive-1"))) == count
