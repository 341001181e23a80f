"""Notes and keys are those of C2SP: published values, every change refused, and key files that nobody else can read."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_core.errors import AlreadyThere, BadValue, NothingToDo
from directives_core.proof.keyfile import KeyFile
from directives_core.proof.notes import (
    COSIGNATURE,
    Note,
    NoteSigner,
    VerifierKey,
    new_signer,
    read_note,
    sign,
    verified,
)
from directives_core.testing import Clock

# Published with golang.org/x/mod/sumdb/note, the first implementation of C2SP signed-note.
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = f"""{TEXT}
— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
PETER = VerifierKey.read(VERIFIER)
NOW = Clock("2021-09-22T08:00+07:00")


def test_the_published_key_signs_the_published_note_byte_for_byte():
    signer = NoteSigner.read(SIGNER)

    assert str(signer.verifier) == VERIFIER
    assert signer.text == SIGNER
    assert str(sign(Note(TEXT), signer)) == SIGNED


def test_the_published_note_is_verified_by_the_published_key():
    note = read_note(SIGNED)

    assert note.text == TEXT
    assert verified(note, [PETER]) == (PETER,)
    assert verified(note, []) == ()
    assert verified(note, [new_signer("PeterNeumann").verifier]) == ()


@pytest.mark.parametrize("cut", [(a, b) for a in range(len(VERIFIER)) for b in (len(VERIFIER) - 1, len(VERIFIER))][1:])
def test_a_part_of_a_verifier_key_is_none(cut):
    if cut == (0, len(VERIFIER)):
        return
    with pytest.raises(BadValue):
        VerifierKey.read(VERIFIER[slice(*cut)])


def test_a_changed_key_is_refused_by_its_id():
    for changed in (
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peterneumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX",
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ):
        with pytest.raises(BadValue):
            VerifierKey.read(changed)
    for changed in (SIGNER[:-1], SIGNER[1:], SIGNER.replace("c74f", "c74e"), SIGNER.replace("+AYE", "+ZYE"), VERIFIER):
        with pytest.raises(BadValue) as refused:
            NoteSigner.read(changed)
        assert "AYEKFALVFGyNhPJEMzD1QIDr" not in str(refused.value)


def test_a_signer_does_not_show_its_secret():
    assert "AYEKFALV" not in repr(NoteSigner.read(SIGNER))


@pytest.mark.parametrize("text", [
    "", "\n", TEXT, TEXT + "\n", SIGNED[:-1], SIGNED + "\n", SIGNED.replace("\n\n—", "\n—"),
    SIGNED.replace("— Peter", "- Peter"), SIGNED.replace("— PeterNeumann ", "— PeterNeumann"),
    SIGNED.replace("— PeterNeumann", "— Peter+Neumann"), SIGNED.replace("x08go/", "x08go/ "),
    SIGNED.replace("x08go/", "\tx08go/"), SIGNED.replace("If", "\0If"), SIGNED.replace("AM=", "AM"),
    SIGNED.replace("AM=", "AN="), TEXT + "\n" + "— PeterNeumann x08go/ZJ\n" * 101,
])  # fmt: skip
def test_what_is_no_note_is_refused(text):
    with pytest.raises(BadValue):
        read_note(text)


@given(st.integers(0, len(SIGNED.encode()) - 1), st.integers(0, 7))
def test_a_note_with_one_changed_bit_is_not_verified(at, bit):
    data = bytearray(SIGNED.encode())
    data[at] ^= 1 << bit

    try:
        changed = read_note(data.decode())
    except (UnicodeDecodeError, BadValue):
        return

    assert verified(changed, [PETER]) == ()


def test_several_keys_sign_one_note_and_those_that_are_not_known_say_nothing():
    first, second, third = (new_signer("directives/5f") for _ in range(3))
    note = sign(sign(Note("directives/5f\n7\nAAAA\n"), first), second)

    assert read_note(str(note)) == note
    assert verified(note, [second.verifier, third.verifier]) == (second.verifier,)
    assert verified(note, [first.verifier, second.verifier]) == (first.verifier, second.verifier)


def test_a_wrong_signature_under_a_known_name_and_id_makes_the_note_worthless():
    first, second = new_signer("directives/5f"), new_signer("directives/5f")
    note, other = sign(Note("a\n"), first), sign(Note("b\n"), second)
    mixed = Note("a\n", (*note.signatures, *other.signatures))

    assert verified(mixed, [first.verifier]) == (first.verifier,)
    assert verified(mixed, [first.verifier, second.verifier]) == ()


def test_a_witness_signs_the_text_and_the_second_at_which_it_did():
    witness = new_signer("tinh.example/luu-tru", kind=COSIGNATURE)
    note = sign(read_note(SIGNED), witness, second=1_632_272_400)
    (_, line) = note.signatures

    assert len(line.data) == 72
    assert int.from_bytes(line.data[:8], "big") == 1_632_272_400
    assert verified(note, [PETER, witness.verifier]) == (PETER, witness.verifier)
    later = Note(note.text, (type(line)(line.name, line.key_id, b"\0" * 8 + line.data[8:]),))
    assert verified(later, [witness.verifier]) == ()
    with pytest.raises(BadValue):
        sign(note, witness)


def test_names_of_keys_have_no_blanks_and_no_plus():
    for name in ("", "a b", "a+b", "a\n"):
        with pytest.raises(BadValue):
            new_signer(name)


# ---------------------------------------------------------------------------------------------------------- key files


def test_a_key_file_signs_and_is_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "office.keys"
    before = os.umask(0)
    try:
        keys = KeyFile.create(path, "directives/5f", now=NOW())
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert verified(sign(Note(TEXT), KeyFile(path)), keys.verifiers) == (keys.verifier,)
    assert [path] == list(tmp_path.iterdir())
    with pytest.raises(AlreadyThere):
        KeyFile.create(path, "directives/5f", now=NOW())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o610])
def test_a_key_file_that_others_may_read_or_write_is_refused(tmp_path, mode):
    keys = KeyFile.create(tmp_path / "keys", "directives/5f", now=NOW())
    (tmp_path / "keys").chmod(mode)

    for use in (keys.read, lambda: keys.verifier, lambda: keys.sign(b""), lambda: keys.rotate(now=NOW())):
        with pytest.raises(BadValue, match="0600"):
            use()


def test_a_rotated_key_signs_no_more_and_what_it_signed_still_counts(tmp_path):
    keys = KeyFile.create(tmp_path / "keys", "directives/5f", now=NOW())
    old, secret = keys.verifier, keys.read()[0].secret
    note = sign(Note(TEXT), keys)

    fresh = keys.rotate(now=NOW())

    assert keys.verifier == fresh != old
    assert verified(note, keys.verifiers) == (old,)
    assert [key.state for key in keys.read()] == ["retired", "signs"]
    assert secret not in (tmp_path / "keys").read_text()


def test_nothing_that_a_revoked_key_signed_counts(tmp_path):
    keys = KeyFile.create(tmp_path / "keys", "directives/5f", now=NOW())
    note, old = sign(Note(TEXT), keys), keys.verifier

    keys.revoke(old.id.hex(), reason="thẻ bị mất", now=NOW())

    assert verified(note, keys.verifiers) == ()
    (kept,) = keys.read()
    assert (kept.state, kept.reason, kept.secret) == ("revoked", "thẻ bị mất", None)
    with pytest.raises(BadValue, match="rotate"):
        keys.sign(b"")
    with pytest.raises(NothingToDo):
        keys.revoke(old.id.hex(), reason="nữa", now=NOW())
    with pytest.raises(BadValue):
        keys.revoke("00000000", reason="nữa", now=NOW())
    fresh = keys.rotate(now=NOW())
    assert verified(sign(Note(TEXT), keys), keys.verifiers) == (fresh,)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":"other","version":1,"keys":[]}', "\0"])
def test_another_file_is_no_key_file(tmp_path, text):
    path = tmp_path / "keys"
    path.touch(0o600)
    path.write_text(text)

    with pytest.raises(BadValue):
        KeyFile(path).read()
    with pytest.raises(BadValue):
        KeyFile(tmp_path / "missing").read()
