"""A witness signs what continues the log that it saw last, and nothing else."""

import pytest

from directives_core.errors import BadValue, CheckFailed, UnknownPosition
from directives_core.proof.anchors import note_text
from directives_core.proof.notes import COSIGNATURE, Note, new_signer, read_note, sign, verified
from directives_core.proof.witness import witness, witness_request
from tests.register.given import assign

SECOND = 1_632_272_400


@pytest.fixture
def signer(register):
    signer = new_signer(register.origin)
    register.sign_with(signer)
    return signer


@pytest.fixture
def archive():
    return new_signer("tinh.example/luu-tru", kind=COSIGNATURE)


def asked(request, last, signer, archive):
    return witness(request, last=last, keys=[signer.verifier], signer=archive, second=SECOND)


def test_a_witness_signs_note_after_note_of_a_log_that_grows(register, signer, archive):
    last, size = None, 0
    for _ in range(4):
        assign(register)
        request = register.witness_request(since=size)
        last = asked(request, last, signer, archive)
        size = register.checkpoints()[-1].size

        kept = register.keep_signatures(last)

        keys = [signer.verifier, archive.verifier]
        assert kept.note == last
        assert verified(read_note(last), keys) == tuple(keys)
        found = register.verify(keys=keys)
        assert found.ok
        assert len(found.checkpoints[-1].signed_by) == 2
    assert register.keep_signatures(last) == kept


def test_a_request_has_the_form_of_c2sp_tlog_witness(register, signer):
    assign(register)
    size = register.checkpoint().size
    assign(register)

    first, *rest = register.witness_request(since=size).split("\n")

    assert first == f"old {size}"
    blank = rest.index("")
    assert all(len(line) == 44 for line in rest[:blank])
    assert rest[blank + 1 : blank + 3] == [register.origin, str(register.checkpoints()[-1].size)]


def test_a_rewritten_history_is_not_signed(register, signer, archive):
    assign(register)
    last = asked(register.witness_request(), None, signer, archive)
    size = register.checkpoints()[-1].size
    assign(register)
    request = register.witness_request(since=size)
    other = str(sign(Note(note_text(register.origin, size, b"x" * 32, 1)), signer))

    with pytest.raises(CheckFailed, match="does not continue"):
        asked(request, other, signer, archive)
    assert asked(request, last, signer, archive)


def test_what_does_not_begin_where_the_witness_stands_is_not_signed(register, signer, archive):
    assign(register)
    last = asked(register.witness_request(), None, signer, archive)
    size = register.checkpoints()[-1].size
    assign(register)

    with pytest.raises(CheckFailed, match=f"saw size {size} last"):
        asked(register.witness_request(since=size - 1), last, signer, archive)
    with pytest.raises(CheckFailed, match="has seen nothing yet"):
        asked(register.witness_request(since=size), None, signer, archive)
    foreign = last.replace(register.origin, "directives/other")
    with pytest.raises(CheckFailed, match="another register"):
        asked(register.witness_request(since=size), foreign, signer, archive)
    with pytest.raises(CheckFailed, match="not signed by any"):
        asked(register.witness_request(since=size), last, new_signer(register.origin), archive)
    with pytest.raises(BadValue, match="the key of a witness"):
        asked(register.witness_request(since=size), last, signer, signer)


def test_a_register_without_a_key_or_without_that_size_asks_no_witness(register):
    with pytest.raises(BadValue):
        register.witness_request()
    register.sign_with(new_signer(register.origin))
    with pytest.raises(UnknownPosition):
        register.witness_request(since=99)


def test_a_note_that_is_not_of_this_register_is_not_kept(register, signer):
    taken = register.checkpoint()
    other = str(sign(Note(note_text(register.origin, taken.size, b"x" * 32, 1)), signer))

    with pytest.raises(CheckFailed):
        register.keep_signatures(other)
    assert [each.note for each in register.checkpoints()] == [taken.note]


@pytest.mark.parametrize("text", ["", "old x\n\n", "new 0\n\na", "old 0\nAAAA\n\na\n\n— a AAAAAAAA\n", "old 0\n\nx"])
def test_a_request_of_another_form_is_refused(signer, archive, text):
    with pytest.raises(BadValue):
        asked(text, None, signer, archive)


def test_a_request_reads_as_it_was_written(signer):
    note = sign(Note("a\n1\nAAAA\n"), signer)

    assert witness_request(3, [b"x" * 32], note).startswith("old 3\neHh4")
