"""The agenda of a meeting, and who has waited for long: the days that are left by the clock of each share."""

import pytest

from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, MONTHLY, NOI_VU, OFFICE, assign, day, status


def items(register, at=None, **how):
    return {(item.number, item.share): item for item in register.agenda(at, **how).items}


def test_the_duties_that_bind_are_listed_by_unit_the_longest_overdue_first(any_register):
    early, late = assign(any_register, due=day(9, 27)), assign(any_register, CAN_KHE, NOI_VU)
    undated = assign(any_register, due=None)
    over = assign(any_register)
    any_register.complete(over, reason="đã xong", by=OFFICE)

    agenda = any_register.agenda(day(10, 2))

    assert [(item.unit.name, item.number, item.days_left) for item in agenda.items] == [
        (NOI_VU, late, -2),
        (CAN_KHE, early, -5),
        (CAN_KHE, late, -2),
        (CAN_KHE, undated, None),
    ]
    assert agenda.moment.provisional
    assert agenda.previous is None


def test_an_item_shows_what_the_meeting_before_saw_and_was_promised(any_register, clock):
    number = assign(any_register)
    any_register.extend(number, to=day(10, 5), reason="mưa lũ", by=CHAIR)
    any_register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-10-04T08:00+07:00")
    any_register.report(number, "Đang làm", by=CAN_KHE_CLERK)
    any_register.extend(number, to=day(10, 20), reason="mưa lũ", by=CHAIR)
    any_register.request_extension(number, to=day(10, 30), reason="mưa nữa", by=CAN_KHE_CLERK)
    any_register.open_meeting("GB-2021-10", on=day(10, 26), by=OFFICE)

    agenda = any_register.agenda("GB-2021-10")

    (item,) = agenda.items
    assert agenda.previous.effective_on == day(9, 22)
    assert (item.promised_on, item.status_then) == (day(10, 5), "assigned")
    assert (item.due_on, item.days_left, item.original_due_on) == (day(10, 20), -6, day(9, 30))
    assert (item.extensions, item.request_pending, item.wished_on) == (2, True, day(10, 30))
    assert (item.status, item.last_report.text) == ("in-progress", "Đang làm")


def test_what_was_promised_by_a_unit_is_still_promised_by_its_heirs(any_register, clock):
    number = assign(any_register)
    any_register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-10-04T08:00+07:00")

    any_register.hand_over(number, to=NOI_VU, rests_on="quyết định", by=OFFICE)

    (item,) = any_register.agenda().items
    assert (item.share, item.promised_on, item.status_then) == (2, day(9, 30), "assigned")


def test_an_agenda_knows_no_meeting_that_was_recorded_after_what_it_knows(any_register, clock):
    assign(any_register)
    any_register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-09-30T08:00+07:00")
    any_register.close_meeting("GB-2021-10", by=OFFICE)
    clock.set("2021-10-20T08:00+07:00")

    any_register.close_meeting("bất thường", on=day(9, 25), by=OFFICE)

    assert any_register.agenda("GB-2021-10").previous.effective_on == day(9, 22)
    assert any_register.agenda("GB-2021-10", known_at="now").previous.effective_on == day(9, 25)


def test_while_a_result_awaits_acceptance_the_days_that_were_left_stay(any_register):
    number = assign(any_register)
    any_register.report(number, "Đã xong", result=True, by=CAN_KHE_CLERK)

    awaiting = items(any_register, day(10, 30))[number, 1]

    assert (awaiting.timeliness, awaiting.days_left) == ("in-time", 8)


def test_a_duty_at_rest_has_no_days_left_and_keeps_its_deadline(register):
    number, monthly = assign(register), assign(register, due=MONTHLY)
    for each in (number, monthly):
        register.suspend(each, reason="chờ hướng dẫn", by=CHAIR)

    resting = items(register, day(9, 25))

    assert (resting[number, 1].days_left, resting[number, 1].due_on) == (None, day(9, 30))
    assert (resting[monthly, 1].days_left, resting[monthly, 1].due_on) == (None, day(9, 22))
    assert status(register, monthly) == "suspended"


def test_the_agenda_as_json_is_what_it_shows(register):
    number = assign(register)

    shown = register.agenda().as_json()

    assert shown["previous"] is None
    assert (shown["items"][0]["number"], shown["items"][0]["days_left"]) == (number, 8)


# --------------------------------------------------------------------------------------------------- overdue for long


@pytest.mark.parametrize(
    ("on", "over_30", "over_120"),
    [
        (day(10, 30), False, False),
        (day(10, 31), True, False),
        ("2022-01-28", True, False),
        ("2022-01-29", True, True),
    ],
)
def test_long_overdue_is_more_than_30_and_more_than_120_days(register, on, over_30, over_120):
    number = assign(register)

    ageing = register.as_of(on).ageing()

    assert (number in ageing.overdue_over_30, number in ageing.overdue_over_120) == (over_30, over_120)


def test_a_result_that_came_a_day_late_is_not_long_overdue_while_it_awaits_acceptance(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-01T08:00+07:00")

    any_register.report(number, "Đã xong", result=True, by=CAN_KHE_CLERK)

    later = any_register.as_of("2021-12-30")
    assert later[number].timeliness == "overdue"
    assert later.ageing().overdue_over_30 == ()


def test_a_share_that_is_overdue_is_not_as_old_as_one_that_waits_in_time(register):
    number = assign(register, CAN_KHE, NOI_VU)
    register.report(number, "Đã xong", result=True, unit=CAN_KHE, by=OFFICE)
    register.extend(number, to=day(11, 10), unit=NOI_VU, reason="mưa lũ", by=CHAIR)

    seen = register.as_of(day(11, 12))

    assert seen[number].timeliness == "overdue"
    assert seen.ageing().overdue_over_30 == ()


@pytest.mark.parametrize(("on", "silent"), [("2021-12-21", False), ("2021-12-22", True)])
def test_an_undated_duty_is_silent_once_three_months_passed_without_a_report(register, on, silent):
    number = assign(register, due=None)

    assert (number in register.as_of(on).ageing().undated_silent_3_months) == silent


def test_a_report_breaks_the_silence(register, clock):
    number = assign(register, due=None)
    clock.set("2021-11-30T08:00+07:00")
    register.report(number, "Đang làm", by=CAN_KHE_CLERK)

    assert number not in register.as_of("2022-02-28").ageing().undated_silent_3_months
    assert number in register.as_of("2022-03-01").ageing().undated_silent_3_months
