"""What only a server of databases knows, by command: who may use a register, and spreading it over a cluster."""

from uuid import uuid4

import psycopg
import pytest

from directives_adapters.postgresql.place import place_of
from tests.cli.desk import Desk
from tests.stores.postgresql_server import connection_to, with_register


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, register_url: str) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"), monkeypatch)
    monkeypatch.setenv("DIRECTIVES_STORE", register_url)
    desk.types("init --title 'Sổ theo dõi' --zone Asia/Ho_Chi_Minh --calendar VN")
    return desk


def test_a_role_reads_what_it_was_granted_until_that_is_taken_back(desk: Desk, register_url: str) -> None:
    role = f"role_{uuid4().hex}"
    with connection_to(register_url) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
    as_role = with_register(f"postgresql://{role}@{_address(register_url)}", place_of(register_url).register)

    desk.types(f"store grant {role}")
    seen = desk.types(f"list --json --store {as_role}")
    refused = desk.types(f"actor add hoa --name Hoa --unit 'Văn phòng' --role office --store {as_role}", code=1)
    desk.types(f"store revoke {role}")
    unseen = desk.types(f"list --store {as_role}", code=1)

    assert seen.json["directives"] == []
    assert "error" in refused.err
    assert "error" in unseen.err


def test_a_database_without_the_extension_is_not_spread(desk: Desk) -> None:
    told = desk.types("store distribute", code=1)

    assert "lacks the extension citus" in told.err


def test_a_register_in_a_file_has_no_server_to_ask(desk: Desk) -> None:
    told = desk.types("store grant somebody --store sqlite:///office.db", code=2)

    assert "a register in PostgreSQL" in told.err


def _address(url: str) -> str:
    settings = psycopg.conninfo.conninfo_to_dict(**place_of(url).settings)
    return f"{settings['host']}:{settings['port']}/{settings['dbname']}"
