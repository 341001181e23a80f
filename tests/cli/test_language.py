"""The language of the terminal: how it is chosen, what it changes, and what it never does."""

import json
import sqlite3

import click
import pytest

from directives_cli.group import directives
from directives_cli.words import width
from tests.cli import reference
from tests.cli.desk import Desk

COMMANDS = dict(reference.leaves(directives))
READS = (
    "list", "list --timeliness overdue", "show 1", "show 1-2", "history 1", "log", "why 1", "why 1/1 due_on", "stats",
    "stats --by unit --from 2021-09-01", "changes 2021-09-21 now", "agenda", "unit list", "class list", "actor list",
    "setting list", "meeting list", "notice list", "restate", "unit left-behind", "verify", "subjects", "today",
)  # fmt: skip
REFUSED = (
    ("show 99", 1), ("extend 2 --to 2021-10-01 --reason x", 1), ("report 1 x --unit nowhere", 1),
    ("complete 1 --by thao", 1), ("list --as-of 2021-13-01", 2), ("assign x --to nobody --due 2021-10-01", 1),
    ("extend 1 --to 2021-01-01 --reason x", 1), ("list --timeliness sometimes", 2), ("retract 1 77 --reason x", 1),
    ("why 1 nothing", 2), ("return 1 --reason x", 1), ("changes 1 --kind never", 2), ("changes now 2021-09-21", 2),
    ("show 0", 2),
)  # fmt: skip


def test_english_is_spoken_where_nothing_says_otherwise(assigned: Desk) -> None:
    assert "no.  due" in assigned.types("list").out


@pytest.mark.parametrize("line", ["--lang vi list", "list --lang vi", "list --lang=vi-VN", "--lang en list --lang vi"])
def test_the_option_stands_before_or_after_the_command(assigned: Desk, line: str) -> None:
    answer = assigned.types(line)

    assert "· trong hạn" in answer.out
    assert answer.err.startswith("tính đến 22/09/2021, biết đến 08:00:00 22/09/2021 Asia/Ho_Chi_Minh (vị trí ")


def test_the_option_goes_before_the_variable_which_goes_before_the_setting_which_goes_before_the_locale(
    assigned: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speaks() -> str:
        return "vi" if "trong hạn" in assigned.types("list").out else "en"

    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert speaks() == "vi"
    assigned.types("setting set language=en")
    assert speaks() == "en"
    monkeypatch.setenv("DIRECTIVES_LANG", "vi")
    assert speaks() == "vi"
    assert "in-time" in assigned.types("list --lang en").out


@pytest.mark.parametrize(("variables", "language"), [
    ({"LC_ALL": "vi_VN", "LANG": "en_US"}, "vi"), ({"LC_ALL": "C", "LANG": "vi_VN"}, "en"),
    ({"LC_ALL": "", "LC_MESSAGES": "vi_VN.UTF-8", "LANG": "C"}, "vi"), ({"LC_ALL": "", "LANG": "vi"}, "vi"),
    ({"LC_ALL": "fr_FR", "LANG": "vi_VN"}, "en"), ({"LC_ALL": "POSIX"}, "en"),
])  # fmt: skip
def test_the_first_variable_of_the_locale_decides(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name in ("LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert desk.types("--help").out.startswith("Cách dùng" if language == "vi" else "Usage")


def test_a_setting_of_the_language_is_an_event_and_can_be_taken_away(assigned: Desk) -> None:
    assigned.types("setting set language=vi")
    assert assigned.types("log --type settings.changed --json").json["events"][-1]["payload"]["changed"] == ["language"]
    assert "đã ghi: " in assigned.types("note 1 x").err

    assigned.types("setting set language=none")

    assert "recorded: " in assigned.types("note 1 x").err
    assert assigned.types("setting set language=fr", code=2).err.startswith("error: settings")


def test_a_refusal_by_a_register_that_speaks_vietnamese_is_vietnamese(assigned: Desk) -> None:
    assigned.types("setting set language=vi")

    assert assigned.types("show 99", code=1).err.splitlines()[-1].startswith("lỗi: không có nhiệm vụ D-99")


@pytest.mark.parametrize("line", ["list --lang fr", "--lang 1 list", "unit list --lang ''"])
def test_a_language_that_is_not_spoken_is_refused(assigned: Desk, line: str) -> None:
    assert "give en or vi" in assigned.types(line, code=2).err


def test_an_answer_in_json_is_the_same_bytes_in_every_language(assigned: Desk) -> None:
    assigned.types("report 1 'Đã nộp' --percent 50")
    assigned.types("meeting close GB-1")

    for line in READS:
        english, vietnamese = (assigned.types(f"{line} --json --lang {language}") for language in ("en", "vi"))

        assert english.out == vietnamese.out, line
        json.loads(english.out)


@pytest.mark.parametrize(("line", "code"), REFUSED)
def test_an_error_in_json_has_the_same_type_and_data_and_a_message_in_the_language(
    assigned: Desk, line: str, code: int
) -> None:
    english, vietnamese = (assigned.types(f"{line} --json --lang {each}", code=code).error for each in ("en", "vi"))

    assert english.pop("message") != vietnamese.pop("message")
    assert english == vietnamese


def test_what_is_stored_does_not_depend_on_the_language(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stored(language: str) -> list[tuple[str, str]]:
        monkeypatch.setenv("DIRECTIVES_STORE", f"{language}.db")
        monkeypatch.setenv("DIRECTIVES_LANG", language)
        desk.now("2021-09-22T08:00+07:00")
        desk.types("init --title Sổ --zone Asia/Ho_Chi_Minh --calendar VN")
        desk.types("actor add hoa --name Hoa --unit VP --role office --command-id c1")
        desk.types("assign 'Nộp hồ sơ' --to VP --due 'trước ngày 10/10/2021' --by hoa --command-id c2")
        desk.types("assign 'Việc cũ' --to VP --due 2021-09-04 --by hoa --command-id c3")
        desk.types("undo c2 --by hoa --command-id c4")
        rows = sqlite3.connect(f"{language}.db").execute("SELECT type, data FROM events WHERE type LIKE 'directive%'")
        return list(rows)

    assert stored("en") == stored("vi")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_is_vietnamese_and_fits_the_terminal(desk: Desk, path: tuple[str, ...]) -> None:
    english = desk.types(" ".join((*path, "--help"))).out
    shown = desk.types(" ".join((*path, "--help", "--lang", "vi"))).out

    assert shown.startswith("Cách dùng: directives")
    assert "Hiện phần này rồi thoát." in shown
    assert max(map(width, shown.splitlines())) <= max(80, *map(width, english.splitlines()))
    same = {line.strip() for line in english.splitlines()} & {line.strip() for line in shown.splitlines()}
    assert [line for line in same if line.count(" ") > 2 and "`" not in line] == []


def test_what_click_says_is_vietnamese(assigned: Desk) -> None:
    assert "Không có lệnh 'nonsense'." in assigned.types("nonsense --lang vi", code=2).err
    assert "Thiếu tùy chọn '--due'" in assigned.types("assign x --to y --lang vi", code=2).err
    assert "xem: directives extend --help" in assigned.types("extend 1 --lang vi", code=2).err
    assert "Giá trị không hợp lệ cho '--limit'" in assigned.types("list --limit none --lang vi", code=2).err
    assert click.exceptions.UsageError("x").format_message() == "x"


def test_statuses_and_the_like_may_be_typed_as_their_words(assigned: Desk) -> None:
    assert assigned.types("list --timeliness 'Trong hạn' --lang vi --json").json["directives"][0]["number"] == 1
    assert assigned.types("list --status 'đã giao' --lang vi").out
    assert assigned.types("changes 1 --kind 'mới giao' --lang vi").out == assigned.types("changes 1 --lang vi").out
    assert assigned.types("list --timeliness 'in time'").out == assigned.types("list --timeliness in-time").out


def test_a_warning_that_an_event_keeps_is_said_again_in_the_readers_language(office: Desk) -> None:
    office.types("assign x --to 'can khe' --due 2021-09-25")

    assert "which is no working day (a Saturday)" in office.types("show 1").out
    assert "không phải ngày làm việc (thứ Bảy)" in " ".join(office.types("show 1 --lang vi").out.split())
    assert office.types("show 1 --lang vi --json").json["directives"][0]["warnings"] == [
        "due on 2021-09-25, which is no working day (a Saturday)"
    ]


def test_a_meeting_is_told_in_vietnamese_with_its_day_and_its_closing(assigned: Desk) -> None:
    assigned.types("meeting close GB-1 --on 2021-09-21 --effective-on 2021-09-22")

    assert "ngày: 21/09/2021" in assigned.types("log --type meeting.closed --lang vi").out
    assert "  bế mạc  " in assigned.types("meeting list --lang vi").out


def test_the_demonstration_is_told_in_vietnamese_with_the_same_commands_and_answers(desk: Desk) -> None:
    english, told = desk.types("demo").out, desk.types("demo --lang vi").out

    def typed(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.startswith("$ ")]

    assert typed(told) == typed(english)
    assert "1. Văn phòng lập sổ" in told
    assert "An office begins" not in told
    assert max(map(width, told.splitlines())) <= max(map(width, english.splitlines())) + 12


@pytest.mark.parametrize("line", READS)
def test_a_vietnamese_table_fits_eighty_columns(assigned: Desk, line: str) -> None:
    assigned.types("meeting close GB-1")

    shown = assigned.types(f"{line} --lang vi").out

    tables = [text for text in shown.splitlines() if "  " in text.strip() and not line.startswith("setting")]
    assert max(map(width, tables), default=0) <= 80
