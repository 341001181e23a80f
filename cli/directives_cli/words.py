"""Text on its way out: harmless to a terminal, measured in columns, JSON in one form."""

import json
import unicodedata
from functools import lru_cache
from typing import Any

from directives_core.harmless import harmless, harmless_json

__all__ = ["as_json_text", "cut", "harmless", "pad", "plain", "width", "wrap"]


def as_json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON, readable letters kept, control characters escaped."""
    return harmless_json(json.dumps(plain(value), ensure_ascii=False, indent=indent))


def plain(value: Any) -> Any:
    """Days, instants, tuples and mappings in the forms that JSON has."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "as_json"):
        return plain(value.as_json())
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool | float | str):
        return value
    return int(value) if isinstance(value, int) else str(value)


def width(text: str) -> int:
    """How many columns of a terminal the text takes: marks that combine take none, wide characters two."""
    return sum(map(_columns, text))


@lru_cache(maxsize=4096)  # a list of a thousand lines has few letters, a hundred thousand times
def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """The text on one line of at most so many columns; what was cut off is marked by an ellipsis."""
    line = " ".join(harmless(text).split())
    if width(line) <= columns:
        return line
    kept, used = [], 0
    for character in line:
        used += _columns(character)
        if used > columns - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…" if columns > 0 else ""


def pad(text: str, columns: int) -> str:
    """The text filled up with blanks to so many columns."""
    return text + " " * max(0, columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, broken at blanks; a longer word stands alone."""
    lines: list[str] = []
    for paragraph in harmless(text).splitlines():
        line = ""
        for word in paragraph.split():
            if line and width(line) + 1 + width(word) > columns:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return lines
