"""Taking back what a command did: an event of its own, which can itself be taken back."""

import pytest

from directives_core.errors import BadValue, NotAllowed, NothingToDo, UnknownCommand
from directives_core.reader.draft import DraftAssignee, DraftHeader, DraftItem, DraftMeeting, NoticeDraft
from tests.register.given import (
    AUDITOR,
    CAN_KHE,
    CAN_KHE_CLERK,
    CHAIR,
    NOI_VU,
    NOI_VU_CLERK,
    OFFICE,
    assign,
    day,
    refused,
    status,
)


def test_the_last_command_of_the_actor_is_taken_back(any_register):
    number = assign(any_register)
    any_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    written = any_register.complete(number, reason="đã xong", by=OFFICE)
    any_register.note(number, "của chủ tịch", by=CHAIR)

    undone = any_register.undo(by=OFFICE)

    assert undone == written.command_id
    assert status(any_register, number) == "assigned"
    assert any_register.as_of()[number].due_on == day(10, 9)


def test_an_undo_is_undone_and_undone_again(any_register):
    number = assign(any_register)
    written = any_register.complete(number, reason="đã xong", by=OFFICE)

    first = any_register.undo(written.command_id, by=OFFICE)
    after_first = status(any_register, number)
    second = any_register.undo(first.command_id, by=OFFICE)
    after_second = status(any_register, number)
    any_register.undo(second.command_id, by=OFFICE)

    assert (after_first, after_second, status(any_register, number)) == ("assigned", "completed", "assigned")


def test_an_undo_does_not_reach_into_what_a_meeting_saw(any_register, clock):
    number = assign(any_register)
    any_register.complete(number, reason="đã xong", by=OFFICE)
    meeting = any_register.close_meeting("GB-2021-09", by=OFFICE)
    clock.set("2021-09-25T08:00+07:00")

    any_register.undo(any_register.history(number)[-1].command_id, by=OFFICE)

    assert status(any_register, number, at=meeting) == "completed"
    assert status(any_register, number, at=meeting, known_at="now") == "assigned"


def test_a_batch_is_taken_back_as_one(any_register):
    number = assign(any_register)
    with any_register.batch(by=OFFICE, command_id="lô-1"):
        any_register.report(number, "Đã xong", result=True)
        any_register.complete(number)
        second = any_register.assign("Việc khác", to=NOI_VU, due=None)

    assert any_register.undo(by=OFFICE) == "lô-1"

    assert status(any_register, number) == "assigned"
    assert second not in any_register.as_of()
    any_register.undo(by=OFFICE)
    assert (status(any_register, number), status(any_register, second)) == ("completed", "assigned")


def test_one_command_of_a_batch_is_taken_back_by_its_own_id(any_register):
    number = assign(any_register)
    with any_register.batch(by=OFFICE, command_id="lô-1"):
        any_register.report(number, "Đã xong", result=True)
        accepted = any_register.complete(number)

    any_register.undo(accepted.command_id, by=OFFICE)

    assert status(any_register, number) == "awaiting-acceptance"


def test_a_notice_is_taken_back_with_all_its_directives_and_can_be_recorded_again(any_register):
    draft = NoticeDraft(
        header=DraftHeader(number="12/TB-UBND", meeting=DraftMeeting(date=day(9, 20))),
        items=tuple(
            DraftItem(path=f"I.{n}", span=(0, 7), text="Rà soát", assignees=(DraftAssignee(unit=CAN_KHE, role="lead"),))
            for n in (1, 2)
        ),
    )
    first = any_register.record_notice(draft, by=OFFICE)

    any_register.undo(first.command_id, by=OFFICE)

    assert any_register.as_of().directives() == []
    assert any_register.notices() == []
    second = any_register.record_notice(draft, by=OFFICE)
    assert [d.number for d in any_register.as_of()] == list(second)


def test_a_choice_of_settings_and_a_unit_are_taken_back(any_register):
    any_register.change_settings(changes={"due_soon_days": 10}, by=OFFICE)
    any_register.undo(by=OFFICE)
    any_register.add_unit("UBND xã Xuân Du", by=OFFICE)

    any_register.undo(by=OFFICE)

    assert any_register.as_of().office.settings.due_soon_days == 3
    assert "UBND xã Xuân Du" not in {unit.name for unit in any_register.as_of().units()}


def test_what_made_an_actor_known_is_no_part_of_what_the_command_was_for(any_register):
    number = assign(any_register)
    written = any_register.report(number, "Đã xong", result=True, by=CAN_KHE_CLERK)

    any_register.undo(written.command_id, by=OFFICE)

    assert status(any_register, number) == "assigned"
    assert CAN_KHE_CLERK.id in {actor["id"] for actor in any_register.actors()}


def test_an_undo_says_why_and_which_command(any_register):
    number = assign(any_register)
    written = any_register.complete(number, reason="đã xong", by=OFFICE)

    any_register.undo(written.command_id, by=OFFICE)

    retraction = any_register.history(number)[-1]
    assert retraction.type == "retracted"
    assert written.command_id in retraction.reason


def test_an_undo_tells_what_lost_its_effect(any_register):
    number = assign(any_register)
    reported = any_register.report(number, "Đã xong", result=True, by=OFFICE)
    any_register.return_(number, reason="thiếu biểu", by=CHAIR)

    undone = any_register.undo(reported.command_id, by=OFFICE)

    assert [(lost.number, lost.type) for lost in undone.without_effect] == [(number, "directive.returned")]


def test_what_an_undo_would_do_is_shown_and_not_done(any_register):
    number = assign(any_register)
    written = any_register.complete(number, reason="đã xong", by=OFFICE)

    with any_register.batch(by=OFFICE, dry_run=True):
        shown = any_register.undo(written.command_id)

    assert shown == written.command_id
    assert status(any_register, number) == "completed"


def test_who_may_not_retract_one_event_of_a_command_undoes_none_of_it(register):
    first, second = assign(register), assign(register)
    with register.batch(by=OFFICE, command_id="lô-1"):
        register.report(first, "Đã xong", result=True)
        register.report(second, "Đã xong", result=True)

    for actor in (NOI_VU_CLERK, AUDITOR):
        with refused(register, NotAllowed) as refusal:
            register.undo("lô-1", by=actor)
        assert "office" in str(refusal.value)
    assert (status(register, first), status(register, second)) == ("awaiting-acceptance", "awaiting-acceptance")


def test_the_author_undoes_what_a_unit_reported(register):
    number = assign(register)
    register.report(number, "Đã xong", result=True, by=CAN_KHE_CLERK)

    register.undo(by=CAN_KHE_CLERK)

    assert status(register, number) == "assigned"


def test_nothing_is_undone_twice_and_nobody_undoes_what_is_not_there(register):
    number = assign(register)
    written = register.complete(number, reason="đã xong", by=OFFICE)
    register.undo(written.command_id, by=OFFICE)

    with refused(register, NothingToDo):
        register.undo(written.command_id, by=OFFICE)
    with refused(register, UnknownCommand):
        register.undo("không có", by=OFFICE)
    with refused(register, BadValue):
        register.undo(written.command_id, effective_on=day(9, 22), by=OFFICE)


def test_an_actor_who_did_nothing_yet_has_nothing_to_undo(register):
    assign(register)

    with pytest.raises(UnknownCommand, match="command"):
        register.undo(by=CHAIR)


def test_a_link_is_taken_back_on_both_sides(any_register):
    first, second = assign(any_register), assign(any_register)
    any_register.link(first, "parent", second, by=OFFICE)
    assert any_register.as_of()[second].links == ({"relation": "child", "target": first},)

    any_register.undo(by=OFFICE)

    assert any_register.as_of()[first].links == ()
    assert any_register.as_of()[second].links == ()


def test_a_hand_over_is_taken_back_and_its_numbers_are_not_used_again(any_register, clock):
    number = assign(any_register, CAN_KHE)
    any_register.hand_over(number, to=NOI_VU, rests_on="quyết định", by=OFFICE)

    any_register.undo(by=OFFICE)
    any_register.hand_over(number, to=NOI_VU, rests_on="quyết định", by=OFFICE)

    assert [(s.share, s.status) for s in any_register.as_of()[number].shares] == [(1, "handed-over"), (3, "assigned")]
