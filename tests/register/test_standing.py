"""How a directive and its shares stand: delivery and the clock, suspension, the parts of a whole, links and labels."""

import pytest

from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, NOI_VU, OFFICE, assign, day


def share(register, number, at=None, which=1):
    shares = {each.share: each for each in register.as_of(at)[number].shares}
    return shares[which]


# ---------------------------------------------------------------------------------------------- delivery, and the clock


def test_the_day_of_the_first_report_of_the_result_counts_as_its_delivery(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-28T08:00+07:00")
    any_register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)
    clock.set("2021-10-02T08:00+07:00")
    any_register.report(number, "Nộp lại bản in", result=True, by=CAN_KHE_CLERK)
    clock.set("2021-10-05T08:00+07:00")

    any_register.complete(number, by=OFFICE)

    seen = any_register.as_of()[number]
    assert (seen.status, seen.timeliness) == ("completed", "completed-on-time")
    assert (seen.due_on, seen.completed_on) == (None, day(9, 28))
    assert (seen.shares[0].due_on, seen.shares[0].delivered_on) == (day(9, 30), day(9, 28))


def test_after_a_return_the_next_report_of_the_result_counts(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-28T08:00+07:00")
    any_register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)
    any_register.return_(number, reason="thiếu biểu", by=OFFICE)
    clock.set("2021-10-02T08:00+07:00")
    any_register.report(number, "Đã bổ sung", result=True, by=CAN_KHE_CLERK)

    any_register.complete(number, by=OFFICE)

    assert any_register.as_of()[number].completed_on == day(10, 2)
    assert any_register.as_of()[number].timeliness == "completed-late"


def test_a_delivery_that_is_given_counts_before_any_report(register, clock):
    number = assign(register)
    clock.set("2021-10-02T08:00+07:00")
    register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)

    register.complete(number, delivered_on=day(9, 30), by=OFFICE)

    assert register.as_of()[number].timeliness == "completed-on-time"
    assert register.as_of()[number].completed_on == day(9, 30)


def test_without_a_report_the_day_of_the_completion_counts(register, clock):
    number = assign(register)
    clock.set("2021-10-02T08:00+07:00")

    register.complete(number, reason="đã thấy tại chỗ", effective_on=day(9, 30), by=OFFICE)

    assert register.as_of()[number].completed_on == day(9, 30)


def test_while_a_result_awaits_acceptance_the_clock_stands_until_it_is_returned(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-30T08:00+07:00")
    any_register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)
    clock.set("2021-10-05T08:00+07:00")
    assert any_register.as_of()[number].timeliness == "in-time"

    any_register.return_(number, reason="thiếu biểu", by=OFFICE)

    assert any_register.as_of()[number].timeliness == "overdue"
    assert any_register.as_of(day(10, 4))[number].timeliness == "in-time"


def test_a_result_reported_late_is_overdue_while_it_waits(register, clock):
    number = assign(register)
    clock.set("2021-10-01T08:00+07:00")

    register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)

    assert register.as_of()[number].timeliness == "overdue"


def test_what_is_reopened_loses_its_delivery_and_keeps_its_deadline(register):
    number = assign(register)
    register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)
    register.complete(number, by=OFFICE)

    register.reopen(number, reason="kết quả sai", by=CHAIR)

    seen = register.as_of()[number]
    assert (seen.status, seen.due_on, seen.completed_on, seen.extensions) == ("in-progress", day(10, 9), None, 1)
    assert seen.shares[0].delivered_on is None


@pytest.mark.parametrize(
    ("on", "timeliness"),
    [(day(9, 26), "in-time"), (day(9, 27), "due-soon"), (day(9, 30), "due-soon"), (day(10, 1), "overdue")],
)
def test_a_duty_is_near_three_days_ahead_and_overdue_the_day_after(register, on, timeliness):
    number = assign(register)

    assert register.as_of(on)[number].timeliness == timeliness


def test_a_duty_extended_in_time_is_not_overdue_and_shows_its_first_deadline(any_register, clock):
    number = assign(any_register)
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    clock.set("2021-10-05T08:00+07:00")

    seen = any_register.as_of()[number]

    assert (seen.timeliness, seen.due_on, seen.original_due_on) == ("in-time", day(10, 9), day(9, 30))
    assert any_register.as_of(day(10, 10))[number].timeliness == "overdue"


def test_a_corrected_deadline_is_the_first_one_and_no_extension(register):
    plain, moved = assign(register), assign(register)
    register.extend(moved, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    for number in (plain, moved):
        register.amend(number, due=day(9, 28), by=OFFICE)

    seen = [register.as_of()[number] for number in (plain, moved)]
    assert [(d.due_on, d.original_due_on, d.extensions) for d in seen] == [
        (day(9, 28), day(9, 28), 0),
        (day(10, 9), day(9, 28), 1),
    ]


# ------------------------------------------------------------------------------------------------------------ at rest


@pytest.mark.parametrize("before", ["assigned", "in-progress", "awaiting-acceptance", "declined", "returned"])
def test_a_duty_that_rested_goes_on_where_it_stood(register, before):
    from tests.register.test_guards import bring_to

    number = bring_to(register, before)
    register.suspend(number, reason="chờ hướng dẫn", by=CHAIR)
    resting = register.as_of(day(10, 5))[number]

    register.resume(number, reason="đã có hướng dẫn", by=CHAIR)

    assert (resting.status, resting.timeliness, resting.due_on) == ("suspended", "suspended", day(9, 30))
    assert (register.as_of()[number].status, register.as_of()[number].due_on) == (before, day(9, 30))


def test_a_duty_withdrawn_at_rest_and_reopened_is_work_and_cannot_be_resumed(register):
    number = assign(register)
    register.suspend(number, reason="chờ", by=CHAIR)
    register.withdraw(number, reason="không còn cần", by=CHAIR)

    register.reopen(number, reason="vẫn cần", by=CHAIR)

    assert register.as_of()[number].status == "in-progress"


# ------------------------------------------------------------------------------------------------- the parts of a whole


def test_the_least_advanced_share_and_the_worst_of_the_open_ones_speak_for_the_whole(register, clock):
    number = assign(register, CAN_KHE, NOI_VU)
    register.extend(number, to=day(10, 20), unit=CAN_KHE, reason="mưa lũ", by=CHAIR)
    register.report(number, "Đang làm", unit=NOI_VU, by=OFFICE)
    clock.set("2021-10-05T08:00+07:00")

    seen = register.as_of()[number]

    assert (seen.status, seen.timeliness, seen.due_on) == ("assigned", "overdue", day(9, 30))
    assert [each.timeliness for each in seen.shares] == ["in-time", "overdue"]


def test_a_whole_is_completed_when_every_part_is_over_and_one_is_completed(register):
    number = assign(register, CAN_KHE, NOI_VU)
    register.complete(number, unit=CAN_KHE, reason="đã xong", by=OFFICE)
    assert register.as_of()[number].status == "assigned"

    register.withdraw(number, unit=NOI_VU, reason="không còn cần", by=CHAIR)

    seen = register.as_of()[number]
    assert (seen.status, seen.timeliness, seen.completed_on) == ("completed", "completed-on-time", day(9, 22))


def test_a_completed_whole_is_late_if_one_part_is(register, clock):
    number = assign(register, CAN_KHE, NOI_VU)
    register.complete(number, unit=CAN_KHE, reason="đã xong", by=OFFICE)
    clock.set("2021-10-02T08:00+07:00")

    register.complete(number, unit=NOI_VU, reason="đã xong", by=OFFICE)

    seen = register.as_of()[number]
    assert (seen.timeliness, seen.completed_on) == ("completed-late", day(10, 2))


def test_a_whole_that_is_all_closed_is_what_came_last_in_the_fold(any_register, clock):
    number = assign(any_register, CAN_KHE, NOI_VU)
    clock.set("2021-10-02T08:00+07:00")
    any_register.supersede(number, unit=NOI_VU, by_number="khac/3", reason="x", by=CHAIR)
    any_register.withdraw(number, unit=CAN_KHE, reason="x", effective_on=day(9, 30), by=CHAIR)

    seen = any_register.as_of()[number]

    assert (seen.status, seen.timeliness, seen.due_on) == ("superseded", "closed", None)


def test_where_only_resting_parts_are_left_the_whole_rests(register):
    number = assign(register, CAN_KHE, NOI_VU)
    register.suspend(number, unit=CAN_KHE, reason="chờ", by=CHAIR)
    assert register.as_of()[number].timeliness == "in-time"

    register.complete(number, unit=NOI_VU, reason="đã xong", by=OFFICE)

    seen = register.as_of(day(10, 9))[number]
    assert (seen.status, seen.timeliness, seen.due_on) == ("suspended", "suspended", day(9, 30))


def test_an_undated_part_does_not_hide_a_dated_one(register):
    number = assign(register, CAN_KHE, NOI_VU, due=None)
    register.set_deadline(number, due=day(9, 28), unit=NOI_VU, by=CHAIR)

    assert register.as_of()[number].due_on == day(9, 28)
    assert register.as_of(day(9, 29))[number].timeliness == "overdue"


# ------------------------------------------------------------------------------------------- what changes no work state


def test_labels_are_put_on_replaced_and_taken_off(any_register):
    number = assign(any_register)
    any_register.label(number, {"field": "đất đai", "officer": "Hoa"}, by=OFFICE)

    any_register.label(number, {"field": "xây dựng", "officer": None}, by=OFFICE)

    assert any_register.as_of()[number].labels == {"field": "xây dựng"}
    assert len(any_register.as_of().directives(label="field=xây dựng")) == 1
    assert any_register.as_of().directives(label="officer") == []


def test_reminders_are_counted_and_remarks_kept_in_the_order_of_their_days(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-02T08:00+07:00")
    any_register.explain(number, "Chờ số liệu", by=CAN_KHE_CLERK)
    any_register.note(number, "Đã gọi điện", effective_on=day(9, 25), by=OFFICE)
    any_register.remind(number, by=OFFICE)
    any_register.remind(number, "lần hai", by=CHAIR)

    seen = any_register.as_of()[number]

    assert (seen.status, seen.reminders) == ("assigned", 2)
    assert [(note["kind"], note["text"]) for note in seen.notes] == [
        ("note", "Đã gọi điện"),
        ("explanation", "Chờ số liệu"),
    ]


def test_a_link_points_to_another_directive_or_into_another_register(any_register):
    first, second = assign(any_register), assign(any_register)

    any_register.link(first, "continues", f"D-{second}", by=OFFICE)
    any_register.link(first, "parent", "UBND tỉnh/7", by=OFFICE)

    links = any_register.as_of()[first].links
    assert {"relation": "continues", "target": second} in links
    assert {"relation": "parent", "target": "UBND tỉnh/7"} in links


def test_what_is_superseded_names_its_successor(any_register):
    first, second = assign(any_register), assign(any_register)

    any_register.supersede(first, by_number=second, reason="văn bản mới", by=CHAIR)

    seen = any_register.as_of()[first]
    assert (seen.status, seen.timeliness) == ("superseded", "closed")
    assert {"relation": "superseded-by", "target": second} in seen.links
    assert any_register.as_of()[second].status == "assigned"
