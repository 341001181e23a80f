"""A copy or an import that was broken off goes on where it stopped; until then nobody takes the part for the whole."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directives_adapters import create_register, open_register, store_module
from directives_adapters.moving import check_register, copy_register, export_lines, import_lines
from directives_adapters.sqlite import SqliteStore
from directives_core.errors import AlreadyThere, DirectivesError, NotARegister, RegisterExists
from directives_core.keeping.carry import copy_store
from directives_core.testing import Clock
from tests.keeping.broken_off import CLOCK
from tests.keeping.conftest import CHAIR, OFFICE

SCRIPT = Path(__file__).with_name("broken_off.py")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A register of somewhat more than 500 events, with two checkpoints, late papers and a retraction."""
    folder = tmp_path_factory.mktemp("source")
    clock = Clock("2021-09-22T08:00+07:00")
    url = f"sqlite:///{folder}/office.db"
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE, clock=clock) as register:
        register.add_unit("xã A", by=OFFICE)
        with register.batch(by=OFFICE, command_id="many") as batch:
            for count in range(260):
                batch.assign(f"Việc {count}", to="xã A", due=date(2021, 10, 1 + count % 20))
        register.checkpoint()
        clock.set("2021-10-15T08:00+07:00")
        with register.batch(by=CHAIR) as batch:
            for number in range(1, 261):
                batch.extend(number, to=date(2021, 11, 30), reason="mưa lũ", effective_on=date(2021, 9, 30))
        register.report(7, "Đã nộp", result=True, effective_on=date(2021, 9, 25), by=OFFICE, command_id="one-time")
        register.retract(8, 1, reason="nhầm", by=OFFICE)
        register.checkpoint()
    return url


@pytest.fixture(scope="module")
def whole(source: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy holds that nothing broke off."""
    url = f"sqlite:///{tmp_path_factory.mktemp('whole')}/copy.db"
    copy_register(source, url, clock=CLOCK)
    return held(url)


@pytest.fixture(scope="module")
def lines(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lines") / "office.jsonl"
    export_lines(source, file)
    return file


def held(url: str) -> dict[str, Any]:
    """All that a store keeps."""
    with closing(store_module(url).open_store(url)) as store, store.read() as transaction:
        records = list(transaction.records())
        return {
            "head": transaction.head(),
            "records": [record._replace(data=b"") if "copied" in record.type else record for record in records],
            "timeline": [list(transaction.timeline(number)) for number in range(1, transaction.head().directive + 1)],
            "current": list(transaction.rows_at(effective_to=10**6, to_position=len(records))),
            "commands": [transaction.command(each) for each in ("many", "many#1", "many#260", "one-time")],
            "checkpoints": list(transaction.checkpoints()),
        }


def break_off(when: int | str, source: str | Path, target: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(when), str(source), target], env=environment, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr


def refused_as_a_part(target: str) -> None:
    with pytest.raises(DirectivesError):
        open_register(target)
    if target.startswith("postgresql"):
        with pytest.raises(NotARegister, match="broken off"):
            open_register(target)
        with pytest.raises(RegisterExists):
            create_register(target, title="Sổ", zone="Asia/Ho_Chi_Minh")
        return
    path = Path(target.removeprefix("sqlite:///"))
    assert not path.exists()
    with pytest.raises(NotARegister, match="broken off"):
        open_register(f"sqlite:///{path.with_name(f'.{path.name}.part')}")


def test_a_copy_that_was_killed_goes_on_where_it_stopped(source: str, whole: dict[str, Any], place: str) -> None:
    told: list[int] = []
    break_off(500, source, place)
    refused_as_a_part(place)

    done = copy_register(source, place, clock=CLOCK, progress=lambda done, _: told.append(done))

    assert told == [done] == [len(whole["records"]) - 1]
    assert held(place) == whole
    assert check_register(place).ok


def test_a_copy_that_was_killed_before_it_was_put_in_its_place_is_put_there(
    source: str, whole: dict[str, Any], place: str
) -> None:
    break_off("carried", source, place)
    refused_as_a_part(place)

    done = copy_register(source, place, clock=CLOCK)

    assert done == len(whole["records"]) - 1
    assert held(place) == whole


def test_an_import_that_was_killed_goes_on_where_it_stopped(lines: Path, whole: dict[str, Any], place: str) -> None:
    break_off(500, lines, place)
    refused_as_a_part(place)

    import_lines(lines, place, clock=CLOCK)

    assert held(place) == whole


def test_what_was_broken_off_is_not_gone_on_with_from_another_register(
    source: str, whole: dict[str, Any], place: str, tmp_path: Path
) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    create_register(other, title="Sổ khác", zone="Asia/Ho_Chi_Minh", by=OFFICE).close()
    break_off(500, source, place)

    with pytest.raises(AlreadyThere, match="other events"):
        copy_register(other, place)

    refused_as_a_part(place)
    copy_register(source, place, clock=CLOCK)
    assert held(place) == whole


def test_a_source_that_went_on_meanwhile_is_carried_over_as_it_is_now(source: str, tmp_path: Path) -> None:
    living, target = f"sqlite:///{tmp_path}/living.db", f"sqlite:///{tmp_path}/copy.db"
    copy_register(source, living, clock=CLOCK)
    break_off(500, living, target)
    with open_register(living) as register:
        register.note(3, "Đã gọi điện", by=OFFICE)

    done = copy_register(living, target)

    with open_register(target) as copy, open_register(living) as register:
        assert [*copy.events(to=done)] == [*register.events()]


def test_a_copy_never_goes_over_a_register_that_is_there(source: str, whole: dict[str, Any], place: str) -> None:
    copy_register(source, place, clock=CLOCK)

    with pytest.raises(RegisterExists):
        copy_register(source, place)

    assert held(place) == whole


def test_nothing_is_left_of_a_copy_that_never_began(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")

    with pytest.raises(DirectivesError):
        import_lines(tmp_path / "empty.jsonl", f"sqlite:///{tmp_path}/copy.db")

    assert [each.name for each in tmp_path.iterdir()] == ["empty.jsonl"]


def test_a_part_that_an_older_version_left_is_begun_anew(source: str, whole: dict[str, Any], tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path}/copy.db"
    break_off(500, source, target)
    with closing(sqlite3.connect(tmp_path / ".copy.db.part")) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    copy_register(source, target, clock=CLOCK)

    assert held(target) == whole


def test_two_that_fill_the_same_place_do_not_mix(source: str, tmp_path: Path) -> None:
    SqliteStore.create(tmp_path / "copy.db", lambda _: None)
    with (
        closing(store_module(source).open_store(source)) as origin,
        closing(SqliteStore(tmp_path / "copy.db")) as target,
    ):

        def meanwhile(done: int, _: int) -> None:
            if done == 500:
                copy_store(origin, target, now=CLOCK())

        with pytest.raises(AlreadyThere, match="another command"):
            copy_store(origin, target, now=CLOCK(), progress=meanwhile)

    assert check_register(f"sqlite:///{tmp_path}/copy.db").ok
