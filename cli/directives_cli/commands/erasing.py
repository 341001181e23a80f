"""`erase`: a name that must not be kept any longer."""

import click

from directives_cli.asking import Write
from directives_cli.options import writes

__all__ = ["erase"]


@click.command()
@click.argument("subject")
@writes
def erase(asked: Write, subject: str) -> None:
    """Erase the name of SUBJECT, an actor's id: its key is destroyed, for ever, and [erased] is shown in its place.

    Events, proofs and past states stay as they are. Needs --reason.
    """
    asked.once(lambda register, how: register.erase(subject, **how))
