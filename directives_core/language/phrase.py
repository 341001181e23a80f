"""A sentence that remembers how it was made, so that it can be said again in another language."""

from typing import Any, Self

from directives_core.language.speaking import _

__all__ = ["Phrase", "spoken"]


class Phrase(str):
    """The English sentence, as text; its template and values are kept beside it.

    `Phrase("D-{number} is due on {due}", number=12, due=day)`. A value may itself be a phrase. What is kept or compared
    is the English text; `spoken` gives the sentence in the language of the reader.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Self:
        """Fill the template's fields with the values."""
        phrase = super().__new__(cls, template.format(**values))
        phrase.template, phrase.values = template, values
        return phrase


def spoken(text: object) -> str:
    """A phrase in the language spoken now, with every phrase inside it; anything else as its text.

    An error is spoken by its message.
    """
    if isinstance(text, BaseException) and len(text.args) == 1:
        text = text.args[0]
    if not isinstance(text, Phrase):
        return str(text)
    return _(text.template).format(**{
        name: spoken(value) if isinstance(value, Phrase) else value for name, value in text.values.items()
    })  # fmt: skip
