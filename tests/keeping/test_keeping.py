"""Checking a register and carrying it elsewhere: nothing is lost, and what was changed by hand is found."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from directives_adapters import create_register, open_register
from directives_adapters.moving import add_keys, check_register, copy_register, export_lines, import_lines, save_keys
from directives_core import Register
from directives_core.errors import (
    AlreadyThere,
    CommandReused,
    DamagedStore,
    NewerFormat,
    RegisterExists,
    UnreadableEvent,
)
from directives_core.keeping.check import check_store
from directives_core.testing import Clock
from tests.keeping.conftest import CHAIR, OFFICE


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A register in a file with late papers, hand-overs, retractions and a closed meeting."""
    url = f"sqlite:///{tmp_path}/office.db"
    live_through_some_weeks(url)
    return url


def live_through_some_weeks(url: str) -> None:
    """Make a register, and let some weeks pass in it."""
    clock = Clock("2021-09-22T08:00+07:00")
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE, clock=clock) as register:
        _work(register, clock)


def _work(register: Register, clock: Clock) -> None:
    for name in ("xã A", "xã B", "xã C"):
        register.add_unit(name, by=OFFICE)
    for count in range(40):
        register.assign(f"Việc {count}", to=["xã A", "xã B"], due=date(2021, 10, 1 + count % 20), by=OFFICE)
    register.close_meeting("GB-1", by=OFFICE)
    clock.set("2021-10-05T08:00+07:00")
    for number in range(1, 40, 3):
        register.report(number, "Đã nộp", result=True, unit="xã A", effective_on=date(2021, 9, 25), by=OFFICE)
        register.extend(number, to=date(2021, 11, 30), unit="xã B", reason="mưa lũ", by=CHAIR)
        register.hand_over(number, to="xã C", unit="xã B", reason="sáp nhập", by=OFFICE)
    register.retract(4, 2, reason="nhầm", by=OFFICE)
    register.retract(7, 1, reason="nhầm", by=OFFICE)
    register.report(10, "Một lần", unit="xã A", by=OFFICE, command_id="one-time")


def answers(url: str, last: int) -> list[object]:
    """What a register answers at many positions up to the last one, and on every tenth day."""
    with open_register(url, clock=Clock("2021-12-01T08:00+07:00")) as register:
        moments = [*range(1, last, 7), *(date(2021, 10, day) for day in range(1, 31, 10))]
        return [[each.as_json() for each in register.as_of(moment, known_at=last)] for moment in moments]


def test_a_register_in_order_has_nothing_to_be_found(url: str) -> None:
    report = check_register(url)

    assert report.ok
    assert report.directives == 40


def test_a_copy_keeps_every_byte_and_gives_every_answer(url: str, tmp_path: Path) -> None:
    copy = f"sqlite:///{tmp_path}/copy.db"

    done = copy_register(url, copy, keys=True)

    with open_register(url) as old, open_register(copy) as new:
        assert [*new.events(to=done)] == [*old.events()]
        assert [event.payload.type_name for event in new.events(after=done)] == ["register.copied"]
        assert new.register_id == old.register_id
        assert new.actors() == old.actors()
    assert check_register(copy).ok
    assert answers(copy, done) == answers(url, done)


def test_a_copy_still_knows_which_commands_were_carried_out(url: str, tmp_path: Path) -> None:
    copy = f"sqlite:///{tmp_path}/copy.db"
    copy_register(url, copy)

    with open_register(copy) as register:
        again = register.report(10, "Một lần", unit="xã A", by=OFFICE, command_id="one-time")
        with pytest.raises(CommandReused):
            register.report(10, "Zwei", unit="xã A", by=OFFICE, command_id="one-time")

    assert again == 10


def test_names_stay_sealed_in_a_copy_until_their_keys_are_brought(url: str, tmp_path: Path) -> None:
    copy, keys = f"sqlite:///{tmp_path}/copy.db", tmp_path / "keys.json"
    copy_register(url, copy)

    with open_register(copy) as register:
        assert {actor["name"] for actor in register.actors()} == {"[key not here]"}
    assert save_keys(url, keys) == 2
    assert keys.stat().st_mode & 0o077 == 0
    assert add_keys(copy, keys) == 2
    with open_register(copy) as register:
        assert {actor["name"] for actor in register.actors()} == {"Lê Thị Hoa", "Trịnh Văn Dũng"}


def test_lines_of_json_bring_back_the_same_register(url: str, tmp_path: Path) -> None:
    lines, copy = tmp_path / "office.jsonl", f"sqlite:///{tmp_path}/copy.db"

    export_lines(url, lines)
    done = import_lines(lines, copy)

    assert check_register(copy).ok
    assert answers(copy, done) == answers(url, done)


def test_lines_of_json_hold_nothing_unseen_and_bring_it_back(url: str, tmp_path: Path) -> None:
    lines, copy = tmp_path / "office.jsonl", f"sqlite:///{tmp_path}/copy.db"
    with open_register(url) as register:
        register.note(1, "a\u202eb\x1b\u2028c\U000e0041", by="hoa")

    export_lines(url, lines)
    import_lines(lines, copy)

    assert not set("\u202e\x1b\u2028\U000e0041") & set(lines.read_text(encoding="utf-8"))
    with open_register(copy) as register:
        assert register.as_of()[1].notes[-1]["text"] == "a\u202eb\x1b\u2028c\U000e0041"


def test_a_copy_is_never_laid_over_what_is_there(url: str, tmp_path: Path) -> None:
    before = (tmp_path / "office.db").read_bytes()
    (tmp_path / "taken.jsonl").write_text("mine", encoding="utf-8")

    with pytest.raises(RegisterExists):
        copy_register(url, url)
    with pytest.raises(AlreadyThere):
        export_lines(url, tmp_path / "taken.jsonl")

    assert (tmp_path / "office.db").read_bytes() == before
    assert (tmp_path / "taken.jsonl").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda lines: lines[:-1], DamagedStore),
        (lambda lines: [*lines[:5], *lines[6:]], DamagedStore),
        (lambda lines: [*lines[:5], "{", *lines[6:]], DamagedStore),
        (lambda lines: lines[1:], DamagedStore),
        (lambda lines: [], DamagedStore),
        (lambda lines: [lines[0].replace('"version":1', '"version":9'), *lines[1:]], NewerFormat),
        (lambda lines: [*lines[:5], lines[5].replace("unit.registered", "unit.imagined"), *lines[6:]], UnreadableEvent),
    ],
    ids=["cut short", "a line missing", "a broken line", "no head", "empty", "newer", "an unknown type"],
)  # fmt: skip
def test_spoilt_lines_make_no_register(url: str, tmp_path: Path, spoil, error) -> None:
    lines = tmp_path / "office.jsonl"
    export_lines(url, lines)
    spoilt = spoil(lines.read_text(encoding="utf-8").splitlines())
    lines.write_text("\n".join(spoilt), encoding="utf-8")

    with pytest.raises(error):
        import_lines(lines, f"sqlite:///{tmp_path}/copy.db")

    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize(
    ("attack", "finding"),
    [
        ("update timeline set status = 'completed' where directive = 13 and share = 1", "D-13"),
        ("update current set due_on = due_on + 30 where directive = 6 and share = 2", "D-6"),
        ("delete from timeline where directive = 7 and share = 0", "D-7"),
        ("update current set state = replace(state, '2021-10', '2021-12') where directive = 8 and share = 1", "D-8"),
        ("update events set data = x'7b7d' where position = 20", "event 20"),
        ("update events set type = 'directive.withdrawn.v1' where position = 21", "event 21"),
        ("update events set effective_on = effective_on - 3 where stream = 'directive:9' and version = 1", "D-9"),
        ("update events set recorded_at = recorded_at - 86400000000 where position = 60", "position 60"),
        ("delete from events where position = 30", "29 comes 31"),
    ],
)
def test_what_was_changed_behind_the_store_is_found(url: str, tmp_path: Path, attack: str, finding: str) -> None:
    path = tmp_path / "office.db"
    behind = sqlite3.connect(path)
    triggers = behind.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        behind.execute(f"drop trigger {name}")
    assert behind.execute(attack).rowcount
    for _, sql in triggers:
        behind.execute(sql)
    behind.commit()
    behind.close()

    report = check_register(url)

    assert not report.ok
    assert any(finding in problem for problem in report.problems), report.problems


def test_a_check_stops_when_it_has_found_enough(url: str, tmp_path: Path) -> None:
    with open_register(url) as register:
        report = check_store(register._store, most_problems=1)

    assert report.ok
