"""What the page looks back on: the register up to a moment, as plain JSON, nothing in it learned or happened later."""

import datetime as dt
from collections.abc import Iterable, Iterator
from json import loads
from typing import Any

from directives_adapters.exports.excerpt import Excerpt
from directives_core.clock import day_of, end_of_day
from directives_core.codec import from_microseconds, to_microseconds
from directives_core.directive.state import first_day_of
from directives_core.event import Event, Retracted, voids
from directives_core.meeting import Meeting, MeetingClosed, MeetingOpened, read_meeting
from directives_core.office.events import SettingsChanged, UnitRegistered, UnitRenamed
from directives_core.office.settings import Settings
from directives_core.office.state import acts_from
from directives_core.recurrence import Recurrence
from directives_core.register import Register
from directives_core.store import Row
from directives_core.timeline import ABSENT, from_days
from directives_core.values import read
from directives_core.views.history import HistoryEntry
from directives_core.views.past import Past
from directives_core.views.view import View

__all__ = ["matter_of"]

_EPOCH = dt.datetime(1970, 1, 1)  # of the clock on the wall, whatever the zone
_MINUTE = dt.timedelta(minutes=1)

# What the timeline of a directive tells of an event; the rest of it shows in the state.
_TOLD = (
    "text", "period", "result", "percent", "quantity", "document", "wished_on", "late", "due_on", "due_time", "wording",
    "proposes", "delivered_on", "successor", "labels", "relation", "target", "rests_on", "shares", "version",
)  # fmt: skip


def matter_of(excerpt: Excerpt) -> dict[str, Any]:
    """The register up to the moment of an excerpt, and of it only the directives that fit, if any filter is given."""
    register, view = excerpt.register, excerpt.view
    fitting = view.directives(**excerpt.filters) if excerpt.chosen else None
    numbers = None if fitting is None else [directive.number for directive in fitting]
    moment = view.moment
    actors: dict[str, list[str]] = {}
    rules: dict[str, tuple[dict[str, Any], str]] = {}
    directives = [_directive(past, actors, rules) for past in excerpt.watch(register.past(view, numbers=numbers))]
    office = _office_events(register, moment.position)
    return {
        "origin": register.origin,
        "moment": moment.as_json(),
        "rules": moment.key.rules,
        "filtered": numbers is not None,
        "written_in": "vi" if excerpt.heading.vietnamese else None,
        "first_day": _first_day(directives, view),
        "meetings": list(_meetings(register, view)),
        "log": _log(register, moment.position),
        "units": _units(office),
        "due_soon_days": _due_soon_days(office),
        "periods": {key: list(_periods(*rule, until=moment.effective_on)) for key, rule in sorted(rules.items())},
        "actors": dict(sorted(actors.items())),
        "directives": directives,
        "checkpoint": _checkpoint(register, moment.position),
    }


def _first_day(directives: list[dict[str, Any]], view: View) -> str:
    """The first day on which a directive was assigned."""
    days = (rows[0][0] for each in directives for rows in (each["facts"], *each["shares"].values()))
    return min(days, default=view.moment.effective_on.isoformat())


# ------------------------------------------------------------------------------------------------------- directives


def _directive(
    past: Past, actors: dict[str, list[str]], rules: dict[str, tuple[dict[str, Any], str]]
) -> dict[str, Any]:
    """The rows of a directive's timeline by share, as the store has them, and its events with the turns of each."""
    shares: dict[str, list[tuple[Row, dict[str, Any] | None]]] = {}
    for row in past.rows:
        shares.setdefault(str(row.share), []).append((row, None if row.status == ABSENT else loads(row.state)))
    _note_rules(shares, rules)
    for entry in past.entries:
        actors.setdefault(entry.actor.id, [entry.actor.name, entry.actor.unit])
    return {
        "number": past.number,
        "facts": _changing(shares.pop("0", [])),
        "shares": {share: _changing(rows) for share, rows in shares.items()},
        "events": [_event(entry, turns) for entry, turns in zip(past.entries, past.turns, strict=True)],
    }


def _changing(rows: list[tuple[Row, dict[str, Any] | None]]) -> list[Any]:
    """Each row as [from, position, what differs from the row before it], null where the share does not exist.

    Of a report only the position stands here: what it says is said by its event.
    """
    told: list[Any] = []
    before: dict[str, Any] = {}
    for row, state in rows:
        if state is None:
            told.append([_iso(row), row.position, None])
            before = {}
            continue
        now = _referring(state)
        gone = dict.fromkeys(before.keys() - now.keys())
        new = {name: value for name, value in now.items() if name not in before or before[name] != value}
        told.append([_iso(row), row.position, dict(sorted(gone.items())) | new])
        before = now
    return told


def _referring(state: dict[str, Any]) -> dict[str, Any]:
    """The state with the positions of reports in their places."""
    if "last_report" in state:
        state["last_report"] = state["last_report"]["position"]
    for duty in state.get("periods", {}).values():
        _referring(duty)
    return state


def _iso(row: Row) -> str:
    return from_days(row.effective_from).isoformat()


def _note_rules(
    shares: dict[str, list[tuple[Row, dict[str, Any] | None]]], rules: dict[str, tuple[dict[str, Any], str]]
) -> None:
    """Keep every rule that a share ever had, with the earliest day on which a directive under it was assigned."""
    states = {share: [state for _, state in rows if state] for share, rows in shares.items()}
    for state in (state for share, found in states.items() if share != "0" for state in found):
        if rule := state.get("recurrence"):
            key = f"{rule['every']}/{rule.get('month') or ''}/{rule['day']}"
            first = min(facts["assigned_on"] for facts in states["0"])
            rules[key] = (rule, min(first, rules[key][1]) if key in rules else first)


def _periods(rule: dict[str, Any], first: str, *, until: dt.date) -> Iterator[list[str]]:
    """The periods of a rule (name, first day, due day) as far as one can look ahead from the last day of the page."""
    recurrence = read(Recurrence, rule)
    last = dt.date.max if until.year >= dt.MAXYEAR - 2 else until.replace(year=until.year + 2, day=1)
    for due in recurrence.dues(dt.date.fromisoformat(first), last):
        yield [recurrence.period_of(due), first_day_of(recurrence, due).isoformat(), due.isoformat()]


def _event(entry: HistoryEntry, turns: tuple[int, ...]) -> list[Any]:
    """Version, position, type, actor, role, what it tells, what stands beside that, and its turns where it has others.

    Its day is told by the log; the wording of what is assigned by the first row.
    """
    payload = {**(entry.payload.get("deadline") or {}), **entry.payload}
    heirs = list(dict.fromkeys(_heirs(entry.payload)))
    if heirs:
        payload["shares"] = None  # the units say it
    kind = entry.type.removeprefix("directive.")
    if kind == "assigned":
        payload["text"] = None
    told = {name: value for name in _TOLD if (value := payload.get(name)) not in (None, False, [], {})}
    source = {name: value for name, value in (entry.source or {}).items() if value}
    beside = {"entered_by": entry.entered_by, "reason": entry.reason, "source": source, "heirs": heirs}
    given = {name: value for name, value in beside.items() if value}
    usual = turns == ((entry.position,) if kind != "retracted" else ())
    event = [entry.version, entry.position, kind, entry.actor.id, entry.actor.role, told, given]
    return event if usual else [*event, list(turns)]


def _heirs(payload: dict[str, Any]) -> Iterator[str]:
    """The ids of the units, or the wordings of classes, that an event gives shares to."""
    for share in (*payload.get("opened", ()), *payload.get("shares", ())):
        if isinstance(share, dict):
            yield share["unit"] or share["wording"]
    yield from (handover["heir"] for handover in payload.get("handovers", ()))


# ---------------------------------------------------------------------------------------------------------- the log


def _log(register: Register, position: int) -> dict[str, Any]:
    """When each position was recorded and how many days after it happened; the last position of each day; the void.

    `recorded` are minutes of the clock on the wall of the register's zone since 1970, each as its distance from the one
    before it; `days` are [day, last position that was recorded by the end of it].
    """
    recorded, lags, days = [], [], {}
    before = 0
    retracted = _retractions(register, position)
    places: dict[tuple[str, int], int] = {}
    for record in register.records(to=position):
        instant = from_microseconds(record.recorded_at)
        minutes = (instant.astimezone(register.zone).replace(tzinfo=None) - _EPOCH) // _MINUTE
        recorded.append(minutes - before)
        before = minutes
        lags.append(minutes // (24 * 60) - record.effective_on)
        days[_ends_with(record.recorded_at, day_of(instant, register.zone), register)] = record.position
        if record.stream in retracted:
            places[record.stream, record.version] = record.position
    void = [places[stream, version] for stream, events in retracted.items() for version in voids(events)]
    return {
        "recorded": recorded, "lags": lags, "void": sorted(void),
        "days": [[day.isoformat(), last] for day, last in days.items()],
    }  # fmt: skip


def _ends_with(recorded_at: int, day: dt.date, register: Register) -> dt.date:
    """The first day by whose end the instant has come; not that of the wall where a clock is set back over midnight."""
    one = dt.timedelta(days=1)
    return next(
        each for each in (day - one, day, day + one) if recorded_at <= to_microseconds(end_of_day(each, register.zone))
    )


def _retractions(register: Register, position: int) -> dict[str, list[Event]]:
    streams: dict[str, list[Event]] = {}
    for event in register.events(to=position, types=(Retracted.stored_type,)):
        streams.setdefault(event.stream, []).append(event)
    return streams


# ------------------------------------------------------------------------------------------- the office and meetings


def _office_events(register: Register, position: int) -> list[tuple[Event, list[int]]]:
    """What names units and sets settings, in the order of the fold, with the positions at which each turns void."""
    kinds = (UnitRegistered, UnitRenamed, SettingsChanged, Retracted)
    types = [kind.stored_type for kind in kinds]
    events = [event for event in register.events(to=position, types=types) if event.stream == "office"]
    turns = {event.version: [event.position] for event in events}
    for event in events:
        if isinstance(event.payload, Retracted):
            void = voids(events, event.position)
            for version, seen in turns.items():
                if seen[0] < event.position and (version in void) == bool(len(seen) % 2):
                    seen.append(event.position)
    ordered = sorted(events, key=lambda event: (acts_from(event), event.position))
    return [(event, turns[event.version]) for event in ordered]


def _units(events: Iterable[tuple[Event, list[int]]]) -> dict[str, list[Any]]:
    """Of each unit, in the order of the fold: [from, turns, whether it is registered then, name]."""
    units: dict[str, list[Any]] = {}
    for event, turns in events:
        match event.payload:
            case UnitRegistered(unit=unit, names=names) | UnitRenamed(unit=unit, names=names):
                begins = isinstance(event.payload, UnitRegistered)
                units.setdefault(unit, []).append([acts_from(event).isoformat(), turns, begins, names.name])
    return units


def _due_soon_days(events: Iterable[tuple[Event, list[int]]]) -> list[Any]:
    """How many days ahead a deadline is called near, in the order of the fold: [from, turns, days]."""
    chosen: list[Any] = [[dt.date.min.isoformat(), [0], Settings().due_soon_days]]
    for event, turns in events:
        match event.payload:
            case SettingsChanged(settings=settings, changed=names) if not names or "due_soon_days" in names:
                chosen.append([acts_from(event).isoformat(), turns, settings.due_soon_days])
    return chosen


def _meetings(register: Register, view: View) -> Iterator[dict[str, Any]]:
    """The meetings held by the day, as known at the position; those that were closed on their day name its position."""
    moment = view.moment
    streams: dict[str, list[Event]] = {}
    for kind in (MeetingOpened, MeetingClosed, Retracted):
        for event in register.events(to=moment.position, types=(kind.stored_type,)):
            streams.setdefault(event.stream, []).append(event)
    told = (read_meeting(sorted(each, key=lambda event: event.version)) for each in streams.values())
    held = [meeting for meeting in told if meeting and meeting.on <= moment.effective_on]
    for meeting in sorted(held, key=lambda each: (each.on, each.closed_position or 0, each.name)):
        closed_on = day_of(meeting.closed_at, register.zone) if meeting.closed_at else None
        yield {
            "name": meeting.name, "title": meeting.title, "on": meeting.on.isoformat(),
            "closed_on": closed_on.isoformat() if closed_on else None, "position": _own_position(meeting, closed_on),
        }  # fmt: skip


def _own_position(meeting: Meeting, closed_on: dt.date | None) -> int | None:
    return meeting.closed_position if closed_on and closed_on <= meeting.on else None


def _checkpoint(register: Register, position: int) -> dict[str, Any] | None:
    """The last checkpoint that covers nothing after the position."""
    taken = [checkpoint for checkpoint in register.checkpoints() if checkpoint.size <= position]
    return taken[-1].as_json() if taken else None
