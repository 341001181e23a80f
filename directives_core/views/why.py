"""Why a field has its value: the event that set it, as of a moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import structs

from directives_core.directive.evolve import evolve, visible
from directives_core.directive.state import Directive
from directives_core.errors import BadValue, UnknownShare
from directives_core.event import Event
from directives_core.language import Phrase, Word
from directives_core.language.words import WORDS, About
from directives_core.moment import Moment
from directives_core.office.state import Office
from directives_core.views.directive import DirectiveView, ShareView, show_directive
from directives_core.views.history import HistoryEntry

__all__ = ["DIRECTIVE_FIELDS", "SHARE_FIELDS", "Why", "setting_event"]

DIRECTIVE_FIELDS = tuple(
    name for name in DirectiveView.__struct_fields__ if name not in ("number", "version", "shares")
)
SHARE_FIELDS = tuple(name for name in ShareView.__struct_fields__ if name != "share")
_CODED: dict[str, About] = {"status": "status", "timeliness": "timeliness", "kind": "kind", "role": "role"}


@dataclass(frozen=True, slots=True)
class Why:
    """The value of a field at a moment, and the event that set it; as text one sentence."""

    number: int
    share: int | None
    field: str
    value: Any
    entry: HistoryEntry
    moment: Moment

    @property
    def phrase(self) -> Phrase:
        """The sentence that answers."""
        entry = self.entry
        parts = [
            Phrase(
                "{name}: {field} is {value} since {day}, by {type} of {who} ({role}, {unit}), "
                "recorded {instant} at position {position}",
                name=f"D-{self.number}" + (f"/{self.share}" if self.share else ""),
                field=Word(self.field, "field"), value=_said(self.field, self.value), day=entry.effective_on,
                type=Word(entry.type, "event"), who=entry.actor.name, role=Word(entry.actor.role, "role"),
                unit=entry.actor.unit, instant=entry.recorded_at, position=entry.position,
            )
        ]  # fmt: skip
        if entry.reason:
            parts.append(Phrase("because {reason!r}", reason=entry.reason))
        if entry.source:
            parts.append(Phrase("on {source}", source=" ".join(str(v) for v in entry.source.values() if v)))
        return Phrase("{parts}.", parts=Phrase.joined(parts, between=", "))

    def __str__(self) -> str:
        return str(self.phrase)

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape of the command line's JSON."""
        value = self.value
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        return {
            "number": self.number, "share": self.share, "field": self.field, "value": value, "sentence": str(self),
            "event": self.entry.as_json(),
        }  # fmt: skip


def _said(field: str, value: Any) -> object:
    """The value inside a sentence: a code that has a word as that, what is empty as such, all else as it is."""
    if value in (None, (), {}):
        return Phrase("empty")
    about = _CODED.get(field)
    if about and value in WORDS[about]:
        return Word(value, about)
    return value if isinstance(value, dt.date) else str(value)


def setting_event(
    number: int, share: int | None, field: str, events: Sequence[Event], moment: Moment, office: Office
) -> tuple[Event, Any]:
    """The last event that changed the field as it shows at the moment, and the value.

    Raises:
        BadValue: there is no such field.
        UnknownShare: the directive has no such share at the moment.
    """
    known = SHARE_FIELDS if share else DIRECTIVE_FIELDS
    if field not in known:
        raise BadValue("field", field, expected=Phrase("one of {known}", known=", ".join(sorted(known))))
    state: Directive | None = None
    setter: Event | None = None
    value: Any = None
    for event in visible(events, moment.effective_on, moment.position):
        state, _ = evolve(state, event)
        found = None if state is None else _value(number, share, field, state, office, moment)
        if setter is None or found != value:
            setter, value = event, found
    if setter is None or state is None:
        raise ValueError("the directive is not there at this moment")  # the caller has looked
    if share and share not in state.shares:
        raise UnknownShare(number, share, known=list(state.shares))
    return setter, value


def _value(number: int, share: int | None, field: str, state: Directive, office: Office, moment: Moment) -> Any:
    shown = show_directive(number, 0, state, office, moment.effective_on)
    if not share:
        value = getattr(shown, field)
        return structs.asdict(value) if field == "last_report" and value else value
    return next((getattr(each, field) for each in shown.shares if each.share == share), None)
