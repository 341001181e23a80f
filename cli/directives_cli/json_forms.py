"""What is wrong with JSON that people corrected by hand: one error, at the first place that does not fit."""

from typing import TYPE_CHECKING

from directives_core.language import Phrase

if TYPE_CHECKING:
    from pydantic import ValidationError

    from directives_core.errors import BadValue

__all__ = ["misfit"]

_SHOWN = 40


def misfit(name: str, error: "ValidationError", *, wanted: Phrase) -> "BadValue":
    """The error for a file of this name; `wanted` says what it should hold."""
    from directives_core.errors import BadValue

    first = error.errors(include_url=False, include_context=False)[0]
    value = first.get("input")
    if first["type"] == "json_invalid":  # the value is the whole file
        text = value.decode("utf-8", errors="replace") if isinstance(value, bytes) else str(value)
        return BadValue(name, text[:_SHOWN], expected=wanted)
    where = ".".join(map(str, (name, *first["loc"])))
    if first["type"] == "missing":
        return BadValue(where, None, expected=Phrase("a value, which is missing"))
    return BadValue(where, value, expected=first["msg"])
