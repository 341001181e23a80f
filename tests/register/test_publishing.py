"""Figures that left the house: kept as they were read, and restated with the late entries that explain a difference."""

import pytest

from directives_core.errors import NameTaken, UnknownFigures
from tests.register.given import CAN_KHE, CHAIR, NOI_VU, OFFICE, assign, day, refused

NAME = "Báo cáo tháng 9/2021"


@pytest.fixture
def published(any_register, clock):
    """Figures of 30 September, published on 1 October: two directives, none of them reported on."""
    numbers = [assign(any_register), assign(any_register, CAN_KHE, NOI_VU)]
    clock.set("2021-10-01T08:00+07:00")
    any_register.publish_figures(NAME, at=day(9, 30), by=OFFICE)
    clock.set("2021-10-08T08:00+07:00")
    return any_register, numbers


def test_published_figures_hold_when_nothing_came(published):
    register, _ = published

    restated = register.restate(NAME)

    assert restated.holds
    assert (restated.differences, restated.explained_by, restated.rules_changed) == ((), (), False)
    assert restated.published == restated.now
    assert restated.published_at.effective_on == restated.known_now.effective_on == day(9, 30)


def test_published_figures_hold_when_what_came_happened_later(published):
    register, (first, _) = published

    register.complete(first, reason="đã xong", by=OFFICE)

    assert register.restate(NAME).holds
    assert register.restate(NAME).explained_by == ()


def test_a_late_entry_changes_them_and_explains_the_change(published):
    register, (first, _) = published

    register.complete(first, reason="đã thấy tại chỗ", effective_on=day(9, 29), by=OFFICE)

    restated = register.restate(NAME)
    assert not restated.holds
    assert set(restated.differences) == {
        ("all directives", "completed_on_time", 0, 1),
        ("all directives", "open_in_time", 2, 1),
        (CAN_KHE, "completed_on_time", 0, 1),
        (CAN_KHE, "open_in_time", 2, 1),
    }
    (change,) = restated.explained_by
    assert (change.number, change.kinds) == (first, ("completed", "entered-late"))
    assert not register.restate(NAME).as_json()["holds"]


def test_a_retraction_changes_them_and_explains_the_change(published):
    register, (first, _) = published

    register.retract(first, 1, reason="nhập hai lần", by=OFFICE)

    restated = register.restate(NAME)
    assert ("all directives", "total", 2, 1) in restated.differences
    assert [(c.number, c.kinds) for c in restated.explained_by] == [(first, ("retracted",))]


def test_what_was_entered_and_taken_back_since_explains_nothing(published):
    register, (first, _) = published
    written = register.complete(first, reason="đã xong", effective_on=day(9, 29), by=OFFICE)

    register.undo(written.command_id, by=OFFICE)

    assert register.restate(NAME).holds
    assert register.restate(NAME).explained_by == ()


def test_a_late_paper_that_moves_no_figure_is_told_and_the_figures_hold(published):
    register, (first, _) = published

    register.extend(first, to=day(10, 20), reason="mưa lũ", effective_on=day(9, 29), by=CHAIR)

    restated = register.restate(NAME)
    assert restated.holds
    assert [c.kinds for c in restated.explained_by] == [("extended", "entered-late")]


def test_a_unit_that_is_called_otherwise_since_moves_no_figure(published):
    register, _ = published

    register.rename_unit(CAN_KHE, "UBND thị trấn Cán Khê", effective_on=day(9, 25), by=OFFICE)

    assert register.restate(NAME).holds


def test_a_name_is_published_once_and_what_was_not_published_is_not_restated(published):
    register, _ = published

    with refused(register, NameTaken):
        register.publish_figures(NAME, by=OFFICE)
    with refused(register, UnknownFigures) as refusal:
        register.restate("Báo cáo khác")
    assert NAME in str(refusal.value)
    assert register.published_figures() == [NAME]


def test_a_publication_that_was_taken_back_is_none_and_can_be_made_again(published):
    register, _ = published
    late = register.publish_figures("Báo cáo quý III", at=day(9, 30), by=OFFICE)

    register.undo(late.command_id, by=OFFICE)

    assert register.published_figures() == [NAME]
    with refused(register, UnknownFigures):
        register.restate("Báo cáo quý III")
    register.publish_figures("Báo cáo quý III", at=day(10, 1), by=OFFICE)
    assert register.restate("Báo cáo quý III").published_at.effective_on == day(10, 1)


def test_figures_of_a_meeting_are_published_as_the_meeting_saw_them(any_register, clock):
    number = assign(any_register)
    meeting = any_register.close_meeting("GB-2021-09", by=OFFICE)
    any_register.complete(number, reason="đã xong", by=OFFICE)

    any_register.publish_figures(NAME, at=meeting, by_unit=False, by=OFFICE)

    restated = any_register.restate(NAME)
    assert "units" not in restated.published
    assert restated.published["directives"]["open_in_time"] == 1
    assert ("all directives", "open_in_time", 1, 0) in restated.differences
