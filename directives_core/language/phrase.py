"""A sentence that remembers how it was made, so that it can be said again in another language."""

from collections.abc import Iterable
from datetime import date, datetime
from string import Formatter
from typing import Any, Self

from directives_core.language.speaking import _, current, ngettext, speaking
from directives_core.language.words import About, word
from directives_core.language.writing import day, decimal, instant

__all__ = ["Phrase", "Word", "spoken"]


class Phrase(str):
    """The English sentence, as text; its template and values are kept beside it.

    `Phrase("D-{number} is due on {due}", number=12, due=day)`. A value may itself be a phrase, a day, an instant, or a
    list of such. What is kept or compared is the English text; `spoken` gives the sentence in the language of the
    reader. Copied and pickled, a phrase stays one.
    """

    __slots__ = ("several", "template", "values")
    template: str
    several: str | None
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Fill the template's fields with the values."""
        return cls._made(template, None, values)

    @classmethod
    def counted(cls, one: str, several: str, /, n: int, **values: Any) -> Self:
        """The sentence for a count of `n`: the first template for one, the second for any other number."""
        return cls._made(one, several, {"n": n, **values})

    @classmethod
    def joined(cls, parts: Iterable[object], *, between: str = "; ") -> Self:
        """Several sentences, or parts of one, in a row."""
        values = {f"part{place}": part for place, part in enumerate(parts)}
        return cls._made(between.join(f"{{{name}}}" for name in values), None, values)

    @classmethod
    def _made(cls, template: str, several: str | None, values: dict[str, Any]) -> Self:
        chosen = template if several is None or values["n"] == 1 else several
        with speaking("en"):
            phrase = super().__new__(cls, _FILL.vformat(chosen, (), values))
        phrase.template, phrase.several, phrase.values = template, several, values
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.template, self.several, self.values)

    def said(self) -> str:
        """The sentence in the language spoken now, with every phrase inside it."""
        one, several = self.template, self.several
        return _FILL.vformat(_(one) if several is None else ngettext(one, several, self.values["n"]), (), self.values)


class Word(Phrase):
    """A code inside a sentence: itself in English, where it can be typed again; its word in other languages."""

    __slots__ = ("about",)
    about: About | None

    def __new__(cls, code: str, about: About | None = None, /) -> Self:
        """Say what the code is about, where several tables of words have it."""
        made = cls._made("{code}", None, {"code": str(code)})
        made.about = about
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.about)

    def said(self) -> str:
        """The word in the language spoken now."""
        return str(self) if current() == "en" else word(str(self), self.about)


def spoken(text: object) -> str:
    """A phrase in the language spoken now; anything else as its text.

    An error is spoken by its message, and what has a phrase as its attribute `phrase` by that. A phrase whose
    translation does not fit its values is said in English.
    """
    if isinstance(text, BaseException) and len(text.args) == 1 and isinstance(text.args[0], Phrase):
        text = text.args[0]
    text = getattr(text, "phrase", text)
    if not isinstance(text, Phrase):
        return str(text)
    try:
        return text.said()
    except (AttributeError, LookupError, TypeError, ValueError):
        return str(text)


class _Fill(Formatter):
    """Fills fields with what the language spoken now makes of a value."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return super().convert_field(spoken(value) if conversion and isinstance(value, Phrase) else value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Phrase):
            return spoken(value)
        if isinstance(value, list | tuple):
            return ", ".join(self.format_field(each, format_spec) for each in value)
        if isinstance(value, datetime) and format_spec in ("", "seconds"):
            return instant(value, seconds=bool(format_spec))
        if isinstance(value, date) and not format_spec:
            return day(value)
        if format_spec == "," and isinstance(value, int | float):
            return decimal(value)
        return str(super().format_field(value, format_spec))


_FILL = _Fill()


def _again(kind: type[Phrase], template: str, several: str | None, values: dict[str, Any]) -> Phrase:
    return kind._made(template, several, values)
