"""What is printed: harmless, aligned, and told by more than colour."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_cli import terminal
from directives_cli.table_text import Column, table
from directives_cli.words import as_json_text, cut, harmless, pad, width, wrap
from tests.cli.desk import Desk

DECOMPOSED = "U\u0309y ban nha\u0302n da\u0302n"


def test_marks_that_combine_take_no_column_and_wide_characters_two() -> None:
    assert width("Ủy ban nhân dân") == width(DECOMPOSED) == 15
    assert width("会議") == 4


@given(st.text(), st.integers(1, 100))
def test_what_is_cut_fits_and_is_one_harmless_line(text: str, columns: int) -> None:
    line = cut(text, columns)

    assert width(line) <= columns
    assert harmless(line) == line
    assert len(line.splitlines()) <= 1


@given(st.text(st.characters(codec="utf-8")))
def test_nothing_that_moves_a_cursor_or_turns_the_text_is_printed(text: str) -> None:
    shown = harmless(text) + as_json_text({"text": text})

    assert not set("\x1b\x07\r\x9b\u202e\u2066\u200f") & set(shown)


def test_control_characters_are_shown_by_their_code_and_escaped_in_json(office: Desk) -> None:
    office.types("assign", "Nộp\x1b[2J hồ \u202esơ", "--to", "can khe", "--due", "none")

    assert "Nộp<U+001B>[2J hồ <U+202E>sơ" in office.types("show 1").out
    answer = office.types("show 1 --json")
    assert "\\u202e" in answer.out
    assert answer.json["directives"][0]["text"] == "Nộp\x1b[2J hồ \u202esơ"


def test_what_is_escaped_in_json_reads_back_as_it_was() -> None:
    text = "a\x7f\x9b\u202e\xad\U000e0041b"

    shown = as_json_text({"text": text})

    assert shown.isascii()
    assert json.loads(shown) == {"text": text}


def test_an_error_does_not_carry_control_characters_to_the_terminal(office: Desk) -> None:
    assert "\x1b" not in office.types("assign x --due none --to", "\x1b[2J", code=1).err


def test_text_is_wrapped_at_blanks() -> None:
    assert wrap("một hai ba bốn\nnăm", 7) == ["một hai", "ba bốn", "năm"]


def test_columns_stand_under_each_other_whatever_the_spelling() -> None:
    rows = [("a", "Ủy ban nhân dân", "1"), ("b", DECOMPOSED, "2"), ("c", "会議", "3")]

    lines = list(table((Column("no."), Column("name", grows=True), Column("n")), rows))

    assert {width(line[: line.index(digit)]) for line, digit in zip(lines[1:], "123", strict=True)} == {5 + 15 + 2}
    assert pad("会議", 6) == "会議  "


def test_a_list_fits_80_columns(assigned: Desk) -> None:
    assigned.types("assign --to 'can khe' --due none", "Tổ chức lấy ý kiến Nhân dân về việc sáp nhập thôn " * 5)

    assert max(width(line) for line in assigned.types("list").out.splitlines()) <= 80


def test_timeliness_is_told_by_a_sign_and_a_word(assigned: Desk) -> None:
    assigned.now("2021-10-03T08:00+07:00")

    assert "✗ overdue" in assigned.types("list").out


class FakeTerminal:
    @staticmethod
    def isatty() -> bool:
        return True


def test_colours_are_for_terminals_and_not_where_no_color_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert terminal.painted("x", "red") == "x"

    monkeypatch.setattr("directives_cli.terminal.sys.stdout", FakeTerminal())
    assert terminal.painted("x", "red") == "\x1b[31mx\x1b[0m"

    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.painted("x", "red", bold=True) == "x"
