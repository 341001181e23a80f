"""Desks with nothing on them, with an office, and with two directives."""

from pathlib import Path

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder."""
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A register with an office, a chair, two communes and an actor of one of them, on 22 September 2021."""
    desk.now("2021-09-22T08:00+07:00")
    desk.types("init --title 'Sổ theo dõi' --zone Asia/Ho_Chi_Minh --calendar VN")
    desk.types("actor add hoa --name 'Lê Thị Hoa' --unit 'Văn phòng' --role office")
    desk.acts("hoa")
    desk.types("unit add 'UBND huyện'")
    desk.types("actor add dung --name 'Đinh Văn Dũng' --unit 'UBND huyện' --role chair")
    desk.types("unit add 'UBND xã Cán Khê' --short 'Cán Khê'")
    desk.types("unit add 'UBND xã Xuân Du'")
    desk.types("actor add thao --name 'Lò Văn Thảo' --unit 'can khe' --role unit")
    return desk


@pytest.fixture
def assigned(office: Desk) -> Desk:
    """The same, with D-1 to Cán Khê due on 2 October and D-2 to both communes without a deadline."""
    office.types("assign 'Nộp hồ sơ sáp nhập thôn' --to 'can khe' --due 2021-10-02 --report-to 'UBND huyện'")
    office.types("assign 'Rà soát hộ nghèo' --to 'can khe' --to 'xuan du' --due none")
    return office
