"""The office at one moment: who its units and actors are, how they are called, and which settings hold."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from msgspec import Struct, structs

from directives_core.event import Event, Role, voids
from directives_core.office.events import (
    ActorChanged,
    ActorEnded,
    ActorRegistered,
    ClassDefined,
    RegisterCreated,
    SettingsChanged,
    UnitEnded,
    UnitNames,
    UnitRegistered,
    UnitRenamed,
    UnitsSucceeded,
)
from directives_core.office.settings import Settings
from directives_core.sealed import Sealed

__all__ = ["ActorRecord", "Office", "Unit", "UnitClass", "acts_from", "read_office"]


class Unit(Struct, frozen=True):
    """A unit as it is called at the moment; `since` and `ended_on` bound the days on which it exists (none: open).

    `successors` are the ids of the units that follow it, by `decision`.
    """

    id: str
    names: UnitNames
    since: dt.date | None = None
    ended_on: dt.date | None = None
    successors: tuple[str, ...] = ()
    decision: str | None = None
    earlier_names: tuple[UnitNames, ...] = ()

    @property
    def name(self) -> str:
        """The full name."""
        return self.names.name

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and the short names."""
        return (self.names.name, *self.names.short_names)

    def exists_on(self, day: dt.date) -> bool:
        """Whether the unit exists on that day."""
        return (self.since is None or self.since <= day) and (self.ended_on is None or day < self.ended_on)


class UnitClass(Struct, frozen=True):
    """A set of units under one wording."""

    name: str
    members: tuple[str, ...]


class ActorRecord(Struct, frozen=True):
    """An actor as the register knows it; the name is sealed."""

    id: str
    name: Sealed
    unit: str
    roles: tuple[Role, ...]
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Units by id, classes by wording, actors by id, and the settings, as of one day and position."""

    on: dt.date
    register_id: str = ""
    title: str = ""
    zone: str = "UTC"
    calendar: str | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)
    classes: Mapping[str, UnitClass] = field(default_factory=dict)
    actors: Mapping[str, ActorRecord] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    indexes: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What was worked out from the rest to find things by, kept by whoever worked it out."""

    def unit_name(self, unit: str | None, wording: str | None = None) -> str:
        """How a unit is called; the wording, where there is no unit behind it; the id, where it is not known."""
        if unit is None:
            return wording or ""
        known = self.units.get(unit)
        return known.name if known else unit


def read_office(events: Sequence[Event], on: dt.date, position: int | None = None) -> Office:
    """Fold the office's events to what held on a day, as known at a position (none: at the end)."""
    void = voids(events, position)
    holding = sorted(
        (acts_from(event), event.position, event)
        for event in events
        if event.version not in void and (position is None or event.position <= position) and acts_from(event) <= on
    )
    office = Office(on=on)
    units: dict[str, Unit] = {}
    classes: dict[str, UnitClass] = {}
    actors: dict[str, ActorRecord] = {}
    for _, _, event in holding:
        match event.payload:
            case RegisterCreated() as created:
                office = replace(
                    office, register_id=created.register_id, title=created.title, zone=created.zone,
                    calendar=created.calendar,
                )  # fmt: skip
            case SettingsChanged(settings=chosen, changed=names):
                values = {name: getattr(chosen, name) for name in names or Settings.__struct_fields__}
                office = replace(office, settings=structs.replace(office.settings, **values))
            case ClassDefined(name=name, members=members):
                classes[name] = UnitClass(name, members)
            case ActorRegistered() | ActorChanged() | ActorEnded():
                _fold_actor(actors, event)
            case _:
                _fold_unit(units, event)
    return replace(office, units=units, classes=classes, actors=actors)


def acts_from(event: Event) -> dt.date:
    """The day from which an event holds; what was registered without a day holds for as long as anyone can ask."""
    match event.payload:
        case UnitRegistered(since=since) | ClassDefined(since=since):
            return since or dt.date.min
        case RegisterCreated() | ActorRegistered() | ActorChanged():
            return dt.date.min
        case _:
            return event.effective_on


def _fold_unit(units: dict[str, Unit], event: Event) -> None:
    match event.payload:
        case UnitRegistered(unit=unit, names=names, since=since):
            units[unit] = Unit(unit, names, since)
        case UnitRenamed(unit=unit, names=names) if unit in units:
            earlier = (*units[unit].earlier_names, units[unit].names)
            units[unit] = structs.replace(units[unit], names=names, earlier_names=earlier)
        case UnitEnded(unit=unit) if unit in units:
            units[unit] = structs.replace(units[unit], ended_on=event.effective_on)
        case UnitsSucceeded(units=ended, successors=successors, decision=decision):
            for unit in _known(units, ended):
                known = dict.fromkeys((*units[unit].successors, *successors))
                units[unit] = structs.replace(units[unit], successors=tuple(known), decision=decision)


def _known(units: Mapping[str, Unit], ids: Iterable[str]) -> list[str]:
    return [unit for unit in ids if unit in units]


def _fold_actor(actors: dict[str, ActorRecord], event: Event) -> None:
    match event.payload:
        case ActorRegistered(actor=actor, name=name, unit=unit, roles=roles):
            actors[actor] = ActorRecord(actor, name, unit, roles)
        case ActorChanged(actor=actor) as change if actor in actors:
            was = actors[actor]
            actors[actor] = ActorRecord(
                actor, change.name or was.name, change.unit or was.unit, change.roles or was.roles, was.ended_on
            )
        case ActorEnded(actor=actor) if actor in actors:
            actors[actor] = structs.replace(actors[actor], ended_on=event.effective_on)
