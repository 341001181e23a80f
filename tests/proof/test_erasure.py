"""Erasing a name destroys its key: nothing that is kept gives it back, and everything else stays as it was."""

import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from directives_adapters import open_register
from directives_adapters.moving import add_keys, copy_register, export_lines, import_lines, save_keys
from directives_core import Actor, read_notice
from directives_core.errors import BadValue, NameErased, NotAllowed, NothingToDo, ReasonNeeded, UnknownActor
from directives_core.proof.notes import new_signer
from directives_core.sealed import ERASED, NOT_HERE
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, OFFICE, assign, position, refused

REASON = "Yêu cầu xóa dữ liệu cá nhân"
THE_NAME = "Đặng Thị Vô Danh"
CLERK = Actor(id="an", name=THE_NAME, unit=CAN_KHE, roles={"unit"})


def names(register):
    return {actor["id"]: actor["name"] for actor in register.actors()}


def key_of(register, subject="actor:an"):
    with register._store.read() as transaction:
        return transaction.keys([subject])[subject]


def everything(path: Path) -> bytes:
    """All bytes of the file and of what SQLite keeps beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(path.name + "*")))


def test_an_erased_name_is_shown_as_erased_everywhere_and_the_rest_stays(any_register):
    register = any_register
    number = assign(register)
    register.report(number, "Đã rà soát", by=CLERK)
    closed = register.close_meeting("GB-2021-09", by=OFFICE)
    before = register.as_of("GB-2021-09")[number]
    assert register.history(number)[-1].actor.name == THE_NAME

    erased = register.erase("an", reason=REASON, by=OFFICE)

    assert erased == "actor:an"
    assert names(register)["an"] == ERASED
    assert names(register)["hoa"] == OFFICE.name
    assert [entry.actor.name for entry in register.history(number)] == [OFFICE.name, ERASED]
    assert THE_NAME not in str([entry.as_json() for entry in register.log()])
    assert register.as_of("GB-2021-09")[number] == before
    assert register.as_of(max(closed.positions))[number] == before
    found = register.verify()
    assert found.ok
    assert [each.ok for each in found.checkpoints] == [True]
    (entry,) = register.log(type="subject.erased")
    assert (entry.payload, entry.reason, entry.actor.id) == ({"subject": "actor:an"}, REASON, "hoa")


@pytest.mark.parametrize("open_meanwhile", [False, True])
def test_neither_the_file_nor_its_log_nor_free_pages_give_name_or_key_back(sqlite_register, url, open_meanwhile):
    register = sqlite_register
    path = Path(url.removeprefix("sqlite:///"))
    for n in range(30):
        register.report(assign(register), f"Báo cáo {n}", by=CLERK)
    key = key_of(register)
    assert key in everything(path)
    assert THE_NAME.encode() not in everything(path), "the name was never sealed"

    if open_meanwhile:
        with register._store.read() as reading:
            reading.head()
            register.erase("an", reason=REASON, by=OFFICE)
        register.report(1, "Một báo cáo nữa", by=OFFICE, unit=CAN_KHE)
    else:
        register.erase("an", reason=REASON, by=OFFICE)

    for text in (THE_NAME, THE_NAME.upper(), THE_NAME.encode("utf-16-le")):
        assert (text if isinstance(text, bytes) else text.encode()) not in everything(path)
    assert key not in everything(path)
    register.close()
    assert key not in everything(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM keys WHERE alive").fetchone() == (1,)
    with open_register(url) as again:
        assert names(again)["an"] == ERASED
        assert again.verify().ok


def test_an_actor_vouched_for_again_does_not_bring_the_name_back(any_register):
    register = any_register
    number = assign(register)
    register.report(number, "Đã nhận", by=CLERK)
    register.erase("an", reason=REASON, by=OFFICE)

    register.report(number, "Đã rà soát", by=CLERK)
    renamed = Actor(id="an", name="Đặng Thị Hữu Danh", unit=CAN_KHE, roles={"unit", "auditor"})
    register.report(number, "Đã xong", by=renamed)

    assert names(register)["an"] == ERASED
    assert [entry.actor.name for entry in register.history(number)] == [OFFICE.name, ERASED, ERASED, ERASED]
    with register._store.read() as transaction:
        assert "actor:an" not in transaction.keys(["actor:an"])
    assert next(actor for actor in register.actors() if actor["id"] == "an")["roles"] == ["unit", "auditor"]


def test_an_actor_whose_registration_is_void_and_whose_name_is_erased_stays_nameless(register):
    number = assign(register)
    registered = register.report(number, "Đã nhận", by=CLERK).positions[0]
    version = next(entry.version for entry in register.log() if entry.position == registered)
    register.retract_office_event(version, reason="ghi nhầm", by=OFFICE)
    register.erase("an", reason=REASON, by=OFFICE)

    register.report(number, "Đã rà soát", by=CLERK)

    assert names(register)["an"] == ERASED
    assert THE_NAME not in str([entry.as_json() for entry in register.log()])


def test_a_new_name_for_an_erased_one_is_refused(register):
    register.report(assign(register), "Đã nhận", by=CLERK)
    register.erase("an", reason=REASON, by=OFFICE)

    with refused(register, NameErased):
        register.change_actor("an", name="Một tên khác", by=OFFICE)
    with refused(register, NameErased):
        register.erase("an", reason=REASON, by=OFFICE)
    register.change_actor("an", roles=["auditor"], by=OFFICE)


def test_an_erasure_says_why_who_and_whom(register):
    register.report(assign(register), "Đã nhận", by=CLERK)

    with refused(register, ReasonNeeded):
        register.erase("an", by=OFFICE)
    with refused(register, UnknownActor):
        register.erase("nobody", reason=REASON, by=OFFICE)
    with refused(register, BadValue):
        register.erase(" ", reason=REASON, by=OFFICE)
    with refused(register, NotAllowed):
        register.erase("an", reason=REASON, by="an")
    assert names(register)["an"] == THE_NAME
    assert register.erase("actor:an", source="12/QĐ-UBND", by=OFFICE) == "actor:an"


def test_an_erasure_cannot_be_taken_back(register):
    register.report(assign(register), "Đã nhận", by=CLERK)
    done = register.erase("an", reason=REASON, by=OFFICE)
    version = max(entry.version for entry in register.log(type="subject.erased"))

    with refused(register, BadValue):
        register.retract_office_event(version, reason="nhầm", by=OFFICE)
    with refused(register, NothingToDo):
        register.undo(done.command_id, reason="nhầm", by=OFFICE)


def test_an_erasure_that_is_refused_or_rehearsed_destroys_nothing(any_register):
    register = any_register
    register.report(assign(register), "Đã nhận", by=CLERK)
    before = position(register)

    with register.batch(by=OFFICE, dry_run=True):
        register.erase("an", reason=REASON)
    with pytest.raises(ZeroDivisionError), register.batch(by=OFFICE):  # noqa: PT012 - the batch is given up
        register.erase("an", reason=REASON)
        raise ZeroDivisionError

    assert (position(register), names(register)["an"]) == (before, THE_NAME)


def test_a_name_given_and_erased_in_one_commit_is_gone(any_register):
    with any_register.batch(by=OFFICE):
        any_register.add_actor("an", name=THE_NAME, unit=CAN_KHE, roles=["unit"])
        any_register.erase("an", reason=REASON)

    assert names(any_register)["an"] == ERASED


def test_an_erasure_sent_twice_happens_once(register):
    register.report(assign(register), "Đã nhận", by=CLERK)

    first = register.erase("an", reason=REASON, by=OFFICE, command_id="erase-an")
    again = register.erase("an", reason=REASON, by=OFFICE, command_id="erase-an")

    assert first.positions == again.positions
    assert position(register) == first.positions[-1]


def test_everybody_can_be_erased_also_who_does_it(register):
    number = assign(register, by=CHAIR)
    register.report(number, "Đã nhận", by=CAN_KHE_CLERK)
    for actor in ("dung", "khe", "hoa"):
        register.erase(actor, reason=REASON, by=OFFICE)

    assert set(names(register).values()) == {ERASED}
    assert register.checkpoint().size == position(register)
    assert register.verify().ok


def test_what_a_notice_says_of_people_is_erased_and_does_not_come_back(register, clock):
    clock.set("2024-03-18T08:00+07:00")
    text = resources.files("directives_core").joinpath("bundled", "notice.txt").read_text("utf-8")
    draft = read_notice(text)
    register.record_notice(draft, by=OFFICE, add_units=True, document=text.encode(), text=text)
    (notice,) = register.notices()
    subject = f"notice:{notice.recorded.sha256}"
    assert key_of(register, subject)

    assert register.erase(subject, reason=REASON, by=OFFICE) == subject

    with register._store.read() as transaction:
        assert transaction.keys([subject]) == {}
    with refused(register, NameErased):
        register.erase(subject, reason=REASON, by=OFFICE)
    assert register.verify().ok


def test_keys_that_were_saved_before_do_not_bring_an_erased_name_back(sqlite_register, url, tmp_path):
    sqlite_register.report(assign(sqlite_register), "Đã nhận", by=CLERK)
    save_keys(url, tmp_path / "saved.keys")
    sqlite_register.erase("an", reason=REASON, by=OFFICE)

    assert add_keys(url, tmp_path / "saved.keys") == 0
    assert names(sqlite_register)["an"] == ERASED


@pytest.mark.parametrize("by_lines", [False, True])
def test_a_copy_takes_the_checkpoints_along_and_fits_the_note_of_the_original(sqlite_register, url, tmp_path, by_lines):
    sqlite_register.report(assign(sqlite_register), "Đã nhận", by=CLERK)
    signer = new_signer(sqlite_register.origin)
    sqlite_register.sign_with(signer)
    sqlite_register.close_meeting("GB-2021-09", by=OFFICE)
    (taken,) = sqlite_register.checkpoints()

    if by_lines:
        export_lines(url, tmp_path / "lines")
        import_lines(tmp_path / "lines", f"sqlite:///{tmp_path / 'copy.db'}")
    else:
        copy_register(url, f"sqlite:///{tmp_path / 'copy.db'}")

    with open_register(f"sqlite:///{tmp_path / 'copy.db'}") as copy:
        assert copy.checkpoints() == [taken]
        assert copy.verify(against=taken.note, keys=[signer.verifier]).ok
        assert names(copy)["an"] == NOT_HERE
        with refused(copy, NameErased):
            copy.change_actor("an", name="Tên mới", by="hoa")
