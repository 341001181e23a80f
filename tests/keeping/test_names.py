"""Names in registers that are kept and carried: erased for ever, or sealed by a key that lies elsewhere."""

from contextlib import closing
from pathlib import Path

import pytest

from directives_adapters import create_register, open_register, store_module
from directives_adapters.moving import add_keys, check_register, copy_register, save_keys
from directives_core import Actor, Register
from directives_core.errors import NameErased
from directives_core.sealed import ERASED, NOT_HERE
from directives_core.testing import Clock
from tests.keeping.conftest import OFFICE
from tests.stores.postgresql_server import connection_to

AN = Actor(id="an", name="Phạm Thị An", unit="xã A", roles=frozenset({"unit"}))
PERSON = "Đỗ Văn Tám"


@pytest.fixture
def url(place: str) -> str:
    """A register that knows the names of two actors and, in the text of a directive, of a third person."""
    with create_register(place, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("xã A", by=OFFICE)
        register.assign(f"Giải quyết đơn của [[tam: {PERSON}]]", to="xã A", due="2030-10-02", by=OFFICE)
        register.report(1, "Đã nhận", by=AN)
    return place


def names(register: Register) -> dict[str, str]:
    return {actor["id"]: actor["name"] for actor in register.actors()}


def test_what_is_erased_is_gone_from_views_history_and_the_place_itself(url: str) -> None:
    clock = Clock("2030-10-01T08:00+07:00")
    with open_register(url, clock=clock) as register:
        root = register.checkpoint().root
        register.erase("an", reason="theo yêu cầu", by=OFFICE)
        register.erase("tam", reason="theo yêu cầu", by=OFFICE)

        assert names(register) == {"hoa": OFFICE.name, "an": ERASED}
        assert register.as_of()[1].text == f"Giải quyết đơn của {ERASED}"
        assert [entry.actor.name for entry in register.history(1)] == [OFFICE.name, ERASED]
        assert register.checkpoints()[0].root == root
        assert register.verify().ok
        with pytest.raises(NameErased):
            register.erase("an", reason="lần nữa", by=OFFICE)
    with open_register(url) as again:
        assert names(again)["an"] == ERASED
    with closing(store_module(url).open_store(url)) as store, store.read() as transaction:
        assert set(transaction.keys(["actor:hoa", "actor:an", "person:tam"])) == {"actor:hoa"}
    assert check_register(url).ok


def test_a_copy_without_keys_tells_what_is_erased_from_what_is_sealed(url: str, tmp_path: Path) -> None:
    copy, keys = f"sqlite:///{tmp_path}/copy.db", tmp_path / "keys.json"
    with open_register(url) as register:
        register.erase("an", reason="theo yêu cầu", by=OFFICE)
    save_keys(url, keys)

    copy_register(url, copy)

    with open_register(copy) as register:
        assert names(register) == {"hoa": NOT_HERE, "an": ERASED}
        assert register.as_of()[1].text == f"Giải quyết đơn của {NOT_HERE}"
        assert [entry.actor.name for entry in register.history(1)] == [NOT_HERE, ERASED]
    assert add_keys(copy, keys) == 2
    with open_register(copy) as register:
        assert names(register) == {"hoa": OFFICE.name, "an": ERASED}
        assert PERSON in register.as_of()[1].text


def test_the_row_of_an_erased_key_is_gone_from_the_server(register_url: str) -> None:
    with create_register(register_url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.erase("hoa", reason="theo yêu cầu", by=OFFICE)

    with closing(connection_to(register_url)) as connection:
        wanted = (register_url.rpartition("=")[2],)
        (kept,) = connection.execute("SELECT count(*) FROM directives.keys WHERE register = %s", wanted).fetchall()
        vacuums = connection.execute(
            "SELECT reloptions FROM pg_catalog.pg_class WHERE oid = 'directives.keys'::regclass"
        ).fetchall()
    assert kept[0] == 0
    assert "autovacuum_vacuum_threshold=0" in vacuums[0][0]
