"""What is entered is read by the register's own settings, and what others rest on is not taken away under them."""

import datetime as dt

import pytest

from directives_core import Actor, read_notice
from directives_core.errors import BadValue, UnitEnded, UnitInUse, UnknownDirective
from directives_core.register.how import OF_BATCH
from tests.register.given import CAN_KHE, CHAIR, MONTHLY, NOI_VU, OFFICE, START, assign, day, refused

NOTICE = """UBND HUYỆN AN LŨNG
Số: 12/TB-UBND
An Lũng, ngày 22 tháng 9 năm 2021

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp ngày 22/9/2021

1. Giao Phòng Nội vụ rà soát vị trí việc làm trước ngày 10/10/2021.
2. Giao Phòng Tài chính tổng hợp số liệu chậm nhất ngày 15/10/2021.
"""


def due_days(register, numbers):
    return [register.as_of()[number].due_on for number in numbers]


def test_a_notice_is_recorded_by_the_register_s_own_reading_of_before(register):
    register.change_settings(changes={"before_is": "same-day"}, by=OFFICE)

    numbers = register.record_notice(read_notice(NOTICE), add_units=True, by=OFFICE)

    assert due_days(register, numbers) == [day(10, 10), day(10, 15)]


def test_a_day_that_a_person_corrected_in_the_draft_stays(register):
    register.change_settings(changes={"before_is": "same-day"}, by=OFFICE)
    draft = read_notice(NOTICE)
    item = draft.items[0]
    corrected = item.model_copy(update={"deadline": item.deadline.model_copy(update={"due": day(10, 8)})})

    numbers = register.record_notice(
        draft.model_copy(update={"items": (corrected, *draft.items[1:])}), add_units=True, text=NOTICE, by=OFFICE
    )

    assert due_days(register, numbers) == [day(10, 8), day(10, 15)]
    assert register.notices()[0].recorded.corrections == ("1: due 2021-10-09 -> 2021-10-08",)


def test_where_the_office_chose_to_roll_every_deadline_is_rolled(register):
    register.change_settings(changes={"roll": True}, by=OFFICE)

    typed = assign(register, due=day(10, 2))
    recorded = register.record_notice(
        read_notice(NOTICE.replace("ngày 15/10/2021", "ngày 16/10/2021")), add_units=True, by=OFFICE
    )

    assert due_days(register, [typed, recorded[1]]) == [day(10, 4), day(10, 18)]


def test_a_doubt_about_a_deadline_is_told_once(register):
    number = register.assign("Nộp", to=CAN_KHE, due="chậm nhất ngày 02/10/2021", by=OFFICE)

    assert len(number.warnings) == 1


def test_a_version_is_asked_of_one_directive_only(register):
    with refused(register, BadValue):
        register.add_unit("xã Mới", if_version=3, by=OFFICE)


def test_the_ids_of_two_commands_are_not_taken_for_a_batch(register):
    first = register.add_unit("xã Mới", command_id="job.1", by=OFFICE)
    register.add_unit("xã Mới Hai", command_id="job.2", by=OFFICE)

    register.undo("job.1", by=OFFICE)

    assert [unit.name for unit in register.as_of().units() if "Mới" in unit.name] == ["xã Mới Hai"]
    with refused(register, BadValue):
        register.add_unit("xã Khác", command_id=f"job{OF_BATCH}1", by=OFFICE)
    assert first == register.add_unit("xã Mới", command_id="job.1", by=OFFICE)


def test_a_unit_that_holds_shares_cannot_be_made_never_to_have_been(register):
    unit = register.add_unit("xã Mới", by=OFFICE)
    number = assign(register, "xã Mới")

    with refused(register, UnitInUse) as caught:
        register.undo(unit.command_id, by=OFFICE)

    assert caught.value.numbers == (number,)


def test_undoing_a_notice_leaves_the_units_that_it_brought(register):
    recorded = register.record_notice(read_notice(NOTICE), add_units=True, by=OFFICE)
    register.add_actor("tai", name="Vũ Thị Tài", unit="Phòng Tài chính", roles=["unit"], by=OFFICE)

    register.undo(recorded.command_id, by=OFFICE)

    assert register.as_of().directives() == []
    assert register.find_unit("phong tai chinh").name == "Phòng Tài chính"
    assert len(register.record_notice(read_notice(NOTICE), by=OFFICE)) == 2


def test_a_directive_whose_assignment_is_void_says_where_to_look(register):
    number = assign(register)
    register.retract(number, 1, reason="nhầm", by=OFFICE)

    with pytest.raises(UnknownDirective, match="history"):
        _ = register.as_of()[number]


def test_a_unit_that_ended_is_found_by_part_of_its_name_to_say_so(register, clock):
    clock.set("2021-10-01T08:00+07:00")
    register.end_unit(NOI_VU, by=OFFICE)

    with pytest.raises(UnitEnded):
        register.find_unit("noi vu")


def test_a_share_that_was_handed_over_begins_no_periods_any_more(register, clock):
    number = assign(register, due=MONTHLY)
    clock.set("2021-12-10T08:00+07:00")
    register.hand_over(number, to=NOI_VU, reason="điều chuyển", effective_on=day(9, 25), by=OFFICE)

    shares = register.as_of()[number].shares

    assert [len(share.periods) for share in shares] == [0, 4]


def test_an_extension_of_a_period_is_counted(register, clock):
    number = assign(register, due=MONTHLY)
    clock.set("2021-10-10T08:00+07:00")

    register.extend(f"{number}@2021-10", to=day(10, 25), reason="lũ", by=CHAIR)

    assert register.as_of()[number].extensions == 1


def test_a_retraction_is_never_late(register, clock):
    number = assign(register)
    clock.set("2021-12-01T08:00+07:00")
    register.retract(number, 1, reason="nhầm", by=OFFICE)

    assert [entry.type for entry in register.log(late_days=3)] == []


@pytest.mark.parametrize("wrong", [{"roles": {"boss"}}, {"id": " "}, {"name": ""}, {"unit": ""}, {"roles": set()}])
def test_an_actor_of_the_wrong_form_is_misuse(wrong):
    fields = {"id": "hoa", "name": "Lê Thị Hoa", "unit": CAN_KHE, "roles": {"office"}}

    with pytest.raises(BadValue):
        Actor(**{**fields, **wrong})


def test_an_unknown_state_is_misuse_and_not_an_empty_list(register):
    with pytest.raises(BadValue, match="awaiting-acceptance"):
        register.as_of().directives(status="done")
    with pytest.raises(BadValue, match="overdue"):
        register.as_of().directives(timeliness="late")


def test_the_clock_of_these_tests_stands_on_the_day_of_the_meeting():
    assert dt.datetime.fromisoformat(START).date() == day(9, 22)
