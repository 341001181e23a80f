"""Recording a notice: its directives in one commit, each file once, unknown units all at once."""

import copy

import pytest

from directives_core import read_notice
from directives_core.errors import BadValue, InTheFuture, RecordedBefore, UnitEnded, UnknownNotice, UnknownUnits
from tests.register.given import CAN_KHE, CHAIR, HUYEN, NOI_VU, OFFICE, day, position, refused

DRAFT = {
    "header": {
        "title": "Kết luận giao ban", "number": None, "date": None, "issuer": HUYEN,
        "chair": {"name": "Trần Văn Tọa", "roles": ["Chủ tịch UBND huyện"]},
        "meeting": {"title": "Giao ban tháng 9", "date": "2021-09-22"},
    },
    "items": [
        {
            "path": "I.1", "span": [0, 20], "text": "Nộp hồ sơ sáp nhập thôn", "kind": "deliverable",
            "assignees": [
                {"unit": CAN_KHE, "role": "lead", "span": [0, 5]},
                {"unit": "Công an huyện", "role": "cooperating", "span": [0, 5]},
            ],
            "deadline": {
                "wording": "chậm nhất ngày 02/10/2021", "span": [0, 5], "rule": "at-latest", "due": "2021-10-02",
                "time": None, "every": None, "alternatives": [],
            },
            "report_to": HUYEN, "via": NOI_VU, "citations": [{"number": "1497/UBND-TNMT", "date": "2021-08-04"}],
            "questions": [],
        },
        {
            "path": "I.2", "span": [20, 40], "text": "Rà soát đất ở", "kind": "one-off",
            "assignees": [{"unit": "UBND các xã, thị trấn", "role": "addressed", "span": [0, 5]}],
            "deadline": None, "report_to": None, "via": None, "citations": [], "questions": ["Không rõ thời hạn?"],
        },
    ],
    "left_out": [], "questions": [],
}  # fmt: skip


def draft(*, lead: str = CAN_KHE, **header) -> dict:
    """The draft, with another lead unit or header."""
    changed = copy.deepcopy(DRAFT)
    changed["items"][0]["assignees"][0]["unit"] = lead
    changed["header"] |= header
    return changed


def test_the_items_of_a_notice_become_directives_in_one_commit(any_register, clock):
    clock.set("2021-09-25T08:00+07:00")
    before = position(any_register)

    numbers = any_register.record_notice(draft(), number="123/TB-UBND", by=OFFICE, document=b"%PDF", text="…")

    assert numbers == (1, 2)
    assert len({event.recorded_at for event in any_register.events(after=before)}) == 1
    first, second = any_register.as_of().directives(notice="123/TB-UBND")
    assert (first.path, first.due_on, first.assigned_on) == ("I.1", day(10, 2), day(9, 22))
    assert (first.report_to, first.via, first.cooperating[0].name) == (HUYEN, NOI_VU, "Công an huyện")
    assert first.citations[0]["number"] == "1497/UBND-TNMT"
    assert second.shares[0].unit.id is None
    assert "Không rõ thời hạn?" in second.warnings
    (notice,) = any_register.notices()
    assert (notice.key, [item.directive for item in notice.recorded.items]) == ("123/TB-UBND", [1, 2])


def test_the_same_file_is_recorded_once(any_register):
    any_register.record_notice(draft(), number="123/TB-UBND", document=b"%PDF", by=OFFICE)

    for again in (draft(), draft(title="Khác")):
        with refused(any_register, RecordedBefore) as caught:
            any_register.record_notice(again, document=b"%PDF", by=OFFICE)

    error = caught.value
    assert (error.notice, error.on, error.numbers) == ("123/TB-UBND", day(9, 22), (1, 2))
    assert "D-1 to D-2" in str(error)


def test_a_text_and_a_draft_without_a_file_are_recorded_once_too(register):
    register.record_notice(draft(), text="Kết luận", by=OFFICE)
    register.record_notice(draft(), by=OFFICE)

    with refused(register, RecordedBefore):
        register.record_notice(draft(title="Khác"), text="Kết luận", by=OFFICE)
    with refused(register, RecordedBefore):
        register.record_notice(draft(), by=OFFICE)


def test_unknown_lead_units_are_refused_all_at_once_or_added(any_register):
    with refused(any_register, UnknownUnits) as caught:
        any_register.record_notice(draft(lead="UBND xã Cán Khe"), by=OFFICE)
    assert caught.value.names == {"UBND xã Cán Khe": (CAN_KHE,)}

    any_register.record_notice(draft(lead="UBND xã Mậu Lâm"), add_units=True, by=OFFICE)

    assert any_register.as_of()[1].shares[0].unit.name == "UBND xã Mậu Lâm"


def test_a_lead_unit_that_has_ended_is_refused_though_units_may_be_added(register):
    register.end_unit(CAN_KHE, by=OFFICE)

    with refused(register, UnitEnded):
        register.record_notice(draft(), add_units=True, by=OFFICE)


def test_a_notice_of_a_meeting_ahead_is_refused_and_nothing_of_it_kept(register):
    ahead = draft(meeting={"title": "x", "date": "2021-09-23"})

    with refused(register, InTheFuture):
        register.record_notice(ahead, add_units=True, by=OFFICE)

    assert register.as_of().directives() == []


def test_a_draft_without_items_is_refused(register):
    for empty in (draft() | {"items": []}, read_notice("")):
        with refused(register, BadValue):
            register.record_notice(empty, by=OFFICE)


def test_a_directive_is_named_by_notice_and_path(any_register):
    any_register.record_notice(draft(), number="123/TB-UBND", by=OFFICE)

    any_register.extend("123/TB-UBND:I.1", to=day(10, 9), reason="mưa lũ", by=CHAIR)

    assert any_register.number_of("123/TB-UBND:I.1") == 1
    assert any_register.as_of()[1].due_on == day(10, 9)
    with refused(any_register, UnknownNotice) as caught:
        any_register.extend("123/TB-UBND:I.9", to=day(10, 9), reason="mưa lũ", by=CHAIR)
    assert (caught.value.path, caught.value.known) == ("I.9", ("I.1", "I.2"))
    with refused(any_register, UnknownNotice) as caught:
        any_register.number_of("9/TB:I.1")
    assert caught.value.known == ("123/TB-UBND",)


def test_a_link_to_an_item_of_a_notice_is_a_link_to_its_directive(register):
    register.record_notice(draft(), number="123/TB-UBND", by=OFFICE)

    register.link(2, "continues", "123/TB-UBND:I.1", by=OFFICE)

    assert {"relation": "continues", "target": 1} in register.as_of()[2].links


def test_names_in_a_notice_are_sealed(sqlite_register, tmp_path):
    sqlite_register.record_notice(
        draft(), document="Trần Văn Tọa kết luận".encode(), text="Đồng chí Trần Văn Tọa kết luận", by=OFFICE
    )
    sqlite_register.close()

    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Trần Văn Tọa".encode() not in stored


@pytest.mark.parametrize("command", [{}, {"command_id": "a-1"}])
def test_a_notice_sent_twice_under_one_id_gives_the_same_numbers(register, command):
    first = register.record_notice(draft(), by=OFFICE, **command)

    if command:
        assert register.record_notice(draft(), by=OFFICE, **command) == first
        assert register.record_notice(draft(), by=OFFICE, **command).positions == first.positions
    else:
        with refused(register, RecordedBefore):
            register.record_notice(draft(), by=OFFICE)


def test_a_notice_that_is_refused_halfway_in_a_batch_takes_no_numbers(any_register):
    broken = draft()
    broken["items"][1]["assignees"] = [{"unit": NOI_VU, "role": "lead", "span": [0, 5]}]
    any_register.end_unit(NOI_VU, effective_on=day(9, 22), by=OFFICE)

    with any_register.batch(by=OFFICE):
        with pytest.raises(UnitEnded):
            any_register.record_notice(broken, add_units=True)
        with pytest.raises(BadValue):
            any_register.record_notice(draft(), date="2021-02-30")
        assert any_register.assign("Nộp", to=CAN_KHE, due=None) == 1

    assert [directive.number for directive in any_register.as_of()] == [1]
    assert any_register.notices() == []
