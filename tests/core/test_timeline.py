"""The timeline table against the naive replay: for every random log and every (day, position) they agree."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.errors import NoSuchExample

from directives_core import timeline
from directives_core.directive.evolve import RULES, evolve, fold, replay, visible
from directives_core.directive.state import Directive, Duty, Share
from directives_core.event import Event, Retracted
from directives_core.store import Row
from directives_core.timeline import ABSENT, directives_in, from_days, new_rows, to_days
from tests.model import naive
from tests.model.logs import directive_logs, moments


def table_of(events: Sequence[Event]) -> list[Row]:
    """The rows after every event was added in turn, as a register adds them."""
    rows: list[Row] = []
    for count, event in enumerate(events):
        history = events[:count]
        latest = max((earlier.effective_on for earlier in history), default=dt.date.min)
        after, added = new_rows(1, history, event, replay(history), latest, rows.copy)
        assert after == replay([*history, event])
        rows += added
    return rows


def read(rows: Sequence[Row], day: dt.date, position: int) -> Directive | None:
    """What a store would give at (day, position)."""
    newest: dict[int, Row] = {}
    for row in rows:
        if from_days(row.effective_from) <= day and row.position <= position:
            was = newest.get(row.share)
            if was is None or (was.effective_from, was.position) <= (row.effective_from, row.position):
                newest[row.share] = row
    standing = [newest[share] for share in sorted(newest) if newest[share].status != ABSENT]
    return next((state for _, state in directives_in(standing)), None)


def duty_fields(duty: Duty) -> dict[str, object]:
    names = ("status", "due_on", "due_time", "original_due_on", "moved", "extensions", "request", "awaited_since")
    return {name: getattr(duty, name) for name in names} | {"delivered_on": duty.delivered_on}


def share_fields(share: Share) -> dict[str, object]:
    return duty_fields(share) | {
        "unit": share.unit,
        "wording": share.wording,
        "before_suspension": share.before,
        "recurs": share.recurrence is not None,
        "parents": share.parents,
        "periods": {name: duty_fields(duty) for name, duty in share.periods.items()},
    }


def in_words_of_the_model(state: Directive | None) -> dict[int, dict[str, object]] | None:
    if state is None:
        return None
    names = ("text", "kind", "notice", "path", "cooperating", "report_to", "via", "citations", "deadline", "reminders")
    facts: dict[str, object] = {name: getattr(state.facts, name) for name in names}
    facts |= {
        "labels": dict(state.facts.labels),
        "notes": len(state.facts.notes),
        "links": {(link.relation, link.target) for link in state.facts.links},
    }
    return {0: facts} | {number: share_fields(share) for number, share in state.shares.items()}


@given(directive_logs())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_table_agrees_with_the_naive_replay_at_every_moment(events: list[Event]) -> None:
    rows = table_of(events)

    for day, position in moments(events):
        expected = naive.replay(events, day, position)
        assert in_words_of_the_model(replay(events, day, position)) == expected
        assert in_words_of_the_model(read(rows, day, position)) == expected


@given(directive_logs())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_an_event_has_an_effect_exactly_where_the_model_says_so(events: list[Event]) -> None:
    day, position = dt.date.max, events[-1].position

    _, acted = fold(visible(events))

    assert {version: bool(on) for version, on in acted.items()} == naive.effects(events, day, position)


@given(directive_logs())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_rows_are_only_added_and_never_twice_for_one_key(events: list[Event]) -> None:
    rows = table_of(events)

    keys = [(row.share, row.effective_from, row.position) for row in rows]
    assert len(keys) == len(set(keys))
    assert [row.position for row in rows] == sorted(row.position for row in rows)


@given(directive_logs())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_evolve_takes_any_event_onto_any_state(events: list[Event]) -> None:
    states: list[Directive | None] = [None]
    for event in events:
        states.append(evolve(states[-1], event)[0])

    for state in states:
        for event in events:
            evolve(state, event)


def test_a_changed_fold_is_noticed_by_its_number() -> None:
    assert RULES == 1


# -------------------------------------------------------------------------------- mutants: each has a counterexample


def reading_one_position_earlier(rows: Sequence[Row], day: dt.date, position: int) -> Directive | None:
    return read(rows, day, position - 1)


def reading_the_latest_row_as_the_latest_day(rows: Sequence[Row], day: dt.date, position: int) -> Directive | None:
    newest = {}
    for row in rows:
        if from_days(row.effective_from) <= day and row.position <= position:
            newest[row.share] = row
    standing = [newest[share] for share in sorted(newest) if newest[share].status != ABSENT]
    return next((state for _, state in directives_in(standing)), None)


def disagrees(events: list[Event], build=table_of, look=read) -> bool:
    rows = build(events)
    return any(
        in_words_of_the_model(look(rows, day, position)) != naive.replay(events, day, position)
        for day, position in moments(events)
    )


def counterexample(**mutated) -> list[Event]:
    # Any counterexample will do: shrinking it is what would take the time.
    quickly = settings(
        max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
        phases=[Phase.generate],
    )  # fmt: skip
    try:
        return find(directive_logs(), lambda events: disagrees(events, **mutated), settings=quickly)
    except NoSuchExample:
        pytest.fail("no log shows this fault, so that the property test would not notice it either")


@pytest.mark.parametrize("look", [reading_one_position_earlier, reading_the_latest_row_as_the_latest_day])
def test_a_reader_at_fault_is_found_out(look) -> None:
    assert counterexample(look=look)


def test_a_writer_that_compares_with_the_table_one_position_earlier_is_found_out(monkeypatch) -> None:
    table = timeline._Table

    class Earlier(table):
        def says(self, row: Row) -> bool:
            return table([r for r in self._rows.get(row.share, ()) if r.position < row.position]).says(row)

    monkeypatch.setattr(timeline, "_Table", Earlier)

    assert counterexample()


def test_a_writer_that_looks_at_live_days_only_is_found_out(monkeypatch) -> None:
    def live_days_only(number, events, event, rows):
        live = {each.effective_on for each in visible(events) if not isinstance(each.payload, Retracted)}
        kept = [each for each in events if each.effective_on in live | {event.effective_on}]
        return original(number, kept, event, rows)

    original = timeline.late_rows
    monkeypatch.setattr(timeline, "late_rows", live_days_only)

    assert counterexample()


def test_a_writer_that_looks_at_the_named_shares_only_is_found_out(monkeypatch) -> None:
    def named_only(number, events, event, rows):
        named = {0, *getattr(event.payload, "shares", ())}
        return [row for row in original(number, events, event, rows) if row.share in named]

    original = timeline.late_rows
    monkeypatch.setattr(timeline, "late_rows", named_only)

    assert counterexample()


def test_a_writer_that_leaves_out_absent_rows_is_found_out(monkeypatch) -> None:
    def never_absent(number, events, event, rows):
        return [row for row in original(number, events, event, rows) if row.status != ABSENT]

    original = timeline.late_rows
    monkeypatch.setattr(timeline, "late_rows", never_absent)

    assert counterexample()


def test_a_day_survives_its_stored_form() -> None:
    for day in (dt.date(1970, 1, 1), dt.date(2021, 9, 22), dt.date.min, dt.date.max):
        assert from_days(to_days(day)) == day
