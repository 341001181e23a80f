"""What changed between two moments: what the one meeting could not have known that the other one does."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import groupby, islice
from typing import Any

from directives_core.directive.acting import period_of
from directives_core.directive.events import Assigned, Reported
from directives_core.directive.evolve import evolve, fold, visible
from directives_core.directive.standing import Timeliness
from directives_core.directive.state import OPEN, Directive, WorkState
from directives_core.errors import BadValue
from directives_core.event import Event, Retracted
from directives_core.language import Phrase
from directives_core.moment import Moment
from directives_core.store import Row
from directives_core.timeline import from_days
from directives_core.views.directive import DirectiveView
from directives_core.views.history import HistoryEntry
from directives_core.views.view import View

__all__ = ["Change", "Changes", "Fact", "Moved", "changes_between"]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Moved:
    """A share's deadline, or that of one `period` of it, moved by an event; `nth` counts its extensions."""

    share: int
    due_before: dt.date | None
    due_after: dt.date | None
    nth: int
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """An event that acts at the later moment and did not at the earlier one.

    `late` says that it had happened by the day of the earlier moment, and was entered after it and after its own day.
    Retractions are no facts: they show in what no longer counts, or counts again.
    """

    entry: HistoryEntry
    late: bool
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one directive between the two moments.

    `kinds` names it in words: new, reported, result-reported, extended, returned, completed, handed-over and so on by
    the events; entered-late; retracted; fallen-overdue and due-soon by days that passed, for any of its shares.
    """

    number: int
    text: str
    kinds: tuple[str, ...]
    status_before: WorkState | None
    status_after: WorkState | None
    timeliness_before: Timeliness | None
    timeliness_after: Timeliness | None
    due_before: dt.date | None
    due_after: dt.date | None
    facts: tuple[Fact, ...]
    retracted: tuple[HistoryEntry, ...]

    def as_json(self) -> dict[str, Any]:
        """The change as JSON."""
        return {
            "number": self.number, "text": self.text, "kinds": list(self.kinds),
            "status": {"from": self.status_before, "to": self.status_after},
            "timeliness": {"from": self.timeliness_before, "to": self.timeliness_after},
            "due_on": {"from": _iso(self.due_before), "to": _iso(self.due_after)},
            "events": [
                fact.entry.as_json() | {
                    "late": fact.late,
                    "moved": [
                        {
                            "share": m.share, "period": m.period, "from": _iso(m.due_before), "to": _iso(m.due_after),
                            "nth": m.nth,
                        }
                        for m in fact.moved
                    ],
                }
                for fact in self.facts
            ],
            "retracted": [entry.as_json() for entry in self.retracted],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two moments, by directive."""

    before: Moment
    after: Moment
    directives: tuple[Change, ...]

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """Those that are of this kind."""
        return tuple(change for change in self.directives if kind in change.kinds)

    def as_json(self) -> dict[str, Any]:
        """The changes as JSON."""
        return {
            "moment": self.after.as_json(), "from": self.before.as_json(), "to": self.after.as_json(),
            "changes": [change.as_json() for change in self.directives],
        }  # fmt: skip


LoadEvents = Callable[[int], Sequence[Event]]
ShowEvents = Callable[[Sequence[Event], Sequence[int]], Sequence[HistoryEntry]]


def changes_between(
    before: View, after: View, *, changed: Iterable[int], load: LoadEvents, entries: ShowEvents
) -> Iterator[Change]:
    """Compare the register at two moments: the changes by directive, one by one while they are found.

    Args:
        before: the earlier one.
        after: the later one, on both times.
        changed: the directives with events recorded between the two positions, in order.
        load: gives all events of a directive.
        entries: shows events of a stream, by their versions.

    Raises:
        BadValue: the later moment is earlier on one of the two times.
    """
    first, last = before.moment, after.moment
    if last.effective_on < first.effective_on or last.position < first.position:
        raise BadValue(
            "changes",
            f"{first.effective_on}, {first.position} -> {last.effective_on}, {last.position}",
            expected=Phrase("a second moment that is not earlier on either time"),
        )
    return _changes(before, after, changed, load, entries)


def _changes(
    before: View, after: View, changed: Iterable[int], load: LoadEvents, entries: ShowEvents
) -> Iterator[Change]:
    candidates = (number for number, _ in groupby(merge(changed, _candidates(before, after))))
    while numbers := list(islice(candidates, _CHUNK)):
        olds = {directive.number: directive for directive in before.each(numbers=numbers)}
        news = {directive.number: directive for directive in after.each(numbers=numbers)}
        for number in numbers:
            old, new = olds.get(number), news.get(number)
            if old or new:
                change = _change(number, old, new, load(number), before.moment, after.moment, entries)
                if change.kinds:
                    yield change


def _candidates(before: View, after: View) -> Iterator[int]:
    """The directives whose rows differ, or whose timeliness can have changed by the passing of time alone, in order."""
    same_settings = before.office.settings == after.office.settings
    horizon = after.moment.effective_on + dt.timedelta(days=after.office.settings.due_soon_days)
    olds = before.rows()
    old = next(olds, None)
    for row in after.rows():
        while old is not None and old[:2] < row[:2]:
            yield old.directive
            old = next(olds, None)
        if old is not None and old[:2] == row[:2]:
            was, old = old, next(olds, None)
        else:
            was = None
        if was != row or not same_settings or _time_passes(row, before.moment.effective_on, horizon):
            yield row.directive
    while old is not None:
        yield old.directive
        old = next(olds, None)


def _time_passes(row: Row, first: dt.date, horizon: dt.date) -> bool:
    if row.status not in OPEN:
        return False
    if row.due_on is None:
        return '"recurrence"' in row.state
    return first <= from_days(row.due_on) <= horizon


def _change(
    number: int,
    old: DirectiveView | None,
    new: DirectiveView | None,
    events: Sequence[Event],
    first: Moment,
    last: Moment,
    entries: ShowEvents,
) -> Change:
    counted, counting = (visible(events, moment.effective_on, moment.position) for moment in (first, last))
    facts: list[Fact] = []
    kinds: list[str] = []
    gone: list[int] = []
    if counted != counting:
        acted_then = _acting(counted)
        facts, kinds = _facts(counting, acted_then, first, events, entries)
        gone = sorted(acted_then - {event.version for event in counting})
    if gone:
        kinds.append("retracted")
    kinds += _passing(old, new)
    shown = new or old
    return Change(
        number=number, text=shown.text if shown else "", kinds=tuple(dict.fromkeys(kinds)),
        status_before=old.status if old else None, status_after=new.status if new else None,
        timeliness_before=old.timeliness if old else None, timeliness_after=new.timeliness if new else None,
        due_before=old.due_on if old else None, due_after=new.due_on if new else None,
        facts=tuple(facts), retracted=tuple(entries(events, gone)) if gone else (),
    )  # fmt: skip


def _acting(counting: Sequence[Event]) -> set[int]:
    """The versions of the events that act on anything; what retractions do, they do before the fold."""
    acted = fold(event for event in counting if not isinstance(event.payload, Retracted))[1]
    return {version for version, shares in acted.items() if shares}


def _facts(
    counting: Sequence[Event], acted_then: set[int], first: Moment, events: Sequence[Event], entries: ShowEvents
) -> tuple[list[Fact], list[str]]:
    """The events that act now and did not before, with the deadlines that they moved at their place in the fold."""
    moves: dict[int, tuple[Moved, ...]] = {}
    kinds: dict[int, str] = {}
    state: Directive | None = None
    for event in counting:
        was = state
        state, acted = evolve(state, event)
        if acted and event.version not in acted_then and not isinstance(event.payload, Retracted):
            kinds[event.version], moves[event.version] = _kind(event), tuple(_moved(was, state))
    shown = {entry.version: entry for entry in entries(events, list(kinds))} if kinds else {}
    facts = [Fact(shown[version], _is_late(shown[version], first), moves[version]) for version in kinds]
    late = ["entered-late"] if any(fact.late for fact in facts) else []
    return facts, [*kinds.values(), *late]


def _is_late(entry: HistoryEntry, first: Moment) -> bool:
    return entry.late_days > 0 and entry.effective_on <= first.effective_on and entry.position > first.position


def _kind(event: Event) -> str:
    match event.payload:
        case Assigned():
            return "new"
        case Reported(result=True):
            return "result-reported"
        case _:
            return event.payload.type_name.partition(".")[2] or event.payload.type_name


def _moved(was: Directive | None, state: Directive | None) -> Iterator[Moved]:
    if was is None or state is None:
        return
    for number, share in state.shares.items():
        old = was.shares.get(number)
        if old is None:
            continue
        if old.due_on != share.due_on:
            yield Moved(number, old.due_on, share.due_on, share.extensions)
        for name, period in share.periods.items():
            before = period_of(old, name, was.facts, on=dt.date.max)
            if before is not None and before.due_on != period.due_on:
                yield Moved(number, before.due_on, period.due_on, period.extensions, name)


def _passing(old: DirectiveView | None, new: DirectiveView | None) -> list[str]:
    """What days that passed did to any share. What is new has not come near its day: it was given so."""
    if new is None:
        return []
    parents = {share.share: share.parents for share in new.shares}
    then = {share.share: share.timeliness for share in old.shares} if old else {}

    def before(share: int) -> set[Timeliness]:
        """How the share stood, or, where it is an heir opened since, those that it came from."""
        if share in then:
            return {then[share]}
        return {timeliness for parent in parents[share] for timeliness in before(parent)}

    def became(timeliness: Timeliness) -> bool:
        return any(share.timeliness == timeliness and timeliness not in before(share.share) for share in new.shares)

    kinds = ["fallen-overdue"] if became("overdue") else []
    return [*kinds, "due-soon"] if old is not None and became("due-soon") else kinds


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
