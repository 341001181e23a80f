"""The fields of one order as a person corrected them: words, units, deadline, route."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from directives_core.calendar import Calendar
from directives_core.deadline import find_urgencies, read_deadline
from directives_core.errors import Ambiguous, Refused
from directives_core.language import Phrase
from directives_core.office.names import comparable
from directives_core.reader.draft import DraftAssignee, DraftDeadline, DraftItem, Kind, Role
from directives_core.review.rows import Field
from directives_core.typed import Problems, Typed, as_day, as_names, as_text

__all__ = ["Reading", "corrected"]

_MEMBERS_OF = ":"
_ROLES: dict[Field, Role] = {"leads": "lead", "addressed": "addressed", "cooperating": "cooperating"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What corrections are read with: the days that wordings count from, and who knows the units of the register.

    `unit_named` gives the registered name of a unit of which a person typed a part; it raises `Refused` where the part
    fits none, or several.
    """

    anchor: dt.date | None
    issued: dt.date | None
    problems: Problems
    unit_named: Callable[[str], str] | None = None


def corrected(item: DraftItem, changed: Mapping[Field, Typed], reading: Reading) -> DraftItem:
    """The order with what was changed; problems are noted, and the field then stays as it was."""
    problems = reading.problems
    update: dict[str, Any] = {}
    if "text" in changed:
        text = as_text(changed["text"], problems)
        if text is None:
            problems.at(changed["text"], Phrase("an order needs its words; to leave it out, drop it with a reason"))
        else:
            update["text"] = text
    if "kind" in changed:
        kind = changed["kind"].value
        if kind in get_args(Kind):
            update["kind"] = kind
        else:
            problems.at(changed["kind"], Phrase("{value!r} is no kind; choose one of the list", value=str(kind or "")))
    if any(field in changed for field in (*_ROLES, "members")):
        update["assignees"] = _assignees(item, changed, reading)
    if "deadline" in changed or "due" in changed:
        update |= _deadline(item, changed, reading)
    for field in ("report_to", "via"):
        if field in changed:
            update[field] = _party(changed[field], reading)
    if "questions" in changed:
        lines = (as_text(changed["questions"], problems) or "").splitlines()
        update["questions"] = tuple(line.strip().removeprefix("?").strip() for line in lines if line.strip(" ?"))
    return item.model_copy(update=update) if update else item


# -------------------------------------------------------------------------------------------------------------- units


def _assignees(item: DraftItem, changed: Mapping[Field, Typed], reading: Reading) -> tuple[DraftAssignee, ...]:
    known = {(a.role, comparable(a.unit)): a for a in item.assignees}
    found: list[DraftAssignee] = []
    for field, role in _ROLES.items():
        if field not in changed:
            found += [assignee for assignee in item.assignees if assignee.role == role]
            continue
        for name in as_names(changed[field], reading.problems):
            as_read = known.get((role, comparable(name)))
            full = name if as_read or role == "addressed" else _named(name, changed[field], reading)
            found.append(as_read or DraftAssignee(unit=full, role=role))
    if "members" in changed:
        found = _allocated(found, changed["members"], reading)
    leads = {comparable(assignee.unit) for assignee in found if assignee.role == "lead"}
    return tuple(a for a in found if a.role != "cooperating" or comparable(a.unit) not in leads)


def _allocated(found: list[DraftAssignee], cell: Typed, reading: Reading) -> list[DraftAssignee]:
    """Give the classes their members: those of the only class, or of the class whose wording and a colon precede."""
    classes = {comparable(assignee.unit): assignee.unit for assignee in found if assignee.role == "addressed"}
    given: dict[str, list[str]] = {}
    current = next(iter(classes), None) if len(classes) == 1 else None
    for entry in as_names(cell, reading.problems):
        wording, colon, member = entry.partition(_MEMBERS_OF)
        if colon and comparable(wording) in classes:
            current, name = comparable(wording), member.strip()
        else:
            name = entry
        if current is None:
            said = Phrase("which class is {name!r} a member of? Write the class and a colon in front", name=name)
            if not classes:
                said = Phrase("{name!r} can be no member: no class stands beside it; write it as a lead", name=name)
            reading.problems.at(cell, said)
            return found
        if name:
            given.setdefault(current, []).append(_named(name, cell, reading))
    return [
        assignee.model_copy(update={"members": tuple(dict.fromkeys(given.get(comparable(assignee.unit), ())))})
        if assignee.role == "addressed"
        else assignee
        for assignee in found
    ]


def _named(name: str, cell: Typed, reading: Reading) -> str:
    """The registered name of the unit that was meant; what was typed, where the register has none like it."""
    if reading.unit_named is None:
        return name
    try:
        return reading.unit_named(name)
    except Ambiguous as error:
        reading.problems.at(cell, error.args[0])
    except Refused:
        pass  # whether new units are registered or refused is for the one who records to say
    return name


def _party(cell: Typed, reading: Reading) -> str | None:
    names = as_names(cell, reading.problems)
    if len(names) > 1:
        reading.problems.at(cell, Phrase("name one unit alone"))
    return _named(names[0], cell, reading) if names else None


# ----------------------------------------------------------------------------------------------------------- deadline


def _deadline(item: DraftItem, changed: Mapping[Field, Typed], reading: Reading) -> dict[str, Any]:
    """The deadline, and words that urge: a wording is read by the rules, a day that was typed stands above it."""
    problems = reading.problems
    update: dict[str, Any] = {}
    base = item.deadline
    day = as_day(changed["due"], problems) if "due" in changed else None
    if "deadline" in changed:
        cell = changed["deadline"]
        names = as_text(cell, problems)
        base, urgent = _worded(names, item, reading)
        if urgent is not None:
            update["urgency"] = urgent
        elif names is not None and base is None and day is None:
            said = Phrase(
                "“{words}” states no deadline by the rules; write the day in the column beside it", words=names
            )
            problems.at(cell, said)
        elif base is None and names is not None:
            base = DraftDeadline(wording=names, rule="at-latest")
    if "due" in changed:
        base = _dated(base, day, changed["due"], problems)
    return update | {"deadline": base}


def _worded(wording: str | None, item: DraftItem, reading: Reading) -> tuple[DraftDeadline | None, str | None]:
    """What a wording states: a deadline, or words that urge without one."""
    if wording is None:
        return None, None
    read = read_deadline(wording, anchor=reading.anchor, issued=reading.issued, calendar=Calendar("VN"))
    if read is not None:
        again = read.recurrence
        return DraftDeadline(
            wording=wording, rule=read.rule, due=read.due, time=read.time, every=read.every, event=read.event,
            alternatives=read.alternatives, month=again.month if again else None, day=again.day if again else None,
        ), None  # fmt: skip
    if find_urgencies(wording):
        return None, wording
    # A wording that was merely put otherwise keeps the day that was read.
    return (item.deadline.model_copy(update={"wording": wording, "span": None}) if item.deadline else None), None


def _dated(base: DraftDeadline | None, day: dt.date | None, cell: Typed, problems: Problems) -> DraftDeadline | None:
    if base is not None and base.recurrence is not None and day != base.due:
        said = Phrase("the deadline comes back (“{words}”); change its wording instead of the day", words=base.wording)
        problems.at(cell, said)
        return base
    if base is None:
        return None if day is None else DraftDeadline(wording="", rule="at-latest", due=day)
    return base.model_copy(update={"due": day, "alternatives": (), "event": base.event if day is None else None})
