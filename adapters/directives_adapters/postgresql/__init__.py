"""Registers in a PostgreSQL database: `postgresql://host/db?register=nhu-thanh`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from directives_core.errors import StoreError
from directives_core.language import Phrase
from directives_core.store import Store

if TYPE_CHECKING:
    from directives_adapters.postgresql.store import PostgresqlStore

__all__ = ["create_in_steps", "create_store", "distribute", "grant", "open_store", "revoke", "upgrade_store"]


def create_store(url: str, fill: Callable[[Store], None]) -> Store:
    """Make the register that a URL names, filled by `fill` before anybody can see it, and open it.

    The first register of a database brings the tables along.
    """
    kind = _kind()
    kind.create(url, fill)
    return kind(url)


def create_in_steps(url: str, fill: Callable[[Store], None]) -> Store:
    """Make the register that a URL names, or go on with one that was broken off, and open it."""
    kind = _kind()
    kind.create_in_steps(url, fill)
    return kind(url)


def open_store(url: str) -> Store:
    """Open the register that a URL names; nothing is made or changed where there is none."""
    return _kind()(url)


def upgrade_store(url: str) -> tuple[int, int]:
    """Bring the tables of all registers of a database to the format of today; the one they had, and that of today."""
    kind = _kind()
    return kind.upgrade(url), kind.format


def grant(url: str, role: str, *, write: bool = False) -> None:
    """Let a role of the server read the register that a URL names, or also write into it; ask as owner of the tables.

    Raises:
        RegisterMissing: there is no such register.
        BadValue: the server knows no such role.
        ReadOnlyStore: whoever asks may not grant.
    """
    _kind()
    from directives_adapters.postgresql import access

    access.grant(url, role, write=write)


def revoke(url: str, role: str) -> None:
    """Take from a role what `grant` gave it in the register that a URL names; harmless where it had nothing."""
    _kind()
    from directives_adapters.postgresql import access

    access.revoke(url, role)


def distribute(url: str) -> None:
    """Spread the tables of a database over the nodes of its Citus cluster, each register as a whole on one of them.

    The URL names any register of the database; ask as superuser. Harmless where it was done before.

    Raises:
        StoreError: the database lacks the extension.
        RegisterMissing: it has no such register.
    """
    _kind()
    from directives_adapters.postgresql import distributed

    distributed.distribute(url)


def _kind() -> "type[PostgresqlStore]":
    try:
        from directives_adapters.postgresql.store import PostgresqlStore
    except ImportError as error:
        if error.name != "psycopg" and "psycopg" not in str(error) and "pq wrapper" not in str(error):
            raise
        raise StoreError(Phrase("PostgreSQL needs its driver: pip install 'directives[postgresql]'")) from error
    return PostgresqlStore
