"""The fold: what each event does to a directive. It refuses no history; what acts on nothing is left without effect.

An event acts on the shares that it names. Where a named share has been handed over at that place of the fold, the event
acts on those of its heirs on which it can act. Whoever changes a rule raises `RULES`: it rewrites what meetings saw.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from directives_core.directive.acting import Acted, is_open, is_working, on_shares
from directives_core.directive.events import (
    Acknowledged,
    Allocated,
    Amended,
    Assigned,
    Completed,
    DeadlineSet,
    Declined,
    Extended,
    ExtensionRefused,
    ExtensionRequested,
    HandedOver,
    Reopened,
    Reported,
    Resumed,
    Returned,
    Superseded,
    Suspended,
    Withdrawn,
)
from directives_core.directive.facts import amended, on_facts
from directives_core.directive.passing import allocated, assigned, closing, handed_over
from directives_core.directive.state import Directive, Share
from directives_core.directive.work import on_deadline, on_work
from directives_core.event import Event, Payload, voids
from directives_core.values import replace

__all__ = ["RULES", "evolve", "fold", "replay", "visible"]

RULES = 1
"""The version of the fold: a timeline, a checkpoint and a published figure name the one they were made by."""


_OF_THE_CLOCK: dict[type[Payload], Callable[[Directive, Event], tuple[Directive, Acted]]] = {
    **dict.fromkeys((Acknowledged, Declined, Reported, Returned, Completed, Reopened), on_work),
    **dict.fromkeys((Extended, DeadlineSet, ExtensionRequested, ExtensionRefused), on_deadline),
}
"""The events that most of a log consists of: those on how far the work is, and on when it is due."""


def replay(events: Sequence[Event], day: dt.date | None = None, position: int | None = None) -> Directive | None:
    """The directive at (day, position), folded anew from all its events in the order of their versions.

    None while it is not assigned there, or its assignment is void. A day or position of none means the end.
    """
    return fold(visible(events, day, position))[0]


def visible(events: Sequence[Event], day: dt.date | None = None, position: int | None = None) -> list[Event]:
    """The events that count at (day, position), in the order of the fold: effective and known by then, not void."""
    void = voids(events, position)
    counting = (
        event
        for event in events
        if event.version not in void
        and (day is None or event.effective_on <= day)
        and (position is None or event.position <= position)
    )
    return sorted(counting, key=lambda event: event.fold_key)


def fold(events: Iterable[Event], state: Directive | None = None) -> tuple[Directive | None, dict[int, Acted]]:
    """Fold events, in the order given, onto a state; with it, what each event (by version) acted on."""
    acted: dict[int, Acted] = {}
    for event in events:
        state, acted[event.version] = evolve(state, event)
    return state, acted


def evolve(state: Directive | None, event: Event) -> tuple[Directive | None, Acted]:
    """The state after one event, and what the event acted on. Total: whatever the event, nothing is refused."""
    payload = event.payload
    if state is None:
        return (assigned(payload, event), (0,)) if isinstance(payload, Assigned) else (None, ())
    if (of_the_clock := _OF_THE_CLOCK.get(type(payload))) is not None:
        return of_the_clock(state, event)
    match payload:
        case Suspended(shares=named):
            return on_shares(state, named, is_open, _suspended)
        case Resumed(shares=named):
            return on_shares(state, named, lambda share: share.status == "suspended", _resumed)
        case Withdrawn(shares=named):
            return on_shares(state, named, is_working, closing("withdrawn", event))
        case Superseded(shares=named, successor=successor):
            return on_shares(state, named, is_working, lambda share: _superseded(share, successor, event))
        case HandedOver():
            return handed_over(state, payload, event)
        case Allocated():
            return allocated(state, payload, event)
        case Amended():
            return amended(state, payload), (0,)
        case _:
            return on_facts(state, event)


def _suspended(share: Share) -> Share:
    return replace(share, status="suspended", before=share.status)


def _resumed(share: Share) -> Share:
    return replace(share, status=share.before or "assigned", before=None)


def _superseded(share: Share, successor: int | str, event: Event) -> Share:
    return replace(closing("superseded", event)(share), successor=successor)
