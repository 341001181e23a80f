"""What happened, event by event: who, when (twice), why, on which document, and whether it counts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directives_core.directive.acting import Acted
from directives_core.directive.evolve import fold, visible
from directives_core.event import Event, Retracted, voids
from directives_core.keyring import keys_at_hand
from directives_core.office.events import ActorChanged, ActorRegistered
from directives_core.office.state import Office
from directives_core.sealed import Sealed, open_sealed
from directives_core.store import ReadTransaction
from directives_core.values import plain

__all__ = ["ActorView", "HistoryEntry", "Names", "entries_of"]


@dataclass(frozen=True, slots=True)
class ActorView:
    """Who acted, by the name of then, `[erased]` or `[key not here]`, the unit, and the role used."""

    id: str
    name: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event as people read it.

    `void_by` is the version of the retraction that voids it, in the same stream. `effect` says whether it acts on
    anything in the state of now: void events and those that find nothing to act on do not.
    """

    position: int
    stream: str
    version: int
    type: str
    recorded_at: dt.datetime
    effective_on: dt.date
    actor: ActorView
    entered_by: str | None
    reason: str | None
    source: dict[str, Any] | None
    command_id: str
    payload: dict[str, Any]
    void_by: int | None
    effect: bool

    @property
    def number(self) -> int | None:
        """The directive that it belongs to, if it is one's."""
        kind, _, number = self.stream.partition(":")
        return int(number) if kind == "directive" else None

    @property
    def late_days(self) -> int:
        """How many days after it happened it was entered, by the calendar of its zone; 0 for a retraction."""
        if self.type == Retracted.type_name:
            return 0
        return (self.recorded_at.date() - self.effective_on).days

    def as_json(self) -> dict[str, Any]:
        """The entry in the shape of the command line's JSON."""
        actor = {"id": self.actor.id, "name": self.actor.name, "unit": self.actor.unit, "role": self.actor.role}
        return {
            "position": self.position, "version": self.version, "type": self.type,
            "recorded_at": self.recorded_at.isoformat(), "effective_on": self.effective_on.isoformat(),
            "actor": actor, "entered_by": self.entered_by, "reason": self.reason, "source": self.source,
            "command_id": self.command_id, "payload": self.payload, "void_by": self.void_by, "effect": self.effect,
        }  # fmt: skip


class Names:
    """Names of actors, opened once each.

    Args:
        transaction: where the keys are.
        office: who the actors are.
    """

    def __init__(self, transaction: ReadTransaction, office: Office) -> None:
        self._office = office
        self._keys = keys_at_hand(transaction, (actor.name.subject for actor in office.actors.values()))
        self._opened: dict[str, str] = {}

    def open(self, sealed: Sealed) -> str:
        """The name, or `[erased]` or `[key not here]`."""
        return open_sealed(sealed, self._keys)

    def actor(self, actor: str) -> str:
        """The name of the actor of this id; the id, where it is not known."""
        if actor not in self._opened:
            known = self._office.actors.get(actor)
            self._opened[actor] = self.open(known.name) if known else actor
        return self._opened[actor]

    def view(self, event: Event) -> ActorView:
        """Who wrote the event."""
        actor = event.envelope.actor
        known = self._office.actors.get(actor)
        unit = self._office.unit_name(known.unit) if known else ""
        return ActorView(actor, self.actor(actor), unit, event.envelope.role)


def entries_of(
    events: Sequence[Event],
    names: Names,
    *,
    zone: dt.tzinfo,
    only: Iterable[int] | None = None,
    acted: Mapping[int, Acted] | None = None,
) -> list[HistoryEntry]:
    """The entries of one stream: all its events known so far, or only those of some versions.

    `acted` is what the events of a directive act on, where that was folded already.
    """
    void = voids(events)
    if acted is None and events and events[0].stream.startswith("directive:"):
        acted = fold(visible(events))[1]
    wanted = None if only is None else set(only)
    return [_entry(event, names, zone, void, acted) for event in events if wanted is None or event.version in wanted]


def _entry(
    event: Event, names: Names, zone: dt.tzinfo, void: Mapping[int, int], acted: Mapping[int, Acted] | None
) -> HistoryEntry:
    envelope = event.envelope
    has_effect = event.version not in void and (
        acted is None or isinstance(event.payload, Retracted) or bool(acted.get(event.version))
    )
    return HistoryEntry(
        position=event.position, stream=event.stream, version=event.version, type=event.payload.type_name,
        recorded_at=event.recorded_at.astimezone(zone), effective_on=event.effective_on, actor=names.view(event),
        entered_by=envelope.entered_by, reason=envelope.reason,
        source=plain(envelope.source) if envelope.source else None,
        command_id=envelope.command_id, payload=_payload(event, names),
        void_by=void.get(event.version), effect=has_effect,
    )  # fmt: skip


def _payload(event: Event, names: Names) -> dict[str, Any]:
    """The payload as JSON, sealed names opened where their key exists, other sealed values left closed."""
    shown: dict[str, Any] = plain(event.payload)
    for field in event.payload.__struct_fields__:
        value = getattr(event.payload, field)
        if isinstance(value, Sealed):
            opens = isinstance(event.payload, ActorRegistered | ActorChanged)
            shown[field] = names.open(value) if opens else "[sealed]"
    return shown
