"""What a store promises that can put another timeline in the place of its own; the others are skipped."""
# ruff: noqa: D102 - the name of a clause is its sentence

from collections.abc import Iterator
from typing import cast

import pytest

from directives_core.store import ReadTransaction, Rebuilding, Row, Store
from directives_core.testing.samples import Hooks, row, write_one

__all__ = ["RebuildingClauses"]


class _Abandoned(Exception):
    pass


class RebuildingClauses(Hooks):
    """Clauses about the rules of a timeline, and about another timeline."""

    def test_the_rules_of_the_timeline_are_noted(self, store: Store) -> None:
        with store.write() as transaction:
            transaction.set_rules(7)
            assert transaction.head().rules == 7
        write_one(store, "command-0", "stream")

        with store.read() as transaction:
            assert transaction.head().rules == 7

    def test_a_timeline_that_is_rebuilt_takes_the_place_of_the_one_before(self, store: Store) -> None:
        rebuilding = _rebuilding(store)
        old, new = _timelines(store)

        with store.read() as before:
            rebuilding.rebuild(lambda transaction: _in_parts(transaction, new), rules=8)
            assert _seen(before) == (3, old[:1], old), "a reader's timeline changed under it"

        with store.read() as after:
            assert _seen(after) == (8, [new[0], new[2]], [new[0], new[1], new[2]])
            assert [record.position for record in after.records()] == [1], "the log was touched"
        with store.write() as transaction:
            transaction.add_rows([row(1, 1, 18_950, 2)])
            assert len(transaction.timeline(1)) == 4

    def test_a_timeline_that_could_not_be_rebuilt_stays_as_it_was(self, store: Store) -> None:
        rebuilding = _rebuilding(store)
        old, new = _timelines(store)

        def fail(_: ReadTransaction) -> Iterator[Row]:
            yield from new
            raise _Abandoned

        with pytest.raises(_Abandoned):
            rebuilding.rebuild(fail, rules=8)

        with store.read() as transaction:
            assert _seen(transaction) == (3, old[:1], old)
        with store.write() as transaction:
            transaction.add_rows([row(1, 1, 18_950, 2)])
            assert len(transaction.timeline(1)) == 2


def _rebuilding(store: Store) -> Rebuilding:
    if not hasattr(store, "rebuild"):
        pytest.skip("this store cannot put another timeline in the place of its own")
    return cast("Rebuilding", store)


def _timelines(store: Store) -> tuple[list[Row], list[Row]]:
    """Fill a store with an event, a row and a version of the rules; the rows that it has, and others."""
    write_one(store, "command-0", "stream")
    with store.write() as transaction:
        transaction.set_rules(3)
        old = list(transaction.timeline(1))
    new = [
        row(1, 0, 18_899, 1, state='{"text":"another"}'), row(1, 1, 18_900, 1, status="absent"),
        row(1, 2, 18_900, 1, state='{"text":"a further one"}'),
    ]  # fmt: skip
    return old, new


def _in_parts(transaction: ReadTransaction, rows: list[Row]) -> Iterator[Row]:
    for each in rows:
        assert len(list(transaction.stream("stream"))) == 1, "the log cannot be read while the timeline is written"
        yield each


def _seen(transaction: ReadTransaction) -> tuple[int, list[Row], list[Row]]:
    """The rules, the rows of the last day, and the whole timeline of the first directive."""
    last = list(transaction.rows_at(effective_to=20_000, to_position=9))
    return transaction.head().rules, last, list(transaction.timeline(1))
