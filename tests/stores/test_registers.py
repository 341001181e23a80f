"""A register is made whole or not at all, and opened where it was made."""

from pathlib import Path

import pytest

from directives_adapters import create_register, open_register
from directives_core import Actor
from directives_core.errors import BadValue, NotARegister, RegisterExists
from directives_core.testing import Clock

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
NAMES = {"title": "Sổ theo dõi kết luận", "zone": "Asia/Ho_Chi_Minh"}


@pytest.fixture
def clock() -> Clock:
    return Clock("2021-09-22T08:00+07:00")


def test_a_register_in_a_file_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.chdir(tmp_path)

    with create_register("sqlite:///office.db", **NAMES, by=OFFICE, clock=clock) as register:
        register.add_unit("UBND xã Cán Khê", by=OFFICE)
    number = None
    with open_register("sqlite:///office.db", clock=clock) as register:
        number = register.assign("Nộp hồ sơ", to=["UBND xã Cán Khê"], due="2021-10-02", by=OFFICE)

    with open_register(f"sqlite:///{tmp_path}/office.db", clock=clock) as register:
        assert register.as_of()[number].status == "assigned"
    assert [each.name for each in tmp_path.iterdir()] == ["office.db"]


def test_a_register_in_memory_lives_as_long_as_its_object(clock: Clock) -> None:
    with create_register("memory:", **NAMES, by=OFFICE, clock=clock) as register:
        register.add_unit("UBND xã Cán Khê", by=OFFICE)
        number = register.assign("Nộp hồ sơ", to=["UBND xã Cán Khê"], due="2021-10-02", by=OFFICE)

        assert register.as_of()[number].status == "assigned"


def test_a_register_is_not_made_twice(tmp_path: Path, clock: Clock) -> None:
    url = f"sqlite:///{tmp_path}/office.db"
    create_register(url, **NAMES, by=OFFICE, clock=clock).close()
    before = (tmp_path / "office.db").read_bytes()

    with pytest.raises(RegisterExists, match="office"):
        create_register(url, **NAMES, by=OFFICE, clock=clock)

    assert (tmp_path / "office.db").read_bytes() == before


def test_a_register_that_is_refused_leaves_nothing_behind(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(BadValue, match="IANA"):
        create_register(f"sqlite:///{tmp_path}/office.db", title="x", zone="Nowhere/Nowhere", by=OFFICE, clock=clock)

    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_text("Thông báo kết luận")

    with pytest.raises(NotARegister):
        open_register(f"sqlite:///{tmp_path}/office.db")

    assert (tmp_path / "office.db").read_text() == "Thông báo kết luận"
