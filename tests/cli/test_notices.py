"""`notice`: reading files as they come, recording drafts as they were corrected."""

import io
import json
import sys
import unicodedata

import pytest

from directives_core import NoticeDraft, read_notice
from directives_core.bundled import notice_text
from tests.cli.desk import Desk


@pytest.fixture
def noticed(office: Desk) -> Desk:
    office.now("2024-03-18T08:00+07:00")
    (office.folder / "notice.txt").write_text(notice_text(), encoding="utf-8")
    return office


def test_a_draft_is_printed_exactly_as_the_library_gives_it_and_nothing_is_written(desk: Desk) -> None:
    (desk.folder / "notice.txt").write_text(notice_text(), encoding="utf-8")

    draft = desk.types("notice read notice.txt --json")

    assert draft.json == read_notice(notice_text()).model_dump(mode="json")
    assert [path.name for path in desk.folder.iterdir()] == ["notice.txt"]


def test_a_draft_can_be_read_by_people(noticed: Desk) -> None:
    shown = noticed.types("notice read notice.txt").out

    assert "II.11.1  deliverable" in shown
    assert "  lead: UBND xã Bạch Khuê\n" in shown
    assert "  due: 2024-04-06 (“chậm nhất ngày 06/4/2024”, at-latest)\n" in shown
    assert "  report to: UBND huyện, through Phòng Nội vụ\n" in shown
    assert "30 directives, " in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
def test_text_is_read_in_the_encodings_that_offices_have(desk: Desk, encoding: str) -> None:
    text = notice_text()
    if encoding == "windows-1258":
        text = "".join(_for_1258(letter) for letter in text)
    (desk.folder / "notice.txt").write_bytes(text.encode(encoding))

    items = desk.types("notice read notice.txt --json").json["items"]

    assert len(items) == 30
    assert items[0]["assignees"][0]["unit"] == "Văn phòng HĐND và UBND huyện"


def _for_1258(letter: str) -> str:
    """The letter with its tone apart, as windows-1258 has it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in tones)
    base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
    return base + tone if tone else letter


@pytest.mark.parametrize(
    ("begins", "said"),
    [
        (b"{\\rtf1", "an RTF file"),
        (b"PK\x03\x04", "no whole zip file"),
        (b"\xd0\xcf\x11\xe0", "an old Word file"),
        (b"a\0b", "zero bytes"),
    ],
)
def test_other_files_are_refused_with_what_to_do(desk: Desk, begins: bytes, said: str) -> None:
    (desk.folder / "notice.doc").write_bytes(begins)

    answer = desk.types("notice read notice.doc", code=1)

    assert said in answer.err
    assert "save it" in answer.err


def test_standard_input_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(notice_text().encode())))

    assert len(desk.types("notice read - --json").json["items"]) == 30


def test_a_notice_is_recorded_in_one_commit_and_once(noticed: Desk) -> None:
    refused = noticed.types("notice record notice.txt", code=1)
    assert "these units are not registered: " in refused.err
    assert "hint: --add-units" in refused.err

    recorded = noticed.types("notice record notice.txt --add-units")
    again = noticed.types("notice record notice.txt --add-units", code=1)

    assert recorded.out == "1-30\n"
    assert "was recorded on 2024-03-15 as notice 47/TB-UBND (D-1 to D-30)" in again.err
    assert noticed.types("show 47/TB-UBND:II.11.1 --json").json["directives"][0]["number"] == 27
    assert len(noticed.types("list --notice 47/TB-UBND --json").json["directives"]) == 30
    assert noticed.types("notice list").out.splitlines()[1].startswith("47/TB-UBND  2024-03-18          30  ")
    assert "document" not in noticed.types("notice list --json").json["notices"][0]


def test_a_corrected_draft_is_recorded_instead_of_what_was_read(noticed: Desk) -> None:
    draft = noticed.types("notice read notice.txt --json").json
    draft["items"] = draft["items"][:1]
    draft["items"][0]["deadline"] = None
    (noticed.folder / "draft.json").write_text(json.dumps(draft), encoding="utf-8")
    assert NoticeDraft.model_validate(draft)

    told = noticed.types(
        "notice record notice.txt --draft draft.json --number 48/TB-UBND --date 2024-03-19 --meeting GB --add-units",
        "--json",
    ).json

    assert told["numbers"] == [1]
    (shown,) = noticed.types("show 1 --json").json["directives"]
    assert (shown["notice"], shown["due_on"]) == ("48/TB-UBND", None)


def test_a_draft_of_another_form_is_misuse(noticed: Desk) -> None:
    (noticed.folder / "draft.json").write_text('{"items": [{"path": "I.1"}]}', encoding="utf-8")

    assert "draft.json" in noticed.types("notice record notice.txt --draft draft.json", code=2).err


def test_a_text_that_orders_nothing_is_refused(noticed: Desk) -> None:
    (noticed.folder / "letter.txt").write_text("Kính gửi anh, hôm nay trời đẹp.", encoding="utf-8")

    assert "nothing in the text was read as one" in noticed.types("notice record letter.txt", code=2).err
