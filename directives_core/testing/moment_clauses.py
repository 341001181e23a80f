"""What a store promises about moments: the register as of any day, as known at any position."""
# ruff: noqa: D102, S311 - the name of a clause is its sentence; random logs are no secrets

import random
from collections.abc import Sequence
from contextlib import suppress

import pytest

from directives_core.errors import DamagedStore, StoreError
from directives_core.store import Record, Row, Store
from directives_core.testing.samples import Hooks, row

__all__ = ["MomentClauses", "naive_rows_at", "naive_rows_where"]

LOGS = 25
EVENTS = 30
DAYS = 12


def naive_rows_at(
    rows: Sequence[Row], *, effective_to: int, to_position: int, directives: Sequence[int] | None = None
) -> list[Row]:
    """The answer of `rows_at` by going through everything."""
    found: dict[tuple[int, int], Row] = {}
    for each in sorted(rows, key=lambda each: (each.effective_from, each.position)):
        if each.effective_from <= effective_to and each.position <= to_position:
            found[each.directive, each.share] = each
    wanted = [found[key] for key in sorted(found) if directives is None or key[0] in directives]
    return [each for each in wanted if each.status != "absent"]


def naive_rows_where(
    rows: Sequence[Row],
    *,
    effective_to: int,
    to_position: int,
    statuses: Sequence[str],
    unit: str | None = None,
    due_to: int | None = None,
) -> list[Row]:
    """The answer of `rows_where` by going through everything."""
    return [
        each
        for each in naive_rows_at(rows, effective_to=effective_to, to_position=to_position)
        if each.status in statuses
        and unit in (None, each.unit)
        and (due_to is None or each.due_on is None or each.due_on <= due_to)
    ]


class MomentClauses(Hooks):
    """Clauses about the timeline."""

    def test_a_late_paper_changes_what_is_known_now_but_not_what_was_known(self, store: Store) -> None:
        assigned, reported, late = row(1, 1, 10, 1), row(1, 1, 20, 2), row(1, 1, 15, 3)
        reported_too = row(1, 1, 20, 3)
        _keep(store, [assigned, reported, late, reported_too])

        with store.read() as transaction:

            def at(day: int, position: int) -> list[Row]:
                return list(transaction.rows_at(effective_to=day, to_position=position))

            assert at(9, 3) == []
            assert at(10, 0) == []
            assert at(10, 1) == at(19, 2) == [assigned]
            assert at(20, 2) == [reported]
            assert at(15, 3) == at(19, 3) == [late]
            assert at(99, 2) == [reported]
            assert at(99, 99) == [reported_too]

    def test_a_share_that_no_longer_exists_is_left_out(self, store: Store) -> None:
        there, gone, back = row(1, 1, 10, 1), row(1, 1, 10, 2, status="absent"), row(1, 1, 10, 3)
        _keep(store, [there, gone])

        with store.read() as transaction:
            assert list(transaction.rows_at(effective_to=10, to_position=1)) == [there]
            assert list(transaction.rows_at(effective_to=10, to_position=2)) == []
            assert list(transaction.rows_at(effective_to=10, to_position=2, directives=[1])) == []

        _keep(store, [back], first=3)
        with store.read() as transaction:
            assert list(transaction.rows_at(effective_to=10, to_position=2)) == []
            assert list(transaction.rows_at(effective_to=10, to_position=3)) == [back]

    def test_shares_come_in_order_of_directive_and_share(self, store: Store) -> None:
        rows = [row(directive, share, 10, 1) for directive in (12, 3, 101, 20) for share in (2, 0, 11, 1)]
        _keep(store, rows)

        with store.read() as transaction:
            assert list(transaction.rows_at(effective_to=10, to_position=1)) == sorted(rows)
            some = [each for each in sorted(rows) if each.directive in (3, 20)]
            found = transaction.rows_at(effective_to=10, to_position=1, directives=[20, 3, 7, 20])
            assert list(found) == some
            assert list(transaction.rows_at(effective_to=10, to_position=1, directives=[])) == []

    def test_the_timeline_of_a_directive_comes_whole_and_in_order(self, store: Store) -> None:
        rows = [row(1, 1, 10, 1), row(1, 0, 10, 1), row(1, 1, 20, 2), row(2, 1, 5, 2), row(1, 1, 15, 3),
                row(1, 1, 20, 3, status="absent")]  # fmt: skip
        _keep(store, rows)

        with store.read() as transaction:
            assert list(transaction.timeline(1)) == sorted(each for each in rows if each.directive == 1)
            assert list(transaction.timeline(3)) == []

    def test_a_row_of_the_timeline_is_written_once(self, store: Store) -> None:
        first = row(1, 1, 10, 1)
        _keep(store, [first])

        with pytest.raises(DamagedStore), store.write() as transaction:
            transaction.add_rows([first._replace(state='{"other":true}')])

        with store.read() as transaction:
            assert list(transaction.timeline(1)) == [first]
            assert list(transaction.rows_at(effective_to=10, to_position=1)) == [first]

    def test_half_a_list_of_rows_is_not_kept_even_if_the_writer_goes_on(self, store: Store) -> None:
        first = row(1, 1, 10, 1)
        _keep(store, [first])

        with suppress(StoreError), store.write() as transaction:
            with suppress(DamagedStore):
                transaction.add_rows([row(1, 1, 11, 1), first, row(1, 1, 12, 1)])
            transaction.set_number(7)

        with store.read() as transaction:
            assert list(transaction.timeline(1)) == [first]
            assert list(transaction.rows_at(effective_to=12, to_position=1)) == [first]

    def test_rows_come_back_as_they_were_kept(self, store: Store) -> None:
        rows = [
            Row(1, 0, -40_000, 1, None, "directive", None, '{"text":"' + "Đã nộp 'đủ' \\u0000 " * 9_000 + '"}'),
            Row(1, 1, 0, 1, "", "in-progress", -1, ""),
            Row(2, 1, 2_932_896, 1, "UBND xã Cán Khê", "completed", 2_932_896, "{}"),
        ]
        _keep(store, rows)

        with store.read() as transaction:
            assert list(transaction.rows_at(effective_to=2_932_896, to_position=1)) == rows

    def test_rows_are_found_by_status_unit_and_day(self, store: Store) -> None:
        open_, other, done = row(3, 1, 10, 1), row(1, 2, 10, 1), row(2, 1, 10, 1, status="completed")
        undated, facts = row(5, 1, 10, 1)._replace(due_on=None), row(3, 0, 10, 1, status="directive")
        was_open, then_done = row(4, 1, 10, 1), row(4, 1, 20, 2, status="completed")
        _keep(store, [open_, other, done, undated, facts, was_open, then_done])

        with store.read() as transaction:

            def at(
                day: int, position: int, *statuses: str, unit: str | None = None, due_to: int | None = None
            ) -> list[Row]:
                found = transaction.rows_where(
                    effective_to=day, to_position=position, statuses=statuses, unit=unit, due_to=due_to
                )
                return list(found)

            assert at(20, 2, "assigned") == [other, open_, undated]
            assert at(20, 2, "assigned", unit="unit-1") == [open_, undated]
            assert at(20, 2, "assigned", unit="unit-1", due_to=40) == [open_, undated]
            assert at(20, 2, "assigned", unit="unit-1", due_to=39) == [undated]
            assert at(20, 2, "completed", "assigned", due_to=40) == [other, done, open_, undated]
            assert at(20, 2, "completed", unit="unit-1") == [done, then_done]
            was = [open_, was_open, undated]
            assert at(19, 2, "assigned", unit="unit-1") == at(99, 1, "assigned", unit="unit-1") == was
            assert at(9, 2, "assigned") == at(20, 0, "assigned") == at(20, 2) == at(20, 2, "assigned", unit="") == []

    def test_every_moment_equals_the_naive_replay(self, store: Store) -> None:
        kept: list[Row] = []
        last = 0
        for seed in range(LOGS):
            log = _random_log(random.Random(seed), last)
            kept += log
            _keep(store, log, first=last + 1, last=last + EVENTS)
            last += EVENTS
            if seed % 4 == 0:
                _compare(store, kept, last, seed)
        _compare(store, kept, last, LOGS)


def _random_log(chance: random.Random, last: int) -> list[Row]:
    """Rows of a few shares, with late days, several days of one event, and shares that go and come back."""
    log: dict[tuple[int, int, int, int], Row] = {}
    for position in range(last + 1, last + EVENTS + 1):
        for _ in range(chance.randint(0, 4)):
            key = (chance.randint(1, 6), chance.randint(0, 2), chance.randint(1, DAYS), position)
            log[key] = row(*key, status=chance.choice(["assigned", "assigned", "completed", "absent"]))
    return sorted(log.values(), key=lambda each: (each.position, chance.random()))


def _compare(store: Store, kept: Sequence[Row], last: int, seed: int) -> None:
    chance = random.Random(seed)
    with store.read() as transaction:
        for day in range(DAYS + 2):
            for position in {0, 1, last, last + 5, *(chance.randint(0, last) for _ in range(6))}:
                some = chance.choice([None, [2], [5, 1, 9], []])
                found = list(transaction.rows_at(effective_to=day, to_position=position, directives=some))
                model = naive_rows_at(kept, effective_to=day, to_position=position, directives=some)
                assert found == model, f"as of day {day}, known at position {position}, directives {some}"
                statuses = chance.choice([["assigned"], ["assigned", "completed"], ["directive"], []])
                unit = chance.choice([None, "unit-1", "unit-2"])
                due_to = chance.choice([None, 30 + chance.randint(0, DAYS)])
                where = transaction.rows_where(
                    effective_to=day, to_position=position, statuses=statuses, unit=unit, due_to=due_to
                )
                chosen = naive_rows_where(
                    kept, effective_to=day, to_position=position, statuses=statuses, unit=unit, due_to=due_to
                )
                said = f"as of day {day}, known at position {position}, {statuses} of {unit} due to {due_to}"
                assert list(where) == chosen, said


def _keep(store: Store, rows: Sequence[Row], *, first: int = 1, last: int = 0) -> None:
    """Keep the rows, those of each position together with an event."""
    for position in range(first, max(last, *(each.position for each in rows), 0) + 1):
        with store.write() as transaction:
            transaction.append([Record(position, "s", position, position, 1, "t.v1", b"")])
            transaction.add_rows([each for each in rows if each.position == position])
