"""Who and what the tests of the register begin with: a district's office, its chair, units, and a few directives."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from directives_core import Actor, Register
from directives_core.errors import DirectivesError

HUYEN = "UBND huyện"
OFFICE_UNIT = "Văn phòng HĐND và UBND huyện"
CAN_KHE = "UBND xã Cán Khê"
NOI_VU = "Phòng Nội vụ"
CLASS = "UBND các xã, thị trấn"

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit=OFFICE_UNIT, roles={"office"})
CHAIR = Actor(id="dung", name="Nguyễn Tiến Dũng", unit=HUYEN, roles={"chair"})
CAN_KHE_CLERK = Actor(id="khe", name="Quách Văn Khê", unit=CAN_KHE, roles={"unit"})
NOI_VU_CLERK = Actor(id="noi", name="Hoàng Thị Nội", unit=NOI_VU, roles={"unit"})
AUDITOR = Actor(id="kiem", name="Phạm Văn Kiểm", unit="Thanh tra huyện", roles={"auditor"})

START = "2021-09-22T08:00+07:00"
"""The instant at which the clock of every test stands first: the morning of the meeting."""

MONTHLY = "trước ngày 23 hàng tháng"
"""Due on the 22nd of every month."""


def day(month: int, day_of_month: int) -> dt.date:
    """A day of 2021, the year of the tests."""
    return dt.date(2021, month, day_of_month)


def assign(register: Register, *to: str, due: object = dt.date(2021, 9, 30), **how: object) -> int:
    """A directive to Cán Khê, or to those named, due on 30 September unless said otherwise."""
    return register.assign("Báo cáo kết quả rà soát", to=to or (CAN_KHE,), due=due, **{"by": OFFICE, **how})


def assign_to_class(register: Register, **how: object) -> int:
    """A directive to a class of units that the register does not define: one share without a unit."""
    return register.assign("Rà soát đất ở", addressed=CLASS, due=dt.date(2021, 9, 30), by=OFFICE, **how)


def position(register: Register) -> int:
    """The last position."""
    return register.as_of().moment.position


def status(register: Register, number: int, *, at: object = None, known_at: object = None) -> str:
    """The status of a directive at a moment."""
    return register.as_of(at, known_at=known_at)[number].status


@contextmanager
def refused(register: Register, error: type[DirectivesError]) -> Iterator[pytest.ExceptionInfo[DirectivesError]]:
    """What is inside is refused with just this error, and leaves nothing behind."""
    before = position(register)
    with pytest.raises(error) as caught:
        yield caught
    assert type(caught.value) is error, f"{type(caught.value).__name__} instead of {error.__name__}"
    assert position(register) == before, "something was written"
