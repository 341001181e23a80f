"""A process that carries a register over, and is killed on the way: `python broken_off.py WHEN FROM TO`."""

import os
import signal
import sqlite3
import sys
from pathlib import Path

from directives_adapters import store_module
from directives_adapters.moving import copy_register, import_lines, rebuild_register, upgrade_register
from directives_adapters.sqlite import schema
from directives_core.keeping.carry import copy_store
from directives_core.store import Store
from directives_core.testing import Clock

CLOCK = Clock("2021-12-01T08:00+07:00")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(count: int, done: int, _: int) -> None:
    if done >= count:
        die()


def carry_and_die(source: str, target: str) -> None:
    """Carry everything over, and die before the copy is put in its place."""
    origin = store_module(source).open_store(source)

    def fill(store: Store) -> None:
        copy_store(origin, store, now=CLOCK())
        die()

    store_module(target).create_in_steps(target, fill)  # type: ignore[attr-defined]


def upgrade_and_die(url: str) -> None:
    """Change all tables, and die before the change is kept."""
    check = schema.check

    def check_and_die(connection: sqlite3.Connection, where: str) -> None:
        check(connection, where)
        die()

    schema.check = check_and_die
    upgrade_register(url)


def main(when: str, source: str, target: str) -> None:
    if when == "carried":
        carry_and_die(source, target)
    elif when == "upgrade":
        upgrade_and_die(source)
    elif when.startswith("rebuild"):
        rebuild_register(source, progress=lambda done, _: die_at(int(when.removeprefix("rebuild-")), done, _))
    elif source.endswith(".jsonl"):
        import_lines(Path(source), target, clock=CLOCK, progress=lambda done, _: die_at(int(when), done, _))
    else:
        copy_register(source, target, clock=CLOCK, progress=lambda done, _: die_at(int(when), done, _))


if __name__ == "__main__":
    main(*sys.argv[1:])
