"""The tables of all registers of a database, of format 2, and what keeps them append-only."""

from typing import Any

from psycopg import Connection

from directives_adapters.postgresql import access
from directives_core.errors import NewerFormat, OlderFormat, RegisterMissing, StoreError
from directives_core.language import Phrase

__all__ = ["APPEND_ONLY", "FORMAT", "OTHER_TYPES", "TABLES", "make_once", "upgrade"]

# Raised with any change of what stands below, with a way from the one before it in `MIGRATIONS`. A register that is
# still being carried over bears it with a minus sign.
FORMAT = 2

# Every name is written with its schema: nothing depends on a search path. Texts compare by their bytes: an index stays
# sound when the operating system's rules of sorting change. `register` leads every key, so that the same tables can be
# spread over many servers.

# `last_day` is the last one from which any row of the timeline counts; before all days where there is none. The head
# row is the lock of its register, and is written with every commit: the room left on its page lets the
# versions of a row replace one another there.
_REGISTERS = """CREATE TABLE directives.registers(
    register text COLLATE "C" PRIMARY KEY,
    format integer NOT NULL,
    position bigint NOT NULL,
    recorded_at bigint NOT NULL,
    directive bigint NOT NULL,
    last_day integer NOT NULL DEFAULT -1000000,
    rules bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20)"""

_EVENTS = """CREATE TABLE directives.events(
    register text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    recorded_at bigint NOT NULL,
    effective_on integer NOT NULL,
    type text COLLATE "C" NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (register, position),
    UNIQUE (register, stream, version)
)"""
_EVENTS_BY_DAY = "CREATE INDEX events_by_day ON directives.events(register, effective_on, position)"
# Meetings, notices, the office and what was retracted are few among many: they are found without reading the others.
OTHER_TYPES = "type NOT LIKE 'directive.%'"
_OTHER_EVENTS = f"CREATE INDEX other_events ON directives.events(register, type, position) WHERE {OTHER_TYPES}"

_TIMELINE = """CREATE TABLE directives.timeline(
    register text COLLATE "C" NOT NULL,
    directive bigint NOT NULL,
    share bigint NOT NULL,
    effective_from integer NOT NULL,
    position bigint NOT NULL,
    unit text COLLATE "C",
    status text COLLATE "C" NOT NULL,
    due_on integer,
    state text NOT NULL,
    PRIMARY KEY (register, directive, share, effective_from, position)
)"""
_CURRENT = """CREATE TABLE directives.current(
    register text COLLATE "C" NOT NULL,
    directive bigint NOT NULL,
    share bigint NOT NULL,
    effective_from integer NOT NULL,
    position bigint NOT NULL,
    unit text COLLATE "C",
    status text COLLATE "C" NOT NULL,
    due_on integer,
    state text NOT NULL,
    PRIMARY KEY (register, directive, share)
) WITH (fillfactor = 70)"""
_CURRENT_BY_STATUS = "CREATE INDEX current_by_status ON directives.current(register, status, unit, due_on)"

_COMMANDS = """CREATE TABLE directives.commands(
    register text COLLATE "C" NOT NULL,
    command_id text COLLATE "C" NOT NULL,
    request_sha256 bytea NOT NULL,
    first_position bigint NOT NULL,
    last_position bigint NOT NULL,
    result text NOT NULL,
    PRIMARY KEY (register, command_id)
)"""

# Several may have one size, such as those signed with different keys: `number` keeps their order.
_CHECKPOINTS = """CREATE TABLE directives.checkpoints(
    register text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    size bigint NOT NULL,
    root bytea NOT NULL,
    rules bigint NOT NULL,
    note text,
    frontier bytea NOT NULL,
    taken_at bigint NOT NULL,
    PRIMARY KEY (register, number)
)"""
_CHECKPOINTS_BY_SIZE = "CREATE INDEX checkpoints_by_size ON directives.checkpoints(register, size, number)"

# A key that was destroyed lies on its page until it is vacuumed: at the next visit instead of once there are many.
_KEYS = """CREATE TABLE directives.keys(
    register text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (register, subject)
) WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0)"""

_LAYOUT = """CREATE TABLE directives.layout(
    one integer PRIMARY KEY CHECK (one = 1),
    format integer NOT NULL
)"""

TABLES = ("registers", "events", "timeline", "current", "commands", "checkpoints", "keys")
APPEND_ONLY = ("events", "timeline", "commands", "checkpoints")

# Refuses the owner and the superuser too; a timeline that is written anew says so for its own transaction. On a Citus
# cluster there are no triggers, and the rights alone refuse.
_REFUSE = """CREATE OR REPLACE FUNCTION directives.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'timeline' AND TG_OP = 'DELETE' AND current_setting('directives.rebuilding', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% are only ever added to: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$"""


def _trigger(table: str) -> str:
    return (
        f"CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON directives.{table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION directives.refuse_change()"
    )


def _always(table: str) -> str:
    return f"ALTER TABLE directives.{table} ENABLE ALWAYS TRIGGER only_added_to"


def _revoked(table: str) -> str:
    return f"REVOKE UPDATE, DELETE, TRUNCATE ON directives.{table} FROM PUBLIC, CURRENT_USER"


STATEMENTS = (
    "CREATE SCHEMA directives",
    _REGISTERS, _EVENTS, _EVENTS_BY_DAY, _OTHER_EVENTS, _TIMELINE, _CURRENT, _CURRENT_BY_STATUS, _COMMANDS,
    _CHECKPOINTS, _CHECKPOINTS_BY_SIZE, _KEYS, _LAYOUT,
    f"INSERT INTO directives.layout(one, format) VALUES (1, {FORMAT})",  # noqa: S608 - a number of ours
    _REFUSE,
    *(statement(table) for table in APPEND_ONLY for statement in (_trigger, _always, _revoked)),
    access.REGISTER_ACCESS,
    *access.policies(TABLES, access.BY_SUBQUERY),
    *access.ROLES,
    *access.rights(),
)  # fmt: skip

# How the tables of each earlier format become those of the next one.
MIGRATIONS: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE directives.registers ADD COLUMN IF NOT EXISTS last_day integer NOT NULL DEFAULT -1000000",
        "ALTER TABLE directives.registers ADD COLUMN rules bigint NOT NULL DEFAULT 0",
        """UPDATE directives.registers SET rules = 1, last_day = coalesce((SELECT max(effective_from)
            FROM directives.timeline WHERE timeline.register = registers.register), last_day)""",
        _OTHER_EVENTS.replace("INDEX", "INDEX IF NOT EXISTS"),
        _CURRENT_BY_STATUS.replace("INDEX", "INDEX IF NOT EXISTS"),
        _REFUSE,
        *access.rights(),
    ),
}

# Asked of the rows of the catalog: names that were looked up before are remembered, also where they were not found.
_THERE = """SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_tables
    WHERE schemaname = 'directives' AND tablename = 'layout')"""
_FORMAT = "SELECT format FROM directives.layout"
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7235431802716446066)"  # the bytes of "directiv", dropped to a bigint


def make_once(connection: Connection[Any], where: str) -> None:
    """Make the tables within the open transaction, unless they are there; several processes may try at once.

    Raises:
        NewerFormat, OlderFormat: another version of this software made them.
        StoreError: the database cannot hold every text.
    """
    encoding = connection.execute("SHOW server_encoding").fetchall()[0][0]
    if encoding != "UTF8":
        raise StoreError(
            Phrase(
                "{where}: this database keeps texts as {encoding}; make one with ENCODING 'UTF8'",
                where=where,
                encoding=encoding,
            )
        )
    if not connection.execute(_THERE).fetchall()[0][0]:
        connection.execute(_ONE_AT_A_TIME)
        if not connection.execute(_THERE).fetchall()[0][0]:
            for statement in STATEMENTS:
                connection.execute(statement.encode())
    found = connection.execute(_FORMAT).fetchall()[0][0]
    if found > FORMAT:
        raise NewerFormat(where, found=found, known=FORMAT)
    if found < FORMAT:
        raise OlderFormat(where, found=found, known=FORMAT)


def upgrade(connection: Connection[Any], where: str) -> int:
    """Bring the tables to today's format within the open transaction; the format that they had.

    Raises:
        RegisterMissing: there are no tables.
        NewerFormat: a newer version of this software made them.
    """
    connection.execute(_ONE_AT_A_TIME)
    if not connection.execute(_THERE).fetchall()[0][0]:
        raise RegisterMissing(where, why=Phrase("the database has no tables for registers"))
    found = int(connection.execute(_FORMAT).fetchall()[0][0])
    if found > FORMAT:
        raise NewerFormat(where, found=found, known=FORMAT)
    for version in range(found, FORMAT):
        for statement in MIGRATIONS[version]:
            connection.execute(statement.encode())
    if found < FORMAT:
        connection.execute("UPDATE directives.layout SET format = %s", (FORMAT,))
        connection.execute("UPDATE directives.registers SET format = sign(format) * %s", (FORMAT,))
    return found
