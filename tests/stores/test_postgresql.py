"""Registers in one PostgreSQL database: how they are made, what they do not see, and whole registers on them."""
# ruff: noqa: PT012 - a refusal ends the transaction that it happens in

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.postgresql import create_store, distribute, open_store
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core import Actor
from directives_core.errors import (
    BadValue,
    NewerFormat,
    RegisterExists,
    RegisterMissing,
    StoreClosed,
    StoreError,
    Unreachable,
)
from directives_core.store import Head, Record, Row, Store
from directives_core.testing import Clock
from directives_core.testing.samples import check_whole, everything, row, write_one
from tests.stores.postgresql_server import Server, connection_to, with_register

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
UNIT = "UBND xã Cán Khê"


@pytest.fixture
def url(register_url: str) -> str:
    PostgresqlStore.create(register_url, lambda _: None)
    return register_url


@pytest.fixture
def store(url: str) -> Iterator[PostgresqlStore]:
    with closing(PostgresqlStore(url, wait_seconds=1)) as store:
        yield store


@pytest.fixture
def empty_database(server: Server) -> Iterator[str]:
    """A database of its own, without tables."""
    name = f"d{uuid4().hex}"
    with closing(connection_to(f"{server.address}/postgres?register=x")) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
        yield f"{server.address}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_a_register_is_kept_and_shown_as_of_its_meetings(register_url: str) -> None:
    clock = Clock("2021-09-22T08:00+07:00")
    with create_register(register_url, title="Sổ theo dõi", zone="Asia/Ho_Chi_Minh", by=OFFICE, clock=clock) as made:
        made.add_unit(UNIT, by=OFFICE)
        number = made.assign("Nộp hồ sơ", to=[UNIT], due="2021-09-30", by=OFFICE)
        clock.set("2021-10-01T17:00+07:00")
        made.close_meeting("GB-2021-09", on="2021-10-01", by=OFFICE)

    clock.set("2021-10-10T08:00+07:00")
    with open_register(register_url, clock=clock) as register:
        register.report(number, "Đã nộp", result=True, effective_on="2021-09-28", by=OFFICE)

        assert register.as_of("GB-2021-09")[number].status == "assigned"
        assert register.as_of("GB-2021-09", known_at="now")[number].status == "awaiting-acceptance"
        assert register.as_of()[number].status == "awaiting-acceptance"


def test_two_registers_in_one_database_do_not_see_each_other(database: str) -> None:
    urls = [with_register(database, f"r-{uuid4().hex}") for _ in range(2)]
    for url in urls:
        PostgresqlStore.create(url, lambda _: None)

    with closing(PostgresqlStore(urls[0])) as one, closing(PostgresqlStore(urls[1])) as other:
        for n in range(3):
            write_one(one, f"command-{n}", "stream")
        with one.write() as transaction:
            transaction.add_key("hoa", b"key")
        write_one(other, "command-0", "stream")
        with one.write(), other.write() as transaction:
            everything(transaction, "b")

        with other.read() as transaction:
            assert transaction.head().position == 2
            assert [record.stream for record in transaction.records()] == ["stream", "stream-b"]
            assert transaction.command("command-1") is None
            assert transaction.keys(["hoa"]) == {}
            assert len(list(transaction.rows_at(effective_to=20_000, to_position=9))) == 2
        assert check_whole(one) == [f"command-{n}" for n in range(3)]


def test_a_register_is_made_once_and_left_as_it_is(url: str) -> None:
    with closing(open_store(url)) as store:
        write_one(store, "command-0", "stream")

        with pytest.raises(RegisterExists, match="register="):
            create_store(url, lambda _: None)

        assert check_whole(store) == ["command-0"]


def test_a_register_whose_filling_fails_was_never_there(register_url: str) -> None:
    def fill(store: Store) -> None:
        write_one(store, "command-0", "stream")
        with store.read() as transaction:
            assert transaction.head().position == 1
        with pytest.raises(RegisterMissing):
            open_store(register_url)
        raise BadValue("title", "", expected="one")

    with pytest.raises(BadValue, match="title"):
        create_store(register_url, fill)
    with pytest.raises(RegisterMissing):
        open_store(register_url)

    create_store(register_url, lambda store: write_one(store, "command-1", "stream") and None).close()
    with closing(open_store(register_url)) as store:
        assert check_whole(store) == ["command-1"]


def test_what_goes_on_after_an_error_in_the_filling_is_not_made(register_url: str) -> None:
    def fill(store: Store) -> None:
        with pytest.raises(ZeroDivisionError), store.write() as transaction:
            everything(transaction)
            raise ZeroDivisionError

    with pytest.raises(StoreError, match="was not made"):
        create_store(register_url, fill)
    with pytest.raises(RegisterMissing):
        open_store(register_url)


def test_several_who_begin_at_once_make_the_tables_once(empty_database: str) -> None:
    urls = [with_register(empty_database, name) for name in ("a", "b", "c", "c")]
    made: list[str] = []
    refused: list[Exception] = []

    def work(url: str) -> None:
        try:
            create_store(url, lambda _: None).close()
            made.append(url)
        except RegisterExists as error:
            refused.append(error)

    threads = [threading.Thread(target=work, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == sorted(set(urls))
    assert len(refused) == 1


def test_opening_makes_nothing(empty_database: str) -> None:
    with pytest.raises(RegisterMissing, match=r"no tables for registers; create one first"):
        open_store(with_register(empty_database, "a"))

    with closing(connection_to(with_register(empty_database, "a"))) as connection:
        assert connection.execute("SELECT to_regnamespace('directives') IS NULL").fetchall() == [(True,)]
    create_store(with_register(empty_database, "a"), lambda _: None).close()
    with pytest.raises(RegisterMissing, match="register=b; create one first"):
        open_store(with_register(empty_database, "b"))


def test_what_a_newer_version_made_is_left_alone(empty_database: str) -> None:
    url = with_register(empty_database, "a")
    create_store(url, lambda _: None).close()
    with closing(connection_to(url)) as connection:
        connection.execute("UPDATE directives.layout SET format = 9; UPDATE directives.registers SET format = 9")

    with pytest.raises(NewerFormat, match="format 9, this version reads up to 2"):
        open_store(url)
    with pytest.raises(NewerFormat):
        create_store(with_register(empty_database, "b"), lambda _: None)


def test_a_database_that_cannot_hold_every_text_is_refused(server: Server) -> None:
    name = f"d{uuid4().hex}"
    with closing(connection_to(f"{server.address}/postgres?register=x")) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'".encode())

        with pytest.raises(StoreError, match=r"LATIN1.*ENCODING 'UTF8'"):
            create_store(f"{server.address}/{name}?register=a", lambda _: None)

        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def test_what_cannot_be_reached_is_told_from_what_is_not_there(server: Server) -> None:
    with pytest.raises(Unreachable, match=r"cannot be reached .*try again"):
        open_store("postgresql://127.0.0.1:1/db?register=a")
    with pytest.raises(RegisterMissing, match="does not exist"):
        open_store(f"{server.address}/nowhere?register=a")
    with pytest.raises(StoreError, match='role "nobody-here" does not exist'):
        open_store(f"{server.address.replace('postgres@', 'nobody-here@')}/postgres?register=a")


def test_tables_stay_on_one_server_where_there_is_no_cluster(url: str, store: PostgresqlStore) -> None:
    with pytest.raises(StoreError, match=r"lacks the extension citus.*nothing was changed"):
        distribute(url)

    write_one(store, "command-0", "stream")
    assert check_whole(store) == ["command-0"]


@pytest.mark.parametrize("wrong", ["a\0b", "\ud800", "long" * 2_000_000], ids=["nul", "half a character", "too long"])
def test_what_the_server_cannot_hold_is_misuse_and_nothing_of_it_is_kept(store: PostgresqlStore, wrong: str) -> None:
    with pytest.raises(BadValue), store.write() as transaction:
        transaction.append([Record(1, wrong, 1, 1, 1, "t.v1", b"")])
    with pytest.raises(BadValue), store.read() as transaction:
        transaction.stream(wrong) if len(wrong) < 9 else transaction.command("\0")

    with store.read() as transaction:
        assert transaction.head() == Head()


def test_an_answer_longer_than_a_page_comes_whole_and_in_order(store: PostgresqlStore) -> None:
    rows = [row(directive, share, 10, 1) for directive in range(1, 701) for share in range(2)]
    with store.write() as transaction:
        transaction.append([Record(n, f"s-{n}", 1, 1, 1, f"t{n % 2}.v1", b"x" * n) for n in range(1, 1_302)])
        transaction.add_rows(rows)
        transaction.add_rows([Row(*each[:2], 11, 2, *each[4:]) for each in rows[::3]])

    with store.read() as transaction:
        assert [len(record.data) for record in transaction.records()] == list(range(1, 1_302))
        assert [record.position for record in transaction.records(types=["t0.v1"])] == list(range(2, 1_302, 2))
        assert len(list(transaction.records(limit=501))) == 501
        assert list(transaction.rows_at(effective_to=10, to_position=1)) == rows
        assert list(transaction.rows_at(effective_to=11, to_position=1)) == rows
        assert len(list(transaction.rows_at(effective_to=11, to_position=2, directives=range(1, 601)))) == 1_200


def test_many_records_with_many_bytes_are_kept_in_one_commit(store: PostgresqlStore) -> None:
    with store.write() as transaction:
        transaction.append([Record(n, "s", n, n, 1, "t.v1", bytes([n]) * 5_000_000) for n in range(1, 10)])

    with store.read() as transaction:
        assert [set(record.data) for record in transaction.records()] == [{n} for n in range(1, 10)]


def test_a_commit_is_on_the_disk_before_it_is_answered_also_where_the_role_is_set_to_hurry(url: str) -> None:
    with closing(PostgresqlStore(f"{url}&options=-csynchronous_commit%3Doff")) as store, store.write() as transaction:
        assert transaction._run("SHOW synchronous_commit", ()) == [("on",)]


def test_nothing_is_left_in_the_session_for_whoever_uses_it_next(store: PostgresqlStore) -> None:
    write_one(store, "command-0", "stream")
    (connection,) = store._connections._idle
    before = _session(connection)

    for n in range(1, 12):
        write_one(store, f"command-{n}", "stream")
        check_whole(store)

    assert store._connections._idle == [connection]
    assert _session(connection) == before
    # The session is this connection's alone: what it says often is prepared, and by the driver only.
    assert connection.execute("SELECT DISTINCT from_sql FROM pg_prepared_statements").fetchall() == [(False,)]
    assert connection.execute("SELECT count(*) FROM pg_cursors").fetchall()[0][0] <= 1


def test_sixteen_registers_are_written_at_the_same_time(database: str) -> None:
    urls = [with_register(database, f"r-{uuid4().hex}") for _ in range(16)]
    for url in urls:
        PostgresqlStore.create(url, lambda _: None)
    failed: list[BaseException] = []

    def work(url: str) -> None:
        try:
            with closing(open_store(url)) as store:
                for n in range(12):
                    write_one(store, f"command-{n}", f"stream-{n % 3}")
        except BaseException as error:  # noqa: BLE001 - shown below
            failed.append(error)

    threads = [threading.Thread(target=work, args=(url,)) for url in urls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    for url in urls:
        with closing(open_store(url)) as store:
            assert check_whole(store) == [f"command-{n}" for n in range(12)]


def test_a_register_opened_before_a_fork_is_refused_after_it_and_goes_on_before_it(store: PostgresqlStore) -> None:
    write_one(store, "command-0", "stream")
    uses: list[Callable[[Store], object]] = [lambda s: s.read().__enter__(), lambda s: write_one(s, "c", "s")]

    child = os.fork()
    if child == 0:
        refused = 0
        for use in uses:
            try:
                use(store)
            except StoreClosed as error:
                refused += "fork" in str(error)
        store.close()
        os._exit(refused)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == len(uses)
    write_one(store, "command-1", "stream")
    assert check_whole(store) == ["command-0", "command-1"]


def _session(connection: object) -> list[tuple[str, str]]:
    return connection.execute("SELECT name, setting FROM pg_settings WHERE source = 'session' ORDER BY 1").fetchall()
