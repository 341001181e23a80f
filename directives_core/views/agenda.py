"""The agenda of a meeting: the duties that bind, by unit, with what was promised at the meeting before."""

import datetime as dt
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directives_core.directive.standing import Timeliness
from directives_core.directive.state import LEAST_ADVANCED, LastReport, WorkState
from directives_core.moment import Moment
from directives_core.office.names import bare
from directives_core.views.directive import DirectiveView, ShareView, UnitView
from directives_core.views.view import View

__all__ = ["Agenda", "AgendaItem", "agenda_items"]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One share that binds: `days_left` until it is due, negative when it is over, none where no clock runs.

    `promised_on` is the deadline that the meeting before saw in force, `status_then` what it saw of the work; for an
    heir, what it saw of the share that was handed over.
    """

    number: int
    share: int
    unit: UnitView
    text: str
    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    days_left: int | None
    original_due_on: dt.date | None
    extensions: int
    request_pending: bool
    wished_on: dt.date | None
    last_report: LastReport | None
    promised_on: dt.date | None
    status_then: WorkState | None

    def as_json(self) -> dict[str, Any]:
        """The item as JSON."""
        report = self.last_report
        return {
            "number": self.number, "share": self.share, "unit": {"id": self.unit.id, "name": self.unit.name},
            "text": self.text, "status": self.status, "timeliness": self.timeliness, "due_on": _iso(self.due_on),
            "days_left": self.days_left, "original_due_on": _iso(self.original_due_on),
            "extensions": self.extensions, "request_pending": self.request_pending,
            "wished_on": _iso(self.wished_on),
            "last_report": None if report is None else {"on": report.on.isoformat(), "text": report.text},
            "promised_on": _iso(self.promised_on), "status_then": self.status_then,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agenda:
    """The open duties at a moment, by unit; `previous` is the moment of the meeting before, if there was one."""

    moment: Moment
    previous: Moment | None
    items: tuple[AgendaItem, ...]

    def as_json(self) -> dict[str, Any]:
        """The agenda as JSON."""
        return {
            "moment": self.moment.as_json(), "previous": self.previous.as_json() if self.previous else None,
            "items": [item.as_json() for item in self.items],
        }  # fmt: skip


def agenda_items(view: View, previous: View | None, *, unit: str | None = None) -> Iterator[AgendaItem]:
    """The shares that bind at the moment, unit by unit, the longest overdue of each first; only one unit's are held.

    Args:
        view: the register at the moment.
        previous: the register as the meeting before saw it, if there was one.
        unit: only the shares of the unit of this id.
    """
    by_name = _binding(view, unit)
    unallocated = list(_of_some(view, previous, by_name.pop(None, ())))
    names = {*filter(None, by_name), *(item.unit.name for item in unallocated if item.unit.id is None)}
    for name in sorted(names, key=lambda name: (bare(name), name)):
        held = _of_some(view, previous, by_name.pop(name, ()))
        items = [item for item in held if item.unit.id is not None and unit in (None, item.unit.id)]
        items += [item for item in unallocated if item.unit.id is None and unit is None]
        items = [item for item in items if item.unit.name == name]
        yield from sorted(items, key=lambda item: (item.days_left is None, item.days_left or 0, item.number))


def _binding(view: View, unit: str | None) -> dict[str | None, Sequence[int]]:
    """The directives with shares that bind, by the name of the unit that holds them; none where none does."""
    found: dict[str | None, array[int]] = {}
    for row in view.rows_where(sorted(LEAST_ADVANCED), unit=unit):
        name = view.office.unit_name(row.unit) if row.unit is not None else None
        found.setdefault(name, array("q")).append(row.directive)
    return dict(found)


def _of_some(view: View, previous: View | None, directives: Sequence[int]) -> Iterator[AgendaItem]:
    numbers = list(dict.fromkeys(directives))
    for first in range(0, len(numbers), _CHUNK):
        some = numbers[first : first + _CHUNK]
        then = {directive.number: directive for directive in previous.each(numbers=some)} if previous else {}
        for directive in view.each(numbers=some):
            yield from _items(directive, then.get(directive.number), view.moment)


def _items(directive: DirectiveView, then: DirectiveView | None, moment: Moment) -> Iterator[AgendaItem]:
    before = {share.share: share for share in then.shares} if then else {}
    parents = {share.share: share.parents for share in directive.shares}
    for share in directive.shares:
        if share.status in LEAST_ADVANCED:
            was = _seen_before(share.share, before, parents)
            yield AgendaItem(
                number=directive.number, share=share.share, unit=share.unit, text=directive.text,
                status=share.status, timeliness=share.timeliness, due_on=share.due_on, days_left=share.days_left,
                original_due_on=share.original_due_on, extensions=share.extensions,
                request_pending=share.request_pending, wished_on=share.wished_on, last_report=share.last_report,
                promised_on=was.due_on if was else None, status_then=was.status if was else None,
            )  # fmt: skip


def _seen_before(
    share: int, before: Mapping[int, ShareView], parents: Mapping[int, tuple[int, ...]]
) -> ShareView | None:
    """The share as the meeting before saw it, or the first of those that it comes from."""
    if share in before:
        return before[share]
    seen = (_seen_before(parent, before, parents) for parent in parents[share])
    return next((one for one in seen if one is not None), None)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
