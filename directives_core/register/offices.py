"""The writes on the office: units, classes, actors, settings."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Unpack

from directives_core.actor import Actor
from directives_core.errors import ActorEnded, BadValue, NameErased, NameTaken, NothingToDo, UnknownActor
from directives_core.event import Payload, Role
from directives_core.language import Phrase
from directives_core.office.events import (
    ActorChanged,
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
from directives_core.office.events import (
    ActorEnded as ActorEndedEvent,
)
from directives_core.office.names import comparable, find_unit
from directives_core.office.settings import Settings
from directives_core.office.state import ActorRecord, acts_from
from directives_core.register.actors import new_unit_id, ordered, sealed_name
from directives_core.register.door import Door
from directives_core.register.how import How, a_text, as_day_or_none, checked
from directives_core.register.office_cache import OFFICE
from directives_core.register.retracting import refuse_if_in_use, retracted
from directives_core.register.work import Work
from directives_core.results import Name
from directives_core.values import as_fields

__all__ = ["OfficeWrites", "register_unit"]


class OfficeWrites(Door):
    """The commands on the office. All take the keywords of `How`."""

    def add_unit(
        self, name: str, *, short_names: Sequence[str] = (), code: str | None = None, **how: Unpack[How]
    ) -> Name:
        """Register a unit; the result is its id.

        With `effective_on` the unit exists from that day on, without it for as long as anyone can ask.

        Raises:
            NameTaken: a unit that exists on that day has this name.
        """
        names = _names(name, short_names, code)
        since = as_day_or_none("effective_on", how.get("effective_on"))

        def carry_out(work: Work) -> str:
            return register_unit(work, names, since=since)

        return self._named("add a unit", {"names": names}, how, carry_out)

    def rename_unit(
        self, unit: str, name: str, *, short_names: Sequence[str] = (), code: str | None = None, **how: Unpack[How]
    ) -> Name:
        """Call a unit otherwise from `effective_on` on; what was recorded before keeps the old name."""
        names = _names(name, short_names, code)

        def carry_out(work: Work) -> str:
            found = find_unit(work.office, unit, on=work.on)
            _untaken(work, names, work.on, but=found.id)
            work.add(OFFICE, UnitRenamed(unit=found.id, names=names), work.allow())
            return found.id

        return self._named("rename a unit", {"unit": unit, "names": names}, how, carry_out)

    def end_unit(self, unit: str, **how: Unpack[How]) -> Name:
        """End a unit: from `effective_on` on it no longer exists."""

        def carry_out(work: Work) -> str:
            found = find_unit(work.office, unit, on=work.on)
            work.add(OFFICE, UnitEnded(unit=found.id), work.allow())
            return found.id

        return self._named("end a unit", {"unit": unit}, how, carry_out)

    def succeed_units(
        self,
        units: str | Sequence[str],
        *,
        successors: str | Sequence[str],
        decision: str | None = None,
        **how: Unpack[How],
    ) -> Name:
        """Record that from `effective_on` on these units are followed by those, on a decision; the old ones end."""
        olds, news = _several(units), _several(successors)
        if not olds or not news:
            raise NothingToDo("succeed a unit", give=Phrase("the units that end and their successors"))

        def carry_out(work: Work) -> str:
            eve = work.on - dt.timedelta(days=1)
            ending = [find_unit(work.session.office(eve), name, on=eve) for name in olds]
            heirs = [find_unit(work.office, name, on=work.on).id for name in news]
            if {unit.id for unit in ending} == set(heirs):
                raise BadValue(
                    "successors", ", ".join(news), expected=Phrase("other units than those that they follow")
                )
            role = work.allow()
            for unit in ending:
                if unit.id not in heirs and unit.ended_on is None:
                    work.add(OFFICE, UnitEnded(unit=unit.id), role)
            ids = tuple(unit.id for unit in ending)
            work.add(OFFICE, UnitsSucceeded(units=ids, successors=tuple(heirs), decision=decision), role)
            return ids[0]

        arguments = {"units": olds, "successors": news, "decision": decision}
        return self._named("succeed a unit", arguments, how, carry_out)

    def define_class(self, name: str, *, members: Sequence[str], **how: Unpack[How]) -> Name:
        """Define a class of units by its wording; with `effective_on` from that day on, without it for always."""
        wording = a_text("class", name)
        since = as_day_or_none("effective_on", how.get("effective_on"))

        def carry_out(work: Work) -> str:
            ids = tuple(dict.fromkeys(find_unit(work.office, member, on=work.on).id for member in members))
            if not ids:
                raise NothingToDo("define a class", give=Phrase("its members"))
            work.add(OFFICE, ClassDefined(name=wording, members=ids, since=since), work.allow())
            return wording

        return self._named("define a class", {"name": wording, "members": tuple(members)}, how, carry_out)

    # ---------------------------------------------------------------------------------------------------- actors

    def add_actor(self, actor: str, *, name: str, unit: str, roles: Sequence[Role], **how: Unpack[How]) -> Name:
        """Register somebody who acts here: an id of the office's choice, a name that is kept sealed, a unit, roles.

        The first actor of a register that was created without one needs no `by` but itself: the actor acts, and the
        unit is registered with it.
        """
        new: Actor = Actor(id=actor, name=name, unit=unit, roles=roles)

        def carry_out(work: Work) -> str:
            role = work.allow()
            if work.scope.positions and work.request.by in (None, new.id):
                return new.id  # the first actor, recorded when its own command began
            if new.id in work.session.office(work.session.today).actors:
                raise NameTaken(Phrase("actor"), new.id)
            found = find_unit(work.office, new.unit, on=work.on)
            sealed = sealed_name(work.session, new.id, new.name)
            payload = ActorRegistered(actor=new.id, name=sealed, unit=found.id, roles=ordered(new.roles))
            work.add(OFFICE, payload, role)
            return new.id

        arguments = {"actor": new.id, "unit": unit, "roles": ordered(new.roles)}
        return self._named("add an actor", arguments, how, carry_out, first=new)

    def change_actor(
        self,
        actor: str,
        *,
        name: str | None = None,
        unit: str | None = None,
        roles: Sequence[Role] | None = None,
        **how: Unpack[How],
    ) -> Name:
        """Record another name, unit or roles of an actor; what is not given stays."""
        if name is None and unit is None and not roles:
            raise NothingToDo("change an actor", give=Phrase("a name, a unit or roles"))
        given: ActorChanged = checked("actor", ActorChanged, {"actor": actor, "roles": tuple(roles) if roles else None})

        def carry_out(work: Work) -> str:
            role = work.allow()
            known = _actor(work, actor)
            if name is not None and work.session.key(known.name.subject) is None:
                raise NameErased(known.id)
            fields = {
                "actor": known.id,
                "name": sealed_name(work.session, known.id, a_text("name", name)) if name is not None else None,
                "unit": find_unit(work.office, unit, on=work.on).id if unit is not None else None,
                "roles": ordered(frozenset(given.roles)) if given.roles else None,
            }
            work.add(OFFICE, checked("actor", ActorChanged, fields), role)
            return known.id

        arguments = {"actor": actor, "renamed": name is not None, "unit": unit, "roles": tuple(roles or ())}
        return self._named("change an actor", arguments, how, carry_out)

    def end_actor(self, actor: str, **how: Unpack[How]) -> Name:
        """Record that from `effective_on` on the actor no longer acts here."""

        def carry_out(work: Work) -> str:
            role = work.allow()
            known = _actor(work, actor)
            work.add(OFFICE, ActorEndedEvent(actor=known.id), role)
            return known.id

        return self._named("end an actor", {"actor": actor}, how, carry_out)

    # ---------------------------------------------------------------------------------------------------- settings

    def change_settings(self, *, changes: dict[str, Any], **how: Unpack[How]) -> Name:
        """Change settings from `effective_on` on; see `Settings` for their names and values."""
        unknown = set(changes) - set(Settings.__struct_fields__)
        if unknown or not changes:
            raise BadValue(
                "settings",
                sorted(changes),
                expected=Phrase("some of {model_fields}", model_fields=", ".join(sorted(Settings.__struct_fields__))),
            )

        def carry_out(work: Work) -> str:
            role = work.allow()
            settings = checked("settings", Settings, {**as_fields(work.office.settings), **changes})
            work.add(OFFICE, SettingsChanged(settings=settings, changed=tuple(sorted(changes))), role)
            return "settings"

        return self._named("change settings", {"changes": changes}, how, carry_out)

    def retract_office_event(self, version: int, **how: Unpack[How]) -> Name:
        """Declare one earlier event of the office void, with the reason why it was wrong."""

        def carry_out(work: Work) -> str:
            events = work.session.stream(OFFICE)
            payload, on = retracted(work, OFFICE, events, version)
            if isinstance(events[version - 1].payload, RegisterCreated):
                raise BadValue(
                    "version", version, expected=Phrase("another event: without its creation there is no register")
                )
            role = work.allow(author=events[version - 1].envelope.actor)
            refuse_if_in_use(work, events[version - 1])
            work.add(OFFICE, payload, role, on=on)
            return OFFICE

        return self._named("retract", {"stream": OFFICE, "version": version}, how, carry_out)

    def _named(
        self,
        command: str,
        arguments: dict[str, Any],
        how: Any,
        carry_out: Callable[[Work], str],
        first: Actor | None = None,
    ) -> Name:
        return self._write(command, arguments, how, lambda work: Name(carry_out(work), work.told()), first=first)


def register_unit(work: Work, names: UnitNames, *, since: dt.date | None) -> str:
    """Add a unit and give its id."""
    role = work.allow()
    _untaken(work, names, since or dt.date.min)
    unit = new_unit_id(work.session)
    payload: Payload = UnitRegistered(unit=unit, names=names, since=since)
    work.add(OFFICE, payload, role)
    return unit


def _names(name: str, short_names: Sequence[str], code: str | None) -> UnitNames:
    shorts = tuple(a_text("short name", short) for short in short_names)
    names: UnitNames = checked("unit", UnitNames, {"name": a_text("unit", name), "short_names": shorts, "code": code})
    return names


def _untaken(work: Work, names: UnitNames, first: dt.date, *, but: str | None = None) -> None:
    """Refuse names that another unit bears on the first day or on any later one: a late paper must not take them."""
    wanted = _all_of(names)
    bearers: set[str] = set()
    days = {first}
    for event in work.session.stream(OFFICE):
        match event.payload:
            case UnitRegistered(unit=unit_id, names=borne) | UnitRenamed(unit=unit_id, names=borne):
                days.add(max(first, acts_from(event)))
                if wanted & _all_of(borne):
                    bearers.add(unit_id)
    for day in sorted(days) if bearers - {but} else ():
        for unit in work.session.office(day).units.values():
            if unit.id != but and unit.exists_on(day) and wanted & _all_of(unit.names):
                last = work.session.office(dt.date.max).units.get(unit.id, unit)
                raise NameTaken(Phrase("unit"), unit.name, free_from=last.ended_on)


def _all_of(names: UnitNames) -> set[str]:
    return {comparable(name) for name in (names.name, *names.short_names)}


def _actor(work: Work, actor: str) -> ActorRecord:
    office = work.session.office(work.session.today)
    known = office.actors.get(actor)
    if known is None:
        raise UnknownActor(actor, known=list(office.actors))
    if known.ended_on is not None and known.ended_on <= work.session.today:
        raise ActorEnded(actor, ended_on=known.ended_on)
    return known


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)
