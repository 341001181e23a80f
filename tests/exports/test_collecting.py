"""Forms that units fill in, and what comes back taken in as their reports: all of it or nothing."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from directives_adapters import create_register, store_module
from directives_adapters.exports import Excerpt
from directives_adapters.exports.form import write_form
from directives_adapters.exports.form_back import read_form
from directives_adapters.exports.form_marks import FormMark, RowMark
from directives_core import Register
from directives_core.collecting import Collected, collect
from directives_core.errors import BrokenDocument, SheetRefused, Stale
from directives_core.language import speaking
from directives_core.testing import Clock
from directives_core.views.history import HistoryEntry
from tests.exports.given import fill
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, day, position

COLUMNS = {"result": "G", "percent": "H", "on": "I", "text": "J", "document": "K"}
FIRST_ROW = 6


def made(register: Register, unit: str, *, language: str = "en") -> bytes:
    out = io.BytesIO()
    with speaking(language):
        write_form(Excerpt(register, register.as_of(), {"unit": unit}), out)
    return out.getvalue()


def fill_in(path: Path, data: bytes, *rows: dict[str, Any], spoil: Callable[[Worksheet], object] = id) -> Path:
    """Fill in the rows of a form, one by one from the first, and save it as other programs do."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, FIRST_ROW):
        for key, value in row.items():
            sheet[f"{COLUMNS[key]}{number}"] = value
    spoil(sheet)
    book.save(path)
    return path


def taken(register: Register, *files: Path, **how: Any) -> Collected:
    """Collect files as the command does."""
    read = [read_form(file) for file in files]
    assert [wrong for _form, found in read for wrong in found] == []
    return collect(register, [form for form, _found in read if form is not None], how={"by": OFFICE, **how})


def wrongs(file: Path) -> list[str]:
    return [str(wrong.phrase) for wrong in read_form(file)[1]]


def test_a_form_has_a_row_for_each_open_share_and_period_of_the_unit(filled: Register) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made(filled, NOI_VU))).worksheets[0]

    names = [row[1] for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert names == ["D-2/2", "D-3/1@2021-09", "D-3/1@2021-10"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert [sheet[f"{letter}{FIRST_ROW}"].protection.locked for letter in "CDGHIJK"] == [True, True, *[False] * 5]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[4].hidden
    assert len(sheet.data_validations.dataValidation) == 3


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_was_filled_in_becomes_the_reports_of_the_unit_in_one_commit(
    filled: Register, tmp_path: Path, language: str
) -> None:
    words = {"en": ("result", "progress"), "vi": ("kết quả", "tiến độ")}[language]
    file = fill_in(
        tmp_path / "noi-vu.xlsx", made(filled, NOI_VU, language=language),
        {"result": words[1], "percent": 60, "text": "Đã rà soát 3 xã"},
        {"result": words[0].capitalize(), "on": dt.date(2021, 9, 22), "text": "Đã báo cáo", "document": 45},
    )  # fmt: skip
    before = position(filled)

    written = taken(filled, file)

    assert position(filled) == before + 2
    second, third = filled.as_of()[2], filled.as_of()[3]
    assert second.shares[1].last_report is not None
    assert (second.shares[1].last_report.text, second.shares[1].last_report.percent) == ("Đã rà soát 3 xã", 60)
    assert [period.status for period in third.shares[0].periods][:1] == ["awaiting-acceptance"]
    event = filled.history(3)[-1]
    assert (event.effective_on, event.payload["document"], event.actor.id) == (dt.date(2021, 9, 22), "45", "hoa")
    filled.undo(written.command_id, reason="thử", by=OFFICE)
    assert filled.as_of()[3].shares[0].periods[0].status == "assigned"


def test_a_form_sent_twice_is_taken_in_once(filled: Register, tmp_path: Path) -> None:
    data = made(filled, NOI_VU)
    first = fill_in(tmp_path / "a.xlsx", data, {"text": "Đang làm tiếp"})
    again = fill_in(tmp_path / "b.xlsx", data, {"text": "Đang làm tiếp"}, {"text": "Đã gửi"})
    taken(filled, first)
    before = position(filled)

    assert [row.name for row in taken(filled, first).before] == ["2/2"]
    assert position(filled) == before
    more = taken(filled, again)
    assert ([row.name for row in more.before], len(more.reports)) == (["2/2"], 1)


def test_what_others_did_to_a_share_since_refuses_its_row_and_tells_what_it_was(
    filled: Register, tmp_path: Path
) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "Đang làm tiếp"}, {"text": "Đã gửi"})
    filled.extend("2/2", to=day(10, 20), reason="mưa lũ", by=CHAIR)
    before = position(filled)

    with pytest.raises(SheetRefused) as caught:
        taken(filled, file)

    told = f"extended on 2021-10-05 by {CHAIR.name} (event 6)"
    assert [str(problem.phrase) for problem in caught.value.problems] == [
        f"a.xlsx: Report: row 6: D-2/2 moved on since the form was made: {told}; make a new form"
    ]
    assert position(filled) == before


def test_what_changes_nothing_of_a_share_does_not_stand_in_its_way(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "Đang làm tiếp"})
    filled.remind(2, all_units=True, by=OFFICE)
    filled.note(2, "gọi lại", by=OFFICE)
    filled.report("2/1", "Đơn vị khác báo cáo", by=OFFICE)
    filled.extend("2/1", to=day(10, 29), reason="mưa lũ", by=CHAIR)

    assert len(taken(filled, file).reports) == 1


def test_what_the_form_rested_on_and_was_retracted_since_refuses_its_row(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "Đang làm tiếp"})
    filled.retract(2, 3, reason="nhập nhầm", by=OFFICE)

    with pytest.raises(SheetRefused, match="D-2/2 moved on since the form was made: retracted"):
        taken(filled, file)


def test_several_forms_are_one_commit_and_all_that_is_wrong_is_named(filled: Register, tmp_path: Path) -> None:
    one = fill_in(tmp_path / "one.xlsx", made(filled, NOI_VU), {"text": "Tốt"}, {"text": "Mai", "on": "31/12/2021"})
    two = fill_in(tmp_path / "two.xlsx", made(filled, CAN_KHE), {"text": "Trước", "on": dt.date(2021, 9, 1)})
    before = position(filled)

    with pytest.raises(SheetRefused) as caught:
        taken(filled, one, two)

    places = [(problem.place.file, problem.place.row) for problem in caught.value.problems]
    assert places == [("one.xlsx", 7), ("two.xlsx", 6)]
    assert position(filled) == before


def test_a_form_of_another_register_is_refused(filled: Register, clock: Clock, tmp_path: Path) -> None:
    with create_register(
        "memory:", title="Khác", zone="UTC", by=OFFICE, clock=Clock("2021-09-22T08:00+07:00")
    ) as other:
        for unit in (CAN_KHE, NOI_VU, "UBND huyện"):
            other.add_unit(unit, by=OFFICE)
        fill(other, Clock("2021-09-22T08:00+07:00"))
        file = fill_in(tmp_path / "a.xlsx", made(other, NOI_VU), {"text": "Tốt"})

    with pytest.raises(SheetRefused, match="another register"):
        taken(filled, file)


def test_a_mark_made_up_for_the_share_of_another_unit_is_refused(filled: Register, tmp_path: Path) -> None:
    mark = FormMark(filled.register_id, filled.find_unit(NOI_VU).id, position(filled))

    def forge(sheet: Worksheet) -> None:
        sheet["A6"] = RowMark("2/1", filled.as_of()[2].version).of(mark)

    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "Thay đơn vị khác"}, spoil=forge)

    with pytest.raises(SheetRefused, match="D-2/1 is no duty of the unit whose form this is"):
        taken(filled, file)


def test_a_form_that_knows_more_than_the_register_is_refused(filled: Register, tmp_path: Path) -> None:
    def forge(sheet: Worksheet) -> None:
        mark = FormMark(filled.register_id, filled.find_unit(NOI_VU).id, position(filled) + 1)
        sheet["A1"], sheet["A6"] = str(mark), RowMark("2/2", 5).of(mark)

    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"}, spoil=forge)

    with pytest.raises(SheetRefused, match="was it restored from a backup"):
        taken(filled, file)


def test_a_directive_that_was_retracted_since_refuses_its_rows(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"})
    filled.retract(2, 1, reason="nhập nhầm", by=OFFICE)

    with pytest.raises(SheetRefused, match="D-2/2"):
        taken(filled, file)


def test_rows_left_empty_and_what_stands_around_them_are_left_out(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "  "})

    form, found = read_form(file)

    assert found == []
    assert form is not None
    assert form.rows == ()
    assert taken(filled, file).reports == ()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "x", "result": "maybe"}, "a.xlsx: Report: G6: 'maybe' is neither result nor progress"),
        ({"text": "x", "percent": "lots"}, "a.xlsx: Report: H6: 'lots' is no number from 0 to 100"),
        ({"text": "x", "percent": 0.5}, "a.xlsx: Report: H6: '0.5' is no number from 0 to 100"),
        ({"text": "x", "percent": -1}, "a.xlsx: Report: H6: '-1' is no number from 0 to 100"),
        ({"text": "x", "on": "31/2/2021"}, "a.xlsx: Report: I6: '31/2/2021' is no day"),
        ({"result": "result"}, "a.xlsx: Report: J6: say what was done"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_cell(
    filled: Register, tmp_path: Path, row: dict[str, Any], said: str
) -> None:
    assert wrongs(fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), row))[0].startswith(said)


def of_another_form(register: Register) -> Callable[[Worksheet], object]:
    mark = openpyxl.load_workbook(io.BytesIO(made(register, CAN_KHE))).worksheets[0]["A6"].value

    def spoil(sheet: Worksheet) -> None:
        sheet["A6"] = mark

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda sheet: sheet.__setitem__("A1", None), "a.xlsx: this is no form of a register"),
        (lambda sheet: sheet.__setitem__("A1", sheet["A1"].value[:-1] + "0x"), "a.xlsx: Report: A1: the hidden mark"),
        (lambda sheet: sheet.delete_cols(10), "a.xlsx: Report: the hidden row of the form lost the columns text"),
        (
            lambda sheet: sheet.__setitem__("A6", "1/1;1;000000000000"),
            "a.xlsx: Report: A6: this row is none of the form's",
        ),
        (lambda sheet: sheet.__setitem__("J20", "thêm"), "a.xlsx: Report: A20: this row is none of the form's own"),
    ],
)
def test_a_mangled_form_is_refused_by_name(
    filled: Register, tmp_path: Path, spoil: Callable[[Worksheet], object], said: str
) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"}, spoil=spoil)

    assert any(each.startswith(said) for each in wrongs(file)), wrongs(file)


def test_a_row_copied_over_from_another_form_is_refused(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"}, spoil=of_another_form(filled))

    assert wrongs(file) == [
        "a.xlsx: Report: A6: this row is none of the form's own; fill in the rows that it came with"
    ]


def test_rows_and_columns_that_were_moved_are_known_again(filled: Register, tmp_path: Path) -> None:
    def move(sheet: Worksheet) -> None:
        sheet.insert_rows(2, 3)
        sheet.insert_cols(3)

    file = fill_in(
        tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"}, {"text": "y", "percent": "30 %"}, spoil=move
    )

    form, found = read_form(file)

    assert found == []
    assert form is not None
    assert [(row.name, row.text, row.percent) for row in form.rows] == [("2/2", "x", None), ("3/1@2021-09", "y", 30)]


def test_a_row_filled_in_twice_is_refused(filled: Register, tmp_path: Path) -> None:
    def double(sheet: Worksheet) -> None:
        sheet["A9"], sheet["J9"] = sheet["A6"].value, "khác"

    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "x"}, spoil=double)

    with pytest.raises(SheetRefused, match=r"D-2/2 is filled in at a\.xlsx: Report: row 6 too"):
        taken(filled, file)


def test_a_file_that_is_no_workbook_gets_the_error_of_one(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 broken")

    with pytest.raises(BrokenDocument):
        read_form(tmp_path / "a.xlsx")


class Interrupted(Register):
    """A register in which somebody writes right after a history was read."""

    def history(self, *arguments: Any, **more: Any) -> list[HistoryEntry]:
        read = super().history(*arguments, **more)
        self.note(2, "chen vào", by=OFFICE)
        return read


def test_what_is_recorded_while_forms_are_read_is_a_conflict(
    sqlite_register: Register, url: str, clock: Clock, tmp_path: Path
) -> None:
    fill(sqlite_register, clock)
    file = fill_in(tmp_path / "a.xlsx", made(sqlite_register, NOI_VU), {"text": "x"})
    sqlite_register.close()

    with Interrupted.open(store_module(url).open_store(url), clock=clock) as register, pytest.raises(Stale):
        taken(register, file)


def test_a_form_that_was_saved_as_csv_is_refused_for_what_that_loses(filled: Register, tmp_path: Path) -> None:
    file = fill_in(tmp_path / "a.xlsx", made(filled, NOI_VU), {"text": "Đang làm, tiếp", "on": dt.date(2021, 10, 1)})
    rows = openpyxl.load_workbook(file).worksheets[0].iter_rows(values_only=True)
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(rows)

    said = "a form that was saved as .csv may have lost days and letters; send it as .xlsx or .ods"
    assert wrongs(tmp_path / "a.csv") == [f"a.csv: {said}"]
