"""Reviews and old registers from the command line: written, corrected by hand, recorded."""

import io
import json

import openpyxl
import pytest

from directives_core.bundled import notice_text
from tests.cli.desk import Desk
from tests.reviews.secretary import Secretary


@pytest.fixture
def noticed(office: Desk) -> Desk:
    office.now("2024-03-18T08:00+07:00")
    (office.folder / "notice.txt").write_text(notice_text(), encoding="utf-8")
    return office


def test_a_draft_goes_to_a_spreadsheet_and_comes_back_with_its_corrections(noticed: Desk) -> None:
    noticed.types("unit add 'UBND xã Bạch Khuê'")
    told = noticed.types("notice read notice.txt --to draft.xlsx")
    assert (told.out, "30 orders to review" in told.err) == ("", True)
    secretary = Secretary((noticed.folder / "draft.xlsx").read_bytes())
    secretary.types("II.11.1", "leads", "bach khue")
    secretary.types("II.11.1", "due", "12/4/2024")
    secretary.types("II.11.2", "action", "drop")
    secretary.types("II.11.2", "reason", "trùng")
    secretary.says("number", "48/TB-UBND")
    secretary.saves(noticed.folder / "draft.xlsx")

    noticed.types("notice record notice.txt --draft draft.xlsx --add-units --dry-run")
    recorded = noticed.types("notice record notice.txt --draft draft.xlsx --add-units")

    assert recorded.out == "1-29\n"
    (shown,) = noticed.types("show 48/TB-UBND:II.11.1 --json").json["directives"]
    assert (shown["due_on"], shown["shares"][0]["unit"]["name"]) == ("2024-04-12", "UBND xã Bạch Khuê")
    corrections = noticed.types("notice list --json").json["notices"][0]["corrections"]
    assert corrections == [
        "II.11.1: due 2024-04-06 -> 2024-04-12",
        "II.11.2: dropped: trùng",
        "header: number 47/TB-UBND -> 48/TB-UBND",
    ]
    (event,) = noticed.types("log --type notice.recorded --json").json["events"]
    assert event["actor"]["id"] == "hoa"


def test_a_review_with_problems_writes_nothing_and_names_them_all(noticed: Desk) -> None:
    noticed.types("notice read notice.txt --to draft.xlsx")
    secretary = Secretary((noticed.folder / "draft.xlsx").read_bytes())
    secretary.types("II.11.1", "due", "sớm")
    secretary.types("II.11.2", "action", "drop")
    secretary.saves(noticed.folder / "draft.xlsx")
    before = noticed.positions()

    refused = noticed.types("notice record notice.txt --draft draft.xlsx --add-units", code=1)
    as_json = noticed.types("notice record notice.txt --draft draft.xlsx --add-units --json", code=1)

    assert "2 things in the spreadsheet need a look" in refused.err
    assert {problem["column"] for problem in as_json.error["problems"]} == {"", "L"}
    assert noticed.positions() == before


def test_a_draft_of_another_file_is_refused(noticed: Desk) -> None:
    for kind in ("xlsx", "json"):
        noticed.types(f"notice read notice.txt --to draft.{kind}")
    (noticed.folder / "other.txt").write_text(notice_text() + "\nPhòng Nội vụ báo cáo.", encoding="utf-8")

    for kind in ("xlsx", "json"):
        refused = noticed.types(f"notice record other.txt --draft draft.{kind} --add-units", code=1)
        assert "read from another file" in refused.err


def test_corrections_are_never_written_over_and_other_endings_are_misuse(noticed: Desk) -> None:
    noticed.types("notice read notice.txt --to draft.json")

    assert "there is such a file" in noticed.types("notice read notice.txt --to draft.json", code=2).err
    assert ".xlsx" in noticed.types("notice read notice.txt --to draft.docx", code=2).err
    assert noticed.types("notice record notice.txt --draft draft.json --add-units").out == "1-30\n"


def test_only_what_concerns_a_unit_is_read_and_recorded(noticed: Desk) -> None:
    noticed.types("unit add 'UBND xã Bạch Khuê'")
    noticed.types("class define 'UBND các xã, thị trấn' --member 'bach khue'")

    read = noticed.types("notice read notice.txt --for 'bach khue' --json").json
    told = noticed.types("notice record notice.txt --for 'bach khue' --add-units --json").json

    assert len(read["items"]) == len(told["numbers"])
    assert any("not recorded, as other units are meant" in warning for warning in told["warnings"])
    assert "--rest" in noticed.types("notice record --help").out
    assert "record the rest of it" in noticed.types("notice record notice.txt", code=1).err
    rest = noticed.types("notice record notice.txt --rest --add-units --json").json
    assert len(told["numbers"]) + len(rest["numbers"]) == 30


# -------------------------------------------------------------------------------------------------------------- adopt


@pytest.fixture
def kept(office: Desk) -> Desk:
    """The same office with an old register of two rows."""
    book = openpyxl.Workbook()
    for row in (
        ["STT", "Nội dung", "Đơn vị chủ trì", "Ngày giao", "Thời hạn", "Trạng thái", "Ngày hoàn thành"],
        [1, "Rà soát đất ở", "can khe", "1/3/2021", "31/3/2021", "Hoàn thành", "30/3/2021"],
        [2, "Báo cáo hộ nghèo", "UBND xã Mậu Lâm", "1/3/2021", "31/3/2021", "Đang thực hiện", None],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    (office.folder / "so.xlsx").write_bytes(out.getvalue())
    return office


def test_an_old_register_is_mapped_tried_and_taken_over(kept: Desk) -> None:
    proposed = kept.types("adopt so.xlsx --suggest mapping.json")
    assert "Nội dung         text" in proposed.out
    refused = kept.types("adopt so.xlsx --mapping mapping.json", code=1)
    assert "row 3, column C: no unit is called 'UBND xã Mậu Lâm'" in refused.err

    tried = kept.types("adopt so.xlsx --mapping mapping.json --add-units --dry-run")
    taken = kept.types("adopt so.xlsx --mapping mapping.json --add-units --command-id so-cu")
    again = kept.types("adopt so.xlsx --mapping mapping.json --json").json

    assert "dry run: nothing was written" in tried.err
    assert taken.out == "1-2\n"
    for line in ("read as: can khe is UBND xã Cán Khê", "2 rows taken over", "1 unit added", "directives undo so-cu"):
        assert line in taken.err
    assert (again["numbers"], again["duplicates"]) == ({}, {"2": "D-1", "3": "D-2"})
    stats = kept.types("stats --json").json["total"]
    assert (stats["completed_on_time"], stats["open_overdue"]) == (1, 1)
    assert len(kept.types("list --label adopted=so.xlsx --json").json["directives"]) == 2


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_mapping_or_a_draft_that_is_no_json_is_told_briefly(kept: Desk, language: str) -> None:
    (kept.folder / "other.json").write_text("STT,Nội dung\n" * 50, encoding="utf-8")
    (kept.folder / "short.json").write_text("{}", encoding="utf-8")
    (kept.folder / "notice.txt").write_text("Kết luận", encoding="utf-8")

    for line in ("adopt so.xlsx --mapping other.json", "notice record notice.txt --draft other.json"):
        error = kept.types(f"{line} --json --lang {language}", code=2).error
        assert len(error["message"]) < 160
        assert ("in JSON, as" if language == "en" else "JSON do") in error["message"]
    missing = kept.types(f"adopt so.xlsx --mapping short.json --lang {language}", code=2).err
    assert "short.json." in missing
    assert ("which is missing" if language == "en" else "còn thiếu") in missing


def test_what_adopt_cannot_use_is_misuse(kept: Desk) -> None:
    kept.types("adopt so.xlsx --suggest mapping.json")
    (kept.folder / "wrong.json").write_text(json.dumps({"header_row": 0, "columns": {}}), encoding="utf-8")

    assert "there is such a file" in kept.types("adopt so.xlsx --suggest mapping.json", code=2).err
    assert "wrong.json" in kept.types("adopt so.xlsx --mapping wrong.json", code=2).err
    assert "every row has its own day" in (
        kept.types("adopt so.xlsx --mapping mapping.json --effective-on 2021-03-01", code=2).err
    )
    (kept.folder / "so.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    assert "save it as .xlsx" in kept.types("adopt so.xls", code=1).err
