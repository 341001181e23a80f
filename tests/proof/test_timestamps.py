"""An authority of RFC 3161 stamps notes; the stamps go wherever the note goes, and are verified by its certificate."""

import shutil
import socket
import subprocess
import sys

import pytest

from directives_adapters import open_register
from directives_adapters.moving import copy_register, export_lines, import_lines
from directives_adapters.timestamps import TimeStampServer, stamp_reader
from directives_core.errors import BadValue, CheckFailed, NoTimeStamp, NotInstalled
from directives_core.proof.notes import Note, NoteSigner, new_signer, read_note, verified
from directives_core.proof.timestamps import stamped, stamps_of, to_be_stamped
from tests.proof.authority import Authority, dripping, reply, serving
from tests.register.given import OFFICE, assign, position

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="there is no openssl, which answers as authority"
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def url_of(authority):
    authority.says, authority.asked = None, 0
    with serving(authority) as url:
        yield url


@pytest.fixture
def server(url_of):
    return TimeStampServer(url_of, timeout_seconds=20)


@pytest.fixture
def reader(authority):
    return stamp_reader(authority.root.read_bytes())


def test_a_signed_checkpoint_is_stamped_and_the_stamp_covers_the_signature(sqlite_register, server, reader):
    signer = new_signer(sqlite_register.origin)
    sqlite_register.sign_with(signer)
    sqlite_register.stamp_with(server)
    assign(sqlite_register)

    closed = sqlite_register.close_meeting("GB-2021-09", by=OFFICE)

    assert closed.warnings == ()
    taken = sqlite_register.checkpoints()[-1]
    assert (taken.stamped_by, taken.signed, taken.warnings) == (("127.0.0.1",), True, ())
    found = sqlite_register.verify(keys=[signer.verifier], stamps=reader)
    assert found.ok, found.problems
    assert any(f"the first {taken.size} events were there by" in sentence for sentence in found.proved)
    (stamp,) = stamps_of(read_note(taken.note))
    assert str(read_note(taken.note).signatures[0]).encode() in stamp.message
    assert verified(read_note(taken.note), [signer.verifier]) == (signer.verifier,)


def test_a_stamp_goes_along_with_copies_and_lines(sqlite_register, url, server, reader, tmp_path):
    assign(sqlite_register)
    taken = sqlite_register.checkpoint(stamper=server)
    copy_register(url, f"sqlite:///{tmp_path / 'copy.db'}")
    export_lines(url, tmp_path / "lines")
    import_lines(tmp_path / "lines", f"sqlite:///{tmp_path / 'lines.db'}")

    for name in ("copy.db", "lines.db"):
        with open_register(f"sqlite:///{tmp_path / name}") as copy:
            found = copy.verify(against=taken.note, stamps=reader)
            assert found.ok
            assert found.against[0].stamped == found.checkpoints[-1].stamped != ()


def test_openssl_accepts_the_stamp_as_it_is_kept(register, server, authority, tmp_path):
    taken = register.checkpoint(stamper=server, signer=new_signer(register.origin))
    (stamp,) = stamps_of(read_note(taken.note))
    (tmp_path / "response").write_bytes(stamp.response)
    (tmp_path / "note").write_bytes(stamp.message)

    done = subprocess.run(
        ["openssl", "ts", "-verify", "-in", "response", "-data", "note", "-CAfile", authority.root],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_a_stamp_is_asked_for_once_and_again_when_a_signature_came_below_it(register, server, authority):
    assign(register)
    register.checkpoint(stamper=server)
    register.checkpoint(stamper=server)
    assert authority.asked == 1

    taken = register.checkpoint(stamper=server, signer=new_signer(register.origin))
    assert register.checkpoint(stamper=server) == taken
    assert authority.asked == 2
    assert taken.stamped_by == ("127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize("wrong", ["note", "response", "moved"])
def test_a_stamp_that_does_not_fit_its_note_is_found(register, server, reader, wrong):
    note = read_note(register.checkpoint(stamper=server, signer=new_signer(register.origin)).note)
    (stamp,) = stamps_of(note)
    if wrong == "note":
        forged = Note(note.text.replace("rules 1", "rules 1\nx"), note.signatures)
    elif wrong == "response":
        changed = bytearray(stamp.response)
        changed[-20] ^= 1
        forged = stamped(Note(note.text, note.signatures[:1]), stamp.name, bytes(changed))
    else:
        forged = Note(note.text, note.signatures[::-1])

    found = register.verify(against=str(forged), stamps=reader)

    assert not found.ok
    assert "time stamp of 127.0.0.1 does not hold" in " ".join(found.problems)
    assert register.verify(against=str(note), stamps=reader).ok


def test_the_stamp_of_an_authority_that_is_not_trusted_is_found_and_without_any_it_is_said(register, server, tmp_path):
    register.checkpoint(stamper=server)
    other = stamp_reader(Authority(tmp_path / "other").root.read_bytes())

    assert not register.verify(stamps=other).ok
    found = register.verify()
    assert found.ok
    assert any(sentence.startswith("time stamps: no certificate") for sentence in found.not_proved)
    with pytest.raises(BadValue):
        stamp_reader(b"no certificate")


AWAY = {
    "an error": lambda handler, _: reply(handler, b"busy", 503),
    "a redirection": lambda handler, _: reply(handler, b"", 302, Location="http://127.0.0.1:1/elsewhere"),
    "nonsense": lambda handler, _: reply(handler, b"hello"),
    "nothing": lambda handler, _: reply(handler, b""),
    "far too much": lambda handler, _: reply(handler, b"0" * 200_000),
    "bytes that never end": dripping,
}


@pytest.mark.parametrize("case", AWAY)
def test_an_authority_that_fails_costs_a_warning_and_not_the_checkpoint(register, url_of, authority, case):
    authority.says = AWAY[case]
    register.stamp_with(TimeStampServer(url_of, timeout_seconds=0.5))

    closed = register.close_meeting("GB-2021-09", by=OFFICE)

    (warning,) = closed.warnings
    assert warning.startswith("the checkpoint has no time stamp: 127.0.0.1 gave no time stamp")
    (taken,) = register.checkpoints()
    assert (taken.size, taken.note) == (position(register), None)
    authority.says = None
    assert register.checkpoint(stamper=TimeStampServer(url_of, timeout_seconds=20)).stamped_by == ("127.0.0.1",)


def test_an_answer_to_another_question_is_no_stamp(register, url_of, authority):
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    other = TimestampRequestBuilder().data(b"other").hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()
    authority.says = lambda handler, _: reply(handler, authority.answer(other))

    with pytest.raises(NoTimeStamp, match="another question"):
        TimeStampServer(url_of).stamp(b"this")


def test_a_server_that_is_not_there_is_told_within_the_time_allowed(register):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(1)
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(NoTimeStamp):
            TimeStampServer(url, timeout_seconds=0.2).stamp(b"x")
    with pytest.raises(NoTimeStamp):
        TimeStampServer(url, timeout_seconds=0.2).stamp(b"x")


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1/tsa", "http://"])
def test_only_http_is_asked(url):
    with pytest.raises(BadValue):
        TimeStampServer(url)


def test_without_the_library_the_extra_is_named(register, monkeypatch):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)

    with pytest.raises(NotInstalled, match=r"pip install 'directives\[timestamps\]'"):
        register.checkpoint(stamper=TimeStampServer("http://127.0.0.1:1/"))
    with pytest.raises(NotInstalled):
        stamp_reader(b"")
    assert len(register.checkpoints()) == 1


def test_another_tool_can_read_a_stamped_note(register, server):
    signer: NoteSigner = new_signer(register.origin)
    note = read_note(register.checkpoint(stamper=server, signer=signer).note)

    assert read_note(str(note)) == note
    assert to_be_stamped(Note(note.text, note.signatures[:1])) == stamps_of(note)[0].message
    with pytest.raises(CheckFailed):
        register.keep_signatures(str(Note(note.text + "more\n", note.signatures)))
