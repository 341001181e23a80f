"""`list` and `show`: directives as of a moment."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import aside, say, say_json, say_json_list
from directives_cli.asking import Read
from directives_cli.filters import filters, unit_meant
from directives_cli.numbers import read_numbers
from directives_cli.options import reads
from directives_cli.portrait import portrait
from directives_cli.table_text import Column, long_table
from directives_cli.terminal import colour_of, stands
from directives_core.language import _, day, ngettext

if TYPE_CHECKING:
    from directives_core.views.directive import DirectiveView

__all__ = ["list_", "listed", "show"]


@click.command("list")
@filters
@reads
def list_(asked: Read, unit: str | None, **chosen: Any) -> None:
    """The directives that fit every filter, as of a moment."""
    with asked.view() as (_register, view):
        directives = view.each(unit=unit_meant(view, unit), **chosen)
        if asked.as_json:
            say_json_list({"moment": view.moment.as_json()}, "directives", (each.as_json() for each in directives))
            return
        lines = listed(directives)
        first = next(lines, None)
        if first is None:
            aside(_("no directive fits"))
            return
        for line in chain([first], lines):
            say(line)


def listed(directives: "Iterable[DirectiveView]") -> Iterator[str]:
    """The lines of a list of directives; none where there are none."""
    columns = (Column("no."), Column("due"), Column("stands"), Column("lead", most=24), Column("order", grows=True))
    return long_table(
        columns,
        (
            (
                (each.name, day(each.due_on), stands(each.timeliness), _leads(each), each.text),
                (None, None, colour_of(each.timeliness), None, None),
            )
            for each in directives
        ),
    )


def _leads(directive: "DirectiveView") -> str:
    held = [share.unit.name for share in directive.shares if share.status != "handed-over"]
    names = list(dict.fromkeys(held or [share.unit.name for share in directive.shares]))
    return names[0] if len(names) == 1 else ngettext("{n} unit", "{n} units", len(names)).format(n=len(names))


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
