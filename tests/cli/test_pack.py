"""`pack`: the papers of a meeting."""

import shutil
from pathlib import Path

import pytest

from tests.cli.desk import Desk

docx = pytest.importorskip("docx", reason="the extra `exports` is not installed")


@pytest.fixture
def meeting(assigned: Desk) -> Desk:
    """D-1 overdue and explained since the meeting of 30 September, D-2 reported, and the next meeting to come."""
    assigned.now("2021-09-30T17:00+07:00")
    assigned.types("meeting close GB-1 --on 2021-09-30")
    assigned.now("2021-10-20T08:00+07:00")
    assigned.types("extend 1 --to 2021-10-09 --reason 'mưa lũ' --by dung --effective-on 2021-09-29")
    assigned.types("explain 1 'thiếu cán bộ'")
    assigned.types("report 2 'Đang rà soát' --unit 'xuan du'")
    assigned.types("meeting open GB-2 --on 2021-10-25")
    return assigned


def tables_of(file: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(file)).tables]


def test_a_pack_holds_figures_changes_agenda_and_what_is_overdue_with_its_reasons(meeting: Desk) -> None:
    told = meeting.types("pack GB-2 --output pack.docx --json").json

    _head, figures, changes, agenda, by_unit, overdue = tables_of(meeting.folder / "pack.docx")
    assert told["duties"] == 3
    assert [row[1:] for row in figures[1:]] == [["0", "0", "0", "0"], ["0", "1", "1", "2"]]
    assert [row[0] for row in changes[1:]] == ["D-1", "D-2"]
    assert "2021-09-29: extended: mưa lũ (entered late on 2021-10-20); 2021-10-02 → 2021-10-09" in changes[1][2]
    assert [row[0] for row in agenda[1:] if row[0]] == ["D-1/1", "D-2/1", "D-2/2"]
    assert [row[1] for row in agenda[1:] if not row[0]] == ["UBND xã Cán Khê", "UBND xã Xuân Du"]
    assert [row[0] for row in by_unit[1:]] == ["UBND xã Cán Khê", "UBND xã Xuân Du", "Total"]
    assert overdue[1] == [
        "D-1/1", "UBND xã Cán Khê", "Nộp hồ sơ sáp nhập thôn", "2021-10-09", "16 days",
        "2021-10-20: thiếu cán bộ", "2021-09-29 → 2021-10-09: mưa lũ",
    ]  # fmt: skip


def test_a_closed_meeting_keeps_its_pack_whatever_was_recorded_since(meeting: Desk) -> None:
    meeting.now("2021-10-25T17:00+07:00")
    meeting.types("meeting close GB-2")
    meeting.now("2021-10-26T08:00+07:00")
    meeting.types("pack GB-2 --output before.docx")
    meeting.now("2021-11-25T17:00+07:00")
    meeting.types("assign 'Việc khác' --to 'can khe' --due none")

    meeting.types("pack GB-2 --output after.docx")

    assert (meeting.folder / "before.docx").read_bytes() == (meeting.folder / "after.docx").read_bytes()


def test_what_people_wrote_comes_out_inert(office: Desk) -> None:
    office.types("assign", "\x1b[31m\u202e\x00<w:p/>".replace("\x00", ""), "--to", "can khe", "--due", "2021-09-23")
    office.now("2021-10-20T08:00+07:00")
    office.types("explain", "1", "=cmd|'/c calc'!A1\u2066")

    office.types("pack --output pack.docx")

    *_others, overdue = tables_of(office.folder / "pack.docx")
    assert overdue[1][2] == "<U+001B>[31m<U+202E><w:p/>"
    assert overdue[1][5] == "2021-10-20: =cmd|'/c calc'!A1<U+2066>"


def test_a_pack_is_a_docx_or_a_pdf_and_replaces_nothing_unasked(meeting: Desk) -> None:
    (meeting.folder / "pack.docx").write_text("kept")

    meeting.types("pack GB-2 --output pack.docx", code=1)
    meeting.types("pack GB-2 --output pack.html", code=2)

    assert (meeting.folder / "pack.docx").read_text() == "kept"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no LibreOffice")
def test_a_pack_as_pdf_has_the_pages_of_the_document(meeting: Desk) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="the extra `documents` is not installed")

    meeting.types("pack GB-2 --output pack.pdf")

    with pdfium.PdfDocument(meeting.folder / "pack.pdf") as pages:
        sizes = [page.get_width() > page.get_height() for page in pages]
        words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert sizes[0] is False
    assert sizes[-1] is True
    assert "D-1/1" in words


def test_without_libreoffice_a_pdf_is_refused_with_advice(meeting: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    told = meeting.types("pack GB-2 --output pack.pdf", code=1)

    assert "install LibreOffice" in told.err
    assert not (meeting.folder / "pack.pdf").exists()
