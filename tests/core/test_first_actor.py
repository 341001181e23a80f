"""A register that was created by nobody: its first actor, and everybody after."""

from collections.abc import Iterator
from datetime import date

import pytest

from directives_adapters import create_register
from directives_core import Actor, Register
from directives_core.errors import ActorNeeded, BadValue, NotAllowed, UnknownActor
from directives_core.testing import Clock


@pytest.fixture
def register() -> Iterator[Register]:
    clock = Clock("2021-09-22T08:00+07:00")
    with create_register("memory:", title="Sổ", zone="Asia/Ho_Chi_Minh", calendar="VN", clock=clock) as register:
        yield register


def test_a_register_can_be_created_by_nobody_and_its_creation_says_so(register: Register) -> None:
    (created,) = register.log()

    assert (created.type, created.actor.id, created.actor.name, created.actor.unit) == (
        "register.created", "init", "init", "",
    )  # fmt: skip
    assert register.actors() == []


def test_the_first_actor_needs_no_by_acts_itself_and_brings_its_unit(register: Register) -> None:
    added = register.add_actor("hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"])

    assert added == "hoa"
    assert added.positions == (2, 3)
    assert [(entry.type, entry.actor.id) for entry in register.log()][1:] == [
        ("unit.registered", "hoa"), ("actor.registered", "hoa"),
    ]  # fmt: skip
    assert register.add_unit("UBND xã Cán Khê", by="hoa") == "u2"
    assert register.assign("Nộp hồ sơ", to="UBND xã Cán Khê", due=date(2021, 10, 2), by="hoa") == 1


def test_the_first_actor_in_a_batch_can_act_in_the_same_commit(register: Register) -> None:
    with register.batch():
        register.add_actor("hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"])
        register.add_actor("dung", name="Đinh Dũng", unit="Văn phòng", roles=["chair"], by="hoa")

    assert [actor["id"] for actor in register.actors()] == ["hoa", "dung"]


def test_the_second_actor_needs_somebody_who_adds_it(register: Register) -> None:
    register.add_actor("hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"])

    with pytest.raises(ActorNeeded):
        register.add_actor("dung", name="Đinh Dũng", unit="Văn phòng", roles=["chair"])

    assert len(register.actors()) == 1


def test_the_first_actor_is_office_or_chair_and_nothing_is_written_otherwise(register: Register) -> None:
    with pytest.raises(NotAllowed):
        register.add_actor("lan", name="Lan", unit="UBND xã Cán Khê", roles=["unit"])

    assert register.actors() == []
    assert register.as_of().units() == []


def test_nobody_else_can_write_before_the_first_actor(register: Register) -> None:
    with pytest.raises(ActorNeeded):
        register.add_unit("UBND xã Cán Khê")
    with pytest.raises(UnknownActor):
        register.add_unit("UBND xã Cán Khê", by="init")


def test_the_same_first_addition_sent_twice_happens_once(register: Register) -> None:
    def add() -> object:
        return register.add_actor("hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"], command_id="first")

    assert add() == add()
    assert len(register.actors()) == 1


def test_an_actor_that_the_application_vouches_for_can_begin_too(register: Register) -> None:
    office = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=frozenset({"office"}))

    register.add_actor("dung", name="Đinh Dũng", unit="Văn phòng", roles=["chair"], by=office)

    assert [actor["id"] for actor in register.actors()] == ["hoa", "dung"]


def test_no_actor_can_have_the_id_that_stands_for_the_creation(register: Register) -> None:
    with pytest.raises(BadValue, match="stands for the creation"):
        register.add_actor("init", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"])


@pytest.mark.parametrize(("typed", "found"), [("can khe", "u2"), ("Cán Khê", "u2"), ("u2", "u2"), ("khê", "u2")])
def test_a_unit_that_leads_the_directive_is_preferred_also_when_it_has_ended(
    register: Register, typed: str, found: str
) -> None:
    register.add_actor("hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=["office"])
    register.add_unit("UBND xã Cán Khê", by="hoa")
    register.add_unit("UBND xã Thạch Khê", by="hoa")
    number = register.assign("Nộp hồ sơ", to="UBND xã Cán Khê", due="none", by="hoa")
    register.end_unit("UBND xã Cán Khê", by="hoa")

    assert register.find_unit(typed, leading=number).id == found
