"""Registers in SQLite files: `sqlite:///office.db`."""

from collections.abc import Callable

from directives_adapters.sqlite.place import path_of
from directives_adapters.sqlite.schema import FORMAT
from directives_adapters.sqlite.store import SqliteStore
from directives_adapters.sqlite.upgrading import upgrade
from directives_core.store import Store

__all__ = ["SqliteStore", "create_in_steps", "create_store", "open_store", "upgrade_store"]


def create_store(url: str, fill: Callable[[Store], None]) -> Store:
    """Make the register that a URL names, filled by `fill` before anybody can see it, and open it."""
    path = path_of(url)
    SqliteStore.create(path, fill)
    return SqliteStore(path)


def create_in_steps(url: str, fill: Callable[[Store], None]) -> Store:
    """Make the register that a URL names, or go on with one that was broken off, and open it."""
    path = path_of(url)
    SqliteStore.create_in_steps(path, fill)
    return SqliteStore(path)


def open_store(url: str) -> Store:
    """Open the register that a URL names; nothing is made or changed where there is none."""
    return SqliteStore(path_of(url))


def upgrade_store(url: str) -> tuple[int, int]:
    """Bring the register that a URL names to the format of today; the format that it had, and that of today."""
    return upgrade(path_of(url)), FORMAT
