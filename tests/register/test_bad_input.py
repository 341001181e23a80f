"""What a register is given that it cannot take: a typed error that says what would work, and nothing written."""

import datetime as dt

import pytest

from directives_adapters import create_register
from directives_core import Attachment, Source
from directives_core.directive.events import DeadlineTerms
from directives_core.errors import (
    ActorNeeded,
    AmbiguousUnit,
    BadValue,
    BeforeAssignment,
    DirectivesError,
    InTheFuture,
    Misuse,
    NaiveDatetime,
    NotALead,
    Stale,
    UnitEnded,
    UnitNeeded,
    UnknownActor,
    UnknownDirective,
    UnknownEvent,
    UnknownMeeting,
    UnknownPosition,
    UnknownShare,
    UnknownUnit,
)
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, NOI_VU, OFFICE, assign, day, position, refused, status


def test_an_unknown_unit_is_refused_with_the_nearest_names(any_register):
    with refused(any_register, UnknownUnit) as caught:
        assign(any_register, "UBND xã Cán Khe")

    assert (caught.value.name, caught.value.nearest) == ("UBND xã Cán Khe", (CAN_KHE,))
    assert caught.value.on == day(9, 22)
    assert f"did you mean {CAN_KHE!r}" in str(caught.value)


def test_a_unit_like_no_other_is_refused_with_the_advice_to_add_it(register):
    with refused(register, UnknownUnit) as caught:
        assign(register, "Kho bạc Nhà nước")

    assert "add it first" in str(caught.value)


def test_a_unit_that_ended_is_refused_with_its_successors(any_register, clock):
    any_register.add_unit("UBND xã Xuân Du", by=OFFICE)
    clock.set("2021-10-01T08:00+07:00")
    any_register.succeed_units(CAN_KHE, successors="UBND xã Xuân Du", decision="NQ 12", by=OFFICE)

    with refused(any_register, UnitEnded) as caught:
        assign(any_register)

    error = caught.value
    assert (error.name, error.ended_on, error.on) == (CAN_KHE, day(10, 1), day(10, 1))
    assert error.successors == ("UBND xã Xuân Du",)
    assert "'UBND xã Xuân Du'" in str(error)
    assert assign(any_register, effective_on=day(9, 30), due=None)


def test_an_unknown_actor_is_refused_with_those_who_are_registered(any_register):
    with refused(any_register, UnknownActor) as caught:
        any_register.add_unit("Kho bạc", by="nobody")

    assert (caught.value.actor, caught.value.known) == ("nobody", ("hoa",))


def test_a_write_without_an_actor_is_refused(register):
    with refused(register, ActorNeeded) as caught:
        register.add_unit("Kho bạc")

    assert "by=" in str(caught.value)


@pytest.mark.parametrize("moment", [dt.datetime(2021, 9, 30, 17), "2021-09-30T17:00"])
def test_a_time_without_a_zone_is_refused(register, moment):
    with refused(register, NaiveDatetime) as caught:
        register.as_of(moment)
    with refused(register, NaiveDatetime):
        register.as_of(known_at=moment)

    assert caught.value.value == moment
    assert "aware" in str(caught.value)


def test_a_clock_that_gives_times_without_a_zone_is_refused(register):
    register._clock = lambda: dt.datetime(2021, 9, 22, 8)

    for attempt in (register.as_of, lambda: assign(register)):
        with pytest.raises(NaiveDatetime):
            attempt()
    with pytest.raises(NaiveDatetime):
        create_register("memory:", title="x", zone="UTC", by=OFFICE, clock=register._clock)


def test_an_effective_day_given_as_an_instant_is_refused(register):
    with refused(register, NaiveDatetime):
        assign(register, effective_on=dt.datetime(2021, 9, 22))
    with refused(register, BadValue):
        assign(register, effective_on=dt.datetime(2021, 9, 22, tzinfo=dt.UTC))


@pytest.mark.parametrize("impossible", ["2021-02-30", "2021-13-01", "2021-09-3O"])
def test_an_impossible_day_is_refused(any_register, impossible):
    number = assign(any_register)

    for attempt in (
        lambda: assign(any_register, due=impossible),
        lambda: assign(any_register, effective_on=impossible),
        lambda: any_register.extend(number, to=impossible, reason="mưa", by=CHAIR),
        lambda: any_register.as_of(impossible),
    ):
        with refused(any_register, BadValue) as caught:
            attempt()
        assert caught.value.value == impossible
        assert "day of the calendar" in str(caught.value)


def test_several_shares_and_no_unit_named_is_refused_with_the_shares(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU)

    with refused(any_register, UnitNeeded) as caught:
        any_register.report(number, "Đã nộp", by=OFFICE)

    error = caught.value
    assert (error.number, error.shares) == (number, ((1, CAN_KHE), (2, NOI_VU)))
    assert f"D-{number}/2 ({NOI_VU})" in str(error)
    assert "ask for all" in str(error)


def test_only_shares_that_the_command_can_act_on_make_it_ambiguous(register):
    number = assign(register, CAN_KHE, NOI_VU)
    register.complete(number, unit=NOI_VU, reason="đã xong", by=OFFICE)

    register.report(number, "Đã nộp", by=OFFICE)

    assert register.history(number)[-1].payload["shares"] == [1]


def test_all_units_may_be_asked_for_and_units_named(register):
    number = assign(register, CAN_KHE, NOI_VU)

    register.report(number, "Đang làm", all_units=True, by=OFFICE)
    register.report(number, "Đang làm", unit=[NOI_VU, CAN_KHE], by=OFFICE)
    register.report(f"D-{number}/2", "Đang làm", by=OFFICE)

    assert [entry.payload["shares"] for entry in register.history(number)[1:]] == [[1, 2], [2, 1], [2]]


def test_a_unit_without_a_share_and_a_share_that_is_none_are_refused(register):
    number = assign(register)

    with refused(register, NotALead) as caught:
        register.report(number, "Đã nộp", unit=NOI_VU, by=OFFICE)
    assert (caught.value.unit, caught.value.leads) == (NOI_VU, (CAN_KHE,))
    with refused(register, UnknownShare) as caught:
        register.report(f"{number}/2", "Đã nộp", by=OFFICE)
    assert caught.value.known == (1,)


def test_nothing_happens_before_the_directive_existed(any_register):
    number = assign(any_register)

    with refused(any_register, BeforeAssignment) as caught:
        any_register.report(number, "Đã nộp", effective_on=day(9, 21), by=OFFICE)

    error = caught.value
    assert (error.number, error.assigned_on, error.on) == (number, day(9, 22), day(9, 21))


def test_nothing_has_happened_tomorrow(any_register):
    number = assign(any_register)

    with refused(any_register, InTheFuture) as caught:
        any_register.report(number, "Đã nộp", effective_on=day(9, 23), by=OFFICE)

    assert (caught.value.on, caught.value.today) == (day(9, 23), day(9, 22))


def test_whoever_lost_the_race_is_told_so(any_register):
    number = assign(any_register)
    version = any_register.as_of()[number].version
    any_register.report(number, "Đang làm", if_version=version, by=OFFICE)

    with refused(any_register, Stale) as caught:
        any_register.extend(number, to=day(10, 9), reason="mưa lũ", if_version=version, by=CHAIR)

    assert (caught.value.number, caught.value.expected, caught.value.actual) == (number, 1, 2)
    assert "read it again" in str(caught.value)


def test_the_version_that_a_write_gives_back_is_good_for_the_next_one(register):
    number = assign(register)

    written = register.report(number, "Đang làm", if_version=1, by=OFFICE)
    written = register.report(number, "Đã nộp", result=True, if_version=written.version, by=OFFICE)

    assert written.version == register.as_of()[number].version == 3


@pytest.mark.parametrize("number", [0, 99, "D-99", "99/1", 10**30])
def test_a_directive_that_is_not_there_is_not_found(register, number):
    assign(register)

    with pytest.raises((UnknownDirective, BadValue)):
        register.report(number, "Đã nộp", by=OFFICE)


@pytest.mark.parametrize("number", ["", "x", "0", "D-0", "D-", "1/", "1//2", -1, True, None, 1.5, "1@", "12/3@"])
def test_what_names_no_directive_is_misuse(register, number):
    with refused(register, BadValue) as caught:
        register.report(number, "Đã nộp", by=OFFICE)

    assert "D-12" in str(caught.value)


def test_a_part_of_a_name_that_fits_several_units_is_ambiguous(register):
    with pytest.raises(AmbiguousUnit) as caught:
        register.find_unit("ubnd")

    assert len(caught.value.fits) == 3


@pytest.mark.parametrize(
    ("at", "error"),
    [
        (0, UnknownPosition), (99, UnknownPosition), (-1, UnknownPosition), (10**30, UnknownPosition),
        ("99", UnknownPosition), ("GB-2021-10", UnknownMeeting), ("", UnknownMeeting), ("²", UnknownMeeting),
        (1.5, BadValue), (True, BadValue), ("31/9/2021", BadValue), ("30/9", UnknownMeeting),
        ("Thứ Hai 30/9/2021", UnknownMeeting), ("hết 30/9/2021", UnknownMeeting),
        (dt.datetime.max.replace(tzinfo=dt.UTC), BadValue), ("0001-01-01T00:00+07:00", BadValue),
    ],
)  # fmt: skip
def test_what_names_no_moment_is_refused(register, at, error):
    with refused(register, error):
        register.as_of(at)


def test_a_meeting_that_is_not_known_is_refused_with_those_that_are(register):
    register.close_meeting("GB-2021-09", by=OFFICE)

    with refused(register, UnknownMeeting) as caught:
        register.as_of("GB-2021-10")

    assert caught.value.known == ("GB-2021-09",)


def test_an_event_that_is_not_there_cannot_be_retracted(register):
    number = assign(register)

    for version in (0, 2, -1):
        with refused(register, UnknownEvent) as caught:
            register.retract(number, version, reason="nhầm", by=OFFICE)
        assert (caught.value.version, caught.value.last) == (version, 1)


LESS = Attachment(name="x", size=-1, sha256="0" * 64)  # made by hand, which checks nothing
WRONG = {
    "text": lambda r, n: r.assign("  ", to=CAN_KHE, due=None, by=OFFICE),
    "text of a number": lambda r, n: r.report(n, 5, by=OFFICE),
    "nobody": lambda r, n: r.assign("Nộp", to=[], due=None, by=OFFICE),
    "nobody at all": lambda r, n: r.assign("Nộp", to=None, due=None, by=OFFICE),
    "a unit that is a number": lambda r, n: r.assign("Nộp", to=[5], due=None, by=OFFICE),
    "a deadline that is a number": lambda r, n: r.assign("Nộp", to=CAN_KHE, due=5, by=OFFICE),
    "a wording that is none": lambda r, n: r.assign("Nộp", to=CAN_KHE, due="khi nào xong", by=OFFICE),
    "kind": lambda r, n: r.assign("Nộp", to=CAN_KHE, due=None, kind="zzz", by=OFFICE),
    "attachment of less than nothing": lambda r, n: r.report(n, "Nộp", by=OFFICE, attachments=[LESS]),
    "document whose number is one": lambda r, n: r.report(n, "Nộp", by=OFFICE, source=Source(number=5)),
    "terms of another type": lambda r, n: r.assign("Nộp", to=CAN_KHE, due=DeadlineTerms(rule=5), by=OFFICE),
    "no number of percent": lambda r, n: r.report(n, "Nộp", percent=float("nan"), by=OFFICE),
    "amended kind": lambda r, n: r.amend(n, kind="zzz", by=OFFICE),
    "cleared field": lambda r, n: r.amend(n, clear=["text"], by=OFFICE),
    "share that is a word": lambda r, n: r.amend(n, units={"x": NOI_VU}, by=OFFICE),
    "amended to nothing": lambda r, n: r.amend(n, by=OFFICE),
    "relation": lambda r, n: r.link(n, "zzz", "khac/3", by=OFFICE),
    "link to itself": lambda r, n: r.link(n, "parent", n, by=OFFICE),
    "successor of itself": lambda r, n: r.supersede(n, by_number=f"D-{n}", reason="x", by=CHAIR),
    "label that is a number": lambda r, n: r.label(n, {"field": 1}, by=OFFICE),
    "no label": lambda r, n: r.label(n, {}, by=OFFICE),
    "blank label": lambda r, n: r.label(n, {" ": "x"}, by=OFFICE),
    "percent as a word": lambda r, n: r.report(n, "Đã nộp", percent="nửa", by=OFFICE),
    "percent beyond all": lambda r, n: r.report(n, "Đã nộp", percent=101, by=OFFICE),
    "percent that is no number": lambda r, n: r.report(n, "Đã nộp", percent=float("nan"), by=OFFICE),
    "document": lambda r, n: r.report(n, "Đã nộp", document=5, by=OFFICE),
    "unit": lambda r, n: r.report(n, "Đã nộp", unit=5, by=OFFICE),
    "half a character": lambda r, n: r.report(n, "Đã nộp \ud800", by=OFFICE),
    "half a character in a reason": lambda r, n: r.report(n, "Đã nộp", reason="\udcff", by=OFFICE),
    "hour": lambda r, n: r.extend(n, to=day(10, 9), due_time="x", reason="x", by=CHAIR),
    "attachment": lambda r, n: r.note(n, "x", attachments=[{"name": "x", "size": -1, "sha256": "00"}], by=OFFICE),
    "source": lambda r, n: r.note(n, "x", source={"nummer": "5"}, by=OFFICE),
    "reason": lambda r, n: r.note(n, "x", reason=5, by=OFFICE),
    "command id": lambda r, n: r.note(n, "x", command_id="x" * 201, by=OFFICE),
    "actor": lambda r, n: r.note(n, "x", by=5),
    "role": lambda r, n: r.add_actor("x", name="X", unit=NOI_VU, roles=["boss"], by=OFFICE),
    "changed role": lambda r, n: r.change_actor("hoa", roles=["boss"], by=OFFICE),
    "no role": lambda r, n: r.add_actor("x", name="X", unit=NOI_VU, roles=[], by=OFFICE),
    "long code": lambda r, n: r.add_unit("x", code="1" * 36, by=OFFICE),
    "blank unit": lambda r, n: r.add_unit("  ", by=OFFICE),
    "setting": lambda r, n: r.change_settings(changes={"due_soon_days": -1}, by=OFFICE),
    "unknown setting": lambda r, n: r.change_settings(changes={"colour": "red"}, by=OFFICE),
    "no members": lambda r, n: r.define_class("xã", members=[], by=OFFICE),
    "meeting like a day": lambda r, n: r.close_meeting("2021-09-22", by=OFFICE),
    "meeting like a position": lambda r, n: r.close_meeting("12", by=OFFICE),
    "meeting now": lambda r, n: r.close_meeting("now", by=OFFICE),
    "draft": lambda r, n: r.record_notice({"items": 5}, by=OFFICE),
    "filter": lambda r, n: r.as_of().figures(by="month"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_value_of_the_wrong_form_is_misuse_and_nothing_is_written(register, wrong):
    number = assign(register)
    before = position(register)

    with pytest.raises(Misuse) as caught:
        WRONG[wrong](register, number)

    assert str(caught.value)
    assert position(register) == before
    assert status(register, number) == "assigned"


def test_an_argument_that_no_write_takes_is_named_with_those_it_takes(register):
    with pytest.raises(TypeError, match=r"'wer'.*effective_on"):
        assign(register, wer=OFFICE)


def test_a_naming_of_the_period_twice_must_agree(register):
    number = assign(register, due="trước ngày 23 hàng tháng")

    with refused(register, BadValue):
        register.report(f"{number}/1@2021-09", "Đã nộp", period="2021-10", by=CAN_KHE_CLERK)


def test_every_refusal_is_of_one_tree():
    from directives_core import errors

    for name in errors.__all__:
        assert issubclass(getattr(errors, name), DirectivesError)
