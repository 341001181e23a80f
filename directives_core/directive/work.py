"""The fold of work and deadlines: what reports, returns, completions and extensions do to a share or a period."""

import datetime as dt

from directives_core.directive.acting import Acted, Change, D, is_open, on_duties, on_shares, setting
from directives_core.directive.events import (
    Acknowledged,
    Completed,
    DeadlineSet,
    Declined,
    Extended,
    ExtensionRefused,
    ExtensionRequested,
    Reopened,
    Reported,
    Returned,
)
from directives_core.directive.state import OPEN, Directive, Duty, LastReport, Share
from directives_core.event import Event
from directives_core.values import replace

__all__ = ["REOPENABLE", "on_deadline", "on_work"]

REOPENABLE = frozenset({"completed", "withdrawn", "superseded", "declined"})
"""The states that a reopening, or a ruling on a refusal, turns into work again."""


def on_work(state: Directive, event: Event) -> tuple[Directive, Acted]:
    """What an event about the work itself does."""
    on = event.effective_on
    match event.payload:
        case Acknowledged(shares=named):
            return on_shares(state, named, is_open, begun)
        case Declined(shares=named):
            return on_shares(state, named, is_open, setting(status="declined"))
        case Reported(shares=named, period=period) as payload:
            return on_duties(state, named, period, on, is_open, _reported(payload, event))
        case Returned(shares=named, period=period):
            back = setting(status="returned", awaited_since=None)
            return on_duties(state, named, period, on, lambda duty: duty.status == "awaiting-acceptance", back)
        case Completed(shares=named, period=period, delivered_on=delivered_on):
            return on_duties(state, named, period, on, is_open, _completed(delivered_on, event))
        case Reopened(shares=named, period=period):
            return on_duties(state, named, period, on, lambda duty: duty.status in REOPENABLE, _reopened)
        case _:
            return state, ()


def begun(duty: D, /) -> D:
    """The duty once its unit is known to work on it; one further along stays where it is."""
    return replace(duty, status="in-progress") if duty.status in ("assigned", "declined") else duty


def _reported(payload: Reported, event: Event) -> Change:
    report = LastReport(
        on=event.effective_on, position=event.position, text=payload.text, result=payload.result,
        percent=payload.percent, quantity=payload.quantity, document=payload.document,
    )  # fmt: skip

    def change(duty: D, /) -> D:
        if not payload.result:
            return replace(begun(duty), last_report=report)
        since = duty.awaited_since or event.effective_on
        return replace(duty, status="awaiting-acceptance", awaited_since=since, last_report=report)

    return change


def _completed(delivered_on: dt.date | None, event: Event) -> Change:
    """Accept the result; it was delivered on the day given, else when it was first reported, else now."""

    def change(duty: D, /) -> D:
        delivered = delivered_on or duty.awaited_since or event.effective_on
        return _stamped(replace(duty, status="completed", delivered_on=delivered), event.fold_key)

    return change


def _reopened(duty: D, /) -> D:
    return _stamped(replace(duty, status="in-progress", delivered_on=None, awaited_since=None), None)


def _stamped(duty: D, closed: tuple[dt.date, int] | None) -> D:
    return replace(duty, closed=closed, successor=None) if isinstance(duty, Share) else duty


def on_deadline(state: Directive, event: Event) -> tuple[Directive, Acted]:
    """What an event about the deadline does. An extension to a day that is not later is without effect."""
    on = event.effective_on
    match event.payload:
        case Extended(shares=named, period=period, due_on=due_on, due_time=due_time):

            def extend(duty: D, /) -> D:
                count = duty.extensions + 1
                moved = replace(duty, due_on=due_on, due_time=due_time, moved=True, extensions=count)
                return replace(moved, request=None, wished_on=None)

            return on_duties(state, named, period, on, lambda duty: _is_later(duty, due_on), extend)
        case DeadlineSet(shares=named, period=period, due_on=due_on, due_time=due_time):
            set_to = setting(due_on=due_on, due_time=due_time, moved=True)
            return on_duties(state, named, period, on, is_open, set_to)
        case ExtensionRequested(shares=named, period=period, wished_on=wished_on):
            asked = setting(request=event.version, wished_on=wished_on)
            return on_duties(state, named, period, on, is_open, asked)
        case ExtensionRefused(shares=named, period=period):
            return on_duties(state, named, period, on, is_open, setting(request=None, wished_on=None))
        case _:
            return state, ()


def _is_later(duty: Duty, due_on: dt.date) -> bool:
    return duty.status in OPEN and (duty.due_on is None or duty.due_on < due_on)
