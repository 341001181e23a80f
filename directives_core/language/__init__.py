"""The language in which people are spoken to: English as the code writes it, others through gettext catalogues.

Codes, JSON keys and stored data never change with it.
"""

from directives_core.language.phrase import Phrase, spoken
from directives_core.language.speaking import LANGUAGES, _, current, known_language, ngettext, speaking
from directives_core.language.writing import day, decimal, long_day

__all__ = [
    "LANGUAGES",
    "Phrase",
    "_",
    "current",
    "day",
    "decimal",
    "known_language",
    "long_day",
    "ngettext",
    "speaking",
    "spoken",
]
