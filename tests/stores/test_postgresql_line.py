"""Several statements in one message to a PostgreSQL server: what is refused, interrupted, or more than a line holds."""
# ruff: noqa: PT012 - what is refused or interrupted ends the transaction that it happens in

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from directives_adapters.postgresql.binary import BIGINT, BYTEA, INTEGER, TEXT, array
from directives_adapters.postgresql.connections import connect
from directives_adapters.postgresql.line import Line, Statement
from directives_adapters.postgresql.place import place_of
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core.errors import CommandReused
from directives_core.store import Head, Row
from directives_core.testing.samples import check_whole, command, next_record, row, write_one
from tests.stores.postgresql_server import connection_to

ADDED = Statement(b"SELECT $1 + 1", (BIGINT.oid,))
DIVIDED = Statement(b"SELECT 1 / $1", (BIGINT.oid,))
ECHO = Statement(b"SELECT $1", (BYTEA.oid,))
MEBIBYTE = 2**20


@pytest.fixture
def line(register_url: str) -> Iterator[Line]:
    with closing(connect(place_of(register_url))) as line:
        yield line


@pytest.fixture
def store(register_url: str) -> Iterator[PostgresqlStore]:
    PostgresqlStore.create(register_url, lambda _: None)
    with closing(PostgresqlStore(register_url, wait_seconds=5)) as store:
        yield store


@contextmanager
def interrupted(after_seconds: float) -> Iterator[None]:
    """The user presses Ctrl-C so long after the beginning of `with`."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, after_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("own_session", [True, False], ids=["prepared", "lent by a pooler"])
def test_what_follows_a_refused_statement_is_not_carried_out_and_the_line_stays_good(
    line: Line, own_session: bool
) -> None:
    line.own_session = own_session
    line.execute("CREATE TEMPORARY TABLE kept(n bigint)")
    keep = Statement(b"INSERT INTO kept VALUES ($1)", (BIGINT.oid,))
    one, nothing = BIGINT.write(1), BIGINT.write(0)

    for _ in range(3):
        with pytest.raises(psycopg.errors.DivisionByZero):
            line.together((ADDED, [one]), (DIVIDED, [nothing]), (keep, [one]))

        added, kept = line.together((ADDED, [one]), (keep, [one]))
        assert added.get_value(0, 0) == BIGINT.write(2)
        assert kept.command_tuples == 1
    assert line.execute("SELECT count(*) FROM kept").fetchall() == [(3,)]


def test_neither_side_waits_for_the_other_when_both_have_more_to_say_than_a_line_holds(line: Line) -> None:
    asked = [bytes([n]) * (8 * MEBIBYTE) for n in range(6)]

    answers = line.together(*((ECHO, [each]) for each in asked))

    assert [answer.get_value(0, 0) for answer in answers] == asked


def test_what_was_prepared_outlives_a_transaction_that_is_rolled_back(store: PostgresqlStore) -> None:
    write_one(store, "command-0", "stream")
    (line,) = store._connections._idle
    prepared = line.execute("SELECT name FROM pg_prepared_statements ORDER BY 1").fetchall()

    with pytest.raises(ZeroDivisionError), store.write():
        raise ZeroDivisionError
    with store.read():
        pass

    assert prepared
    assert line.execute("SELECT name FROM pg_prepared_statements ORDER BY 1").fetchall()[: len(prepared)] == prepared


def test_whoever_interrupts_the_wait_for_the_lock_can_write_afterwards(
    register_url: str, store: PostgresqlStore
) -> None:
    write_one(store, "command-0", "stream")

    with closing(connection_to(register_url)) as other:
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM directives.registers FOR UPDATE")
        with pytest.raises(KeyboardInterrupt), interrupted(0.2), store.write():
            pass
        other.execute("ROLLBACK")

    write_one(store, "command-1", "stream")
    assert check_whole(store) == ["command-0", "command-1"]


@pytest.mark.parametrize("reused", [0, 2])
def test_a_command_that_was_carried_out_before_is_named_among_those_of_its_commit(
    store: PostgresqlStore, reused: int
) -> None:
    write_one(store, "command-0", "stream")
    ids = ["a", "b", "c"]
    ids[reused] = "command-0"

    with pytest.raises(CommandReused) as raised, store.write() as transaction:
        transaction.append([next_record(transaction, "stream")])
        for each in ids:
            transaction.add_command(command(each, 2, 2))

    assert raised.value.command_id == "command-0"
    assert check_whole(store) == ["command-0"]


def test_several_rows_of_one_share_in_one_commit_leave_the_greatest_current(store: PostgresqlStore) -> None:
    rows = [row(1, 1, 10, 1), row(1, 1, 12, 1), row(1, 1, 11, 1), row(2, 1, 10, 1)]
    with store.write() as transaction:
        transaction.append([next_record(transaction, "stream")])
        transaction.add_rows(rows)

    with store.read() as transaction:
        assert sorted(transaction.timeline(1)) == sorted(rows[:3])
        assert list(transaction.rows_at(effective_to=20, to_position=1)) == [rows[1], rows[3]]


def test_what_no_column_holds_keeps_all_of_its_commit_from_being_kept(store: PostgresqlStore) -> None:
    for far in (Row(1, 1, 2**31, 1, None, "assigned", None, "{}"), Row(2**63, 1, 10, 1, None, "assigned", None, "{}")):
        with pytest.raises(Exception, match="number") as raised, store.write() as transaction:
            transaction.append([next_record(transaction, "stream")])
            transaction.add_rows([far])
        assert type(raised.value).__name__ == "BadValue"

    with store.read() as transaction:
        assert transaction.head() == Head()


@pytest.mark.parametrize(
    ("kind", "values", "name"),
    [
        (BIGINT, [0, -1, 2**63 - 1, -(2**63), None], "bigint"),
        (INTEGER, [0, -(2**31), 2**31 - 1, None], "integer"),
        (TEXT, ["", "Lê Thị Hoa", '{"a", NULL}', "\\", None, "NULL"], "text"),
        (BYTEA, [b"", b"\0\xff", None], "bytea"),
        (TEXT, [None, None], "text"),
    ],
)
def test_values_arrive_as_they_are(line: Line, kind: object, values: list[object], name: str) -> None:
    statement = Statement(f"SELECT array_send($1::{name}[])".encode(), (kind.array_oid,))

    (answer,) = line.together((statement, [array(kind, values)]))

    (sent,) = line.execute(f"SELECT array_send(%s::{name}[])".encode(), (values,)).fetchone() or ()
    assert answer.get_value(0, 0) == sent
