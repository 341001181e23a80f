"""Workbooks, read by another library than the one that writes them."""

import datetime as dt
import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from directives_core import Register
from tests.exports.given import ORDER, written


def read(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_cells_are_typed_and_the_head_stays(filled: Register) -> None:
    sheet = read(written("xlsx", filled)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[3], strict=True))

    assert row["Directive"].value == 2
    assert row["Directive"].number_format == '"D-"0'
    assert row["Due on"].value == dt.datetime(2021, 10, 15)
    assert row["Due on"].number_format == "yyyy-mm-dd"
    assert row["Extensions"].value == 1
    assert row["Order"].value == "Rà soát hộ nghèo"
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(heads)).column_letter}6"
    assert sheet.cell(2, heads.index("Order") + 1).value == ORDER


def test_days_are_shown_as_the_language_writes_them(filled: Register) -> None:
    sheet = read(written("xlsx", filled, language="vi")).worksheets[0]

    assert sheet.cell(2, 5).number_format == "dd/mm/yyyy"
    assert sheet.cell(2, 5).value == dt.datetime(2021, 10, 2)


def test_the_figures_are_those_of_the_register(filled: Register) -> None:
    filled.hand_over("2/2", to="UBND xã Cán Khê", reason="chuyển", source="QĐ 1", by="dung")
    figures = filled.as_of().figures(by="unit")

    sheet = read(written("xlsx", filled)).worksheets[1]

    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    for _unit, name, tally in figures.rows:
        assert list(rows[name]) == list(tally.as_json().values())
    assert list(rows["All"]) == list(figures.total.as_json().values())


def test_a_sheet_tells_the_moment(filled: Register) -> None:
    filled.checkpoint()
    view = filled.as_of()

    sheet = read(written("xlsx", filled, view)).worksheets[2]

    told = dict(sheet.iter_rows(values_only=True))
    assert told["Position"] == told["Checkpoint: events"] == view.moment.position
    assert told["As of"] == dt.datetime(2021, 10, 5)
    assert told["Known at"] == view.moment.instant.isoformat()
    assert told["Checkpoint: root"] == filled.checkpoints()[-1].root.hex()


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_a_file_was_made_at_the_instant_of_its_moment(filled: Register, format_: str) -> None:
    import zipfile

    package = zipfile.ZipFile(io.BytesIO(written(format_, filled)))

    assert {info.date_time for info in package.infolist()} == {(2021, 10, 5, 1, 0, 0)}
    assert b"2021-10-05T01:00:00Z" in package.read("docProps/core.xml")
