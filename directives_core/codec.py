"""Event names and bytes: the registry of every type ever stored, and the one place where old forms are read.

Stored data is UTF-8 JSON of `{actor, role, entered_by, command_id, reason, source, attachments, payload}`. A type that
was stored once stays readable for ever: a new form gets the next version, and an upcaster from the old one.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from msgspec.json import Decoder, Encoder

from directives_core.directive.events import DIRECTIVE_EVENTS
from directives_core.errors import UnreadableEvent
from directives_core.event import Envelope, Event, Payload, Retracted
from directives_core.language import Phrase
from directives_core.meeting import MEETING_EVENTS
from directives_core.notice import NOTICE_EVENTS
from directives_core.office.events import OFFICE_EVENTS
from directives_core.store import Record
from directives_core.timeline import from_days, to_days
from directives_core.values import read

__all__ = ["Codec", "Upcaster", "codec"]

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the payload of one version, as parsed JSON, into that of the next."""

P = TypeVar("P")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encode, _parse = Encoder().encode, Decoder().decode


class _Stored(Envelope, Generic[P], kw_only=True):
    """What the bytes of an event say."""

    payload: P


def _stored_with(payload: type[Payload]) -> type[_Stored[Payload]]:
    return _Stored[payload]  # type: ignore[valid-type]  # a class that only running code knows


class Codec:
    """Turns events into records and back.

    Args:
        types: the payload classes that can be stored, each in its newest version.
        upcasters: by (type name, version): how a payload of that version becomes one of the next.

    Raises:
        ValueError: two classes share a name, or a version that was once stored has no way to the newest one.
    """

    def __init__(self, types: Iterable[type[Payload]], upcasters: dict[tuple[str, int], Upcaster]) -> None:
        self._types: dict[str, type[Payload]] = {}
        self._upcasters = dict(upcasters)
        for payload in types:
            if payload.type_name in self._types:
                raise ValueError(f"two event types are called {payload.type_name}")
            self._types[payload.type_name] = payload
        self._check()
        self._readers: dict[str, Callable[[bytes], _Stored[Payload]]] = {}

    def _check(self) -> None:
        for name, payload in self._types.items():
            missing = [v for v in range(1, payload.type_version) if (name, v) not in self._upcasters]
            if missing:
                raise ValueError(f"{name}: no upcaster from version {missing[0]}")
        for name, version in self._upcasters:
            if name not in self._types or version >= self._types[name].type_version:
                raise ValueError(f"the upcaster of {name} from version {version} leads nowhere")

    @property
    def stored_types(self) -> list[str]:
        """Every type that can be read, old versions included, such as `directive.extended.v1`."""
        return [f"{name}.v{v}" for name, cls in self._types.items() for v in range(1, cls.type_version + 1)]

    def encode(self, event: Event) -> Record:
        """The record to be stored."""
        envelope = event.envelope
        stored = _Stored(
            actor=envelope.actor, role=envelope.role, entered_by=envelope.entered_by, command_id=envelope.command_id,
            reason=envelope.reason, source=envelope.source, attachments=envelope.attachments, payload=event.payload,
        )  # fmt: skip
        return Record(
            position=event.position, stream=event.stream, version=event.version,
            recorded_at=to_microseconds(event.recorded_at), effective_on=to_days(event.effective_on),
            type=event.type, data=_encode(stored),
        )  # fmt: skip

    def decode(self, record: Record) -> Event:
        """The event that was stored.

        Raises:
            UnreadableEvent: the type is not known to this version, or the bytes are not what the type says.
        """
        try:
            stored = (self._readers.get(record.type) or self._reader(record))(record.data)
            return Event(
                record.stream, record.version, record.position, from_microseconds(record.recorded_at),
                from_days(record.effective_on),
                Envelope(
                    actor=stored.actor, role=stored.role, entered_by=stored.entered_by, command_id=stored.command_id,
                    reason=stored.reason, source=stored.source, attachments=stored.attachments,
                ),
                stored.payload,
            )  # fmt: skip
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            raise UnreadableEvent(
                record.position, record.type, why=Phrase("its bytes do not fit: {error}", error=error)
            ) from error

    def _reader(self, record: Record) -> Callable[[bytes], _Stored[Payload]]:
        """What reads the bytes of a type; made when the first of them is met."""
        name, _, number = record.type.rpartition(".v")
        newest = self._types.get(name)
        if newest is None or not number.isdecimal() or not 1 <= int(number) <= newest.type_version:
            raise UnreadableEvent(
                record.position, record.type, why=Phrase("the type is not known; upgrade the software")
            )

        def of_old(data: bytes) -> _Stored[Payload]:
            stored = _parse(data)
            for old in range(int(number), newest.type_version):
                stored["payload"] = self._upcasters[name, old](stored["payload"])
            return read(_stored_with(newest), stored)

        reader = Decoder(_stored_with(newest)).decode if record.type == newest.stored_type else of_old
        return self._readers.setdefault(record.type, reader)


def to_microseconds(instant: datetime) -> int:
    """The instant as it is stored: microseconds since 1970-01-01 UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def from_microseconds(microseconds: int) -> datetime:
    """The instant that was stored, in UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def _with_language(payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "settings": {**payload["settings"], "language": None}}


UPCASTERS: dict[tuple[str, int], Upcaster] = {("settings.changed", 1): _with_language}
"""One entry for every version of a type that is no longer the newest."""

codec = Codec((*OFFICE_EVENTS, *NOTICE_EVENTS, *MEETING_EVENTS, *DIRECTIVE_EVENTS, Retracted), UPCASTERS)
"""The codec of everything that this version can read and write; it is checked when it is imported."""
