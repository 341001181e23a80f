"""The filters of lists, written once for every command that takes them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from directives_core import View

__all__ = ["filters", "unit_meant"]

_STATES = (
    "assigned", "declined", "in-progress", "returned", "awaiting-acceptance", "suspended", "completed", "withdrawn",
    "superseded", "handed-over",
)  # fmt: skip
_TIMELINESS = (
    "no-deadline", "in-time", "due-soon", "overdue", "suspended", "completed-on-time", "completed-late",
    "completed-no-deadline", "closed",
)  # fmt: skip

_OPTIONS = (
    click.option("--unit", metavar="UNIT", help="Only those in which this unit holds a share; any part of its name."),
    click.option("--status", type=click.Choice(_STATES), metavar="STATE", help=", ".join(_STATES)),
    click.option("--timeliness", type=click.Choice(_TIMELINESS), metavar="T", help=", ".join(_TIMELINESS)),
    click.option("--notice", metavar="NUMBER", help="Only those of this notice."),
    click.option("--label", metavar="K=V", help="Only those with this label; K alone takes any value."),
    click.option("--find", metavar="TEXT", help="Only those whose words contain this, with or without diacritics."),
    click.option("--after", metavar="N", type=int, help="Only numbers greater than this one, to page on."),
    click.option("--limit", metavar="K", type=click.IntRange(min=1), help="At most so many."),
)


def filters(command: Callable[..., None]) -> Callable[..., None]:
    """The options that choose among directives; those not given are none."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def unit_meant(view: "View", text: str | None) -> Any:
    """The id of the unit that was meant, by the names of the moment; one that has ended is left to the library."""
    from directives_core.errors import UnitEnded
    from directives_core.office.names import guess_unit

    if text is None:
        return None
    try:
        return guess_unit(view.office, text, on=view.moment.effective_on).id
    except UnitEnded:
        return text
