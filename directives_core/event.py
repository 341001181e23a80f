"""What every event is made of: its payload, the envelope that says who and why, and its place in the log."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal, get_args

from msgspec import Meta, Struct

from directives_core.values import Frozen, FrozenType

__all__ = ["ROLES", "AtLeastOne", "Attachment", "Envelope", "Event", "Payload", "Retracted", "Role", "Source", "voids"]

Role = Literal["chair", "office", "unit", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)


AtLeastOne = Annotated[int, Meta(ge=1)]
"""A number that counts from one."""


class Source(Frozen):
    """The document that an event rests on."""

    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    sha256: str | None = None
    uri: str | None = None


class Attachment(Frozen):
    """A file that belongs to an event; the file stays where the office keeps it."""

    name: str
    size: Annotated[int, Meta(ge=0)]
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class PayloadType(FrozenType):
    """The type of payloads: it gives each its stored name and version."""

    def __new__(
        mcls,
        class_name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        /,
        *,
        name: str = "",
        version: int = 1,
        **how: Any,
    ) -> Any:
        """Make a class of payloads."""
        payload = super().__new__(mcls, class_name, bases, namespace, **how)
        payload.type_name, payload.type_version = name, version
        payload.stored_type = f"{name}.v{version}"
        return payload


class Payload(Frozen, metaclass=PayloadType):
    """What became true. Subclasses give their stable name and version: `class Extended(Payload, name=…, version=…)`.

    `stored_type` is the name under which events of the class are stored, such as `directive.extended.v1`.
    """

    type_name: ClassVar[str]
    type_version: ClassVar[int]
    stored_type: ClassVar[str]


class Retracted(Payload, name="retracted"):
    """One earlier event of the same stream is void from this position on; nothing is deleted.

    A retraction has no day of its own: its `effective_on` is that of the event at the end of the chain it names.
    """

    version: AtLeastOne


class Envelope(Frozen, kw_only=True):
    """Who did it, as what, on whose word, and why; the same for every event.

    `actor` and `entered_by` are ids: names stand in actor events alone.
    """

    actor: str
    role: Role
    entered_by: str | None = None
    command_id: str
    reason: str | None = None
    source: Source | None = None
    attachments: tuple[Attachment, ...] = ()


class Event(Struct, frozen=True, gc=False):
    """One event in its place: `version` counts within its stream, `position` within the register, both from 1."""

    stream: str
    version: int
    position: int
    recorded_at: dt.datetime
    effective_on: dt.date
    envelope: Envelope
    payload: Payload

    @property
    def type(self) -> str:
        """The stored type, such as `directive.extended.v1`."""
        return self.payload.stored_type

    @property
    def fold_key(self) -> tuple[dt.date, int]:
        """The order in which events are folded: by the day they happened, then by position."""
        return self.effective_on, self.position

    @property
    def originator_id(self) -> str:
        """The stream, by the name that the event sourcing package knows."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version, by the name that the event sourcing package knows."""
        return self.version


def voids(events: Sequence[Event], position: int | None = None) -> dict[int, int]:
    """Which events of one stream are void at `position` (none: at the end): version -> version of its retraction.

    An event is void if a retraction at or before the position names it and is not itself void there. `events` stand
    in the order of their versions; a retraction can only name an earlier version, so one walk from the end decides.
    """
    void: dict[int, int] = {}
    for event in reversed(events):
        if position is not None and event.position > position:
            continue
        if isinstance(event.payload, Retracted) and event.version not in void:
            void.setdefault(event.payload.version, event.version)
    return void
