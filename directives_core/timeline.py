"""The fold over two times, kept as rows: what each share was on every day, as it was known at every position. Pure.

A row says: from this day on, as known from this position on, the share stands so. To read a share at (D, P), take the
row with the greatest (effective_from, position) that has effective_from <= D and position <= P. Rows are only added.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Raw, Struct
from msgspec.json import Decoder, Encoder
from msgspec.structs import fields

from directives_core.directive.evolve import evolve, replay, visible
from directives_core.directive.state import Directive, Facts, Share
from directives_core.event import Event, Retracted
from directives_core.store import Row
from directives_core.values import replace

__all__ = ["ABSENT", "directives_in", "from_days", "late_rows", "new_rows", "next_rows", "to_days"]

ABSENT = "absent"
"""The status of a row that says: the share no longer exists, since what opened it is void."""

S = TypeVar("S", Facts, Share)

_KEPT_VALUES = 1_024  # the same units and deadlines come again and again
_EPOCH = dt.date(1970, 1, 1).toordinal()


_FACTS, _SHARE = Decoder(Facts), Decoder(Share)
_encode = Encoder().encode


def to_days(day: dt.date) -> int:
    """The day as it is stored: days since 1970-01-01."""
    return day.toordinal() - _EPOCH


def from_days(days: int) -> dt.date:
    """The day that was stored."""
    return dt.date.fromordinal(days + _EPOCH)


def new_rows(
    number: int,
    history: Sequence[Event],
    event: Event,
    current: Directive | None,
    latest: dt.date,
    rows: Callable[[], Sequence[Row]],
) -> tuple[Directive | None, list[Row]]:
    """The state after one event, on the last day, and the rows that the event adds to the timeline of its directive.

    Args:
        number: the directive.
        history: its events before this one, void and ineffective ones included.
        event: the new event.
        current: the fold of the whole history: its state on the last day, at the last position.
        latest: the last day on which anything happened to it, be it void; the first day of all where nothing did.
        rows: gives the rows that the timeline has of the directive; asked only for late events and retractions.
    """
    if event.effective_on >= latest and not isinstance(event.payload, Retracted):
        return next_rows(number, event, current)
    events = [*history, event]
    return replay(events), late_rows(number, events, event, rows())


def next_rows(number: int, event: Event, current: Directive | None) -> tuple[Directive | None, list[Row]]:
    """As `new_rows`, of an event that is neither late nor a retraction; with them, the state after it."""
    after, _ = evolve(current, event)
    return after, list(_changes(number, current, after, event))


def _changes(number: int, before: Directive | None, after: Directive | None, event: Event) -> Iterator[Row]:
    if after is None:
        return
    # What an event leaves alone is the same object afterwards: only the rest is compared.
    if before is None or (after.facts is not before.facts and after.facts != before.facts):
        yield _facts_row(number, after.facts, event.effective_on, event.position)
    for share in after.shares.values():
        known = None if before is None else before.shares.get(share.number)
        if share is not known and share != known:
            yield _share_row(number, share, event.effective_on, event.position)


def late_rows(number: int, events: Sequence[Event], event: Event, rows: Sequence[Row]) -> list[Row]:
    """As `new_rows`, of an event that is late or a retraction; `events` are all of the directive, with the new one.

    Refold, and on the day of the event and every later day with events add what the table does not say yet. Days of
    void and ineffective events count: what an earlier reading of them left in the table may have to go.
    """
    day = event.effective_on
    days = sorted({day} | {each.effective_on for each in events if each.effective_on > day})
    table = _Table(rows)
    added: list[Row] = []
    for on, state in _states(visible(events), days):
        standing = {row.share: row for row in _rows_of(number, state, on, event.position)}
        for share in sorted(table.shares() | set(standing)):
            row = standing.get(share) or _absent_row(number, share, on, event.position)
            if not table.says(row):
                table.add(row)
                added.append(row)
    return added


def _states(events: Sequence[Event], days: Sequence[dt.date]) -> Iterator[tuple[dt.date, Directive | None]]:
    """The state at the end of each of the days, folding every event once."""
    state: Directive | None = None
    folded = 0
    for day in days:
        while folded < len(events) and events[folded].effective_on <= day:
            state, _ = evolve(state, events[folded])
            folded += 1
        yield day, state


class _Table:
    """The rows of one directive as they are while an event is added."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows: dict[int, list[Row]] = {}
        for row in rows:
            self.add(row)

    def shares(self) -> set[int]:
        """The shares that ever had a row."""
        return set(self._rows)

    def add(self, row: Row) -> None:
        self._rows.setdefault(row.share, []).append(row)

    def says(self, row: Row) -> bool:
        """Whether the table gives this state already, read at the day and the position of the row."""
        seen = (
            each
            for each in self._rows.get(row.share, ())
            if each.effective_from <= row.effective_from and each.position <= row.position
        )
        found = max(seen, key=lambda each: (each.effective_from, each.position), default=None)
        if found is None:
            return row.status == ABSENT
        return (found.status, found.state) == (row.status, row.state)


def _rows_of(number: int, state: Directive | None, on: dt.date, position: int) -> Iterator[Row]:
    if state is None:
        return
    yield _facts_row(number, state.facts, on, position)
    for share in state.shares.values():
        yield _share_row(number, share, on, position)


def _facts_row(number: int, facts: Facts, on: dt.date, position: int) -> Row:
    state = _encode(_with_sparing(facts, _EVENTS_IN_FACTS)).decode()
    return Row(number, 0, to_days(on), position, None, "directive", None, state)


def _share_row(number: int, share: Share, on: dt.date, position: int) -> Row:
    # A recurring share is due as its periods are, even where an event once gave it a day of its own.
    due = to_days(share.due_on) if share.due_on and share.recurrence is None else None
    state = _encode(share if share.recurrence is None else _with_sparing(share, _EVENTS_IN_SHARES)).decode()
    return Row(number, share.number, to_days(on), position, share.unit, share.status, due, state)


# What a state takes over from events says all its fields as part of them, and in a row only those that say something.
_EVENTS_IN_FACTS = ("cooperating", "deadline", "report_to", "via", "citations")
_EVENTS_IN_SHARES = ("recurrence",)


def _with_sparing(state: S, names: Sequence[str]) -> S:
    """The state, ready to be encoded, with those of its values that come from events as they stand in rows."""
    held = ((name, getattr(state, name)) for name in names)
    return replace(state, **{name: _spared(value) for name, value in held if value})


@lru_cache(maxsize=_KEPT_VALUES)
def _spared(value: Struct | tuple[Struct, ...]) -> Raw:
    """The JSON of a value from an event without what is as it is by default."""
    return Raw(_encode(_sparing(value)))


def _sparing(value: Any) -> Any:
    if isinstance(value, Struct):
        held = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: _sparing(inner) for name, inner, default in held if inner != default}
    return [_sparing(inner) for inner in value] if isinstance(value, tuple) else value


@cache
def _defaults(model: type[Struct]) -> list[tuple[str, Any]]:
    """The fields of a value, each with what it is by default, if anything."""
    return [(field.name, field.default) for field in fields(model)]


def _absent_row(number: int, share: int, on: dt.date, position: int) -> Row:
    return Row(number, share, to_days(on), position, None, ABSENT, None, "")


def directives_in(rows: Iterable[Row]) -> Iterator[tuple[int, Directive]]:
    """The directives that rows of one moment hold, by number; `rows` come in the order of directive, then share."""
    for number, group in groupby(rows, key=lambda row: row.directive):
        facts: Facts | None = None
        shares: dict[int, Share] = {}
        for row in group:
            if row.share == 0:
                facts = _FACTS.decode(row.state)
            else:
                shares[row.share] = _SHARE.decode(row.state)
        if facts is not None:
            yield number, Directive(facts, shares)
