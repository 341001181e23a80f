"""Papers that arrive late, events that are retracted, and what both do to what was recorded before."""

import pytest

from directives_core.errors import BadValue, EventVoid, NameTaken, ReasonNeeded, UnknownDirective
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign, day, refused, status


def test_a_late_paper_changes_what_is_known_now_but_not_what_the_meeting_saw(any_register, clock):
    register, office = any_register, OFFICE
    number = assign(register, due=day(9, 30))
    clock.set("2021-10-01T17:00+07:00")
    meeting = register.close_meeting("GB-2021-09", on=day(10, 1), by=office)

    clock.set("2021-10-10T08:00+07:00")
    register.report(number, "Đã nộp", result=True, effective_on=day(9, 28), by=office)

    assert register.as_of(meeting)[number].status == "assigned"
    assert register.as_of(meeting, known_at="now")[number].status == "awaiting-acceptance"
    assert register.as_of(meeting)[number].timeliness == "overdue"
    assert register.as_of(meeting, known_at="now")[number].timeliness == "in-time"
    assert register.as_of(meeting).moment.later_events == 1


def test_a_guard_looks_at_the_state_of_the_effective_day(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.withdraw(number, reason="không còn cần", by=CHAIR)

    any_register.report(number, "Đã nộp", effective_on=day(9, 29), by=OFFICE)

    assert status(any_register, number, at=day(9, 30), known_at="now") == "in-progress"
    assert status(any_register, number) == "withdrawn"


def test_what_a_new_event_robs_of_its_effect_is_told_to_its_writer(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    told = any_register.extend(number, to=day(10, 20), reason="theo QĐ", effective_on=day(9, 28), by=CHAIR)

    (lost,) = told.without_effect
    assert (lost.number, lost.version, lost.type, lost.shares) == (number, 2, "directive.extended", (1,))
    assert str(lost) == f"event 2 of D-{number} (directive.extended) is now without effect"
    assert [entry.effect for entry in any_register.history(number)] == [True, False, True]
    assert any_register.as_of()[number].due_on == day(10, 20)
    assert any_register.as_of()[number].extensions == 1


def test_what_a_retraction_robs_of_its_effect_is_told_to_its_writer(register):
    number = assign(register)
    register.report(number, "Đã nộp", result=True, by=OFFICE)
    register.return_(number, reason="thiếu biểu", by=OFFICE)

    told = register.retract(number, 2, reason="nhầm việc", by=OFFICE)

    assert [lost.version for lost in told.without_effect] == [3]
    assert [entry.effect for entry in register.history(number)] == [True, False, False, True]


def test_a_retraction_is_not_counted_as_robbed_when_its_directive_goes(register):
    number = assign(register)
    register.note(number, "x", by=OFFICE)
    register.retract(number, 2, reason="nhầm", by=OFFICE)

    told = register.retract(number, 1, reason="không phải việc", by=OFFICE)

    assert told.without_effect == ()


def test_a_retraction_voids_from_its_position_on_and_not_before(any_register, clock):
    number = assign(any_register)
    any_register.report(number, "Đã nộp", by=OFFICE)
    clock.set("2021-09-25T08:00+07:00")

    any_register.retract(number, 2, reason="nhầm việc", by=OFFICE)

    assert status(any_register, number, at=day(9, 24)) == "in-progress"
    assert status(any_register, number, at=day(9, 24), known_at="now") == "assigned"
    entry = any_register.history(number)[1]
    assert (entry.void_by, entry.effect) == (3, False)
    assert any_register.history(number)[2].effective_on == day(9, 22)


def test_a_retraction_can_be_retracted_and_that_again(any_register):
    number = assign(any_register)
    any_register.report(number, "Đã nộp", by=OFFICE)

    for version, expected in ((2, "assigned"), (3, "in-progress"), (4, "assigned"), (5, "in-progress")):
        any_register.retract(number, version, reason="nhầm", by=OFFICE)
        assert status(any_register, number) == expected

    assert [entry.void_by for entry in any_register.history(number)] == [None, None, 4, None, 6, None]


def test_a_void_event_is_not_retracted_twice(any_register):
    number = assign(any_register)
    any_register.report(number, "Đã nộp", by=OFFICE)
    any_register.retract(number, 2, reason="nhầm", by=OFFICE)

    with refused(any_register, EventVoid) as caught:
        any_register.retract(number, 2, reason="nhầm", by=OFFICE)

    assert (caught.value.version, caught.value.by_version) == (2, 3)
    assert "event 2 of D-1 is void already" in str(caught.value)
    assert "retract event 3" in str(caught.value)


def test_a_retraction_says_why_and_has_no_day_of_its_own(register):
    number = assign(register)
    register.report(number, "Đã nộp", by=OFFICE)

    with refused(register, ReasonNeeded):
        register.retract(number, 2, by=OFFICE)
    with refused(register, BadValue):
        register.retract(number, 2, reason="nhầm", effective_on=day(9, 22), by=OFFICE)


def test_while_its_assignment_is_void_a_directive_stands_nowhere_but_in_its_history(any_register):
    number = assign(any_register)
    any_register.report(number, "Đã nộp", by=OFFICE)

    any_register.retract(number, 1, reason="không phải việc của huyện", by=OFFICE)

    view = any_register.as_of()
    assert view.directives() == []
    assert number not in view
    assert view.figures().total.total == view.figures(by="unit").total.total == 0
    assert [entry.void_by for entry in any_register.history(number)] == [3, None, None]
    for attempt in (
        lambda: any_register.as_of()[number],
        lambda: any_register.report(number, "Đã nộp", by=OFFICE),
        lambda: any_register.why(number),
    ):
        with refused(any_register, UnknownDirective):
            attempt()


def test_the_number_of_a_void_directive_is_never_given_again(any_register):
    number = assign(any_register)
    any_register.retract(number, 1, reason="nhầm", by=OFFICE)

    assert assign(any_register) == number + 1


def test_a_void_directive_comes_back_as_it_was(any_register):
    number = assign(any_register)
    any_register.report(number, "Đã nộp", result=True, by=OFFICE)
    shown = any_register.as_of()[number]
    any_register.retract(number, 1, reason="nhầm", by=OFFICE)

    any_register.retract(number, 3, reason="đúng là việc của huyện", by=OFFICE)

    assert any_register.as_of()[number].as_json() | {"version": 2} == shown.as_json()


# --------------------------------------------------------------------------------------- units at the same (day, known)


def test_a_renamed_unit_bears_its_old_name_before(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.rename_unit(CAN_KHE, "UBND xã Cán Khê mới", effective_on=day(10, 1), by=OFFICE)

    def name(at, known_at=None):
        return any_register.as_of(at, known_at=known_at)[number].shares[0].unit.name

    assert name(day(9, 30)) == name(day(9, 30), "now") == CAN_KHE
    assert name(day(10, 1)) == name(day(10, 4)) == CAN_KHE
    assert name(day(10, 1), "now") == name(None) == "UBND xã Cán Khê mới"


def test_settings_are_read_at_the_same_day_and_position(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-26T08:00+07:00")
    any_register.change_settings(changes={"due_soon_days": 10}, effective_on=day(9, 24), by=OFFICE)

    def timeliness(at, known_at=None):
        return any_register.as_of(at, known_at=known_at)[number].timeliness

    assert timeliness(day(9, 23)) == timeliness(day(9, 23), "now") == "in-time"
    assert timeliness(day(9, 24)) == "in-time"
    assert timeliness(day(9, 24), "now") == timeliness(None) == "due-soon"


def test_a_class_has_the_members_of_the_day(any_register, clock):
    any_register.define_class("các phòng", members=[NOI_VU], by=OFFICE)
    clock.set("2021-10-05T08:00+07:00")
    any_register.define_class("các phòng", members=[NOI_VU, CAN_KHE], effective_on=day(10, 1), by=OFFICE)

    before = assign(any_register, "các phòng", effective_on=day(9, 30))
    after = assign(any_register, "các phòng", due=None)

    view = any_register.as_of()
    assert [share.unit.name for share in view[before].shares] == [NOI_VU]
    assert [share.unit.name for share in view[after].shares] == [NOI_VU, CAN_KHE]


def test_a_correction_may_name_a_unit_that_has_ended_since(any_register, clock):
    number = assign(any_register, NOI_VU)
    clock.set("2021-10-05T08:00+07:00")
    any_register.end_unit(CAN_KHE, effective_on=day(10, 1), by=OFFICE)

    any_register.amend(number, units={1: CAN_KHE}, by=OFFICE)

    assert any_register.as_of()[number].shares[0].unit.name == CAN_KHE


def test_a_wording_that_is_corrected_is_read_as_on_the_day_of_the_assignment(register, clock):
    number = assign(register)
    clock.set("2022-01-05T08:00+07:00")

    register.amend(number, due="chậm nhất ngày 15/10", by=OFFICE)

    assert register.as_of()[number].due_on == day(10, 15)


def test_the_duties_of_a_unit_that_ended_can_be_listed(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.end_unit(CAN_KHE, effective_on=day(10, 1), by=OFFICE)

    found = any_register.as_of().directives(unit=CAN_KHE)

    assert [directive.number for directive in found] == [number]


def test_the_office_itself_is_not_retracted(any_register):
    with pytest.raises(BadValue):
        any_register.retract_office_event(1, reason="nhầm", by=OFFICE)

    assert any_register.as_of().office.register_id == any_register.register_id


# ----------------------------------------------------------------------------------------- names are unique on any day


def test_a_late_paper_gives_no_unit_a_name_that_another_one_bears_on_a_later_day(register, clock):
    register.add_unit("UBND xã Xuân Du", effective_on=day(9, 22), by=OFFICE)
    clock.set("2021-10-05T08:00+07:00")

    for attempt in (
        lambda: register.rename_unit(CAN_KHE, "UBND xã Xuân Du", effective_on=day(9, 1), by=OFFICE),
        lambda: register.add_unit("UBND xã Xuân Du", effective_on=day(9, 1), by=OFFICE),
    ):
        with refused(register, NameTaken) as caught:
            attempt()
        assert caught.value.name == "UBND xã Xuân Du"


def test_a_unit_that_takes_the_name_of_one_that_ended_begins_on_a_day(register, clock):
    register.end_unit(CAN_KHE, by=OFFICE)

    with refused(register, NameTaken) as caught:
        register.add_unit(CAN_KHE, by=OFFICE)
    assert "effective_on" in str(caught.value)
    new = register.add_unit(CAN_KHE, effective_on=day(9, 22), by=OFFICE)

    assert register.find_unit(CAN_KHE).id == new
    assert register.find_unit(CAN_KHE, on=day(9, 21)).id != new
