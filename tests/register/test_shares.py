"""Shares that come and go: classes and their allocation, hand-over to heirs, and what later papers then meet."""

from directives_core.errors import NotAllowed, UnitNeeded, UnknownShare, WrongState
from tests.register.given import (
    CAN_KHE,
    CAN_KHE_CLERK,
    CHAIR,
    CLASS,
    NOI_VU,
    NOI_VU_CLERK,
    OFFICE,
    assign,
    assign_to_class,
    day,
    refused,
)

NEW = "UBND xã Xuân Du"


def shares(register, number, at=None, known_at=None):
    """Number, unit, status and parents of every share."""
    found = register.as_of(at, known_at=known_at)[number].shares
    return [(each.share, each.unit.name, each.status, each.parents) for each in found]


# ------------------------------------------------------------------------------------------------------------- classes


def test_a_class_that_is_not_defined_is_one_share_without_a_unit(any_register):
    number = assign_to_class(any_register)

    (only,) = any_register.as_of()[number].shares
    assert (only.unit.id, only.unit.name, only.role, only.due_on) == (None, CLASS, "addressed", day(9, 30))


def test_a_defined_class_fans_out_to_its_members_and_keeps_its_wording(any_register):
    any_register.define_class(CLASS, members=[CAN_KHE, NOI_VU], by=OFFICE)

    number = assign_to_class(any_register)

    assert [name for _, name, _, _ in shares(any_register, number)] == [CAN_KHE, NOI_VU]
    opened = any_register.history(number)[0].payload["shares"]
    assert [each["wording"] for each in opened] == [CLASS, CLASS]


def test_an_allocated_class_closes_into_one_child_for_every_unit(any_register):
    number = assign_to_class(any_register)
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)

    any_register.allocate(number, to=[CAN_KHE, NOI_VU], rests_on="CV 7", by=OFFICE)

    assert shares(any_register, number) == [
        (1, CLASS, "handed-over", ()),
        (2, CAN_KHE, "assigned", (1,)),
        (3, NOI_VU, "assigned", (1,)),
    ]
    assert [each.due_on for each in any_register.as_of()[number].shares[1:]] == [day(10, 9), day(10, 9)]
    assert [each.extensions for each in any_register.as_of()[number].shares[1:]] == [1, 1]


def test_a_further_unit_begins_under_the_deadline_as_assigned_and_corrected(any_register):
    number = assign(any_register)
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    any_register.amend(number, due=day(9, 28), by=OFFICE)

    any_register.allocate(number, to=NOI_VU, by=OFFICE)

    assert shares(any_register, number)[1] == (2, NOI_VU, "assigned", ())
    assert [each.due_on for each in any_register.as_of()[number].shares] == [day(10, 9), day(9, 28)]


def test_several_classes_are_allocated_by_naming_the_share(register):
    number = register.assign("Rà soát", addressed=["các xã", "các phòng"], due=None, by=OFFICE)

    with refused(register, UnitNeeded) as caught:
        register.allocate(number, to=CAN_KHE, by=OFFICE)
    assert caught.value.shares == ((1, "các xã"), (2, "các phòng"))
    register.allocate(f"{number}/2", to=NOI_VU, by=OFFICE)

    assert shares(register, number) == [
        (1, "các xã", "assigned", ()),
        (2, "các phòng", "handed-over", ()),
        (3, NOI_VU, "assigned", (2,)),
    ]
    with refused(register, UnknownShare):
        register.allocate(f"{number}/3", to=CAN_KHE, by=OFFICE)


# ----------------------------------------------------------------------------------------------------------- hand-over


def test_every_heir_takes_over_everything_but_number_and_unit(any_register):
    any_register.add_unit(NEW, by=OFFICE)
    number = assign(any_register)
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    any_register.report(number, "Đã nộp", result=True, by=CAN_KHE_CLERK)

    any_register.hand_over(number, to=[NOI_VU, NEW], rests_on="NQ 12", by=OFFICE)

    assert shares(any_register, number) == [
        (1, CAN_KHE, "handed-over", ()),
        (2, NOI_VU, "awaiting-acceptance", (1,)),
        (3, NEW, "awaiting-acceptance", (1,)),
    ]
    heirs = any_register.as_of()[number].shares[1:]
    assert [(h.due_on, h.original_due_on, h.extensions) for h in heirs] == [(day(10, 9), day(9, 30), 1)] * 2


def test_a_unit_that_holds_several_able_shares_means_all_of_them(any_register):
    number = assign(any_register, CAN_KHE, NOI_VU)
    any_register.hand_over(number, to=NOI_VU, unit=CAN_KHE, rests_on="NQ 12", by=OFFICE)

    any_register.report(number, "Đang làm", by=NOI_VU_CLERK)
    any_register.report(number, "Đang làm", unit=NOI_VU, by=OFFICE)

    assert [entry.payload["shares"] for entry in any_register.history(number)[2:]] == [[2, 3], [2, 3]]


def test_a_successor_speaks_only_after_the_hand_over(register, clock):
    number = assign(register)
    clock.set("2021-09-25T08:00+07:00")
    register.hand_over(number, to=NOI_VU, rests_on="NQ 12", by=OFFICE)

    register.report(number, "Đang làm", by=NOI_VU_CLERK)

    with refused(register, NotAllowed):
        register.report(number, "Đang làm", effective_on=day(9, 24), by=NOI_VU_CLERK)


def test_who_handed_over_speaks_no_more(register):
    number = assign(register)
    register.hand_over(number, to=NOI_VU, rests_on="NQ 12", by=OFFICE)

    with refused(register, WrongState) as caught:
        register.report(number, "Đang làm", by=CAN_KHE_CLERK)

    assert caught.value.status == "handed-over"


def test_an_event_on_a_share_that_was_handed_over_meets_its_heirs(any_register, clock):
    any_register.add_unit(NEW, by=OFFICE)
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.extend(f"{number}/1", to=day(10, 9), reason="mưa lũ", by=CHAIR)

    any_register.hand_over(number, to=[NOI_VU, NEW], rests_on="NQ 12", effective_on=day(9, 25), by=OFFICE)

    assert [(s.share, s.status, s.due_on) for s in any_register.as_of()[number].shares] == [
        (1, "handed-over", day(9, 30)),
        (2, "assigned", day(10, 9)),
        (3, "assigned", day(10, 9)),
    ]
    any_register.complete(f"{number}/1", reason="đã xong", by=OFFICE)
    assert any_register.history(number)[-1].payload["shares"] == [2, 3]


def test_a_second_hand_over_of_a_share_closes_all_its_heirs_into_its_own(any_register, clock):
    any_register.add_unit(NEW, by=OFFICE)
    number = assign(any_register)
    clock.set("2021-10-05T08:00+07:00")
    any_register.hand_over(number, to=CAN_KHE, rests_on="QĐ 1", by=OFFICE)

    told = any_register.hand_over(number, to=[NOI_VU, NEW], rests_on="QĐ 2", effective_on=day(9, 25), by=OFFICE)

    assert told.without_effect == ()
    assert shares(any_register, number) == [
        (1, CAN_KHE, "handed-over", ()),
        (2, CAN_KHE, "assigned", (3, 4)),
        (3, NOI_VU, "handed-over", (1,)),
        (4, NEW, "handed-over", (1,)),
    ]
    assert [status for _, _, status, _ in shares(any_register, number, day(9, 30), "now")] == [
        "handed-over",
        "assigned",
        "assigned",
    ]


def test_a_number_that_a_void_event_opened_is_never_given_again(any_register):
    number = assign(any_register)
    any_register.hand_over(number, to=NOI_VU, rests_on="QĐ 1", by=OFFICE)
    any_register.retract(number, 2, reason="nhầm", by=OFFICE)

    any_register.allocate(number, to=NOI_VU, by=OFFICE)

    assert shares(any_register, number) == [(1, CAN_KHE, "assigned", ()), (3, NOI_VU, "assigned", ())]


def test_an_heir_that_was_entered_wrongly_is_corrected_from_the_day_of_the_hand_over(any_register, clock):
    any_register.add_unit(NEW, by=OFFICE)
    number = assign(any_register)
    clock.set("2021-09-25T08:00+07:00")
    any_register.hand_over(number, to=NOI_VU, rests_on="QĐ 1", by=OFFICE)

    any_register.amend(number, units={2: NEW}, effective_on=day(9, 25), by=OFFICE)

    assert shares(any_register, number)[1] == (2, NEW, "assigned", (1,))


def test_a_unit_that_declined_is_released_by_a_hand_over(any_register):
    number = assign(any_register)
    any_register.decline(number, reason="không thuộc thẩm quyền", proposes=NOI_VU, by=CAN_KHE_CLERK)
    assert any_register.as_of(day(10, 1))[number].timeliness == "overdue"

    any_register.hand_over(number, to=NOI_VU, rests_on="KL 3", by=OFFICE)

    assert any_register.as_of()[number].status == "declined"
    assert any_register.as_of().directives(unit=CAN_KHE) == []
    assert len(any_register.as_of().directives(unit=NOI_VU)) == 1


def test_a_declined_duty_is_ruled_to_stand_by_reopening_it(register):
    number = assign(register)
    register.decline(number, reason="không thuộc thẩm quyền", by=CAN_KHE_CLERK)

    register.reopen(number, reason="thuộc thẩm quyền của xã", by=CHAIR)

    assert register.as_of()[number].status == "in-progress"
