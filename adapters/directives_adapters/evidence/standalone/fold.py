"""What a directive was at (day, position), restated: the rules of the register's fold over plain JSON.

Days are ISO texts, which compare as days do. What is sealed in a text stays closed.
"""

import datetime
import json
import re
from typing import Any

from directives_adapters.evidence.standalone.recurring import due_of, first_day

__all__ = ["OPEN", "WORKING", "event_of", "fold", "office_at", "untouched"]

OPEN = ("assigned", "declined", "in-progress", "returned", "awaiting-acceptance")
WORKING = (*OPEN, "suspended")  # from the least to the most advanced
EPOCH = datetime.date(1970, 1, 1)
SEALED = re.compile(r"\[\[sealed:(?:person|actor):[^\s:\[\]\"\\]+:[A-Za-z0-9+/]+={0,2}\]\]")
NEWEST = {"settings.changed": 2}  # of what is read here, every version reads alike
Json = dict[str, Any]


def event_of(record: Json) -> Json:
    """An event: where it stands, its day, its type without version, who wrote it, its payload."""
    day = EPOCH + datetime.timedelta(days=record["effective_on"])
    type_, _, version = record["type"].rpartition(".v")
    if not version.isdecimal() or int(version) > NEWEST.get(type_, 1):
        raise ValueError(f"position {record['position']}: type {record['type']} is newer than this verifier")
    data = json.loads(SEALED.sub("[sealed]", record["data"]))
    place = {"position": record["position"], "version": record["version"], "on": str(day), "type": type_}
    return place | {"actor": data["actor"], "p": data["payload"]}


def counting(events: list[Json], day: str, position: int, *, any_day: tuple[str, ...] = ()) -> list[Json]:
    """The events that count, in the order of the fold: effective and known by then, and not retracted."""
    void: set[int] = set()
    for event in sorted(events, key=lambda e: int(e["version"]), reverse=True):
        if event["type"] == "retracted" and event["position"] <= position and event["version"] not in void:
            void.add(event["p"]["version"])
    seen = [e for e in events if e["version"] not in void and e["position"] <= position]
    seen = [e for e in seen if e["on"] <= day or e["type"] in any_day]
    return sorted(seen, key=lambda e: (e["on"], e["position"]))


def office_at(events: list[Json], day: str, position: int) -> "tuple[dict[str, str], int]":
    """The names of units by id, and within how many days a deadline counts as near."""
    names: dict[str, str] = {}
    near = 3  # unless the office chose otherwise
    holding = counting(events, day, position, any_day=("unit.registered",))
    started = {e["position"]: e["p"].get("since") or "" for e in holding if e["type"] == "unit.registered"}
    for event in sorted(holding, key=lambda e: (started.get(e["position"], e["on"]), e["position"])):
        payload = event["p"]
        if event["type"] == "unit.registered" and started[event["position"]] <= day:
            names[payload["unit"]] = payload["names"]["name"]
        if event["type"] == "unit.renamed" and payload["unit"] in names:
            names[payload["unit"]] = payload["names"]["name"]
        if event["type"] == "settings.changed" and "due_soon_days" in (payload.get("changed") or ["due_soon_days"]):
            near = payload["settings"]["due_soon_days"]
    return names, near


FACTS = ("text", "kind", "notice", "path", "deadline", "report_to", "via", "cooperating")


def fold(events: list[Json], day: str, position: int) -> "Json | None":
    """The directive; none where it is not assigned at that moment."""
    state: Json | None = None
    for event in counting(events, day, position):
        payload, type_ = event["p"], event["type"].partition(".")[2]
        if state is None:
            if type_ == "assigned":
                state = {name: payload[name] for name in FACTS}
                state |= {"assigned_on": event["on"], "shares": {}, "labels": {}, "notes": [], "reminders": 0}
                for new in payload["shares"]:
                    state["shares"][new["number"]] = _new(payload["deadline"], new)
        elif type_ == "handed-over":
            _hand_over(state, payload, event)
        elif type_ == "allocated":
            _allocate(state, payload, event)
        elif type_ == "amended":
            _amend(state, payload)
        elif type_ in ACTS_ON:
            _meet(state, type_, payload, event)
        else:
            _write_down(state, type_, payload, event)
    return state


def _write_down(state: Json, type_: str, payload: Json, event: Json) -> None:
    """What changes no work."""
    if type_ in ("noted", "explained"):
        kind = "note" if type_ == "noted" else "explanation"
        state["notes"].append({"on": event["on"], "by": event["actor"], "kind": kind, "text": payload["text"]})
    if type_ == "reminded":
        state["reminders"] += 1
    if type_ == "labelled":
        labels = state["labels"] | payload["labels"]
        state["labels"] = {key: value for key, value in labels.items() if value is not None}


def _new(terms: Json, new: Json) -> Json:
    due = None if terms["recurrence"] else terms["due_on"]
    return _duty("assigned", due) | {
        "unit": new["unit"], "wording": new["wording"], "before": None, "parents": [], "closed": ("", 0),
        "recurrence": terms["recurrence"], "periods": {},
    }  # fmt: skip


def _duty(status: str, due: "str | None") -> Json:
    return {
        "status": status, "due_on": due, "original_due_on": due, "moved": False, "extensions": 0, "awaited": None,
        "delivered_on": None, "last_report": None,
    }  # fmt: skip


def untouched(share: Json, due: str) -> Json:
    """A period that no event touched: it has come as far as the share itself has."""
    return _duty(share["status"] if share["status"] in ("assigned", "declined") else "in-progress", due)


def _standing_for(state: Json, number: int) -> list[int]:
    """The share, or, once it is handed over, those of its descendants that are not."""
    shares = state["shares"]
    if number not in shares or shares[number]["status"] != "handed-over":
        return [number] if number in shares else []
    children = [child for child, share in shares.items() if number in share["parents"]]
    return [found for child in children for found in _standing_for(state, child)]


ACTS_ON: "dict[str, tuple[str, ...]]" = {
    "acknowledged": OPEN, "declined": OPEN, "reported": OPEN, "returned": ("awaiting-acceptance",), "completed": OPEN,
    "reopened": ("completed", "withdrawn", "superseded", "declined"), "extended": OPEN, "deadline-set": OPEN,
    "suspended": OPEN, "resumed": ("suspended",), "withdrawn": WORKING, "superseded": WORKING,
    "extension-requested": OPEN, "extension-refused": OPEN,  # a period asked about goes its own way then
}  # fmt: skip


def _meet(state: Json, type_: str, payload: Json, event: Json) -> None:
    """Act on the shares that are meant, or on one period of each."""
    targets = {n for number in payload["shares"] for n in _standing_for(state, number)}
    name = payload.get("period")
    for share in (state["shares"][number] for number in sorted(targets)):
        if name is None:
            _act(share, type_, payload, event)
        elif share["status"] in OPEN and share["recurrence"] is not None:
            due = due_of(share["recurrence"], name)
            if due is None or due < state["assigned_on"] or first_day(share["recurrence"], due) > event["on"]:
                continue
            period = dict(share["periods"].get(name) or untouched(share, due))
            if _act(period, type_, payload, event):
                share["periods"] = share["periods"] | {name: period}


def _act(duty: Json, type_: str, payload: Json, event: Json) -> bool:
    """Change a share, or a period of one; whether the event acts on it as it stands."""
    before = duty["status"]
    earlier = type_ == "extended" and duty["due_on"] is not None and payload["due_on"] <= duty["due_on"]
    if before not in ACTS_ON[type_] or earlier:
        return False
    if type_ in ("acknowledged", "reported") and before in ("assigned", "declined"):
        duty["status"] = "in-progress"
    if type_ == "reported":
        _report(duty, payload, event)
    if type_ in ("returned", "reopened"):
        duty |= {"status": "returned" if type_ == "returned" else "in-progress", "awaited": None, "delivered_on": None}
    if type_ == "declined":
        duty["status"] = "declined"
    if type_ in ("extended", "deadline-set"):
        duty |= {"due_on": payload["due_on"], "moved": True, "extensions": duty["extensions"] + (type_ == "extended")}
    if type_ == "suspended":
        duty |= {"status": "suspended", "before": before}
    if type_ == "resumed":
        duty |= {"status": duty["before"], "before": None}
    if type_ == "completed":
        delivered = payload["delivered_on"] or duty["awaited"] or event["on"]
        duty |= {"status": "completed", "delivered_on": delivered, "closed": (event["on"], event["position"])}
    if type_ in ("withdrawn", "superseded"):
        _close(duty, type_, event)
    return True


def _report(duty: Json, payload: Json, event: Json) -> None:
    said = {name: payload[name] for name in ("text", "percent", "document")}
    duty["last_report"] = {"on": event["on"], "position": event["position"]} | said
    if payload["result"]:
        duty |= {"status": "awaiting-acceptance", "awaited": duty["awaited"] or event["on"]}


def _close(share: Json, status: str, event: Json) -> None:
    share |= {"status": status, "before": None, "closed": (event["on"], event["position"])}


def _hand_over(state: Json, payload: Json, event: Json) -> None:
    shares, sources, heirs = state["shares"], dict[int, set[int]](), dict[int, str]()
    for one in payload["handovers"]:
        alive = [n for n in _standing_for(state, one["share"]) if shares[n]["status"] in WORKING]
        if alive and one["child"] not in shares:
            sources.setdefault(one["child"], set()).update(alive)
            heirs.setdefault(one["child"], one["heir"])
    children = {child: _heir(shares, parents) for child, parents in sources.items()}
    for number in {n for parents in sources.values() for n in parents}:
        _close(shares[number], "handed-over", event)
    for child, share in children.items():
        shares[child] = share | {"unit": heirs[child], "wording": None}


def _heir(shares: "dict[int, Json]", parents: "set[int] | list[int]") -> Json:
    least = min(parents, key=lambda n: (WORKING.index(shares[n]["status"]), n))
    return shares[least] | {"parents": sorted(parents)}


def _allocate(state: Json, payload: Json, event: Json) -> None:
    shares = state["shares"]
    new = [one for one in payload["opened"] if one["number"] not in shares]
    if payload["share"] is None:
        shares.update({one["number"]: _new(state["deadline"], one) for one in new})
        return
    alive = [n for n in _standing_for(state, payload["share"]) if shares[n]["status"] in WORKING]
    sources = [n for n in alive if shares[n]["unit"] is None]
    if sources:
        heir = _heir(shares, sources)
        for number in sources:
            _close(shares[number], "handed-over", event)
        shares.update({one["number"]: heir | {"unit": one["unit"]} for one in new})


def _amend(state: Json, payload: Json) -> None:
    for name in FACTS:
        if payload.get(name) is not None:
            state[name] = payload[name]
        if name in payload.get("cleared", ()):
            state[name] = None
    for share in state["shares"].values() if payload.get("deadline") is not None else ():
        _re_date(share, payload["deadline"])
    for number, unit in (payload.get("units") or {}).items():
        if int(number) in state["shares"]:
            state["shares"][int(number)]["unit"] = unit


def _re_date(share: Json, terms: Json) -> None:
    rule = share["recurrence"] = terms["recurrence"]
    _due(share, None if rule else terms["due_on"])
    periods = {name: dict(period) for name, period in share["periods"].items()}
    for name, period in periods.items():
        if rule and (due := due_of(rule, name)):
            _due(period, due)
    share["periods"] = periods


def _due(duty: Json, due: "str | None") -> None:
    """A first due day that should have been another; what moved since stays where it is."""
    duty["original_due_on"] = due
    if not duty["moved"]:
        duty["due_on"] = due
