"""`adopt`: an old register that was kept in a spreadsheet."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.asking import Write
from directives_cli.numbers import show_numbers
from directives_cli.options import writes
from directives_cli.place import opened
from directives_cli.progress import counter
from directives_cli.table_text import Column, table
from directives_cli.words import as_json_text
from directives_core.language import Phrase, _, ngettext, spoken

if TYPE_CHECKING:
    from directives_core.adopting import Adopted, Mapping, Suggestion

__all__ = ["adopt"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_OLD_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_MOST_SHOWN = 20
_NOT_OF_ROWS = ("effective_on", "source", "if_version")


@click.command()
@click.argument("file", type=_OLD_FILE)
@click.option("--suggest", type=_FILE, metavar="MAPPING.json", help="Propose which column says what, into a new file.")
@click.option("--mapping", type=_OLD_FILE, metavar="MAPPING.json", help="Which column says what; take the rows over.")
@click.option("--add-units", is_flag=True, help="Register lead units that are not known, instead of refusing.")
@click.option("--refuse-duplicates", is_flag=True, help="Refuse rows that are there already, instead of leaving them.")
@writes
def adopt(
    asked: Write, file: Path, suggest: Path | None, mapping: Path | None, add_units: bool, refuse_duplicates: bool
) -> None:
    """Take over an old register kept in a spreadsheet (.xlsx, .ods, .csv): all rows in one commit, or none.

    Without --mapping nothing is recorded: the columns are shown with what they seem to say.
    """
    from directives_adapters.sheets import read_sheets

    data = file.read_bytes()
    workbook = read_sheets(data, file.name)
    for warning in workbook.warnings:
        aside(f"{file.name}: {spoken(warning)}")
    if workbook.macros:
        aside(_("{file}: it has macros, which were ignored").format(file=file.name))
    if mapping is None:
        _propose(workbook.sheets, suggest, file, as_json=asked.as_json)
        return
    if given := [name for name in _NOT_OF_ROWS if asked.how[name] is not None]:
        said = _("--{option}: every row has its own day and document; the mapping says in which columns")
        raise click.UsageError(said.format(option=given[0].replace("_", "-")))
    how = {name: asked.how[name] for name in ("by", "reason", "command_id", "entered_by")}
    with opened(asked.store) as register, counter(_("reading")) as progress:
        from directives_core.adopting import adopt as take_over

        adopted = take_over(
            register, workbook.sheets, _mapping(mapping), file=file.name, sha256=hashlib.sha256(data).hexdigest(),
            add_units=add_units, refuse_duplicates=refuse_duplicates, dry_run=asked.dry_run, progress=progress, **how,
        )  # fmt: skip
    _tell(adopted, as_json=asked.as_json, dry_run=asked.dry_run)


def _mapping(path: Path) -> "Mapping":
    from msgspec.json import decode

    from directives_core.adopting import Mapping
    from directives_core.errors import BadValue
    from directives_core.misfit import misfit
    from directives_core.values import ValidationError, read

    data = path.read_bytes()
    try:
        given = decode(data)
    except ValueError as error:
        text = data[:40].decode("utf-8", errors="replace")
        wanted = Phrase("a mapping in JSON, as --suggest writes it")
        raise BadValue(path.name, text, expected=wanted) from error
    try:
        return read(Mapping, given)
    except ValidationError as error:
        raise misfit(path.name, error, given, Mapping) from error


def _propose(sheets: Any, suggest: Path | None, file: Path, *, as_json: bool) -> None:
    """Show which column seems to say what, and keep that as a mapping where it was asked for."""
    from directives_core.adopting import suggest as proposed
    from directives_core.values import plain

    found: Suggestion = proposed(sheets)
    mapping = plain(found.mapping)
    if suggest is not None:
        if suggest.exists():
            raise click.UsageError(_("--suggest {file}: there is such a file; give another name").format(file=suggest))
        suggest.write_text(as_json_text(mapping, indent=2) + "\n", encoding="utf-8")
    if as_json:
        say_json({"mapping": mapping, "unused": found.unused})
        return
    rows = [
        *((head, field) for field, head in found.mapping.columns.items()),
        *((head, _("label {key}").format(key=key)) for key, head in found.mapping.labels.items()),
        *((head, "-") for head in found.unused),
    ]
    for line in table((Column(_("column"), grows=True), Column(_("says"))), rows):
        say(line)
    row = found.mapping.header_row
    if found.mapping.sheet:
        aside(_("sheet {sheet}, heads in row {row}; nothing was recorded").format(sheet=found.mapping.sheet, row=row))
    else:
        aside(_("heads in row {row}; nothing was recorded").format(row=row))
    kept = suggest or "MAPPING.json"
    command = f"directives adopt {file.name} --mapping {kept} --dry-run"
    aside(_("next: check {kept}, then {command}").format(kept=kept, command=command))


def _tell(adopted: "Adopted", *, as_json: bool, dry_run: bool) -> None:
    """What was taken over, and what was left."""
    if as_json:
        say_json(adopted.as_json() | ({"dry_run": True} if dry_run else {}))
        return
    if adopted.numbers:
        say(show_numbers(list(adopted.numbers.values())))
    for row, same in list(adopted.duplicates.items())[:_MOST_SHOWN]:
        if same.isdecimal():
            aside(_("left out: row {row} says the same as row {other}").format(row=row, other=same))
        else:
            aside(_("left out: row {row} says the same as {number}").format(row=row, number=same))
    for typed, name in adopted.guessed.items():
        aside(_("read as: {typed} is {name}").format(typed=typed, name=name))
    for warning in adopted.warnings[:_MOST_SHOWN]:
        aside(_("warning: {warning}").format(warning=spoken(warning)))
    for line in _counts(adopted):
        aside(line)
    if dry_run:
        aside(_("dry run: nothing was written"))
    elif adopted.numbers:
        command = f"directives undo {adopted.command_id}"
        aside(_("recorded in one commit; {command} takes all of it back").format(command=command))
    else:
        aside(_("nothing new: nothing was written"))


def _counts(adopted: "Adopted") -> Iterator[str]:
    """How many rows became what."""
    said = ngettext("{n} row taken over", "{n} rows taken over", n := len(adopted.numbers))
    yield said.format(n=n)
    if n := len(adopted.duplicates):
        yield ngettext("{n} row left out as a duplicate", "{n} rows left out as duplicates", n).format(n=n)
    if n := len(adopted.headings):
        yield ngettext("{n} row only heads a part", "{n} rows only head a part", n).format(n=n)
    if n := len(adopted.units):
        yield ngettext("{n} unit added", "{n} units added", n).format(n=n)
    if n := len(adopted.warnings):
        yield ngettext("{n} warning in all", "{n} warnings in all", n).format(n=n)
    if n := len(adopted.undated_extensions):
        said = ngettext(
            "{n} extension names no day on which it was granted; it counts from the due day",
            "{n} extensions name no day on which they were granted; they count from the due day",
            n,
        )
        yield said.format(n=n)
