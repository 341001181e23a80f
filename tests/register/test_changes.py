"""What changed between two moments: what the earlier meeting could not have known."""

import pytest

from directives_core.errors import BadValue
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, MONTHLY, NOI_VU, OFFICE, assign, day

MORNING = "2021-09-24T08:00+07:00"


def change(register, from_, to="now"):
    """The only change between the moments; none where there is none."""
    (found,) = register.changes(from_, to).directives or (None,)
    return found


def meeting(register, name="GB-2021-09"):
    """What is known by now, as a meeting sees it."""
    return register.close_meeting(name, by=OFFICE)


# ------------------------------------------------------------------------------------------------------ what was done


def test_what_was_given_after_the_meeting_is_new(any_register, clock):
    then = meeting(any_register)
    clock.set(MORNING)

    number = assign(any_register)

    found = change(any_register, then)
    assert (found.number, found.kinds) == (number, ("new",))
    assert (found.status_before, found.status_after) == (None, "assigned")


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        ("reported", lambda r, n: r.report(n, "Đang làm", by=CAN_KHE_CLERK)),
        ("result-reported", lambda r, n: r.report(n, "Đã xong", result=True, by=CAN_KHE_CLERK)),
        ("completed", lambda r, n: r.complete(n, reason="đã xong", by=OFFICE)),
        ("handed-over", lambda r, n: r.hand_over(n, to=NOI_VU, rests_on="quyết định", by=OFFICE)),
        ("suspended", lambda r, n: r.suspend(n, reason="chờ", by=CHAIR)),
        ("withdrawn", lambda r, n: r.withdraw(n, reason="không cần", by=CHAIR)),
        ("declined", lambda r, n: r.decline(n, reason="không đúng chức năng", by=CAN_KHE_CLERK)),
        ("extension-requested", lambda r, n: r.request_extension(n, to=day(10, 9), reason="mưa", by=CAN_KHE_CLERK)),
        ("reminded", lambda r, n: r.remind(n, by=OFFICE)),
        ("labelled", lambda r, n: r.label(n, {"field": "đất đai"}, by=OFFICE)),
    ],
)
def test_what_was_done_after_the_meeting_is_named_by_what_it_was(register, clock, kind, done):
    number = assign(register)
    then = meeting(register)
    clock.set(MORNING)

    done(register, number)

    assert change(register, then).kinds == (kind,)
    assert [fact.entry.number for fact in change(register, then).facts] == [number]


def test_a_result_that_was_returned_is_told_with_the_report(register, clock):
    number = assign(register)
    then = meeting(register)
    clock.set(MORNING)
    register.report(number, "Đã xong", result=True, by=CAN_KHE_CLERK)

    register.return_(number, reason="thiếu biểu", by=OFFICE)

    assert change(register, then).kinds == ("result-reported", "returned")


def test_an_extension_tells_the_deadline_before_and_after_and_how_many_there_were(any_register, clock):
    number = assign(any_register, CAN_KHE, NOI_VU)
    any_register.extend(number, to=day(10, 5), reason="mưa lũ", unit=CAN_KHE, by=CHAIR)
    then = meeting(any_register)
    clock.set(MORNING)

    any_register.extend(number, to=day(10, 9), reason="mưa lũ", all_units=True, by=CHAIR)

    found = change(any_register, then)
    (extended,) = found.facts
    moved = [(m.share, m.due_before, m.due_after, m.nth) for m in extended.moved]
    assert moved == [(1, day(10, 5), day(10, 9), 2), (2, day(9, 30), day(10, 9), 1)]
    assert (found.due_before, found.due_after) == (day(9, 30), day(10, 9))


def test_an_extension_of_one_period_tells_the_deadline_of_that_period(any_register, clock):
    number = assign(any_register, due=MONTHLY)
    clock.set("2021-10-04T08:00+07:00")
    then = meeting(any_register)

    any_register.extend(number, to=day(10, 29), period="2021-10", reason="mưa lũ", by=CHAIR)

    (moved,) = change(any_register, then).facts[0].moved
    assert (moved.share, moved.period, moved.due_before, moved.due_after, moved.nth) == (
        (1, "2021-10", day(10, 22), day(10, 29), 1)
    )  # fmt: skip


def test_an_extension_that_a_late_paper_made_moot_is_not_told_as_one(register, clock):
    number = assign(register)
    then = meeting(register)
    clock.set(MORNING)
    register.extend(number, to=day(10, 5), reason="mưa lũ", by=CHAIR)

    register.extend(number, to=day(10, 9), reason="mưa lũ", effective_on=day(9, 23), by=CHAIR)

    (extended,) = change(register, then).facts
    assert [(m.due_before, m.due_after, m.nth) for m in extended.moved] == [(day(9, 30), day(10, 9), 1)]


# ---------------------------------------------------------------------------------- what was entered late, or was wrong


def test_what_had_happened_by_the_meeting_and_was_entered_after_it_is_late(any_register, clock):
    number = assign(any_register)
    then = meeting(any_register)
    clock.set(MORNING)

    any_register.report(number, "Đang làm", effective_on=day(9, 22), by=OFFICE)

    assert change(any_register, then).kinds == ("reported", "entered-late")
    assert change(any_register, then).facts[0].late


def test_what_was_entered_on_its_own_day_is_not_late_though_the_meeting_was_over(any_register):
    number = assign(any_register)
    then = meeting(any_register)

    any_register.report(number, "Đang làm", by=OFFICE)

    assert change(any_register, then).kinds == ("reported",)


def test_what_happened_after_the_day_of_the_meeting_is_not_late(register, clock):
    number = assign(register)
    then = meeting(register)
    clock.set("2021-09-29T08:00+07:00")

    register.report(number, "Đang làm", effective_on=day(9, 23), by=OFFICE)

    assert change(register, then).kinds == ("reported", "due-soon")


def test_what_the_meeting_saw_and_was_retracted_since_is_told_with_the_event(any_register, clock):
    number = assign(any_register)
    written = any_register.report(number, "Đã xong", result=True, by=OFFICE)
    then = meeting(any_register)
    clock.set(MORNING)

    any_register.retract(number, written.version, reason="nhầm xã", by=OFFICE)

    found = change(any_register, then)
    assert found.kinds == ("retracted",)
    assert [entry.version for entry in found.retracted] == [written.version]
    assert (found.status_before, found.status_after) == ("awaiting-acceptance", "assigned")
    assert found.facts == ()


def test_a_directive_whose_assignment_was_retracted_is_told_with_its_words(register, clock):
    number = assign(register)
    then = meeting(register)
    clock.set(MORNING)

    register.retract(number, 1, reason="nhập hai lần", by=OFFICE)

    found = change(register, then)
    assert (found.kinds, found.text) == (("retracted",), "Báo cáo kết quả rà soát")
    assert (found.status_before, found.status_after) == ("assigned", None)


def test_what_was_entered_and_retracted_between_two_meetings_is_no_change(any_register, clock):
    number = assign(any_register)
    then = meeting(any_register)
    clock.set(MORNING)
    written = any_register.report(number, "Đã xong", result=True, by=OFFICE)

    any_register.retract(number, written.version, reason="nhầm xã", by=OFFICE)

    assert change(any_register, then) is None


def test_a_directive_that_neither_meeting_has_is_no_change(any_register, clock):
    then = meeting(any_register)
    clock.set(MORNING)
    number = assign(any_register)

    any_register.retract(number, 1, reason="nhập hai lần", by=OFFICE)

    assert change(any_register, then) is None


def test_what_counts_again_is_told_by_what_it_was_and_was_not_entered_late(any_register, clock):
    number = assign(any_register)
    written = any_register.report(number, "Đã xong", result=True, by=OFFICE)
    mistaken = any_register.retract(number, written.version, reason="nhầm xã", by=OFFICE)
    then = meeting(any_register)
    clock.set(MORNING)

    any_register.retract(number, mistaken.version, reason="không nhầm", by=OFFICE)

    found = change(any_register, then)
    assert found.kinds == ("result-reported",)
    assert not found.facts[0].late


# --------------------------------------------------------------------------------------------------- what time brought


def test_a_duty_falls_overdue_and_comes_near_its_day_with_no_event_at_all(any_register):
    number = assign(any_register)

    near = any_register.changes(day(9, 26), day(9, 27)).directives
    over = any_register.changes(day(9, 30), day(10, 1)).directives

    assert [(c.number, c.kinds, c.timeliness_before, c.timeliness_after) for c in near] == [
        (number, ("due-soon",), "in-time", "due-soon")
    ]
    assert [(c.number, c.kinds, c.timeliness_before, c.timeliness_after) for c in over] == [
        (number, ("fallen-overdue",), "due-soon", "overdue")
    ]
    assert any_register.changes(day(10, 1), day(10, 5)).directives == ()


def test_a_share_falls_overdue_though_another_one_of_the_directive_was_before(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU)
    any_register.extend(number, to=day(10, 9), unit=NOI_VU, reason="mưa lũ", by=CHAIR)

    found = any_register.changes(day(10, 5), day(10, 10)).of_kind("fallen-overdue")

    assert [c.number for c in found] == [number]
    assert any_register.changes(day(10, 5), day(10, 6)).of_kind("fallen-overdue") == ()


def test_an_overdue_duty_that_was_handed_over_did_not_fall_overdue_again(register, clock):
    number = assign(register)
    clock.set("2021-10-05T08:00+07:00")
    then = meeting(register)

    register.hand_over(number, to=NOI_VU, rests_on="quyết định", by=OFFICE)

    assert change(register, then).kinds == ("handed-over",)


def test_the_period_of_a_recurring_duty_falls_overdue_by_the_passing_of_time(any_register):
    number = assign(any_register, due=MONTHLY)

    found = any_register.changes(day(9, 22), day(9, 23)).of_kind("fallen-overdue")

    assert [c.number for c in found] == [number]


def test_a_choice_of_the_office_brings_duties_near_their_day(any_register, clock):
    number = assign(any_register)
    then = meeting(any_register)
    clock.set(MORNING)

    any_register.change_settings(changes={"due_soon_days": 10}, by=OFFICE)

    assert (change(any_register, then).number, change(any_register, then).kinds) == (number, ("due-soon",))


# ------------------------------------------------------------------------------------------------------ the two moments


def test_nothing_changed_between_a_moment_and_itself(any_register):
    assign(any_register)

    assert any_register.changes("now", "now").directives == ()


def test_the_second_moment_is_not_earlier_on_either_time(any_register, clock):
    assign(any_register)
    early = any_register.as_of().moment.position
    clock.set(MORNING)
    assign(any_register)

    for from_, to in ((day(9, 24), day(9, 23)), ("now", early)):
        with pytest.raises(BadValue, match="not earlier on either time"):
            any_register.changes(from_, to)


def test_changes_as_json_name_both_moments_and_every_event(register, clock):
    number = assign(register)
    then = meeting(register)
    clock.set(MORNING)
    register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    shown = register.changes(then).as_json()

    assert (shown["from"]["effective_on"], shown["to"]["effective_on"]) == ("2021-09-22", "2021-09-24")
    (one,) = shown["changes"]
    assert one["due_on"] == {"from": "2021-09-30", "to": "2021-10-09"}
    assert one["events"][0]["moved"] == [
        {"share": 1, "period": None, "from": "2021-09-30", "to": "2021-10-09", "nth": 1}
    ]
