"""From the wording of a deadline to the last day that still complies, with everything that is doubtful about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as time_of_day
from typing import Literal

from directives_core.calendar import Calendar
from directives_core.deadline.dates import Rule, before, read_day, read_period
from directives_core.deadline.wordings import Reading, find_urgencies_in, readings
from directives_core.folding import Folded, fold
from directives_core.language import Phrase
from directives_core.recurrence import Every, Recurrence

__all__ = [
    "Alternative", "BeforeIs", "Deadline", "FoundDeadline", "Recurrence", "Rule", "find_deadlines", "find_urgencies",
    "read_deadline",
]  # fmt: skip

BeforeIs = Literal["day-before", "same-day"]

#: What lies further back than this was never a deadline: "đất sử dụng trước ngày 15/10/1993".
_HISTORY = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another day that the same wording may mean, and the rule that gives it."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - drafts, which people correct, hold these

    due: date
    rule: Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline in its wording, and the last day (`due`, up to `time`) on which the duty is met in time.

    Without `due` the wording leaves the day open: `event` says what it waits for, `warnings` say what to ask. Of a
    recurring duty `due` is the first due day that is not before the anchor day.
    """

    wording: str
    rule: Rule
    due: date | None = None
    time: time_of_day | None = None
    every: Every | None = None
    recurrence: Recurrence | None = None
    event: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDeadline:
    """A deadline, and where its wording stands in the text."""

    span: tuple[int, int]
    deadline: Deadline


def find_deadlines(
    text: str,
    *,
    anchor: date | None,
    issued: date | None = None,
    before_is: BeforeIs = "day-before",
    calendar: Calendar | None = None,
) -> tuple[FoundDeadline, ...]:
    """Find every deadline wording in `text`, in order.

    `anchor` is the day from which a missing year and "hôm nay" are taken: the meeting's; `issued` is the day of the
    notice itself, for "kể từ ngày ban hành thông báo này". `before_is` says how "trước ngày D" reads. Without a
    `calendar` only weekends are days off.
    """
    return tuple(find_in(fold(text), anchor=anchor, issued=issued, before_is=before_is, calendar=calendar))


def find_in(
    folded: Folded, *, anchor: date | None, issued: date | None, before_is: BeforeIs, calendar: Calendar | None
) -> Iterator[FoundDeadline]:
    """Find deadlines in text that is folded already; spans count in the original."""
    for reading in readings(folded.low, anchor, issued):
        deadline = _judge(reading, folded.text, anchor, before_is, calendar or Calendar())
        if deadline is not None:
            yield FoundDeadline(span=folded.span(reading.start, reading.end), deadline=deadline)


def find_urgencies(text: str) -> tuple[tuple[int, int], ...]:
    """Find the words that urge without naming a day ("ngay", "khẩn trương", "sớm nhất", "theo tiến độ")."""
    folded = fold(text)
    return tuple(folded.span(*found) for found in find_urgencies_in(folded.low))


def read_deadline(
    wording: str,
    *,
    anchor: date | None = None,
    issued: date | None = None,
    before_is: BeforeIs = "day-before",
    calendar: Calendar | None = None,
) -> Deadline | None:
    """Read one wording as a user types it ("trước ngày 30/9/2021", "2021-10-02"); None where it states no deadline."""
    found = find_deadlines(wording, anchor=anchor, issued=issued, before_is=before_is, calendar=calendar)
    if found:
        return found[0].deadline
    folded = fold(wording)
    if (read := read_day(folded.low, 0, anchor=anchor)) is not None and read[1] == len(folded):
        day, note = read[0].on(anchor)
        plain = Reading(0, len(folded), "at-latest", day=day, notes=(note,) if note else ())
        return _judge(plain, folded.text, anchor, before_is, calendar or Calendar())
    if (period := read_period(folded.low, 0, anchor)) is not None and period[1] == len(folded):
        plain = Reading(0, len(folded), period[0].rule, day=period[0].last)
        return _judge(plain, folded.text, anchor, before_is, calendar or Calendar())
    return None


def _judge(
    reading: Reading, text: str, anchor: date | None, before_is: BeforeIs, calendar: Calendar
) -> Deadline | None:
    """Apply the settings and the calendar to a reading; None where it turns out to speak of the past."""
    notes = list(reading.notes)
    due, again = reading.day, reading.again if before_is == "day-before" else reading.again_as_written
    if reading.working_days is not None:
        due = calendar.add_working_days(*reading.working_days)
    if again is not None:
        due = again.due_on_or_after(anchor) if anchor else None
    elif due is not None and reading.excluded and before_is == "day-before":
        due = before(due)
    if due is not None and anchor is not None and due < anchor and again is None:
        if reading.weak or anchor - due > _HISTORY:
            return None
        notes.append(
            Phrase(
                "the due day {due} is before {anchor}, the day of the meeting or notice: is the date right?",
                due=due,
                anchor=anchor,
            )
        )
    if due is not None and (reason := calendar.reason_not_working(due)) is not None:
        notes.append(Phrase("the due day {due} is {reason}", due=due, reason=reason))
    if reading.hour is not None:
        notes.append(Phrase("an hour is given, {hour:%H:%M}; timeliness is judged by the day", hour=reading.hour))
    return Deadline(
        wording=text[reading.start : reading.end], rule=reading.rule, due=due, time=reading.hour, every=reading.every,
        recurrence=again, event=text[slice(*reading.event)] if reading.event else None, warnings=tuple(notes),
        alternatives=tuple(Alternative(due=d, rule="at-latest") for d, _ in reading.others if d != due),
    )  # fmt: skip
