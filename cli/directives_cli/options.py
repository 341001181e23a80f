"""The options that commands share, each written once, and the decorators that put them on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from directives_cli.asking import Read, Write
from directives_cli.pager import paged
from directives_core.language import _

__all__ = ["on_shares", "plain", "reads", "replaces", "several", "writes"]

_HOW: tuple[str, ...] = ("by", "effective_on", "reason", "source", "command_id", "if_version", "entered_by")
_ON = {"on_unit": "unit", "on_all_units": "all_units", "on_period": "period"}

Command = Callable[..., None]
Decorator = Callable[[Command], Command]


def _option(*names: str, help: str, **how: Any) -> Decorator:  # noqa: A002 - click's own word
    return click.option(*names, help=help, **how)


_PLAIN = (
    _option("--store", metavar="URL", help="The register, such as sqlite:///office.db; else DIRECTIVES_STORE."),
    _option("--json", "as_json", is_flag=True, help="Print JSON."),
)
_WRITE = (
    _option("--by", metavar="ID", envvar="DIRECTIVES_ACTOR", help="Who acts; else DIRECTIVES_ACTOR."),
    _option("--effective-on", metavar="DAY", help="The day on which it happened; else today."),
    _option("--reason", metavar="TEXT", help="Why."),
    _option("--source", metavar="DOCUMENT", help="The document that it rests on: its number, or a JSON object."),
    _option("--dry-run", is_flag=True, help="Check and tell everything, write nothing."),
    _option("--command-id", metavar="ID", help="Sent again with the same id, it happens once."),
    _option("--if-version", metavar="V", type=int, help="Refuse if the directive has another version by now."),
    _option("--entered-by", metavar="ID", help="The login that typed it, where another one than --by."),
)
_READ = (
    _option("--as-of", metavar="MOMENT", help="A day, meeting, instant or position; else now."),
    _option("--known-at", metavar="MOMENT", help="What is to count as known: the same, or 'now'."),
    _option("--no-pager", is_flag=True, help="Print long answers on a terminal at once."),
)
_SHARES = (
    _option("--unit", "on_unit", metavar="UNIT", multiple=True, help="Whose share: any part of the unit's name."),
    _option("--all-units", "on_all_units", is_flag=True, help="Every share that the command can act on."),
    _option("--period", "on_period", metavar="P", help="The period of a recurring duty, such as 2021-10."),
)


def _put_on(options: tuple[Decorator, ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def plain(command: Command) -> Command:
    """The options of every command; it gets `store` and `as_json`."""
    return _put_on(_PLAIN, command)


def reads(command: Command) -> Command:
    """The options of every read; the command gets a `Read` first."""

    @wraps(command)
    def called(store: str | None, as_json: bool, no_pager: bool, **given: Any) -> None:
        asked = Read(store, as_json=as_json, as_of=given.pop("as_of"), known_at=given.pop("known_at"))
        endless = given.get("follow", False)  # it would be kept back until it fills a screen
        with paged(not (no_pager or as_json or endless)):
            command(asked, **given)

    return _put_on(_READ + _PLAIN, called)


def writes(command: Command) -> Command:
    """The options of every write; the command gets a `Write` first."""

    @wraps(command)
    def called(store: str | None, as_json: bool, dry_run: bool, **given: Any) -> None:
        how = {name: given.pop(name) for name in _HOW}
        shares = {name: given.pop(option) for option, name in _ON.items() if option in given}
        command(Write(store, as_json=as_json, dry_run=dry_run, how=how, shares=shares), **given)

    return _put_on(_WRITE + _PLAIN, called)


def replaces(command: Command) -> Command:
    """The option --force of a command that makes a file; what is refused without it says that there is one."""

    @wraps(command)
    def called(*given: Any, force: bool, **named: Any) -> None:
        try:
            command(*given, force=force, **named)
        except Exception as error:
            from directives_core.errors import AlreadyThere

            if isinstance(error, AlreadyThere):
                error.add_note(_("--force replaces it"))
            raise

    return _option("--force", is_flag=True, help="Replace a file of this name.")(called)


def on_shares(command: Command) -> Command:
    """The options of a write on shares; to stand above `writes`."""
    return _put_on(_SHARES, command)


def several(command: Command) -> Command:
    """The argument N."""
    return click.argument("n", metavar="N")(command)
