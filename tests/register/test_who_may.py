"""Who may do what: the column "who may" of the table of events, tried with everybody on every command."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs

from directives_core import Register
from directives_core.errors import BadValue, NotAllowed
from tests.register.given import (
    AUDITOR,
    CAN_KHE,
    CAN_KHE_CLERK,
    CHAIR,
    NOI_VU,
    NOI_VU_CLERK,
    OFFICE,
    assign,
    assign_to_class,
    day,
    refused,
)

Do = Callable[..., Any]

WHO: dict[str, dict[str, Any]] = {
    "office": {"by": OFFICE, "reason": "theo đề nghị"},
    "office on paper": {"by": OFFICE, "source": "15/TB-UBND"},
    "chair": {"by": CHAIR, "reason": "theo đề nghị"},
    "lead unit": {"by": CAN_KHE_CLERK, "reason": "theo đề nghị"},
    "other unit": {"by": NOI_VU_CLERK, "reason": "theo đề nghị"},
    "auditor": {"by": AUDITOR, "reason": "theo đề nghị"},
}
OFFICE_OR_CHAIR = {"office", "office on paper", "chair"}
CHAIR_OR_PAPER = {"office on paper", "chair"}
UNIT_OR_OFFICE = {"office", "office on paper", "lead unit"}


def assigned(register: Register) -> int:
    return assign(register)


def of_a_class(register: Register) -> int:
    return assign_to_class(register)


def reported(register: Register) -> int:
    number = assign(register)
    register.report(number, "Đã nộp", result=True, by=OFFICE)
    return number


def requested(register: Register) -> int:
    number = assign(register)
    register.request_extension(number, to=day(10, 9), reason="mưa lũ", by=OFFICE)
    return number


def suspended(register: Register) -> int:
    number = assign(register)
    register.suspend(number, reason="chờ hướng dẫn", by=CHAIR)
    return number


def withdrawn(register: Register) -> int:
    number = assign(register)
    register.withdraw(number, reason="không còn cần", by=CHAIR)
    return number


COMMANDS: dict[str, tuple[Callable[[Register], int], Do, set[str]]] = {
    "assign": (assigned, lambda r, n, **how: r.assign("Nộp hồ sơ", to=CAN_KHE, due=None, **how), OFFICE_OR_CHAIR),
    "allocate": (of_a_class, lambda r, n, **how: r.allocate(n, to=[CAN_KHE, NOI_VU], **how), OFFICE_OR_CHAIR),
    "acknowledge": (assigned, lambda r, n, **how: r.acknowledge(n, **how), UNIT_OR_OFFICE),
    "decline": (assigned, lambda r, n, **how: r.decline(n, **how), UNIT_OR_OFFICE),
    "report": (assigned, lambda r, n, **how: r.report(n, "Đang làm", **how), UNIT_OR_OFFICE),
    "request": (assigned, lambda r, n, **how: r.request_extension(n, to=day(10, 9), **how), UNIT_OR_OFFICE),
    "extend": (assigned, lambda r, n, **how: r.extend(n, to=day(10, 9), **how), CHAIR_OR_PAPER),
    "refuse": (requested, lambda r, n, **how: r.refuse_extension(n, **how), CHAIR_OR_PAPER),
    "set deadline": (assigned, lambda r, n, **how: r.set_deadline(n, due=day(9, 29), **how), CHAIR_OR_PAPER),
    "remind": (assigned, lambda r, n, **how: r.remind(n, **how), OFFICE_OR_CHAIR),
    "explain": (assigned, lambda r, n, **how: r.explain(n, "Do mưa", **how), OFFICE_OR_CHAIR | {"lead unit"}),
    "note": (assigned, lambda r, n, **how: r.note(n, "Đã gọi", **how), OFFICE_OR_CHAIR | {"lead unit"}),
    "label": (assigned, lambda r, n, **how: r.label(n, {"field": "đất đai"}, **how), OFFICE_OR_CHAIR),
    "return": (reported, lambda r, n, **how: r.return_(n, **how), OFFICE_OR_CHAIR),
    "complete": (reported, lambda r, n, **how: r.complete(n, **how), OFFICE_OR_CHAIR),
    "reopen": (withdrawn, lambda r, n, **how: r.reopen(n, **how), CHAIR_OR_PAPER),
    "suspend": (assigned, lambda r, n, **how: r.suspend(n, **how), CHAIR_OR_PAPER),
    "resume": (suspended, lambda r, n, **how: r.resume(n, **how), CHAIR_OR_PAPER),
    "withdraw": (assigned, lambda r, n, **how: r.withdraw(n, **how), CHAIR_OR_PAPER),
    "supersede": (assigned, lambda r, n, **how: r.supersede(n, by_number="khac/3", **how), CHAIR_OR_PAPER),
    "hand over": (assigned, lambda r, n, **how: r.hand_over(n, to=NOI_VU, rests_on="QĐ 5", **how), OFFICE_OR_CHAIR),
    "amend": (assigned, lambda r, n, **how: r.amend(n, text="Báo cáo bằng văn bản", **how), OFFICE_OR_CHAIR),
    "link": (assigned, lambda r, n, **how: r.link(n, "parent", "khac/3", **how), OFFICE_OR_CHAIR),
    "retract": (reported, lambda r, n, **how: r.retract(n, 2, **how), {"office", "office on paper"}),
    "open meeting": (assigned, lambda r, n, **how: r.open_meeting("GB", on=day(10, 1), **how), OFFICE_OR_CHAIR),
    "close meeting": (assigned, lambda r, n, **how: r.close_meeting("GB", **how), OFFICE_OR_CHAIR),
    "add unit": (assigned, lambda r, n, **how: r.add_unit("UBND xã Mậu Lâm", **how), OFFICE_OR_CHAIR),
    "rename unit": (assigned, lambda r, n, **how: r.rename_unit(NOI_VU, "Phòng Tổ chức", **how), OFFICE_OR_CHAIR),
    "end unit": (assigned, lambda r, n, **how: r.end_unit(NOI_VU, **how), OFFICE_OR_CHAIR),
    "succeed": (assigned, lambda r, n, **how: r.succeed_units(NOI_VU, successors=CAN_KHE, **how), OFFICE_OR_CHAIR),
    "class": (assigned, lambda r, n, **how: r.define_class("xã", members=[CAN_KHE], **how), OFFICE_OR_CHAIR),
    "add actor": (
        assigned, lambda r, n, **how: r.add_actor("x", name="X", unit=NOI_VU, roles=["unit"], **how), OFFICE_OR_CHAIR,
    ),
    "change actor": (assigned, lambda r, n, **how: r.change_actor("hoa", unit=NOI_VU, **how), OFFICE_OR_CHAIR),
    "end actor": (assigned, lambda r, n, **how: r.end_actor("hoa", **how), OFFICE_OR_CHAIR),
    "settings": (
        assigned, lambda r, n, **how: r.change_settings(changes={"due_soon_days": 5}, **how), OFFICE_OR_CHAIR,
    ),
    "retract office": (assigned, lambda r, n, **how: r.retract_office_event(6, **how), {"office", "office on paper"}),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_for_those_alone_whom_the_table_of_events_names(register, command, who):
    prepare, do, allowed = COMMANDS[command]
    number = prepare(register)

    if who in allowed:
        assert do(register, number, **WHO[who]).positions
    else:
        with refused(register, NotAllowed) as caught:
            do(register, number, **WHO[who])
        assert caught.value.actor == WHO[who]["by"].id
        assert caught.value.who


def test_an_event_is_retracted_by_its_author_too(register):
    number = assign(register)
    register.report(number, "Đã nộp", by=CAN_KHE_CLERK)

    register.retract(number, 2, reason="nhầm việc", by=CAN_KHE_CLERK)

    assert register.history(number)[1].void_by == 3


def test_nobody_accepts_the_work_of_their_own_unit(register):
    own = structs.replace(CAN_KHE_CLERK, roles=frozenset({"unit", "chair"}))
    number = assign(register)
    register.report(number, "Đã nộp", result=True, by=own)

    with refused(register, NotAllowed) as caught:
        register.complete(number, by=own)

    assert "own unit" in caught.value.who


def test_the_share_of_the_office_is_accepted_by_the_chair_or_on_paper(register):
    first, second = (assign(register, OFFICE.unit) for _ in range(2))
    for number in (first, second):
        register.report(number, "Đã xong", result=True, by=OFFICE)

    with refused(register, NotAllowed):
        register.complete(first, reason="đã xong", by=OFFICE)
    register.complete(first, by=CHAIR)
    register.complete(second, source="15/TB-UBND", by=OFFICE)

    assert [d.status for d in register.as_of().directives()] == ["completed", "completed"]


@pytest.mark.parametrize("nothing", ["", "   ", {}, {"number": None}])
def test_a_source_that_names_no_document_is_no_paper(register, nothing):
    number = assign(register)

    with refused(register, NotAllowed):
        register.extend(number, to=day(10, 9), reason="mưa lũ", source=nothing, by=OFFICE)


def test_a_unit_speaks_for_its_own_share_among_several_without_naming_it(register):
    number = assign(register, NOI_VU, CAN_KHE)

    register.report(number, "Đang làm", by=CAN_KHE_CLERK)
    register.note(number, "Đã gọi điện", by=CAN_KHE_CLERK)
    register.explain(number, "Chờ số liệu", by=CAN_KHE_CLERK)

    assert [entry.payload["shares"] for entry in register.history(number)[1:]] == [[2], [2], [2]]


def test_a_unit_does_not_speak_for_the_share_of_another_one(register):
    number = assign(register, NOI_VU, CAN_KHE)

    for named in ({"unit": NOI_VU}, {"unit": [NOI_VU, CAN_KHE]}):
        with refused(register, NotAllowed):
            register.report(number, "Đang làm", by=CAN_KHE_CLERK, **named)
    with refused(register, NotAllowed):
        register.report(f"{number}/1", "Đang làm", by=CAN_KHE_CLERK)


def test_a_policy_of_the_application_takes_the_place_of_the_default_one(clock):
    from directives_adapters import create_register

    class Nobody:
        def check(self, actor, command, directive, unit):
            if command.name == "assign":
                raise NotAllowed(actor.id, command.name, who="this takes the council")
            return "office"

    register = create_register("memory:", title="x", zone="UTC", by=OFFICE, clock=clock, policy=Nobody())

    with refused(register, NotAllowed) as caught:
        assign(register, OFFICE.unit)

    assert caught.value.who == "this takes the council"


def test_a_policy_that_gives_a_role_which_no_event_can_have_is_refused_before_anything_is_written(clock):
    from directives_adapters import create_register

    class Careless:
        def check(self, actor, command, directive, unit):
            return "king" if command.name == "assign" else "office"

    register = create_register("memory:", title="x", zone="UTC", by=OFFICE, clock=clock, policy=Careless())

    with refused(register, BadValue) as caught:
        assign(register, OFFICE.unit)

    assert "one of chair, office, unit, auditor" in str(caught.value)
