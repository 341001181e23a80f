"""`stats` and `restate`: the table of figures, the account of a period, and figures that left the house."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import aside, say, say_json, say_moment
from directives_cli.asking import Read
from directives_cli.options import plain, reads
from directives_cli.place import opened
from directives_cli.table_text import Column, table
from directives_cli.terminal import shown
from directives_cli.words import harmless
from directives_core.language import _, current, day, marked, percent, spoken, word

if TYPE_CHECKING:
    from directives_core import Register, View
    from directives_core.figures import Figures

__all__ = ["restate", "stats"]

_HEADS = {
    "total": marked("total"), "completed_on_time": marked("done"), "completed_late": marked("late"),
    "open_in_time": marked("open"), "open_overdue": marked("overdue"), "completed_no_deadline": marked("done*"),
    "open_no_deadline": marked("open*"), "suspended": marked("susp."), "closed": marked("closed"),
}  # fmt: skip


@click.command()
@click.option("--by", "by_", type=click.Choice(["unit", "successor"]), help="Shares per unit, or its successor today.")
@click.option("--from", "from_", metavar="DAY", help="The account of a period, from this day on.")
@click.option("--to", metavar="DAY", help="The last day of the period; else that of the moment.")
@click.option("--publish", metavar="NAME", help="Keep the figures under a name, as they are published.")
@click.option("--actor", metavar="ID", envvar="DIRECTIVES_ACTOR", help="Who publishes; else DIRECTIVES_ACTOR.")
@reads
def stats(
    asked: Read, by_: str | None, from_: str | None, to: str | None, publish: str | None, actor: str | None
) -> None:
    """The table of figures: completed on time or late, open in time or overdue, the undated apart."""
    with asked.whole() as (register, view):
        figures, ageing = view.figures(by=by_), view.ageing()
        period = _period(view, from_, to)
        if publish:
            _publish(register, view, publish, actor)
    if asked.as_json:
        more = {"period": period.as_json()} if period else {}
        say_json({"moment": view.moment.as_json(), **figures.as_json(), "ageing": ageing.as_json(), **more})
        return
    for line in _table(figures, total=by_ is not None):
        say(line)
    say(_("done, late: completed on time, completed late; open: in time; * without a deadline"))
    for rate in figures.rates:
        value = "-" if rate.value is None else percent(rate.value)
        said = _("{name}: {value} ({numerator} of {denominator} {denominator_is})").format(
            name=spoken(rate.name), value=value, numerator=rate.numerator, denominator=rate.denominator,
            denominator_is=spoken(rate.denominator_is),
        )  # fmt: skip
        say(said)
    for line in _counts(ageing.as_json()):
        say(line)
    if period:
        say(_("from {first} to {last}:").format(first=day(period.first), last=day(period.last)))
        for line in _counts({k: v for k, v in period.as_json().items() if isinstance(v, dict)}):
            say(f"  {line}")


def _table(figures: "Figures", *, total: bool) -> Iterator[str]:
    columns = [
        Column(shown(figures.counts, "figure"), grows=True),
        *(Column(head, right=True) for head in _HEADS.values()),
    ]
    rows = [_row(_called(unit, name), tally.as_json()) for unit, name, tally in figures.rows]
    if total:
        rows.append(_row(_("all"), figures.total.as_json()))
    yield from table(columns, rows)


def _called(unit: str | None, name: str | None) -> str:
    """A row by its unit; what has none is called by a word of ours."""
    if unit is not None and name:
        return name
    return _(name) if name else _("all")


def _row(name: str, tally: dict[str, int]) -> list[str]:
    return [name, *(str(tally[column]) for column in _HEADS)]


def _counts(counts: dict[str, Any]) -> Iterator[str]:
    """Counts with the directives behind them."""
    for name, found in counts.items():
        numbers = " ".join(f"D-{number}" for number in found["numbers"][:12])
        more = " …" if found["count"] > 12 else ""
        yield f"{_figure(name)}: {found['count']}" + (f"  {numbers}{more}" if numbers else "")


def _figure(name: str) -> str:
    """What is counted, for people to read."""
    return name.replace("_", " ") if current() == "en" else word(name, "figure")


def _period(view: "View", from_: str | None, to: str | None) -> Any:
    from directives_core.register.how import as_day, as_day_or_none

    if from_ is None:
        if to is not None:
            raise click.UsageError(_("--to ends a period that --from begins; give both"))
        return None
    return view.period(as_day("--from", from_), as_day_or_none("--to", to))


def _publish(register: "Register", view: "View", name: str, actor: str | None) -> None:
    if actor is None:
        raise click.UsageError(_("--publish is a write: give --actor ID, or set DIRECTIVES_ACTOR"))
    day, position = view.moment.effective_on, view.moment.position
    register.publish_figures(name, at=day, known_at=position, by=actor)
    aside(_("published as {name}").format(name=name))


@click.command()
@click.argument("name", required=False)
@plain
def restate(store: str | None, as_json: bool, name: str | None) -> None:
    """Whether figures published as NAME would read differently today, and what explains it; else list the names."""
    with opened(store) as register:
        if name is None:
            _list_published(register.published_figures(), as_json=as_json)
            return
        found = register.restate(name)
    say_moment(found.published_at)
    say_moment(found.known_now)
    if as_json:
        say_json(found.as_json())
        return
    say(_("the figures hold") if found.holds else _("the figures would read differently today:"))
    columns = (Column("row", grows=True), Column("column"), Column("published", right=True), Column("now", right=True))
    rows = [(row, _figure(column), str(old), str(new)) for row, column, old, new in found.differences]
    for line in table(columns, rows):
        say(line)
    for change in found.explained_by:
        say(f"D-{change.number}: {', '.join(shown(kind, 'change') for kind in change.kinds)}")


def _list_published(names: list[str], *, as_json: bool) -> None:
    if as_json:
        say_json({"published": names})
        return
    for name in names:
        say(harmless(name))
