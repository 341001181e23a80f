"""The moments that a register can be read at: days, instants, meetings, positions, and what counts as known."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from directives_core.errors import MeetingClosedBefore, NameTaken, UnknownMeeting
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.register.given import CAN_KHE_CLERK, CHAIR, OFFICE, assign, day, position, refused, status

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def test_a_day_is_what_could_be_seen_at_its_end(any_register, clock):
    clock.set("2021-09-30T23:59+07:00")
    number = assign(any_register)
    last = position(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.report(number, "Đã nộp", effective_on=day(9, 30), by=OFFICE)

    moment = any_register.as_of(day(9, 30)).moment

    assert (moment.effective_on, moment.position) == (day(9, 30), last)
    assert moment.instant == dt.datetime(2021, 9, 30, 23, 59, 59, 999999, HANOI)
    assert moment.zone == "Asia/Ho_Chi_Minh"
    assert not moment.provisional
    assert any_register.as_of("2021-09-30").moment == moment


@pytest.mark.parametrize("typed", ["30/9/2021", "30-09-2021", "30.9.2021", " Ngày 30 tháng 9 năm 2021 "])
def test_a_day_may_be_typed_as_offices_write_it(register, clock, typed):
    clock.set("2021-10-05T08:00+07:00")
    number = assign(register, effective_on=typed)

    assert register.as_of(typed).moment == register.as_of("2021-09-30").moment
    assert register.as_of()[number].assigned_on == day(9, 30)
    assert register.extend(number, to="9/10/2021", reason="mưa", by=CHAIR)
    assert register.as_of()[number].due_on == day(10, 9)


def test_a_meeting_that_is_called_like_a_day_goes_before_the_day(register):
    register.open_meeting("30/9/2021", on=day(9, 29), by=OFFICE)

    assert register.as_of("30/9/2021").moment.effective_on == day(9, 29)


def test_an_instant_is_its_day_and_the_last_position_by_then(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-22T10:00+07:00")
    any_register.report(number, "Đang làm", by=OFFICE)
    clock.set("2021-09-22T12:00+07:00")

    before = any_register.as_of(dt.datetime(2021, 9, 22, 9, 59, tzinfo=HANOI))
    just_then = any_register.as_of("2021-09-22T03:00:00+00:00")

    assert before[number].status == "assigned"
    assert just_then[number].status == "in-progress"
    assert just_then.moment.effective_on == day(9, 22)


def test_a_position_is_the_day_it_was_recorded_and_itself(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    written = any_register.report(number, "Đã nộp", effective_on=day(9, 30), by=OFFICE)

    for at in (written.positions[0], str(written.positions[0])):
        moment = any_register.as_of(at).moment
        assert (moment.effective_on, moment.position) == (day(10, 5), written.positions[0])
    assert status(any_register, number, at=written.positions[0] - 1) == "assigned"


def test_now_is_the_present_instant_and_everything_known(any_register, clock):
    number = assign(any_register)
    clock.tick(60)

    for view in (any_register.as_of(), any_register.as_of("now"), any_register.as_of(known_at="now")):
        assert view.moment.instant == clock()
        assert view.moment.provisional
        assert number in view


def test_a_meeting_closed_on_its_day_is_that_day_as_known_at_its_closing(any_register, clock):
    number = assign(any_register)
    meeting = any_register.close_meeting("GB-2021-09", by=OFFICE)
    any_register.report(number, "Đã nộp", by=OFFICE)
    clock.set("2021-09-23T08:00+07:00")

    for at in (meeting, "GB-2021-09", any_register.meetings()[0]):
        view = any_register.as_of(at)
        assert view.moment.position == meeting.positions[-1]
        assert view.moment.note is None
        assert view[number].status == "assigned"
    assert status(any_register, number, at=day(9, 22)) == "in-progress"


def test_a_meeting_closed_after_its_day_is_the_end_of_that_day_and_says_so(any_register, clock):
    number = assign(any_register)
    clock.set("2021-09-25T08:00+07:00")
    any_register.report(number, "Đã nộp", effective_on=day(9, 22), by=OFFICE)
    meeting = any_register.close_meeting("GB-2021-09", on=day(9, 22), by=OFFICE)

    view = any_register.as_of(meeting)

    assert view[number].status == "assigned"
    assert view.moment.key == any_register.as_of(day(9, 22)).moment.key
    assert view.moment.note == "GB-2021-09 was closed after its day, on 2021-09-25"
    assert view.moment.note in str(view.moment)


def test_a_meeting_that_is_not_closed_is_its_day_and_says_so(any_register, clock):
    assign(any_register)
    any_register.open_meeting("GB-2021-10", on=day(10, 1), by=OFFICE)
    ahead = any_register.as_of("GB-2021-10").moment
    clock.set("2021-10-09T08:00+07:00")

    moment = any_register.as_of("GB-2021-10").moment

    assert ahead.provisional
    assert ahead.effective_on == moment.effective_on == day(10, 1)
    assert not moment.provisional
    assert moment.note == "GB-2021-10 is not closed"


def test_a_meeting_closes_once_and_a_name_is_given_once(any_register):
    any_register.open_meeting("GB", on=day(9, 22), by=OFFICE)
    with refused(any_register, NameTaken) as caught:
        any_register.open_meeting("GB", on=day(9, 23), by=OFFICE)
    assert caught.value.name == "GB"
    any_register.close_meeting("GB", by=OFFICE)

    with refused(any_register, MeetingClosedBefore) as caught:
        any_register.close_meeting("GB", by=OFFICE)

    assert caught.value.on == day(9, 22)


def test_a_closing_that_was_wrong_is_retracted_and_done_again(register):
    number = assign(register)
    register.close_meeting("GB", by=OFFICE)
    register.retract_meeting_event("GB", 2, reason="chưa họp xong", by=OFFICE)
    register.report(number, "Đã nộp", by=OFFICE)

    register.close_meeting("GB", by=OFFICE)

    assert status(register, number, at="GB") == "in-progress"


def test_a_meeting_that_never_was_is_not_known(register):
    register.close_meeting("GB", by=OFFICE)
    register.close_meeting("GB-2", by=OFFICE)

    for version in (1, 2):
        register.retract_meeting_event("GB-2", version, reason="không họp", by=OFFICE)

    assert [meeting.name for meeting in register.meetings()] == ["GB"]
    with refused(register, UnknownMeeting) as caught:
        register.as_of("GB-2")
    assert caught.value.known == ("GB",)
    assert register.open_meeting("GB-2", on=day(10, 1), by=OFFICE)


def test_what_is_known_can_be_read_at_a_day_an_instant_a_meeting_a_position_or_now(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-01T08:00+07:00")
    meeting = any_register.close_meeting("GB", by=OFFICE)
    clock.set("2021-10-02T08:00+07:00")
    late = any_register.report(number, "Đã nộp", effective_on=day(9, 28), by=OFFICE)
    clock.set("2021-10-09T08:00+07:00")

    def known_at(at):
        return status(any_register, number, at=day(9, 30), known_at=at)

    assert known_at(None) == known_at(day(10, 1)) == known_at("2021-10-01") == "assigned"
    assert known_at(meeting) == known_at("2021-10-02T07:59+07:00") == known_at(late.positions[0] - 1) == "assigned"
    assert known_at(day(10, 2)) == known_at("2021-10-02T08:00+07:00") == known_at(late.positions[0]) == "in-progress"
    assert known_at("now") == "in-progress"
    moment = any_register.as_of(day(9, 30), known_at=day(10, 2)).moment
    assert (moment.effective_on, moment.position) == (day(9, 30), late.positions[0])
    assert moment.instant.date() == day(10, 2)


@pytest.mark.parametrize(("at", "provisional"), [(day(9, 21), False), (day(9, 22), True), (day(10, 9), True)])
def test_today_and_days_ahead_are_provisional(register, at, provisional):
    assign(register)

    assert register.as_of(at).moment.provisional is provisional


def test_a_day_ahead_shows_what_will_be_overdue_if_nothing_more_is_reported(register):
    number = assign(register)

    assert register.as_of(day(9, 30))[number].timeliness == "due-soon"
    assert register.as_of(day(10, 1))[number].timeliness == "overdue"


def test_nothing_is_there_before_the_register_began(any_register):
    number = assign(any_register)

    view = any_register.as_of(day(1, 1))

    assert (view.moment.position, view.directives(), number in view) == (0, [], False)
    assert any_register.as_of(dt.date.min).directives() == []
    assert len(any_register.as_of(dt.date.max).directives()) == 1


# -------------------------------------------------------------------------------------------------------- later events


def test_later_events_count_what_bears_on_the_day_and_came_after(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.report(number, "Hôm nay", by=OFFICE)
    assert any_register.as_of(day(9, 30)).moment.later_events == 0

    any_register.report(number, "Hôm trước", effective_on=day(9, 28), by=OFFICE)
    any_register.report(number, "Hôm kia", effective_on=day(9, 30), by=OFFICE)

    moment = any_register.as_of(day(9, 30)).moment
    assert moment.later_events == 2
    assert "2 later events bear on this day" in str(moment)
    assert any_register.as_of(day(9, 29)).moment.later_events == 1
    assert any_register.as_of(day(9, 30), known_at="now").moment.later_events == 0


def test_later_events_leave_out_what_is_void_and_count_what_voids(register, clock):
    number = assign(register)
    clock.set("2021-10-05T08:00+07:00")
    register.report(number, "Hôm trước", effective_on=day(9, 28), by=OFFICE)
    register.retract(number, 2, reason="nhầm", by=OFFICE)
    assert register.as_of(day(9, 30)).moment.later_events == 1

    register.retract(number, 3, reason="không nhầm", by=OFFICE)

    assert register.as_of(day(9, 30)).moment.later_events == 2


def test_later_events_count_those_of_office_notices_and_meetings(register, clock):
    clock.set("2021-10-05T08:00+07:00")

    register.rename_unit("Phòng Nội vụ", "Phòng Tổ chức", effective_on=day(9, 25), by=OFFICE)
    register.close_meeting("GB", on=day(9, 26), by=OFFICE)

    assert register.as_of(day(9, 25)).moment.later_events == 1
    assert register.as_of(day(9, 26)).moment.later_events == 3


def test_later_events_are_none_where_nothing_that_is_shown_changed(register, clock):
    number = assign(register)
    shown = register.as_of(day(9, 22))[number]
    clock.set("2021-10-05T08:00+07:00")
    register.report(number, "Đã nộp", result=True, by=OFFICE)
    register.complete(number, by=OFFICE)
    assign(register)

    view = register.as_of(day(9, 22))

    assert view.moment.later_events == 0
    assert register.as_of(day(9, 22), known_at="now")[number].as_json() | {"version": 1} == shown.as_json()


def test_a_version_is_that_of_the_moment(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.report(number, "Đang làm", by=OFFICE)
    any_register.note(number, "x", effective_on=day(9, 28), by=OFFICE)

    assert any_register.as_of(day(9, 30))[number].version == 1
    assert any_register.as_of()[number].version == 3


# --------------------------------------------------------------------------------------------------------------- zones


def test_an_event_at_half_past_eleven_in_utc_belongs_to_the_next_day_in_hanoi(any_register, clock):
    clock.set("2021-09-30T23:30+00:00")

    number = assign(any_register)

    assert any_register.as_of()[number].assigned_on == day(10, 1)
    assert number not in any_register.as_of(day(9, 30))
    assert number in any_register.as_of(day(10, 1))
    assert any_register.history(number)[0].recorded_at.isoformat() == "2021-10-01T06:30:00+07:00"


def test_a_day_is_twenty_three_hours_long_where_the_clocks_go_forward(clock):
    clock.set("2021-03-28T22:30+00:00")
    with new_register("memory:", clock, zone="Europe/Berlin") as register:
        number = assign(register, due=None)

        moment = register.as_of(day(3, 28)).moment

        assert register.as_of()[number].assigned_on == day(3, 29)
        assert moment.position == 0
        assert moment.instant.isoformat() == "2021-03-28T23:59:59.999999+02:00"
        assert register.as_of(day(3, 27)).moment.instant.isoformat() == "2021-03-27T23:59:59.999999+01:00"


def test_both_instants_of_an_hour_that_comes_twice_are_told_apart():
    clock = Clock("2021-10-31T02:15+02:00")
    with new_register("memory:", clock, zone="Europe/Berlin") as register:
        first = assign(register, due=None)
        clock.set("2021-10-31T02:15+01:00")
        second = assign(register, due=None)
        clock.set("2021-11-01T08:00+01:00")

        view = register.as_of("2021-10-31T02:30+02:00")

        assert first in view
        assert second not in view


# --------------------------------------------------------------------------------------------- a clock that goes back


def test_recorded_at_never_goes_back_when_the_clock_does(any_register, clock):
    clock.set("2021-09-23T00:10+07:00")
    first = assign(any_register)
    clock.set("2021-09-22T23:50+07:00")

    second = assign(any_register)

    stamps = [event.recorded_at for event in any_register.events()]
    assert stamps == sorted(stamps)
    assert any_register.as_of(day(9, 23))[second].assigned_on == any_register.as_of(day(9, 23))[first].assigned_on


def test_what_was_just_written_is_seen_now_though_the_clock_went_back(any_register, clock):
    clock.set("2021-09-23T00:10+07:00")
    assign(any_register)
    clock.set("2021-09-22T23:50+07:00")
    number = assign(any_register)

    view = any_register.as_of()

    assert number in view
    assert view.moment.effective_on == day(9, 23)
    assert number not in any_register.as_of(day(9, 22))


# ---------------------------------------------------------------------------------------------------------------- keys


def test_a_moment_has_one_key_and_what_it_names_does_not_change(register, clock):
    number = assign(register)
    clock.set("2021-10-05T08:00+07:00")
    before = register.as_of(day(9, 30))
    shown = before[number]

    register.report(number, "Đã nộp", effective_on=day(9, 28), by=CAN_KHE_CLERK)
    register.extend(number, to=day(10, 9), reason="mưa lũ", effective_on=day(9, 29), by=CHAIR)
    after = register.as_of(day(9, 30))

    assert after.moment.key == before.moment.key
    assert after[number] == before[number] == shown
    assert after.moment.later_events == 2
    assert register.as_of(day(9, 30), known_at="now").moment.key != before.moment.key
