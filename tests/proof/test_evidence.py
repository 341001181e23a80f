"""An evidence pack verifies with Python alone; one changed byte fails, and so does an answer its events do not give."""

import ast
import hashlib
import json
import os
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings

from directives_adapters.evidence import pack_anchors, write_pack
from directives_adapters.evidence.pack import _directive
from directives_adapters.evidence.script import script
from directives_adapters.evidence.standalone import fold as restated
from directives_adapters.evidence.standalone.check import MEMBERS, Failure, Pack, check
from directives_adapters.evidence.standalone.pages import csv_of, html_of
from directives_adapters.evidence.standalone.proofs import _ed25519
from directives_adapters.evidence.standalone.standing import shown as restated_view
from directives_core.codec import codec
from directives_core.directive.evolve import replay
from directives_core.errors import AlreadyThere, BadValue, NothingToDo
from directives_core.office.state import Office
from directives_core.proof.notes import new_signer
from directives_core.views.directive import show_directive
from tests.model.logs import directive_logs, moments
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign, day

SUMS = "SHA256SUMS"


@pytest.fixture
def signer(register):
    signer = new_signer(register.origin)
    register.sign_with(signer)
    return signer


@pytest.fixture
def busy(register, signer, clock):
    """A register in which much has happened: two meetings, a late paper, a hand-over, a retraction, a renaming."""
    first, second = assign(register), assign(register, CAN_KHE, NOI_VU, due=None)
    assign(register, NOI_VU, due=day(10, 20))
    clock.set("2021-09-24T09:00+07:00")
    register.report(first, "=1+1", result=True, by=OFFICE)
    register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-10-04T09:00+07:00")
    register.complete(first, by=OFFICE)
    register.extend(3, to=day(11, 2), reason="mưa lũ", by=CHAIR)
    register.hand_over(second, unit=CAN_KHE, to=[NOI_VU], reason="sáp nhập", by=OFFICE)
    noted = register.report(second, "Nhầm <b>sổ</b>", unit=NOI_VU, all_units=True, by=OFFICE)
    register.retract(second, noted.version, reason="nhầm", by=OFFICE)
    register.rename_unit(NOI_VU, "Phòng Nội vụ và Lao động", by=OFFICE, effective_on=day(10, 1))
    register.close_meeting("GB-2021-10", by=OFFICE)
    return register


@pytest.fixture
def packed(busy, signer, tmp_path):
    path = tmp_path / "pack.zip"
    write_pack(busy, path, busy.as_of("GB-2021-10"), keys=[signer.verifier])
    return path


def run(path, *arguments, verifier=None):
    """Run a verifier with nothing but Python: no site packages, no variables of the environment."""
    script_path = path.with_name("trusted.py")
    script_path.write_text(verifier or script(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script_path, path, *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def members_of(path):
    with zipfile.ZipFile(path) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def written(path, members):
    with zipfile.ZipFile(path, "w") as pack:
        for name, data in members.items():
            pack.writestr(name, data)
    return path


def summed(members):
    """The members with sums that fit them: the work of a careful forger."""
    listed = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in members.items() if name != SUMS)
    own = f"{listed}{hashlib.sha256(listed.encode()).hexdigest()}  {SUMS}\n"
    return members | {SUMS: own.encode()}


def test_a_pack_verifies_with_bare_python_zipped_and_unpacked(packed, tmp_path):
    code, said = run(packed)
    assert code == 0, said
    assert "the answer on 3 directives is what their events give" in said
    assert "all 2" in said

    with zipfile.ZipFile(packed) as pack:
        pack.extractall(tmp_path / "unpacked")
    done = subprocess.run(
        [sys.executable, "-I", "-S", tmp_path / "unpacked" / "verify.py"], capture_output=True, text=True, check=True
    )
    assert done.stdout == said


def test_the_verifier_in_the_pack_is_written_for_the_standard_library_alone(packed):
    text = members_of(packed)["verify.py"].decode()

    imports = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    imported = {line.split()[1].partition(".")[0] for line in imports}
    assert imported <= sys.stdlib_module_names
    assert "directives_" not in text
    compile(text, "verify.py", "exec")
    made = ast.FunctionDef | ast.ClassDef
    names = [node.name for node in ast.parse(text).body if isinstance(node, made)]
    assert len(names) == len(set(names)), "a part takes the name of another one's"


def test_a_pack_agrees_with_key_note_and_minutes_kept_elsewhere_and_with_no_others(busy, packed, signer, tmp_path):
    first, last = busy.checkpoints()
    (tmp_path / "note").write_text(first.note, encoding="utf-8")
    (tmp_path / "minutes").write_text(f"Biên bản\n{last.minutes}\n", encoding="utf-8")
    (tmp_path / "other").write_text(last.minutes.replace(f"size {last.size}", "size 9"), encoding="utf-8")

    code, said = run(packed, "--key", str(signer.verifier), "--against", tmp_path / "note")
    assert code == 0, said
    assert "a key in the pack itself" not in said
    assert run(packed, "--against", tmp_path / "minutes")[0] == 0
    assert run(packed, "--against", tmp_path / "other")[0] == 4
    code, said = run(packed, "--key", str(new_signer(busy.origin).verifier))
    assert (code, said) == (4, "FAILED: checkpoint.txt is not signed by any of the keys given\n")


@pytest.mark.parametrize("name", [*MEMBERS, SUMS])
def test_one_changed_byte_in_any_member_fails_and_says_which(packed, name):
    members = members_of(packed)
    data = bytearray(members[name] or b" ")
    data[len(data) // 2] ^= 1

    code, said = run(written(packed, members | {name: bytes(data)}))

    assert code == 4
    assert said.startswith(f"FAILED: {name} was changed")


@pytest.mark.parametrize("name", [*MEMBERS, SUMS])
def test_a_member_that_is_missing_is_named(packed, name):
    members = members_of(packed)
    del members[name]

    code, said = run(written(packed, members))

    assert (code, name in said) == (4, True)


def test_a_byte_changed_inside_the_zip_file_is_found(packed):
    data = bytearray(packed.read_bytes())
    at = data.index(b"Nh\xe1\xba\xa7m")
    data[at] ^= 1
    packed.write_bytes(bytes(data))

    code, said = run(packed)

    assert code == 4
    assert "records.jsonl" in said


@pytest.mark.parametrize(("field", "value"), [
    ("status", "completed"), ("due_on", "2021-12-31"), ("text", "Việc khác"), ("timeliness", "in-time"),
    ("assigned_on", "2021-09-01"),
])  # fmt: skip
def test_an_answer_that_its_events_do_not_give_fails_though_every_sum_and_page_fits(packed, field, value):
    members = members_of(packed)
    answer = json.loads(members["answer.json"])
    answer["directives"][1][field] = value
    forged = {
        "answer.json": json.dumps(answer).encode(), "answer.csv": csv_of(answer).encode(),
        "answer.html": html_of(answer).encode(),
    }  # fmt: skip

    code, said = run(written(packed, summed(members | forged)))

    assert (code, said) == (4, f"FAILED: answer.json: D-2 is not what its events give: {field}\n")


def test_a_directive_left_out_of_the_answer_or_a_page_that_shows_another_is_found(packed):
    members = members_of(packed)
    answer = json.loads(members["answer.json"])
    shorter = answer | {"directives": answer["directives"][:2]}

    forged = {
        "answer.json": json.dumps(shorter).encode(), "answer.csv": csv_of(shorter).encode(),
        "answer.html": html_of(shorter).encode(),
    }  # fmt: skip
    assert "answer.json shows directives [1, 2]" in run(written(packed, summed(members | forged)))[1]

    page = members["answer.html"].replace(b"completed-on-time", b"completed-late")
    assert "answer.html does not show" in run(written(packed, summed(members | {"answer.html": page})))[1]


@pytest.mark.parametrize("forge", [
    lambda lines: [*lines[:5], lines[5].replace("hoa", "hoe"), *lines[6:]],
    lambda lines: lines[:-1], lambda lines: [*lines[:4], *lines[5:]], lambda lines: [lines[1], lines[0], *lines[2:]],
    lambda lines: [*lines, lines[-1]],
])  # fmt: skip
def test_records_that_are_not_those_of_the_checkpoint_fail_though_every_sum_fits(packed, forge):
    members = members_of(packed)
    lines = members["records.jsonl"].decode().splitlines(keepends=True)

    forged = summed(members | {"records.jsonl": "".join(forge(lines)).encode()})

    code, said = run(written(packed, forged))
    assert (code, "records.jsonl" in said) == (4, True)


def test_checkpoints_and_notes_that_do_not_belong_together_fail(packed):
    members = members_of(packed)
    first, last = members["checkpoints.jsonl"].decode().splitlines(keepends=True)
    root = json.loads(first)["root"]
    forgeries = [
        {"checkpoints.jsonl": (first.replace(root, "0" * 64) + last).encode()},
        {"checkpoints.jsonl": first.encode()},
        {"checkpoint.txt": members["checkpoint.txt"].replace(b"rules 1", b"rules 2")},
        {"consistency.jsonl": b""},
        {"keys.txt": b"directives/x+00000000+AAAA\n"},
    ]
    for forged in forgeries:
        code, said = run(written(packed, summed(members | forged)))
        assert code == 4, said


def test_the_same_register_and_question_give_the_same_bytes(busy, signer, tmp_path):
    for name in ("a.zip", "b.zip"):
        write_pack(busy, tmp_path / name, busy.as_of("GB-2021-09"), keys=[signer.verifier])

    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with pytest.raises(AlreadyThere):
        write_pack(busy, tmp_path / "a.zip", busy.as_of())


@pytest.mark.parametrize("when", [{"at": "GB-2021-09"}, {"at": "GB-2021-09", "known_at": "now"}, {"at": day(10, 2)}])
def test_the_answer_of_any_moment_is_recomputed(busy, tmp_path, when):
    at = when.pop("at")
    path = tmp_path / "pack.zip"
    write_pack(busy, path, busy.as_of(at, **when))

    code, said = run(path)

    assert code == 0, said


def test_an_unsigned_pack_says_so(register, tmp_path):
    assign(register)
    write_pack(register, tmp_path / "pack.zip", register.as_of())

    code, said = run(tmp_path / "pack.zip")

    assert code == 0
    assert "NOT PROVED: the checkpoint is not signed" in said


def test_the_periods_of_a_recurring_duty_are_recomputed(register, clock, tmp_path):
    number = assign(register, CAN_KHE, NOI_VU, due="trước ngày 23 hàng tháng")
    clock.set("2021-11-10T08:00+07:00")
    register.report(number, "Đã báo cáo tháng 10", result=True, unit=CAN_KHE, period="2021-10", by=OFFICE)
    register.complete(number, unit=CAN_KHE, period="2021-10", by=CHAIR)
    register.extend(number, to=day(11, 29), unit=NOI_VU, period="2021-11", reason="mưa lũ", by=CHAIR)
    register.hand_over(number, unit=NOI_VU, to=[CAN_KHE], reason="sáp nhập", by=OFFICE)
    write_pack(register, tmp_path / "pack.zip", register.as_of())

    code, said = run(tmp_path / "pack.zip")

    assert code == 0, said
    members = members_of(tmp_path / "pack.zip")
    assert json.loads(members["answer.json"])["directives"][0]["shares"][0]["periods"][0]["period"] == "2021-09"
    changed = summed(members | {"answer.json": members["answer.json"].replace(b"completed-late", b"overdue")})
    assert "is not what its events give: shares" in run(written(tmp_path / "other.zip", changed))[1]


# ------------------------------------------------------------------------------------------------------ partial packs


def test_a_partial_pack_says_in_its_first_line_that_omission_cannot_be_detected(busy, signer, tmp_path):
    path = tmp_path / "pack.zip"
    write_pack(busy, path, busy.as_of(), numbers=[2], partial=True, keys=[signer.verifier])

    members = members_of(path)
    assert members["README.txt"].decode().splitlines()[0].startswith("PARTIAL PACK")
    assert "PARTIAL PACK" in members["answer.html"].decode()
    assert {json.loads(line)["stream"] for line in members["records.jsonl"].splitlines()} == {"office", "directive:2"}
    code, said = run(path)
    assert code == 0, said
    assert "nobody can tell from it whether others were left out" in said

    lines = members["records.jsonl"].splitlines(keepends=True)
    changed = members | {"records.jsonl": b"".join([*lines[:-1], lines[-1].replace(b"hoa", b"hoe")])}
    assert "is not in the checkpoint" in run(written(path, summed(changed)))[1]
    shorter = members | {"records.jsonl": b"".join([*lines[:2], *lines[3:]])}
    assert "is missing" in run(written(path, summed(shorter)))[1]


def test_a_partial_pack_names_its_directives(busy, tmp_path):
    with pytest.raises(NothingToDo):
        write_pack(busy, tmp_path / "pack.zip", busy.as_of(), partial=True)
    assert not (tmp_path / "pack.zip").exists()


def test_a_register_agrees_with_its_pack_and_another_does_not(busy, packed, sqlite_register):
    anchors = pack_anchors(packed)
    assert busy.verify(against=anchors).ok
    found = sqlite_register.verify(against=anchors)
    assert not found.ok
    assert "another register" in found.problems[0]
    packed.write_bytes(b"PK\x03\x04")
    with pytest.raises(BadValue):
        pack_anchors(packed)


# --------------------------------------------------------------------------------------------------- what is restated


@settings(max_examples=2_500 if os.environ.get("DIRECTIVES_CAMPAIGN") else 150)
@given(directive_logs())
def test_the_restated_fold_gives_what_the_library_gives_at_every_moment(events):
    plain = []
    for event in events:
        record = codec.encode(event)
        plain.append(restated.event_of(record._asdict() | {"data": record.data.decode()}))
    for on, position in moments(events)[:: max(1, len(events) // 4)]:
        ours, theirs = replay(events, on, position), restated.fold(plain, str(on), position)
        assert (ours is None) == (theirs is None)
        if ours is not None and theirs is not None:
            shown = _directive(show_directive(1, 1, ours, Office(on=on), on))
            assert restated_view(1, theirs, str(on), 3, {}) == shown


def test_the_verifier_knows_every_type_and_version_that_is_stored():
    for stored in codec.stored_types:
        record = {"position": 1, "version": 1, "effective_on": 1, "type": stored, "data": '{"actor":"a","payload":{}}'}
        assert restated.event_of(record)["type"] == stored.rpartition(".v")[0]
    with pytest.raises(ValueError, match="newer than this verifier"):
        restated.event_of(record | {"type": "directive.assigned.v2"})


# Of RFC 8032, section 7.1: public key, message, and both halves of the signature.
PUBLISHED = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "first", "second"), PUBLISHED)
def test_the_plain_ed25519_gives_what_the_specification_gives(public, message, first, second):
    parts = [bytes.fromhex(each) for each in (public, message, first + second)]

    assert _ed25519(*parts)
    for index in (0, 2):
        for bit in (0, 100, 255):
            changed = bytearray(parts[index])
            changed[bit // 8] ^= 1 << bit % 8
            assert not _ed25519(*parts[:index], bytes(changed), *parts[index + 1 :])
    assert not _ed25519(parts[0], parts[1] + b"!", parts[2])


def test_what_is_no_pack_fails_without_a_traceback(tmp_path):
    for data in (b"", b"PK\x03\x04", b"hello"):
        (tmp_path / "pack.zip").write_bytes(data)
        code, said = run(tmp_path / "pack.zip")
        assert (code, said.startswith("FAILED: ")) == (4, True)
    with pytest.raises(Failure):
        check(Pack(tmp_path), [], [])
