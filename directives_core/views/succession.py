"""Duties left behind: shares that still bind units which ended, with the units that follow."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from directives_core.directive.state import WORKING
from directives_core.office.state import Office, Unit
from directives_core.store import Row
from directives_core.views.directive import UnitView

__all__ = ["LeftBehind", "heirs_of", "left_behind", "only_heir"]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A share that binds a unit which no longer exists; `successors` are those that follow it and still exist.

    With one successor the hand-over is plain; with several, or none, somebody has to say who takes the duty.
    """

    number: int
    share: int
    unit: UnitView
    ended_on: dt.date
    successors: tuple[UnitView, ...]
    decision: str | None

    def as_json(self) -> dict[str, Any]:
        """The duty as JSON."""
        return asdict(self) | {"ended_on": self.ended_on.isoformat(), "successors": list(map(asdict, self.successors))}


def left_behind(rows: Iterable[Row], office: Office, day: dt.date) -> Iterator[LeftBehind]:
    """The shares among the rows that bind a unit which has ended by the day."""
    for row in rows:
        unit = office.units.get(row.unit) if row.unit else None
        if unit is not None and row.status in WORKING and unit.ended_on is not None and unit.ended_on <= day:
            heirs = tuple(UnitView(heir.id, heir.name) for heir in heirs_of(office.units, unit, day))
            yield LeftBehind(
                row.directive, row.share, UnitView(unit.id, unit.name), unit.ended_on, heirs, unit.decision
            )


def heirs_of(units: Mapping[str, Unit], unit: Unit, day: dt.date) -> list[Unit]:
    """The units that follow a unit, over any number of successions, and exist on the day."""
    heirs: dict[str, Unit] = {}
    seen = {unit.id}
    waiting = list(unit.successors)
    while waiting:
        found = units.get(waiting.pop(0))
        if found is None or found.id in seen:
            continue
        seen.add(found.id)
        if found.exists_on(day):
            heirs[found.id] = found
        else:
            waiting += found.successors
    return list(heirs.values())


def only_heir(units: Mapping[str, Unit], unit: Unit, day: dt.date) -> Unit:
    """The unit that alone follows a unit that ended, or the unit itself: where it exists, or several follow it."""
    if unit.exists_on(day):
        return unit
    heirs = heirs_of(units, unit, day)
    return heirs[0] if len(heirs) == 1 else unit
