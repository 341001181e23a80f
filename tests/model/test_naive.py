"""Small logs worked out by hand from the design: what the naive model must say before it may judge anything else."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from directives_core.directive import events as ev
from directives_core.event import Event, Payload, Retracted
from directives_core.recurrence import Recurrence
from tests.model.logs import CLASS, assigned, directive_logs, handed_over, log, moments, result
from tests.model.naive import effects, replay

END = dt.date(2021, 12, 31), 1000


def sep(day: int) -> dt.date:
    return dt.date(2021, 9, day)


def october(day: int) -> dt.date:
    return dt.date(2021, 10, day)


def at_the_end(events: list[Event]) -> dict[int, dict[str, Any]]:
    state = replay(events, *END)
    assert state is not None
    return state


def statuses(events: list[Event], day: dt.date = END[0], position: int = END[1]) -> dict[int, str]:
    state: Any = replay(events, day, position)
    return {number: share["status"] for number, share in state.items() if number}


def without_effect(events: list[Event]) -> list[int]:
    return [version for version, acted in effects(events, *END).items() if not acted]


def test_a_late_paper_acts_on_its_day_and_is_unknown_before_its_position() -> None:
    late = (sep(28), ev.Extended(shares=(1,), due_on=october(20)))
    events = log(assigned("u-1", due_on=sep(30)), (october(5), ev.Noted(text="chưa có báo cáo")), late)
    for day, position, due_on in ((october(5), 2, sep(30)), (october(5), 3, october(20)), (sep(27), 3, sep(30))):
        state: Any = replay(events, day, position)
        assert state[1]["due_on"] == due_on


def test_a_late_paper_can_rob_a_later_one_of_its_effect() -> None:
    events = log(
        assigned("u-1", due_on=sep(30)),
        (october(3), ev.Extended(shares=(1,), due_on=october(10))),
        (october(1), ev.Extended(shares=(1,), due_on=october(15))),
    )
    assert without_effect(events) == [2]
    share = at_the_end(events)[1]
    assert (share["due_on"], share["extensions"]) == (october(15), 1)


@pytest.mark.parametrize(("wished", "acts"), [(sep(29), False), (sep(30), False), (october(1), True)])
def test_an_extension_acts_only_where_its_day_is_later_than_that_in_force(wished: dt.date, acts: bool) -> None:
    requested = (sep(25), ev.ExtensionRequested(shares=(1,)))
    extended = (sep(26), ev.Extended(shares=(1,), due_on=wished))
    events = log(assigned("u-1", due_on=sep(30)), requested, extended)
    share = at_the_end(events)[1]
    assert (share["due_on"], share["original_due_on"]) == (max(wished, sep(30)), sep(30))
    assert (share["request"], share["extensions"], share["moved"]) == ((None, 1, True) if acts else (2, 0, False))
    assert without_effect(events) == ([] if acts else [3])


def test_a_request_is_pending_until_it_is_refused_and_a_deadline_set_leaves_it() -> None:
    events = log(
        assigned("u-1"),
        (sep(25), ev.ExtensionRequested(shares=(1,))),
        (sep(26), ev.DeadlineSet(shares=(1,), due_on=sep(30), due_time=dt.time(10))),
        (sep(27), ev.ExtensionRefused(shares=(1,))),
    )
    share: Any = (replay(events, sep(26), 4) or {})[1]
    assert (share["request"], share["due_on"], share["due_time"], share["extensions"]) == (2, sep(30), dt.time(10), 0)
    assert at_the_end(events)[1]["request"] is None


def test_a_retraction_of_a_retraction_brings_the_first_event_back_on_its_day() -> None:
    day = sep(25)
    events = log(assigned("u-1"), (day, result(1)), (day, Retracted(version=2)), (day, Retracted(version=3)))
    seen = [statuses(events, day, position)[1] for position in (1, 2, 3, 4)]
    assert seen == ["assigned", "awaiting-acceptance", "assigned", "awaiting-acceptance"]
    assert effects(events, sep(25), 4) == {1: True, 2: True, 4: True}


def test_while_assigned_is_void_so_is_the_directive() -> None:
    events = log(assigned("u-1"), (sep(23), ev.Noted(text="ghi")), (sep(22), Retracted(version=1)))
    assert replay(events, *END) is None
    assert effects(events, *END) == {2: False, 3: False}
    assert statuses(events, position=2) == {1: "assigned"}


def test_delivery_is_the_day_of_the_first_result_report_since_the_last_return() -> None:
    said = [
        assigned("u-1"),
        (sep(23), result(1)),
        (sep(24), ev.Returned(shares=(1,))),
        (sep(25), result(1)),
        (sep(26), result(1)),
        (sep(30), ev.Completed(shares=(1,))),
    ]
    assert at_the_end(log(*said))[1]["delivered_on"] == sep(25)
    assert at_the_end(log(*said[:3], said[5]))[1]["delivered_on"] == sep(30)
    assert at_the_end(log(*said[:5], (sep(30), ev.Completed(shares=(1,), delivered_on=sep(27)))))[1][
        "delivered_on"
    ] == sep(27)
    again = at_the_end(log(*said, (october(1), ev.Reopened(shares=(1,)))))[1]
    assert (again["status"], again["delivered_on"], again["awaited_since"]) == ("in-progress", None, None)


def test_a_resumed_share_stands_where_it_stood_and_a_withdrawn_one_forgets() -> None:
    said = [assigned("u-1"), (sep(23), result(1)), (sep(24), ev.Suspended(shares=(1,)))]
    share = at_the_end(log(*said))[1]
    assert (share["status"], share["before_suspension"]) == ("suspended", "awaiting-acceptance")
    resumed = at_the_end(log(*said, (sep(25), ev.Resumed(shares=(1,)))))[1]
    assert (resumed["status"], resumed["awaited_since"]) == ("awaiting-acceptance", sep(23))
    events = log(*said, (sep(25), ev.Withdrawn(shares=(1,))), (sep(26), ev.Resumed(shares=(1,))))
    assert (statuses(events), at_the_end(events)[1]["before_suspension"]) == ({1: "withdrawn"}, None)
    assert without_effect(events) == [5]


def test_effect_is_decided_per_named_share() -> None:
    events = log(
        assigned("u-1", "u-2"),
        (sep(23), ev.Withdrawn(shares=(1,))),
        (sep(24), ev.Acknowledged(shares=(1, 2, 7))),
        (sep(25), ev.Acknowledged(shares=(1, 7))),
        (sep(26), ev.Reported(shares=(2,), text="tiến độ")),
    )
    assert statuses(events) == {1: "withdrawn", 2: "in-progress"}
    assert without_effect(events) == [4]


def test_a_share_handed_to_two_heirs_closes_and_each_child_takes_everything_but_number_and_unit() -> None:
    events = log(
        assigned(None, due_on=sep(30)),
        (sep(23), ev.Extended(shares=(1,), due_on=october(9))),
        (sep(24), result(1)),
        (sep(25), handed_over((1, "u-1", 2), (1, "u-2", 3), (9, "u-3", 4))),
    )
    state = at_the_end(events)
    assert statuses(events) == {1: "handed-over", 2: "awaiting-acceptance", 3: "awaiting-acceptance"}
    for number, unit in ((2, "u-1"), (3, "u-2")):
        own = {"status": "awaiting-acceptance", "unit": unit, "wording": None, "parents": (1,)}
        assert state[number] == state[1] | own
    assert (state[2]["due_on"], state[2]["moved"], state[2]["awaited_since"]) == (october(9), True, sep(24))


def test_naming_a_share_handed_over_acts_on_all_its_descendants_that_can_be_acted_on() -> None:
    events = log(
        assigned("u-1"),
        (sep(23), handed_over((1, "u-2", 2), (1, "u-3", 3), (1, "u-4", 4))),
        (sep(24), handed_over((2, "u-5", 5))),
        (sep(25), ev.Withdrawn(shares=(3,))),
        (sep(26), result(1)),
        (sep(27), handed_over((1, "u-6", 6))),
    )
    before: Any = statuses(events, sep(26))
    assert [before[n] for n in (3, 4, 5)] == ["withdrawn", "awaiting-acceptance", "awaiting-acceptance"]
    assert at_the_end(events)[6]["parents"] == (4, 5)


def test_a_late_handover_moves_what_was_decided_on_the_old_share_to_its_child() -> None:
    events = log(assigned("u-1"), (sep(25), ev.Completed(shares=(1,))), (sep(24), handed_over((1, "u-2", 2))))
    assert statuses(events, END[0], 2) == {1: "completed"}
    assert statuses(events) == {1: "handed-over", 2: "completed"}


def test_a_merged_child_inherits_from_the_least_advanced_then_lowest_numbered_share() -> None:
    events = log(
        assigned("u-1", "u-2", "u-3"),
        (sep(23), result(1)),
        (sep(24), ev.Declined(shares=(2, 3))),
        (sep(24), ev.DeadlineSet(shares=(3,), due_on=sep(30))),
        (sep(25), handed_over((3, "u-4", 4), (1, "u-4", 4), (2, "u-4", 4))),
    )
    child = at_the_end(events)[4]
    assert (child["status"], child["due_on"], child["parents"]) == ("declined", None, (1, 2, 3))


def test_a_class_is_allocated_once_and_a_further_unit_starts_from_the_deadline_as_amended() -> None:
    to_members = tuple(ev.NewShare(number=n, unit=f"u-{n}") for n in (2, 3))
    events = log(
        assigned(None, due_on=sep(30)),
        (sep(23), ev.Acknowledged(shares=(1,))),
        (sep(24), ev.Allocated(share=1, opened=to_members)),
        (sep(25), ev.Allocated(share=1, opened=(ev.NewShare(number=4, unit="u-4"),))),
        (sep(26), ev.Amended(deadline=ev.DeadlineTerms(due_on=october(1)))),
        (sep(27), ev.Allocated(opened=(ev.NewShare(number=5, unit="u-5"),))),
    )
    state = at_the_end(events)
    assert statuses(events) == {1: "handed-over", 2: "in-progress", 3: "in-progress", 5: "assigned"}
    assert without_effect(events) == [4]
    assert (state[3]["unit"], state[3]["wording"], state[3]["parents"]) == ("u-3", CLASS, (1,))
    assert (state[5]["original_due_on"], state[5]["parents"]) == (october(1), ())


def test_an_amended_deadline_corrects_the_original_and_what_no_decision_moved() -> None:
    corrected = ev.DeadlineTerms(due_on=october(5), due_time=dt.time(9))
    events = log(
        assigned("u-1", "u-2", due_on=sep(30)),
        (sep(25), ev.Extended(shares=(1,), due_on=october(3))),
        (sep(26), ev.Amended(deadline=corrected, units={2: "u-9", 8: "u-9"})),
    )
    state = at_the_end(events)
    days = [[state[n][field] for field in ("original_due_on", "due_on", "due_time")] for n in (1, 2)]
    assert days == [[october(5), october(3), None], [october(5), october(5), dt.time(9)]]
    assert (state[2]["unit"], sorted(state), state[0]["deadline"]) == ("u-9", [0, 1, 2], corrected)


def test_a_period_has_a_state_of_its_own_from_the_first_event_that_touches_it() -> None:
    events = log(
        assigned("u-1", recurrence=Recurrence(every="month", day=22)),
        (october(1), result(1, period="2021-10")),
        (october(2), ev.Completed(shares=(1,), period="2021-10")),
        (october(3), ev.Extended(shares=(1,), period="2021-09", due_on=october(9))),
    )
    share = at_the_end(events)[1]
    assert (share["status"], share["recurs"], share["due_on"]) == ("assigned", True, None)
    assert share["periods"]["2021-10"] == {
        "status": "completed", "due_on": october(22), "due_time": None, "original_due_on": october(22), "moved": False,
        "extensions": 0, "request": None, "awaited_since": october(1), "delivered_on": october(1),
    }  # fmt: skip
    late = share["periods"]["2021-09"]
    assert (late["status"], late["due_on"], late["original_due_on"]) == ("assigned", october(9), sep(22))
    assert (late["moved"], share["moved"]) == (True, False)


FIRST_DAYS = [
    ("month", "2021-11", dt.date(2021, 11, 1)),
    ("quarter", "2021-Q4", october(1)),
    ("half-year", "2022-H1", dt.date(2022, 1, 1)),
    ("year", "2022", dt.date(2022, 1, 1)),
    ("week", "2021-10-08", october(2)),
]


@pytest.mark.parametrize(("every", "period", "first"), FIRST_DAYS)
def test_a_period_can_be_named_from_its_first_day_on(every: Any, period: str, first: dt.date) -> None:
    eve = first - dt.timedelta(days=1)
    rule = Recurrence(every=every, day=5)
    events = log(assigned("u-1", recurrence=rule), (eve, result(1, period=period)), (first, result(1, period=period)))
    assert effects(events, first, 3) == {1: True, 2: False, 3: True}


def test_a_period_that_the_duty_has_not_is_acted_on_by_nothing() -> None:
    events = log(
        assigned("u-1", recurrence=Recurrence(every="month", day=21)),
        (october(1), result(1, period="2021-09")),  # due on the eve of the assignment
        (october(1), result(1, period="2021-Q4")),
        (october(2), ev.Completed(shares=(1,))),  # the recurrence ends
        (october(3), result(1, period="2021-10")),
    )
    assert without_effect(events) == [2, 3, 5]
    assert without_effect(log(assigned("u-1"), (october(1), result(1, period="2021-10")))) == [2]


def test_an_amended_rule_moves_the_periods_that_were_touched_unless_a_decision_moved_them() -> None:
    weekly, monthly = (ev.DeadlineTerms(recurrence=Recurrence(every=e, day=5)) for e in ("week", "month"))
    events = log(
        assigned("u-1", recurrence=Recurrence(every="month", day=22)),
        (october(1), result(1, period="2021-10")),
        (october(1), ev.DeadlineSet(shares=(1,), period="2021-09", due_on=october(20))),
        (october(2), ev.Amended(deadline=monthly)),
        (october(3), ev.Amended(deadline=weekly)),
    )
    periods = at_the_end(events)[1]["periods"]
    assert [periods["2021-10"][day] for day in ("due_on", "original_due_on")] == [october(5), october(5)]
    assert [periods["2021-09"][day] for day in ("due_on", "original_due_on")] == [october(20), sep(5)]


def test_what_changes_no_work_state_is_counted_and_shown() -> None:
    said: list[Payload] = [
        ev.Reminded(shares=(1,)),
        ev.Explained(shares=(1,), text="mưa lũ"),
        ev.Noted(text="ghi"),
        ev.Labelled(labels={"field": "đất đai", "officer": "A"}),
        ev.Labelled(labels={"officer": None}),
        ev.Linked(relation="duplicate", target=7),
    ]
    own = at_the_end(log(assigned("u-1"), *((sep(23), payload) for payload in said)))[0]
    counted = {"reminders": 1, "notes": 2, "labels": {"field": "đất đai"}, "links": {("duplicate", 7)}}
    assert {name: own[name] for name in counted} == counted


@settings(deadline=None)
@given(directive_logs())
def test_every_log_has_a_state_at_every_moment_and_none_before_its_first_event(events: list[Event]) -> None:
    assert [e.version for e in events] == list(range(1, len(events) + 1))
    for day, position in moments(events):
        state = replay(events, day, position)
        if position == 0 or day < events[0].effective_on:
            assert state is None
        if state is not None:
            assert all(parent in state for n, share in state.items() if n for parent in share["parents"])
