"""The tables of a register in a SQLite file, of format 1, and what keeps them append-only."""

import sqlite3

from directives_core.errors import DamagedStore

__all__ = ["APPLICATION_ID", "FORMAT", "check", "make"]

# Measured with rows of 400 to 1,200 bytes: batches are slower at 4,096, single commits at 16,384.
_PAGE_BYTES = 8192

# "dirv", at byte 68 of every register; `file` and the opening of a register tell by it what the file is.
APPLICATION_ID = 0x64697276
# At byte 60; raised with any change of what stands below.
FORMAT = 1

_EVENTS = """CREATE TABLE events(
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    effective_on INTEGER NOT NULL,
    type TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE(stream, version)
) STRICT"""

# The position comes along, as the row id: later events up to a day are counted without reading one.
_EVENTS_BY_DAY = "CREATE INDEX events_by_day ON events(effective_on)"

_ROW = """
    directive INTEGER NOT NULL,
    share INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    position INTEGER NOT NULL,
    unit TEXT,
    status TEXT NOT NULL,
    due_on INTEGER,
    state TEXT NOT NULL,
"""
# With row ids: a state can be longer than what a key may hold without a page of its own for the rest, and the narrow
# index beside it is what a moment is found by.
_TIMELINE = f"""CREATE TABLE timeline(
    id INTEGER PRIMARY KEY,{_ROW}    UNIQUE(directive, share, effective_from, position)
) STRICT"""
_CURRENT = f"CREATE TABLE current({_ROW}    PRIMARY KEY(directive, share)\n) STRICT"

_COMMANDS = """CREATE TABLE commands(
    command_id TEXT PRIMARY KEY,
    request_sha256 BLOB NOT NULL,
    first_position INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    result TEXT NOT NULL
) STRICT, WITHOUT ROWID"""

_CHECKPOINTS = """CREATE TABLE checkpoints(
    id INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    rules INTEGER NOT NULL,
    note TEXT,
    frontier BLOB NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT"""
_CHECKPOINTS_BY_SIZE = "CREATE INDEX checkpoints_by_size ON checkpoints(size)"

# Keys lie in the order of their ids and are overwritten where they lie: a row that SQLite moves to another page can
# leave a copy in the free space of the page that it came from.
_KEYS = """CREATE TABLE keys(
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL UNIQUE,
    alive INTEGER NOT NULL,
    key BLOB NOT NULL
) STRICT"""

# One row: the last directive number, and how many keys were destroyed whose bytes the write-ahead log may still hold.
_REGISTER = """CREATE TABLE register(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    directive INTEGER NOT NULL,
    unpurged INTEGER NOT NULL
) STRICT"""

# Also against INSERT OR REPLACE, which deletes without asking the triggers of a deletion.
_FOLLOW = """CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.position <> 1 + (SELECT coalesce(max(position), 0) FROM events)
    OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(ABORT, 'events follow one another without a gap'); END"""
_TIMELINE_STAYS = """CREATE TRIGGER timeline_stays BEFORE INSERT ON timeline
WHEN EXISTS (SELECT 1 FROM timeline WHERE directive = NEW.directive AND share = NEW.share
    AND effective_from = NEW.effective_from AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'a row of the timeline is written once'); END"""
_COMMANDS_STAY = """CREATE TRIGGER commands_stay BEFORE INSERT ON commands
WHEN EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id)
BEGIN SELECT RAISE(ABORT, 'a command is carried out once'); END"""

_CHECKPOINTS_STAY = """CREATE TRIGGER checkpoints_stay BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is kept once'); END"""


def _refusal(table: str, doing: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{doing.lower()} BEFORE {doing} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added to: {doing} is refused'); END"
    )


STATEMENTS = (
    _EVENTS, _EVENTS_BY_DAY, _TIMELINE, _CURRENT, _COMMANDS, _CHECKPOINTS, _CHECKPOINTS_BY_SIZE, _KEYS, _REGISTER,
    _FOLLOW, _TIMELINE_STAYS, _COMMANDS_STAY, _CHECKPOINTS_STAY,
    *(_refusal(table, doing) for table in ("events", "timeline", "commands", "checkpoints")
      for doing in ("UPDATE", "DELETE")),
)  # fmt: skip


def make(connection: sqlite3.Connection) -> None:
    """Turn an empty database into an empty register."""
    # While there is no write-ahead log, so that they stand in the bytes of the file before anybody opens it.
    connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("INSERT INTO register(one, directive, unpurged) VALUES (1, 0, 0)")
    connection.execute("COMMIT")


def check(connection: sqlite3.Connection, where: str) -> None:
    """Refuse a register whose tables or triggers are not those of its format.

    Raises:
        DamagedStore: one of them is missing or was altered.
    """
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    for statement in STATEMENTS:
        if statement not in found:
            name = " ".join(statement.split("(", 1)[0].split()[1:3])
            raise DamagedStore(where, why=f"its {name.lower()} is missing or was altered")
