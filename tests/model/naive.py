"""What a directive is at (day, position): the rules as plain loops over its events, apart from the library's fold.

The state is {share number: fields}, with the directive's own fields under 0. A share in work and a touched period of a
recurring share look alike as far as the table "acts on / does" goes, so `act` is given either.
"""

import copy
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from directives_core.directive import events as ev
from directives_core.event import Event, Retracted

Fields = dict[str, Any]
State = dict[int, Fields]

OPEN = ("assigned", "declined", "in-progress", "returned", "awaiting-acceptance")
ALIVE = (*OPEN, "suspended")  # from the least to the most advanced
OWN = ("text", "kind", "notice", "path", "cooperating", "report_to", "via", "citations", "deadline")


def replay(events: Sequence[Event], day: date, position: int) -> State | None:
    """The directive as it stood on `day`, as known at `position`; None where it does not exist."""
    return fold(events, day, position)[0]


def effects(events: Sequence[Event], day: date, position: int) -> dict[int, bool]:
    """Version of every event folded -> whether it acted on anything."""
    return fold(events, day, position)[1]


def fold(events: Sequence[Event], day: date, position: int) -> tuple[State | None, dict[int, bool]]:
    void = void_versions(events, position)
    seen = [e for e in events if e.effective_on <= day and e.position <= position and e.version not in void]
    state: State | None = None
    assigned_on = date.max
    effect: dict[int, bool] = {}
    for event in sorted(seen, key=lambda e: (e.effective_on, e.position)):
        effect[event.version] = True
        if isinstance(event.payload, ev.Assigned):
            state, assigned_on = assigned(event.payload), event.effective_on
        else:
            effect[event.version] = state is not None and apply(state, event, assigned_on)
    return state, effect


def void_versions(events: Sequence[Event], position: int) -> set[int]:
    """An event is void if a retraction at or before `position` names it and is not itself void."""
    void: set[int] = set()
    for event in sorted(events, key=lambda e: e.version, reverse=True):  # only a later event can make one void
        if isinstance(event.payload, Retracted) and event.position <= position and event.version not in void:
            void.add(event.payload.version)
    return void


def assigned(payload: ev.Assigned) -> State:
    state: State = {0: {name: getattr(payload, name) for name in OWN}}
    state[0] |= {"labels": {}, "reminders": 0, "notes": 0, "links": set()}
    for new in payload.shares:
        state[new.number] = new_share(payload.deadline, new.unit, new.wording)
    return state


def new_share(terms: ev.DeadlineTerms, unit: str | None, wording: str | None) -> Fields:
    recurs = terms.recurrence is not None  # then the periods have the due days and hours, and the share has none
    work = new_work("assigned", None, None) if recurs else new_work("assigned", terms.due_on, terms.due_time)
    of_shares_alone = {"before_suspension": None, "recurs": recurs, "parents": (), "periods": {}}
    return {"unit": unit, "wording": wording} | work | of_shares_alone


def new_work(status: str, due_on: date | None, due_time: time | None) -> Fields:
    """What a share and a period of a recurring share have in common."""
    return {
        "status": status,
        "due_on": due_on,
        "due_time": due_time,
        "original_due_on": due_on,
        "moved": False,
        "extensions": 0,
        "request": None,
        "awaited_since": None,
        "delivered_on": None,
    }


# One event: first those that act on the directive, then those that name shares.


def apply(state: State, event: Event, assigned_on: date) -> bool:
    """Fold one event into `state`; False where it acts on nothing, and then nothing has changed."""
    payload = event.payload
    if type(payload) in TABLE:
        return act_on_named_shares(state, event, assigned_on)
    if isinstance(payload, ev.HandedOver):
        return hand_over(state, payload)
    if isinstance(payload, ev.Allocated):
        return allocate(state, payload)
    if isinstance(payload, ev.Amended):
        amend(state, payload)
    if isinstance(payload, ev.Reminded):
        state[0]["reminders"] += 1
    if isinstance(payload, ev.Noted | ev.Explained):
        state[0]["notes"] += 1
    if isinstance(payload, ev.Linked):
        state[0]["links"].add((payload.relation, payload.target))
    if isinstance(payload, ev.Labelled):
        for key, value in payload.labels.items():
            state[0]["labels"].pop(key, None)
            if value is not None:
                state[0]["labels"][key] = value
    return True  # also a retraction, which does its work before the fold


def standing_for(state: State, number: int) -> list[int]:
    """The share itself, or, where it is handed over, those of its descendants that are not."""
    if number not in state or number == 0:
        return []
    if state[number]["status"] != "handed-over":
        return [number]
    found: set[int] = set()
    for child, fields in state.items():
        if child != 0 and number in fields["parents"]:
            found.update(standing_for(state, child))
    return sorted(found)


def act_on_named_shares(state: State, event: Event, assigned_on: date) -> bool:
    targets: set[int] = set()
    for number in event.payload.shares:
        targets.update(standing_for(state, number))
    acted = False
    for target in sorted(targets):
        share = state[target]
        name = getattr(event.payload, "period", None)
        if name is None:
            acted = act(share, event) or acted
            continue
        period = period_of(share, name, state[0]["deadline"], event.effective_on, assigned_on)
        if period is not None and act(period, event):
            share["periods"][name] = period  # from now on it is touched
            acted = True
    return acted


def period_of(share: Fields, name: str, terms: ev.DeadlineTerms, day: date, assigned_on: date) -> Fields | None:
    """The period as it stands, untouched ones as the rule gives them; None where no event of `day` can name it."""
    if share["status"] not in OPEN or terms.recurrence is None:
        return None
    due = terms.recurrence.due_of(name)
    if due is None or due < assigned_on or day < first_day(name, due):
        return None
    if name in share["periods"]:
        return dict(share["periods"][name])
    begun = share["status"] in ("assigned", "declined", "in-progress")
    return new_work(share["status"] if begun else "in-progress", due, terms.due_time)


def first_day(name: str, due: date) -> date:
    """Of 2021-10, 2021-Q4, 2021-H2, 2021, and of the week that ends on a day."""
    year, _, rest = name.partition("-")
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1:]) - 2, 1)
    if rest.startswith("H"):
        return date(int(year), 6 * int(rest[1:]) - 5, 1)
    if "-" in rest:
        return due - timedelta(days=6)
    return date(int(year), int(rest or 1), 1)


# The table: what an event acts on, and the status afterwards (none: see `act`). `work` is a share or a period.

TABLE: dict[type, tuple[tuple[str, ...], str | None]] = {
    ev.Acknowledged: (OPEN, None),
    ev.Reported: (OPEN, None),
    ev.Returned: (("awaiting-acceptance",), "returned"),
    ev.Declined: (OPEN, "declined"),
    ev.ExtensionRequested: (OPEN, None),
    ev.ExtensionRefused: (OPEN, None),
    ev.Extended: (OPEN, None),
    ev.DeadlineSet: (OPEN, None),
    ev.Suspended: (OPEN, "suspended"),
    ev.Resumed: (("suspended",), None),
    ev.Completed: (OPEN, "completed"),
    ev.Withdrawn: (ALIVE, "withdrawn"),
    ev.Superseded: (ALIVE, "superseded"),
    ev.Reopened: (("completed", "withdrawn", "superseded", "declined"), "in-progress"),
}


def act(work: Fields, event: Event) -> bool:
    payload: Any = event.payload
    acts_on, after = TABLE[type(payload)]
    before = work["status"]
    if before not in acts_on:
        return False
    if isinstance(payload, ev.Extended) and work["due_on"] is not None and payload.due_on <= work["due_on"]:
        return False
    if after is not None:
        work["status"] = after
    if isinstance(payload, ev.Acknowledged | ev.Reported) and before in ("assigned", "declined"):
        work["status"] = "in-progress"
    if isinstance(payload, ev.Suspended):
        work["before_suspension"] = before
    if isinstance(payload, ev.Resumed):
        work["status"] = work["before_suspension"]
    if before == "suspended":
        work["before_suspension"] = None
    act_on_deadline(work, event)
    act_on_delivery(work, event)
    return True


def act_on_deadline(work: Fields, event: Event) -> None:
    payload: Any = event.payload
    if isinstance(payload, ev.ExtensionRequested):
        work["request"] = event.version
    if isinstance(payload, ev.Extended | ev.ExtensionRefused):
        work["request"] = None
    if isinstance(payload, ev.Extended):
        work["extensions"] += 1
    if isinstance(payload, ev.Extended | ev.DeadlineSet):
        work |= {"due_on": payload.due_on, "due_time": payload.due_time, "moved": True}


def act_on_delivery(work: Fields, event: Event) -> None:
    payload: Any = event.payload
    if isinstance(payload, ev.Reported) and payload.result:
        work["status"] = "awaiting-acceptance"
        work["awaited_since"] = work["awaited_since"] or event.effective_on  # the first such report counts
    if isinstance(payload, ev.Completed):
        work["delivered_on"] = payload.delivered_on or work["awaited_since"] or event.effective_on
    if isinstance(payload, ev.Returned | ev.Reopened):
        work |= {"awaited_since": None, "delivered_on": None}


# What opens and closes shares, and what corrects.


def hand_over(state: State, payload: ev.HandedOver) -> bool:
    sources: dict[int, set[int]] = {}
    heirs: dict[int, str] = {}
    for one in payload.handovers:
        alive = [n for n in standing_for(state, one.share) if state[n]["status"] in ALIVE]
        sources.setdefault(one.child, set()).update(alive)
        heirs[one.child] = one.heir
    taken = {child: heir_of(state, parents) for child, parents in sources.items() if parents}
    return succeed(state, {n: fields | {"unit": heirs[n], "wording": None} for n, fields in taken.items()})


def allocate(state: State, payload: ev.Allocated) -> bool:
    if payload.share is None:
        for new in payload.opened:
            state[new.number] = new_share(state[0]["deadline"], new.unit, new.wording)
        return True
    alive = [n for n in standing_for(state, payload.share) if state[n]["status"] in ALIVE]
    classes = [n for n in alive if state[n]["unit"] is None]
    if not classes:
        return False
    return succeed(state, {new.number: heir_of(state, classes) | {"unit": new.unit} for new in payload.opened})


def heir_of(state: State, parents: Iterable[int]) -> Fields:
    """A share that takes over everything from the least advanced of `parents`, then the lowest-numbered."""
    least = min(parents, key=lambda n: (ALIVE.index(state[n]["status"]), n))
    return copy.deepcopy(state[least]) | {"parents": tuple(sorted(parents))}


def succeed(state: State, children: dict[int, Fields]) -> bool:
    for child in children.values():
        for parent in child["parents"]:
            state[parent] |= {"status": "handed-over", "before_suspension": None}
    state.update(children)
    return bool(children)


def amend(state: State, payload: ev.Amended) -> None:
    for name in OWN:
        if getattr(payload, name) is not None:
            state[0][name] = getattr(payload, name)
    for number, unit in (payload.units or {}).items():
        if number in state and number != 0:
            state[number]["unit"] = unit
    if payload.deadline is None:
        return
    rule = payload.deadline.recurrence
    fresh = new_share(payload.deadline, None, None)
    for share in (fields for number, fields in state.items() if number != 0):
        share["recurs"] = fresh["recurs"]
        correct(share, fresh["due_on"], fresh["due_time"])
        for name, period in share["periods"].items():
            due = None if rule is None else rule.due_of(name)
            if due is not None:  # a period that the amended rule does not know stays as it was
                correct(period, due, payload.deadline.due_time)


def correct(work: Fields, due_on: date | None, due_time: time | None) -> None:
    work["original_due_on"] = due_on
    if not work["moved"]:
        work |= {"due_on": due_on, "due_time": due_time}
