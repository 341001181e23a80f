"""`export` and `collect` at a desk: files of every kind, and forms that come back."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from directives_adapters.exports import formats
from directives_cli.commands import exporting
from tests.cli.desk import Desk


@pytest.fixture
def reported(assigned: Desk) -> Desk:
    """The same, with a report on D-1, on 24 September."""
    assigned.now("2021-09-24T08:00+07:00")
    assigned.types("report 1 'Đã nộp' --result --by thao")
    return assigned


def fill_in(file: Path, cells: dict[str, object], output: str) -> None:
    book = openpyxl.load_workbook(file)
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    book.save(file.parent / output)


def test_the_command_knows_every_format_of_the_table() -> None:
    assert list(formats.FORMATS) == list(exporting.FORMATS)


@pytest.mark.parametrize("format_", exporting.FORMATS)
def test_a_file_is_made_and_the_moment_told(reported: Desk, format_: str) -> None:
    answer = reported.types(f"export {format_} --output out.{format_} --as-of 2021-09-23 --json")

    assert (reported.folder / f"out.{format_}").stat().st_size > 0
    assert answer.json["file"] == f"out.{format_}"
    assert answer.json["moment"]["effective_on"] == "2021-09-23"
    assert answer.json["rows"] >= 1
    assert "as of 2021-09-23" in answer.err


def test_the_filters_are_those_of_list(reported: Desk) -> None:
    reported.types("export csv --output out.csv --unit 'can khe' --status awaiting-acceptance")

    text = (reported.folder / "out.csv").read_text("utf-8-sig")
    assert [row["Directive"] for row in csv.DictReader(io.StringIO(text))] == ["1"]


def test_a_file_that_is_there_stays_unless_force_is_used(reported: Desk) -> None:
    (reported.folder / "out.csv").write_text("mine", encoding="utf-8")

    said = reported.types("export csv --output out.csv", code=1).err
    assert "out.csv exists already" in said
    assert "--force replaces it" in said
    assert (reported.folder / "out.csv").read_text("utf-8") == "mine"
    reported.types("export csv --output out.csv --force")
    assert (reported.folder / "out.csv").read_text("utf-8") != "mine"


def test_standard_output_gets_the_file_alone(reported: Desk) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "directives_cli", "export", "csv", "--output", "-"], cwd=reported.folder,
        capture_output=True, check=True,
    )  # fmt: skip

    assert ran.stdout.startswith(b"\xef\xbb\xbfDirective,")
    assert ran.stdout.count(b"\r\n") == 1 + 3
    assert "standard output" in reported.types("export csv --output - --json", code=2).err


def test_lines_of_json_are_the_register_unless_a_filter_or_a_moment_is_given(reported: Desk) -> None:
    reported.types("export jsonl --output register.jsonl")
    reported.types("export jsonl --output register.jsonl --force")
    reported.types("export jsonl --output directives.jsonl --as-of now")

    first = [
        json.loads((reported.folder / name).read_text("utf-8").split("\n")[0])
        for name in ("register.jsonl", "directives.jsonl")
    ]
    assert [line["format"] for line in first] == ["directives-jsonl", "directives-list"]
    reported.types("import register.jsonl --store copy.db")
    refused = reported.types("import directives.jsonl --store other.db", code=1)
    assert "its lines are of another format, directives-list" in refused.err
    shown = reported.types("list --json").json["directives"]
    lines = (reported.folder / "directives.jsonl").read_text("utf-8").splitlines()[1:]
    assert [json.loads(line) for line in lines] == shown
    assert list(reported.folder.glob(".*")) == []


def test_a_form_goes_out_and_comes_back_as_reports(reported: Desk) -> None:
    reported.types("export xlsx --form --unit 'can khe' --output form.xlsx")
    fill_in(reported.folder / "form.xlsx", {"G7": "progress", "H7": 40, "J7": "Đang rà soát"}, "back.xlsx")
    before = reported.positions()

    dry = reported.types("collect back.xlsx --dry-run --by hoa")
    assert (dry.out, reported.positions()) == ("D-2\n", before)
    done = reported.types("collect back.xlsx --by hoa --json").json
    again = reported.types("collect back.xlsx --by hoa")

    assert done["numbers"] == [2]
    assert reported.positions() == before + 1
    assert "back.xlsx: Report: row 7: D-2/1 was collected before" in again.err
    reported.types(f"undo {done['command_id']} --reason 'nhầm' --by hoa")
    assert reported.types("show 2 --json").json["directives"][0]["last_report"] is None


def test_a_form_with_faults_is_refused_with_all_of_them(reported: Desk) -> None:
    reported.types("export xlsx --form --unit 'can khe' --output form.xlsx")
    fill_in(reported.folder / "form.xlsx", {"H6": 400, "J6": "x", "G7": "?", "J7": "y"}, "back.xlsx")
    before = reported.positions()

    refused = reported.types("collect back.xlsx --by hoa", code=1)

    assert "back.xlsx: Report: H6: '400' is no number from 0 to 100" in refused.err
    assert "back.xlsx: Report: G7: '?' is neither result nor progress" in refused.err
    as_json = reported.types("collect back.xlsx --by hoa --json", code=1).error["problems"]
    assert [(each["file"], each["row"], each["column"]) for each in as_json] == [
        ("back.xlsx", 6, "H"), ("back.xlsx", 7, "G"),
    ]  # fmt: skip
    assert as_json[1]["said"].startswith("'?' is neither")
    assert reported.positions() == before


@pytest.mark.parametrize(
    "line",
    [
        "export xlsx --form --output f.xlsx",
        "export csv --form --unit 'can khe' --output f.csv",
        "export xlsx --form --unit 'can khe' --as-of 2021-09-22 --output f.xlsx",
        "export odt --output f.odt",
        "export csv",
        "export jsonl --output -",
        "collect",
        "collect f.xlsx --if-version 2",
    ],
)
def test_what_makes_no_sense_is_misuse(reported: Desk, line: str) -> None:
    reported.types(line, code=2)

    assert {file.name for file in reported.folder.iterdir()} == {"directives.db"}
