"""What a writer asks first comes with the lock, and is what it would have been told under it."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from directives_adapters.postgresql.store import PostgresqlStore
from directives_core.store import Record
from directives_core.testing.samples import next_record

OFFICE = "office"


@pytest.fixture
def stores(register_url: str) -> Iterator[tuple[PostgresqlStore, PostgresqlStore]]:
    """Two openings of one register, as of two processes."""
    PostgresqlStore.create(register_url, lambda _: None)
    with closing(PostgresqlStore(register_url)) as one, closing(PostgresqlStore(register_url)) as other:
        yield one, other


def add(store: PostgresqlStore, stream: str = OFFICE) -> Record:
    with store.write() as transaction:
        record = next_record(transaction, stream)
        transaction.append([record])
    return record


def asked_first(store: PostgresqlStore, after: int = 0, stream: str = OFFICE) -> list[Record]:
    with store.write() as transaction:
        return list(transaction.stream(stream, after_version=after))


def test_what_another_process_wrote_meanwhile_is_in_an_answer_that_was_expected(stores) -> None:
    mine, other = stores
    first = add(other)
    for _ in range(3):
        assert asked_first(mine) == [first]

    second = add(other)

    assert asked_first(mine) == [first, second]
    assert asked_first(mine, after=1) == [second]
    assert asked_first(mine, after=1) == [second]
    assert asked_first(mine, after=2) == []


def test_another_question_than_the_expected_one_gets_its_own_answer(stores) -> None:
    mine, other = stores
    of_office, of_directive = add(other), add(other, "directive:1")
    for _ in range(2):
        assert asked_first(mine) == [of_office]

    assert asked_first(mine, stream="directive:1") == [of_directive]
    assert asked_first(mine) == [of_office]


def test_what_a_transaction_added_itself_is_in_the_answer_that_was_expected(stores) -> None:
    mine, _ = stores
    first = add(mine)
    for _ in range(2):
        assert asked_first(mine) == [first]

    with mine.write() as transaction:
        added = next_record(transaction, OFFICE)
        transaction.append([added])
        assert list(transaction.stream(OFFICE)) == [first, added]


def test_an_expected_answer_is_given_once_and_then_asked_for(stores) -> None:
    mine, _ = stores
    first = add(mine)
    for _ in range(2):
        assert asked_first(mine) == [first]

    with mine.write() as transaction:
        assert list(transaction.stream(OFFICE)) == [first]
        added = next_record(transaction, OFFICE)
        transaction.append([added])
        assert list(transaction.stream(OFFICE)) == [first, added]


def test_a_record_that_comes_with_the_lock_is_whole(stores) -> None:
    mine, other = stores
    with other.write() as transaction:
        record = Record(1, OFFICE, 1, 2**53 + 1, -719_162, "unit.registered.v1", '{"é\u0000"}'.encode())
        transaction.append([record])
    for _ in range(3):
        assert asked_first(mine) == [record]
