"""The list of the day, and the letters of reminder that are written by it."""

from datetime import date

import pytest

from directives_core import Register
from directives_core.errors import BadValue
from directives_core.reminding import record_letters
from directives_core.testing import Clock
from directives_core.views.daily import DailyItem
from tests.register.given import CAN_KHE, CHAIR, HUYEN, MONTHLY, NOI_VU, OFFICE

TODAY = date(2021, 10, 1)


@pytest.fixture
def busy(register: Register, clock: Clock) -> Register:
    """On 1 October 2021: D-1 overdue, D-2 due today, D-3 due in three days, D-4 due in a month, D-5 without a day."""
    for due in (date(2021, 9, 28), TODAY, date(2021, 10, 4), date(2021, 11, 1), None):
        register.assign("Nộp hồ sơ", to=[CAN_KHE], due=due, by=OFFICE)
    clock.set("2021-10-01T08:00+07:00")
    return register


def listed(register: Register, section: str) -> list[str]:
    return [item.name for item in register.daily().items if item.section == section]


def the_one(register: Register, section: str) -> DailyItem:
    (item,) = (item for item in register.daily().items if item.section == section)
    return item


def test_the_day_lists_what_is_late_due_and_due_soon_and_nothing_else(busy: Register) -> None:
    found = busy.daily()

    assert [(item.section, item.name, item.days_left) for item in found.items] == [
        ("overdue", "D-1/1", -3), ("due-today", "D-2/1", 0), ("due-soon", "D-3/1", 3)
    ]  # fmt: skip
    assert found.moment.effective_on == TODAY


def test_a_result_that_awaits_acceptance_waits_for_the_office_however_late_it_came(busy: Register) -> None:
    busy.report(1, "Đã nộp", result=True, by=OFFICE)

    assert listed(busy, "overdue") == []
    assert the_one(busy, "awaiting-acceptance").timeliness == "overdue"


def test_a_request_for_extension_is_listed_beside_the_deadline_that_runs_on(busy: Register) -> None:
    busy.request_extension(1, to=date(2021, 10, 20), reason="mưa lũ", by=OFFICE)

    assert listed(busy, "overdue") == ["D-1/1"]
    assert the_one(busy, "extension-requested").wished_on == date(2021, 10, 20)


def test_what_is_extended_by_rights_is_not_late(busy: Register) -> None:
    busy.extend(1, to=date(2021, 12, 1), reason="mưa lũ", by=CHAIR)

    assert listed(busy, "overdue") == []


def test_a_recurring_report_opens_with_its_period_and_is_listed_for_a_week(busy: Register, clock: Clock) -> None:
    busy.assign("Báo cáo hằng tháng", to=[CAN_KHE], due=MONTHLY, by=OFFICE)

    assert listed(busy, "opening") == ["D-6/1@2021-10"]
    clock.set("2021-10-08T08:00+07:00")
    assert listed(busy, "opening") == []


def test_a_period_that_is_reported_no_longer_opens(busy: Register) -> None:
    busy.assign("Báo cáo hằng tháng", to=[CAN_KHE], due=MONTHLY, by=OFFICE)

    busy.report("6@2021-10", "Đã gửi", result=True, by=OFFICE)

    assert listed(busy, "opening") == []
    assert listed(busy, "awaiting-acceptance") == ["D-6/1@2021-10"]


def test_the_day_of_a_past_moment_says_what_was_known_then(busy: Register, clock: Clock) -> None:
    clock.set("2021-10-05T08:00+07:00")
    busy.complete(1, reason="đã nộp", effective_on=date(2021, 9, 27), by=OFFICE)

    then, since = busy.daily(TODAY), busy.daily(TODAY, known_at="now")

    assert [item.name for item in then.of("overdue")] == ["D-1/1"]
    assert since.of("overdue") == []


def test_the_list_of_a_unit_holds_its_own_shares_only(busy: Register) -> None:
    busy.assign("Rà soát", to=[CAN_KHE, NOI_VU], due=TODAY, by=OFFICE)

    assert [item.name for item in busy.daily(unit=NOI_VU).items] == ["D-6/2"]


def test_each_unit_gets_one_letter_with_what_is_over_for_longest_first(busy: Register) -> None:
    busy.assign("Rà soát", to=[CAN_KHE, NOI_VU], due=date(2021, 9, 25), effective_on=date(2021, 9, 22), by=OFFICE)

    letters = busy.letters()

    assert {letter.unit.name: [item.duty.name for item in letter.items] for letter in letters} == {
        NOI_VU: ["D-6/2"], CAN_KHE: ["D-6/1", "D-1/1"],
    }  # fmt: skip


def test_sent_letters_are_one_commit_and_counted_in_the_next_ones(busy: Register) -> None:
    busy.assign("Rà soát", to=[CAN_KHE, NOI_VU], due=date(2021, 9, 25), effective_on=date(2021, 9, 22), by=OFFICE)

    sent = record_letters(busy, busy.letters(), how={"by": OFFICE, "command_id": "letters"})
    busy.undo(busy.remind(1, by=OFFICE).command_id, by=OFFICE, reason="nhầm")

    assert [int(number) for number in sent] == [1, 6]
    assert [entry.payload["shares"] for entry in busy.history(6) if entry.type.endswith("reminded")] == [[1, 2]]
    assert {letter.unit.name: (letter.nth, [item.earlier for item in letter.items]) for letter in busy.letters()} == {
        NOI_VU: (2, [1]), CAN_KHE: (2, [1, 1]),
    }  # fmt: skip


def test_nobody_is_reminded_of_what_is_not_due(busy: Register) -> None:
    busy.complete(1, reason="đã nộp", by=OFFICE)

    assert busy.letters() == []
    assert record_letters(busy, [], how={"by": OFFICE}) == []
    with pytest.raises(BadValue, match="overdue, due-today, due-soon"):
        busy.letters(sections=["awaiting-acceptance"])


def test_shares_can_be_named_by_number_where_units_can(busy: Register) -> None:
    busy.assign("Rà soát", to=[CAN_KHE, NOI_VU, HUYEN], due=TODAY, by=OFFICE)

    busy.remind(6, unit=["6/1", "D-6/3"], by=OFFICE)

    assert busy.history(6)[-1].payload["shares"] == [1, 3]
    with pytest.raises(BadValue, match="shares of D-6"):
        busy.remind(6, unit=["5/1"], by=OFFICE)
    with pytest.raises(BadValue, match="shares of D-6"):
        busy.remind(6, unit=["6/1", CAN_KHE], by=OFFICE)
