"""The state of one directive: what its events fold into. Everything here is immutable."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct, field

from directives_core.directive.events import Citation, Cooperating, DeadlineTerms, Kind, Party, Relation
from directives_core.recurrence import Recurrence

__all__ = [
    "CLOSED", "LEAST_ADVANCED", "OPEN", "WORKING", "Directive", "Duty", "Facts", "LastReport", "Link", "Note", "Share",
    "WorkState", "first_day_of",
]  # fmt: skip

WorkState = Literal[
    "assigned", "declined", "in-progress", "returned", "awaiting-acceptance",
    "suspended", "completed", "withdrawn", "superseded", "handed-over",
]  # fmt: skip

OPEN = frozenset({"assigned", "declined", "in-progress", "returned", "awaiting-acceptance"})
"""The states in which a duty is work to be done; the clock runs."""
WORKING = OPEN | {"suspended"}
"""The states in which a duty binds, be it at rest."""
CLOSED = frozenset({"withdrawn", "superseded", "handed-over"})
"""The states in which a duty ended without a result."""
LEAST_ADVANCED: dict[str, int] = {
    "assigned": 0, "declined": 1, "in-progress": 2, "returned": 3, "awaiting-acceptance": 4, "suspended": 5,
}  # fmt: skip
"""How far each binding state has come; the smallest of several speaks for all."""


class _State(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What a state consists of; in a row of the timeline, a field that is as it is by default is left out."""


class LastReport(_State, frozen=True):
    """The report that came last; `position` is that of its event."""

    on: dt.date
    position: int
    text: str
    result: bool = False
    percent: float | None = None
    quantity: str | None = None
    document: str | None = None


class Duty(_State, frozen=True):
    """What a share and a period of a recurring share have in common: how far the work is, and by when it is due.

    `moved` says that an extension or a set deadline acted, so that a corrected original no longer decides `due_on`.
    `request` is the version of the pending ExtensionRequested. `awaited_since` is the day of the first result report
    since the last return or reopening.
    """

    status: WorkState = "assigned"
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    original_due_on: dt.date | None = None
    moved: bool = False
    extensions: int = 0
    request: int | None = None
    wished_on: dt.date | None = None
    awaited_since: dt.date | None = None
    delivered_on: dt.date | None = None
    last_report: LastReport | None = None


class Share(Duty, frozen=True):
    """One lead unit's part of the directive.

    `unit` is none while a class, in its `wording`, is not allocated. `before` is the state that a suspension
    interrupted. `periods` holds the periods that events touched, by name. `closed` is the fold key of the event that
    completed or closed the share, `successor` the directive that superseded it.
    """

    number: int = 0
    unit: str | None = None
    wording: str | None = None
    before: WorkState | None = None
    recurrence: Recurrence | None = None
    awaits: str | None = None
    parents: tuple[int, ...] = ()
    periods: Mapping[str, Duty] = field(default_factory=dict)
    closed: tuple[dt.date, int] | None = None
    successor: int | str | None = None


class Note(_State, frozen=True):
    """A remark; `actor` is the id of its writer."""

    on: dt.date
    actor: str
    text: str
    kind: Literal["note", "explanation"] = "note"


class Link(_State, frozen=True):
    """A relation to another directive: its number, or a reference into another register."""

    relation: Relation
    target: int | str


class Facts(_State, frozen=True):
    """The directive's own fields, kept as share 0 of its timeline."""

    assigned_on: dt.date
    text: str
    kind: Kind
    notice: str | None
    path: str | None
    cooperating: tuple[Cooperating, ...]
    deadline: DeadlineTerms
    report_to: Party | None
    via: Party | None
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    reminders: int = 0
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()


class Directive(_State, frozen=True):
    """A directive at one moment: its own fields and its shares by number."""

    facts: Facts
    shares: Mapping[int, Share]

    def heirs_of(self, number: int) -> Iterator[Share]:
        """The shares that `number` passed into, over any number of hand-overs, that are not handed over themselves."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            parent = waiting.pop(0)
            for share in self.shares.values():
                if parent in share.parents and share.number not in seen:
                    seen.add(share.number)
                    if share.status == "handed-over":
                        waiting.append(share.number)
                    else:
                        yield share


def first_day_of(recurrence: Recurrence, due: dt.date) -> dt.date:
    """The first day of the period that falls due on `due`: from then on the period can be named."""
    match recurrence.every:
        case "week":
            return due - dt.timedelta(days=6)
        case "month":
            return due.replace(day=1)
        case "quarter":
            return due.replace(month=(due.month - 1) // 3 * 3 + 1, day=1)
        case "half-year":
            return due.replace(month=(due.month - 1) // 6 * 6 + 1, day=1)
        case "year":
            return due.replace(month=1, day=1)
