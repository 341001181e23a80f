"""The clock that tests set."""

import datetime as dt

import pytest

from directives_core.errors import BadValue, NaiveDatetime
from directives_core.testing import Clock


def test_a_clock_stands_still_until_it_is_set_or_ticks() -> None:
    clock = Clock("2021-10-01T17:00+07:00")
    assert clock() == clock() == dt.datetime(2021, 10, 1, 10, tzinfo=dt.UTC)

    clock.tick(90)
    assert clock() == dt.datetime(2021, 10, 1, 10, 1, 30, tzinfo=dt.UTC)

    clock.set("2021-09-30T00:00Z")
    assert clock() == dt.datetime(2021, 9, 30, tzinfo=dt.UTC)
    clock.set(dt.datetime(2022, 1, 1, tzinfo=dt.UTC))
    assert clock() == dt.datetime(2022, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("naive", ["2021-10-01T17:00", "2021-10-01", dt.datetime(2021, 10, 1)])
def test_an_instant_without_a_zone_is_refused(naive: str | dt.datetime) -> None:
    clock = Clock("2021-10-01T17:00+07:00")

    with pytest.raises(NaiveDatetime):
        Clock(naive)
    with pytest.raises(NaiveDatetime):
        clock.set(naive)


def test_what_is_no_instant_is_refused() -> None:
    with pytest.raises(BadValue, match="2021-10-01T17:00"):
        Clock("tomorrow")
