"""Bringing a register of an earlier format to that of today, in one commit."""

import sqlite3
from contextlib import closing
from pathlib import Path

from directives_adapters.sqlite import place, schema
from directives_adapters.sqlite.translation import translated

__all__ = ["upgrade"]


def upgrade(path: Path) -> int:
    """Make the tables at `path` those of today's format; the format that they had. Nothing that was recorded changes.

    Raises:
        Busy: somebody is writing.
        NewerFormat, NotARegister, RegisterMissing, ReadOnlyStore, DamagedStore: it cannot be upgraded.
    """
    where = str(path)
    real = place.look(path, older=True)
    with translated(where, 0), closing(sqlite3.connect(real, isolation_level=None, timeout=10)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")  # two may try at once: the second one finds it done
        found = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for version in range(found, schema.FORMAT):
            for statement in schema.MIGRATIONS[version]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
        schema.check(connection, where)
        connection.execute("COMMIT")
    return found
