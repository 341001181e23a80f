"""The scripted year: at any moment, and between any two, the register says what the naive model says."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from directives_core.views.view import View
from tests.year.model import ACCOUNT, Model, Table
from tests.year.script import (
    CLASS,
    COMMUNES,
    ENDED,
    LATE_CLOSED,
    MERGED_ON,
    MERGERS,
    OFFICES,
    SPLIT,
    Year,
    meeting_days,
    play,
)

# What is compared here is compared many times over; counting its lines as well would double the time.
pytestmark = pytest.mark.no_cover

PAIRS = 200
FIRST_DAY = dt.date(2024, 1, 3)


@pytest.fixture(scope="module")
def year() -> Iterator[Year]:
    year = play()
    with year.register:
        yield year


@pytest.fixture(scope="module")
def model(year: Year) -> Model:
    return Model(year.register.events(), year.register.zone)


class Moments:
    """Random moments of the year: days, instants, positions and meetings."""

    def __init__(self, year: Year, model: Model, seed: int) -> None:
        self.year, self.model, self.random = year, model, random.Random(seed)

    def one(self) -> Any:
        day = FIRST_DAY + dt.timedelta(days=self.random.randrange(370))
        time = dt.time(self.random.randrange(24), self.random.randrange(60))
        position = self.random.randint(50, len(self.model.events))
        instant = dt.datetime.combine(day, time, self.model.zone)
        return self.random.choice((day, instant, position, self.random.choice(self.year.meetings)))

    def known(self) -> Any:
        """What is to count as known: at the moment itself, at another one, or now."""
        return self.random.choice((None, "now", self.one(), self.one()))

    def in_order(self) -> tuple[Any, Any]:
        """Two moments of which the second is not earlier on either time; mostly those of one meeting and the next."""
        furthest = dt.timedelta(days=self.random.choice((45, 45, 400)))
        while True:
            pair = sorted((self.model.moment(at), n, at) for n, at in enumerate((self.one(), self.one())))
            ((day, position), _, first), ((later_day, later_position), _, second) = pair
            if later_day <= day + furthest and position <= later_position:
                return first, second


def resolved(model: Model, at: Any, known_at: Any) -> tuple[dt.date, int]:
    day, position = model.moment(at)
    if known_at == "now":
        return day, len(model.events)
    return day, position if known_at is None else model.moment(known_at)[1]


def tables(view: View, by: str | None) -> Table:
    figures = view.figures(by=by)
    rows = {"all": figures.total} | {unit or str(name): tally for unit, name, tally in figures.rows if by}
    assert all(tally.total == sum(tally.as_json().values()) - tally.total for tally in rows.values())
    return {row: Counter(tally.as_json()) - Counter(total=tally.total) for row, tally in rows.items()}


# ------------------------------------------------------------------------------------------------------------ agreement


def test_at_any_two_times_every_directive_stands_as_the_model_says(year, model):
    moments = Moments(year, model, seed=1)
    for _ in range(PAIRS):
        at, known_at = moments.one(), moments.known()

        view = year.register.as_of(at, known_at=known_at)

        day, position = resolved(model, at, known_at)
        assert (view.moment.effective_on, view.moment.position) == (day, position), (at, known_at)
        assert view.moment.later_events == model.later_events(day, position), (at, known_at)
        seen = {d.number: (d.status, d.timeliness, d.due_on, d.completed_on) for d in view}
        expected = model.as_of(day, position)
        assert seen == {n: (w.status, w.timeliness, w.due_on, w.completed_on) for n, w in expected.items()}


def test_at_any_two_times_every_share_stands_as_the_model_says(year, model):
    moments = Moments(year, model, seed=2)
    for _ in range(PAIRS // 4):
        at, known_at = moments.one(), moments.known()
        day, position = resolved(model, at, known_at)
        names = model.unit_names(day, position)

        view = year.register.as_of(at, known_at=known_at)

        expected = model.as_of(day, position)
        for directive in view:
            whole = expected[directive.number]
            for share in directive.shares:
                shown = (share.status, share.timeliness, share.due_on, share.delivered_on, share.unit.id)
                one = whole.shares[share.share]
                assert shown == (one.status, one.timeliness, one.due_on, one.delivered_on, one.unit), (at, known_at)
                assert (share.extensions, share.parents) == (one.extensions, one.parents)
                assert share.unit.name == names.get(share.unit.id, share.unit.name)
            assert len(directive.shares) == len(whole.shares)


def test_at_any_two_times_the_figures_are_those_of_the_model(year, model):
    moments = Moments(year, model, seed=3)
    for _ in range(PAIRS):
        at, known_at = moments.one(), moments.known()
        by = moments.random.choice((None, "unit", "successor"))
        day, position = resolved(model, at, known_at)

        shown = tables(year.register.as_of(at, known_at=known_at), by)

        expected = model.figures(day, position, by=by, today=year.today)
        assert shown == {"all": Counter()} | expected, (at, known_at, by)


def test_between_any_two_moments_the_changes_are_those_of_the_model(year, model):
    moments = Moments(year, model, seed=4)
    for _ in range(PAIRS):
        first, second = moments.in_order()
        before, after = model.moment(first), model.moment(second)

        changes = year.register.changes(first, second)

        shown = {change.number: set(change.kinds) for change in changes.directives}
        assert shown == model.changes(before, after), (first, second)
        for change in changes.of_kind("extended")[:3]:
            nth = model.extensions(change.number, *after)
            for fact in change.facts:
                if fact.entry.type == "directive.extended.v1":
                    moved = {(m.share, m.period): (m.due_before, m.due_after, m.nth) for m in fact.moved}
                    assert moved == nth[fact.entry.version], (first, second, change.number)


def test_at_any_two_times_those_who_waited_for_long_are_those_of_the_model(year, model):
    moments = Moments(year, model, seed=5)
    for _ in range(PAIRS // 4):
        at, known_at = moments.one(), moments.known()

        ageing = year.register.as_of(at, known_at=known_at).ageing()

        shown = ageing.overdue_over_30, ageing.overdue_over_120, ageing.undated_silent_3_months
        assert tuple(map(set, shown)) == model.ageing(*resolved(model, at, known_at)), (at, known_at)


# ---------------------------------------------------------------------------------------------- the account of a period


def periods(year: Year, model: Model) -> Iterator[tuple[Any, dt.date, dt.date]]:
    """Every month as its end saw it and as it is known now, and any stretch of days."""
    for month in range(1, 13):
        first = dt.date(2024, month, 1)
        last = dt.date(2024 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        yield last, first, last
        yield "now", first, last
    moments = Moments(year, model, seed=6)
    for _ in range(40):
        first = FIRST_DAY + dt.timedelta(days=moments.random.randrange(360))
        yield moments.one(), first, first + dt.timedelta(days=moments.random.randrange(90))


def test_the_account_of_every_period_adds_up_and_is_that_of_the_model(year, model):
    for at, first, last in periods(year, model):
        view = year.register.as_of(at)

        account = view.period(first, last)

        came = len(account.carried_over) + len(account.given) + len(account.reopened)
        assert came == len(account.completed) + len(account.otherwise_closed) + len(account.carried_on), (at, first)
        expected = model.account(first, last, view.moment.position)
        assert {name: set(getattr(account, name)) for name in ACCOUNT} == expected, (at, first, last)


def test_what_one_month_carries_on_is_what_the_next_one_carries_over(year):
    now = year.register.as_of()
    accounts = [now.period(dt.date(2024, m, 1), dt.date(2024, m + 1, 1) - dt.timedelta(days=1)) for m in range(1, 12)]

    for month, following in pairwise(accounts):
        assert month.carried_on == following.carried_over


# --------------------------------------------------------------------------------------------- what the year is made of


def test_the_year_holds_all_that_an_office_does(year, model):
    types = Counter(event.type for event in model.events)

    assert len(model.notices()) == 36
    assert len({event.type for event in model.events if event.stream.startswith("directive:")}) >= 22
    assert types["retracted.v1"] > 50
    assert len(year.meetings) == 12
    late = [e for e in model.events if e.effective_on < model.day_of(e) and e.stream.startswith("directive:")]
    assert len(late) > 200
    assert len(year.refusals) > 100


def test_a_meeting_closed_after_its_day_shows_the_end_of_its_day(year, model):
    view = year.register.as_of(LATE_CLOSED)

    held_on = meeting_days()[LATE_CLOSED]
    assert view.moment.effective_on == held_on
    assert model.day_of(model.events[view.moment.position - 1]) <= held_on
    assert "closed" in (view.moment.note or "")


def test_after_the_merger_the_old_communes_keep_their_figures_and_the_new_ones_follow_them(year, model):
    eve = year.register.as_of(MERGED_ON - dt.timedelta(days=1), known_at="now")
    absorbed = model.ended(MERGED_ON, len(model.events))

    of_the_time, of_today = tables(eve, "unit"), tables(eve, "successor")

    assert len(absorbed) == 6
    assert absorbed & of_the_time.keys()
    assert not absorbed & of_today.keys()
    assert of_the_time["all"] == of_today["all"]


def test_the_class_has_the_members_of_the_day_on_which_it_is_addressed(year):
    class_on = {day: year.register.as_of(day, known_at="now").office.classes[CLASS] for day in (FIRST_DAY, MERGED_ON)}

    assert len(class_on[FIRST_DAY].members) == len(COMMUNES)
    assert len(class_on[MERGED_ON].members) == len(COMMUNES) - 6 + len(MERGERS)


def test_what_ended_units_left_behind_names_those_who_follow(year):
    absorbed = {name: new for new, names in MERGERS.items() for name in names}

    for duty in year.register.left_behind():
        heirs = {heir.name for heir in duty.successors}
        assert heirs == ({absorbed[duty.unit.name]} if duty.unit.name in absorbed else HEIRS[duty.unit.name])


HEIRS = {ENDED: set(), OFFICES[2]: set(SPLIT)}


def test_every_refusal_of_the_year_is_a_sentence_that_says_what_would_work(year):
    for refusal in year.refusals:
        assert len(str(refusal)) > 30, repr(refusal)
        assert any(mark in str(refusal) for mark in (";", ":", ",")), str(refusal)


# ---------------------------------------------------------------------------------------------------------- other years


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 9))
def test_another_year_agrees_as_well(seed):
    year = play(seed=seed, acts_a_day=14)
    model = Model(year.register.events(), year.register.zone)
    for check in (
        test_at_any_two_times_every_directive_stands_as_the_model_says,
        test_at_any_two_times_every_share_stands_as_the_model_says,
        test_at_any_two_times_the_figures_are_those_of_the_model,
        test_between_any_two_moments_the_changes_are_those_of_the_model,
        test_at_any_two_times_those_who_waited_for_long_are_those_of_the_model,
        test_the_account_of_every_period_adds_up_and_is_that_of_the_model,
    ):
        check(year, model)
