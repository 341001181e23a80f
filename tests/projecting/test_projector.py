"""A projection of the application: every event takes effect once, whoever is killed, fails or comes second."""

import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.bookmarks import SqlBookmark
from directives_adapters.moving import copy_register
from directives_core import Event, Register
from directives_core.errors import AnotherPast, BadValue
from directives_core.projecting import Projector, Seen
from tests.projecting.application import BOOKMARK, applied, beginning, count, counting, database
from tests.projecting.conftest import OFFICE, assign
from tests.stores.postgresql_server import connection_to

SCRIPT = Path(__file__).with_name("application.py")
PATIENCE_SECONDS = 300.0


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(database(tmp_path / "application.db")) as connection:
        yield connection


def total(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT sum(number) FROM counts").fetchone()[0])


def test_every_event_takes_effect_once_and_in_order(followed: Register, connection: sqlite3.Connection) -> None:
    assign(followed, 20)
    projector = counting(followed, connection)

    assert projector.catch_up() == 24
    assert projector.catch_up() == 24
    assign(followed, 3)
    assert counting(followed, connection).catch_up() == 27

    assert applied(connection) == list(range(1, 28))
    assert total(connection) == 27


def test_an_event_that_cannot_be_applied_undoes_its_transaction_and_is_tried_again(
    followed: Register, connection: sqlite3.Connection
) -> None:
    assign(followed, 10)
    failing = {9}

    def apply(work: sqlite3.Connection, event: Event) -> None:
        count(work, event)
        if event.position in failing:
            raise RuntimeError(f"not {event.position}")

    projector = Projector(followed, "counts", begin=beginning(connection), apply=apply, bookmark=BOOKMARK, at_once=4)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="not 9"):
            projector.catch_up()
        assert applied(connection) == list(range(1, 9))
    failing.clear()

    assert projector.catch_up() == 14
    assert applied(connection) == list(range(1, 15))


def test_a_commit_that_fails_is_not_taken_for_kept(register: Register, connection: sqlite3.Connection) -> None:
    fail = [True]

    @contextmanager
    def begin() -> Iterator[sqlite3.Connection]:
        with beginning(connection)() as work:
            yield work
            if fail and len(applied(connection)) > 5:
                fail.pop()
                raise ConnectionError("the server went away")

    assign_some(register)
    projector = Projector(register, "counts", begin=begin, apply=count, bookmark=BOOKMARK, at_once=4)

    with pytest.raises(ConnectionError):
        projector.catch_up()
    last = projector.catch_up()

    assert applied(connection) == list(range(1, last + 1))


def assign_some(register: Register) -> None:
    for n in range(6):
        register.add_unit(f"đơn vị {n}", by=OFFICE)


def test_a_projection_of_some_types_gets_those_alone(register: Register, connection: sqlite3.Connection) -> None:
    assign_some(register)
    projector = Projector(
        register, "units", begin=beginning(connection), apply=count, bookmark=BOOKMARK, types=["unit.registered.v1"],
        at_once=2,
    )  # fmt: skip

    projector.catch_up()

    expected = [event.position for event in register.events(types=["unit.registered.v1"])]
    assert applied(connection) == expected


def test_two_projections_and_two_registers_keep_their_places_apart(
    register: Register, url: str, connection: sqlite3.Connection
) -> None:
    with create_register(url, title="Sổ khác", zone="Asia/Ho_Chi_Minh", by=OFFICE) as other:
        counting(register, connection).catch_up()
        first = total(connection)
        counting(other, connection).catch_up()
        begin = beginning(connection)
        Projector(register, "again", begin=begin, apply=count, bookmark=BOOKMARK).catch_up()

    assert total(connection) == 2 * first + 3


def test_following_applies_what_is_recorded_meanwhile(followed: Register, connection: sqlite3.Connection) -> None:
    writer = threading.Thread(target=assign, args=(followed, 30))
    writer.start()

    last = counting(followed, connection).follow(timeout=2.0)

    writer.join()
    assert last == 34
    assert applied(connection) == list(range(1, 35))


def test_threads_that_run_the_same_projection_apply_nothing_twice(url: str, tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            with open_register(url) as register, closing(database(tmp_path / "application.db")) as connection:
                counting(register, connection, at_once=2).catch_up()
        except BaseException as error:  # noqa: BLE001 - shown below
            failed.append(error)

    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("xã A", by=OFFICE)
        assign(register, 40)
    database(tmp_path / "application.db").close()
    runners = [threading.Thread(target=run) for _ in range(4)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()

    assert failed == []
    with closing(database(tmp_path / "application.db")) as connection:
        assert applied(connection) == list(range(1, 45))


def test_a_projection_is_built_anew(followed: Register, connection: sqlite3.Connection) -> None:
    projector = counting(followed, connection)
    last = projector.catch_up()

    projector.start_over(lambda work: (work.execute("DELETE FROM applied"), work.execute("DELETE FROM counts")))

    assert applied(connection) == []
    assert projector.catch_up() == last
    assert applied(connection) == list(range(1, last + 1))


@pytest.mark.parametrize("went_on", [False, True], ids=["and is shorter", "and went on otherwise"])
def test_a_register_restored_from_an_older_backup_is_noticed(
    url: str, tmp_path: Path, connection: sqlite3.Connection, went_on: bool
) -> None:
    backup = f"sqlite:///{tmp_path}/backup.db"
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("xã A", by=OFFICE)
        copy_register(url, backup)
        assign(register, 5)
        counting(register, connection).catch_up()
    before = applied(connection)

    with open_register(backup) as register:
        if went_on:
            assign(register, 20, "Việc khác")
        with pytest.raises(AnotherPast, match="build the projection anew"):
            counting(register, connection).catch_up()

    assert applied(connection) == before


def test_a_projection_that_is_killed_again_and_again_applies_each_event_once(url: str, tmp_path: Path) -> None:
    killed_and_killed_again(url, tmp_path, events=120, kills=3)


@pytest.mark.campaign
def test_a_projection_that_is_killed_twenty_times_applies_each_event_once(url: str, tmp_path: Path) -> None:
    killed_and_killed_again(url, tmp_path, events=800, kills=20)


def killed_and_killed_again(url: str, tmp_path: Path, *, events: int, kills: int) -> None:
    path = tmp_path / "application.db"
    database(path).close()
    chance = random.Random(4)
    command = [sys.executable, str(SCRIPT), url, str(path), str(events + 4)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        register.add_unit("xã A", by=OFFICE)
        writer = threading.Thread(target=assign, args=(register, events))
        writer.start()
        for _ in range(kills):
            runner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
            assert runner.stdout is not None
            assert runner.stdout.readline(), "the projection ended by itself"
            sleep(chance.random() * 0.4)
            runner.kill()
            runner.communicate()
        writer.join()

    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True, timeout=PATIENCE_SECONDS)

    with closing(database(path)) as connection:
        assert applied(connection) == list(range(1, events + 5))
        assert total(connection) == events + 4


def test_the_bookmark_serves_an_application_on_postgresql(register_url: str, url: str) -> None:
    bookmark = SqlBookmark(mark="%s", table="public.seen_by_projections")

    @contextmanager
    def begin() -> Iterator[Any]:
        with connection.transaction():
            yield connection

    def apply(work: Any, event: Event) -> None:
        work.execute("INSERT INTO public.applied VALUES (%s)", (event.position,))

    with (
        closing(connection_to(register_url)) as connection,
        create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register,
    ):
        bookmark.create(connection)
        connection.execute("CREATE TABLE public.applied(position bigint)")
        projector = Projector(register, "p", begin=begin, apply=apply, bookmark=bookmark, at_once=2)
        projector.catch_up()
        register.add_unit("xã A", by=OFFICE)
        projector.catch_up()
        found = connection.execute("SELECT position FROM public.applied ORDER BY position").fetchall()
        connection.execute("DROP TABLE public.applied, public.seen_by_projections")

    assert [position for (position,) in found] == [1, 2, 3, 4]


def test_a_bookmark_moves_from_where_it_is_alone(connection: sqlite3.Connection) -> None:
    first, second = Seen(1, "one"), Seen(2, "two")

    assert BOOKMARK.read(connection, "p", "r") == Seen()
    assert BOOKMARK.move(connection, "p", "r", before=Seen(), to=first)
    assert not BOOKMARK.move(connection, "p", "r", before=Seen(), to=second)
    assert not BOOKMARK.move(connection, "p", "r", before=Seen(1, "another"), to=second)
    assert BOOKMARK.read(connection, "p", "r") == first
    assert BOOKMARK.move(connection, "p", "r", before=first, to=second)
    assert BOOKMARK.read(connection, "p", "other") == Seen()


def test_what_cannot_work_is_refused_at_once(register: Register, connection: sqlite3.Connection) -> None:
    with pytest.raises(BadValue):
        counting(register, connection, at_once=0)
    with pytest.raises(BadValue):
        SqlBookmark(mark=":1")
    with pytest.raises(BadValue):
        SqlBookmark(table="seen; DROP TABLE users")
