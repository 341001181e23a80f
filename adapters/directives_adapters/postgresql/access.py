"""Who may do what in the database: roles, rights, and the registers that a role sees.

A right comes from two places, and both are needed: membership of `directives_reader` or `directives_writer` gives the
least privilege on the tables, and a row of `register_access` gives the register. What a role sees follows from the role
that it logged in as and from nothing in its session, so that connections can be shared by a pooler.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, sql

from directives_adapters.postgresql.connections import connect
from directives_adapters.postgresql.place import Place, place_of
from directives_adapters.postgresql.translation import translated
from directives_core.errors import BadValue, RegisterMissing
from directives_core.language import Phrase

__all__ = [
    "BY_FUNCTION", "BY_SUBQUERY", "FUNCTIONS", "POLICY_NAMES", "REGISTER_ACCESS", "ROLES", "grant", "policies",
    "revoke", "rights",
]  # fmt: skip

REGISTER_ACCESS = """CREATE TABLE directives.register_access(
    register text COLLATE "C" NOT NULL,
    role text COLLATE "C" NOT NULL,
    may_write boolean NOT NULL,
    PRIMARY KEY (register, role)
)"""

_MY_ROLES = "SELECT rolname::text FROM pg_catalog.pg_roles WHERE pg_catalog.pg_has_role(oid, 'usage')"


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which a row is seen, written, or, in `register_access`, one's own."""

    seen: str
    written: str
    own: str


# Looked up once for each statement, not once for each row.
BY_SUBQUERY = Conditions(
    "register IN (SELECT granted.register FROM directives.register_access AS granted)",
    "register IN (SELECT granted.register FROM directives.register_access AS granted WHERE granted.may_write)",
    f"role IN ({_MY_ROLES})",
)

# The same for Citus, which takes no subquery in a policy.
BY_FUNCTION = Conditions(
    "directives.is_granted(register, false)", "directives.is_granted(register, true)", "directives.is_mine(role)"
)
FUNCTIONS = (
    f"""CREATE OR REPLACE FUNCTION directives.is_mine(wanted text) RETURNS boolean LANGUAGE sql STABLE
        AS $$ SELECT wanted IN ({_MY_ROLES}) $$""",
    """CREATE OR REPLACE FUNCTION directives.is_granted(wanted text, writing boolean) RETURNS boolean
        LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT 1 FROM directives.register_access
            WHERE register = wanted AND (may_write OR NOT writing)) $$""",
)


POLICY_NAMES = ("seen", "added", "changed", "removed")


def policies(tables: Iterable[str], conditions: Conditions) -> list[str]:
    """The statements by which a role sees, and writes into, the registers that were granted to it and no others."""
    made = [
        "ALTER TABLE directives.register_access ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY own ON directives.register_access FOR SELECT USING ({conditions.own})",
    ]
    for table in tables:
        on = f"ON directives.{table}"
        made += [
            f"ALTER TABLE directives.{table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY seen {on} FOR SELECT USING ({conditions.seen})",
            f"CREATE POLICY added {on} FOR INSERT WITH CHECK ({conditions.written})",
            f"CREATE POLICY changed {on} FOR UPDATE USING ({conditions.written}) WITH CHECK ({conditions.written})",
            f"CREATE POLICY removed {on} FOR DELETE USING ({conditions.written})",
        ]
    return made


# Roles belong to the whole server: another database may have made them, at this very moment even. An owner who may
# make no roles goes without: everything else works, and only other roles than the owner's own need them.
ROLES = tuple(
    f"""DO $$ BEGIN
        CREATE ROLE {role} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
    END $$"""
    for role in ("directives_reader", "directives_writer")
)

_READING = ("GRANT USAGE ON SCHEMA directives TO {}", "GRANT SELECT ON ALL TABLES IN SCHEMA directives TO {}")
_WRITING = (
    "GRANT INSERT ON directives.events, directives.timeline, directives.current, directives.commands TO {}",
    "GRANT INSERT ON directives.checkpoints, directives.keys TO {}",
    "GRANT UPDATE ON directives.current TO {}",
    "GRANT UPDATE (position, recorded_at, directive, last_day, rules) ON directives.registers TO {}",
    "GRANT DELETE ON directives.keys TO {}",
)


def rights() -> list[str]:
    """The statements that give the two roles what they need, where they exist."""
    given = {"directives_reader": _READING, "directives_writer": (*_READING, *_WRITING)}
    return [
        f"DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = '{role}') THEN "  # noqa: S608
        f"{' '.join(f'{each.format(role)};' for each in statements)} END IF; END $$"
        for role, statements in given.items()
    ]


def grant(url: str, role: str, *, write: bool = False) -> None:
    """See the package: let a role read a register, or also write into it."""
    place = place_of(url)
    with _owner(place) as connection, translated(place.where):
        _refuse_unknown(connection, place.register, role, place.where)
        connection.execute(
            "INSERT INTO directives.register_access(register, role, may_write) VALUES (%s, %s, %s) "
            "ON CONFLICT (register, role) DO UPDATE SET may_write = excluded.may_write",
            (place.register, role, write),
        )
        for group in ("directives_reader", "directives_writer")[: 2 if write else 1]:
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(role)))


def revoke(url: str, role: str) -> None:
    """See the package: take from a role what it was granted in a register."""
    place = place_of(url)
    with _owner(place) as connection, translated(place.where):
        # Membership stays: it may serve another register, and without a row of its own it shows nothing.
        connection.execute(
            "DELETE FROM directives.register_access WHERE register = %s AND role = %s", (place.register, role)
        )


@contextmanager
def _owner(place: Place) -> Iterator[Connection[Any]]:
    """A connection in a transaction that is committed at the end of `with`."""
    connection = connect(place)
    try:
        with translated(place.where), connection.transaction():
            yield connection
    finally:
        connection.close()


def _refuse_unknown(connection: Connection[Any], register: str, role: str, where: str) -> None:
    known = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM directives.registers WHERE register = %s), "
        "EXISTS (SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s)",
        (register, role),
    ).fetchall()[0]
    if not known[0]:
        raise RegisterMissing(where)
    if not known[1]:
        raise BadValue("role", role, expected=Phrase("a role of this server; make it with CREATE ROLE"))
