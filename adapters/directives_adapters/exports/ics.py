"""The deadlines as a calendar, RFC 5545: an event of a whole day for each share, and each period of a recurring one.

The uid of an event is made of the register, the directive, the share and the period, and stays the same for ever, so
that a calendar which is read again moves what was extended and takes out what is done: an event is cancelled once its
share is completed, closed or handed over, and tentative while it is suspended. SEQUENCE is the version of the
directive. The hour of a deadline stands in the text: the duty is judged by its day.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from directives_adapters.exports.calendar_text import line, text_line
from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.heading import Heading
from directives_adapters.exports.texts import shortened
from directives_core.directive.state import OPEN, WORKING, WorkState
from directives_core.language import _, day, title, word
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["write"]

_SUMMARY_CHARACTERS = 90
_ONE_DAY = dt.timedelta(days=1)
_AHEAD = dt.timedelta(days=800)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """One entry of the calendar: of a share, or of one of its periods."""

    period: str | None
    status: WorkState
    timeliness: str
    due_on: dt.date
    due_time: dt.time | None


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write one event for each deadline; how many there are."""
    heading = excerpt.heading
    out.write(line("BEGIN", "VCALENDAR"))
    out.write(line("VERSION", "2.0"))
    out.write(line("PRODID", "-//directives//register of directives//EN"))
    out.write(line("CALSCALE", "GREGORIAN"))
    # The names of RFC 7986, and those that were used before it.
    out.writelines(text_line(name, heading.title) for name in ("NAME", "X-WR-CALNAME"))
    out.writelines(text_line(name, "\n".join(heading.lines()[1:])) for name in ("DESCRIPTION", "X-WR-CALDESC"))
    out.write(line("LAST-MODIFIED", _instant(heading)))
    count = 0
    for directive, share in excerpt.shares(handed_over=True):
        for deadline in _deadlines(directive, share, heading.moment.effective_on):
            out.writelines(_event(heading, directive, share, deadline))
            count += 1
    out.write(line("END", "VCALENDAR"))
    return count


def _deadlines(directive: DirectiveView, share: ShareView, today: dt.date) -> Iterator[_Deadline]:
    recurrence = directive.deadline.recurrence
    if recurrence is None or (share.status not in WORKING and not share.periods):
        if share.due_on is not None:
            yield _Deadline(None, share.status, share.timeliness, share.due_on, share.due_time)
        return
    for period in share.periods:
        if period.due_on is not None:
            # Where the share is over, so are those of its periods that were still open.
            over = period.status in WORKING and share.status not in WORKING
            status, timeliness = (share.status, share.timeliness) if over else (period.status, period.timeliness)
            yield _Deadline(period.period, status, timeliness, period.due_on, period.due_time)
    if share.status in WORKING and today.year < dt.MAXYEAR - 3:
        begun = {period.period for period in share.periods}
        ahead = recurrence.dues(max(today, directive.assigned_on), today + _AHEAD)
        due_on = next((due for due in ahead if recurrence.period_of(due) not in begun), None)
        if due_on is not None:
            timeliness = "suspended" if share.status == "suspended" else "in-time"
            status = share.status if share.status == "suspended" else "assigned"
            yield _Deadline(recurrence.period_of(due_on), status, timeliness, due_on, directive.deadline.due_time)


def _event(heading: Heading, directive: DirectiveView, share: ShareView, deadline: _Deadline) -> Iterator[bytes]:
    name = f"{directive.name}/{share.share}" + (f"@{deadline.period}" if deadline.period else "")
    state = "CONFIRMED" if deadline.status in OPEN else "TENTATIVE" if deadline.status in WORKING else "CANCELLED"
    yield line("BEGIN", "VEVENT")
    yield line("UID", f"{name.replace('/', '.').replace('@', '.')}@{heading.register_id}.directives")
    yield line("DTSTAMP", _instant(heading))
    yield line("SEQUENCE", str(directive.version))
    yield line("DTSTART;VALUE=DATE", f"{deadline.due_on:%Y%m%d}")
    if deadline.due_on < dt.date.max:
        yield line("DTEND;VALUE=DATE", f"{deadline.due_on + _ONE_DAY:%Y%m%d}")
    yield text_line("SUMMARY", shortened(f"{name} {share.unit.name}: {directive.text}", _SUMMARY_CHARACTERS))
    yield text_line("DESCRIPTION", "\n".join(_described(directive, share, deadline)))
    yield line("STATUS", state)
    yield line("TRANSP", "TRANSPARENT")
    yield line("END", "VEVENT")


def _described(directive: DirectiveView, share: ShareView, deadline: _Deadline) -> Iterator[str]:
    yield directive.text
    due = f"{day(deadline.due_on)} {deadline.due_time:%H:%M}" if deadline.due_time else day(deadline.due_on)
    named = [
        (_("Lead unit"), share.unit.name),
        (title("due_on", "field"), due),
        (title("original_due_on", "field"), day(share.original_due_on) if share.extensions else ""),
        (title("status", "field"), word(deadline.status, "status")),
        (title("timeliness", "field"), word(deadline.timeliness, "timeliness")),
        (title("report_to", "field"), directive.report_to or ""),
        (title("notice", "field"), " ".join(filter(None, (directive.notice, directive.path)))),
    ]
    yield from (f"{name}: {value}" for name, value in named if value)


def _instant(heading: Heading) -> str:
    return f"{heading.made_at:%Y%m%dT%H%M%SZ}"
