"""Exit codes: refused 1, misuse 2, conflict 3, a failed check 4; words on stderr, nothing on stdout or written."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from directives_cli.failures import exit_code_of
from directives_core.errors import Busy, CheckFailed
from tests.cli.desk import Desk

REFUSED = [
    ("report 99 x", "there is no directive D-99; numbers run from D-1 to D-2"),
    ("show 3", "there is no directive D-3"),
    ("history 1/TB-UBND:II.1", "no notice is known as '1/TB-UBND'"),
    ("report 2 x", "several shares could be meant"),
    ("report 2 x --unit 'Văn phòng'", "'Văn phòng' has no share in D-2"),
    ("report 1/7 x", "D-1 has no share 7"),
    ("complete 1", "complete D-1 needs a reason"),
    ("extend 1 --to 2021-09-30 --reason x --by dung", "is due on 2021-10-02 already; 2021-09-30 would not extend it"),
    ("extend 1 --to 2021-10-30 --reason x", "hoa may not extend"),
    ("report 1 x --effective-on 2021-09-21", "was assigned on 2021-09-22; 2021-09-21 is before that"),
    ("report 1 x --effective-on 2021-09-23", "2021-09-23 lies ahead: today is 2021-09-22"),
    ("assign x --to 'xã' --due none", "'xã' fits several units: 'UBND xã Cán Khê', 'UBND xã Xuân Du'"),
    ("assign x --to 'UBND xã Cán Khẽ Thượng' --due none", "did you mean 'UBND xã Cán Khê'"),
    ("unit add 'UBND xã Xuân Du'", "there is a unit called 'UBND xã Xuân Du' already"),
    ("list --as-of GB-1", "no meeting is called 'GB-1'"),
    ("list --as-of 99", "there is no position 99"),
    ("note 1 x --by lan", "no actor has the id 'lan'"),
    ("init --title x --zone UTC", "exists already"),
    ("list --store sqlite:///nothing.db", "there is no register at nothing.db"),
    ("list --store mongodb://x", "no store is known for 'mongodb://x'"),
    ("notice read nothing.txt", "nothing.txt: No such file or directory"),
]  # fmt: skip
MISUSED = [
    ("frobnicate", "No such command 'frobnicate'"),
    ("extend 1", "Missing option '--to'"),
    ("list --status nonsense", "'nonsense' is not one of"),
    ("report 1 x --percent 101", "101"),
    ("report 1-x x", "'1-x' will not do; expected a directive such as 12"),
    ("report , x", "names no directive"),
    ("note 5-2 x", "runs backwards; write 2-5"),
    ("note 1-99999 x", "more than 10,000"),
    ("note 1,2 x --if-version 3", "--if-version speaks of one directive"),
    ("note 1 x --effective-on 2021-02-30", "a day of the calendar"),
    ("note 1 x --source '{'", "begins like a JSON object"),
    ("list --as-of 2021-09-22T08:00", "has no time zone"),
    ("list --as-of 2021-02-30", "a day of the calendar"),
    ("why 1 nonsense", "expected one of"),
    ("assign x --due none", "at least one lead unit"),
    ("assign x --to 'can khe' --due 'bao giờ cũng được'", "a day such as 2021-09-30, 'none', or a wording"),
    ("amend 1 --lead x", "write SHARE=UNIT"),
    ("label 1 field", "write KEY=VALUE"),
    ("init --title x --zone Nowhere --store sqlite:///other.db", "an IANA name"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_what_is_refused_or_not_found_exits_1_and_writes_nothing(assigned: Desk, line: str, said: str) -> None:
    before = assigned.positions()

    answer = assigned.types(line, code=1)

    assert said in answer.err
    assert "error: " in answer.err
    assert answer.out == ""
    assert assigned.positions() == before


@pytest.mark.parametrize(("line", "said"), MISUSED)
def test_misuse_exits_2_and_writes_nothing(assigned: Desk, line: str, said: str) -> None:
    before = assigned.positions()

    answer = assigned.types(line, code=2)

    assert said in answer.err
    assert answer.out == ""
    assert assigned.positions() == before


def test_a_directive_that_changed_since_it_was_read_is_a_conflict(assigned: Desk) -> None:
    assigned.types("note 1 x --if-version 1")

    assert "D-1 is at version 2, not 1" in assigned.types("note 1 y --if-version 1", code=3).err


def test_a_busy_register_is_a_conflict_and_a_failed_check_exits_4() -> None:
    def busy() -> None:
        raise Busy(waited_seconds=5)

    def failed() -> None:
        raise CheckFailed(["the root differs"])

    assert exit_code_of(busy, as_json=False) == 3
    assert exit_code_of(failed, as_json=False) == 4


def test_with_json_an_error_is_one_json_line_on_stderr_with_its_data(assigned: Desk) -> None:
    answer = assigned.types("extend 1 --to 2021-09-30 --reason x --by dung --json", code=1)

    assert answer.out == ""
    assert answer.error["type"] == "NotLater"
    assert (answer.error["number"], answer.error["due_on"], answer.error["to"]) == (1, "2021-10-02", "2021-09-30")
    assert assigned.types("extend 1 --json", code=2).error["type"] == "MissingParameter"


def test_a_file_that_is_no_register_is_left_as_it_is(desk: Desk) -> None:
    (desk.folder / "directives.db").write_text("Kính gửi")

    assert "is not a register" in desk.types("list", code=1).err
    assert (desk.folder / "directives.db").read_text() == "Kính gửi"


def test_without_a_register_the_way_to_one_is_said(desk: Desk) -> None:
    assert "`directives init` makes one" in desk.types("list", code=2).err


def test_a_clock_without_a_zone_is_misuse(desk: Desk) -> None:
    desk.now("2021-09-22T08:00")

    assert "DIRECTIVES_CLOCK" in desk.types("init --title x --zone UTC", code=2).err


def test_bytes_that_are_no_text_are_misuse(assigned: Desk) -> None:
    assert "this is not UTF-8 text" in assigned.types("note 1", "\udcff", code=2).err


def test_an_interrupt_exits_130_and_an_unexpected_error_is_not_hidden() -> None:
    def interrupted() -> None:
        raise click.exceptions.Abort

    def broken() -> None:
        raise ZeroDivisionError

    assert exit_code_of(interrupted, as_json=False) == 130
    with pytest.raises(ZeroDivisionError):
        exit_code_of(broken, as_json=False)


@pytest.mark.skipif(os.name == "nt", reason="pipes of a POSIX shell")
def test_a_reader_that_goes_away_is_no_failure(assigned: Desk) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "directives_cli", "log", "--json"],
        cwd=assigned.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Broken" not in said


def test_a_register_that_another_program_holds_is_a_conflict(assigned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from directives_adapters.sqlite import store

    waits = [name for name in vars(store) if "WAIT" in name.upper()]
    if not waits:
        pytest.skip("the wait of the store is not to be shortened from here")
    for name in waits:
        monkeypatch.setattr(store, name, 0.1)
    with sqlite3.connect(Path(assigned.folder) / "directives.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")

        assert "the register is busy" in assigned.types("note 1 x", code=3).err
    other.close()


@pytest.mark.parametrize("line", ["", "actor"])
def test_no_command_at_all_is_misuse_that_shows_the_commands(desk: Desk, line: str) -> None:
    assert desk.types(line, code=2).err.startswith("Usage: directives")
