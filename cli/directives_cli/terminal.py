"""What a terminal is like: whether it shows colours, and how wide it is."""

import os
import sys

import click

from directives_core.language import current, word
from directives_core.language.words import About

__all__ = ["colour_of", "columns", "painted", "shown", "stands"]

_NARROW, _USUAL, _WIDEST = 40, 80, 160

# Timeliness is told by a sign and a word; the colour only repeats them.
_SIGNS = {
    "overdue": ("✗", "red"), "due-soon": ("!", "yellow"), "in-time": ("·", "green"), "no-deadline": (" ", None),
    "suspended": ("=", "blue"), "completed-on-time": ("✓", "green"), "completed-late": ("≈", "yellow"),
    "completed-no-deadline": ("✓", None), "closed": ("-", None),
}  # fmt: skip


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """How many columns a table may take: those of the terminal, 80 where there is none."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return _USUAL
    from shutil import get_terminal_size

    return min(max(get_terminal_size((_USUAL, 24)).columns, _NARROW), _WIDEST)


def painted(text: str, colour: str | None = None, *, bold: bool = False) -> str:
    """The text in a colour, where colours are shown and wanted."""
    if not _coloured() or not (colour or bold):
        return text
    return click.style(text, fg=colour, bold=bold or None)


def stands(timeliness: str) -> str:
    """Timeliness with its sign: "✗ overdue", "✗ quá hạn"."""
    return f"{_SIGNS[timeliness][0]} {shown(timeliness, 'timeliness')}"


def shown(code: str, about: About) -> str:
    """A code for people to read: itself in English, where it can be typed again; its word in other languages."""
    return code if current() == "en" else word(code, about)


def colour_of(timeliness: str) -> str | None:
    """The colour that repeats what the sign says."""
    return _SIGNS[timeliness][1]
