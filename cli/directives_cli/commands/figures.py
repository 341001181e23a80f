"""`stats`: the table of figures."""

from typing import Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read
from directives_cli.options import reads
from directives_cli.table_text import Column, table

__all__ = ["stats"]

_HEADS = {
    "total": "total", "completed_on_time": "done", "completed_late": "late", "open_in_time": "open",
    "open_overdue": "overdue", "completed_no_deadline": "done*", "open_no_deadline": "open*", "suspended": "susp.",
    "closed": "closed",
}  # fmt: skip


@click.command()
@click.option("--by", type=click.Choice(["unit"]), help="Shares per unit instead of directives.")
@reads
def stats(asked: Read, by: str | None) -> None:
    """The table of figures: completed on time or late, open in time or overdue, the undated apart."""
    with asked.view() as (_, view):
        figures = view.figures(by=by)
    shown: dict[str, Any] = figures.as_json()
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), **shown})
        return
    columns = [Column(shown["counts"], grows=True), *(Column(head, right=True) for head in _HEADS.values())]
    rows = [_row(name or "all", tally.as_json()) for _, name, tally in figures.rows]
    if by:
        rows.append(_row("all", figures.total.as_json()))
    for line in table(columns, rows):
        say(line)
    say("done, late: completed on time, completed late; open: in time; * without a deadline")
    for rate in figures.rates:
        value = "-" if rate.value is None else f"{rate.value:.1%}"
        say(f"{rate.name}: {value} ({rate.numerator} of {rate.denominator} {rate.denominator_is})")


def _row(name: str, tally: dict[str, int]) -> list[str]:
    return [name, *(str(tally[column]) for column in _HEADS)]
