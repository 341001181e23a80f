"""What the driver and the operating system complain of, said in the words of the library."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from directives_core.errors import (
    Busy,
    DamagedStore,
    DirectivesError,
    ReadOnlyStore,
    RegisterMissing,
    StoreClosed,
    StoreError,
    StoreFull,
)
from directives_core.language import Phrase
from directives_core.system_errors import from_system

__all__ = ["translate", "translated"]

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH}


@contextmanager
def translated(where: str, waited_seconds: float) -> Iterator[None]:
    """Turn errors of the driver and of the operating system, inside `with`, into those of the library."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise translate(error, where, waited_seconds) from error


def translate(error: sqlite3.Error | OSError, where: str, waited_seconds: float) -> DirectivesError:
    """The library's error for one of the driver or of the operating system."""
    if isinstance(error, OSError):
        return from_system(error, where)
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's own module: the connection was closed under a transaction
        return StoreClosed(Phrase("{where}: {error}", where=where, error=error))
    primary = code & 0xFF
    if primary in BUSY:
        return Busy(waited_seconds=waited_seconds)
    # The shared-memory file cannot grow: the one write for which SQLite does not say "full" itself.
    if primary == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE:
        return StoreFull(where)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return ReadOnlyStore(where)
    if primary == sqlite3.SQLITE_CANTOPEN:
        return RegisterMissing(where)
    # A table or a column that is not there, and rows that contradict one another, are no fault of the caller's.
    if primary in DAMAGED or primary in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT):
        return DamagedStore(where, why=str(error))
    return StoreError(Phrase("{where}: {error}", where=where, error=error))
