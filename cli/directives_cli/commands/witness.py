"""`witness`: a second office signs that a log continues the one that it saw last."""

import datetime as dt
from pathlib import Path

import click

from directives_cli.answers import aside, say
from directives_cli.options import plain
from directives_cli.place import clock, opened
from directives_core.language import _

__all__ = ["witness"]

_PATH = click.Path(path_type=Path)


@click.group()
def witness() -> None:
    """A second office that signs notes: request, sign, keep."""


@witness.command()
@click.option("--since", metavar="SIZE", type=click.IntRange(min=0), default=0, help="The size that it saw last.")
@plain
def request(since: int, store: str | None, as_json: bool) -> None:
    """Print what a witness needs to sign the newest checkpoint (C2SP tlog-witness): send it there.

    The note is signed with the key file that DIRECTIVES_KEYS names.
    """
    from directives_cli.answers import say_json

    with opened(store) as register:
        text = register.witness_request(since=since)
    if as_json:
        say_json({"request": text})
        return
    say(text.rstrip("\n"))


@witness.command()
@click.argument("file", metavar="REQUEST", type=_PATH)
@click.option("--keys", metavar="FILE", type=_PATH, required=True, help="The key file of the witness.")
@click.option("--key", "trusted", metavar="KEY", multiple=True, required=True, help="The register's verifier key.")
@click.option("--last", metavar="FILE", type=_PATH, required=True, help="The note signed last; replaced by the new.")
def sign(file: Path, keys: Path, trusted: tuple[str, ...], last: Path) -> None:
    """Check that the log continues the one in --last, sign the note, and print it. Exit code 4 where it does not."""
    from directives_core.proof.keyfile import KeyFile
    from directives_core.proof.notes import VerifierKey
    from directives_core.proof.witness import witness as signed

    stopped = clock()
    now = stopped() if stopped else dt.datetime.now(dt.UTC)
    note = signed(
        file.read_text(encoding="utf-8"), last=last.read_text(encoding="utf-8") if last.exists() else None,
        keys=[VerifierKey.read(each) for each in trusted], signer=KeyFile(keys), second=int(now.timestamp()),
    )  # fmt: skip
    made = last.with_name(f".{last.name}.new")
    made.write_text(note, encoding="utf-8")
    made.replace(last)
    say(note.rstrip("\n"))
    aside(_("send it back; the office keeps it with `directives witness keep`"))


@witness.command()
@click.argument("file", metavar="NOTE", type=_PATH)
@plain
def keep(file: Path, store: str | None, as_json: bool) -> None:
    """Keep the signatures that a witness put below a note of this register."""
    from directives_cli.answers import say_json

    with opened(store) as register:
        kept = register.keep_signatures(file.read_text(encoding="utf-8"))
    if as_json:
        say_json(kept.as_json())
        return
    say((kept.note or "").rstrip("\n"))
