"""Comma-separated values: what other programs and spreadsheets read."""

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from directives_adapters.exports.formulas import marked_as_text, unmarked
from directives_core import Register
from tests.exports.given import ORDER, written
from tests.register.given import CAN_KHE


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_there_is_one_row_for_each_share_with_days_and_numbers_that_programs_read(filled: Register) -> None:
    rows = read(written("csv", filled))

    assert [(row["Directive"], row["Share"]) for row in rows] == [
        ("1", "1"), ("2", "1"), ("2", "2"), ("3", "1"), ("4", "1"),
    ]  # fmt: skip
    first, extended, late, *_ = rows
    assert (first["Order"], first["Lead unit"], first["Delivered on"]) == (ORDER, CAN_KHE, "2021-09-27")
    assert (extended["First due on"], extended["Due on"], extended["Extensions"]) == ("2021-09-30", "2021-10-15", "1")
    assert (late["Percent"], late["Timeliness"], late["Days overdue"]) == ("40.0", "overdue", "5")
    assert late["Labels"] == "lĩnh vực=giảm nghèo"


def test_it_begins_with_a_mark_and_its_lines_end_as_the_standard_says(filled: Register) -> None:
    data = written("csv", filled)

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 6


def test_every_row_says_which_moment_it_shows(filled: Register) -> None:
    filled.close_meeting("GB", on="2021-10-05", by="hoa")
    moment = filled.as_of("GB").moment

    rows = read(written("csv", filled, filled.as_of("GB")))

    assert {row["As of"] for row in rows} == {"2021-10-05"}
    assert {row["Position"] for row in rows} == {row["Checkpoint: events"] for row in rows} == {str(moment.position)}
    assert {row["Known at"] for row in rows} == {moment.instant.isoformat()}
    assert {row["Id of the register"] for row in rows} == {filled.register_id}


def test_words_are_in_the_language_and_codes_beside_them_are_not(filled: Register) -> None:
    english, vietnamese = (
        list(csv.reader(io.StringIO(written("csv", filled, language=language).decode("utf-8-sig"))))
        for language in ("en", "vi")
    )

    assert english[0] != vietnamese[0]
    statuses = english[0].index("Status"), english[0].index("Code of status")
    assert [tuple(row[at] for at in statuses) for row in english[1:3]] == [
        ("completed", "completed"), ("assigned", "assigned"),
    ]  # fmt: skip
    assert [tuple(row[at] for at in statuses) for row in vietnamese[1:3]] == [
        ("hoàn thành", "completed"), ("đã giao", "assigned"),
    ]  # fmt: skip


def test_the_rows_of_a_unit_are_its_own_shares(filled: Register) -> None:
    rows = read(written("csv", filled, unit=CAN_KHE, status="assigned"))

    assert [(row["Directive"], row["Share"]) for row in rows] == [("2", "1")]


def test_what_was_handed_over_shows_in_its_heir_unless_it_is_asked_for(filled: Register) -> None:
    filled.hand_over("2/2", to=CAN_KHE, reason="chuyển", source="QĐ 1", by="dung")

    shown = [(row["Directive"], row["Share"]) for row in read(written("csv", filled))]
    asked = [(row["Directive"], row["Share"]) for row in read(written("csv", filled, status="handed-over"))]

    assert ("2", "2") not in shown
    assert ("2", "3") in shown
    assert asked == []  # the directive as a whole is not handed over
    named = read(written("csv", filled, status="handed-over", unit="Phòng Nội vụ"))
    assert [(row["Directive"], row["Share"]) for row in named] == [("2", "2")]


SIGNS = "=+-@＝＋－＠"
LIKELY = st.text(st.sampled_from([*SIGNS, *" \t\n\r;|,'\"a1\u00a0\u3000−"]), max_size=12)


@given(LIKELY | st.text())
def test_marking_can_be_taken_back(text: str) -> None:
    assert unmarked(marked_as_text(text)) == text


@given(LIKELY)
def test_no_cell_begins_a_formula_whatever_a_spreadsheet_takes_for_the_separator(text: str) -> None:
    marked = marked_as_text(text)

    for separator in ("\0", ";", "\t", "|", "\n", "\r"):
        for cell in marked.split(separator):
            bare = re.sub(r"\A[\s\"]*", "", cell)
            assert bare[:1] not in SIGNS or bare == ""
