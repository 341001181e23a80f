"""What a directive was at (day, position), restated: the rules of the register's fold over plain JSON.

Days are ISO texts, which compare as days do. Periods of recurring duties are left out, and said to be.
"""

import datetime
import json
from typing import Any

__all__ = ["event_of", "fold", "office_at", "recurs", "stand"]

OPEN = ("assigned", "declined", "in-progress", "returned", "awaiting-acceptance")
WORKING = (*OPEN, "suspended")  # from the least to the most advanced
EPOCH = datetime.date(1970, 1, 1)
Json = dict[str, Any]


def event_of(record: Json) -> Json:
    """An event: where it stands, its day, its type without version, its payload."""
    day = EPOCH + datetime.timedelta(days=record["effective_on"])
    type_, _, version = record["type"].rpartition(".v")
    if version != "1":
        raise ValueError(f"position {record['position']}: type {record['type']} is newer than this verifier")
    payload = json.loads(record["data"])["payload"]
    return {"position": record["position"], "version": record["version"], "on": str(day), "type": type_, "p": payload}


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
        if event["type"] == "settings.changed":
            near = payload["settings"]["due_soon_days"]
    return names, near


def fold(events: list[Json], day: str, position: int) -> "Json | None":
    """The directive; none where it is not assigned at that moment."""
    state: Json | None = None
    for event in counting(events, day, position):
        payload, type_ = event["p"], event["type"].partition(".")[2]
        if state is None:
            if type_ == "assigned":
                state = {name: payload[name] for name in ("text", "notice", "path", "deadline")}
                state |= {"assigned_on": event["on"], "shares": {}}
                for new in payload["shares"]:
                    state["shares"][new["number"]] = _new(payload["deadline"], new)
        elif type_ == "handed-over":
            _hand_over(state, payload, event)
        elif type_ == "allocated":
            _allocate(state, payload, event)
        elif type_ == "amended":
            _amend(state, payload)
        elif type_ in ACTS_ON and payload.get("period") is None:
            targets = {n for number in payload["shares"] for n in _standing_for(state, number)}
            for number in sorted(targets):
                _act(state["shares"][number], type_, payload, event)
    return state


def _new(terms: Json, new: Json) -> Json:
    due = None if terms["recurrence"] else terms["due_on"]
    return {
        "unit": new["unit"], "wording": new["wording"], "status": "assigned", "due_on": due, "moved": False,
        "extensions": 0, "awaited": None, "delivered_on": None, "before": None, "parents": [], "closed": ("", 0),
    }  # fmt: skip


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
}  # fmt: skip


def _act(share: Json, type_: str, payload: Json, event: Json) -> None:
    if share["status"] not in ACTS_ON[type_]:
        return
    if type_ == "extended" and share["due_on"] is not None and payload["due_on"] <= share["due_on"]:
        return
    before = share["status"]
    if type_ in ("acknowledged", "reported") and before in ("assigned", "declined"):
        share["status"] = "in-progress"
    if type_ == "reported" and payload["result"]:
        share |= {"status": "awaiting-acceptance", "awaited": share["awaited"] or event["on"]}
    if type_ in ("returned", "reopened"):
        share |= {"status": "returned" if type_ == "returned" else "in-progress", "awaited": None, "delivered_on": None}
    if type_ == "declined":
        share["status"] = "declined"
    if type_ in ("extended", "deadline-set"):
        share |= {"due_on": payload["due_on"], "moved": True, "extensions": share["extensions"] + (type_ == "extended")}
    if type_ == "suspended":
        share |= {"status": "suspended", "before": before}
    if type_ == "resumed":
        share |= {"status": share["before"], "before": None}
    if type_ == "completed":
        delivered = payload["delivered_on"] or share["awaited"] or event["on"]
        share |= {"status": "completed", "delivered_on": delivered, "closed": (event["on"], event["position"])}
    if type_ in ("withdrawn", "superseded"):
        _close(share, type_, event)


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
    for name in ("text", "notice", "path", "deadline"):
        if payload.get(name) is not None:
            state[name] = payload[name]
        if name in payload.get("cleared", ()):
            state[name] = None
    for number, unit in (payload.get("units") or {}).items():
        if int(number) in state["shares"]:
            state["shares"][int(number)]["unit"] = unit
    if payload.get("deadline") is not None:
        due = None if payload["deadline"]["recurrence"] else payload["deadline"]["due_on"]
        for share in state["shares"].values():
            if not share["moved"]:
                share["due_on"] = due


def recurs(state: Json) -> bool:
    """Whether the duty comes back; its periods are not recomputed here."""
    return state["deadline"]["recurrence"] is not None


def _timeliness(share: Json, day: str, near: int) -> str:
    status, due = share["status"], share["due_on"]
    if status == "suspended":
        return "suspended"
    if status in ("withdrawn", "superseded", "handed-over"):
        return "closed"
    if status == "completed":
        late = due is not None and share["delivered_on"] > due
        return "completed-no-deadline" if due is None else "completed-late" if late else "completed-on-time"
    if due is None:
        return "no-deadline"
    clock = share["awaited"] if status == "awaiting-acceptance" else day
    left = (datetime.date.fromisoformat(due) - datetime.date.fromisoformat(clock)).days
    return "overdue" if left < 0 else "due-soon" if left <= near and status != "awaiting-acceptance" else "in-time"


def stand(state: Json, day: str, near: int) -> Json:
    """How the directive and its shares stand at the end of a day."""
    shares = {n: share | {"timeliness": _timeliness(share, day, near)} for n, share in state["shares"].items()}
    shown: Json = {"shares": shares, "due_on": None, "completed_on": None}
    binding = [share for share in shares.values() if share["status"] in WORKING]
    done = [share for share in shares.values() if share["status"] == "completed"]
    if binding:
        speaking = [share for share in binding if share["status"] in OPEN] or binding
        worst = ("overdue", "due-soon", "in-time", "no-deadline", "suspended")
        status = min((share["status"] for share in binding), key=WORKING.index)
        due = min((share["due_on"] for share in speaking if share["due_on"]), default=None)
        timeliness = min((share["timeliness"] for share in speaking), key=worst.index)
        return shown | {"status": status, "timeliness": timeliness, "due_on": due}
    if done:
        ended = ("completed-late", "completed-on-time", "completed-no-deadline")
        timeliness = min((share["timeliness"] for share in done), key=ended.index)
        return shown | {
            "status": "completed", "timeliness": timeliness, "completed_on": max(s["delivered_on"] for s in done),
        }  # fmt: skip
    last = max(shares.values(), key=lambda share: tuple(share["closed"]))
    return shown | {"status": last["status"], "timeliness": "closed"}
