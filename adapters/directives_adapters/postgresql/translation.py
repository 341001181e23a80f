"""What the driver and the server complain of, said in the words of the library."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from directives_core.errors import (
    BadValue,
    Busy,
    DamagedStore,
    DirectivesError,
    ReadOnlyStore,
    RegisterMissing,
    StoreError,
    StoreFull,
    Unreachable,
)
from directives_core.language import Phrase

__all__ = ["translate", "translated"]

_NO_TABLES = {"42P01", "3F000"}
_FULL = {"53100", "53400"}
# A table, a column or a function is not as it was made, rows contradict one another, or a page cannot be read.
_DAMAGED = {"42703", "42883", "42804", "XX001", "XX002"}
# A node of a Citus cluster that refuses rows sent by COPY says so in words only: the code becomes that of any error.
_REFUSED_BY_A_NODE = re.compile("duplicate key value violates|violates .* constraint")
_LONGER_THAN_AN_INDEX_TAKES = {"54000"}
# Connections that broke, servers that start, stop or fail over, sessions that were ended, rows that were swept away
# under a reader on a standby. `25006`: the server only reads, as one does that was the leader before.
_AWAY = {"25006", "25P03", "25P04", "57014", "53300", "57P01", "57P02", "57P03", "57P05"}
_AWAY_CLASSES = ("08", "40")

# A server that refuses a connection says so in words only: libpq passes no code on. The words are the untranslated
# ones; in another language these refusals come out as `Unreachable`, with the server's words in it.
_NO_DATABASE = re.compile(r'database ".*" does not exist')
_REFUSED = re.compile(
    r"authentication failed|no password supplied|no pg_hba.conf entry|role \".*\" does not exist|permission denied|"
    r"is not permitted to log in|certificate|server does not support SSL|invalid .* value|unsupported startup parameter"
)


@contextmanager
def translated(where: str, waited_seconds: float = 0) -> Iterator[None]:
    """Turn errors of the driver, inside `with`, into those of the library."""
    try:
        yield
    except (psycopg.Error, UnicodeEncodeError) as error:
        raise translate(error, where, waited_seconds) from error


def translate(
    error: psycopg.Error | UnicodeEncodeError, where: str, waited_seconds: float = 0, *, in_doubt: bool = False
) -> DirectivesError:
    """The library's error for one of the driver; `in_doubt` where it came instead of the answer to a commit."""
    if isinstance(error, UnicodeEncodeError):
        return BadValue("text", error.object[error.start : error.end], expected=Phrase("text that UTF-8 can hold"))
    state = error.sqlstate
    if state is None:
        return _without_state(error, where, in_doubt)
    if state == "55P03":
        return Busy(waited_seconds=waited_seconds)
    if state in _AWAY or state.startswith(_AWAY_CLASSES):
        return Unreachable(where, why=_words(error), in_doubt=in_doubt)
    if state == "42501":
        return ReadOnlyStore(where, give=Phrase("the server says: {words}", words=_words(error)))
    return _of_the_data(error, state, where)


def _of_the_data(error: psycopg.Error, state: str, where: str) -> DirectivesError:
    if state in _NO_TABLES:
        return RegisterMissing(where, why=Phrase("the database has no tables for registers"))
    if state in _FULL:
        return StoreFull(where)
    if state.startswith("22"):
        return BadValue(Phrase("text or number"), _words(error), expected=Phrase("what the database can hold"))
    if state in _LONGER_THAN_AN_INDEX_TAKES:
        return BadValue(Phrase("name or id"), _words(error), expected=Phrase("one of at most 2,000 bytes"))
    if state in _DAMAGED or state.startswith("23") or (state == "XX000" and _REFUSED_BY_A_NODE.search(_words(error))):
        return DamagedStore(where, why=_words(error))
    return StoreError(Phrase("{where}: {words}", where=where, words=_words(error)))


def _without_state(error: psycopg.Error, where: str, in_doubt: bool) -> DirectivesError:
    """The driver's own errors, and connections that broke or never came about."""
    words = _words(error)
    if isinstance(error, psycopg.DataError):
        return BadValue("text", words, expected=Phrase("text without NUL bytes"))
    if _NO_DATABASE.search(words):
        return RegisterMissing(where, why=words)
    if _REFUSED.search(words):
        return StoreError(Phrase("{where}: {words}", where=where, words=words))
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return Unreachable(where, why=words, in_doubt=in_doubt)
    return StoreError(Phrase("{where}: {words}", where=where, words=words))


def _words(error: psycopg.Error) -> str:
    """The gist of what the driver says, in one line."""
    words = error.diag.message_primary or str(error)
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
