"""Phrases: English to whoever keeps them, the reader's language to whoever reads them."""

import copy
import datetime as dt
import json
import pickle
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from directives_core.errors import NotLater, UnknownUnit, WrongState
from directives_core.language import (
    Phrase,
    Word,
    _,
    again,
    code_of,
    current,
    day,
    decimal,
    instant,
    known_language,
    long_day,
    percent,
    speaking,
    spoken,
    title,
    word,
)

DAY = dt.date(2021, 10, 9)


@pytest.fixture
def vietnamese() -> Iterator[None]:
    with speaking("vi"):
        yield


def pickled(phrase: Phrase) -> Phrase:
    return pickle.loads(pickle.dumps(phrase))  # noqa: S301 - our own bytes


def late() -> NotLater:
    return NotLater(12, 1, due_on=DAY, to=dt.date(2021, 10, 2))


def test_a_phrase_is_the_english_sentence() -> None:
    phrase = Phrase("there is no directive {what}; {known}", what="D-9", known="the register has none yet")

    assert phrase == "there is no directive D-9; the register has none yet"
    assert json.dumps({"said": phrase}) == json.dumps({"said": str(phrase)})


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_a_phrase_that_is_copied_or_pickled_can_still_be_said_in_another_language(copied, vietnamese) -> None:
    for phrase in (late().args[0], Word("overdue", "timeliness"), Phrase.counted("{n} unit", "{n} units", 3)):
        twin = copied(phrase)

        assert twin == phrase
        assert spoken(twin) == spoken(phrase) != str(phrase)


def test_an_error_keeps_its_english_text_and_speaks_the_readers_language(vietnamese) -> None:
    error = late()

    assert str(error).startswith("D-12/1 is due on 2021-10-09 already; 2021-10-02 would not extend it")
    assert spoken(error).startswith("D-12/1 đã có hạn 09/10/2021; 02/10/2021 không phải gia hạn")


def test_a_phrase_inside_a_phrase_speaks_too(vietnamese) -> None:
    error = WrongState(3, 1, "extend", status="completed", works=Phrase("it binds no longer; reopen it first"))

    assert spoken(error) == (
        "không thể gia hạn D-3/1: trạng thái là hoàn thành; nhiệm vụ không còn ràng buộc; hãy mở lại trước"
    )


def test_what_is_made_while_vietnamese_is_spoken_is_english_all_the_same(vietnamese) -> None:
    assert "is due on 2021-10-09" in str(late())


@pytest.mark.parametrize(
    "odd",
    [None, 3, "text with {braces}", "", ValueError("x"), ValueError(), ValueError("a", "b"), b"\xff", object, "{0[x]}"],
)
def test_anything_can_be_spoken(odd, vietnamese) -> None:
    assert spoken(odd) == str(odd)


def test_a_phrase_whose_translation_does_not_fit_is_said_in_english(vietnamese) -> None:
    phrase = Phrase("as of {day}", day=DAY)
    phrase.values = {}

    assert spoken(phrase) == "as of 2021-10-09"


@given(st.text(), st.integers(), st.dates())
def test_any_value_fits_into_any_language(name: str, number: int, on: dt.date) -> None:
    error = UnknownUnit(name, nearest=[name, str(number)], on=on)

    with speaking("vi"):
        assert repr(name) in spoken(error)
    assert repr(name) in str(error)


@pytest.mark.parametrize(
    "phrase",
    [
        Phrase("due on {due_on}, which is no working day ({reason})", due_on=DAY, reason=Phrase("a Saturday")),
        Phrase("due on {due_on}, before the day of the assignment ({on}): is the year right?", due_on=DAY, on=DAY),
        Phrase("“{wording}”: {warning}", wording="trước ngày 9/10", warning=Phrase("no year is written")),
        Phrase("there is no day {day}/{month}/{year}", day=31, month=2, year=2021),
    ],
)
def test_a_sentence_that_was_kept_as_text_is_said_again(phrase: Phrase, vietnamese) -> None:
    assert again(str(phrase)) == spoken(phrase) != str(phrase)


@given(st.text())
def test_what_people_wrote_stays_what_they_wrote_in_english_and_never_fails(text: str) -> None:
    assert again(text) == text
    with speaking("vi"):
        assert isinstance(again(text), str)


def test_a_language_is_spoken_in_its_block_alone() -> None:
    with speaking("vi-VN"):
        assert current() == "vi"
        with speaking("en_GB.UTF-8"):
            assert current() == "en"
        assert _("error: {message}") == "lỗi: {message}"
    assert current() == "en"


@pytest.mark.parametrize(("name", "language"), [
    ("vi", "vi"), ("vi_VN.UTF-8", "vi"), ("VI-vn", "vi"), ("en_US@euro", "en"), ("fr", None), ("", None), ("C", None),
])  # fmt: skip
def test_a_language_is_known_by_the_names_that_systems_give_it(name: str, language: str | None) -> None:
    assert known_language(name) == language


def test_days_instants_and_numbers_are_written_as_the_language_writes_them() -> None:
    at = dt.datetime(2021, 10, 9, 17, 5, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

    assert (day(DAY), long_day(DAY), instant(at)) == ("2021-10-09", "9 October 2021", "2021-10-09 17:05")
    assert (decimal(1234567), decimal(1234.5), percent(2 / 3)) == ("1,234,567", "1,234.5", "66.67%")
    with speaking("vi"):
        assert (day(DAY), long_day(DAY)) == ("09/10/2021", "ngày 9 tháng 10 năm 2021")
        assert (instant(at), instant(at, seconds=True)) == ("17:05 09/10/2021", "17:05:30 09/10/2021")
        assert (decimal(1234567), decimal(1234.5), percent(2 / 3)) == ("1.234.567", "1.234,5", "66,67%")
    assert (day(None), long_day(None), instant(None)) == ("", "", "")


@given(st.dates())
def test_a_short_day_is_what_babel_writes(on: dt.date) -> None:
    with speaking("vi"):
        assert day(on) == format_date(on, "dd/MM/yyyy", locale="vi")


def test_a_code_has_a_word_and_a_word_its_code(vietnamese) -> None:
    assert (word("overdue"), word("awaiting-acceptance"), title("due_on")) == ("quá hạn", "chờ xác nhận", "Hạn")
    assert word("directive.extended") == word("extended", "event") == "gia hạn"
    assert word("a_new-thing") == "a new thing"
    assert code_of("Quá hạn", "timeliness") == code_of("overdue", "timeliness") == "overdue"
    assert code_of("gì đó", "timeliness") == "gì đó"
