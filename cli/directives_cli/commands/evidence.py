"""`evidence`: an answer with the proof that it rests on, in one file to give away."""

from pathlib import Path
from typing import Any

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.asking import Read
from directives_cli.filters import filters, unit_meant
from directives_cli.numbers import read_numbers
from directives_cli.options import reads
from directives_core.language import _, spoken

__all__ = ["evidence"]


@click.command()
@click.argument("out", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.argument("n", metavar="[N]", required=False)
@click.option("--partial", is_flag=True, help="Hold the records of these directives only: omission cannot be detected.")
@click.option(
    "--keys", metavar="FILE", type=click.Path(path_type=Path), envvar="DIRECTIVES_KEYS",
    help="The key file; else DIRECTIVES_KEYS. Public keys alone go into the pack.",
)  # fmt: skip
@click.option(
    "--timestamp", metavar="URL", envvar="DIRECTIVES_TIMESTAMP",
    help="A time stamp authority (RFC 3161) that stamps the note; else DIRECTIVES_TIMESTAMP.",
)  # fmt: skip
@filters
@reads
def evidence(
    asked: Read, out: Path, n: str | None, partial: bool, keys: Path | None, timestamp: str | None, **chosen: Any
) -> None:
    """Write the directives N, or all, that fit every filter, as of a moment, with every record and proof.

    A verifier in plain Python lies beside them.

    A checkpoint is taken. Unpack it and run `python3 verify.py`, or `python3 verify.py OUT.zip`.
    """
    from directives_adapters.evidence import write_pack
    from directives_adapters.timestamps import TimeStampServer
    from directives_core.proof.keyfile import KeyFile

    file = KeyFile(keys) if keys else None
    with asked.whole() as (register, view):
        if file is not None:
            register.sign_with(file)
        if timestamp is not None:
            register.stamp_with(TimeStampServer(timestamp))
        chosen |= {
            "unit": unit_meant(view, chosen["unit"]),
            "numbers": sorted({register.number_of(each) for each in read_numbers(n)}) if n else None,
        }
        taken = write_pack(register, out, view, partial=partial, keys=file.verifiers if file else (), **chosen)
    for warning in taken.warnings:
        aside(_("warning: {warning}").format(warning=spoken(warning)))
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "file": str(out), "checkpoint": taken.as_json()})
        return
    say(str(out))
    for line in taken.minutes.split("\n"):
        aside(line)
