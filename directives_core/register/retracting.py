"""Retracting: one earlier event of a stream becomes void; nothing is deleted."""

import datetime as dt
from collections.abc import Sequence
from typing import get_args

from directives_core.directive.state import WorkState
from directives_core.directive.stream import directive_stream
from directives_core.errors import BadValue, EventVoid, ReasonNeeded, UnitInUse, UnknownEvent
from directives_core.event import Event, Retracted, voids
from directives_core.language import Phrase
from directives_core.office.events import SubjectErased, UnitRegistered
from directives_core.register.loaded import Loaded
from directives_core.register.work import Work
from directives_core.results import Number
from directives_core.timeline import to_days

__all__ = ["end_of_chain", "refuse_if_in_use", "retract", "retracted"]


def retract(work: Work, loaded: Loaded, version: int) -> Number:
    """Add the retraction of one event of a directive."""
    stream = directive_stream(loaded.number)
    payload, on = retracted(work, stream, loaded.events, version)
    role = work.allow(loaded.current, author=loaded.events[version - 1].envelope.actor)
    work.session.add_to_directive(loaded.number, payload, on=on, envelope=work.envelope(role))
    return Number(loaded.number, work.told(len(loaded.events)))


def retracted(work: Work, stream: str, events: Sequence[Event], version: int) -> tuple[Retracted, dt.date]:
    """The retraction of one event, and the day that it stores: that of the event at the end of the chain it names.

    Raises:
        BadValue: a day was given; a retraction has none of its own.
        ReasonNeeded: nothing says why the event was wrong.
        UnknownEvent, EventVoid: there is nothing to retract.
    """
    if work.request.effective_on is not None:
        raise BadValue(
            "effective_on", work.request.effective_on, expected=Phrase("no day: a retraction has none of its own")
        )
    if not work.request.justified:
        raise ReasonNeeded("retract", why=Phrase("say why the event was wrong"))
    if not 1 <= version <= len(events):
        raise UnknownEvent(stream, version, last=len(events))
    void = voids(events)
    if isinstance(end_of_chain(events, version).payload, SubjectErased):
        raise BadValue("version", version, expected=Phrase("another event: what was erased does not come back"))
    if version in void:
        raise EventVoid(stream, version, by_version=void[version])
    return Retracted(version=version), end_of_chain(events, version).effective_on


def refuse_if_in_use(work: Work, event: Event) -> None:
    """Refuse to take back the registration of a unit that actors belong to, or that holds shares.

    Raises:
        UnitInUse: their ids would be left without a name.
    """
    if not isinstance(event.payload, UnitRegistered):
        return
    session, unit = work.session, event.payload.unit
    actors = [each.id for each in session.office(session.today).actors.values() if each.unit == unit]
    rows = session.transaction.rows_where(
        effective_to=to_days(session.today), to_position=session.position, statuses=get_args(WorkState), unit=unit
    )
    numbers = list(dict.fromkeys(row.directive for row in rows))
    if actors or numbers:
        raise UnitInUse(event.payload.names.name, actors=actors, numbers=numbers)


def end_of_chain(events: Sequence[Event], version: int) -> Event:
    """The event that a chain of retractions, beginning at a version, is about in the end."""
    end = events[version - 1]
    while isinstance(end.payload, Retracted):
        end = events[end.payload.version - 1]
    return end
