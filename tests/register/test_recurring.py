"""Duties that come back, and duties that wait for an event: periods, their naming, and what the whole shows of them."""

import pytest

from directives_core.errors import NotAllowed, UnknownPeriod, WrongState
from tests.register.given import (
    CAN_KHE,
    CAN_KHE_CLERK,
    CHAIR,
    MONTHLY,
    NOI_VU,
    OFFICE,
    assign,
    day,
    refused,
)


def periods(register, number, at=None, which=0):
    """Name, status and timeliness of every period that has begun."""
    found = register.as_of(at)[number].shares[which].periods
    return [(each.period, each.status, each.timeliness) for each in found]


def test_the_first_period_is_the_one_whose_due_day_is_not_before_the_assignment(any_register):
    number = assign(any_register, due=MONTHLY)
    late = assign(any_register, due="trước ngày 22 hàng tháng")

    assert periods(any_register, number) == [("2021-09", "assigned", "due-soon")]
    assert periods(any_register, late) == []
    seen = any_register.as_of()[late]
    assert (seen.status, seen.timeliness, seen.due_on) == ("assigned", "in-time", day(10, 21))


def test_periods_begin_by_themselves_and_fall_overdue_without_an_event(any_register):
    number = assign(any_register, due=MONTHLY)

    seen = any_register.as_of(day(11, 5))[number]

    assert periods(any_register, number, day(11, 5)) == [
        ("2021-09", "assigned", "overdue"),
        ("2021-10", "assigned", "overdue"),
        ("2021-11", "assigned", "in-time"),
    ]
    assert (seen.status, seen.timeliness, seen.due_on) == ("assigned", "overdue", day(9, 22))
    assert seen.original_due_on is None
    assert any_register.as_of(day(11, 5)).figures().total.total == 1


def test_a_report_names_the_only_period_that_is_open_by_itself(any_register):
    number = assign(any_register, due=MONTHLY)

    any_register.report(number, "Báo cáo tháng 9", result=True, by=CAN_KHE_CLERK)

    assert any_register.history(number)[-1].payload["period"] == "2021-09"
    assert periods(any_register, number) == [("2021-09", "awaiting-acceptance", "in-time")]


def test_where_several_periods_are_open_one_has_to_be_named(any_register, clock):
    number = assign(any_register, due=MONTHLY)
    clock.set("2021-10-05T08:00+07:00")

    with refused(any_register, UnknownPeriod) as caught:
        any_register.report(number, "Báo cáo", by=CAN_KHE_CLERK)
    assert "2021-09, 2021-10" in str(caught.value)
    assert f"D-{number}/1@2021-10" in str(caught.value)
    any_register.report(f"{number}/1@2021-10", "Báo cáo", by=CAN_KHE_CLERK)
    any_register.report(number, "Báo cáo", period="2021-09", result=True, by=CAN_KHE_CLERK)

    assert [status for _, status, _ in periods(any_register, number)] == ["awaiting-acceptance", "in-progress"]


@pytest.mark.parametrize("period", ["2021-08", "2021-11", "2021-Q4", "2021", "2021-13", "2021-10-22"])
def test_a_period_that_has_not_begun_or_never_will_cannot_be_named(register, period):
    number = assign(register, due=MONTHLY)

    with refused(register, UnknownPeriod) as caught:
        register.report(number, "Báo cáo", period=period, by=CAN_KHE_CLERK)

    assert (caught.value.number, caught.value.share, caught.value.period) == (number, 1, period)
    assert "begun are 2021-09" in str(caught.value)


def test_a_period_is_named_of_nothing_that_does_not_recur(register):
    number = assign(register)

    with refused(register, UnknownPeriod) as caught:
        register.report(number, "Báo cáo", period="2021-09", by=CAN_KHE_CLERK)

    assert "does not recur" in str(caught.value)


def test_a_period_can_be_named_from_its_first_day_on(register, clock):
    number = assign(register, due=MONTHLY)
    clock.set("2021-10-01T00:00+07:00")

    register.report(number, "Báo cáo", period="2021-10", by=CAN_KHE_CLERK)

    assert periods(register, number)[1][:2] == ("2021-10", "in-progress")


def test_a_completion_with_a_period_completes_it_and_without_one_ends_the_recurrence(any_register, clock):
    number = assign(any_register, due=MONTHLY)
    any_register.report(number, "Báo cáo", result=True, by=CAN_KHE_CLERK)
    any_register.complete(number, period="2021-09", by=OFFICE)

    seen = any_register.as_of()[number]
    assert periods(any_register, number) == [("2021-09", "completed", "completed-on-time")]
    assert (seen.status, seen.due_on, seen.timeliness) == ("assigned", day(10, 22), "in-time")

    clock.set("2021-10-05T08:00+07:00")
    any_register.complete(number, reason="dự án kết thúc", by=OFFICE)

    seen = any_register.as_of(day(12, 1))[number]
    assert (seen.status, seen.timeliness) == ("completed", "completed-no-deadline")
    with refused(any_register, WrongState):
        any_register.report(number, "Báo cáo", period="2021-10", by=CAN_KHE_CLERK)


def test_a_period_is_completed_late_returned_extended_and_reopened_by_itself(any_register, clock):
    number = assign(any_register, due=MONTHLY)
    clock.set("2021-10-05T08:00+07:00")
    any_register.extend(number, to=day(10, 10), period="2021-09", reason="mưa lũ", by=CHAIR)
    any_register.report(number, "Báo cáo", result=True, period="2021-09", by=CAN_KHE_CLERK)
    any_register.return_(number, reason="thiếu", by=OFFICE)
    clock.set("2021-10-12T08:00+07:00")
    any_register.report(number, "Báo cáo", result=True, period="2021-09", by=CAN_KHE_CLERK)
    any_register.complete(number, period="2021-09", by=OFFICE)

    assert periods(any_register, number) == [
        ("2021-09", "completed", "completed-late"),
        ("2021-10", "assigned", "in-time"),
    ]
    any_register.reopen(number, period="2021-09", reason="sai số liệu", by=CHAIR)
    assert periods(any_register, number)[0] == ("2021-09", "in-progress", "overdue")
    assert any_register.as_of()[number].shares[0].periods[0].due_on == day(10, 10)


def test_what_names_no_period_acts_on_the_share(any_register):
    number = assign(any_register, due=MONTHLY)

    any_register.suspend(number, reason="chờ hướng dẫn", by=CHAIR)

    seen = any_register.as_of(day(12, 1))[number]
    assert (seen.status, seen.timeliness) == ("suspended", "suspended")
    with refused(any_register, WrongState):
        any_register.report(number, "Báo cáo", period="2021-09", by=CAN_KHE_CLERK)


@pytest.mark.parametrize("end", ["suspend", "withdraw", "complete"])
def test_a_period_that_is_not_named_is_not_found_in_a_duty_that_rests_or_ended(any_register, end):
    number = assign(any_register, due=MONTHLY)
    getattr(any_register, end)(number, source="15/TB-UBND", by=OFFICE)

    for attempt in (
        lambda: any_register.report(number, "Báo cáo", by=CAN_KHE_CLERK),
        lambda: any_register.extend(number, to=day(9, 25), reason="mưa lũ", by=CHAIR),
        lambda: any_register.request_extension(number, to=day(9, 25), reason="mưa lũ", by=OFFICE),
        lambda: any_register.set_deadline(number, due=day(9, 21), by=CHAIR),
    ):
        with refused(any_register, WrongState):
            attempt()


def test_an_acknowledged_duty_begins_its_periods_as_work(register):
    number = assign(register, due=MONTHLY)

    register.acknowledge(number, by=CAN_KHE_CLERK)

    assert [status for _, status, _ in periods(register, number, day(10, 5))] == ["in-progress", "in-progress"]


def test_a_late_report_of_a_period_is_known_late(any_register, clock):
    number = assign(any_register, due=MONTHLY)
    clock.set("2021-10-05T08:00+07:00")
    any_register.report(number, "Báo cáo", period="2021-09", result=True, effective_on=day(9, 22), by=OFFICE)

    assert any_register.as_of(day(9, 30))[number].timeliness == "overdue"
    assert any_register.as_of(day(9, 30), known_at="now")[number].timeliness == "in-time"


def test_several_units_of_a_recurring_duty_have_periods_of_their_own(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU, due=MONTHLY)

    any_register.report(number, "Báo cáo", result=True, by=CAN_KHE_CLERK)

    seen = any_register.as_of()[number]
    assert [share.status for share in seen.shares] == ["awaiting-acceptance", "assigned"]
    assert (seen.status, seen.timeliness) == ("assigned", "due-soon")
    with refused(any_register, NotAllowed):
        any_register.report(number, "Báo cáo", unit=NOI_VU, by=CAN_KHE_CLERK)


def test_an_heir_takes_over_the_periods(any_register):
    number = assign(any_register, due=MONTHLY)
    any_register.report(number, "Báo cáo", result=True, by=CAN_KHE_CLERK)

    any_register.hand_over(number, to=NOI_VU, rests_on="NQ 12", by=OFFICE)

    assert periods(any_register, number, which=1) == [("2021-09", "awaiting-acceptance", "in-time")]


@pytest.mark.parametrize(
    ("wording", "period", "due_on"),
    [
        ("trước ngày 23 hàng tháng", "2021-09", day(9, 22)),
        ("trước ngày 25 hằng tháng", "2021-09", day(9, 24)),
    ],
)
def test_the_wording_of_a_recurring_deadline_is_kept_with_its_rule(register, wording, period, due_on):
    number = assign(register, due=wording)

    seen = register.as_of()[number]

    assert (seen.deadline.wording, seen.deadline.rule, seen.due_on) == (wording, "recurring", due_on)
    assert periods(register, number)[0][0] == period


# ---------------------------------------------------------------------------------- deadlines that wait for an event


def test_a_deadline_that_waits_for_an_event_is_open_until_the_event_has_a_day(any_register):
    number = assign(any_register, due="tại cuộc họp giao ban tiếp theo")
    seen = any_register.as_of(day(12, 1))[number]
    assert (seen.due_on, seen.timeliness, seen.deadline.rule) == (None, "no-deadline", "event-relative")

    any_register.set_deadline(number, due=day(10, 15), reason="họp ngày 15/10", by=CHAIR)

    seen = any_register.as_of(day(12, 1))[number]
    assert (seen.due_on, seen.timeliness, seen.extensions) == (day(10, 15), "overdue", 0)


def test_a_period_that_is_over_is_named_by_the_refusal_though_the_duty_goes_on(register, clock):
    number = assign(register, due=MONTHLY)
    register.complete(number, period="2021-09", reason="đã xong", by=OFFICE)

    for named in ({}, {"period": "2021-09"}):
        with refused(register, WrongState) as refusal:
            register.report(number, "Đã nộp", by=OFFICE, **named)
        assert "it is completed in 2021-09" in str(refusal.value)


def test_where_no_period_has_begun_the_refusal_says_when_the_first_one_does(register, clock):
    clock.set("2021-09-24T08:00+07:00")
    number = assign(register, due=MONTHLY)

    with refused(register, WrongState) as refusal:
        register.report(number, "Đã nộp", by=OFFICE)

    assert "no period of it has begun" in str(refusal.value)
    assert "2021-10-01" in str(refusal.value)
