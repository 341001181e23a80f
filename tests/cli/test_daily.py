"""`today` and `remind --overdue --letters`: what a secretary types in the morning."""

from pathlib import Path

import pytest

from tests.cli.desk import Desk

docx = pytest.importorskip("docx", reason="the extra `exports` is not installed")


@pytest.fixture
def late(assigned: Desk) -> Desk:
    """D-1 of Cán Khê was due two days ago."""
    assigned.now("2021-10-04T08:00+07:00")
    return assigned


def files(desk: Desk, folder: str) -> list[Path]:
    return sorted((desk.folder / folder).iterdir())


def words_of(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_today_lists_by_section_and_unit_within_eighty_columns(late: Desk) -> None:
    told = late.types("today")

    assert "Overdue: 1" in told.out
    assert "  UBND xã Cán Khê" in told.out
    assert "D-1/1" in told.out
    assert all(len(line) <= 80 for line in told.out.splitlines())


def test_today_tells_the_same_as_json_headed_by_its_moment(late: Desk) -> None:
    told = late.types("today --json --unit 'can khe'").json

    assert told["counts"]["overdue"] == 1
    assert told["items"][0] | {"number": 1, "share": 1, "section": "overdue", "days_left": -2} == told["items"][0]
    assert told["moment"]["effective_on"] == "2021-10-04"


def test_letters_go_out_with_one_commit_and_count_the_earlier_ones(late: Desk) -> None:
    first = late.types("remind --overdue --letters first --json").json
    late.types("remind --overdue --letters second")

    assert [Path(file).name for file in first["files"]] == ["001-ubnd-xa-can-khe.docx"]
    assert first["letters"][0]["nth"] == 1
    (second,) = files(late, "second")
    assert "reminder no. 2" in words_of(second)
    assert "D-1/1" in words_of(second)
    assert "1 time, last on 2021-10-04" in words_of(second)
    assert len([entry for entry in late.types("history 1 --json").json["events"] if "reminded" in entry["type"]]) == 2


def test_a_dry_run_writes_neither_letters_nor_reminders(late: Desk) -> None:
    before = late.positions()

    told = late.types("remind --overdue --letters folder --dry-run")

    assert "UBND xã Cán Khê: 1 duty" in told.out
    assert not (late.folder / "folder").exists()
    assert late.positions() == before


def test_where_a_letter_cannot_be_written_nothing_is_recorded(late: Desk) -> None:
    (late.folder / "folder").mkdir()
    (late.folder / "folder" / "001-ubnd-xa-can-khe.docx").write_text("kept")
    before = late.positions()

    late.types("remind --overdue --letters folder", code=1)

    assert late.positions() == before
    assert [file.read_text() for file in files(late, "folder")] == ["kept"]


def test_where_the_reminders_are_refused_no_letter_is_left(late: Desk) -> None:
    late.types("remind --overdue --letters folder --by thao", code=1)

    assert files(late, "folder") == []


def test_letters_as_text_are_inert(office: Desk) -> None:
    office.types("assign", "=1+1\x1b[31m\u202e <script>", "--to", "can khe", "--due", "2021-09-30")
    office.now("2021-10-04T08:00+07:00")

    office.types("remind 1 --letters folder --format txt")

    (letter,) = files(office, "folder")
    assert "=1+1<U+001B>[31m<U+202E> <script>" in letter.read_text("utf-8")


def test_nothing_to_remind_of_is_said(assigned: Desk) -> None:
    told = assigned.types("remind --overdue --letters folder")

    assert told.out == ""
    assert "nothing to remind of" in told.err


def test_somebody_or_something_must_be_named(late: Desk) -> None:
    told = late.types("remind", code=2)

    assert "--overdue" in told.err
