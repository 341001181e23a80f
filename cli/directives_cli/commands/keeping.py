"""`store` and `import`: checking a register, and carrying it to another place."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.commands.servers import distribute, grant, revoke
from directives_cli.options import plain
from directives_cli.place import clock, new_store, store_url
from directives_cli.progress import counter
from directives_cli.words import harmless

if TYPE_CHECKING:
    from directives_core.keeping.check import CheckReport

__all__ = ["import_", "store", "tell_carried"]

_NEW_FILE = click.Path(path_type=Path, dir_okay=False)
_OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def store() -> None:
    """The place where a register is kept: checking, carrying, and on a server who may use it."""


@store.command()
@plain
def check(store: str | None, as_json: bool) -> None:
    """Read everything: order, gaps, bytes, and whether the timeline says what a replay says. Exit code 4 if not."""
    from directives_adapters.moving import check_register
    from directives_core.errors import CheckFailed

    with counter("checking") as progress:
        report: CheckReport = check_register(store_url(store), progress=progress)
    if as_json:
        say_json(report.as_json())
    else:
        say(f"{report.events} events, {report.directives} directives, {report.rows} rows of the timeline")
        for problem in report.problems:
            say(harmless(problem))
    if not report.ok:
        raise CheckFailed([f"{len(report.problems)} problems were found"])
    aside("all is as it was written")


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--keys", is_flag=True, help="Take the keys of sealed names along; else the copy shows them as erased.")
@plain
def copy(store: str | None, as_json: bool, source: str, target: str, keys: bool) -> None:
    """Copy a register to a new place of any kind, byte for byte; the copy is a register that goes on."""
    _ = store
    _copied(source, target, keys=keys, as_json=as_json)


@store.command()
@click.argument("file", type=_NEW_FILE)
@click.option("--keys", type=_NEW_FILE, help="Save the keys of sealed names into this file, apart from the backup.")
@plain
def backup(store: str | None, as_json: bool, file: Path, keys: Path | None) -> None:
    """Copy a register in use into a new SQLite file; names stay sealed unless their keys are saved apart."""
    from directives_adapters.moving import save_keys

    url = store_url(store)
    _copied(url, str(file), keys=False, as_json=as_json)
    if keys is not None:
        aside(f"{save_keys(url, keys)} keys saved in {keys}: keep them apart from the backup")


@store.command("add-keys")
@click.argument("file", type=_OLD_FILE)
@plain
def add_keys(store: str | None, as_json: bool, file: Path) -> None:
    """Give a copied register the keys of sealed names that were saved apart."""
    from directives_adapters.moving import add_keys as add

    added = add(store_url(store), file)
    if as_json:
        say_json({"added": added})
    else:
        say(f"{added} keys added")


for command in (distribute, grant, revoke):
    store.add_command(command)


def _copied(source: str, target: str, *, keys: bool, as_json: bool) -> None:
    from directives_adapters.moving import copy_register

    with counter("copying") as progress:
        done = copy_register(store_url(source), new_store(target), clock=clock(), keys=keys, progress=progress)
    tell_carried(done, target, as_json=as_json)


def tell_carried(done: int, target: str, *, as_json: bool) -> None:
    """Tell how many events were carried over, and where to."""
    if as_json:
        say_json({"events": done, "target": target})
        return
    say(harmless(target))
    aside(f"{done} events, with their positions, times and bytes as they were")


@click.command("import")
@click.argument("file", type=_OLD_FILE)
@plain
def import_(store: str | None, as_json: bool, file: Path) -> None:
    """Make a new register, at --store or in this folder, of what `export jsonl` wrote."""
    from directives_adapters.moving import import_lines

    with counter("reading") as progress:
        done = import_lines(file, new_store(store), clock=clock(), progress=progress)
    tell_carried(done, new_store(store), as_json=as_json)
