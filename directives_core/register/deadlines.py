"""Deadlines at entry: days and words become terms by the settings of the day, and doubts become warnings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from directives_core.calendar import Calendar
from directives_core.directive.events import DeadlineTerms
from directives_core.errors import BadValue
from directives_core.language import Phrase
from directives_core.office.state import Office
from directives_core.register.how import as_day
from directives_core.register.work import Work
from directives_core.values import replace

if TYPE_CHECKING:
    from directives_core.deadline import Deadline
    from directives_core.reader.draft import DraftDeadline

__all__ = ["doubts_about", "read_due", "terms_of_draft"]


def read_due(work: Work, due: Any) -> DeadlineTerms:
    """A deadline from a day, a wording, or none; what it was read by stands in it.

    Raises:
        BadValue: it is neither a day nor a wording that the rules can read.
    """
    from directives_core.deadline import Deadline, read_deadline

    if due is None or due == "none":
        return DeadlineTerms()
    if isinstance(due, DeadlineTerms):
        return due
    office = work.office
    if isinstance(due, Deadline):
        return _rolled(_terms_of(due, work.calendar(office)), work, office)
    if isinstance(due, str) and not _is_iso(due):
        calendar = work.calendar(office)
        read = read_deadline(due, anchor=work.on, before_is=office.settings.before_is, calendar=calendar)
        if read is None:
            raise BadValue("due", due, expected=Phrase("a day such as 2021-09-30, 'none', or a wording of a deadline"))
        for warning in read.warnings:
            work.session.warn(warning)
        return _rolled(_terms_of(read, calendar), work, office)
    return _rolled(DeadlineTerms(due_on=as_day("due", due)), work, office)


def _is_iso(text: str) -> bool:
    try:
        dt.date.fromisoformat(text.strip())
    except ValueError:
        return len(text.strip()) == 10 and text.strip()[:4].isdigit() and text.strip()[4] == "-"
    return True


def _terms_of(deadline: Deadline, calendar: Calendar | None) -> DeadlineTerms:
    """A deadline that was read, as it is kept in an event."""
    return DeadlineTerms(
        wording=deadline.wording, rule=deadline.rule, due_on=None if deadline.recurrence else deadline.due,
        due_time=deadline.time, recurrence=deadline.recurrence, awaits=deadline.event,
        calendar=calendar.version if calendar and deadline.rule == "relative" else None,
    )  # fmt: skip


def _rolled(terms: DeadlineTerms, work: Work, office: Office) -> DeadlineTerms:
    """The deadline moved to the next working day, where the office chose that and the day is none."""
    calendar = work.calendar(office)
    if not office.settings.roll or terms.due_on is None or calendar.is_working(terms.due_on):
        return terms
    later = calendar.add_working_days(terms.due_on, 1)
    return terms if later is None else replace(terms, due_on=later, calendar=calendar.version)


def terms_of_draft(work: Work, read: DraftDeadline, *, anchor: dt.date | None, issued: dt.date | None) -> DeadlineTerms:
    """The deadline of a draft's item, by the settings and the calendar of the register.

    The reader knows neither: a day that it gave, and nobody corrected, is read anew; a corrected one stays.
    """
    from directives_core.deadline import read_deadline

    office = work.office
    calendar, before_is = work.calendar(office), office.settings.before_is
    as_read = read_deadline(read.wording, anchor=anchor, issued=issued, calendar=Calendar("VN"))
    if as_read is not None and (as_read.due, as_read.rule) == (read.due, read.rule):
        own = read_deadline(read.wording, anchor=anchor, issued=issued, before_is=before_is, calendar=calendar)
        if own is not None:
            return _rolled(_terms_of(own, calendar), work, office)
    terms = DeadlineTerms(
        wording=read.wording, rule=read.rule, due_on=None if read.recurrence else read.due, due_time=read.time,
        recurrence=read.recurrence, awaits=read.event,
    )  # fmt: skip
    return _rolled(terms, work, office)


def doubts_about(terms: DeadlineTerms, work: Work, office: Office) -> list[str]:
    """What is odd about a day that is due: sentences for the writer."""
    if terms.due_on is None:
        return []
    warnings: list[str] = []
    if terms.due_on < work.on:
        warnings.append(
            Phrase(
                "due on {due_on}, before the day of the assignment ({on}): is the year right?",
                due_on=terms.due_on,
                on=work.on,
            )
        )
    if reason := work.calendar(office).reason_not_working(terms.due_on):
        warnings.append(
            Phrase("due on {due_on}, which is no working day ({reason})", due_on=terms.due_on, reason=reason)
        )
    return warnings
