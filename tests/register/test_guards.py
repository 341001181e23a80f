"""What a command needs of the directive that it is about: the column "guard" of the table of events."""

import pytest

from directives_core.errors import (
    BadValue,
    DeliveredOutOfTime,
    ExtensionsExhausted,
    NoRequest,
    NotEarlier,
    NothingToDo,
    NotLater,
    ReasonNeeded,
    TooLate,
    UnknownDirective,
    UnknownShare,
    WrongState,
)
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign, assign_to_class, day, refused, status


def bring_to(register, state: str) -> int:
    """A directive of one share in this state."""
    number = assign(register)
    steps = {
        "assigned": [],
        "declined": [lambda: register.decline(number, reason="không thuộc thẩm quyền", by=OFFICE)],
        "in-progress": [lambda: register.report(number, "Đang làm", by=OFFICE)],
        "awaiting-acceptance": [lambda: register.report(number, "Đã nộp", result=True, by=OFFICE)],
        "returned": [
            lambda: register.report(number, "Đã nộp", result=True, by=OFFICE),
            lambda: register.return_(number, reason="thiếu biểu", by=OFFICE),
        ],
        "suspended": [lambda: register.suspend(number, reason="chờ hướng dẫn", by=CHAIR)],
        "completed": [lambda: register.complete(number, reason="đã xong", by=OFFICE)],
        "withdrawn": [lambda: register.withdraw(number, reason="không còn cần", by=CHAIR)],
        "superseded": [lambda: register.supersede(number, by_number="khac/3", reason="có văn bản mới", by=CHAIR)],
        "handed-over": [lambda: register.hand_over(number, to=CAN_KHE, rests_on="QĐ 5", by=OFFICE)],
    }
    for step in steps[state]:
        step()
    return number


OPEN = {"assigned", "declined", "in-progress", "returned", "awaiting-acceptance"}
STATES = (*sorted(OPEN), "suspended", "completed", "withdrawn", "superseded")
BINDING = OPEN | {"suspended"}
ENDED = {"completed", "withdrawn", "superseded"}

ACTS_ON = {
    "acknowledge": (lambda r, n: r.acknowledge(n, by=OFFICE), OPEN),
    "report": (lambda r, n: r.report(n, "x", by=OFFICE), OPEN),
    "report a result": (lambda r, n: r.report(n, "x", result=True, by=OFFICE), OPEN),
    "return": (lambda r, n: r.return_(n, reason="x", by=OFFICE), {"awaiting-acceptance"}),
    "decline": (lambda r, n: r.decline(n, reason="x", by=OFFICE), OPEN),
    "request an extension": (lambda r, n: r.request_extension(n, to=day(10, 9), reason="x", by=OFFICE), OPEN),
    "extend": (lambda r, n: r.extend(n, to=day(10, 9), reason="x", by=CHAIR), OPEN),
    "set a deadline": (lambda r, n: r.set_deadline(n, due=day(9, 29), reason="x", by=CHAIR), OPEN),
    "suspend": (lambda r, n: r.suspend(n, reason="x", by=CHAIR), OPEN),
    "resume": (lambda r, n: r.resume(n, reason="x", by=CHAIR), {"suspended"}),
    "complete": (lambda r, n: r.complete(n, reason="x", by=OFFICE), OPEN),
    "withdraw": (lambda r, n: r.withdraw(n, reason="x", by=CHAIR), BINDING),
    "supersede": (lambda r, n: r.supersede(n, by_number="khac/3", reason="x", by=CHAIR), BINDING),
    "reopen": (lambda r, n: r.reopen(n, reason="x", by=CHAIR), ENDED | {"declined"}),
    "hand over": (lambda r, n: r.hand_over(n, to=NOI_VU, rests_on="QĐ 5", by=OFFICE), BINDING),
    "explain": (lambda r, n: r.explain(n, "x", by=OFFICE), set(STATES)),
    "note": (lambda r, n: r.note(n, "x", by=OFFICE), set(STATES)),
    "label": (lambda r, n: r.label(n, {"x": "y"}, by=OFFICE), set(STATES)),
    "amend": (lambda r, n: r.amend(n, text="x", by=OFFICE), set(STATES)),
    "link": (lambda r, n: r.link(n, "parent", "khac/3", by=OFFICE), set(STATES)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", ACTS_ON)
def test_a_command_acts_on_just_the_states_that_the_fold_knows_for_it(register, command, state):
    do, acts_on = ACTS_ON[command]
    number = bring_to(register, state)
    assert status(register, number) == state

    if state in acts_on:
        do(register, number)
        assert register.history(number)[-1].effect
    else:
        with refused(register, WrongState) as caught:
            do(register, number)
        assert (caught.value.number, caught.value.share, caught.value.status) == (number, 1, state)
        assert caught.value.works


NEED_A_REASON = {
    "decline": ("assigned", lambda r, n, **how: r.decline(n, by=OFFICE, **how)),
    "request": ("assigned", lambda r, n, **how: r.request_extension(n, to=day(10, 9), by=OFFICE, **how)),
    "extend": ("assigned", lambda r, n, **how: r.extend(n, to=day(10, 9), by=CHAIR, **how)),
    "return": ("awaiting-acceptance", lambda r, n, **how: r.return_(n, by=OFFICE, **how)),
    "complete": ("in-progress", lambda r, n, **how: r.complete(n, by=OFFICE, **how)),
    "reopen": ("completed", lambda r, n, **how: r.reopen(n, by=CHAIR, **how)),
    "suspend": ("assigned", lambda r, n, **how: r.suspend(n, by=CHAIR, **how)),
    "resume": ("suspended", lambda r, n, **how: r.resume(n, by=CHAIR, **how)),
    "withdraw": ("assigned", lambda r, n, **how: r.withdraw(n, by=CHAIR, **how)),
    "supersede": ("assigned", lambda r, n, **how: r.supersede(n, by_number="khac/3", by=CHAIR, **how)),
    "hand over": ("assigned", lambda r, n, **how: r.hand_over(n, to=NOI_VU, by=OFFICE, **how)),
}


@pytest.mark.parametrize("command", NEED_A_REASON)
def test_what_later_readers_will_ask_about_needs_a_reason_or_a_document(register, command):
    state, do = NEED_A_REASON[command]
    number = bring_to(register, state)

    with refused(register, ReasonNeeded) as caught:
        do(register, number, reason="  ")
    assert "needs a reason" in str(caught.value)
    do(register, number, source="15/TB-UBND")


@pytest.mark.parametrize("to", [day(9, 29), day(9, 30)])
def test_an_extension_goes_to_a_later_day(any_register, to):
    number = assign(any_register)

    with refused(any_register, NotLater) as caught:
        any_register.extend(number, to=to, reason="mưa lũ", by=CHAIR)

    error = caught.value
    assert (error.number, error.share, error.due_on, error.to) == (number, 1, day(9, 30), to)
    assert "give a later day" in str(error)


def test_what_has_no_deadline_is_given_one_and_not_extended(register):
    number = assign(register, due=None)

    with refused(register, NotLater) as caught:
        register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    assert "set one instead" in str(caught.value)
    register.set_deadline(number, due=day(10, 9), by=CHAIR)

    assert register.as_of()[number].due_on == day(10, 9)
    assert register.as_of()[number].extensions == 0


@pytest.mark.parametrize("due", [day(9, 30), day(10, 9)])
def test_a_deadline_that_is_set_is_earlier_than_the_one_in_force(register, due):
    number = assign(register)

    with refused(register, NotEarlier) as caught:
        register.set_deadline(number, due=due, by=CHAIR)

    assert (caught.value.due_on, caught.value.to) == (day(9, 30), due)
    assert "extend it instead" in str(caught.value)


def test_one_of_several_shares_that_cannot_be_extended_refuses_them_all(register):
    number = assign(register, CAN_KHE, NOI_VU)
    register.extend(number, to=day(10, 9), unit=NOI_VU, reason="mưa lũ", by=CHAIR)

    with refused(register, NotLater) as caught:
        register.extend(number, to=day(10, 5), all_units=True, reason="mưa lũ", by=CHAIR)

    assert caught.value.share == 2


def test_a_wish_is_for_a_later_day(register):
    number = assign(register)

    with refused(register, NotLater):
        register.request_extension(number, to=day(9, 30), reason="mưa lũ", by=OFFICE)


def test_only_a_wish_can_be_refused(register):
    number = assign(register)

    with refused(register, NoRequest) as caught:
        register.refuse_extension(number, reason="đủ thời gian", by=CHAIR)

    assert (caught.value.number, caught.value.share) == (number, 1)


def test_a_wish_is_pending_until_it_is_granted_or_refused(register):
    granted, declined = assign(register), assign(register)
    for number in (granted, declined):
        register.request_extension(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
        share = register.as_of()[number].shares[0]
        assert (share.request_pending, share.wished_on) == (True, day(10, 9))

    register.extend(granted, to=day(10, 5), reason="mưa lũ", by=CHAIR)
    register.refuse_extension(declined, reason="đủ thời gian", by=CHAIR)

    assert [register.history(n)[-1].payload["answers"] for n in (granted, declined)] == [2, 2]
    shares = [register.as_of()[n].shares[0] for n in (granted, declined)]
    assert [(s.request_pending, s.wished_on, s.due_on) for s in shares] == [
        (False, None, day(10, 5)),
        (False, None, day(9, 30)),
    ]


def test_a_wish_after_the_due_day_is_flagged_late_or_refused_as_the_office_chose(register, clock):
    number = assign(register)
    clock.set("2021-09-30T23:59+07:00")
    register.request_extension(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
    clock.set("2021-10-01T08:00+07:00")
    register.request_extension(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
    assert [entry.payload["late"] for entry in register.history(number)[1:]] == [False, True]

    register.change_settings(changes={"request_before_expiry": True}, by=OFFICE)

    with refused(register, TooLate) as caught:
        register.request_extension(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
    assert (caught.value.due_on, caught.value.on) == (day(9, 30), day(10, 1))


def test_there_are_as_many_extensions_as_the_office_chose(register):
    register.change_settings(changes={"extension_limit": 1}, by=OFFICE)
    number = assign(register)
    register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    with refused(register, ExtensionsExhausted) as caught:
        register.extend(number, to=day(10, 20), reason="mưa lũ", by=CHAIR)

    assert caught.value.limit == 1
    assert "extended once" in str(caught.value)


@pytest.mark.parametrize("delivered_on", [day(9, 21), day(9, 23)])
def test_a_delivery_lies_between_assignment_and_completion(register, delivered_on):
    number = assign(register)

    with refused(register, DeliveredOutOfTime) as caught:
        register.complete(number, delivered_on=delivered_on, reason="đã xong", by=OFFICE)

    error = caught.value
    assert (error.delivered_on, error.first, error.last) == (delivered_on, day(9, 22), day(9, 22))


def test_a_hand_over_needs_an_heir_and_an_allocation_a_unit(register):
    number, of_class = assign(register), assign_to_class(register)

    with refused(register, NothingToDo):
        register.hand_over(number, to=[], rests_on="QĐ 5", by=OFFICE)
    with refused(register, NothingToDo):
        register.allocate(of_class, to=[], by=OFFICE)


def test_only_a_share_that_is_there_is_corrected(register):
    number = assign(register)

    with refused(register, UnknownShare) as caught:
        register.amend(number, units={2: NOI_VU}, by=OFFICE)

    assert caught.value.known == (1,)


def test_a_link_and_a_successor_within_the_register_must_be_there(register):
    number = assign(register)

    with refused(register, UnknownDirective):
        register.link(number, "parent", 99, by=OFFICE)
    with refused(register, UnknownDirective):
        register.supersede(number, by_number="D-99", reason="x", by=CHAIR)


def test_a_deadline_is_given_or_explicitly_none(register):
    with pytest.raises(TypeError):
        register.assign("Nộp hồ sơ", to=CAN_KHE, by=OFFICE)
    with refused(register, BadValue):
        assign(register, due="")
    number = assign(register, due="none")
    assert register.as_of()[number].timeliness == "no-deadline"


def test_a_void_directive_takes_the_place_of_no_other(register):
    number, void = assign(register), assign(register)
    register.retract(void, 1, reason="nhầm", by=OFFICE)

    with refused(register, UnknownDirective):
        register.supersede(number, by_number=void, reason="x", by=CHAIR)
    with refused(register, UnknownDirective):
        register.link(number, "continues", void, by=OFFICE)


def test_a_class_that_was_allocated_is_not_allocated_again_and_the_refusal_says_so(register):
    number = assign_to_class(register)
    register.allocate(number, to=CAN_KHE, by=OFFICE)

    with refused(register, UnknownShare) as caught:
        register.allocate(f"{number}/1", to=NOI_VU, by=OFFICE)

    assert caught.value.known == ()
    assert not str(caught.value).endswith("it has ")


def test_a_unit_is_given_one_share_however_often_it_is_named(register):
    register.define_class("các xã", members=[CAN_KHE], by=OFFICE)

    number = assign(register, CAN_KHE, "UBND XÃ CÁN KHÊ", "các xã")
    register.hand_over(number, to=[NOI_VU, "phòng nội vụ"], rests_on="QĐ 5", by=OFFICE)

    shares = register.as_of()[number].shares
    assert [(share.share, share.unit.name) for share in shares] == [(1, CAN_KHE), (2, NOI_VU)]
