"""One event for people to read: when it happened, when it was recorded, who did it, what it says, whether it counts."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from directives_cli import terminal
from directives_cli.words import wrap

if TYPE_CHECKING:
    from directives_core.views.history import HistoryEntry

__all__ = ["told"]

_INDENT = " " * 6
_UNITS = ("unit", "units", "members", "successors", "heir", "proposes")  # fields of payloads that carry ids of units


def told(entry: "HistoryEntry", unit_name: Callable[[str], str], *, with_stream: bool = False) -> Iterator[str]:
    """The lines that tell it; `unit_name` calls a unit by its name, by the id that events carry."""
    room = terminal.columns() - len(_INDENT)
    first, *rest = wrap(_headline(entry, with_stream=with_stream), room)
    number = entry.position if with_stream else entry.version
    yield terminal.painted(f"{number:>4}. {first}", bold=entry.effect)
    for line in (*rest, *(line for detail in _details(entry, unit_name) for line in wrap(detail, room))):
        yield _INDENT + line


def _headline(entry: "HistoryEntry", *, with_stream: bool) -> str:
    what = entry.type.partition(".")[2] or entry.type
    about = f"{_called(entry)}: " if with_stream else ""
    recorded = f"recorded {entry.recorded_at:%Y-%m-%d %H:%M}"
    days = entry.late_days
    late = f", {days} day{'s' if days > 1 else ''} late" if days > 0 else ""
    mark = f" — void, by event {entry.void_by}" if entry.void_by else "" if entry.effect else " — without effect"
    return f"{entry.effective_on} {about}{what} ({recorded}{late}){mark}"


def _called(entry: "HistoryEntry") -> str:
    if entry.number is not None:
        return f"D-{entry.number}"
    kind, colon, name = entry.stream.partition(":")
    return f"{kind} {name[:20]}" if colon else kind


def _details(entry: "HistoryEntry", unit_name: Callable[[str], str]) -> Iterator[str]:
    actor = entry.actor
    typed = f", entered by {entry.entered_by}" if entry.entered_by else ""
    yield f"by {actor.name} ({', '.join(filter(None, (actor.role, actor.unit)))}){typed}"
    if said := _said(_named(entry.payload, unit_name)):
        yield said
    if entry.reason:
        yield f"reason: {entry.reason}"
    if entry.source:
        yield "source: " + ", ".join(str(value) for value in entry.source.values() if value)


def _named(value: Any, unit_name: Callable[[str], str], key: str = "") -> Any:
    """The payload with the names of units in the place of their ids."""
    if isinstance(value, dict):
        return {name: _named(inner, unit_name, key if key == "units" else name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, unit_name, key) for inner in value]
    return unit_name(value) if key in _UNITS and isinstance(value, str) else value


def _said(payload: dict[str, Any]) -> str:
    """The payload in one line: what is empty or long is left to --json."""
    return "; ".join(f"{name.replace('_', ' ')}: {_short(value)}" for name, value in payload.items() if _says(value))


def _says(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_says, value.values()))
    return value not in (None, [], "", False)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{key} {_short(inner)}" for key, inner in value.items() if _says(inner)) + ")"
    if isinstance(value, list):
        return ", ".join(_short(inner) for inner in value[:8]) + (", …" if len(value) > 8 else "")
    return "yes" if value is True else str(value)
