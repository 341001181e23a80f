"""One event for people to read: when it happened, when it was recorded, who did it, what it says, whether it counts."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from directives_cli import terminal
from directives_cli.words import wrap
from directives_core.language import _, again, current, day, instant, ngettext, word
from directives_core.language.words import About

if TYPE_CHECKING:
    from directives_core.views.history import HistoryEntry

__all__ = ["told"]

_INDENT = " " * 6
_OURS = ("warnings", "corrections")  # sentences of ours that events keep
_CODES: dict[str, About] = {"kind": "kind", "rule": "rule", "relation": "relation", "roles": "role", "role": "role"}
_DAYS = ("on", "date", "since")  # and every field whose name ends in _on
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
    what = entry.type.partition(".")[2] or entry.type if current() == "en" else word(entry.type, "event")
    about = f"{_called(entry)}: " if with_stream else ""
    recorded = _("recorded {instant}").format(instant=instant(entry.recorded_at))
    n = entry.late_days
    late = ngettext(", {n} day late", ", {n} days late", n).format(n=n) if n > 0 else ""
    mark = "" if entry.effect else _(" — without effect")
    if entry.void_by:
        mark = _(" — void, by event {version}").format(version=entry.void_by)
    return f"{day(entry.effective_on)} {about}{what} ({recorded}{late}){mark}"


def _called(entry: "HistoryEntry") -> str:
    if entry.number is not None:
        return f"D-{entry.number}"
    kind, _colon, name = entry.stream.partition(":")
    return f"{terminal.shown(kind, 'stream')} {name[:20]}".rstrip()


def _details(entry: "HistoryEntry", unit_name: Callable[[str], str]) -> Iterator[str]:
    actor = entry.actor
    typed = _(", entered by {id}").format(id=entry.entered_by) if entry.entered_by else ""
    role = terminal.shown(actor.role, "role")
    yield _("by {name} ({who})").format(name=actor.name, who=", ".join(filter(None, (role, actor.unit)))) + typed
    if said := _said(_named(entry.payload, unit_name)):
        yield said
    if entry.reason:
        yield _("reason: {reason}").format(reason=entry.reason)
    if entry.source:
        yield _("source: {source}").format(source=", ".join(str(value) for value in entry.source.values() if value))


def _named(value: Any, unit_name: Callable[[str], str], key: str = "") -> Any:
    """The payload with the names of units in the place of their ids."""
    if isinstance(value, dict):
        return {name: _named(inner, unit_name, key if key == "units" else name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_named(inner, unit_name, key) for inner in value]
    return unit_name(value) if key in _UNITS and isinstance(value, str) else value


def _said(payload: dict[str, Any]) -> str:
    """The payload in one line: what is empty or long is left to --json."""
    return "; ".join(f"{_field(name)}: {_short(value, name)}" for name, value in payload.items() if _says(value))


def _field(name: str) -> str:
    return name.replace("_", " ") if current() == "en" else word(name, "field")


def _says(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_says, value.values()))
    return value not in (None, [], "", False)


def _short(value: Any, name: str) -> str:
    if isinstance(value, dict):
        said = (
            f"{key if current() == 'en' else _field(key)} {_short(inner, key)}"
            for key, inner in value.items()
            if _says(inner)
        )
        return f"({', '.join(said)})"
    if isinstance(value, list):
        return ", ".join(_short(inner, name) for inner in value[:8]) + (", …" if len(value) > 8 else "")
    if name in _OURS and isinstance(value, str):
        return again(value)
    if name in _CODES and isinstance(value, str):
        return terminal.shown(value, _CODES[name])
    if (name.endswith("_on") or name in _DAYS) and isinstance(value, str):
        return _day(value)
    return _("yes") if value is True else str(value)


def _day(text: str) -> str:
    """A day of a payload, which has it in its ISO form."""
    return day(date.fromisoformat(text)) if len(text) == len("2021-09-30") else text
