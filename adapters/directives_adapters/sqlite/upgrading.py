"""Bringing a register of an earlier format to that of today, in one commit."""

import sqlite3
from contextlib import closing
from pathlib import Path

from directives_adapters.sqlite import place, schema
from directives_adapters.sqlite.translation import translated

__all__ = ["upgrade"]

_COLUMNS = "directive, share, effective_from, position, unit, status, due_on, state"
# Each event with the last day that any event before it happened on.
_RUN = """SELECT position, effective_on,
        max(effective_on) OVER (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS last
    FROM events"""
_GUARDED = ("events", "timeline", "commands", "checkpoints")
_TRIGGERS_OF_2 = (
    "events_follow", "timeline_stays", "commands_stay", "checkpoints_stay",
    *(f"{table}_no_{doing}" for table in _GUARDED for doing in ("update", "delete")),
)  # fmt: skip

# How the tables of each earlier format become those of the next one.
_MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        "CREATE TEMPORARY TABLE former AS SELECT directive, unpurged FROM register",
        "DROP TABLE register",
        schema.REGISTER,
        """INSERT INTO register(one, directive, last_day, rules, unpurged)
            SELECT 1, directive, coalesce((SELECT max(effective_from) FROM timeline), -1000000), 1, unpurged
            FROM former""",
        f"CREATE TEMPORARY TABLE former_current AS SELECT {_COLUMNS} FROM current",  # noqa: S608 - the columns above
        "DROP TABLE current",
        schema.CURRENT,
        f"""INSERT INTO current(id, {_COLUMNS})
            SELECT directive * {schema.SHARES} + share, {_COLUMNS} FROM former_current""",  # noqa: S608 - as above
        "CREATE INDEX current_by_status ON current(status, unit, due_on)",
        schema.OTHER_EVENTS,
        "DROP TABLE temp.former",
        "DROP TABLE temp.former_current",
    ),
    2: (
        *(f"DROP TRIGGER {trigger}" for trigger in _TRIGGERS_OF_2),
        "DROP INDEX events_by_day",
        schema.DAYS,
        schema.LATE_EVENTS,
        f"INSERT INTO days SELECT effective_on, position FROM ({_RUN}) WHERE last IS NULL OR effective_on > last",  # noqa: S608
        f"INSERT INTO late_events SELECT effective_on, position FROM ({_RUN}) WHERE effective_on < last",  # noqa: S608
        # A row that says otherwise than the current one stays, for `store check` to find both.
        """DELETE FROM timeline WHERE id IN (
            SELECT twice.id FROM current JOIN timeline AS twice USING (directive, share, effective_from, position)
            WHERE twice.unit IS current.unit AND twice.status = current.status AND twice.due_on IS current.due_on
                AND twice.state = current.state)""",
        "DROP INDEX current_by_status",
        schema.CURRENT_BY_STATUS,
        *(statement for statement in schema.STATEMENTS if statement.startswith("CREATE TRIGGER")),
    ),
}


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
            for statement in _MIGRATIONS[version]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
        schema.check(connection, where)
        connection.execute("COMMIT")
    return found
