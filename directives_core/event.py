"""What every event is made of: its payload, the envelope that says who and why, and its place in the log."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Attachment", "Envelope", "Event", "Frozen", "Payload", "Retracted", "Role", "Source", "voids"]

Role = Literal["chair", "office", "unit", "auditor"]


class Frozen(BaseModel):
    """A value that cannot change and has no room for what it does not know."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64", defer_build=True
    )


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
    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Payload(Frozen):
    """What became true. Subclasses give their stable name and version: `class Extended(Payload, name=…, version=…)`."""

    type_name: ClassVar[str] = ""
    type_version: ClassVar[int] = 0

    @classmethod
    def __pydantic_init_subclass__(cls, *, name: str = "", version: int = 1, **kwargs: Any) -> None:
        """Give the class its stored type."""
        super().__pydantic_init_subclass__(**kwargs)
        if name:
            cls.type_name, cls.type_version = name, version

    def __init_subclass__(cls, *, name: str = "", version: int = 1, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)  # name and version are read above, once the fields are known

    @classmethod
    def stored_type(cls) -> str:
        """The name under which events of this class are stored, such as `directive.extended.v1`."""
        return f"{cls.type_name}.v{cls.type_version}"


class Retracted(Payload, name="retracted"):
    """One earlier event of the same stream is void from this position on; nothing is deleted.

    A retraction has no day of its own: its `effective_on` is that of the event at the end of the chain it names.
    """

    version: int = Field(ge=1)


class Envelope(Frozen):
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


@dataclass(frozen=True, slots=True)
class Event:
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
        return self.payload.stored_type()

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
