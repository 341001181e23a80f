"""`unit` and `class`: what the office is made of."""

from typing import Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.options import reads, writes
from directives_cli.table_text import Column, table
from directives_cli.words import harmless
from directives_core.language import day

__all__ = ["class_", "unit"]

_SHORT = click.option("--short", "shorts", multiple=True, help="A short name; may be given several times.")
_CODE = click.option("--code", help="The electronic code of the organisation, at most 35 characters.")


@click.group()
def unit() -> None:
    """Units: an id that stays, names that hold for a span of days."""


@unit.command()
@click.argument("name")
@_SHORT
@_CODE
@writes
def add(asked: Write, name: str, shorts: tuple[str, ...], code: str | None) -> None:
    """Register a unit; with --effective-on it exists from that day on."""
    asked.once(lambda register, how: register.add_unit(name, short_names=shorts, code=code, **how))


@unit.command()
@click.argument("unit_", metavar="UNIT")
@click.argument("name")
@_SHORT
@_CODE
@writes
def rename(asked: Write, unit_: str, name: str, shorts: tuple[str, ...], code: str | None) -> None:
    """Call a unit otherwise from --effective-on on; what was recorded before keeps the old name."""
    asked.once(
        lambda register, how: register.rename_unit(
            asked.unit(register, unit_), name, short_names=shorts, code=code, **how
        )
    )


@unit.command()
@click.argument("unit_", metavar="UNIT")
@writes
def end(asked: Write, unit_: str) -> None:
    """End a unit: from --effective-on on it no longer exists."""
    asked.once(lambda register, how: register.end_unit(asked.unit(register, unit_), **how))


@unit.command()
@click.argument("units", metavar="UNIT...", nargs=-1, required=True)
@click.option("--to", "heirs", multiple=True, required=True, help="A successor; may be given several times.")
@click.option("--decision", help="The decision that it rests on.")
@writes
def succeed(asked: Write, units: tuple[str, ...], heirs: tuple[str, ...], decision: str | None) -> None:
    """Record that these units are followed by others from --effective-on on; they end."""
    asked.once(
        lambda register, how: register.succeed_units(
            asked.units(register, units), successors=asked.units(register, heirs), decision=decision, **how
        )
    )


@unit.command("left-behind")
@reads
def left_behind(asked: Read) -> None:
    """The duties that still bind units which ended, with the successors that are proposed."""
    with asked.whole() as (register, view):
        duties = register.left_behind(asked.as_of, known_at=asked.known_at)
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "left_behind": [duty.as_json() for duty in duties]})
        return
    columns = (Column("duty"), Column("unit", grows=True), Column("ended"), Column("successors", grows=True))
    rows = [
        (f"D-{d.number}/{d.share}", d.unit.name, day(d.ended_on), ", ".join(heir.name for heir in d.successors))
        for d in duties
    ]
    for line in table(columns, rows):
        say(line)


@unit.command("hand-over")
@writes
def hand_over(asked: Write) -> None:
    """Hand over every duty left behind that has one successor; those with several are named, and wait for a word."""
    asked.once(lambda register, how: register.hand_over_left_behind(**how))


@unit.command("list")
@reads
def list_(asked: Read) -> None:
    """The units that exist at the moment."""
    with asked.view() as (_register, view):
        units = view.units()
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "units": [_as_json(each) for each in units]})
        return
    columns = (Column("id"), Column("name", grows=True), Column("short names"), Column("since"))
    rows = [(each.id, each.name, ", ".join(each.names.short_names), day(each.since)) for each in units]
    for line in table(columns, rows):
        say(line)


def _as_json(each: Any) -> dict[str, Any]:
    return {
        "id": each.id, "name": each.name, "short_names": each.names.short_names, "code": each.names.code,
        "since": each.since, "ended_on": each.ended_on, "successors": each.successors,
    }  # fmt: skip


@click.group("class")
def class_() -> None:
    """Classes of units, such as "UBND các xã, thị trấn"."""


@class_.command()
@click.argument("name")
@click.option("--member", "members", multiple=True, required=True, help="A unit; may be given several times.")
@writes
def define(asked: Write, name: str, members: tuple[str, ...]) -> None:
    """Say which units a wording stands for; with --effective-on from that day on."""
    asked.once(lambda register, how: register.define_class(name, members=asked.units(register, members), **how))


@class_.command("list")
@reads
def list_classes(asked: Read) -> None:
    """The classes and their members at the moment."""
    with asked.view() as (_register, view):
        office = view.office
    classes: list[dict[str, Any]] = [
        {"name": each.name, "members": [{"id": unit, "name": office.unit_name(unit)} for unit in each.members]}
        for each in office.classes.values()
    ]
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "classes": classes})
        return
    for each in classes:
        say(harmless(f"{each['name']}: {', '.join(member['name'] for member in each['members'])}"))
