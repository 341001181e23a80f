"""What a register is at two times, read from the list of its events by plain loops, apart from the library's views.

The fold of one directive is that of `tests.model.naive`. What stands here is all that a meeting asks beyond it: how
shares and directives stand on a day, figures, ageing, the account of a period, and what changed between two moments.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from directives_core.directive import events as ev
from directives_core.event import Event, Retracted
from directives_core.meeting import MeetingClosed
from directives_core.notice import NoticeRecorded
from directives_core.office import events as of
from tests.model import naive

LEAST_ADVANCED = ("assigned", "declined", "in-progress", "returned", "awaiting-acceptance", "suspended")
OPEN = LEAST_ADVANCED[:-1]
WORST = ("overdue", "due-soon", "in-time", "no-deadline", "suspended")
WORST_COMPLETED = ("completed-late", "completed-on-time", "completed-no-deadline")
COLUMN = {
    "in-time": "open_in_time",
    "due-soon": "open_in_time",
    "overdue": "open_overdue",
    "no-deadline": "open_no_deadline",
} | {name: name.replace("-", "_") for name in (*WORST_COMPLETED, "suspended", "closed")}


Table = dict[str, Counter[str]]


@dataclass(frozen=True)
class Seen:
    """One share, or one period of it, as it stands on a day; `overdue_days` are those on which its clock ran."""

    status: str
    timeliness: str
    due_on: dt.date | None
    delivered_on: dt.date | None = None
    unit: str | None = None
    extensions: int = 0
    overdue_days: int = 0
    parents: tuple[int, ...] = ()


@dataclass(frozen=True)
class Whole:
    """One directive as it stands on a day."""

    status: str
    timeliness: str
    due_on: dt.date | None
    completed_on: dt.date | None
    assigned_on: dt.date
    last_report_on: dt.date | None
    shares: Mapping[int, Seen]


class Model:
    """The events of a register, in order, and the zone in which its days end."""

    def __init__(self, events: Iterable[Event], zone: ZoneInfo) -> None:
        self.events = list(events)
        self.zone = zone
        self.streams: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            self.streams[event.stream].append(event)
        self.stood: dict[Any, Whole | None] = {}  # what was asked before need not be folded again
        self.folded: dict[Any, tuple[naive.State | None, dict[int, bool]]] = {}
        self.voids: dict[Any, set[int]] = {}

    @property
    def numbers(self) -> list[int]:
        return sorted(int(name.partition(":")[2]) for name in self.streams if name.startswith("directive:"))

    def stream(self, number: int) -> list[Event]:
        return self.streams[f"directive:{number}"]

    # Moments.

    def moment(self, at: Any) -> tuple[dt.date, int]:
        """The day and the position that a day, an instant, a position or the name of a meeting stands for."""
        if isinstance(at, dt.datetime):
            return at.astimezone(self.zone).date(), self.last_by(at)
        if isinstance(at, dt.date):
            return at, self.last_by(self.end_of(at))
        if isinstance(at, int):
            return self.day_of(self.events[at - 1]), at
        closed = [e for e in self.events if isinstance(e.payload, MeetingClosed) and e.payload.name == at]
        day = closed[-1].payload.on
        on_its_day = self.day_of(closed[-1]) == day
        return day, closed[-1].position if on_its_day else self.last_by(self.end_of(day))

    def end_of(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.max, self.zone)

    def day_of(self, event: Event) -> dt.date:
        return event.recorded_at.astimezone(self.zone).date()

    def last_by(self, instant: dt.datetime) -> int:
        return max((e.position for e in self.events if e.recorded_at <= instant), default=0)

    def void(self, stream: str, position: int) -> set[int]:
        if (stream, position) not in self.voids:
            self.voids[stream, position] = naive.void_versions(self.streams[stream], position)
        return self.voids[stream, position]

    def counts(self, event: Event, day: dt.date, position: int) -> bool:
        by_then = event.effective_on <= day and event.position <= position
        return by_then and event.version not in self.void(event.stream, position)

    def later_events(self, day: dt.date, position: int) -> int:
        end = len(self.events)
        return sum(1 for e in self.events if e.position > position and self.counts(e, day, end))

    # The office.

    def office(self, day: dt.date, position: int) -> list[Event]:
        counting = [e for e in self.streams["office"] if self.counts(e, day, position)]
        return sorted(counting, key=lambda e: (e.effective_on, e.position))

    def due_soon_days(self, day: dt.date, position: int) -> int:
        days = 3
        for event in self.office(day, position):
            if isinstance(event.payload, of.SettingsChanged):
                days = event.payload.settings.due_soon_days
        return days

    def unit_names(self, day: dt.date, position: int) -> dict[str, str]:
        names: dict[str, str] = {}
        for event in self.office(day, position):
            if isinstance(event.payload, of.UnitRegistered | of.UnitRenamed):
                names[event.payload.unit] = event.payload.names.name
        return names

    def ended(self, day: dt.date, position: int) -> set[str]:
        gone: set[str] = set()
        for event in self.office(day, position):
            if isinstance(event.payload, of.UnitEnded):
                gone.add(event.payload.unit)
        return gone

    def heirs(self, unit: str, day: dt.date, position: int) -> set[str]:
        """The units that follow an ended one, over any number of successions, and exist."""
        followed_by: dict[str, set[str]] = defaultdict(set)
        for event in self.office(day, position):
            if isinstance(event.payload, of.UnitsSucceeded):
                for old in event.payload.units:
                    followed_by[old].update(event.payload.successors)
        found, to_do = set(), [unit]
        while to_do:
            for heir in followed_by[to_do.pop()]:
                if heir in self.ended(day, position):
                    to_do.append(heir)
                else:
                    found.add(heir)
        return found

    # How directives stand.

    def as_of(self, day: dt.date, position: int) -> dict[int, Whole]:
        due_soon_days = self.due_soon_days(day, position)
        seen = {number: self.whole(number, day, position, due_soon_days) for number in self.numbers}
        return {number: whole for number, whole in seen.items() if whole is not None}

    def counting(self, number: int, day: dt.date, position: int) -> tuple[int, ...]:
        return tuple(e.version for e in self.stream(number) if self.counts(e, day, position))

    def fold(self, number: int, day: dt.date, position: int) -> tuple[naive.State | None, dict[int, bool]]:
        """The directive's shares, and which of the events that count act on anything."""
        key = number, self.counting(number, day, position)
        if key not in self.folded:
            self.folded[key] = naive.fold(self.stream(number), day, position)
        return self.folded[key]

    def whole(self, number: int, day: dt.date, position: int, due_soon_days: int) -> Whole | None:
        key = number, self.counting(number, day, position), day, due_soon_days
        if key not in self.stood:
            self.stood[key] = self.stand(number, day, position, due_soon_days)
        return self.stood[key]

    def stand(self, number: int, day: dt.date, position: int, due_soon_days: int) -> Whole | None:
        state, effect = self.fold(number, day, position)
        if state is None:
            return None
        acting = [e for e in self.stream(number) if effect.get(e.version)]
        acting.sort(key=lambda e: (e.effective_on, e.position))
        assigned_on = next(e.effective_on for e in acting if isinstance(e.payload, ev.Assigned))
        shares = {n: stand(s, state[0]["deadline"], assigned_on, day, due_soon_days) for n, s in state.items() if n}
        reports = [e.effective_on for e in acting if isinstance(e.payload, ev.Reported)]
        closings = [e.payload for e in acting if isinstance(e.payload, ev.Withdrawn | ev.Superseded)]
        last_closing = "superseded" if closings and isinstance(closings[-1], ev.Superseded) else "withdrawn"
        status, timeliness, due_on, completed_on = together(list(shares.values()), last_closing)
        return Whole(status, timeliness, due_on, completed_on, assigned_on, max(reports, default=None), shares)

    # Figures.

    def figures(self, day: dt.date, position: int, *, by: str | None = None, today: dt.date | None = None) -> Table:
        """Row -> column -> how many; a row is a unit, "(not allocated)" or "all". `successor` is that of `today`."""
        table: Table = defaultdict(Counter)
        ended = self.ended(today, len(self.events)) if by == "successor" and today else set()
        for whole in self.as_of(day, position).values():
            if by is None:
                table["all"][COLUMN[whole.timeliness]] += 1
                continue
            for share in whole.shares.values():
                if share.status == "handed-over":
                    continue
                row = share.unit or "(not allocated)"
                if row in ended and today and len(heirs := self.heirs(row, today, len(self.events))) == 1:
                    row = heirs.pop()
                table[row][COLUMN[share.timeliness]] += 1
                table["all"][COLUMN[share.timeliness]] += 1
        return table

    def ageing(self, day: dt.date, position: int) -> tuple[set[int], set[int], set[int]]:
        """Overdue for more than 30 and 120 days; undated and silent for three months."""
        over_30, over_120, silent = set(), set(), set()
        month, year = (day.month - 3, day.year) if day.month > 3 else (day.month + 9, day.year - 1)
        days_of_month = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        three_months_ago = dt.date(year, month, min(day.day, days_of_month))
        for number, whole in self.as_of(day, position).items():
            late = max((s.overdue_days for s in whole.shares.values() if s.status in OPEN), default=0)
            if late > 30:
                over_30.add(number)
            if late > 120:
                over_120.add(number)
            last_heard = whole.last_report_on or whole.assigned_on
            if whole.timeliness == "no-deadline" and last_heard <= three_months_ago:
                silent.add(number)
        return over_30, over_120, silent

    def account(self, first: dt.date, last: dt.date, position: int) -> dict[str, set[int]]:
        """Carried over + given + reopened = completed + otherwise closed + carried on."""
        eve, end = self.as_of(first - dt.timedelta(days=1), position), self.as_of(last, position)
        account: dict[str, set[int]] = {name: set() for name in ACCOUNT}
        for number, whole in end.items():
            before = eve[number].status if number in eve else None
            worked_before, works = before in LEAST_ADVANCED, whole.status in LEAST_ADVANCED
            if before is not None and not worked_before and not works:
                continue  # over on both days
            name = "given" if before is None else "carried_over" if worked_before else "reopened"
            account[name].add(number)
            over = "completed" if whole.status == "completed" else "otherwise_closed"
            account["carried_on" if works else over].add(number)
        return account

    # Changes.

    def changes(self, before: tuple[dt.date, int], after: tuple[dt.date, int]) -> dict[int, set[str]]:
        """Directive -> what became of it, in words; those of which nothing did are left out."""
        then, now = self.as_of(*before), self.as_of(*after)
        found: dict[int, set[str]] = {}
        for number in sorted(then.keys() | now.keys()):
            kinds = self.said(number, before, after)
            if number in now:
                kinds |= passed(then.get(number), now[number])
            if kinds:
                found[number] = kinds
        return found

    def said(self, number: int, before: tuple[dt.date, int], after: tuple[dt.date, int]) -> set[str]:
        """What events say that act at one of the moments alone; a retraction says nothing but through them."""
        kinds: set[str] = set()
        acted, acts = self.fold(number, *before)[1], self.fold(number, *after)[1]
        for event in self.stream(number):
            if isinstance(event.payload, Retracted):
                continue
            if acted.get(event.version) and event.version not in acts:
                kinds.add("retracted")
            if acts.get(event.version) and not acted.get(event.version):
                kinds.add(kind_of(event))
                had_happened = event.effective_on <= before[0] and event.effective_on < self.day_of(event)
                if had_happened and event.position > before[1]:
                    kinds.add("entered-late")
        return kinds

    def extensions(self, number: int, day: dt.date, position: int) -> dict[int, dict[Any, tuple[Any, Any, int]]]:
        """Version of an Extended that acts -> (share, period) -> (deadline before, deadline after, nth extension)."""
        found: dict[int, dict[Any, tuple[Any, Any, int]]] = {}
        counting = [e for e in self.stream(number) if self.counts(e, day, position)]
        counting = [e for e in counting if not isinstance(e.payload, Retracted)]  # they had their say
        counting.sort(key=lambda e: (e.effective_on, e.position))
        for place, event in enumerate(counting):
            if isinstance(event.payload, ev.Extended):
                period = event.payload.period
                was = self.deadlines(counting[:place], day, position, period)
                is_ = self.deadlines(counting[: place + 1], day, position, period)
                found[event.version] = {
                    (share, period): (was[share][0], *is_[share]) for share in is_ if is_[share] != was.get(share)
                }
        return found

    def deadlines(
        self, events: list[Event], day: dt.date, position: int, period: str | None
    ) -> dict[int, tuple[dt.date | None, int]]:
        """The deadline in force of every share, or of this period of it, and how often it was extended."""
        state = naive.fold(events, day, position)[0] or {}
        found = {}
        for number, share in state.items():
            if number:
                rule = state[0]["deadline"].recurrence
                untouched = {"due_on": rule.due_of(period) if rule and period else None, "extensions": 0}
                work = share["periods"].get(period, untouched) if period else share
                found[number] = (work["due_on"], work["extensions"])
        return found

    def notices(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for event in self.events:
            if isinstance(event.payload, NoticeRecorded):
                found[event.payload.number or ""] = [item.directive for item in event.payload.items]
        return found


ACCOUNT = ("carried_over", "given", "reopened", "completed", "otherwise_closed", "carried_on")


def kind_of(event: Event) -> str:
    if isinstance(event.payload, ev.Assigned):
        return "new"
    if isinstance(event.payload, ev.Reported) and event.payload.result:
        return "result-reported"
    return event.type.removeprefix("directive.").removesuffix(".v1")


def passed(then: Whole | None, now: Whole) -> set[str]:
    """What the passing of days did to any share; what is new was given as near to its day as it is."""
    kinds: set[str] = set()
    for number, share in now.shares.items():
        stood = stood_before(number, then, now)
        if share.timeliness == "overdue" and "overdue" not in stood:
            kinds.add("fallen-overdue")
        if share.timeliness == "due-soon" and "due-soon" not in stood and then is not None:
            kinds.add("due-soon")
    return kinds


def stood_before(number: int, then: Whole | None, now: Whole) -> set[str]:
    """How the share stood, or those that it came from."""
    if then is not None and number in then.shares:
        return {then.shares[number].timeliness}
    found: set[str] = set()
    for parent in now.shares[number].parents:
        found |= stood_before(parent, then, now)
    return found


# One share, or one period of a recurring share.


def stand(
    share: dict[str, Any], terms: ev.DeadlineTerms, assigned_on: dt.date, day: dt.date, due_soon_days: int
) -> Seen:
    if share["recurs"] and share["status"] in LEAST_ADVANCED and terms.recurrence is not None:
        return stand_recurring(share, terms, assigned_on, day, due_soon_days)
    status, due_on, delivered_on = share["status"], share["due_on"], share["delivered_on"]
    timeliness, over = clock(share, day, due_soon_days)
    return Seen(status, timeliness, due_on, delivered_on, share["unit"], extensions_of(share), over, share["parents"])


def extensions_of(share: dict[str, Any]) -> int:
    """Those of the share, or of the period of it that was extended most often."""
    return max(share["extensions"], *(period["extensions"] for period in share["periods"].values()), 0)


def clock(work: dict[str, Any], day: dt.date, due_soon_days: int) -> tuple[str, int]:
    """Timeliness, and by how many days it is overdue."""
    status, due_on = work["status"], work["due_on"]
    if status == "suspended":
        return "suspended", 0
    if status == "completed":
        if due_on is None:
            return "completed-no-deadline", 0
        return ("completed-late" if work["delivered_on"] > due_on else "completed-on-time"), 0
    if status not in OPEN:
        return "closed", 0
    if due_on is None:
        return "no-deadline", 0
    waits = status == "awaiting-acceptance"
    stands_at = work["awaited_since"] if waits else day
    if stands_at > due_on:
        return "overdue", (stands_at - due_on).days
    near = (due_on - day).days <= due_soon_days
    return ("due-soon" if near and not waits else "in-time"), 0


def stand_recurring(
    share: dict[str, Any], terms: ev.DeadlineTerms, assigned_on: dt.date, day: dt.date, due_soon_days: int
) -> Seen:
    """The least advanced, earliest and worst of the begun open periods, or the next one where none is open."""
    rule, begun, upcoming = terms.recurrence, [], None
    assert rule is not None
    for due in rule.dues(assigned_on, day + dt.timedelta(days=800)):
        name = rule.period_of(due)
        status = share["status"] if share["status"] in ("assigned", "declined", "in-progress") else "in-progress"
        period = share["periods"].get(name) or naive.new_work(status, due, terms.due_time)
        if naive.first_day(name, due) > day:
            upcoming = period
            break
        begun.append(period)
    shown = [period for period in begun if period["status"] in OPEN] or [upcoming]
    timings = [clock(period, day, due_soon_days) for period in shown]
    status = min((period["status"] for period in shown), key=LEAST_ADVANCED.index)
    timeliness = min((each[0] for each in timings), key=WORST.index)
    if share["status"] == "suspended":
        status = timeliness = "suspended"
    due_on = min(period["due_on"] for period in shown)
    over = max(each[1] for each in timings)
    return Seen(status, timeliness, due_on, None, share["unit"], extensions_of(share), over, share["parents"])


# The whole of several shares.


def together(shares: list[Seen], last_closing: str) -> tuple[str, str, dt.date | None, dt.date | None]:
    """Status, timeliness, due day and day of completion of the directive."""
    alive = [share for share in shares if share.status in LEAST_ADVANCED]
    completed = [share for share in shares if share.status == "completed"]
    if not alive and completed:
        deliveries = [share.delivered_on for share in completed if share.delivered_on is not None]
        worst = min((share.timeliness for share in completed), key=WORST_COMPLETED.index)
        return "completed", worst, None, max(deliveries)
    if not alive:
        return last_closing, "closed", None, None
    works = [share for share in alive if share.status in OPEN] or alive
    status = min((share.status for share in alive), key=LEAST_ADVANCED.index)
    timeliness = min((share.timeliness for share in works), key=WORST.index)
    return status, timeliness, min((s.due_on for s in works if s.due_on is not None), default=None), None
