"""The questions to what happened: history, the log of the whole register, the feed, and why a field is what it is."""

import pytest

from directives_core.errors import BadValue, UnknownDirective, UnknownShare
from tests.register.given import CAN_KHE, CAN_KHE_CLERK, CHAIR, NOI_VU, OFFICE, assign, day


@pytest.fixture
def lived(any_register, clock):
    """A directive of two shares that lived through an extension, a late paper and a retraction."""
    number = assign(any_register, CAN_KHE, NOI_VU)
    clock.set("2021-09-28T08:00+07:00")
    any_register.extend(
        number, to=day(10, 9), all_units=True, reason="mưa lũ", source={"number": "15/TB-UBND"}, by=CHAIR
    )
    clock.set("2021-10-05T08:00+07:00")
    any_register.report(number, "Đã nộp", result=True, effective_on=day(9, 30), by=CAN_KHE_CLERK, entered_by="hoa")
    any_register.note(number, "nhầm", by=OFFICE)
    any_register.retract(number, 4, reason="ghi nhầm việc", by=OFFICE)
    return any_register


def test_history_says_who_did_what_when_twice_why_and_whether_it_counts(lived):
    history = lived.history(1)

    shown = [(e.version, e.type, str(e.effective_on), e.actor.id, e.actor.role, e.void_by, e.effect) for e in history]
    assert shown == [
        (1, "directive.assigned", "2021-09-22", "hoa", "office", None, True),
        (2, "directive.extended", "2021-09-28", "dung", "chair", None, True),
        (3, "directive.reported", "2021-09-30", "khe", "unit", None, True),
        (4, "directive.noted", "2021-10-05", "hoa", "office", 5, False),
        (5, "retracted", "2021-10-05", "hoa", "office", None, True),
    ]
    assert (history[1].reason, history[1].source["number"]) == ("mưa lũ", "15/TB-UBND")
    assert history[2].recorded_at.isoformat() == "2021-10-05T08:00:00+07:00"
    assert (history[2].late_days, history[2].entered_by) == (5, "hoa")
    assert [entry.position for entry in history] == sorted(entry.position for entry in history)


def test_history_as_of_a_moment_is_what_was_known_and_effective_then(lived):
    assert [entry.version for entry in lived.history(1, at=day(9, 30))] == [1, 2]
    assert [entry.version for entry in lived.history(1, at=day(9, 30), known_at="now")] == [1, 2, 3]
    assert lived.history(1, at=day(9, 21)) == []


def test_the_log_finds_by_actor_type_day_and_lateness(lived):
    assert [entry.type for entry in lived.log(actor="dung")] == ["actor.registered", "directive.extended"]
    assert [entry.version for entry in lived.log(type="directive.reported")] == [3]
    assert [entry.version for entry in lived.log(type="extended")] == [2]
    assert [entry.number for entry in lived.log(late_days=3)] == [1]
    assert {entry.recorded_at.date() for entry in lived.log(from_=day(9, 28), to="2021-09-28")} == {day(9, 28)}
    assert [entry.position for entry in lived.log(limit=2)] == [1, 2]
    assert [e.position for e in lived.log()] == [e.position for e in lived.events()]


def test_the_feed_goes_on_where_a_projection_stands(lived):
    everything = list(lived.events())

    assert list(lived.events(after=5)) == everything[5:]
    assert list(lived.events(after=5, to=7)) == everything[5:7]
    assert list(lived.events(limit=3)) == everything[:3]
    assert [e.type for e in lived.events(types=["directive.extended.v1"])] == ["directive.extended.v1"]
    assert list(lived.events(after=len(everything))) == []


def test_why_names_the_event_that_set_a_field(lived):
    why = lived.why(1, "due_on")

    assert (why.value, why.entry.version) == (day(10, 9), 2)
    assert "Nguyễn Tiến Dũng" in str(why)
    assert "'mưa lũ'" in str(why)
    assert "15/TB-UBND" in str(why)
    assert str(why).endswith(".")
    assert lived.why(1, "due_on", at=day(9, 27)).entry.version == 1
    assert lived.why("1/1", "status").entry.version == 3
    assert lived.why("1/1", "status", at=day(9, 30)).entry.version == 1
    assert lived.why("1/2", "status").entry.version == 1


def test_why_refuses_what_is_not_there(lived):
    with pytest.raises(BadValue) as caught:
        lived.why(1, "colour")
    assert "due_on" in str(caught.value)
    with pytest.raises(UnknownShare):
        lived.why("1/3", "status")
    with pytest.raises(UnknownDirective):
        lived.why(1, at=day(9, 21))
    with pytest.raises(UnknownDirective):
        lived.history(2)
