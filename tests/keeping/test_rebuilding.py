"""A timeline of other rules is noticed and computed anew; a register of an older format is noticed and upgraded."""
# ruff: noqa: S608 - the numbers stand in this file

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from directives_adapters import open_register, store_module
from directives_adapters.moving import Upgraded, check_register, copy_register, rebuild_register, upgrade_register
from directives_adapters.sqlite import schema
from directives_core.directive.evolve import RULES
from directives_core.errors import OlderFormat, OtherRules, ReadOnlyStore, RegisterMissing, StoreError
from tests.keeping.conftest import OFFICE
from tests.keeping.test_broken_off import break_off, held
from tests.keeping.test_keeping import live_through_some_weeks
from tests.stores.postgresql_server import Server, connection_to, with_register

SCRIPT = Path(__file__).with_name("broken_off.py")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('source')}/office.db"
    live_through_some_weeks(url)
    return url


@pytest.fixture
def url(source: str, place: str) -> str:
    """A register with late papers and retractions, once of each kind."""
    copy_register(source, place, keys=True)
    return place


def behind(url: str, sqlite: str, postgresql: str) -> None:
    """Do something behind the store's back."""
    if url.startswith("postgresql"):
        with closing(connection_to(url)) as connection:
            connection.execute(postgresql.encode(), (url.rpartition("=")[2],))
    else:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
            connection.execute(sqlite)


def set_rules(url: str, rules: int) -> None:
    """Make it a register whose timeline another version of the rules wrote."""
    behind(
        url, f"UPDATE register SET rules = {rules}",
        f"UPDATE directives.registers SET rules = {rules} WHERE register = %s",
    )  # fmt: skip


def test_a_timeline_of_former_rules_is_not_shown_until_it_is_rebuilt(url: str) -> None:
    before = held(url)
    set_rules(url, RULES - 1)

    with pytest.raises(OtherRules, match="directives store rebuild") as raised:
        open_register(url)
    assert (raised.value.found, raised.value.known) == (RULES - 1, RULES)
    assert not check_register(url).ok
    told: list[tuple[int, int]] = []
    assert rebuild_register(url, progress=lambda done, all_: told.append((done, all_))) == 40

    assert told == [(40, 40)]
    assert held(url) == before
    assert check_register(url).ok


def test_rows_that_former_rules_wrote_otherwise_are_replaced(url: str) -> None:
    before = held(url)
    with closing(store_module(url).open_store(url)) as store:
        store.rebuild(lambda _: [row for rows in before["timeline"] for row in rows[::2]], rules=RULES - 1)
    assert len(held(url)["current"]) < len(before["current"])

    rebuild_register(url)

    assert held(url) == before


def test_a_process_that_is_at_work_does_not_mix_its_rules_with_others(url: str) -> None:
    with open_register(url) as register:
        register.note(1, "Đã gọi điện", by=OFFICE)
        set_rules(url, RULES + 1)

        with pytest.raises(OtherRules, match="upgrade the software"):
            register.note(1, "Đã gọi điện lần nữa", by=OFFICE)
        with pytest.raises(OtherRules, match="upgrade the software"):
            register.as_of()
    with pytest.raises(OtherRules, match="upgrade the software"):
        rebuild_register(url)


def test_a_rebuilding_that_is_killed_leaves_the_timeline_of_before(url: str) -> None:
    before = held(url)
    set_rules(url, RULES - 1)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}

    done = subprocess.run([sys.executable, str(SCRIPT), "rebuild-1", url, ""], env=environment, check=False)

    assert done.returncode == -signal.SIGKILL
    set_rules(url, RULES)
    assert held(url) == before
    rebuild_register(url)
    assert held(url) == before


def test_a_timeline_stays_append_only_before_and_after_it_was_rebuilt(url: str) -> None:
    rebuild_register(url)

    with pytest.raises(Exception, match="only ever added to"):
        behind(url, "DELETE FROM timeline", "DELETE FROM directives.timeline WHERE register = %s")


def test_whoever_does_not_own_the_tables_does_not_rebuild(source: str, register_url: str) -> None:
    copy_register(source, register_url)
    role = f"w{uuid4().hex[:8]}"
    with closing(connection_to(register_url)) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
    store_module(register_url).grant(register_url, role, write=True)  # type: ignore[attr-defined]
    before = held(register_url)

    with pytest.raises(ReadOnlyStore):
        rebuild_register(register_url.replace("//postgres@", f"//{role}@"))

    assert held(register_url) == before


def test_a_register_of_today_needs_no_upgrade(url: str) -> None:
    today = schema.FORMAT if url.startswith("sqlite") else 2
    assert upgrade_register(url) == Upgraded(today, today, rebuild=False)


FORMAT_2 = (
    """
    DROP TRIGGER events_follow; DROP TRIGGER timeline_stays; DROP TRIGGER current_stays; DROP TRIGGER current_passes;
    DROP TRIGGER commands_stay; DROP TRIGGER checkpoints_stay; DROP TRIGGER days_stay; DROP TRIGGER current_no_delete;
    DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER days_no_update;
    DROP TRIGGER days_no_delete; DROP TRIGGER late_events_no_update; DROP TRIGGER late_events_no_delete;
    DROP TRIGGER timeline_no_update; DROP TRIGGER timeline_no_delete; DROP TRIGGER commands_no_update;
    DROP TRIGGER commands_no_delete; DROP TRIGGER checkpoints_no_update; DROP TRIGGER checkpoints_no_delete;
    INSERT INTO timeline(directive, share, effective_from, position, unit, status, due_on, state)
    SELECT directive, share, effective_from, position, unit, status, due_on, state FROM current;
    UPDATE register SET directive = (SELECT max(directive) FROM timeline);
    DROP TABLE days; DROP TABLE late_events; DROP INDEX current_by_status;
    CREATE INDEX events_by_day ON events(effective_on);
    CREATE INDEX current_by_status ON current(status, unit, due_on);
    CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.position <> 1 + (SELECT coalesce(max(position), 0) FROM events)
    OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'events follow one another without a gap'); END;
    CREATE TRIGGER timeline_stays BEFORE INSERT ON timeline
WHEN EXISTS (SELECT 1 FROM timeline WHERE directive = NEW.directive AND share = NEW.share
    AND effective_from = NEW.effective_from AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a row of the timeline is written once'); END;
    CREATE TRIGGER commands_stay BEFORE INSERT ON commands
WHEN EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id)
BEGIN SELECT RAISE(ABORT, 'a command is carried out once'); END;
    CREATE TRIGGER checkpoints_stay BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is kept once'); END;
"""
    + "".join(
        f"""CREATE TRIGGER {table}_no_{doing.lower()} BEFORE {doing} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} are only ever added to: {doing} is refused'); END;
"""
        for table in ("events", "timeline", "commands", "checkpoints")
        for doing in ("UPDATE", "DELETE")
    )
    + "PRAGMA user_version = 2;"
)
FORMAT_1 = (
    FORMAT_2
    + """
    CREATE TABLE older AS SELECT directive, unpurged FROM register; DROP TABLE register;
    CREATE TABLE register(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    directive INTEGER NOT NULL,
    unpurged INTEGER NOT NULL
) STRICT;
    INSERT INTO register SELECT 1, directive, unpurged FROM older; DROP TABLE older;
    CREATE TABLE older AS SELECT directive, share, effective_from, position, unit, status, due_on, state FROM current;
    DROP TABLE current; DROP INDEX other_events;
    CREATE TABLE current(
    directive INTEGER NOT NULL,
    share INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit TEXT,
    status TEXT NOT NULL,
    due_on INTEGER,
    state TEXT NOT NULL,
    PRIMARY KEY(directive, share)
) STRICT;
    INSERT INTO current SELECT * FROM older; DROP TABLE older; PRAGMA user_version = 1;
"""
)


OLD_FORMATS = pytest.mark.parametrize(("format_", "script"), [(1, FORMAT_1), (2, FORMAT_2)])


@OLD_FORMATS
def test_a_file_of_an_older_format_is_noticed_and_upgraded(
    source: str, tmp_path: Path, format_: int, script: str
) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    copy_register(source, url, keys=True)
    before = held(url)
    make_file_old(tmp_path / "old.db", script)

    with pytest.raises(OlderFormat, match="directives store upgrade") as raised:
        open_register(url)
    assert (raised.value.found, raised.value.known) == (format_, schema.FORMAT)
    assert upgrade_register(url) == Upgraded(format_, schema.FORMAT, rebuild=False)

    assert held(url) == before
    assert check_register(url).ok
    with open_register(url) as register:
        later = [register.as_of(f"2021-{month}-28").moment.later_events for month in (9, 10, 11)]
        register.note(1, "Đã gọi điện", by=OFFICE)
    with open_register(source) as register:
        assert later == [register.as_of(f"2021-{month}-28").moment.later_events for month in (9, 10, 11)]


@OLD_FORMATS
def test_an_upgrade_that_fails_changes_nothing(source: str, tmp_path: Path, format_: int, script: str) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    copy_register(source, url)
    make_file_old(tmp_path / "old.db", script + "DROP TRIGGER events_no_update;")
    before = (tmp_path / "old.db").read_bytes()

    with pytest.raises(StoreError, match="events_no_update"):
        upgrade_register(url)

    assert (tmp_path / "old.db").read_bytes() == before


@OLD_FORMATS
def test_an_upgrade_that_is_killed_leaves_the_register_of_before(
    source: str, tmp_path: Path, format_: int, script: str
) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    copy_register(source, url, keys=True)
    before = held(url)
    make_file_old(tmp_path / "old.db", script)

    break_off("upgrade", url, "")

    with pytest.raises(OlderFormat) as raised:
        open_register(url)
    assert raised.value.found == format_
    assert upgrade_register(url) == Upgraded(format_, schema.FORMAT, rebuild=False)
    assert held(url) == before
    assert check_register(url).ok


def make_file_old(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


@pytest.fixture
def old_database(server: Server) -> Iterator[str]:
    """A database of its own, whose tables can be made old."""
    name = f"old_{uuid4().hex[:8]}"
    with closing(connection_to(with_register(f"{server.address}/postgres", "none"))) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield f"{server.address}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def make_old(url: str) -> None:
    statements = (
        "ALTER TABLE directives.registers DROP COLUMN rules, DROP COLUMN last_day",
        "DROP INDEX directives.other_events, directives.current_by_status",
        "UPDATE directives.layout SET format = 1",
        "UPDATE directives.registers SET format = 1",
    )
    with closing(connection_to(url)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def test_a_database_of_the_first_format_is_noticed_and_upgraded_with_all_its_registers(
    source: str, old_database: str
) -> None:
    urls = [with_register(old_database, name) for name in ("nhu-thanh", "tho-xuan")]
    for url in urls:
        copy_register(source, url, keys=True)
    before: list[Any] = [held(url) for url in urls]
    make_old(urls[0])

    with pytest.raises(OlderFormat, match="directives store upgrade"):
        open_register(urls[1])
    with pytest.raises(OlderFormat, match="directives store upgrade"):
        copy_register(source, with_register(old_database, "a-third"))
    assert upgrade_register(urls[0]) == Upgraded(1, 2, rebuild=False)

    assert [held(url) for url in urls] == before
    assert upgrade_register(urls[1]) == Upgraded(2, 2, rebuild=False)
    with open_register(urls[1]) as register:
        register.note(1, "Đã gọi điện", by=OFFICE)


def test_a_database_without_tables_has_nothing_to_upgrade(old_database: str) -> None:
    with pytest.raises(RegisterMissing):
        upgrade_register(with_register(old_database, "none"))
