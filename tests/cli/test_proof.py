"""Proof on the command line: lines for the minutes, exit code 4, key files, evidence, erasure."""

import json
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from shutil import which
from zipfile import ZipFile

import pytest

from tests.cli.desk import Desk
from tests.proof.authority import Authority, serving


@pytest.fixture
def signing(assigned: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two directives, and a key file that the environment names."""
    assigned.types("key new office.keys")
    monkeypatch.setenv("DIRECTIVES_KEYS", "office.keys")
    return assigned


def tamper(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.folder / "directives.db")) as connection, connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE events SET effective_on = effective_on - 1 WHERE position = 5")
        for _, sql in triggers:
            connection.execute(sql)


def test_a_checkpoint_prints_the_lines_for_the_minutes_and_verify_takes_them(assigned: Desk) -> None:
    said = assigned.types("checkpoint")
    (assigned.folder / "minutes.txt").write_text(f"Biên bản họp ngày 22/9/2021\n{said.out}", encoding="utf-8")
    taken = assigned.types("checkpoint --json").json

    assert taken["minutes"] + "\n" == said.out
    assert "not signed" in said.err
    found = assigned.types("verify --against minutes.txt --json").json
    assert (found["ok"], found["size"], found["root"]) == (True, taken["size"], taken["root"])
    assert [(each["size"], each["ok"]) for each in found["checkpoints"]] == [(taken["size"], True)]
    assert found["problems"] == []


def test_a_register_that_was_changed_fails_with_exit_code_4_and_names_the_positions_in_doubt(assigned: Desk) -> None:
    size = assigned.types("checkpoint --json").json["size"]
    tamper(assigned)

    found = assigned.types("verify --json", code=4)
    assert found.json["ok"] is False
    assert found.json["in_doubt"] == [1, size]
    assert found.error["type"] == "CheckFailed"
    said = assigned.types("verify", code=4)
    assert "DIFFERS: size" in said.out
    assert f"in doubt are positions 1 to {size}" in said.err
    assert assigned.types("verify --size 4 --json").json["size"] == 4


def test_closing_a_meeting_signs_with_the_key_of_the_environment(signing: Desk) -> None:
    signing.types("meeting close GB-2021-09")
    signing.types("checkpoint --note note.txt")

    public = signing.types("key list office.keys --json").json["keys"][0]["key"]
    found = signing.types(f"verify --against note.txt --key '{public}' --json").json
    assert [each["signed_by"] for each in found["checkpoints"]] == [["+".join(public.split("+", 2)[:2])]]
    assert found["against"][0]["ok"]


def test_a_note_without_a_key_is_refused(assigned: Desk) -> None:
    assert "--keys FILE" in assigned.types("checkpoint --note note.txt", code=2).err


def test_a_key_file_that_others_may_read_closes_the_meeting_and_says_why_nothing_was_signed(signing: Desk) -> None:
    keys = signing.folder / "office.keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    keys.chmod(0o644)

    said = signing.types("meeting close GB-2021-09")

    assert said.out == "GB-2021-09\n"
    assert "warning: GB-2021-09 is closed, but no checkpoint was taken" in said.err
    assert "0600" in signing.types("checkpoint", code=2).err


def test_keys_are_rotated_and_revoked(signing: Desk) -> None:
    old = signing.types("checkpoint --json").json["note"]
    first = signing.types("key list office.keys --json").json["keys"][0]["id"]
    second = signing.types("key rotate office.keys").out.strip()

    assert old
    assert second.split("+")[1] != first
    assert signing.types("verify").code == 0
    signing.types(f"key revoke office.keys {first} --reason 'mất thẻ'")
    assert [each["state"] for each in signing.types("key list office.keys --json").json["keys"]] == ["revoked", "signs"]
    assert "revoked since" in signing.types("key list office.keys").out
    assert "not signed by any of the keys" in signing.types("verify", code=4).err
    assert signing.types("key new office.keys", code=1).err
    assert "+" in signing.types("key new witness.keys --witness tinh.example/luu-tru").out


def test_evidence_is_checked_by_plain_python_and_held_against_the_register(signing: Desk) -> None:
    signing.types("report 1 'Đã nộp' --result --by thao")
    signing.types("meeting close GB-2021-09")

    said = signing.types("evidence pack.zip 1,2 --as-of GB-2021-09 --json").json

    with ZipFile("pack.zip") as pack:
        pack.extract("verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "pack.zip"], capture_output=True, text=True, check=True
    )
    assert "the answer on 2 directives is what their events give" in done.stdout
    found = signing.types("verify --against pack.zip --json").json
    assert (said["checkpoint"]["size"], True) in [(each["size"], each["ok"]) for each in found["against"]]
    assert "exists already" in signing.types("evidence pack.zip", code=1).err
    signing.types("evidence part.zip 2 --partial")
    assert "give the directives" in signing.types("evidence all.zip --partial", code=2).err
    (signing.folder / "minutes.txt").write_text("không có gì", encoding="utf-8")
    assert "a size and a root" in signing.types("verify --against minutes.txt", code=2).err


def test_an_erased_name_is_shown_as_erased(assigned: Desk) -> None:
    assigned.types("note 1 'Đã biết' --by dung")
    assigned.types("erase dung --by hoa", code=1)
    assigned.types("erase dung --reason 'theo đơn' --dry-run")
    assert "Đinh Văn Dũng" in assigned.types("actor list").out

    assert assigned.types("erase dung --reason 'theo đơn'").out == "actor:dung\n"

    assert "Đinh Văn Dũng" not in assigned.types("actor list").out
    assert "[erased]" in assigned.types("history 1").out
    assert assigned.types("verify").code == 0


def test_closing_a_meeting_prints_the_lines_for_the_minutes_as_checkpoint_does(signing: Desk) -> None:
    said = signing.types("meeting close GB-2021-09")
    lines = signing.types("checkpoint").out

    assert said.out == "GB-2021-09\n" + lines
    told = signing.types("meeting close GB-2021-10 --json").json
    assert told["checkpoint"]["minutes"] + "\n" == signing.types("checkpoint").out
    rehearsed = signing.types("meeting close GB-2021-11 --dry-run")
    assert rehearsed.out == "GB-2021-11\n"
    assert "checkpoint" not in signing.types("meeting close GB-2021-11 --dry-run --json").json


def test_passages_are_listed_found_and_erased(assigned: Desk) -> None:
    said = assigned.types("note 1 'Đã gặp [[d57: bà Vô Danh]]'")
    assert "warning: a passage was sealed under person:d57" in said.err
    assert "bà Vô Danh" in assigned.types("history 1").out
    assert assigned.types("list --find 'vo danh' --json").json["directives"][0]["number"] == 1
    assert "person:d57" in assigned.types("subjects").out

    assigned.types("erase d57 --reason 'theo đơn'")

    assert "Đã gặp [erased]" in assigned.types("history 1").out
    subjects = {each["subject"]: each for each in assigned.types("subjects --json").json["subjects"]}
    assert subjects["person:d57"] == {"subject": "person:d57", "positions": [11], "numbers": [1], "erased": True}
    assert "]] at the end" in assigned.types("note 1 'Đã gặp [[bà Vô Danh'", code=2).err


def test_evidence_takes_the_filters_of_a_list(signing: Desk) -> None:
    signing.now("2021-10-05T08:00+07:00")

    signing.types("evidence pack.zip --timeliness overdue --unit 'can khe'")

    with ZipFile("pack.zip") as pack:
        answer = json.loads(pack.read("answer.json"))
    assert answer["asked"] == "every directive; unit UBND xã Cán Khê; timeliness overdue"
    assert [each["number"] for each in answer["directives"]] == [1]
    signing.types("verify --against pack.zip")


def test_an_authority_is_named_on_the_line_or_by_the_environment(
    signing: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if which("openssl") is None:
        pytest.skip("there is no openssl, which answers as authority")
    authority = Authority(signing.folder / "authority")
    with serving(authority) as url:
        assert "stamped by 127.0.0.1" in signing.types(f"checkpoint --timestamp {url} --note note.txt").err
        monkeypatch.setenv("DIRECTIVES_TIMESTAMP", url)
        assert signing.types("meeting close GB-2021-09 --json").json["checkpoint"]["stamped_by"] == ["127.0.0.1"]
        signing.types("evidence pack.zip 1")
    monkeypatch.setenv("DIRECTIVES_AUTHORITY", str(authority.root))

    found = signing.types("verify --against note.txt --against pack.zip --json").json

    assert [len(each["stamped"]) for each in found["against"] if each["stamped"]] == [1, 1, 1]
    assert "time stamp" in signing.types("meeting close GB-2021-10").err
    with ZipFile("pack.zip") as pack:
        pack.extract("verify.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "pack.zip"], capture_output=True, text=True, check=True
    )
    assert "127.0.0.1 says that the checkpoint was there at" in done.stdout


def test_a_second_office_signs_and_the_register_keeps_the_signature(signing: Desk) -> None:
    public = signing.types("key list office.keys --json").json["keys"][0]["key"]
    signing.types("key new archive.keys --witness tinh.example/luu-tru")
    archive = f"--keys archive.keys --key '{public}' --last seen.note"
    (signing.folder / "request").write_text(signing.types("witness request").out, encoding="utf-8")

    signed = signing.types(f"witness sign request {archive}")
    (signing.folder / "signed.note").write_text(signed.out, encoding="utf-8")

    assert "\u2014 tinh.example/luu-tru " in signed.out
    assert signing.types("witness keep signed.note").out == signed.out
    size = signing.types("checkpoint --json").json["size"]
    signing.types("note 1 'Đã biết'")
    (signing.folder / "request").write_text(signing.types(f"witness request --since {size}").out, encoding="utf-8")
    signing.types(f"witness sign request {archive}")
    assert "begins at size" in signing.types(f"witness sign request {archive}", code=4).err
