"""Which events the log is asked for: by actor, type, day of recording and lateness."""

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches

from directives_core.codec import codec
from directives_core.errors import UnknownEventType
from directives_core.event import Event, Retracted

__all__ = ["Logged", "stored_types_of"]

_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Logged:
    """What of the log is wanted; none of a filter is the same as without it. Days are those of the zone."""

    zone: dt.tzinfo
    actor: str | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    late_days: int | None = None

    def fits(self, event: Event) -> bool:
        """Whether the event is wanted."""
        day = event.recorded_at.astimezone(self.zone).date()
        return (
            self.actor in (None, event.envelope.actor)
            and (self.first is None or day >= self.first)
            and (self.last is None or day <= self.last)
            and (self.late_days is None or _is_late(event, day, self.late_days))
        )


def _is_late(event: Event, day: dt.date, late_days: int) -> bool:
    """A retraction has no day of its own, and so is never late."""
    return not isinstance(event.payload, Retracted) and (day - event.effective_on).days >= late_days


def stored_types_of(name: str | None) -> list[str]:
    """The types as they are stored that a person means by `extended`, `directive.extended` or `directive.extended.v1`.

    None means all of them, for which the list is empty.

    Raises:
        UnknownEventType: no event was ever of this type; the error suggests the nearest ones.
    """
    if name is None:
        return []
    stored = codec.stored_types
    if found := [each for each in stored if name in _names_of(each)]:
        return found
    known = list(dict.fromkeys(_names_of(each)[-1] for each in stored))
    spellings = {spelling: _names_of(each)[-1] for each in stored for spelling in _names_of(each)[1:]}
    close = get_close_matches(name.lower(), spellings, n=3, cutoff=_NEAR)
    raise UnknownEventType(name, nearest=list(dict.fromkeys(spellings[each] for each in close)), known=known)


def _names_of(stored: str) -> tuple[str, str, str]:
    """What a stored type may be called, from the longest name to the shortest."""
    name = stored.rpartition(".v")[0]
    return stored, name, name.partition(".")[2] or name
