"""Sentences of ours that were kept as their English text, such as a stored warning, said again in another language."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from string import Formatter

from directives_core.language.phrase import Phrase, spoken
from directives_core.language.speaking import current, templates
from directives_core.language.writing import day

__all__ = ["again"]

_DEEPEST = 4
_LEAST_LETTERS = 6
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def again(text: str) -> str:
    """The sentence in the language spoken now, where a template of the catalogue made it; else the text as it is.

    Only for texts that are sentences of ours: what people wrote could look like one.
    """
    return _again(text, 0)


def _again(text: str, depth: int) -> str:
    if current() == "en" or depth > _DEEPEST:
        return str(text)
    if isinstance(text, Phrase):
        return spoken(text)
    if _DAY.match(text):
        try:
            return day(date.fromisoformat(text))
        except ValueError:
            return text
    for template, translated in _candidates(current()):
        if text.startswith(template.partition("{")[0]) and (found := _pattern(template).fullmatch(text)):
            values = {name: _again(value, depth + 1) for name, value in found.groupdict().items()}
            return "".join(_filled(translated, values))
    return text


def _filled(template: str, values: dict[str, str]) -> Iterator[str]:
    for literal, name, _spec, _conversion in Formatter().parse(template):
        yield literal
        if name is not None:
            yield values.get(name, "")


@cache
def _candidates(language: str) -> tuple[tuple[str, str], ...]:
    """The templates that say enough to be known again, with their translations, the most telling first."""
    told = {template: _letters(template) for template in templates(language)}
    enough = (template for template in told if told[template] >= _LEAST_LETTERS or template.startswith("“"))
    best = sorted(enough, key=lambda template: -told[template])
    return tuple((template, templates(language)[template]) for template in best)


def _letters(template: str) -> int:
    try:
        return sum(map(str.isalpha, "".join(literal for literal, *_field in Formatter().parse(template))))
    except ValueError:  # a text with braces that is no template, such as a line of help
        return 0


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pieces, seen = [], set()
    for literal, name, _spec, _conversion in Formatter().parse(template):
        pieces.append(re.escape(literal))
        if name is not None:
            pieces.append(f"(?P={name})" if name in seen else f"(?P<{name}>.+?)")
            seen.add(name)
    return re.compile("".join(pieces), re.DOTALL)
