"""What does not fit a type, where, and what would: the words of this library for what the checks of values find."""

import re
from collections.abc import Callable
from typing import Any, Literal, get_args, get_origin, get_type_hints

from directives_core.errors import BadValue
from directives_core.language import Phrase
from directives_core.values import ValidationError

__all__ = ["misfit"]

_PLACE = re.compile(r" - at (?:`(?P<part>key|\.\.\.)` in )?`\$?(?P<path>[^`]*)`\Z")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_TYPES: dict[str, Callable[[], str]] = {
    "str": lambda: Phrase("a text"),
    "int": lambda: Phrase("a whole number"),
    "float": lambda: Phrase("a number"),
    "bool": lambda: Phrase("true or false"),
    "date": lambda: Phrase("a day of the calendar, such as 2021-09-30"),
    "time": lambda: Phrase("an hour, such as 17:00"),
    "array": lambda: Phrase("a list"),
    "object": lambda: Phrase("a mapping of fields"),
}
_WORDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"Invalid RFC3339 encoded date"), lambda _: _TYPES["date"]()),
    (re.compile(r"Invalid RFC3339 encoded time"), lambda _: _TYPES["time"]()),
    (re.compile(r"Expected `(?:int|float)` >= (\S+)"), lambda found: Phrase("at least {least}", least=found[1])),
    (re.compile(r"Expected `(?:int|float)` <= (\S+)"), lambda found: Phrase("at most {most}", most=found[1])),
    (re.compile(r"Expected `str` matching regex (.*)"), lambda said: Phrase("a text of the form {form}", form=said[1])),
    (re.compile(r"Expected `str` of length >= 1"), lambda _: Phrase("a text that is not empty")),
    (
        re.compile(r"Expected `str` of length <= (\d+)"),
        lambda found: Phrase("at most {most} characters", most=found[1]),
    ),
    (re.compile(r"Expected `array` of length >= 1"), lambda _: Phrase("at least one of them")),
    (
        re.compile(r"Expected `(\w+)(?: \| null)?`"),
        lambda found: _TYPES[found[1]]() if found[1] in _TYPES else found[0],
    ),
)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`\Z", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`\Z", re.DOTALL)


def misfit(what: str, error: ValidationError, given: object, model: object = None) -> BadValue:
    """What does not fit and what would.

    Args:
        what: the name of what was given, which the fields within it are named after.
        error: what the check found.
        given: what was given.
        model: the type that it was to be, from which the choices of a field are named.
    """
    said = str(error)
    place = _PLACE.search(said)
    steps = [name or number for name, number in _STEP.findall(place["path"]) if number != "..."] if place else []
    said = said[: place.start()] if place else said
    if missing := _MISSING.match(said):
        return BadValue(".".join((what, *steps, missing["name"])), None, expected=Phrase("a value, which is missing"))
    if unknown := _UNKNOWN.match(said):
        steps.append(unknown["name"])
        return BadValue(".".join((what, *steps)), _at(given, steps), expected=Phrase("no such field"))
    return BadValue(".".join((what, *steps)), _at(given, steps), expected=_expected(said, model, steps))


def _at(given: Any, steps: list[str]) -> Any:
    """What stands at a place of what was given; all of it where that cannot be told."""
    for step in steps:
        try:
            if isinstance(given, dict):
                given = given[step]
            elif step.isdecimal():
                given = given[int(step)]
            else:
                given = getattr(given, step)
        except (LookupError, TypeError, AttributeError):
            return given
    return given


def _expected(said: str, model: object, steps: list[str]) -> str:
    if said.startswith("Invalid enum value") and (choices := _choices(model, steps)):
        return Phrase("one of {choices}", choices=", ".join(map(str, choices)))
    for pattern, words in _WORDS:
        if found := pattern.match(said):
            return words(found)
    return said


def _choices(model: object, steps: list[str]) -> tuple[object, ...]:
    """What a field can be that is one of a few values."""
    if not isinstance(model, type) or not steps:
        return ()
    waiting, found = [get_type_hints(model).get(steps[0])], ()
    while waiting:
        kind = waiting.pop()
        if get_origin(kind) is Literal:
            return get_args(kind)
        waiting += get_args(kind)
    return found
