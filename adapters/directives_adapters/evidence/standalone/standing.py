"""How a directive stands on a day, restated: timeliness, the periods that have begun, what speaks for the whole."""

import datetime
from typing import Any

from directives_adapters.evidence.standalone.fold import OPEN, WORKING, untouched
from directives_adapters.evidence.standalone.recurring import dues, first_day, period_of

__all__ = ["fits", "shown"]

Json = dict[str, Any]
WORST = ("overdue", "due-soon", "in-time", "no-deadline", "suspended")
ENDED = ("completed-late", "completed-on-time", "completed-no-deadline")


def _timeliness(duty: Json, day: str, near: int) -> str:
    status, due = duty["status"], duty["due_on"]
    if status == "suspended":
        return "suspended"
    if status in ("withdrawn", "superseded", "handed-over"):
        return "closed"
    if status == "completed":
        late = due is not None and duty["delivered_on"] > due
        return "completed-no-deadline" if due is None else "completed-late" if late else "completed-on-time"
    if due is None:
        return "no-deadline"
    clock = (duty["awaited"] if status == "awaiting-acceptance" else None) or day
    left = (datetime.date.fromisoformat(due) - datetime.date.fromisoformat(clock)).days
    return "overdue" if left < 0 else "due-soon" if left <= near and status != "awaiting-acceptance" else "in-time"


def _begun(share: Json, assigned_on: str, day: str) -> "dict[str, Json]":
    """The periods whose first day has come, by name, in the order of their due days."""
    rule = share["recurrence"]
    horizon = min(datetime.date.fromisoformat(day).toordinal() + 366, datetime.date.max.toordinal())
    found = dues(rule, assigned_on, str(datetime.date.fromordinal(horizon)))
    begun = [due for due in found if first_day(rule, due) <= day]
    names = {period_of(rule, due): due for due in begun}
    return {name: share["periods"].get(name) or untouched(share, due) for name, due in names.items()}


def _next(share: Json, assigned_on: str, day: str) -> "list[Json]":
    """The first period that has not begun."""
    rule, year = share["recurrence"], int(day[:4])
    if year >= datetime.MAXYEAR - 1:
        return []
    ahead = dues(rule, max(day, assigned_on), f"{year + 2:04}{day[4:8]}01")
    found = (untouched(share, due) for due in ahead if first_day(rule, due) > day)
    return [duty for duty, _ in zip(found, range(1))]  # noqa: B905 - runs on older Pythons too


def _stand(share: Json, assigned_on: str, day: str, near: int) -> Json:
    """A share with its timeliness; one that recurs as its begun open periods, or the next one, have it."""
    own = share | {"timeliness": _timeliness(share, day, near), "periods": []}
    if share["recurrence"] is None:
        return own
    begun = _begun(share, assigned_on, day)
    own["periods"] = [
        {"period": name, "status": duty["status"], "timeliness": _timeliness(duty, day, near),
         "due_on": duty["due_on"], "delivered_on": duty["delivered_on"]}
        for name, duty in begun.items()
        if share["status"] in WORKING or name in share["periods"]
    ]  # fmt: skip
    speaking = [duty for duty in begun.values() if duty["status"] in OPEN] or _next(share, assigned_on, day)
    if share["status"] not in WORKING or not speaking:
        return own | ({"timeliness": "no-deadline"} if share["status"] in OPEN else {})
    due = min(duty["due_on"] or "9999-12-31" for duty in speaking)
    if share["status"] == "suspended":
        return own | {"due_on": due, "delivered_on": None}
    status = min((duty["status"] for duty in speaking), key=WORKING.index)
    timeliness = min((_timeliness(duty, day, near) for duty in speaking), key=WORST.index)
    return own | {"status": status, "timeliness": timeliness, "due_on": due, "delivered_on": None}


def _whole(state: Json, shares: "dict[int, Json]") -> Json:
    """How the directive stands, by its shares."""
    stands: Json = {"due_on": None, "completed_on": None}
    binding = [share for share in shares.values() if share["status"] in WORKING]
    done = [share for share in shares.values() if share["status"] == "completed"]
    if binding:
        speaking = [share for share in binding if share["status"] in OPEN] or binding
        status = min((share["status"] for share in binding), key=WORKING.index)
        due = min((share["due_on"] for share in speaking if share["due_on"]), default=None)
        timeliness = min((share["timeliness"] for share in speaking), key=WORST.index)
        return stands | {"status": status, "timeliness": timeliness, "due_on": due}
    if done:
        timeliness = min((share["timeliness"] for share in done), key=ENDED.index)
        completed_on = max((share["delivered_on"] for share in done if share["delivered_on"]), default=None)
        return stands | {"status": "completed", "timeliness": timeliness, "completed_on": completed_on}
    last = max(state["shares"].values(), key=lambda share: tuple(share["closed"]))
    return stands | {"status": last["status"], "timeliness": "closed"}


def shown(number: int, state: Json, day: str, near: int, units: "dict[str, str]") -> Json:
    """The directive in the form of answer.json."""
    stands = {n: _stand(share, state["assigned_on"], day, near) for n, share in state["shares"].items()}
    shares = [_share(n, stands[n], state["shares"][n], units) for n in sorted(stands)]
    own = {name: state[name] for name in ("text", "kind", "notice", "path", "assigned_on", "reminders", "labels")}
    parties = {name: state[name] and state[name]["wording"] for name in ("report_to", "via")}
    helping = [_called(party, units) for party in state["cooperating"]]
    return own | parties | _whole(state, stands) | {
        "number": number, "notes": state["notes"], "cooperating": helping, "shares": shares,
        "original_due_on": None if state["deadline"]["recurrence"] else state["deadline"]["due_on"],
        "extensions": max((share["extensions"] for share in shares), default=0),
        "last_report": _last_report(state["shares"].values()),
    }  # fmt: skip


def _share(number: int, stands: Json, share: Json, units: "dict[str, str]") -> Json:
    names = ("status", "timeliness", "due_on", "original_due_on", "delivered_on", "periods")
    every = [share, *share["periods"].values()]
    return {name: stands[name] for name in names} | {
        "share": number, "unit": {"id": share["unit"], "name": _called(share, units)},
        "extensions": max(duty["extensions"] for duty in every), "last_report": _last_report([share]),
    }  # fmt: skip


def _called(party: Json, units: "dict[str, str]") -> str:
    unit = party["unit"]
    return str(party["wording"] or "") if unit is None else units.get(unit, str(unit))


def _last_report(shares: Any) -> "Json | None":
    duties = [duty for share in shares for duty in (share, *share["periods"].values())]
    reports = [duty["last_report"] for duty in duties if duty["last_report"]]
    last = max(reports, key=lambda report: (report["on"], report["position"]), default=None)
    return last and {name: last[name] for name in ("on", "text", "percent", "document")}


def fits(each: Json, filters: Json) -> bool:
    """Whether a directive fits the filters of a list; `find`, which compares spellings, is not restated."""
    wanted = {name: value for name, value in filters.items() if value is not None}
    if "unit" in wanted:
        standing = [share for share in each["shares"] if share["unit"]["id"] == wanted["unit"]]
        if wanted.get("status") != "handed-over":
            standing = [share for share in standing if share["status"] != "handed-over"]
    else:
        standing = [each]
    names = [name for name in ("status", "timeliness") if name in wanted]
    if not any(all(one[name] == wanted[name] for name in names) for one in standing):
        return False
    if "notice" in wanted and each["notice"] not in (wanted["notice"], wanted["notice"][:12]):
        return False
    if "label" in wanted:
        key, equals, value = wanted["label"].partition("=")
        if key.strip() not in each["labels"] or (equals and each["labels"][key.strip()] != value.strip()):
            return False
    return bool(each["number"] > wanted.get("after", 0))
