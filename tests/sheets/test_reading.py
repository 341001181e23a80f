"""Spreadsheets read into typed cells: as openpyxl and LibreOffice write them, and as nobody should."""

import datetime as dt
import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives_adapters.sheets import Limits, column_letters, read_sheets
from directives_adapters.sheets.cells import column_number
from directives_adapters.sheets.serials import shows_days
from directives_adapters.sheets.writing import new_workbook, put
from directives_core.errors import (
    BrokenDocument,
    DirectivesError,
    DocumentTooLarge,
    EncryptedDocument,
    UnknownFormat,
)

VALUES = [
    "UBND xã Cán Khê", "=1+1", "  hai dòng\nở đây ", "_x0041_", "<r><t>x</t></r>", 12, -0.5, True, False,
    dt.date(2021, 9, 30), dt.datetime(2021, 9, 30, 17, 30), dt.time(8, 5),
]  # fmt: skip


def book(*rows: list[object], title: str = "Sổ") -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def values(data: bytes, name: str | None = None) -> list[object]:
    return [cell.value for sheet in read_sheets(data, name).sheets for cell in sheet.cells()]


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """The package with parts replaced, added, or (none) left out; `__` stands for a slash in their names."""
    wanted = {name.replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = wanted.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in wanted.items():
            new.writestr(name, content or b"")
    return out.getvalue()


def test_values_come_with_their_types_and_addresses():
    made = book(["Đơn vị", 12, 1.5, True], [None, dt.datetime(2021, 9, 30), dt.datetime(2021, 9, 30, 17), dt.time(8)])

    (sheet,) = read_sheets(saved(made), "so.xlsx").sheets

    assert sheet.name == "Sổ"
    assert [(cell.address, cell.value) for cell in sheet.cells()] == [
        ("A1", "Đơn vị"), ("B1", 12), ("C1", 1.5), ("D1", True),
        ("B2", dt.date(2021, 9, 30)), ("C2", dt.datetime(2021, 9, 30, 17)), ("D2", dt.time(8)),
    ]  # fmt: skip


def test_what_is_written_comes_back(tmp_path: Path):
    out = io.BytesIO()
    with new_workbook(out) as workbook:
        sheet = workbook.add_worksheet("Sổ")
        for row, value in enumerate(VALUES):
            code = {dt.date: "dd/mm/yyyy", dt.datetime: "dd/mm/yyyy hh:mm", dt.time: "hh:mm"}.get(type(value))
            put(sheet, row, 0, value, workbook.add_format({"num_format": code}) if code else None)
    (tmp_path / "so.xlsx").write_bytes(out.getvalue())

    read = [cell.value for cell in read_sheets(tmp_path / "so.xlsx").sheets[0].cells()]

    assert [value.strip() if isinstance(value, str) else value for value in read] == [
        value.strip() if isinstance(value, str) else value for value in VALUES
    ]
    assert [cell.data_type for (cell,) in openpyxl.load_workbook(io.BytesIO(out.getvalue())).active][:5] == ["s"] * 5


def test_merged_cells_show_their_value_in_every_row_that_they_cover():
    made = book(["Cuộc họp", "Việc"], ["GB 9", "một"], [None, "hai"], [None, "ba"])
    made.active.merge_cells("A2:A4")

    rows = read_sheets(saved(made)).sheets[0].rows[1:]

    assert [(row.value(1), row.cells[1].merged) for row in rows] == [("GB 9", False), ("GB 9", True), ("GB 9", True)]


def test_formulas_give_the_value_kept_beside_them_or_say_that_there_is_none():
    made = book(["=1+1", "#N/A"])
    with_value = repacked(
        saved(made),
        xl__worksheets__sheet1__xml=None,
        **{
            "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
            b'<c r="C1" t="e"><v>#REF!</v></c><c r="D1"><f>1/x</f></c></row></sheetData></worksheet>'
        },
    )

    cells = list(read_sheets(with_value).sheets[0].cells())

    assert [(c.value, c.formula, c.error) for c in cells] == [
        (2, True, False), ("a", True, False), ("#REF!", False, True), ("#VALUE?", True, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "days"),
    [("dd/mm/yyyy", True), ("General", False), ("0.00", False), ('[$-42A]d/m/yy;@', True), ('0" ngày"', False),
     ("[Red]0", False), ("[h]:mm", True), ("#,##0\\ \"đ\"", False), ("mmm-yy", True)],
)  # fmt: skip
def test_formats_of_days_are_known_from_those_of_numbers(code, days):
    assert shows_days(200, code) == days


@given(st.integers(1, 20_000))
def test_letters_of_columns_go_both_ways(number):
    assert column_number(column_letters(number)) == number


# ---------------------------------------------------------------------------------------------------------------- csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_tables_of_text_are_read_whatever_parts_them(encoding, sign):
    text = (
        sign.join(["STT", "Nội dung", "Hạn"])
        + "\r\n"
        + sign.join(["1", '"Rà soát; báo cáo, ""gấp""\nngay"', "30/9/2021"])
    )

    read = values(text.encode(encoding), "so.csv")

    assert read == ["STT", "Nội dung", "Hạn", "1", 'Rà soát; báo cáo, "gấp"\nngay', "30/9/2021"]


def test_the_sign_that_excel_wrote_on_top_is_obeyed_and_rows_keep_their_numbers():
    sheet = read_sheets(b"sep=;\r\na;b\r\n\r\nc;d\r\n", "so.csv").sheets[0]

    assert [(cell.address, cell.value) for cell in sheet.cells()] == [
        ("A2", "a"),
        ("B2", "b"),
        ("A4", "c"),
        ("B4", "d"),
    ]


# ------------------------------------------------------------------------------------------------------------ hostile


def _sheet(content: bytes) -> bytes:
    data = saved(book(["a"]))
    return repacked(data, **{"xl/worksheets/sheet1.xml": content})


XLSX = saved(book(["a", 1], ["b", 2]))
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CASES = {
    "entities": (_sheet(b'<!DOCTYPE x [<!ENTITY a "b">]>' + MAIN + b"</sheetData></worksheet>"), BrokenDocument),
    "entities in UTF-16": (
        _sheet('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")),
        BrokenDocument,
    ),
    "not XML": (_sheet(b"<worksheet><row"), BrokenDocument),
    "a bomb": (_sheet(MAIN + b" " * 50_000_000 + b"</sheetData></worksheet>"), DocumentTooLarge),
    "a cell far out": (_sheet(MAIN + b'<c r="ZZZ1"><v>1</v></c></sheetData></worksheet>'), DocumentTooLarge),
    "an address that is none": (_sheet(MAIN + b'<c r="1A"><v>1</v></c></sheetData></worksheet>'), BrokenDocument),
    "a number that is none": (_sheet(MAIN + b'<c r="A1"><v>x</v></c></sheetData></worksheet>'), BrokenDocument),
    "a text that is not there": (
        _sheet(MAIN + b'<c r="A1" t="s"><v>99</v></c></sheetData></worksheet>'),
        BrokenDocument,
    ),
    "much markup": (_sheet(MAIN + b"<row/>" * 2_000_000 + b"</sheetData></worksheet>"), DocumentTooLarge),
    "merged areas over one another": (
        _sheet(
            MAIN
            + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 3000))
            + b"</sheetData><mergeCells>"
            + b'<mergeCell ref="A1:CV3000"/>' * 3000
            + b"</mergeCells></worksheet>"
        ),
        DocumentTooLarge,
    ),
    "no workbook": (repacked(XLSX, xl__workbook__xml=None, **{"xl/workbook.xml": None}), BrokenDocument),
    "cut off": (XLSX[: len(XLSX) // 2], BrokenDocument),
    "binary workbook": (repacked(XLSX, **{"xl/workbook.bin": b"x"}), UnknownFormat),
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, UnknownFormat),
    "locked": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument),
    "a PDF": (b"%PDF-1.7", UnknownFormat),
    "a web page": (b"<html><table><tr><td>1</td></tr></table></html>", UnknownFormat),
    "zero bytes": (b"a;\0;b", UnknownFormat),
    "an open quotation": (b'a;b\n"c;d\n' * 3, BrokenDocument),
}


@pytest.mark.parametrize("case", CASES)
def test_files_that_are_not_what_they_should_be_are_refused_with_advice(case):
    data, error = CASES[case]

    with pytest.raises(error) as caught:
        read_sheets(data)

    assert any(word in str(caught.value) for word in ("save it", "save a copy", "at most", "unpack it"))


def ods(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            '<o:document xmlns:o="urn:o" xmlns:t="urn:t" xmlns:x="urn:x"><o:body><o:spreadsheet><t:table t:name="Sổ">'
            f"{rows}</t:table></o:spreadsheet></o:body></o:document>",
        )
    return out.getvalue()


def test_cells_that_an_ods_repeats_are_written_out_within_limits():
    cell = '<t:table-cell o:value-type="string" t:number-columns-repeated="{}"><x:p>a</x:p></t:table-cell>'

    read = read_sheets(ods(f'<t:table-row t:number-rows-repeated="2">{cell.format(3)}</t:table-row>'))

    assert [each.address for each in read.sheets[0].cells()] == ["A1", "B1", "C1", "A2", "B2", "C2"]
    for rows in (
        f'<t:table-row t:number-rows-repeated="1048576">{cell.format(1)}</t:table-row>',
        f"<t:table-row>{cell.format(16384)}</t:table-row>",
    ):
        with pytest.raises(DocumentTooLarge):
            read_sheets(ods(rows))
    assert values(ods('<t:table-row t:number-rows-repeated="1048576"><t:table-cell/></t:table-row>')) == []


def test_a_name_that_promises_a_workbook_is_held_to_it():
    with pytest.raises(BrokenDocument, match="does not begin as one"):
        read_sheets(b"a;b", "so.xlsx")


def test_limits_count_what_is_filled_and_can_be_set():
    data = saved(book(*([n, "x" * 10] for n in range(30))))

    assert len(read_sheets(data, limits=Limits(rows=30)).sheets[0].rows) == 30
    for limits in (Limits(rows=29), Limits(columns=1), Limits(cells=59), Limits(characters=299), Limits(bytes=100)):
        with pytest.raises(DocumentTooLarge):
            read_sheets(data, limits=limits)


def test_macros_are_told_and_relations_to_the_outside_are_not_followed():
    data = repacked(XLSX, **{"xl/vbaProject.bin": b"x"})
    outside = repacked(XLSX, **{
        "xl/_rels/workbook.xml.rels": b'<Relationships><Relationship Id="rId1" TargetMode="External" '
        b'Type="x/worksheet" Target="http://127.0.0.1/x"/></Relationships>'
    })  # fmt: skip

    assert read_sheets(data, "so.xlsm").macros
    with pytest.raises(BrokenDocument, match="no sheet of cells"):
        read_sheets(outside)


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_any_bytes_give_cells_or_an_error_of_ours(rng: random.Random):
    with zipfile.ZipFile(io.BytesIO(XLSX)) as package:
        name = rng.choice(package.namelist())
        content = bytearray(package.read(name))
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(content))
        content[at : at + rng.randint(0, 6)] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 6)))
    data = repacked(XLSX, **{name: bytes(content)})

    with suppress(DirectivesError):
        read_sheets(data)
