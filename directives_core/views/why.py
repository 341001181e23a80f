"""Why a field has its value: the event that set it, as of a moment."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from directives_core.directive.evolve import evolve, visible
from directives_core.directive.state import Directive
from directives_core.errors import BadValue, UnknownShare
from directives_core.event import Event
from directives_core.moment import Moment
from directives_core.office.state import Office
from directives_core.views.directive import DirectiveView, ShareView, show_directive
from directives_core.views.history import HistoryEntry

__all__ = ["DIRECTIVE_FIELDS", "SHARE_FIELDS", "Why", "setting_event"]

DIRECTIVE_FIELDS = tuple(name for name in DirectiveView.__slots__ if name not in ("number", "version", "shares"))
SHARE_FIELDS = tuple(name for name in ShareView.__slots__ if name != "share")


@dataclass(frozen=True, slots=True)
class Why:
    """The value of a field at a moment, and the event that set it; as text one sentence."""

    number: int
    share: int | None
    field: str
    value: Any
    entry: HistoryEntry
    moment: Moment

    def __str__(self) -> str:
        entry = self.entry
        name = f"D-{self.number}" + (f"/{self.share}" if self.share else "")
        value = "empty" if self.value in (None, (), {}) else self.value
        who = f"{entry.actor.name} ({entry.actor.role}, {entry.actor.unit})"
        recorded = f"recorded {entry.recorded_at:%Y-%m-%d %H:%M} at position {entry.position}"
        parts = [f"{name}: {self.field} is {value} since {entry.effective_on}, by {entry.type} of {who}, {recorded}"]
        if entry.reason:
            parts.append(f"because {entry.reason!r}")
        if entry.source:
            parts.append("on " + " ".join(str(v) for v in entry.source.values() if v))
        return ", ".join(parts) + "."

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape of the command line's JSON."""
        value = self.value
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        return {
            "number": self.number, "share": self.share, "field": self.field, "value": value, "sentence": str(self),
            "event": self.entry.as_json(),
        }  # fmt: skip


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
        raise BadValue("field", field, expected=f"one of {', '.join(sorted(known))}")
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
        return asdict(value) if field == "last_report" and value else value
    return next((getattr(each, field) for each in shown.shares if each.share == share), None)
