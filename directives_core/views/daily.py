"""The list of the day: what is due, what is late, what waits for the office, and which recurring reports open."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, get_args

from msgspec import Struct

from directives_core.directive.standing import PeriodStanding, Timeliness
from directives_core.directive.state import OPEN, WorkState, first_day_of
from directives_core.moment import Moment
from directives_core.office.names import bare
from directives_core.views.directive import DirectiveView, ShareView, UnitView
from directives_core.views.view import View

__all__ = ["OPENING_DAYS", "SECTIONS", "Daily", "DailyItem", "Section", "daily_of"]

Section = Literal["overdue", "due-today", "due-soon", "awaiting-acceptance", "extension-requested", "opening"]
"""Why something is on the list; in this order they are shown."""

SECTIONS: tuple[Section, ...] = get_args(Section)

OPENING_DAYS = 7
"""A period of a recurring duty is listed as opening on its first day and the days after, a week in all, so that no
list that is read on a working day misses it."""


class DailyItem(Struct, frozen=True, gc=False):
    """One share, or one of its periods, under one section; it can stand under several.

    `days_left` are those until it is due, negative when it is over. `wished_on` is the day that a pending request for
    extension asks for, `reminders` how often the directive was reminded of, `last_report_on` when it last reported.
    """

    section: Section
    number: int
    share: int
    period: str | None
    unit: UnitView
    text: str
    status: WorkState
    timeliness: Timeliness
    due_on: dt.date | None
    due_time: dt.time | None
    days_left: int | None
    extensions: int
    wished_on: dt.date | None
    reminders: int
    last_report_on: dt.date | None

    @property
    def name(self) -> str:
        """How the duty is called: D-12/3, D-12/3@2021-10."""
        return f"D-{self.number}/{self.share}" + (f"@{self.period}" if self.period else "")

    def as_json(self) -> dict[str, Any]:
        """The item as JSON."""
        plain = {name: getattr(self, name) for name in self.__struct_fields__ if name != "unit"}
        shown = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in plain.items()}
        return shown | {"unit": {"id": self.unit.id, "name": self.unit.name}}


@dataclass(frozen=True, slots=True)
class Daily:
    """The list of a day, as of a moment: by section, then unit, what is over for longest first."""

    moment: Moment
    items: tuple[DailyItem, ...]

    def of(self, section: Section) -> list[DailyItem]:
        """The items of one section."""
        return [item for item in self.items if item.section == section]

    @property
    def counts(self) -> dict[str, int]:
        """How many items each section has."""
        found = Counter(item.section for item in self.items)
        return {section: found[section] for section in SECTIONS}

    def as_json(self) -> dict[str, Any]:
        """The list as JSON, with how many items each section has."""
        return {
            "moment": self.moment.as_json(),
            "counts": self.counts,
            "items": [item.as_json() for item in self.items],
        }


def daily_of(view: View, *, unit: str | None = None) -> Daily:
    """The list of the view's day.

    Args:
        view: the register at the moment.
        unit: only the shares of the unit of this id.
    """
    rows = view.rows_where(sorted(OPEN), unit=unit)
    open_ = array("q", (number for number, _ in groupby(row.directive for row in rows)))
    day = view.moment.effective_on
    items = [
        item
        for directive in view.each(numbers=open_)
        for share in directive.shares
        if share.status in OPEN and unit in (None, share.unit.id)
        for item in _of_share(directive, share, day)
    ]
    return Daily(view.moment, tuple(sorted(items, key=_order)))


def _order(item: DailyItem) -> tuple[Any, ...]:
    left = item.days_left if item.days_left is not None else dt.date.max.toordinal()
    return SECTIONS.index(item.section), bare(item.unit.name), item.unit.name, left, item.number, item.share


def _of_share(directive: DirectiveView, share: ShareView, day: dt.date) -> Iterator[DailyItem]:
    def item(section: Section, duty: ShareView | PeriodStanding, period: str | None = None) -> DailyItem:
        report = share.last_report
        return DailyItem(
            section=section, number=directive.number, share=share.share, period=period, unit=share.unit,
            text=directive.text, status=duty.status, timeliness=duty.timeliness, due_on=duty.due_on,
            due_time=duty.due_time, days_left=(duty.due_on - day).days if duty.due_on else None,
            extensions=share.extensions, wished_on=share.wished_on, reminders=directive.reminders,
            last_report_on=report.on if report else None,
        )  # fmt: skip

    if share.request_pending:
        yield item("extension-requested", share)
    recurrence = directive.deadline.recurrence
    if recurrence is None:
        section = _section_of(share, day)
        if section:
            yield item(section, share)
        return
    for period in share.periods:
        if period.status not in OPEN:
            continue
        section = _section_of(period, day)
        due = recurrence.due_of(period.period)  # as the rule has it, also where the period was extended
        opened = first_day_of(recurrence, due) if due else None
        if section is None and opened is not None and (day - opened).days < OPENING_DAYS:
            section = "opening"
        if section:
            yield item(section, period, period.period)


def _section_of(duty: ShareView | PeriodStanding, day: dt.date) -> Section | None:
    """What awaits acceptance waits for the office, however late it came; else the day decides."""
    if duty.status == "awaiting-acceptance":
        return "awaiting-acceptance"
    if duty.timeliness == "overdue":
        return "overdue"
    if duty.due_on == day:
        return "due-today"
    return "due-soon" if duty.timeliness == "due-soon" else None
