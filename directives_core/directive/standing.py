"""How a directive stands on a day: status and timeliness, computed for the day and never stored."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from directives_core.directive.acting import untouched
from directives_core.directive.state import (
    CLOSED,
    LEAST_ADVANCED,
    OPEN,
    Directive,
    Duty,
    Facts,
    Share,
    WorkState,
    first_day_of,
)

__all__ = ["PeriodStanding", "ShareStanding", "Standing", "Timeliness", "stand"]

Timeliness = Literal[
    "no-deadline", "in-time", "due-soon", "overdue", "suspended",
    "completed-on-time", "completed-late", "completed-no-deadline", "closed",
]  # fmt: skip

_WORST_OPEN: tuple[Timeliness, ...] = ("overdue", "due-soon", "in-time", "no-deadline")
_WORST_COMPLETED: tuple[Timeliness, ...] = ("completed-late", "completed-on-time", "completed-no-deadline")


class PeriodStanding(Struct, frozen=True):
    """How one period of a recurring share stands."""

    period: str
    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    due_time: dt.time | None
    delivered_on: dt.date | None


class ShareStanding(Struct, frozen=True):
    """How one share stands; `periods` are those that have begun or were touched, in the order of their due days.

    `days_left` are those until it is due, negative when it is over: none where no clock runs, and as they were when
    the result was reported while it awaits acceptance.
    """

    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    due_time: dt.time | None
    delivered_on: dt.date | None
    days_left: int | None
    periods: tuple[PeriodStanding, ...] = ()


class Standing(Struct, frozen=True):
    """How the whole directive stands, and each of its shares by number."""

    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    due_time: dt.time | None
    completed_on: dt.date | None
    shares: dict[int, ShareStanding]


def stand(state: Directive, day: dt.date, *, due_soon_days: int) -> Standing:
    """How the directive stands at the end of `day`.

    It is completed when every share is completed or closed and one is completed; where all are closed, it is what the
    last closing made of it. Otherwise the least advanced share speaks for its status, the open shares for its time.
    """
    shares = {
        number: _share(share, day, state.facts, due_soon_days=due_soon_days) for number, share in state.shares.items()
    }
    binding = [standing for standing in shares.values() if standing.status in LEAST_ADVANCED]
    if not binding:
        return _ended(state, shares)
    speaking = [standing for standing in binding if standing.status in OPEN] or binding
    due = min(
        ((s.due_on, s.due_time or dt.time.max, s.due_time) for s in speaking if s.due_on), default=(None, None, None)
    )
    return Standing(
        status=_least_advanced(standing.status for standing in binding),
        timeliness=_worst((s.timeliness for s in speaking), (*_WORST_OPEN, "suspended")),
        due_on=due[0], due_time=due[2], completed_on=None, shares=shares,
    )  # fmt: skip


def _ended(state: Directive, shares: dict[int, ShareStanding]) -> Standing:
    completed = [standing for standing in shares.values() if standing.status == "completed"]
    if completed:
        return Standing(
            status="completed",
            timeliness=_worst((standing.timeliness for standing in completed), _WORST_COMPLETED),
            due_on=None, due_time=None,
            completed_on=max((s.delivered_on for s in completed if s.delivered_on), default=None),
            shares=shares,
        )  # fmt: skip
    last = max(state.shares.values(), key=lambda share: share.closed or (dt.date.min, 0))
    return Standing(last.status, "closed", None, None, None, shares)


def _share(share: Share, day: dt.date, facts: Facts, *, due_soon_days: int) -> ShareStanding:
    timeliness = _timeliness(share, day, due_soon_days)
    if share.recurrence is None:
        return ShareStanding(
            share.status, timeliness, share.due_on, share.due_time, share.delivered_on, _days_left(share, day)
        )
    begun = _begun(share, day, facts)
    periods = tuple(
        PeriodStanding(
            name, duty.status, _timeliness(duty, day, due_soon_days), duty.due_on, duty.due_time, duty.delivered_on
        )
        for name, duty in begun.items()
        if share.status in LEAST_ADVANCED or name in share.periods  # what binds no longer begins no periods
    )
    speaking = [duty for duty in begun.values() if duty.status in OPEN] or _next(share, day, facts)
    if share.status not in LEAST_ADVANCED or not speaking:
        shown = timeliness if share.status not in OPEN else "no-deadline"
        return ShareStanding(share.status, shown, share.due_on, share.due_time, share.delivered_on, None, periods)
    earliest = min(speaking, key=lambda duty: duty.due_on or dt.date.max)
    if share.status == "suspended":  # it rests as a whole, and its periods keep their days
        return ShareStanding(share.status, timeliness, earliest.due_on, earliest.due_time, None, None, periods)
    return ShareStanding(
        status=_least_advanced(duty.status for duty in speaking),
        timeliness=_worst((_timeliness(duty, day, due_soon_days) for duty in speaking), _WORST_OPEN),
        due_on=earliest.due_on, due_time=earliest.due_time, delivered_on=None,
        days_left=min((left for duty in speaking if (left := _days_left(duty, day)) is not None), default=None),
        periods=periods,
    )  # fmt: skip


def _begun(share: Share, day: dt.date, facts: Facts) -> dict[str, Duty]:
    """The periods whose first day has come, touched or not, by name, in the order of their due days."""
    if share.recurrence is None:
        return {}
    # A period is no longer than a year: the due day of one that has begun lies within a year of the day asked for.
    horizon = min(day.toordinal() + 366, dt.date.max.toordinal())
    due_days = share.recurrence.dues(facts.assigned_on, dt.date.fromordinal(horizon))
    names = {share.recurrence.period_of(due): due for due in due_days if first_day_of(share.recurrence, due) <= day}
    return {name: share.periods.get(name) or untouched(share, due, facts) for name, due in names.items()}


def _next(share: Share, day: dt.date, facts: Facts) -> list[Duty]:
    """The first period that has not begun."""
    if share.recurrence is None or day.year >= dt.MAXYEAR - 1:
        return []
    for due in share.recurrence.dues(max(day, facts.assigned_on), day.replace(year=day.year + 2, day=1)):
        if first_day_of(share.recurrence, due) > day:
            return [untouched(share, due, facts)]
    return []


def _timeliness(duty: Duty, day: dt.date, due_soon_days: int) -> Timeliness:
    """Judged by the day, and what binds by the days that are left."""
    if duty.status == "suspended":
        return "suspended"
    if duty.status in CLOSED:
        return "closed"
    if duty.status == "completed":
        if duty.due_on is None:
            return "completed-no-deadline"
        return "completed-late" if duty.delivered_on and duty.delivered_on > duty.due_on else "completed-on-time"
    left = _days_left(duty, day)
    if left is None:
        return "no-deadline"
    if left < 0:
        return "overdue"
    near = left <= due_soon_days and duty.status != "awaiting-acceptance"
    return "due-soon" if near else "in-time"


def _days_left(duty: Duty, day: dt.date) -> int | None:
    """How many days are left, by the clock, which stands at the day of the report while a result awaits acceptance."""
    if duty.due_on is None or duty.status not in OPEN:
        return None
    clock = duty.awaited_since if duty.status == "awaiting-acceptance" else None
    return (duty.due_on - (clock or day)).days


def _least_advanced(states: Iterable[WorkState]) -> WorkState:
    return min(states, key=lambda state: LEAST_ADVANCED[state])


def _worst(found: Iterable[Timeliness], order: Sequence[Timeliness]) -> Timeliness:
    return min(found, key=order.index)
