"""What an office chooses: limits that hold from a day on, read at the day and the knowledge that is asked about."""

import datetime as dt

import pytest

from directives_core.errors import BadValue, ExtensionsExhausted, InTheFuture, NotAllowed, TooLate
from tests.register.given import CAN_KHE_CLERK, CHAIR, OFFICE, assign, day, refused


def choose(register, *, on=None, **changes):
    return register.change_settings(changes=changes, effective_on=on, by=OFFICE)


def timeliness(register, number, at, known_at=None):
    return register.as_of(at, known_at=known_at)[number].timeliness


def test_a_choice_holds_from_its_day_on_and_is_known_from_its_recording_on(any_register, clock):
    number = assign(any_register, due=day(10, 20))
    clock.set("2021-10-15T08:00+07:00")
    meeting = any_register.close_meeting("GB-2021-10", by=OFFICE)

    choose(any_register, due_soon_days=10, on=day(10, 12))

    assert timeliness(any_register, number, meeting) == "in-time"
    assert timeliness(any_register, number, meeting, "now") == "due-soon"
    assert timeliness(any_register, number, day(10, 11), "now") == "in-time"
    assert timeliness(any_register, number, day(10, 12), "now") == "due-soon"


def test_choices_add_up_also_where_the_earlier_one_was_entered_late(any_register, clock):
    clock.set("2021-10-01T08:00+07:00")
    choose(any_register, due_soon_days=7, on=day(9, 30))

    choose(any_register, extension_limit=2, on=day(9, 25))

    now = any_register.as_of().office.settings
    then = any_register.as_of(day(9, 27), known_at="now").office.settings
    assert (now.due_soon_days, now.extension_limit) == (7, 2)
    assert (then.due_soon_days, then.extension_limit) == (3, 2)


def test_a_choice_that_was_taken_back_holds_no_more_though_others_were_made_since(any_register):
    mistaken = choose(any_register, due_soon_days=10)
    choose(any_register, extension_limit=2)

    any_register.undo(mistaken.command_id, by=OFFICE)

    settings = any_register.as_of().office.settings
    assert (settings.due_soon_days, settings.extension_limit) == (3, 2)


def test_a_choice_that_was_taken_back_holds_no_more(any_register):
    choose(any_register, due_soon_days=10)
    version = next(e for e in any_register.log(type="settings.changed")).version

    any_register.retract_office_event(version, reason="nhầm", by=OFFICE)

    assert any_register.as_of().office.settings.due_soon_days == 3


@pytest.mark.parametrize(("before_is", "due"), [("day-before", day(9, 29)), ("same-day", day(9, 30))])
def test_before_a_day_reads_as_the_office_chose_by_the_day_of_the_assignment(any_register, before_is, due):
    choose(any_register, before_is=before_is)

    number = assign(any_register, due="trước ngày 30/9/2021")

    assert any_register.as_of()[number].due_on == due


def test_another_reading_moves_no_deadline_that_was_read_before(register):
    number = assign(register, due="trước ngày 30/9/2021")

    choose(register, before_is="same-day")

    assert register.as_of()[number].due_on == day(9, 29)


def test_a_deadline_on_a_day_off_is_warned_about_and_rolled_only_where_that_was_chosen(any_register):
    sunday = "đến hết ngày 26/9/2021"
    warned = assign(any_register, due=sunday)
    choose(any_register, roll=True)

    rolled = assign(any_register, due=sunday)

    assert any_register.as_of()[warned].due_on == day(9, 26)
    assert any("Sunday" in warning for warning in warned.warnings)
    assert any_register.as_of()[rolled].due_on == day(9, 27)


def test_the_own_list_of_days_off_and_swapped_working_days_counts(any_register):
    choose(any_register, roll=True, holidays=(day(9, 27),), working_days=(day(9, 25),))

    after_the_weekend = assign(any_register, due="đến hết ngày 26/9/2021")
    on_the_swapped_day = assign(any_register, due="đến hết ngày 25/9/2021")

    assert any_register.as_of()[after_the_weekend].due_on == day(9, 28)
    assert any_register.as_of()[on_the_swapped_day].due_on == day(9, 25)


def test_no_more_extensions_are_granted_than_the_office_chose(any_register):
    number = assign(any_register)
    choose(any_register, extension_limit=1)
    any_register.extend(number, to=day(10, 5), reason="mưa lũ", by=CHAIR)

    with refused(any_register, ExtensionsExhausted) as refusal:
        any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    assert "1" in str(refusal.value)


def test_a_request_after_the_due_day_is_flagged_or_refused_as_the_office_chose(any_register, clock):
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.request_extension(number, to=day(10, 9), reason="mưa", by=CAN_KHE_CLERK)
    assert any_register.history(number)[-1].payload["late"] is True
    choose(any_register, request_before_expiry=True)

    with refused(any_register, TooLate) as refusal:
        any_register.request_extension(number, to=day(10, 9), reason="mưa", by=CAN_KHE_CLERK)

    assert "2021-09-30" in str(refusal.value)


def test_the_office_grants_extensions_and_the_chair_alone_accepts_where_that_was_chosen(any_register):
    number = assign(any_register)
    choose(any_register, extended_by=("office",), completed_by=("chair",))

    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
    with refused(any_register, NotAllowed) as refusal:
        any_register.complete(number, reason="đã xong", by=OFFICE)

    assert "chair" in str(refusal.value)
    any_register.complete(number, reason="đã xong", by=CHAIR)


@pytest.mark.parametrize(
    "changes", [{}, {"due_soon_days": -1}, {"due_soon_days": "nhiều"}, {"khong_co": 1}, {"before_is": "x"}]
)
def test_a_choice_that_is_none_is_refused_and_told_what_would_do(register, changes):
    with refused(register, BadValue) as refusal:
        register.change_settings(changes=changes, by=OFFICE)

    assert len(str(refusal.value)) > 30


def test_settings_chosen_for_a_day_ahead_are_refused_as_every_day_ahead(register):
    with refused(register, InTheFuture):
        choose(register, due_soon_days=5, on=dt.date(2021, 9, 23))
