"""`list` and `show`: directives as of a moment."""

from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.asking import Read
from directives_cli.numbers import read_numbers
from directives_cli.options import reads
from directives_cli.portrait import portrait
from directives_cli.table_text import Column, table
from directives_cli.terminal import colour_of, stands

if TYPE_CHECKING:
    from directives_core import View
    from directives_core.views.directive import DirectiveView

__all__ = ["list_", "listed", "show"]

_STATES = (
    "assigned", "declined", "in-progress", "returned", "awaiting-acceptance", "suspended", "completed", "withdrawn",
    "superseded", "handed-over",
)  # fmt: skip
_TIMELINESS = (
    "no-deadline", "in-time", "due-soon", "overdue", "suspended", "completed-on-time", "completed-late",
    "completed-no-deadline", "closed",
)  # fmt: skip


@click.command("list")
@click.option("--unit", metavar="UNIT", help="Only those in which this unit holds a share; any part of its name.")
@click.option("--status", type=click.Choice(_STATES), metavar="STATE", help=", ".join(_STATES))
@click.option("--timeliness", type=click.Choice(_TIMELINESS), metavar="T", help=", ".join(_TIMELINESS))
@click.option("--notice", metavar="NUMBER", help="Only those of this notice.")
@click.option("--label", metavar="K=V", help="Only those with this label; K alone takes any value.")
@click.option("--find", metavar="TEXT", help="Only those whose words contain this, with or without diacritics.")
@click.option("--after", metavar="N", type=int, help="Only numbers greater than this one, to page on.")
@click.option("--limit", metavar="K", type=click.IntRange(min=1), help="At most so many.")
@reads
def list_(asked: Read, unit: str | None, **filters: Any) -> None:
    """The directives that fit every filter, as of a moment."""
    with asked.view() as (_, view):
        directives = view.directives(unit=_unit(view, unit) if unit else None, **filters)
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "directives": [each.as_json() for each in directives]})
        return
    for line in listed(directives):
        say(line)
    if not directives:
        aside("no directive fits")


def _unit(view: "View", text: str) -> str:
    """The id of the unit that was meant, by the names of the moment; one that has ended is left to the library."""
    from directives_core.errors import UnitEnded
    from directives_core.office.names import guess_unit

    try:
        return guess_unit(view.office, text, on=view.moment.effective_on).id
    except UnitEnded:
        return text


def listed(directives: "list[DirectiveView]") -> list[str]:
    """The lines of a list of directives."""
    columns = (Column("no."), Column("due"), Column("stands"), Column("lead", most=24), Column("order", grows=True))
    rows = [
        (each.name, each.due_on.isoformat() if each.due_on else "", stands(each.timeliness), _leads(each), each.text)
        for each in directives
    ]
    colours = [(None, None, colour_of(each.timeliness), None, None) for each in directives]
    return list(table(columns, rows, colours))


def _leads(directive: "DirectiveView") -> str:
    held = [share.unit.name for share in directive.shares if share.status != "handed-over"]
    names = list(dict.fromkeys(held or [share.unit.name for share in directive.shares]))
    return names[0] if len(names) == 1 else f"{len(names)} units"


@click.command()
@click.argument("n", metavar="N")
@reads
def show(asked: Read, n: str) -> None:
    """Directives with their shares, as of a moment."""
    references = read_numbers(n)
    with asked.view() as (register, view):
        directives = [view[number] for number in dict.fromkeys(map(register.number_of, references))]
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "directives": [each.as_json() for each in directives]})
        return
    for place, directive in enumerate(directives):
        if place:
            say()
        for line in portrait(directive):
            say(line)
