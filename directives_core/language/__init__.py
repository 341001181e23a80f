"""The language in which people are spoken to: English as the code writes it, others through gettext catalogues.

Codes, JSON keys and stored data never change with it.
"""

from directives_core.language.again import again
from directives_core.language.phrase import Phrase, Word, spoken
from directives_core.language.speaking import (
    LANGUAGES,
    _,
    current,
    known_language,
    marked,
    ngettext,
    pgettext,
    speak,
    speaking,
)
from directives_core.language.words import code_of, sentence_case, title, word
from directives_core.language.writing import day, decimal, instant, long_day, percent

__all__ = [
    "LANGUAGES",
    "Phrase",
    "Word",
    "_",
    "again",
    "code_of",
    "current",
    "day",
    "decimal",
    "instant",
    "known_language",
    "long_day",
    "marked",
    "ngettext",
    "percent",
    "pgettext",
    "sentence_case",
    "speak",
    "speaking",
    "spoken",
    "title",
    "word",
]
