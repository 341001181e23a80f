"""`erase` and `subjects`: names, and passages of texts, that must not be kept any longer."""

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Write
from directives_cli.numbers import show_numbers
from directives_cli.options import plain, writes
from directives_cli.place import opened
from directives_cli.table_text import Column, table
from directives_core.language import _

__all__ = ["erase", "subjects"]


@click.command()
@click.argument("subject")
@writes
def erase(asked: Write, subject: str) -> None:
    """Erase what is sealed of SUBJECT: an actor's name, or the passages [[SUBJECT: …]] of texts.

    The key is destroyed, for ever, and [erased] is shown in their place. Events, proofs and past states stay as they
    are. Needs --reason. `directives subjects` lists what can be erased.
    """
    asked.once(lambda register, how: register.erase(subject, **how))


@click.command()
@plain
def subjects(store: str | None, as_json: bool) -> None:
    """Of whom something is sealed: names of actors, notices, passages of texts; where it stands, and what is erased."""
    with opened(store) as register:
        found = register.subjects()
    if as_json:
        say_json({"subjects": [each.as_json() for each in found]})
        return
    columns = (Column("subject", grows=True), Column("events"), Column("directives"), Column("state"))
    rows = [
        (each.subject, str(len(each.positions)), show_numbers(each.numbers), _("erased") if each.erased else "")
        for each in found
    ]
    for line in table(columns, rows):
        say(line)
