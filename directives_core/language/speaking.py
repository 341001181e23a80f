"""Which language is spoken now, and the catalogue that speaks it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = [
    "CATALOGUES", "LANGUAGES", "_", "current", "known_language", "marked", "ngettext", "pgettext", "speak",
    "speaking", "templates",
]  # fmt: skip

LANGUAGES = ("en", "vi")
CATALOGUES = os.path.join(os.path.dirname(__file__), "catalogues")  # noqa: PTH118, PTH120 - pathlib costs start-up
_spoken: ContextVar[str] = ContextVar("directives_language", default="en")


def current() -> str:
    """The language spoken now: one of `LANGUAGES`, English unless `speaking` says otherwise."""
    return _spoken.get()


def known_language(name: str) -> str | None:
    """The language that a name such as `vi`, `vi-VN` or `vi_VN.UTF-8` asks for; none where it is not one of ours."""
    language = name.strip().replace("-", "_").partition("_")[0].partition(".")[0].partition("@")[0].lower()
    return language if language in LANGUAGES else None


def speak(language: str) -> None:
    """Speak this language from now on, in this thread or task alone; an unknown one is spoken as English."""
    _spoken.set(known_language(language) or "en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside `with`, in this thread or task alone; an unknown one is spoken as English."""
    token = _spoken.set(known_language(language) or "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def _(text: str) -> str:
    """The text in the language spoken now; the text itself where its catalogue has nothing for it."""
    return text if current() == "en" or not text else _catalogue(current()).gettext(text)


def marked(text: str, several: str | None = None) -> str:
    """The text as it is, marked for the catalogues, with its plural if it has one; it is said where it is shown."""
    return text if several is None else several


def ngettext(one: str, several: str, n: int) -> str:
    """The wording for a count of n, in the language spoken now; holding `{n}` where the count stands."""
    if current() == "en":
        return one if n == 1 else several
    return _catalogue(current()).ngettext(one, several, n)


def pgettext(context: str, text: str) -> str:
    """The text in the language spoken now, as it is said in this context."""
    return text if current() == "en" else _catalogue(current()).pgettext(context, text)


@cache
def templates(language: str) -> dict[str, str]:
    """Every text of a language's catalogue that has no context, with its translation; of plurals the one for one."""
    # gettext has no way to list what it read.
    entries = vars(_catalogue(language)).get("_catalog", {})
    plain = {(key[0] if isinstance(key, tuple) else key): text for key, text in entries.items()}
    return {key: text for key, text in plain.items() if key and "\x04" not in key}


@cache
def _catalogue(language: str) -> "NullTranslations":
    # gettext costs a few milliseconds to import, which English need not pay.
    import gettext

    return gettext.translation("directives", CATALOGUES, languages=[language], fallback=True)
