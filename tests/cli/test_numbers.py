"""N: lists, ranges, shares and items; several are one commit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_cli.numbers import read_numbers, show_numbers
from tests.cli.desk import Desk


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", ["12"]),
        ("D-12", ["D-12"]),
        ("12,15-18", ["12", "15", "16", "17", "18"]),
        ("D-2-D-4, 3", ["2", "3", "4"]),
        ("12/3@2021-10", ["12/3@2021-10"]),
        ("123/TB-UBND:II.11.1,4", ["123/TB-UBND:II.11.1", "4"]),
    ],
)
def test_what_is_typed_names_these(typed: str, read: list[str]) -> None:
    assert read_numbers(typed) == read


@given(st.lists(st.integers(1, 60), min_size=1, unique=True).map(sorted))
def test_what_is_shown_can_be_typed_again(numbers: list[int]) -> None:
    assert [int(each.removeprefix("D-")) for each in read_numbers(show_numbers(numbers))] == numbers


def test_a_range_is_one_commit_under_one_command_id(assigned: Desk) -> None:
    before = assigned.positions()

    told = assigned.types("note 1-2 'Đã gọi' --command-id call --json").json

    assert told["numbers"] == [1, 2]
    assert told["positions"] == [before + 1, before + 2]
    assert told["command_id"] == "call"
    assert [each["version"] for each in told["results"]] == [2, 2]
    recorded = {event["recorded_at"] for event in assigned.types("log --type noted --json").json["events"]}
    assert len(recorded) == 1


def test_where_one_of_them_is_refused_nothing_is_written(assigned: Desk) -> None:
    before = assigned.positions()

    refused = assigned.types("acknowledge 1,2", code=1)

    assert "D-2" in refused.err
    assert "hint: they are one commit (1,2): nothing was written" in refused.err
    assert assigned.positions() == before
    assert assigned.types("acknowledge 1,2 --all-units").out == "1-2\n"


def test_a_dry_run_tells_everything_and_writes_nothing(assigned: Desk) -> None:
    before = assigned.positions()

    told = assigned.types("acknowledge 1,2 --all-units --dry-run --json").json
    alone = assigned.types("assign x --to 'can khe' --due 'trước ngày 03/10/2021' --dry-run")

    assert told["dry_run"] is True
    assert told["positions"] == [before + 1, before + 2]
    assert alone.out == "D-3\n"
    assert alone.err.splitlines()[-1] == "dry run: nothing was written"
    assert "warning: " in alone.err
    assert assigned.positions() == before
    assert "may not" in assigned.types("extend 1 --to 2021-10-20 --reason x --dry-run", code=1).err


def test_a_unit_is_typed_as_any_part_of_its_name_and_a_lead_of_the_directive_is_preferred(assigned: Desk) -> None:
    assigned.types("unit add 'UBND xã Cán Khê Đông'")

    told = assigned.types("acknowledge 2 --unit 'can khe' --json").json

    assert told["version"] == 2
    assert assigned.types("history 2 --json").json["events"][1]["payload"]["shares"] == [1]
