"""Who acts: a registered actor, or one that the embedding application vouches for, recorded on first use."""

from typing import Any

from directives_core.actor import Acting, Actor
from directives_core.errors import ActorEnded, ActorNeeded, UnknownActor, UnknownUnit
from directives_core.event import Envelope, Role
from directives_core.office.events import ActorChanged, ActorRegistered, UnitNames, UnitRegistered
from directives_core.office.names import find_unit, once_called
from directives_core.office.state import ActorRecord, Office
from directives_core.register.how import Request
from directives_core.register.office_cache import OFFICE
from directives_core.register.session import Session
from directives_core.sealed import ERASED, Sealed, new_key, open_sealed, seal

__all__ = ["acting_of", "new_unit_id", "ordered", "sealed_name", "sealed_subjects"]


def acting_of(session: Session, request: Request, first: Actor | None) -> Acting:
    """The actor of the command; one that the application vouches for is recorded on first use, or when changed."""
    office = session.office(session.today)
    by = first if first is not None and not office.actors and request.by in (None, first.id) else request.by
    if by is None:
        raise ActorNeeded
    name = by.id if isinstance(by, Actor) else by
    known = office.actors.get(name)
    if known is None:
        if not isinstance(by, Actor):
            raise UnknownActor(name, known=list(office.actors))
        known = _vouched(session, office, by, request)
    elif known.ended_on is not None and known.ended_on <= session.today:
        raise ActorEnded(name, ended_on=known.ended_on)
    elif isinstance(by, Actor):
        known = _kept_up(session, office, by, known, request)
    return Acting(known.id, known.unit, frozenset(known.roles))


def _vouched(session: Session, office: Office, actor: Actor, request: Request) -> ActorRecord:
    unit = _unit_of(session, office, actor, request)
    name = sealed_name(session, actor.id, actor.name)
    roles = ordered(actor.roles)
    payload = ActorRegistered(actor=actor.id, name=name, unit=unit, roles=roles)
    session.add(OFFICE, payload, on=session.today, envelope=_own_envelope(actor, request))
    return ActorRecord(actor.id, name, unit, roles)


def _kept_up(session: Session, office: Office, actor: Actor, known: ActorRecord, request: Request) -> ActorRecord:
    """Record what the application says otherwise of an actor than the register knows; an erased name stays so."""
    if session.is_as_known(actor):
        return known
    key = session.key(known.name.subject)
    shown = open_sealed(known.name, {known.name.subject: key} if key else {})
    name = sealed_name(session, actor.id, actor.name) if shown not in (actor.name, ERASED) else None
    unit = _unit_of(session, office, actor, request)
    roles = ordered(actor.roles)
    if name is None and unit == known.unit and roles == known.roles:
        session.found_as_known(actor)
        return known
    change = ActorChanged(
        actor=actor.id, name=name, unit=unit if unit != known.unit else None,
        roles=roles if roles != known.roles else None,
    )  # fmt: skip
    session.add(OFFICE, change, on=session.today, envelope=_own_envelope(actor, request))
    return ActorRecord(actor.id, name or known.name, unit, roles, known.ended_on)


def ordered(roles: "frozenset[Role] | set[Role]") -> tuple[Role, ...]:
    """Roles in their fixed order, so that the same roles are the same bytes."""
    order: tuple[Role, ...] = ("chair", "office", "unit", "auditor")
    return tuple(role for role in order if role in roles)


def sealed_name(session: Session, actor: str, name: str) -> Any:
    """The name of an actor, sealed under the actor's key, which is made if there never was one.

    Where the key is gone, erased or left behind by a copy without keys, nothing brings the name back: what is sealed
    then is that it is erased, under a key that nobody keeps.
    """
    subject = f"actor:{actor}"
    key = session.key(subject)
    if key is None:
        if subject in sealed_subjects(session):
            return seal(ERASED, subject, new_key())
        key = new_key()
        session.add_key(subject, key)
    return seal(name, subject, key)


def sealed_subjects(session: Session, stream: str = OFFICE) -> set[str]:
    """The subjects under whose keys values of a stream were sealed, those whose key is gone included."""
    payloads = [event.payload for event in session.stream(stream)]
    values = (getattr(payload, name) for payload in payloads for name in payload.__struct_fields__)
    return {value.subject for value in values if isinstance(value, Sealed)}


def _own_envelope(actor: Actor, request: Request) -> Envelope:
    return Envelope(
        actor=actor.id, role=ordered(actor.roles)[0], entered_by=request.entered_by, command_id=request.command_id
    )


def _unit_of(session: Session, office: Office, actor: Actor, request: Request) -> str:
    """The id of the actor's unit; the application that vouches for the actor vouches for the unit too.

    Applications learn late that a unit was renamed: the name that it bore before will do.
    """
    try:
        return find_unit(office, actor.unit, on=session.today).id
    except UnknownUnit:
        if (renamed := once_called(office, actor.unit, on=session.today)) is not None:
            return renamed.id
        unit = new_unit_id(session)
        payload = UnitRegistered(unit=unit, names=UnitNames(name=actor.unit))
        session.add(OFFICE, payload, on=session.today, envelope=_own_envelope(actor, request))
        return unit


def new_unit_id(session: Session) -> str:
    """The next unit id; ids of void registrations are not used again."""
    registered = sum(isinstance(event.payload, UnitRegistered) for event in session.stream(OFFICE))
    return f"u{registered + 1}"
