"""`actor`: who acts in a register."""

from datetime import date
from typing import Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.options import reads, writes
from directives_cli.table_text import Column, table
from directives_cli.terminal import shown
from directives_core.language import day

__all__ = ["actor"]

_ROLES = click.Choice(["office", "chair", "unit", "auditor"])


@click.group()
def actor() -> None:
    """Who acts here: ids of the office's choice, with sealed names, units and roles."""


@actor.command()
@click.argument("id_", metavar="ID")
@click.option("--name", required=True, help="The person's name; it is kept sealed.")
@click.option("--unit", required=True, help="The unit that the person acts for.")
@click.option("--role", "roles", multiple=True, required=True, type=_ROLES, help="May be given several times.")
@writes
def add(asked: Write, id_: str, name: str, unit: str, roles: tuple[Any, ...]) -> None:
    """Register somebody who acts here. The first actor needs no --by, and brings the unit along."""
    asked.once(
        lambda register, how: register.add_actor(
            id_,
            name=name,
            unit=asked.unit(register, unit),
            roles=list(roles),
            **how,
        )
    )


@actor.command()
@click.argument("id_", metavar="ID")
@click.option("--name", help="The new name.")
@click.option("--unit", help="The new unit.")
@click.option("--role", "roles", multiple=True, type=_ROLES, help="All roles from now on.")
@writes
def change(asked: Write, id_: str, name: str | None, unit: str | None, roles: tuple[Any, ...]) -> None:
    """Record another name, unit or roles of an actor; what is not given stays."""
    asked.once(
        lambda register, how: register.change_actor(
            id_,
            name=name,
            unit=asked.unit(register, unit) if unit else None,
            roles=list(roles) or None,
            **how,
        )
    )


@actor.command()
@click.argument("id_", metavar="ID")
@writes
def end(asked: Write, id_: str) -> None:
    """Record that from --effective-on on the actor no longer acts here."""
    asked.once(lambda register, how: register.end_actor(id_, **how))


@actor.command("list")
@reads
def list_(asked: Read) -> None:
    """Who acts here, or did."""
    with asked.view() as (register, view):
        actors = register.actors()
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "actors": actors})
        return
    columns = (Column("id"), Column("name"), Column("unit", grows=True), Column("roles"), Column("ended"))
    rows = [
        (
            each["id"],
            each["name"],
            each["unit"]["name"],
            ", ".join(shown(role, "role") for role in each["roles"]),
            day(date.fromisoformat(each["ended_on"])) if each["ended_on"] else "",
        )
        for each in actors
    ]
    for line in table(columns, rows):
        say(line)
