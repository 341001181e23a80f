"""Packs, notes and keys that somebody forged on purpose fail, with exit code 4 and a sentence, and do no harm."""

import datetime as dt
import json
import zipfile

import pytest

from directives_adapters.evidence import pack_anchors, write_pack
from directives_adapters.evidence.standalone.check import Failure, Pack, check
from directives_adapters.evidence.standalone.pages import csv_of, html_of
from directives_core.errors import BadValue
from directives_core.passages import CLOSED
from directives_core.proof.keyfile import KeyFile
from directives_core.proof.notes import Note, VerifierKey, new_signer, read_note, sign, verified
from tests.proof.test_evidence import members_of, run, summed, written
from tests.register.given import CAN_KHE, NOI_VU, OFFICE, assign

PERSON = "Đặng Thị Vô Danh"


@pytest.fixture
def packed(register, tmp_path):
    signer = new_signer(register.origin)
    register.sign_with(signer)
    register.assign(f"Trả lời bà [[a12: {PERSON}]]", to=[CAN_KHE], due=None, by=OFFICE)
    register.note(1, f"[[a12: {PERSON}]] đã rút đơn", reason=f"đơn của [[a12: {PERSON}]]", by=OFFICE)
    assign(register, NOI_VU)
    register.close_meeting("GB-2021-09", by=OFFICE)
    write_pack(register, tmp_path / "pack.zip", register.as_of(), keys=[signer.verifier])
    return tmp_path / "pack.zip"


def refused(path, why):
    code, said = run(path)
    assert (code, said.count("\n")) == (4, 1), said
    assert said.startswith("FAILED: ")
    assert why in said


def test_passages_stay_closed_in_a_pack_and_it_verifies(register, packed):
    members = members_of(packed)

    assert not [name for name, data in members.items() if PERSON.encode() in data]
    assert json.loads(members["answer.json"])["directives"][0]["text"] == f"Trả lời bà {CLOSED}"
    assert run(packed)[0] == 0
    register.erase("a12", reason="Yêu cầu xóa", by=OFFICE)
    assert register.verify(against=pack_anchors(packed)).ok
    write_pack(register, packed.with_name("later.zip"), register.as_of("GB-2021-09"))
    assert run(packed.with_name("later.zip"))[0] == 0


def test_members_that_are_too_many_or_there_twice_are_named(packed):
    members = members_of(packed)
    refused(written(packed, members | {"../../evil.py": b"x"}), "../../evil.py")
    refused(written(packed, members | {"/etc/passwd": b"x"}), "/etc/passwd")

    with zipfile.ZipFile(packed, "w") as pack:
        for name, data in members.items():
            pack.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            pack.writestr("answer.html", b"<p>all is well")
    refused(packed, "answer.html")


def test_a_bomb_is_refused_before_it_is_unpacked(packed):
    members = members_of(packed)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in (members | {"records.jsonl": b"0" * 50_000_000}).items():
            pack.writestr(name, data)

    refused(packed, "packed")
    with pytest.raises(BadValue):
        pack_anchors(packed)


def test_another_verifier_in_the_pack_is_told_by_ones_own(packed):
    members = members_of(packed)
    lying = written(packed, summed(members | {"verify.py": b"print('all is well')\n"}))

    code, said = run(lying)

    assert code == 0
    assert "NOT PROVED: verify.py in the pack is another one than this" in said


RECORDS = {
    "a number beyond all bounds": lambda line: line.replace('"position":1,', f'"position":{10**40},'),
    "a negative number": lambda line: line.replace('"position":1,', '"position":-1,'),
    "a number that is none": lambda line: line.replace('"position":1,', '"position":1.0,'),
    "an infinite day": lambda line: line.replace('"effective_on":', '"effective_on":1e999,"x":'),
    "a key twice": lambda line: line.replace('"version":1,', '"version":1,"version":2,'),
    "a key in other letters": lambda line: line.replace('"stream"', '"strеam"'),
    "a stream with NUL": lambda line: line.replace('"office"', '"office\\u0000"'),
    "half a surrogate": lambda line: line.replace('"office"', '"\\ud800"'),
    "brackets without end": lambda line: "[" * 100_000 + line,
    "a value that is no record": lambda line: "null\n",
}  # fmt: skip


@pytest.mark.parametrize("case", RECORDS)
def test_records_that_no_register_writes_fail_without_a_traceback(packed, case):
    members = members_of(packed)
    first, *rest = members["records.jsonl"].decode().splitlines(keepends=True)

    forged = RECORDS[case](first)

    assert forged != first
    refused(written(packed, summed(members | {"records.jsonl": (forged + "".join(rest)).encode()})), "")


def test_an_answer_whose_question_was_changed_fails(packed):
    members = members_of(packed)
    answer = json.loads(members["answer.json"])
    for changed in (
        {"numbers": [1]}, {"filters": answer["filters"] | {"status": "completed"}},
        {"filters": answer["filters"] | {"after": 1}}, {"filters": answer["filters"] | {"limit": 1}},
        {"moment": answer["moment"] | {"position": 3}}, {"moment": answer["moment"] | {"effective_on": "2021-09-21"}},
        {"moment": answer["moment"] | {"position": 3_000}}, {"moment": answer["moment"] | {"zone": "UTC"}},
        {"asked": "all that ever was"}, {"title": "Another register"}, {"partial": "whole"},
    ):  # fmt: skip
        other = answer | changed
        forged = {
            "answer.json": json.dumps(other).encode(), "answer.csv": csv_of(other).encode(),
            "answer.html": html_of(other).encode(),
        }  # fmt: skip
        refused(written(packed, summed(members | forged)), "")


def test_the_first_line_of_everything_in_a_partial_pack_that_people_read_says_so(register, packed, tmp_path):
    write_pack(register, tmp_path / "part.zip", register.as_of(), numbers=[2], partial=True)
    members = members_of(tmp_path / "part.zip")

    assert members["answer.csv"].decode("utf-8-sig").splitlines()[0].startswith('"PARTIAL PACK')
    assert members["README.txt"].startswith(b"PARTIAL PACK")
    html = members["answer.html"].decode()
    assert html.index("PARTIAL PACK") < html.index("<h1>")


# -------------------------------------------------------------------------------------------------------- notes, keys


def test_a_key_of_the_same_name_and_another_id_says_nothing_either_way(register):
    mine, other = new_signer(register.origin), new_signer(register.origin)
    note = sign(Note("a\n"), other)

    assert verified(note, [mine.verifier]) == ()
    both = sign(note, mine)
    assert verified(both, [mine.verifier]) == (mine.verifier,)
    claimed = VerifierKey(mine.verifier.name, mine.verifier.kind, other.verifier.public)
    assert verified(both, [claimed]) == (claimed,)
    with pytest.raises(BadValue, match="whose id is that of its bytes"):
        VerifierKey.read(str(claimed).replace(claimed.id.hex(), mine.verifier.id.hex()))


def test_a_note_with_more_signatures_than_anybody_needs_is_refused(register):
    signer = new_signer(register.origin)
    note = Note("a\n")
    for _ in range(101):
        note = sign(note, signer)

    with pytest.raises(BadValue):
        read_note(str(note))


def test_what_a_revoked_key_signed_counts_no_longer_whatever_day_it_says(register, tmp_path):
    then, now = dt.datetime(2021, 9, 1, tzinfo=dt.UTC), dt.datetime(2021, 10, 1, tzinfo=dt.UTC)
    keys = KeyFile.create(tmp_path / "keys", register.origin, now=then)
    stolen = keys.verifier
    register.sign_with(keys)
    assign(register)
    old = register.checkpoint()
    keys.rotate(now=now)
    assert register.verify(keys=keys.verifiers).ok
    keys.revoke(stolen.id.hex(), reason="lộ khóa", now=now)

    found = register.verify(against=old.note, keys=keys.verifiers)

    assert not found.ok
    register.checkpoint(signer=keys)
    assert register.checkpoints()[-1].signed
    assert not found.proved


def test_a_checkpoint_without_a_signature_proves_nothing_to_whoever_has_the_key(register):
    signer = new_signer(register.origin)
    assign(register)
    register.checkpoint()

    found = register.verify(keys=[signer.verifier])

    assert found.ok
    assert not found.proved
    assert any("none of the keys given signed them" in sentence for sentence in found.not_proved)


def test_a_folder_that_is_no_pack_is_refused(tmp_path):
    with pytest.raises(Failure):
        check(Pack(tmp_path), [], [])
