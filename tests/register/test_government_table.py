"""The figures that the Government Office reported for 2017, entered one by one: they add up, rates name their base."""

import datetime as dt

import pytest

from directives_core import Register
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.register.given import CAN_KHE, OFFICE

# What is compared here is compared many times over; counting its lines as well would double the time.
pytestmark = pytest.mark.no_cover

YEAR_END = dt.date(2017, 12, 31)
GIVEN_ON, IN_TIME, OVER = dt.date(2017, 1, 3), dt.date(2018, 1, 31), dt.date(2017, 6, 30)
ON_TIME, LATE = dt.date(2017, 6, 1), dt.date(2017, 7, 1)
COMPLETED_ON_TIME, COMPLETED_LATE, OPEN_IN_TIME, OPEN_OVERDUE = 14_068, 1_983, 5_640, 223
AT_ONCE = 1_000
"""As many directives are entered in one commit."""


@pytest.fixture(scope="module")
def register() -> Register:
    """All 21,914 directives, as an office enters them that begins with its old list at the end of the year."""
    register = new_register("memory:", Clock("2017-12-31T08:00+07:00"))
    work = [(OVER, ON_TIME)] * COMPLETED_ON_TIME + [(OVER, LATE)] * COMPLETED_LATE
    work += [(IN_TIME, None)] * OPEN_IN_TIME + [(OVER, None)] * OPEN_OVERDUE
    for first in range(0, len(work), AT_ONCE):
        with register.batch(by=OFFICE, source="báo cáo năm 2017"):
            for due, done in work[first : first + AT_ONCE]:
                number = register.assign("Nhiệm vụ được giao", to=CAN_KHE, due=due, effective_on=GIVEN_ON)
                if done is not None:
                    register.complete(number, delivered_on=done)
    return register


def test_the_table_of_2017_adds_up(register):
    total = register.as_of(YEAR_END).figures().total

    assert total.total == 21_914 == 14_068 + 1_983 + 5_640 + 223
    assert (total.completed_on_time, total.completed_late) == (14_068, 1_983)
    assert (total.open_in_time, total.open_overdue) == (5_640, 223)
    assert total.completed == 16_051


def test_every_rate_of_2017_names_what_it_is_a_part_of(register):
    rates = {rate.name: rate for rate in register.as_of(YEAR_END).figures().rates}

    completed = rates["completed"]
    assert (completed.numerator, completed.denominator) == (16_051, 16_274)
    assert completed.denominator_is == "completed or overdue"
    assert completed.value is not None
    assert f"{completed.value:.2%}" == "98.63%"
    assert (rates["completed on time"].numerator, rates["completed on time"].denominator) == (14_068, 16_051)
    assert (rates["overdue"].numerator, rates["overdue"].denominator) == (223, 5_863)
    assert all(rate.denominator_is for rate in rates.values())
    assert all(set(rate) >= {"name", "value", "numerator", "denominator"} for rate in shown_rates(register))


def shown_rates(register):
    return register.as_of(YEAR_END).figures().as_json()["rates"]


def test_the_account_of_2017_adds_up(register):
    account = register.as_of(YEAR_END).period(dt.date(2017, 1, 1), YEAR_END)

    assert (len(account.carried_over), len(account.given), len(account.reopened)) == (0, 21_914, 0)
    assert (len(account.completed), len(account.otherwise_closed), len(account.carried_on)) == (16_051, 0, 5_863)
