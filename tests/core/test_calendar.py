"""Working days: weekends, Vietnam's holidays, and a register's own days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives_core.calendar import Calendar
from directives_core.errors import UnknownCountry

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def test_a_weekend_is_no_working_day_and_says_why():
    calendar = Calendar()

    assert calendar.reason_not_working(date(2021, 10, 2)) == "a Saturday"
    assert calendar.reason_not_working(date(2021, 10, 3)) == "a Sunday"
    assert calendar.is_working(date(2021, 10, 4))


def test_a_public_holiday_is_no_working_day_in_its_country_only():
    day = date(2021, 9, 2)

    assert "public holiday" in (Calendar("VN").reason_not_working(day) or "")
    assert Calendar().is_working(day)


def test_the_registers_own_days_off_and_swapped_days_are_kept():
    calendar = Calendar("VN", holidays=frozenset({date(2021, 10, 5)}), working=frozenset({date(2021, 10, 9)}))

    assert calendar.reason_not_working(date(2021, 10, 5)) == "a day off of the register's own list"
    assert calendar.is_working(date(2021, 10, 9))


def test_working_days_skip_weekends_and_holidays_and_do_not_count_the_first_day():
    assert Calendar("VN").add_working_days(date(2021, 9, 1), 1) == date(2021, 9, 6)  # National Day and a weekend
    assert Calendar().add_working_days(date(2021, 9, 22), 5) == date(2021, 9, 29)
    assert Calendar().add_working_days(date(2021, 9, 27), -1) == date(2021, 9, 24)


def test_counting_ends_at_the_end_of_the_calendar_and_for_absurd_numbers():
    assert Calendar().add_working_days(date.max, 1) is None
    assert Calendar().add_working_days(date.min, -1) is None
    assert Calendar().add_working_days(date(2021, 1, 1), 10**9) is None


def test_an_unknown_country_is_refused_with_advice():
    with pytest.raises(UnknownCountry, match="'VN'") as refused:
        Calendar("Atlantis").is_working(date(2021, 1, 4))

    assert refused.value.country == "Atlantis"


def test_a_version_names_country_package_and_the_own_list():
    plain, own = Calendar("VN"), Calendar("VN", holidays=frozenset({date(2021, 10, 5)}))

    assert plain.version.startswith("VN/holidays-")
    assert plain.version != own.version
    assert own.version == Calendar("VN", holidays=frozenset({date(2021, 10, 5)})).version
    assert Calendar().version == "weekends/none"


@given(DAYS, st.integers(0, 60))
def test_the_nth_working_day_has_n_working_days_behind_it(day, n):
    calendar = Calendar("VN")

    reached = calendar.add_working_days(day, n)

    between = [day + timedelta(days=k) for k in range(1, (reached - day).days + 1)]
    assert sum(map(calendar.is_working, between)) == n
    assert n == 0 or calendar.is_working(reached)
