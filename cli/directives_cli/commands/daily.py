"""`today` and `remind`: the list of the day, and the letters that go out by it."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directives_cli import terminal
from directives_cli.answers import aside, say, say_json_list, say_moment, tell
from directives_cli.asking import Read, Write
from directives_cli.options import on_shares, reads, writes
from directives_cli.place import opened
from directives_cli.table_text import Column, long_table
from directives_cli.words import harmless
from directives_core.language import _, day, ngettext, word

if TYPE_CHECKING:
    from directives_core import Register
    from directives_core.results import Number
    from directives_core.views.daily import Daily, DailyItem, Section
    from directives_core.views.reminding import Letter

__all__ = ["remind", "today"]

_COLOURS = {"overdue": "red", "due-today": "yellow", "due-soon": "yellow"}
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--unit", metavar="UNIT", help="Only the duties of this unit.")
@reads
def today(asked: Read, unit: str | None) -> None:
    """What the day asks for: what is late and due, what to decide on, which recurring reports open."""
    with opened(asked.store) as register:
        wanted = register.find_unit(unit).id if unit else None
        found = register.daily(asked.as_of, known_at=asked.known_at, unit=wanted)
    say_moment(found.moment)
    if asked.as_json:
        about = {"moment": found.moment.as_json(), "counts": found.counts}
        say_json_list(about, "items", (item.as_json() for item in found.items))
        return
    for line in _sections(found):
        say(line)


def _sections(daily: "Daily") -> Iterator[str]:
    from directives_core.views.daily import SECTIONS

    titles = _titles()
    for section in SECTIONS:
        items = daily.of(section)
        lines = long_table(_columns(), ((_row(item), ()) for item in items), indent=4)
        yield terminal.painted(f"{titles[section]}: {len(items)}", _COLOURS.get(section) if items else None, bold=True)
        yield from (next(lines) for _head in items[:1])
        unit: str | None = None
        for item, line in zip(items, lines, strict=True):
            if item.unit.name != unit:
                unit = item.unit.name
                yield f"  {harmless(unit)}"
            yield line


def _titles() -> "dict[Section, str]":
    return {
        "overdue": _("Overdue"), "due-today": _("Due today"), "due-soon": _("Due soon"),
        "awaiting-acceptance": _("Awaiting acceptance"), "extension-requested": _("Extensions to decide on"),
        "opening": _("Recurring reports opening"),
    }  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column(_("duty")), Column(_("due")), Column(_("days"), right=True), Column(_("state")), Column(_("wished")),
        Column(_("reminded"), right=True), Column(_("order"), grows=True),
    ]  # fmt: skip


def _row(item: "DailyItem") -> list[str]:
    due = f"{day(item.due_on)} {item.due_time:%H:%M}" if item.due_time else day(item.due_on) or "-"
    return [
        item.name, due, "" if item.days_left is None else f"{item.days_left:+d}", word(item.status, "status"),
        day(item.wished_on), str(item.reminders or ""), item.text,
    ]  # fmt: skip


@click.command()
@click.argument("n", metavar="[N]", required=False)
@click.argument("text", required=False)
@click.option("--overdue", is_flag=True, help="Every unit, of all that is overdue.")
@click.option("--due-soon", is_flag=True, help="Every unit, of all that is due today or soon.")
@click.option("--letters", metavar="FOLDER", type=_FOLDER, help="Write a letter to each unit into this folder.")
@click.option(
    "--format", "format_", type=click.Choice(["docx", "txt"]), default="docx", help="Of the letters; docx if not given."
)
@on_shares
@writes
def remind(
    asked: Write, n: str | None, text: str | None, overdue: bool, due_soon: bool, letters: Path | None, format_: str
) -> None:
    """Remind the lead units; it changes no state and is counted.

    N names directives, or --overdue and --due-soon say what everybody is reminded of: one commit. With --letters each
    unit gets a letter with all that it is reminded of, and how often it was before.
    """
    by_state = overdue or due_soon
    if n is None and not by_state:
        raise click.UsageError(_("say what to remind of: N, --overdue or --due-soon"))
    if n is not None and letters is None:
        if by_state:
            raise click.UsageError(
                _("N names the directives; with --letters, --overdue and --due-soon choose among them")
            )
        asked.each(n, lambda register, number, how: register.remind(number, text, **how))
        return
    sections: list[Section] = []
    if overdue or not by_state:
        sections += ["overdue"]
    if due_soon or not by_state:
        sections += ["due-today", "due-soon"]
    _remind_by_letter(asked, n, text, sections, letters, format_)


def _remind_by_letter(
    asked: Write, n: str | None, text: str | None, sections: "list[Section]", folder: Path | None, format_: str
) -> None:
    from directives_core.reminding import record_letters

    with asked.opened() as (register, how):
        found = _letters(asked, register, n, sections)
        with _written(register, found, folder, format_, asked, how) as files:
            results = record_letters(register, found, text, how=how, dry_run=asked.dry_run)
    _tell(asked, found, results, files)


def _letters(asked: Write, register: "Register", n: str | None, sections: "list[Section]") -> "list[Letter]":
    from directives_cli.numbers import read_numbers

    numbers = [register.number_of(each) for each in read_numbers(n)] if n is not None else None
    units: list[str | None] = [asked.unit(register, each) for each in asked.shares.get("unit") or ()]
    return [
        letter for unit in units or [None] for letter in register.letters(sections=sections, unit=unit, numbers=numbers)
    ]


@contextmanager
def _written(
    register: "Register", letters: "Sequence[Letter]", folder: Path | None, format_: str, asked: Write,
    how: dict[str, Any],
) -> Iterator[list[str]]:  # fmt: skip
    """Files that are whole before the reminders are recorded, and get their names after it."""
    if folder is None or asked.dry_run:
        yield []
        return
    from directives_adapters.exports import new_file
    from directives_adapters.exports.heading import heading_of
    from directives_adapters.exports.letters import letter_name, write_letter

    view = register.as_of()
    units = {actor["id"]: actor["unit"]["name"] for actor in register.actors()}
    issuer = units.get(how.get("by"), heading_of(register, view, {}).title)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        names = []
        for nth, letter in enumerate(letters, 1):
            names.append(letter_name(letter, nth, format_))
            file = files.enter_context(new_file(folder / names[-1]))
            write_letter(letter, heading_of(register, view, {}), issuer, format_, file)
        yield [str(folder / name) for name in names]


def _tell(asked: Write, letters: "list[Letter]", results: "list[Number]", files: list[str]) -> None:
    if asked.as_json:
        said = {"letters": [letter.as_json() for letter in letters], "files": files}
        tell(
            results,
            as_json=True,
            dry_run=asked.dry_run,
            command_id=results[0].command_id if results else "",
            beside=said,
        )
        return
    for letter in letters:
        count = ngettext("{unit}: {n} duty", "{unit}: {n} duties", len(letter.items))
        say(harmless(count.format(unit=letter.unit.name, n=len(letter.items))))
    for file in files:
        say(harmless(file))
    if not letters:
        aside(_("there is nothing to remind of"))
    elif asked.dry_run:
        aside(_("dry run: nothing was written"))
    else:
        recorded = ngettext("{n} reminder recorded", "{n} reminders recorded", len(results))
        aside(recorded.format(n=len(results)))
