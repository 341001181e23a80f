"""Whom an event acts on: the named shares, the heirs of those handed over, and single periods of recurring ones."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from directives_core.directive.state import OPEN, WORKING, Directive, Duty, Facts, Share, WorkState, first_day_of
from directives_core.values import replace

__all__ = ["Acted", "is_open", "is_working", "meant", "on_duties", "on_shares", "period_of", "setting", "untouched"]

Acted = tuple[int, ...]
"""The named shares on which an event acted, 0 for the directive itself; empty: the event was without effect."""

D = TypeVar("D", bound=Duty)


class Change(Protocol):
    """What an event does to a share, or in the same way to one period of it."""

    def __call__(self, duty: D, /) -> D:
        """The duty as it is afterwards."""
        ...


def setting(**fields: Any) -> Change:
    """The change that gives these fields these values."""

    def change(duty: D, /) -> D:
        return replace(duty, **fields)

    return change


def is_open(duty: Duty) -> bool:
    """Whether the duty is work to be done."""
    return duty.status in OPEN


def is_working(duty: Duty) -> bool:
    """Whether the duty binds, be it at rest."""
    return duty.status in WORKING


def meant(state: Directive, number: int) -> list[Share]:
    """The share of this number, or, once it is handed over, its heirs; none where it does not exist yet."""
    share = state.shares.get(number)
    if share is None:
        return []
    return list(state.heirs_of(number)) if share.status == "handed-over" else [share]


def on_shares(
    state: Directive, named: Sequence[int], able: Callable[[Share], bool], change: Callable[[Share], Share]
) -> tuple[Directive, Acted]:
    """Change the able ones among the shares that are meant."""
    shares = dict(state.shares)
    acted: list[int] = []
    for number in named:
        targets = [share for share in meant(state, number) if able(share)]
        for share in targets:
            shares[share.number] = change(share)
        if targets:
            acted.append(number)
    return (replace(state, shares=shares), tuple(acted)) if acted else (state, ())


def on_duties(
    state: Directive,
    named: Sequence[int],
    period: str | None,
    on: dt.date,
    able: Callable[[Duty], bool],
    change: Change,
) -> tuple[Directive, Acted]:
    """Change the shares that are meant, or, where a period is named, that period of those which are open.

    Args:
        state: the directive before.
        named: the shares that the event names.
        period: the period that the event names, if it does.
        on: the day of the event; a period can be named from its first day on.
        able: whether the event can act on a share, or on a period, as it stands.
        change: what it does to it.
    """
    if period is None:
        return on_shares(state, named, able, change)

    def is_able(share: Share) -> bool:
        duty = period_of(share, period, state.facts, on=on)
        return share.status in OPEN and duty is not None and able(duty)

    def change_period(share: Share) -> Share:
        duty = period_of(share, period, state.facts, on=on)
        if duty is None:
            return share
        return replace(share, periods={**share.periods, period: change(duty)})

    return on_shares(state, named, is_able, change_period)


def period_of(share: Share, period: str, facts: Facts, *, on: dt.date) -> Duty | None:
    """The period of this name as it stands, or as it begins; none where the share has no such period by the day `on`.

    The first period is the one whose due day is not before the assignment.
    """
    if share.recurrence is None:
        return None
    due = share.recurrence.due_of(period)
    if due is None or due < facts.assigned_on or first_day_of(share.recurrence, due) > on:
        return None
    return share.periods.get(period) or untouched(share, due, facts)


def untouched(share: Share, due: dt.date, facts: Facts) -> Duty:
    """A period that no event touched: it has come as far as the share itself has."""
    status: WorkState = share.status if share.status in ("assigned", "declined") else "in-progress"
    return Duty(status=status, due_on=due, original_due_on=due, due_time=facts.deadline.due_time)
