"""The tables of a register in a SQLite file, of format 3, and what keeps them append-only."""

import sqlite3

from directives_core.errors import DamagedStore
from directives_core.language import Phrase

__all__ = [
    "APPLICATION_ID", "CURRENT", "CURRENT_BY_STATUS", "DAYS", "FORMAT", "LATE_EVENTS", "OF_CURRENT", "OTHER_EVENTS",
    "OTHER_TYPES", "PAGE_BYTES", "REGISTER", "SHARES", "STATEMENTS", "TIMELINE_ANEW", "UNFINISHED_ID", "check",
    "finish", "make",
]  # fmt: skip

# Measured with rows of 400 to 1,200 bytes, of which a commit writes whole pages: at 4,096 a single commit takes a
# twentieth less, a hundred in one commit and reading the whole register a tenth more.
PAGE_BYTES = 8192

# "dirv", at byte 68 of every register; `file` and the opening of a register tell by it what the file is.
APPLICATION_ID = 0x64697276
# "dirp", in the same place while a register is being carried over: nobody takes a part for the whole.
UNFINISHED_ID = 0x64697270
# At byte 60; raised with any change of what stands below, with a way from the one before it in `upgrading`.
FORMAT = 3

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

# Most events happen on the last day that any event before them happened on, or on a later one. Where each such day
# began says how many there are up to a day; only the others, the late ones, are left to be counted.
DAYS = """CREATE TABLE days(
    effective_on INTEGER PRIMARY KEY,
    position INTEGER NOT NULL
) STRICT"""
LATE_EVENTS = """CREATE TABLE late_events(
    effective_on INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY(effective_on, position)
) STRICT, WITHOUT ROWID"""
# Meetings, notices, the office and what was retracted are few among many: they are found without reading the others.
OTHER_TYPES = "type NOT GLOB 'directive.*'"
OTHER_EVENTS = f"CREATE INDEX other_events ON events(type, position) WHERE {OTHER_TYPES}"

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
# The rows that another row took the place of, and late ones: what is current is written once, into `current`, and comes
# here when it is over. With row ids: a state can be longer than what a key may hold without a page of its own for the
# rest, and the narrow index beside it is what a moment is found by.
_TIMELINE = f"""CREATE TABLE timeline(
    id INTEGER PRIMARY KEY,{_ROW}    UNIQUE(directive, share, effective_from, position)
) STRICT"""
# The id orders them by directive, then share, without an index beside the table: a register is read in that order.
SHARES = 2**20
"""How many shares a directive can have: `current.id` is directive * SHARES + share."""
CURRENT = f"""CREATE TABLE current(
    id INTEGER PRIMARY KEY,{_ROW}    CHECK (share BETWEEN 0 AND {SHARES - 1} AND id = directive * {SHARES} + share)
) STRICT"""
# What a directive has beside its shares is never asked for by its status.
CURRENT_BY_STATUS = """CREATE INDEX current_by_status ON current(status, unit, due_on)
WHERE status <> 'absent' AND status <> 'directive'"""

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

OF_CURRENT = -1
"""Stands for the last directive number where that is the greatest in `current`: a new one then changes no page more."""
# One row: the last directive number, the last day from which any row of the timeline counts, the version of the fold
# that wrote it, and how many keys were destroyed whose bytes the write-ahead log may still hold.
REGISTER = """CREATE TABLE register(
    one INTEGER PRIMARY KEY CHECK (one = 1),
    directive INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    rules INTEGER NOT NULL,
    unpurged INTEGER NOT NULL
) STRICT"""

# Also against INSERT OR REPLACE, which deletes without asking the triggers of a deletion. They FAIL rather than ABORT:
# no row was changed yet that would have to be changed back, and SQLite need not keep a journal of each statement.
_FOLLOW = """CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.position <> 1 + (SELECT coalesce(max(position), 0) FROM events)
    OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM events WHERE stream = NEW.stream)
BEGIN SELECT RAISE(FAIL, 'events follow one another without a gap'); END"""
_TIMELINE_STAYS = """CREATE TRIGGER timeline_stays BEFORE INSERT ON timeline
WHEN EXISTS (SELECT 1 FROM timeline WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM timeline WHERE directive = NEW.directive AND share = NEW.share
        AND effective_from = NEW.effective_from AND position = NEW.position)
BEGIN SELECT RAISE(FAIL, 'a row of the timeline is written once'); END"""
_CURRENT_STAYS = """CREATE TRIGGER current_stays BEFORE INSERT ON current
WHEN EXISTS (SELECT 1 FROM current WHERE id = NEW.id)
BEGIN SELECT RAISE(FAIL, 'a current row is there already'); END"""
_CURRENT_PASSES = """CREATE TRIGGER current_passes BEFORE UPDATE ON current
BEGIN
    SELECT RAISE(FAIL, 'a current row gives way to a later one of its share only')
    WHERE NEW.id <> OLD.id OR (NEW.effective_from, NEW.position) <= (OLD.effective_from, OLD.position);
    INSERT INTO timeline(directive, share, effective_from, position, unit, status, due_on, state)
    VALUES (OLD.directive, OLD.share, OLD.effective_from, OLD.position, OLD.unit, OLD.status, OLD.due_on, OLD.state);
END"""
_COMMANDS_STAY = """CREATE TRIGGER commands_stay BEFORE INSERT ON commands
WHEN EXISTS (SELECT 1 FROM commands WHERE command_id = NEW.command_id)
BEGIN SELECT RAISE(FAIL, 'a command is carried out once'); END"""

_CHECKPOINTS_STAY = """CREATE TRIGGER checkpoints_stay BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE id = NEW.id)
BEGIN SELECT RAISE(FAIL, 'a checkpoint is kept once'); END"""
_DAYS_STAY = """CREATE TRIGGER days_stay BEFORE INSERT ON days
WHEN EXISTS (SELECT 1 FROM days WHERE effective_on >= NEW.effective_on)
BEGIN SELECT RAISE(FAIL, 'days begin one after the other'); END"""


def _refusal(table: str, doing: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{doing.lower()} BEFORE {doing} ON {table}\n"
        f"BEGIN SELECT RAISE(FAIL, '{table} are only ever added to: {doing} is refused'); END"
    )


STATEMENTS = (
    _EVENTS, OTHER_EVENTS, DAYS, LATE_EVENTS, _TIMELINE, CURRENT, CURRENT_BY_STATUS, _COMMANDS, _CHECKPOINTS,
    _CHECKPOINTS_BY_SIZE, _KEYS, REGISTER, _FOLLOW, _TIMELINE_STAYS, _CURRENT_STAYS, _CURRENT_PASSES, _COMMANDS_STAY,
    _CHECKPOINTS_STAY, _DAYS_STAY, _refusal("current", "DELETE"),
    *(_refusal(table, doing) for table in ("events", "days", "late_events", "timeline", "commands", "checkpoints")
      for doing in ("UPDATE", "DELETE")),
)  # fmt: skip


_OF_TIMELINE = (
    "CREATE TABLE timeline(", "CREATE TABLE current(", "CREATE INDEX current_", "CREATE TRIGGER timeline_",
    "CREATE TRIGGER current_",
)  # fmt: skip
TIMELINE_ANEW = (
    "DROP TABLE timeline", "DROP TABLE current",
    *(statement for statement in STATEMENTS if statement.startswith(_OF_TIMELINE)),
)  # fmt: skip


def make(connection: sqlite3.Connection, *, unfinished: bool = False) -> None:
    """Turn an empty database into an empty register, or into one that is still to be carried over."""
    # While there is no write-ahead log, so that they stand in the bytes of the file before anybody opens it.
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    connection.execute(f"PRAGMA application_id = {UNFINISHED_ID if unfinished else APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("BEGIN IMMEDIATE")
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("INSERT INTO register(one, directive, last_day, rules, unpurged) VALUES (1, 0, -1000000, 0, 0)")
    connection.execute("COMMIT")


def finish(connection: sqlite3.Connection) -> None:
    """Say of a register that was carried over that it is whole."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def check(connection: sqlite3.Connection, where: str) -> None:
    """Refuse a register whose tables or triggers are not those of its format.

    Raises:
        DamagedStore: one of them is missing or was altered.
    """
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    for statement in STATEMENTS:
        if statement not in found:
            name = " ".join(statement.split("(", 1)[0].split()[1:3])
            raise DamagedStore(where, why=Phrase("its {name} is missing or was altered", name=name.lower()))
