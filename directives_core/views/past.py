"""A directive's whole past up to a moment, for those who look back from it: its timeline, and what counted when."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from directives_core.directive.evolve import fold, visible
from directives_core.directive.state import Directive
from directives_core.event import Event, Retracted
from directives_core.moment import Moment
from directives_core.store import Row
from directives_core.timeline import to_days
from directives_core.views.history import HistoryEntry, Names, entries_of

__all__ = ["Past", "past_of", "turns_of"]


@dataclass(frozen=True, slots=True)
class Past:
    """A directive up to a moment; nothing in it was learned, or happened, after that.

    `rows` are those of its timeline, by share, effective_from, position. `entries` are its events as they counted at
    the moment. `turns` has for every entry the positions at which it began to act, ceased to, began again and so on: as
    known at a position, an event acts where the number of turns up to there is odd. Retractions have none.
    """

    number: int
    rows: tuple[Row, ...]
    entries: tuple[HistoryEntry, ...]
    turns: tuple[tuple[int, ...], ...]


def past_of(number: int, rows: Sequence[Row], events: Sequence[Event], moment: Moment, names: Names) -> Past:
    """The past of one directive, of all its rows and events."""
    on, position = moment.effective_on, moment.position
    known = [event for event in events if event.position <= position and event.effective_on <= on]
    turns = turns_of(known)
    acted = {event.version: (0,) * (len(turned) % 2) for event, turned in zip(known, turns, strict=True)}
    return Past(
        number,
        tuple(row for row in rows if row.position <= position and row.effective_from <= to_days(on)),
        tuple(entries_of(known, names, zone=ZoneInfo(moment.zone), acted=acted)),
        tuple(turns),
    )


def turns_of(events: Sequence[Event]) -> list[tuple[int, ...]]:
    """For every event of a directive the positions at which it begins to act, ceases to, begins again and so on.

    Whether an event acts depends on those before it in the fold alone, so that the day which is asked for makes no
    difference. Where a late event or a retraction comes in, all is folded anew; what comes in order is folded on.
    """
    turns: dict[int, list[int]] = {event.version: [] for event in events}
    state: Directive | None = None
    latest = dt.date.min
    for place, event in enumerate(events):
        if isinstance(event.payload, Retracted) or event.effective_on < latest:
            judged = [each for each in events[: place + 1] if not isinstance(each.payload, Retracted)]
            state, acted = fold(visible(events[: place + 1]))
        else:
            judged, latest = [event], event.effective_on
            state, acted = fold([event], state)
        for each in judged:
            if bool(acted.get(each.version)) != len(turns[each.version]) % 2:
                turns[each.version].append(event.position)
    return [tuple(turns[event.version]) for event in events]
