"""What the wording of a deadline states, and the place in the text where a grammar stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from directives_core.deadline.dates import Rule
from directives_core.recurrence import Every, Recurrence

__all__ = ["Place", "Reading"]

_WINDOW = 120


@dataclass(frozen=True)
class Reading:
    """What a wording states, before any setting or calendar is applied.

    `day` is the day written; where `excluded`, the duty must be met before it. `weak` marks a wording that also
    describes the past, so that it says nothing when its day is gone.
    """

    start: int
    end: int
    rule: Rule
    day: date | None = None
    excluded: bool = False
    hour: time | None = None
    every: Every | None = None
    again: Recurrence | None = None  # the rule to the last day in time, and the rule to the day written
    again_as_written: Recurrence | None = None
    event: tuple[int, int] | None = None
    working_days: tuple[date, int] | None = None
    weak: bool = False
    notes: tuple[str, ...] = ()
    others: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Place:
    """Where the grammar stands: the text, the anchor day, and the day on which the notice was issued."""

    low: str
    anchor: date | None
    issued: date | None

    def back(self, at: int, most: int = _WINDOW) -> str:
        """Return the text before `at`, at most so many characters of it."""
        return self.low[max(0, at - most) : at]
