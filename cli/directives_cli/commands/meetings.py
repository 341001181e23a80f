"""`meeting`: opened, closed, listed; a closed meeting is a moment to read the register at."""

from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.options import reads, writes
from directives_cli.table_text import Column, table
from directives_core.language import day, instant

if TYPE_CHECKING:
    from directives_core import Register
    from directives_core.register.checkpoints import TakenCheckpoint
    from directives_core.results import Written

__all__ = ["meeting"]


@click.group()
def meeting() -> None:
    """Meetings: what they could see ends when they close."""


@meeting.command("open")
@click.argument("name")
@click.option("--on", metavar="DAY", required=True, help="The day on which it is held; it may lie ahead.")
@click.option("--title", help="What it is about.")
@writes
def open_(asked: Write, name: str, on: str, title: str | None) -> None:
    """Announce a meeting."""
    asked.once(lambda register, how: register.open_meeting(name, on=on, title=title, **how))


@meeting.command()
@click.argument("name")
@click.option("--on", metavar="DAY", help="The day on which it was held; else the day it was opened for, else today.")
@writes
def close(asked: Write, name: str, on: str | None) -> None:
    """Close a meeting; one that was not opened is opened with it.

    A checkpoint is taken, and the lines of it for the minutes are printed.
    """
    taken: list[TakenCheckpoint] = []

    def closed(register: "Register", how: dict[str, Any]) -> "Written":
        result = register.close_meeting(name, on=on, **how)
        taken.extend(each for each in register.checkpoints() if each.size == max(result.positions))
        return result

    asked.once(closed, beside=lambda: {"checkpoint": taken[-1].as_json()} if taken else {})
    if not asked.as_json:
        for line in taken[-1].minutes.split("\n") if taken else ():
            say(line)


@meeting.command("list")
@reads
def list_(asked: Read) -> None:
    """The meetings, by day."""
    with asked.view() as (register, view):
        meetings: list[dict[str, Any]] = [
            {
                "name": each.name, "on": each.on, "title": each.title, "closed_position": each.closed_position,
                "closed_at": each.closed_at.astimezone(register.zone) if each.closed_at else None,
            }
            for each in register.meetings()
        ]  # fmt: skip
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "meetings": meetings})
        return
    columns = (Column("name"), Column("on"), Column("closed at"), Column("position"), Column("title", grows=True))
    rows = [
        (
            str(each["name"]), day(each["on"]), instant(each["closed_at"]),
            str(each["closed_position"] or ""), str(each["title"] or ""),
        )
        for each in meetings
    ]  # fmt: skip
    for line in table(columns, rows):
        say(line)
