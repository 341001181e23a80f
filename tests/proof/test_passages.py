"""Passages of free text that are marked as personal are sealed, shown while their key exists, and erased with it."""

import json
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives_adapters import open_register
from directives_adapters.moving import add_keys, copy_register, export_lines, import_lines, save_keys
from directives_core import read_notice
from directives_core.errors import BadValue, DamagedStore, NameErased, UnknownActor
from directives_core.passages import blanked, marks_of, open_text, sealed_passage, subjects_in, unmarked
from directives_core.sealed import ERASED, NOT_HERE, new_key
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, NOI_VU, OFFICE, day, refused

PERSON = "Đặng Thị Vô Danh"
ORDER = f"Giải quyết đơn của bà [[a12: {PERSON}]] ở thôn 3"
REASON = "Yêu cầu xóa dữ liệu cá nhân"


def everything(path: Path) -> bytes:
    """All bytes of the file and of what SQLite keeps beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(path.name + "*")))


def told(register, number=1):
    """Whatever is shown of a directive, as one text."""
    shown = [register.as_of()[number].as_json(), *(entry.as_json() for entry in register.history(number))]
    shown += [entry.as_json() for entry in register.log()] + [str(register.why(number, "text"))]
    shown += [register.changes(1).as_json(), [item.as_json() for item in register.agenda().items]]
    return json.dumps(shown, ensure_ascii=False, default=str)


def busy(register):
    """A directive of which every kind of text names a person."""
    number = register.assign(ORDER, to=[CAN_KHE], due=day(9, 30), by=OFFICE)
    register.report(number, f"Đã gặp [[a12: {PERSON}]]", document=f"đơn [[a12: {PERSON}]].pdf", by=CAN_KHE_CLERK)
    register.explain(number, f"Bà [[a12: {PERSON}]] đi vắng", by=CAN_KHE_CLERK)
    register.note(number, f"[[a12: {PERSON}]] đã rút đơn", by=OFFICE)
    register.remind(number, f"về đơn của [[a12: {PERSON}]]", by=OFFICE)
    register.label(number, {"người gửi": f"[[a12: {PERSON}]]"}, by=OFFICE)
    register.extend(
        number, to=day(10, 9), reason=f"[[a12: {PERSON}]] xin lùi", source={"number": f"đơn [[a12: {PERSON}]]"},
        attachments=[{"name": f"[[a12: {PERSON}]].pdf", "size": 1, "sha256": "0" * 64}], by=CHAIR,
    )  # fmt: skip
    register.amend(number, text=f"{ORDER}, xã Cán Khê", reason="đúng văn bản", by=OFFICE)
    register.open_meeting("GB-2021-10", on="2021-10-01", title=f"Về đơn của [[a12: {PERSON}]]", by=OFFICE)
    return number


def test_what_is_shown_has_the_passage_and_what_is_stored_does_not(sqlite_register, url):
    busy(sqlite_register)

    view = sqlite_register.as_of()[1]
    assert view.text == f"Giải quyết đơn của bà {PERSON} ở thôn 3, xã Cán Khê"
    assert view.last_report.document == f"đơn {PERSON}.pdf"
    assert view.labels == {"người gửi": PERSON}
    assert [note["text"] for note in view.notes] == [f"Bà {PERSON} đi vắng", f"{PERSON} đã rút đơn"]
    assert "[[sealed" not in told(sqlite_register)
    assert [meeting.title for meeting in sqlite_register.meetings()] == [f"Về đơn của {PERSON}"]
    stored = everything(Path(url.removeprefix("sqlite:///")))
    assert PERSON.encode() not in stored
    assert b"[[sealed:person:a12:" in stored


def test_an_erased_passage_is_gone_from_every_answer_and_every_byte(sqlite_register, url):
    number = busy(sqlite_register)
    path = Path(url.removeprefix("sqlite:///"))
    with sqlite_register._store.read() as transaction:
        key = transaction.keys(["person:a12"])["person:a12"]
    taken = sqlite_register.checkpoint()

    assert sqlite_register.erase("a12", reason=REASON, by=OFFICE) == "person:a12"

    assert sqlite_register.as_of()[number].text == f"Giải quyết đơn của bà {ERASED} ở thôn 3, xã Cán Khê"
    assert PERSON not in told(sqlite_register)
    assert sqlite_register.as_of(taken.size)[number].labels == {"người gửi": ERASED}
    assert sqlite_register.verify(against=taken.minutes).ok
    for _ in range(2):
        stored = everything(path)
        assert not any(each in stored for each in (PERSON.encode(), PERSON.encode("utf-16-le"), key))
        sqlite_register.close()
    with open_register(url) as again:
        assert [each.subject for each in again.subjects() if each.erased] == ["person:a12"]


def test_a_search_finds_a_passage_until_it_is_erased(any_register):
    number = busy(any_register)

    assert [each.number for each in any_register.as_of().directives(find="vo danh")] == [number]
    assert [each.number for each in any_register.as_of().directives(label=("người gửi", PERSON))] == [number]
    any_register.erase("a12", reason=REASON, by=OFFICE)
    assert any_register.as_of().directives(find="vo danh") == []


def test_a_passage_without_an_id_gets_one_that_the_writer_is_told(register):
    number = register.assign(
        f"Trả lời bà [[{PERSON}]]", to=[NOI_VU], due=None, reason=f"đơn của [[{PERSON}]]", by=OFFICE
    )

    (subject,) = [each for each in register.subjects() if each.subject.startswith("person:")]
    assert subject.numbers == (number,)
    assert any(subject.subject in warning for warning in number.warnings)
    assert register.as_of()[number].text == f"Trả lời bà {PERSON}"
    register.erase(subject.subject, reason=REASON, by=OFFICE)
    assert PERSON not in told(register, number)


def test_passages_of_an_actor_are_erased_with_the_name(register):
    number = register.assign("Báo cáo", to=[CAN_KHE], due=None, by=OFFICE)
    register.report(number, "Đã nhận", by=CAN_KHE_CLERK)
    register.note(number, "[[actor:khe: Anh Khê]] nghỉ ốm", by=OFFICE)

    with refused(register, BadValue):
        register.note(number, "[[actor:ai: Anh Ai]] nghỉ ốm", by=OFFICE)
    assert register.as_of()[number].notes[0]["text"] == "Anh Khê nghỉ ốm"
    register.erase("khe", reason=REASON, by=OFFICE)

    assert register.as_of()[number].notes[0]["text"] == f"{ERASED} nghỉ ốm"


def test_nothing_new_is_sealed_under_an_erased_id(register):
    number = busy(register)
    register.erase("a12", reason=REASON, by=OFFICE)

    with refused(register, NameErased):
        register.note(number, f"[[a12: {PERSON}]] gửi đơn nữa", by=OFFICE)
    with refused(register, NameErased):
        register.erase("a12", reason=REASON, by=OFFICE)
    with refused(register, UnknownActor):
        register.erase("a13", reason=REASON, by=OFFICE)
    register.note(number, f"[[a13: {PERSON}]] gửi đơn nữa", by=OFFICE)


def test_an_id_that_is_both_an_actors_and_a_passages_has_to_be_named_in_full(register):
    register.note(register.assign("Việc", to=[CAN_KHE], due=None, by=OFFICE), "[[hoa: Bông]]", by=OFFICE)

    with refused(register, BadValue):
        register.erase("hoa", reason=REASON, by=OFFICE)
    register.erase("person:hoa", reason=REASON, by=OFFICE)


@pytest.mark.parametrize(
    "text", ["[[Nguyễn", "a [[b]] c [[", "[[ ]]", "[[a: ]] [[", "[[sealed:person:a:AAAA]]", "[[a [b] c]]"]
)
def test_a_mark_that_is_none_is_refused_before_anything_is_kept(register, text):
    with refused(register, BadValue):
        register.assign(text, to=[CAN_KHE], due=None, by=OFFICE)


def test_names_and_ids_take_no_marks(register):
    number = register.assign("Việc", to=[CAN_KHE], due=None, by=OFFICE)

    for write in (
        lambda: register.add_unit("[[a: Hộ ông A]]", by=OFFICE),
        lambda: register.open_meeting("[[a: Họp]]", on="2021-10-01", by=OFFICE),
        lambda: register.label(number, {"[[a: tên]]": "x"}, by=OFFICE),
        lambda: register.report(number, "x", entered_by="[[a: b]]", by=CAN_KHE_CLERK),
        lambda: register.amend(number, report_to="[[a: Ông A]]", by=OFFICE),
    ):
        with refused(register, BadValue) as caught:
            write()
        assert "Hộ ông A" not in str(caught.value)


def test_what_is_kept_of_a_command_confirms_no_guess_at_the_passage(register):
    def stored(command_id):
        with register._store.read() as transaction:
            return transaction.command(command_id)

    register.note(register.assign("Việc", to=[CAN_KHE], due=None, by=OFFICE), "[[a: An]]", by=OFFICE, command_id="one")
    again = register.note(1, "[[a: An]]", by=OFFICE, command_id="one")
    same = register.note(1, "[[a: Bình]]", by=OFFICE, command_id="one")

    assert again.positions == same.positions
    assert "An" not in stored("one").result.replace("Any", "")


def test_a_copy_without_keys_says_that_they_are_not_here_until_they_are_added(sqlite_register, url, tmp_path):
    number = busy(sqlite_register)
    save_keys(url, tmp_path / "keys")
    targets = [f"sqlite:///{tmp_path / name}" for name in ("bare.db", "lines.db", "whole.db")]
    copy_register(url, targets[0])
    export_lines(url, tmp_path / "lines")
    import_lines(tmp_path / "lines", targets[1])
    copy_register(url, targets[2], keys=True)

    assert PERSON not in (tmp_path / "lines").read_text("utf-8")
    for target in targets[:2]:
        with open_register(target) as copy:
            assert NOT_HERE in copy.as_of()[number].text
            with refused(copy, NameErased):
                copy.note(number, f"[[a12: {PERSON}]]", by="hoa")
            copy.note(number, f"[[a99: {PERSON}]]", by="hoa")
        add_keys(target, tmp_path / "keys")
        with open_register(target) as copy:
            assert PERSON in copy.as_of()[number].text
    with open_register(targets[2]) as copy:
        assert PERSON in copy.as_of()[number].text


def test_the_marks_of_a_notice_are_sealed_also_where_questions_and_corrections_quote_them(sqlite_register, url, clock):
    clock.set("2024-03-18T08:00+07:00")
    text = resources.files("directives_core").joinpath("bundled", "notice.txt").read_text("utf-8")
    read = read_notice(text)
    words = read.items[0].text
    secret = words[len(words) // 2 :]
    corrected = words.replace(secret, f"(sửa) [[a12: {secret}]]")
    item = read.items[0].model_copy(update={"text": corrected, "questions": (f"Hỏi {secret}?",)})
    draft = read.model_copy(update={"items": (item, *read.items[1:])})

    numbers = sqlite_register.record_notice(draft, by=OFFICE, add_units=True, document=text.encode(), text=text)

    assert secret in sqlite_register.as_of()[numbers[0]].text
    assert sqlite_register.as_of()[numbers[0]].warnings[0] == f"Hỏi {secret}?"
    (notice,) = sqlite_register.notices()
    (correction,) = [each for each in notice.recorded.corrections if secret in each]
    assert correction.count(secret) == 2
    assert secret.encode() not in everything(Path(url.removeprefix("sqlite:///")))
    sqlite_register.erase("a12", reason=REASON, by=OFFICE)
    assert secret not in str(sqlite_register.notices()) + told(sqlite_register, numbers[0])


def test_a_draft_whose_passages_are_marked_is_not_corrected_by_that(register, clock):
    clock.set("2024-03-18T08:00+07:00")
    text = resources.files("directives_core").joinpath("bundled", "notice.txt").read_text("utf-8")
    read = read_notice(text)
    word = read.items[0].text.split()[3]
    marked = read.items[0].text.replace(word, f"[[a12: {word}]]", 1)
    draft = read.model_copy(update={"items": (read.items[0].model_copy(update={"text": marked}), *read.items[1:])})

    register.record_notice(draft, by=OFFICE, add_units=True, document=text.encode(), text=text)

    assert register.notices()[0].recorded.corrections == ()


def test_the_feed_gives_passages_sealed_and_opens_them_on_request(register):
    busy(register)

    (text,) = [event.payload.text for event in register.events() if event.payload.type_name == "directive.noted"]

    assert PERSON not in text
    assert register.open_passages(text) == f"{PERSON} đã rút đơn"


def test_a_key_that_does_not_fit_is_damage_and_not_an_erasure():
    token = sealed_passage(PERSON, "person:a12", new_key())

    assert open_text(f"Bà {token}!", {}) == f"Bà {ERASED}!"
    with pytest.raises(DamagedStore):
        open_text(token, {"person:a12": new_key()})


@settings(max_examples=200)
@given(st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"])).filter(str.strip), st.text())
def test_any_passage_comes_back_as_it_was_typed(passage, before):
    before = before.replace("[", "(").replace("]", ")").encode(errors="replace").decode()
    (found,) = marks_of(f"{before}[[x: {passage}]]{before}")
    key = new_key()

    assert found[1] == ("person:x", passage.strip())
    token = sealed_passage(passage, "person:x", key)
    assert subjects_in(token) == {"person:x"}
    assert open_text(before + token + before, {"person:x": key}) == before + passage + before
    assert unmarked(f"{before}[[x: {passage}]]") == before + passage.strip()
    assert blanked([f"[[x: {passage}]]"]) == ["[[…]]"]
