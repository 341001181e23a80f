"""The first commit of a register: its identity, and the unit and the actor that began it, where one did."""

from directives_core.actor import INIT, Acting, Actor
from directives_core.calendar import Calendar
from directives_core.clock import Clock, as_instant, as_zone, utc_now
from directives_core.directive.evolve import RULES
from directives_core.errors import BadValue
from directives_core.event import Envelope
from directives_core.language import Phrase
from directives_core.log import Log
from directives_core.office.events import ActorRegistered, RegisterCreated, UnitNames, UnitRegistered
from directives_core.policy import Command, DefaultPolicy, Policy
from directives_core.register.actors import ordered, sealed_name
from directives_core.register.loaded import LoadedCache
from directives_core.register.office_cache import OFFICE, OfficeCache
from directives_core.register.session import Session
from directives_core.store import Store

__all__ = ["create"]


def create(
    store: Store, created: RegisterCreated, *, by: Actor | None, clock: Clock | None, policy: Policy | None
) -> None:
    """Write the first events into an empty store, in one commit; without an actor, the register's identity alone.

    Raises:
        BadValue: `by` is not an actor with a name and a unit, or the calendar's country is not known.
        NotAllowed: the actor may not begin a register.
    """
    if by is not None and not isinstance(by, Actor):
        raise BadValue("by", by, expected=Phrase("an Actor: the register knows nobody by id yet"))
    now = as_instant((clock or utc_now)())
    zone = as_zone(created.zone)
    with store.write() as transaction:
        session = Session(transaction, Log(), OfficeCache(), LoadedCache(), now=now, zone=zone)
        today = session.today
        if created.calendar is not None:
            Calendar(created.calendar).is_working(today)
        transaction.set_rules(RULES)
        if by is None:
            nobody = Envelope(actor=INIT, role="office", command_id=created.register_id)
            session.add(OFFICE, created, on=today, envelope=nobody)
            session.flush()
            return
        acting = Acting(by.id, "u1", by.roles)
        role = (policy or DefaultPolicy()).check(acting, Command("create the register"), None, None)
        envelope = Envelope(actor=by.id, role=role, command_id=created.register_id)
        session.add(OFFICE, created, on=today, envelope=envelope)
        session.add(OFFICE, UnitRegistered(unit="u1", names=UnitNames(name=by.unit)), on=today, envelope=envelope)
        actor = ActorRegistered(
            actor=by.id, name=sealed_name(session, by.id, by.name), unit="u1", roles=ordered(by.roles)
        )
        session.add(OFFICE, actor, on=today, envelope=envelope)
        session.flush()
