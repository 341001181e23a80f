"""`changes`, `agenda`, `undo`: what a meeting could not have known, what the next takes up, what is taken back."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from directives_cli import terminal
from directives_cli.answers import aside, say, say_json_list, say_moment
from directives_cli.asking import Read, Write
from directives_cli.options import plain, reads, writes
from directives_cli.place import opened
from directives_cli.table_text import Column, table
from directives_cli.terminal import shown
from directives_cli.words import cut, harmless
from directives_core.language import Phrase, _, day, ngettext, spoken
from directives_core.language.words import WORDS

if TYPE_CHECKING:
    from directives_core import Register
    from directives_core.results import Written
    from directives_core.views.agenda import AgendaItem
    from directives_core.views.changes import Change, Fact

__all__ = ["agenda", "changes", "undo"]


@click.command()
@click.argument("from_", metavar="FROM")
@click.argument("to", default="now")
@click.option(
    "--kind",
    "change",
    type=click.Choice(list(WORDS["change"])),
    metavar="KIND",
    help="Only changes of this kind, such as extended or fallen-overdue.",
)
@plain
def changes(store: str | None, as_json: bool, from_: str, to: str, change: str | None) -> None:
    """What counts at the moment TO (else now) and did not at FROM: what that meeting could not have known."""
    with opened(store) as register:
        before, after = register.as_of(from_), register.as_of(to)
        found = register.each_change(before, after)
        say_moment(before.moment)
        say_moment(after.moment)
        kept = (each for each in found if change is None or change in each.kinds)
        if as_json:
            answered = after.moment.as_json()
            moments = {"moment": answered, "from": before.moment.as_json(), "to": answered}
            say_json_list(moments, "changes", (each.as_json() for each in kept))
            return
        n = 0
        for n, each in enumerate(kept, 1):  # noqa: B007 - told at the end
            for line in _changed(each):
                say(line)
    aside(ngettext("{n} directive changed", "{n} directives changed", n).format(n=n))


def _changed(change: "Change") -> Iterator[str]:
    room = terminal.columns() - 8
    yield terminal.painted(
        harmless(f"D-{change.number}  {', '.join(shown(kind, 'change') for kind in change.kinds)}"), bold=True
    )
    yield f"  {cut(harmless(change.text), room)}"
    if change.timeliness_before != change.timeliness_after or change.status_before != change.status_after:
        was = _stood(change.status_before, change.timeliness_before)
        now = _stood(change.status_after, change.timeliness_after)
        yield f"  {was} -> {now}"
    for fact in change.facts:
        yield f"  {_fact(fact)}"
    for entry in change.retracted:
        said = _("no longer counts: {type} of {day}")
        yield "  " + said.format(type=shown(entry.type, "event"), day=day(entry.effective_on))


def _fact(fact: "Fact") -> str:
    entry = fact.entry
    said = _("{day} {type} by {name}").format(
        day=day(entry.effective_on), type=shown(entry.type, "event"), name=entry.actor.name
    )
    if fact.late:
        said += _(", entered late on {day}").format(day=day(entry.recorded_at.date()))
    for move in fact.moved:
        said += _("; /{share}: {before} -> {after} ({nth}. extension)").format(
            share=move.share, before=day(move.due_before) or _("no day"), after=day(move.due_after) or _("no day"),
            nth=move.nth,
        )  # fmt: skip
    return harmless(said)


def _stood(status: str | None, timeliness: str | None) -> str:
    if status is None or timeliness is None:
        return _("not there")
    return f"{shown(status, 'status')}, {shown(timeliness, 'timeliness')}"


@click.command()
@click.argument("meeting", required=False)
@click.option("--unit", metavar="UNIT", help="Only the duties of this unit.")
@reads
def agenda(asked: Read, meeting: str | None, unit: str | None) -> None:
    """The open duties by unit at MEETING (else now), with what was promised at the meeting before."""
    from directives_core.views.agenda import agenda_items

    moment = meeting or asked.as_of
    with opened(asked.store) as register:
        view, previous = register.agenda_views(moment, known_at=asked.known_at)
        wanted = register.find_unit(unit, on=view.moment.effective_on).id if unit else None
        say_moment(view.moment)
        if previous:
            aside(_("the meeting before: {previous}").format(previous=spoken(previous.moment)))
        items = agenda_items(view, previous, unit=wanted)
        if asked.as_json:
            moments = {"moment": view.moment.as_json(), "previous": previous.moment.as_json() if previous else None}
            say_json_list(moments, "items", (item.as_json() for item in items))
            return
        for name, held in groupby(items, key=lambda item: item.unit.name):
            say(terminal.painted(harmless(name or _("(no unit)")), bold=True))
            for line in _duties(held):
                say(line)


def _duties(items: "Iterable[AgendaItem]") -> Iterator[str]:
    heads = (Column("duty"), Column("due"), Column("days", right=True), Column("ext.", right=True), Column("promised"))
    rows = [
        [
            f"D-{item.number}/{item.share}", _day(item.due_on),
            "" if item.days_left is None else f"{item.days_left:+d}", str(item.extensions or ""),
            _day(item.promised_on), item.text,
        ]
        for item in items
    ]  # fmt: skip
    return table((*heads, Column("order", grows=True)), rows, indent=2)


def _day(value: Any) -> str:
    return day(value) or "-"


@click.command()
@click.argument("command", required=False)
@click.option("--yes", is_flag=True, help="Also where later events of others lose their effect.")
@writes
def undo(asked: Write, command: str | None, yes: bool) -> None:
    """Take back a command (else the actor's last one) by retracting its events; it can itself be undone."""

    def do(register: "Register", how: dict[str, Any]) -> "Written":
        if "by" not in how:
            return register.undo(command, **how)
        found, entries = register.would_undo(command, by=how["by"])
        for entry in entries:
            name = f"D-{entry.number}" if entry.number else entry.stream
            aside(
                _("takes back event {version} of {name}: {type} of {effective_on}").format(
                    version=entry.version,
                    name=name,
                    type=shown(entry.type, "event"),
                    effective_on=day(entry.effective_on),
                )
            )
        if not yes and not asked.dry_run:
            _refuse_if_others_lose(register, found, how)
        return register.undo(found, **how)

    asked.once(do)


def _refuse_if_others_lose(register: "Register", command: str, how: dict[str, Any]) -> None:
    from directives_core.errors import Refused

    with register.batch(dry_run=True):
        lost = register.undo(command, **{**how, "command_id": None}).without_effect
    if lost:
        for each in lost:
            aside(_("would be lost: {each}").format(each=spoken(each)))
        raise Refused(
            Phrase.counted(
                "1 later event would lose its effect; say --yes to take it back all the same",
                "{n} later events would lose their effect; say --yes to take it back all the same",
                len(lost),
            )
        )
