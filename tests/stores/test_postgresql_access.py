"""What the roles of a PostgreSQL server may do, and which registers they see."""
# ruff: noqa: S608 - the tables stand in this file

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest

from directives_adapters.postgresql import create_store, grant, open_store, revoke
from directives_adapters.postgresql.store import PostgresqlStore
from directives_core.errors import BadValue, ReadOnlyStore, RegisterMissing, StoreError
from directives_core.testing.samples import check_whole, everything, write_one
from tests.stores.postgresql_server import connection_to, with_register

TABLES = ("registers", "events", "timeline", "current", "commands", "checkpoints", "keys")


@pytest.fixture
def url(register_url: str) -> str:
    PostgresqlStore.create(register_url, lambda _: None)
    with closing(open_store(register_url)) as store:
        write_one(store, "command-0", "stream")
        with store.write() as transaction:
            transaction.add_key("hoa", b"key")
    return register_url


@pytest.fixture
def other_url(database: str) -> str:
    url = with_register(database, f"r-{uuid4().hex}")
    PostgresqlStore.create(url, lambda store: write_one(store, "other", "stream") and None)
    return url


@pytest.fixture
def role(database: str) -> Iterator[str]:
    name = f"u{uuid4().hex}"
    with closing(connection_to(with_register(database, "any"))) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'p'".encode())
        yield name
        connection.execute(f"DROP ROLE {name}".encode())


def as_role(url: str, role: str) -> str:
    """The URL by which the role comes; what libpq finds in a query counts more than what stands before the host."""
    return f"{url}&user={role}&password=p"


def attempt(url: str, role: str, sql: str) -> int:
    """How many rows the role finds or changes around the store."""
    with closing(connection_to(as_role(url, role))) as connection:
        return connection.execute(sql.encode()).rowcount


def test_a_role_without_a_grant_sees_no_register(url: str, role: str) -> None:
    with pytest.raises(StoreError, match="permission denied"):
        open_store(as_role(url, role))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        attempt(url, role, "SELECT * FROM directives.events")


def test_a_reader_reads_and_cannot_write(url: str, role: str) -> None:
    grant(url, role)

    with closing(open_store(as_role(url, role))) as store:
        assert check_whole(store) == ["command-0"]
        with pytest.raises(ReadOnlyStore, match="read-only"), store.write():
            pass
        with store.read() as transaction:
            assert transaction.keys(["hoa"]) == {"hoa": b"key"}
    for table in TABLES:
        for sql in (f"DELETE FROM directives.{table}", f"INSERT INTO directives.{table} DEFAULT VALUES"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                attempt(url, role, sql)


def test_a_writer_adds_and_can_neither_change_nor_delete_what_is_kept(url: str, role: str) -> None:
    grant(url, role, write=True)

    with closing(open_store(as_role(url, role))) as store:
        write_one(store, "command-1", "stream")
        with store.write() as transaction:
            everything(transaction)
            transaction.destroy_key("hoa")
            transaction.add_rows([transaction.timeline(1)[0]._replace(position=9)])

    for table in ("events", "timeline", "commands", "checkpoints"):
        for sql in (f"UPDATE directives.{table} SET register = 'x'", f"DELETE FROM directives.{table}",
                    f"TRUNCATE directives.{table}"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                attempt(url, role, sql)
    for sql in ("DELETE FROM directives.registers", "UPDATE directives.registers SET format = 9",
                "INSERT INTO directives.registers VALUES ('mine', 1, 0, 0, 0)", "DELETE FROM directives.current",
                "UPDATE directives.register_access SET may_write = true", "DROP TABLE directives.keys",
                "ALTER TABLE directives.events DISABLE TRIGGER ALL"):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            attempt(url, role, sql)
    with pytest.raises(ReadOnlyStore):
        create_store(as_role(with_register(url.partition("?")[0], f"r-{uuid4().hex}"), role), lambda _: None)


def test_a_role_sees_the_registers_that_it_was_granted_and_no_others(url: str, other_url: str, role: str) -> None:
    grant(url, role, write=True)

    with pytest.raises(RegisterMissing):
        open_store(as_role(other_url, role))
    for table in ("registers", "events", "timeline", "current", "commands"):
        assert attempt(url, role, f"SELECT * FROM directives.{table}") == 1
    assert attempt(url, role, "SELECT * FROM directives.register_access") == 1
    name = other_url.rpartition("=")[2]
    for sql in (f"UPDATE directives.registers SET position = 9 WHERE register = '{name}'",
                f"UPDATE directives.current SET state = '' WHERE register = '{name}'",
                f"DELETE FROM directives.keys WHERE register = '{name}'"):  # fmt: skip
        assert attempt(url, role, sql) == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        attempt(url, role, f"INSERT INTO directives.keys VALUES ('{name}', 'dung', '')")


def test_writing_one_register_gives_no_right_to_write_another_that_is_only_read(
    url: str, other_url: str, role: str
) -> None:
    grant(url, role, write=True)
    grant(other_url, role)

    with closing(open_store(as_role(url, role))) as store:
        write_one(store, "command-1", "stream")
    with closing(open_store(as_role(other_url, role))) as store:
        assert check_whole(store) == ["other"]
        with pytest.raises(ReadOnlyStore, match="ask its owner for the right to write"), store.write():
            pass


def test_what_was_granted_is_revoked(url: str, role: str) -> None:
    grant(url, role, write=True)

    with closing(open_store(as_role(url, role))) as store:
        grant(url, role)
        with pytest.raises(ReadOnlyStore), store.write():
            pass
        revoke(url, role)
        with pytest.raises(RegisterMissing), store.read():
            pass
    revoke(url, role)
    with pytest.raises(RegisterMissing):
        open_store(as_role(url, role))


def test_nothing_is_granted_that_is_not_there(url: str, role: str) -> None:
    with pytest.raises(BadValue, match="CREATE ROLE"):
        grant(url, "nobody-here")
    with pytest.raises(RegisterMissing):
        grant(with_register(url.partition("?")[0], "nothing"), role)
    grant(url, role)
    with pytest.raises(ReadOnlyStore):
        grant(as_role(url, role), role, write=True)


def test_an_owner_who_is_no_superuser_makes_registers_and_cannot_change_what_is_kept(database: str, role: str) -> None:
    owned = f"d{uuid4().hex}"
    with closing(connection_to(with_register(database, "any"))) as connection:
        connection.execute(f"CREATE DATABASE {owned} OWNER {role} TEMPLATE template0 ENCODING 'UTF8'".encode())
        url = with_register(database.rpartition("/")[0] + f"/{owned}", "a")
        create_store(as_role(url, role), lambda store: write_one(store, "command-0", "stream") and None).close()

        with closing(open_store(as_role(url, role))) as store:
            write_one(store, "command-1", "stream")
            assert len(check_whole(store)) == 2
        for sql in ("DELETE FROM directives.events", "UPDATE directives.events SET data = ''",
                    "TRUNCATE directives.events"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                attempt(url, role, sql)

        connection.execute(f"DROP DATABASE {owned} WITH (FORCE)".encode())
