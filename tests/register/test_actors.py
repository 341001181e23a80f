"""Who acts: actors that the application vouches for, what is recorded of them, and names that are sealed."""

from pathlib import Path

import pytest
from msgspec import structs

from directives_adapters import open_register
from directives_core import Actor
from directives_core.errors import ActorEnded, BadValue, NameTaken, NotAllowed, UnknownActor
from tests.register.given import (
    AUDITOR,
    CAN_KHE,
    CAN_KHE_CLERK,
    CHAIR,
    HUYEN,
    NOI_VU,
    OFFICE,
    assign,
    day,
    position,
    refused,
)


def types(register, after: int = 0) -> list[str]:
    return [event.payload.type_name for event in register.events(after=after)]


def test_an_actor_is_recorded_once_on_first_use(any_register):
    number = assign(any_register)
    before = position(any_register)

    any_register.remind(number, by=CHAIR)
    any_register.remind(number, by=CHAIR)
    any_register.remind(number, by="dung")

    assert types(any_register, before) == ["actor.registered", *["directive.reminded"] * 3]
    assert any_register.actors()[1] == {
        "id": "dung", "name": "Nguyễn Tiến Dũng", "unit": {"id": "u2", "name": HUYEN}, "roles": ["chair"],
        "ended_on": None,
    }  # fmt: skip


def test_a_unit_that_an_actor_brings_is_registered_with_the_actor(register):
    number, before = assign(register), position(register)
    newcomer = Actor(id="moi", name="Người Mới", unit="Ban Quản lý dự án", roles={"office"})

    register.remind(number, by=newcomer)

    assert types(register, before) == ["unit.registered", "actor.registered", "directive.reminded"]
    assert register.find_unit("Ban Quản lý dự án").id == register.actors()[1]["unit"]["id"]


def test_what_is_said_otherwise_of_an_actor_is_recorded_as_a_change(any_register):
    number = assign(any_register)
    any_register.remind(number, by=CHAIR)
    before = position(any_register)
    promoted = structs.replace(CHAIR, roles=frozenset({"chair", "office"}), unit=NOI_VU, name="Ông Dũng")

    any_register.remind(number, by=promoted)
    any_register.remind(number, by=promoted)

    assert types(any_register, before) == ["actor.changed", "directive.reminded", "directive.reminded"]
    actor = any_register.actors()[1]
    assert (actor["name"], actor["unit"]["name"], actor["roles"]) == ("Ông Dũng", NOI_VU, ["chair", "office"])


def test_roles_that_were_taken_away_no_longer_count(register):
    number = assign(register)
    register.remind(number, by=CHAIR)
    register.change_actor("dung", roles=["auditor"], by=OFFICE)

    with refused(register, NotAllowed):
        register.remind(number, by="dung")


def test_an_actor_is_of_the_unit_by_any_name_that_it_had(any_register):
    number = assign(any_register)
    any_register.report(number, "Đang làm", by=CAN_KHE_CLERK)
    any_register.rename_unit(CAN_KHE, "UBND xã Cán Khê mới", by=OFFICE)
    before = position(any_register)

    any_register.report(number, "Đang làm", by=CAN_KHE_CLERK)

    assert types(any_register, before) == ["directive.reported"]


def test_an_actor_that_ended_acts_no_more(any_register, clock):
    number = assign(any_register)
    any_register.remind(number, by=CHAIR)
    any_register.end_actor("dung", by=OFFICE)

    for by in ("dung", CHAIR):
        with refused(any_register, ActorEnded) as caught:
            any_register.remind(number, by=by)
        assert (caught.value.actor, caught.value.ended_on) == ("dung", day(9, 22))
    with refused(any_register, ActorEnded):
        any_register.end_actor("dung", by=OFFICE)


def test_an_actor_that_is_registered_acts_by_id_and_its_id_is_taken(any_register):
    any_register.add_actor("khe", name="Quách Văn Khê", unit=CAN_KHE, roles=["unit"], by=OFFICE)

    with refused(any_register, NameTaken):
        any_register.add_actor("khe", name="X", unit=CAN_KHE, roles=["unit"], by=OFFICE)
    number = assign(any_register)
    any_register.report(number, "Đang làm", by="khe")

    assert any_register.history(number)[-1].actor.name == "Quách Văn Khê"


def test_who_changes_nobody_known_is_told_who_is(register):
    for attempt in (
        lambda: register.change_actor("nobody", unit=NOI_VU, by=OFFICE),
        lambda: register.end_actor("nobody", by=OFFICE),
    ):
        with refused(register, UnknownActor) as caught:
            attempt()
        assert caught.value.known == ("hoa",)


def test_an_auditor_reads_and_writes_nothing(register):
    register.add_actor("kiem", name="Phạm Văn Kiểm", unit=NOI_VU, roles=["auditor"], by=OFFICE)

    for by in ("kiem", AUDITOR):
        with refused(register, NotAllowed):
            assign(register, by=by)
        with refused(register, NotAllowed):
            register.close_meeting("GB", by=by)


def test_the_login_that_typed_it_is_kept_beside_the_actor(register):
    number = assign(register)

    register.report(number, "Đã nộp", by=CAN_KHE_CLERK, entered_by="hoa")

    entry = register.history(number)[-1]
    assert (entry.actor.id, entry.actor.role, entry.entered_by) == ("khe", "unit", "hoa")


def test_the_role_used_is_kept(register):
    both = Actor(id="hai", name="Hai Vai", unit=NOI_VU, roles={"chair", "office"})
    number = assign(register)

    register.remind(number, by=both)
    register.extend(number, to=day(10, 9), reason="x", by=both)

    assert [entry.actor.role for entry in register.history(number)[1:]] == ["office", "chair"]


# --------------------------------------------------------------------------------------------------------------- names


def test_names_stand_nowhere_in_the_file_but_sealed(url, sqlite_register, tmp_path):
    number = assign(sqlite_register)
    sqlite_register.extend(number, to=day(10, 9), reason="mưa lũ", by=CHAIR)
    sqlite_register.report(number, "Đã nộp", by=CAN_KHE_CLERK)
    sqlite_register.add_actor("kiem", name="Phạm Văn Kiểm", unit=NOI_VU, roles=["auditor"], by=OFFICE)
    sqlite_register.change_actor("kiem", name="Đỗ Thị Kiểm", by=OFFICE)

    while_open = bytes_of(tmp_path)
    sqlite_register.close()

    for stored in (while_open, bytes_of(tmp_path)):
        assert "Báo cáo kết quả rà soát".encode() in stored
        for name in ("Lê Thị Hoa", "Nguyễn Tiến Dũng", "Quách Văn Khê", "Phạm Văn Kiểm", "Đỗ Thị Kiểm"):
            assert name.encode() not in stored
            assert name.encode("utf-16-le") not in stored
            assert name.encode("ascii", "backslashreplace").replace(b"\\x", b"\\u00") not in stored


def bytes_of(folder: Path) -> bytes:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    assert files
    return b"".join(path.read_bytes() for path in files)


def test_history_shows_names_also_when_the_register_is_opened_again(url, sqlite_register, clock):
    number = assign(sqlite_register)
    sqlite_register.close()

    with open_register(url, clock=clock) as register:
        assert register.history(number)[0].actor.name == "Lê Thị Hoa"
        assert register.history(number)[0].actor.unit == OFFICE.unit


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_actor_has_an_id_a_name_and_a_unit(blank):
    for field in ("id", "name", "unit"):
        with pytest.raises(BadValue, match=field):
            Actor(**{"id": "x", "name": "X", "unit": "Y", "roles": {"unit"}, field: blank})


def test_log_shows_sealed_names_to_whoever_may_read(register):
    register.remind(assign(register), by=CHAIR)

    registered = list(register.log(type="actor.registered"))

    assert [entry.payload["name"] for entry in registered] == ["Lê Thị Hoa", "Nguyễn Tiến Dũng"]
    assert [entry.payload["actor"] for entry in registered] == ["hoa", "dung"]


def test_a_name_that_was_erased_is_shown_as_erased_for_ever(any_register):
    number = assign(any_register)
    any_register.remind(number, by=CHAIR)
    any_register.erase("actor:dung", reason="theo yêu cầu", by=OFFICE)

    any_register.remind(number, by=CHAIR)

    assert [entry.actor.name for entry in any_register.history(number)] == ["Lê Thị Hoa", "[erased]", "[erased]"]
    assert [actor["name"] for actor in any_register.actors()] == ["Lê Thị Hoa", "[erased]"]
    assert "[erased]" in str(any_register.why(number, "reminders"))
