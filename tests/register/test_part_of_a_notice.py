"""A notice of which only what concerns one unit is recorded; the rest later, or for another unit."""

import copy

import pytest

from directives_core import NoticeDraft, read_notice
from directives_core.errors import DraftOfAnotherFile, NotConcerned, RecordedBefore, UnknownUnit
from tests.register.given import CAN_KHE, CLASS, HUYEN, NOI_VU, OFFICE, refused
from tests.register.test_notices import DRAFT


def draft(*assignees: list[tuple[str, str]]) -> NoticeDraft:
    """A notice whose items have these assignees, each a unit and a role."""
    items = []
    for n, named in enumerate(assignees, 1):
        units = [{"unit": unit, "role": role, "span": None} for unit, role in named]
        items.append(copy.deepcopy(DRAFT["items"][1]) | {"path": f"I.{n}", "text": f"Việc {n}", "assignees": units})
    return NoticeDraft.model_validate(DRAFT | {"items": items})


NOTICE = draft(
    [(CAN_KHE, "lead")], [(NOI_VU, "lead"), (CAN_KHE, "cooperating")], [(NOI_VU, "lead")], [(CLASS, "addressed")],
    [(HUYEN, "lead")],
)  # fmt: skip


def recorded(register, **how):
    return register.record_notice(NOTICE, number="12/TB", document=b"%PDF", by=OFFICE, **how)


def texts(register) -> list[str]:
    return [view.text for view in register.as_of()]


def test_what_the_unit_leads_helps_with_or_may_be_meant_by_is_recorded_and_the_rest_is_named(any_register):
    numbers = recorded(any_register, only_for=CAN_KHE)

    assert texts(any_register) == ["Việc 1", "Việc 2", "Việc 4"]
    (notice,) = any_register.notices()
    assert notice.left == ("I.3", "I.5")
    assert [item.path for item in notice.recorded.items] == ["I.1", "I.2", "I.4"]
    assert "not recorded, as other units are meant: I.3, I.5 (2 of 5 items)" in numbers.warnings
    assert f"I.4: is {CAN_KHE} one of “{CLASS}”? Define the class to settle it" in numbers.warnings


def test_a_defined_class_settles_whom_it_means(register):
    register.define_class(CLASS, members=[NOI_VU], by=OFFICE)

    recorded(register, only_for=CAN_KHE)

    assert texts(register) == ["Việc 1", "Việc 2"]


def test_the_same_file_again_is_known_and_the_rest_can_follow(any_register):
    recorded(any_register, only_for=CAN_KHE)
    with refused(any_register, RecordedBefore) as caught:
        recorded(any_register)
    assert caught.value.left == 2
    assert "without 2 items that concern other units" in str(caught.value)
    with refused(any_register, RecordedBefore):
        recorded(any_register, only_for=CAN_KHE)

    for_another = recorded(any_register, only_for=NOI_VU)
    rest = recorded(any_register, rest=True)

    assert (for_another, rest) == ((4,), (5,))
    assert any_register.number_of("12/TB:I.5") == 5
    (notice,) = any_register.notices()
    assert (notice.left, len(notice.recorded.items)) == ((), 5)
    for how in ({}, {"rest": True}, {"only_for": NOI_VU}):
        with refused(any_register, RecordedBefore) as caught:
            recorded(any_register, **how)
        assert caught.value.left == 0


def test_a_later_part_is_undone_without_the_first(register):
    recorded(register, only_for=CAN_KHE)
    recorded(register, rest=True, command_id="rest")

    register.undo("rest", by=OFFICE)

    assert texts(register) == ["Việc 1", "Việc 2", "Việc 4"]
    assert register.notices()[0].left == ("I.3", "I.5")
    assert recorded(register, rest=True) == (6, 7)


def test_a_unit_that_nothing_concerns_or_that_nobody_knows_is_refused(register):
    register.add_unit("Trạm Y tế", by=OFFICE)
    register.define_class(CLASS, members=[CAN_KHE], by=OFFICE)

    with refused(register, NotConcerned):
        recorded(register, only_for="Trạm Y tế")
    with refused(register, UnknownUnit):
        recorded(register, only_for="Trạm Thú y")


def test_a_draft_can_be_narrowed_before_it_is_reviewed(register):
    narrowed = register.concerning(NOTICE, CAN_KHE)

    assert [item.path for item in narrowed.items] == ["I.1", "I.2", "I.4"]
    assert len(narrowed.left_out) == len(NOTICE.left_out) + 2
    assert "one of “UBND các xã, thị trấn”" in narrowed.items[2].questions[-1]


def test_the_members_that_a_person_named_for_a_class_are_its_shares(any_register):
    item = NOTICE.items[3]
    named = item.assignees[0].model_copy(update={"members": (CAN_KHE, NOI_VU)})
    changed = NOTICE.model_copy(update={"items": (item.model_copy(update={"assignees": (named,)}),)})

    any_register.record_notice(changed, by=OFFICE)

    assert [share.unit.name for share in any_register.as_of()[1].shares] == [CAN_KHE, NOI_VU]


@pytest.mark.parametrize("words", ["Kết luận khác."])
def test_a_draft_of_other_words_is_refused(register, words):
    read = read_notice("1. Phòng Nội vụ báo cáo UBND huyện trước ngày 30/9/2021.")

    with refused(register, DraftOfAnotherFile):
        register.record_notice(read, text=words, document=words.encode(), add_units=True, by=OFFICE)
