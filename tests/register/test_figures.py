"""Figures: the official table, what it counts and what its rates are a part of, and the sample notice."""

from pathlib import Path

import pytest

from directives_core import read_notice
from tests.register.given import CAN_KHE, CHAIR, HUYEN, NOI_VU, OFFICE, assign, assign_to_class, day
from tests.register.test_guards import bring_to

NOTICES = Path(__file__).parents[3] / "shared" / "notices"
SAMPLE = NOTICES / "nhu-thanh-2021-09-22.txt"
COLUMNS = (
    "completed_on_time", "completed_late", "open_in_time", "open_overdue", "completed_no_deadline",
    "open_no_deadline", "suspended", "closed",
)  # fmt: skip


def one_of_every_kind(register, clock) -> None:
    """One directive for every column, as of 5 October."""
    completed, late, bare = assign(register), assign(register), assign(register, due=None)
    assign(register, due=day(10, 30))
    assign(register)
    assign(register, due=None)
    bring_to(register, "suspended")
    bring_to(register, "withdrawn")
    clock.set("2021-10-05T08:00+07:00")
    register.complete(completed, delivered_on=day(9, 30), reason="đã xong", by=OFFICE)
    register.complete(late, reason="đã xong", by=OFFICE)
    register.complete(bare, reason="đã xong", by=OFFICE)


def test_every_directive_falls_in_exactly_one_column(any_register, clock):
    one_of_every_kind(any_register, clock)

    table = any_register.as_of().figures()

    assert (table.counts, table.total.total) == ("directives", 8)
    assert table.total.as_json() == {"total": 8, **dict.fromkeys(COLUMNS, 1)}


def test_every_rate_names_what_it_is_a_part_of(register, clock):
    one_of_every_kind(register, clock)

    rates = {rate.name: rate for rate in register.as_of().figures().rates}

    on_time = rates["completed on time"]
    assert (on_time.numerator, on_time.denominator, on_time.value) == (1, 2, 0.5)
    assert on_time.denominator_is == "completed with a deadline"
    assert (rates["completed"].numerator, rates["completed"].denominator) == (3, 4)
    assert (rates["overdue"].numerator, rates["overdue"].denominator) == (1, 2)


def test_a_rate_of_nothing_has_no_value(register):
    assert all(rate.value is None and rate.denominator == 0 for rate in register.as_of().figures().rates)


def test_per_unit_shares_are_counted_and_what_was_handed_over_is_left_out(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU)
    any_register.hand_over(number, to=HUYEN, unit=CAN_KHE, rests_on="NQ 12", by=OFFICE)
    assign(any_register, due=None)
    assign_to_class(any_register)

    table = any_register.as_of().figures(by="unit")

    assert table.counts == "shares"
    assert [(name, tally.total) for _, name, tally in table.rows] == [
        (NOI_VU, 1), (HUYEN, 1), (CAN_KHE, 1), ("(not allocated)", 1),
    ]  # fmt: skip
    assert table.total.total == 4
    assert sum(tally.open_no_deadline for _, _, tally in table.rows) == 1


def test_every_row_and_the_total_add_up(register, clock):
    one_of_every_kind(register, clock)
    assign(register, CAN_KHE, NOI_VU, HUYEN)

    table = register.as_of().figures(by="unit")

    for row in [*(tally for _, _, tally in table.rows), table.total]:
        assert row.total == sum(getattr(row, column) for column in COLUMNS)
    assert table.total.total == sum(tally.total for _, _, tally in table.rows)


def test_figures_of_the_past_use_the_deadline_then_in_force(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    assert any_register.as_of(day(10, 4)).figures().total.open_overdue == 1
    assert any_register.as_of(day(10, 5)).figures().total.open_overdue == 0
    assert any_register.as_of(day(10, 10)).figures().total.open_overdue == 1


# ------------------------------------------------------------------------------------------------- the sample notice


@pytest.fixture
def sample(register):
    if not SAMPLE.exists():
        pytest.skip("the sample notice is not here")
    draft = read_notice(SAMPLE.read_text(encoding="utf-8"))
    register.record_notice(draft, by=OFFICE, add_units=True, number="123/TB-UBND")
    return register


def test_if_nothing_is_ever_reported_these_of_the_sample_notice_fall_overdue(sample):
    found = {str(on): len(sample.as_of(on).directives(timeliness="overdue")) for on in (day(10, 1), day(10, 18))}
    found |= {"2021-10-19": len(sample.as_of(day(10, 19)).directives(timeliness="overdue"))}

    assert found == {"2021-10-01": 3, "2021-10-18": 6, "2021-10-19": 7}
    assert len(sample.as_of(day(11, 1)).directives(timeliness="overdue")) in (13, 9)


def test_all_of_the_sample_notice_is_effective_on_the_day_of_its_meeting(sample):
    view = sample.as_of(day(9, 22))

    assert {directive.assigned_on for directive in view} == {day(9, 22)}
    assert len(view.directives(notice="123/TB-UBND")) == len(list(view)) > 40
    for on in (day(9, 22), day(10, 19), day(12, 31)):
        table = sample.as_of(on).figures()
        assert table.total.total == len(list(view)) == sum(getattr(table.total, column) for column in COLUMNS)


def test_an_item_of_the_sample_notice_is_named_by_its_path(sample):
    for directive in list(sample.as_of())[:5]:
        assert sample.number_of(f"123/TB-UBND:{directive.path}") == directive.number
