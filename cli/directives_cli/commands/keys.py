"""`key`: the keys that sign the checkpoints of a register, in a file outside of it."""

import datetime as dt
from pathlib import Path

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.options import plain
from directives_cli.place import clock, opened
from directives_cli.terminal import shown
from directives_core.language import _

__all__ = ["key"]

_FILE = click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def key() -> None:
    """The keys that sign checkpoints: kept in a file outside of the register that only its owner may read."""


@key.command()
@_FILE
@click.option("--witness", metavar="NAME", help="Not for this register: a key by which NAME witnesses others.")
@plain
def new(file: Path, witness: str | None, store: str | None, as_json: bool) -> None:
    """Make a key file with one fresh key for the register, and print the public half to give away."""
    from directives_core.proof.keyfile import KeyFile
    from directives_core.proof.notes import COSIGNATURE

    if witness is not None:
        made = KeyFile.create(file, witness, now=_now(), kind=COSIGNATURE)
    else:
        with opened(store) as register:
            made = KeyFile.create(file, register.origin, now=_now())
    if as_json:
        say_json({"keys": [each.as_json() for each in made.read()]})
        return
    say(str(made.verifier))
    aside(_("next: export DIRECTIVES_KEYS={file}; keep a copy of {file} where the register is not").format(file=file))


@key.command()
@_FILE
@_JSON
def rotate(file: Path, as_json: bool) -> None:
    """Put a fresh key in the place of the one in use; what the old one signed still counts."""
    from directives_core.proof.keyfile import KeyFile

    keys = KeyFile(file)
    verifier = keys.rotate(now=_now())
    if as_json:
        say_json({"keys": [each.as_json() for each in keys.read()]})
        return
    say(str(verifier))


@key.command()
@_FILE
@click.argument("id_", metavar="ID")
@click.option("--reason", metavar="TEXT", required=True, help="Why.")
@_JSON
def revoke(file: Path, id_: str, reason: str, as_json: bool) -> None:
    """Declare the key of this ID worthless: nothing that it signed counts any more."""
    from directives_core.proof.keyfile import KeyFile

    keys = KeyFile(file)
    revoked = keys.revoke(id_, reason=reason, now=_now())
    if as_json:
        say_json({"keys": [each.as_json() for each in keys.read()]})
        return
    say(_("{verifier} revoked").format(verifier=revoked.verifier))
    aside(_("tell everybody who has it; `directives key rotate` makes a fresh one"))


@key.command("list")
@_FILE
@_JSON
def list_(file: Path, as_json: bool) -> None:
    """The public halves of all keys in the file, and which of them count."""
    from directives_core.proof.keyfile import KeyFile

    keys = KeyFile(file).read()
    if as_json:
        say_json({"keys": [each.as_json() for each in keys]})
        return
    for each in keys:
        said = (
            _("{verifier} {state} since {since}")
            if not each.until
            else _("{verifier} {state} since {since} until {until}")
        )
        why = f": {each.reason}" if each.reason else ""
        state = shown(each.state, "key")
        say(said.format(verifier=each.verifier, state=state, since=each.since, until=each.until) + why)


def _now() -> dt.datetime:
    stopped = clock()
    return stopped() if stopped else dt.datetime.now(dt.UTC)
