"""`store` and `import`: checking a register, and carrying it to another place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.commands.servers import distribute, grant, revoke
from directives_cli.options import plain
from directives_cli.place import clock, new_store, store_url
from directives_cli.progress import counter
from directives_cli.words import harmless
from directives_core.language import Phrase, _, ngettext, spoken

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

    with counter(_("checking")) as progress:
        report: CheckReport = check_register(store_url(store), progress=progress)
    if as_json:
        say_json(report.as_json())
    else:
        say(
            _("{events} events, {directives} directives, {rows} rows of the timeline").format(
                events=report.events, directives=report.directives, rows=report.rows
            )
        )
        for problem in report.problems:
            say(harmless(spoken(problem)))
    if not report.ok:
        raise CheckFailed([Phrase.counted("1 problem was found", "{n} problems were found", len(report.problems))])
    aside(_("all is as it was written"))


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option(
    "--keys", is_flag=True, help="Take the keys of sealed names along; else the copy does not show the names."
)
@plain
def copy(store: str | None, as_json: bool, source: str, target: str, keys: bool) -> None:
    """Copy a register to a new place of any kind, byte for byte; the copy is a register that goes on.

    A copy that was broken off is no register yet; the same command goes on from there.
    """
    del store
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
        n = save_keys(url, keys)
        aside(
            ngettext(
                "{n} key saved in {keys}: keep it apart from the backup",
                "{n} keys saved in {keys}: keep them apart from the backup",
                n,
            ).format(n=n, keys=keys)
        )


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
        say(ngettext("{n} key added", "{n} keys added", added).format(n=added))


@store.command()
@plain
def rebuild(store: str | None, as_json: bool) -> None:
    """Compute the states of all directives anew from the log, by the rules of this version; the log is not touched.

    Takes effect at once and whole. Meanwhile the register can be read, and writers wait.
    """
    from directives_adapters.moving import rebuild_register

    with counter("rebuilding") as progress:
        done = rebuild_register(store_url(store), progress=progress)
    if as_json:
        say_json({"directives": done})
    else:
        say(ngettext("{n} directive rebuilt", "{n} directives rebuilt", done).format(n=done))


@store.command()
@plain
def upgrade(store: str | None, as_json: bool) -> None:
    """Bring a register that an older version of this software wrote to the format of today; nothing recorded changes.

    In PostgreSQL it brings all registers of the database along. Make a backup first.
    """
    from directives_adapters.moving import upgrade_register

    told = upgrade_register(store_url(store))
    if as_json:
        say_json({"former": told.former, "format": told.format, "rebuild": told.rebuild})
    elif told.former == told.format:
        say(_("nothing to do: it is of format {format}").format(format=told.format))
    else:
        say(_("brought from format {former} to {format}").format(former=told.former, format=told.format))
    if told.rebuild and not as_json:
        aside(_("next: {command}").format(command="directives store rebuild"))


for command in (distribute, grant, revoke):
    store.add_command(command)


def _copied(source: str, target: str, *, keys: bool, as_json: bool) -> None:
    from directives_adapters.moving import copy_register

    with counter(_("copying")) as progress, _goes_on():
        done = copy_register(store_url(source), new_store(target), clock=clock(), keys=keys, progress=progress)
    tell_carried(done, target, as_json=as_json)


@contextmanager
def _goes_on() -> Iterator[None]:
    """Tell whoever was broken off that nothing has to be done twice."""
    from directives_core.errors import Conflict, StoreFull

    kept = _("what was carried so far is kept: the same command goes on from there")
    try:
        yield
    except (Conflict, StoreFull) as error:
        error.add_note(kept)
        raise
    except KeyboardInterrupt:
        aside(kept)
        raise


def tell_carried(done: int, target: str, *, as_json: bool) -> None:
    """Tell how many events were carried over, and where to."""
    if as_json:
        say_json({"events": done, "target": target})
        return
    say(harmless(target))
    aside(
        ngettext(
            "{n} event, with its position, times and bytes as they were",
            "{n} events, with their positions, times and bytes as they were",
            done,
        ).format(n=done)
    )


@click.command("import")
@click.argument("file", type=_OLD_FILE)
@plain
def import_(store: str | None, as_json: bool, file: Path) -> None:
    """Make a new register, at --store or in this folder, of what `export jsonl` wrote.

    The file is read once before anything is made. An import that was broken off goes on with the same command.
    """
    from directives_adapters.moving import import_lines

    with counter(_("reading")) as progress, _goes_on():
        done = import_lines(file, new_store(store), clock=clock(), progress=progress)
    tell_carried(done, new_store(store), as_json=as_json)
