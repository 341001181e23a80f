"""Units that end and those that follow them: what is left behind, who takes it, and under whose name it is counted."""

import pytest

from directives_core.errors import BadValue, NothingToDo, UnitEnded
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign, day, refused

XUAN_DU, PHUONG_NGHI, NEW = "UBND xã Xuân Du", "UBND xã Phượng Nghi", "UBND xã Xuân Phượng"
MERGED = "2021-10-01T08:00+07:00"


@pytest.fixture
def communes(any_register):
    """Two communes more."""
    for name in (XUAN_DU, PHUONG_NGHI):
        any_register.add_unit(name, by=OFFICE)
    return any_register


def merge(register, clock, *, old=(XUAN_DU, PHUONG_NGHI), new=NEW, decision="15/NQ-HĐND"):
    """The old units end on 1 October, and one follows them."""
    clock.set(MERGED)
    ids = [register.find_unit(name).id for name in old]
    for each in ids:
        register.end_unit(each, by=OFFICE)
    heir = register.add_unit(new, effective_on=day(10, 1), by=OFFICE)
    register.succeed_units(ids, successors=heir, decision=decision, by=OFFICE)
    return heir


def rows(register, at=None, by="unit", known_at="now"):
    return {name: tally.total for _, name, tally in register.as_of(at, known_at=known_at).figures(by=by).rows}


def test_units_are_not_followed_by_themselves_alone(communes):
    with refused(communes, BadValue):
        communes.succeed_units(XUAN_DU, successors=XUAN_DU, by=OFFICE)
    with refused(communes, BadValue):
        communes.succeed_units([XUAN_DU, PHUONG_NGHI], successors=[PHUONG_NGHI, XUAN_DU], by=OFFICE)

    assert communes.succeed_units([XUAN_DU, PHUONG_NGHI], successors=XUAN_DU, by=OFFICE)


# --------------------------------------------------------------------------------------------------------- left behind


def test_the_day_after_every_open_duty_of_an_ended_unit_is_listed_with_its_heir(communes, clock):
    first, second = assign(communes, XUAN_DU), assign(communes, CAN_KHE, PHUONG_NGHI)
    done = assign(communes, XUAN_DU)
    communes.complete(done, reason="đã xong", by=OFFICE)

    merge(communes, clock)

    left = communes.left_behind()
    assert [(d.number, d.share, d.unit.name) for d in left] == [(first, 1, XUAN_DU), (second, 2, PHUONG_NGHI)]
    assert {(d.ended_on, d.successors[0].name, d.decision) for d in left} == {(day(10, 1), NEW, "15/NQ-HĐND")}
    assert communes.left_behind(day(9, 30)) == []


def test_one_command_hands_over_all_that_is_plain(communes, clock):
    first, second = assign(communes, XUAN_DU), assign(communes, CAN_KHE, PHUONG_NGHI, XUAN_DU)
    communes.suspend(first, reason="chờ", by=CHAIR)
    merge(communes, clock)

    numbers = communes.hand_over_left_behind(by=OFFICE)

    assert list(numbers) == [first, second]
    assert communes.left_behind() == []
    assert [(s.unit.name, s.status) for s in communes.as_of()[first].shares] == [
        (XUAN_DU, "handed-over"),
        (NEW, "suspended"),
    ]
    heirs = [(s.share, s.parents) for s in communes.as_of()[second].shares if s.unit.name == NEW]
    assert heirs == [(4, (2,)), (5, (3,))]
    assert communes.history(first)[-1].payload["rests_on"] == "15/NQ-HĐND"


def test_several_heirs_are_asked_about_and_named_by_hand(communes, clock):
    split, plain = assign(communes, NOI_VU), assign(communes, XUAN_DU)
    merge(communes, clock, old=(XUAN_DU,))
    heirs = [communes.add_unit(name, effective_on=day(10, 1), by=OFFICE) for name in ("Phòng Tổ chức", "Phòng Văn thư")]
    communes.succeed_units(NOI_VU, successors=heirs, decision="20/QĐ-UBND", by=OFFICE)

    numbers = communes.hand_over_left_behind(by=OFFICE)

    assert list(numbers) == [plain]
    (warning,) = numbers.warnings
    assert f"D-{split}/1" in warning
    assert "Phòng Tổ chức, Phòng Văn thư" in warning
    (duty,) = communes.left_behind()
    assert {heir.name for heir in duty.successors} == {"Phòng Tổ chức", "Phòng Văn thư"}
    communes.hand_over(split, to=["Phòng Tổ chức", "Phòng Văn thư"], rests_on="20/QĐ-UBND", by=OFFICE)
    assert communes.left_behind() == []


def test_where_nothing_is_plain_nothing_is_handed_over(register):
    assign(register)

    with refused(register, NothingToDo) as refusal:
        register.hand_over_left_behind(by=OFFICE)

    assert "one successor" in str(refusal.value)


def test_a_hand_over_of_all_is_undone_at_once(communes, clock):
    assign(communes, XUAN_DU), assign(communes, PHUONG_NGHI)
    merge(communes, clock)
    communes.hand_over_left_behind(by=OFFICE)

    communes.undo(by=OFFICE)

    assert len(communes.left_behind()) == 2


def test_a_duty_that_a_late_paper_brings_is_left_behind_though_all_was_handed_over(communes, clock):
    number = assign(communes, XUAN_DU)
    communes.complete(number, reason="đã xong", by=OFFICE)
    merge(communes, clock)

    communes.reopen(number, reason="kết quả sai", effective_on=day(9, 29), by=CHAIR)

    assert [duty.number for duty in communes.left_behind()] == [number]


def test_what_ended_takes_no_new_duty_and_the_refusal_names_who_follows(communes, clock):
    merge(communes, clock)

    with refused(communes, UnitEnded) as refusal:
        assign(communes, XUAN_DU)

    assert NEW in str(refusal.value)
    late = assign(communes, XUAN_DU, effective_on=day(9, 30))
    assert communes.as_of()[late].shares[0].unit.name == XUAN_DU


def test_a_new_unit_bears_the_name_of_one_that_it_absorbed_and_is_another_one(communes, clock):
    number = assign(communes, XUAN_DU)

    heir = merge(communes, clock, new=XUAN_DU)
    communes.hand_over_left_behind(by=OFFICE)

    shares = communes.as_of()[number].shares
    assert [s.unit.name for s in shares] == [XUAN_DU, XUAN_DU]
    assert shares[1].unit.id == heir != shares[0].unit.id


def test_a_succession_of_successions_leads_to_the_unit_of_today(communes, clock):
    number = assign(communes, XUAN_DU)
    merge(communes, clock)
    clock.set("2021-11-01T08:00+07:00")
    last = communes.add_unit("UBND phường Xuân Phượng", effective_on=day(11, 1), by=OFFICE)
    communes.succeed_units(NEW, successors=last, decision="30/NQ", by=OFFICE)

    (duty,) = communes.left_behind()

    assert [heir.id for heir in duty.successors] == [last]
    assert list(communes.hand_over_left_behind(by=OFFICE)) == [number]


# ----------------------------------------------------------------------------------------------------------- figures


def test_figures_are_had_by_the_unit_of_the_time_or_by_the_successor_of_today(communes, clock):
    assign(communes, XUAN_DU), assign(communes, PHUONG_NGHI), assign(communes, CAN_KHE)
    merge(communes, clock)

    assert rows(communes, day(9, 30)) == {CAN_KHE: 1, PHUONG_NGHI: 1, XUAN_DU: 1}
    assert rows(communes, day(9, 30), by="successor") == {CAN_KHE: 1, NEW: 2}


def test_handed_over_shares_are_left_out_and_what_is_not_allocated_is_a_row_of_its_own(communes, clock):
    assign(communes, XUAN_DU)
    communes.assign("Rà soát", addressed="Các xã còn lại", due=None, by=OFFICE)
    merge(communes, clock)
    communes.hand_over_left_behind(by=OFFICE)

    assert rows(communes) == {NEW: 1, "(not allocated)": 1}


def test_a_unit_with_several_heirs_keeps_its_own_row(communes, clock):
    assign(communes, NOI_VU)
    clock.set(MERGED)
    heirs = [communes.add_unit(name, effective_on=day(10, 1), by=OFFICE) for name in ("Phòng A", "Phòng B")]
    communes.succeed_units(NOI_VU, successors=heirs, by=OFFICE)

    assert rows(communes, by="successor") == {NOI_VU: 1}


def test_a_renamed_unit_is_one_row_under_the_name_of_the_day(communes, clock):
    assign(communes, XUAN_DU)
    clock.set(MERGED)
    communes.rename_unit(XUAN_DU, "UBND thị trấn Xuân Du", by=OFFICE)
    assign(communes, "UBND thị trấn Xuân Du")

    assert rows(communes, day(9, 30)) == {XUAN_DU: 1}
    assert rows(communes) == {"UBND thị trấn Xuân Du": 2}
    assert rows(communes, day(9, 30), by="successor") == {"UBND thị trấn Xuân Du": 1}


def test_units_by_whom_one_asks_are_found_though_they_ended(communes, clock):
    number = assign(communes, XUAN_DU)
    merge(communes, clock)

    assert [d.number for d in communes.as_of().directives(unit=XUAN_DU)] == [number]


def test_a_class_fans_out_to_those_who_belonged_to_it_on_the_day(communes, clock):
    communes.define_class("Các xã vùng cao", members=[XUAN_DU, PHUONG_NGHI], by=OFFICE)
    merge(communes, clock)
    communes.define_class("Các xã vùng cao", members=[NEW, CAN_KHE], effective_on=day(10, 1), by=OFFICE)

    late = assign(communes, "Các xã vùng cao", effective_on=day(9, 25))
    now = assign(communes, "Các xã vùng cao")

    names = [[s.unit.name for s in communes.as_of()[number].shares] for number in (late, now)]
    assert names == [[XUAN_DU, PHUONG_NGHI], [NEW, CAN_KHE]]
