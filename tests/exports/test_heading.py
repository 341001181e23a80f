"""What heads every output, and what is said where a format cannot be written."""

import csv
import io
import sys

import pytest

from directives_adapters.exports import FORMATS, Excerpt, export, workbook
from directives_core import Register
from directives_core.errors import BadValue, NotInstalled
from directives_core.language import speaking
from directives_core.testing import Clock
from tests.exports.given import written
from tests.register.given import CAN_KHE, OFFICE, day


def test_a_heading_tells_moment_checkpoint_and_filters(filled: Register) -> None:
    filled.checkpoint()
    root = filled.checkpoints()[-1].root.hex()

    lines = Excerpt(filled, filled.as_of(), {"unit": CAN_KHE, "timeliness": "overdue", "find": None}).heading.lines()

    last, known = filled.as_of().moment.position, "known at 2021-10-05 08:00:00 Asia/Ho_Chi_Minh"
    assert lines == [
        "Sổ theo dõi",
        f"as of 2021-10-05, {known}, position {last}, provisional: the day is not over",
        f"checkpoint of {last} events: {root}",
        f"only unit: {CAN_KHE}; timeliness: overdue",
    ]  # fmt: skip


def test_a_heading_tells_that_the_moment_is_not_the_last_word(filled: Register, clock: Clock) -> None:
    clock.set("2021-10-09T08:00+07:00")
    filled.note(1, "giấy đến muộn", effective_on=day(9, 30), by=OFFICE)

    with speaking("vi"):
        line = Excerpt(filled, filled.as_of("2021-10-05")).heading.moment_line()

    assert line.startswith("tính đến 05/10/2021, ")
    assert "1 " in line.rpartition(",")[2]
    assert "1 later event bears on this day" in Excerpt(filled, filled.as_of("2021-10-05")).heading.moment_line()


def test_a_checkpoint_that_the_moment_had_not_reached_is_not_told(filled: Register) -> None:
    moment = filled.as_of()
    filled.note(1, "sau đó", by=OFFICE)
    filled.checkpoint()

    assert Excerpt(filled, moment).heading.checkpoint is None


@pytest.mark.parametrize(("format_", "library"), [("xlsx", "xlsxwriter"), ("docx", "docx")])
def test_a_library_that_is_missing_is_named_by_its_extra(
    filled: Register, format_: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(NotInstalled, match=r"pip install 'directives\[exports\]'"):
        written(format_, filled)


def test_a_format_that_is_none_is_refused_with_those_there_are(filled: Register) -> None:
    with pytest.raises(BadValue, match="csv, xlsx, docx, ics, html, jsonl"):
        export("odt", Excerpt(filled, filled.as_of()), io.BytesIO())


def test_a_sheet_that_would_be_too_long_is_refused_and_not_cut(
    filled: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)

    with pytest.raises(BadValue, match="at most 3 rows; choose fewer, or write csv"):
        written("xlsx", filled)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_broken_off_export_leaves_no_open_file(filled: Register, format_: str) -> None:
    def stop(_things: object) -> object:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(format_, Excerpt(filled, filled.as_of(), watch=stop), io.BytesIO())  # type: ignore[arg-type]


def test_pages_come_one_after_the_other_and_stop_at_the_limit(filled: Register) -> None:
    with filled.batch(by=OFFICE):
        for number in range(600):
            filled.assign(f"Việc {number}", to=[CAN_KHE], due=day(12, 1))

    def numbers(**filters: object) -> list[int]:
        rows = csv.reader(io.StringIO(written("csv", filled, **filters).decode("utf-8-sig")))
        return [int(row[0]) for row in list(rows)[1:]]

    assert numbers(find="viec") == list(range(5, 605))
    assert numbers(find="viec", limit=550, after=10) == list(range(11, 561))
