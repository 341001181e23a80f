"""Everything that can have happened to the office: its units, classes, actors and settings.

`since` is the day from which what is registered holds; none means: for as long as anyone can ask. The day of renaming,
ending, succeeding and setting is the event's own.
"""

import datetime as dt
from typing import Annotated, Any

from msgspec import Meta

from directives_core.event import AtLeastOne, Payload, Role
from directives_core.office.settings import Settings
from directives_core.sealed import Sealed
from directives_core.values import Frozen

__all__ = [
    "OFFICE_EVENTS", "ActorChanged", "ActorEnded", "ActorRegistered", "ClassDefined", "FiguresPublished",
    "RegisterCopied", "RegisterCreated", "SettingsChanged", "UnitEnded", "UnitNames", "UnitRegistered", "UnitRenamed",
    "UnitsSucceeded",
]  # fmt: skip


class RegisterCreated(Payload, name="register.created"):
    """The register began. Its id is its identity wherever its bytes move; its zone says when a day ends."""

    register_id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    title: str
    zone: str
    calendar: str | None = None


class UnitNames(Frozen):
    """How a unit is called: its name, short names, and the electronic code of the organisation, kept unparsed."""

    name: Annotated[str, Meta(min_length=1)]
    short_names: tuple[str, ...] = ()
    code: Annotated[str, Meta(max_length=35)] | None = None


class UnitRegistered(Payload, name="unit.registered"):
    """The office knows this unit; its id is what events carry."""

    unit: str
    names: UnitNames
    since: dt.date | None = None


class UnitRenamed(Payload, name="unit.renamed"):
    """From this day on the unit is called otherwise."""

    unit: str
    names: UnitNames


class UnitEnded(Payload, name="unit.ended"):
    """From this day on the unit no longer exists."""

    unit: str


class UnitsSucceeded(Payload, name="unit.succeeded"):
    """From this day on these units are followed by those, on a decision; ending the old ones is said apart."""

    units: Annotated[tuple[str, ...], Meta(min_length=1)]
    successors: Annotated[tuple[str, ...], Meta(min_length=1)]
    decision: str | None = None


class ClassDefined(Payload, name="class.defined"):
    """A class of units, by its wording, has these members from `since` on."""

    name: str
    members: tuple[str, ...]
    since: dt.date | None = None


class ActorRegistered(Payload, name="actor.registered"):
    """Somebody acts in this register. The name is sealed."""

    actor: str
    name: Sealed
    unit: str
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]


class ActorChanged(Payload, name="actor.changed"):
    """An actor has another name, unit or roles; what is none stays."""

    actor: str
    name: Sealed | None = None
    unit: str | None = None
    roles: tuple[Role, ...] | None = None


class ActorEnded(Payload, name="actor.ended"):
    """From this day on the actor no longer acts here."""

    actor: str


class SettingsChanged(Payload, name="settings.changed", version=2):
    """From this day on the settings named in `changed` hold; where none is named, all of them.

    `settings` has them all as they stood when it was decided. What was not chosen stays as other events have it.
    Version 1 knew no language.
    """

    settings: Settings
    changed: tuple[str, ...] = ()


class FiguresPublished(Payload, name="figures.published"):
    """Figures of a moment left the house under a name: the day, the position and the fold that they were read by."""

    name: str
    effective_on: dt.date
    position: int
    rules: int
    by_unit: bool
    figures: dict[str, Any]


class RegisterCopied(Payload, name="register.copied"):
    """The register goes on in another place: everything up to `size` was carried over byte for byte."""

    size: AtLeastOne
    source: str
    with_keys: bool = False


class SubjectErased(Payload, name="subject.erased"):
    """The key of a subject was destroyed: what was sealed under it cannot be read any more, by anybody."""

    subject: str


OFFICE_EVENTS: tuple[type[Payload], ...] = (
    RegisterCreated, UnitRegistered, UnitRenamed, UnitEnded, UnitsSucceeded, ClassDefined, ActorRegistered,
    ActorChanged, ActorEnded, SettingsChanged, FiguresPublished, RegisterCopied,
    SubjectErased,
)  # fmt: skip
