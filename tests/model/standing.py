"""How a directive stands on a day: the paragraphs "Delivery" and "The directive" as plain loops, without recurrence."""

from datetime import date
from typing import Any

from tests.model.naive import OPEN, State

CLOSED = ("withdrawn", "superseded", "handed-over")
FROM_LEAST_ADVANCED = ("assigned", "declined", "in-progress", "returned", "awaiting-acceptance", "suspended")
FROM_WORST = (
    "overdue", "due-soon", "in-time", "no-deadline", "suspended",
    "completed-late", "completed-on-time", "completed-no-deadline", "closed",
)  # fmt: skip


def stands(state: State, day: date, due_soon_days: int) -> tuple[Any, ...]:
    """Status, timeliness, due day, day of completion, and of each share all that a list shows."""
    shares = [
        (fields["status"], timeliness(fields, day, due_soon_days), fields["due_on"], fields["delivered_on"],
         fields["extensions"])
        for number, fields in sorted(state.items())
        if number
    ]  # fmt: skip
    opened = [share for share in shares if share[0] in OPEN]
    resting = [share for share in shares if share[0] == "suspended"]
    completed = [share for share in shares if share[0] == "completed"]
    if opened or resting:
        status = least_advanced([share[0] for share in opened + resting])
        dues = [share[2] for share in opened or resting if share[2] is not None]
        return status, worst(opened or resting), min(dues, default=None), None, shares
    if completed:
        return "completed", worst(completed), None, max(share[3] for share in completed), shares
    return ANY_CLOSING, "closed", None, None, shares


class _AnyClosing(str):
    """The state of the closing that came last, which this model does not keep."""

    def __eq__(self, other: object) -> bool:
        return other in CLOSED

    __hash__ = str.__hash__


ANY_CLOSING = _AnyClosing("closed")


def timeliness(share: dict[str, Any], day: date, due_soon_days: int) -> str:
    status, due_on = share["status"], share["due_on"]
    if status == "suspended":
        return "suspended"
    if status in CLOSED:
        return "closed"
    if due_on is None:
        return "completed-no-deadline" if status == "completed" else "no-deadline"
    if status == "completed":
        return "completed-late" if share["delivered_on"] > due_on else "completed-on-time"
    if status == "awaiting-acceptance":
        return "overdue" if share["awaited_since"] > due_on else "in-time"
    if day > due_on:
        return "overdue"
    return "due-soon" if (due_on - day).days <= due_soon_days else "in-time"


def least_advanced(states: list[str]) -> str:
    return next(state for state in FROM_LEAST_ADVANCED if state in states)


def worst(shares: list[tuple[Any, ...]]) -> str:
    found = [share[1] for share in shares]
    return next(each for each in FROM_WORST if each in found)
