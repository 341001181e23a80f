"""In which language the terminal speaks: --lang, then DIRECTIVES_LANG, then the register's setting, then the locale."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["VARIABLE", "chosen", "known", "of_the_locale", "settle", "spoken_in"]

VARIABLE = "DIRECTIVES_LANG"
_LANGUAGES = ("en", "vi")  # said here too, because help in English imports nothing of the core
_by_hand: ContextVar[bool] = ContextVar("directives_language_by_hand", default=False)


def known(name: str) -> str | None:
    """The language that a name such as `vi`, `vi-VN` or `vi_VN.UTF-8` asks for; none where it is not one of ours."""
    language = name.strip().lower().replace("-", "_").split(".")[0].split("@")[0].split("_")[0]
    return language if language in _LANGUAGES else None


def chosen(typed: Sequence[str]) -> str | None:
    """The language that was chosen by hand: the last --lang of the arguments, else that of the environment."""
    asked = None
    for place, piece in enumerate(typed):
        if piece == "--":
            break
        if piece == "--lang":
            asked = "".join(typed[place + 1 : place + 2])
        elif piece.startswith("--lang="):
            asked = piece.removeprefix("--lang=")
    return (known(asked) if asked else None) or known(os.environ.get(VARIABLE, ""))


def of_the_locale() -> str:
    """The language of the locale, which is the first of LC_ALL, LC_MESSAGES and LANG that is set; else English."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return known(next(filter(None, named), "")) or "en"


@contextmanager
def spoken_in(typed: Sequence[str], *, within: bool = False) -> Iterator[None]:
    """Speak the language that these arguments and the environment ask for; `within` another command, its language."""
    from directives_core.language import current, speaking

    language = chosen(typed)
    token = _by_hand.set(language is not None or (within and _by_hand.get()))
    try:
        with speaking(language or (current() if within else of_the_locale())), _libraries_speak():
            yield
    finally:
        _by_hand.reset(token)


def settle(language: str | None) -> None:
    """Speak the language that the register is set to, where none was chosen by hand."""
    from directives_core.language import speak

    if language is not None and not _by_hand.get():
        speak(language)


@contextmanager
def _libraries_speak() -> Iterator[None]:
    """Let click, which asks gettext's own domain, find its words in our catalogue."""
    from directives_core.language import current
    from directives_core.language.speaking import CATALOGUES

    if current() == "en":
        yield
        return
    import gettext

    domain, named = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("directives", CATALOGUES)
    gettext.textdomain("directives")
    os.environ["LANGUAGE"] = current()
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if named is None:
            os.environ.pop("LANGUAGE", None)
        else:
            os.environ["LANGUAGE"] = named
