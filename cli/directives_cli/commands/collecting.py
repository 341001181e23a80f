"""`collect`: forms that units filled in, taken in as their reports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives_cli.answers import aside, say_json, tell
from directives_cli.asking import Write
from directives_cli.options import writes
from directives_core.language import _

if TYPE_CHECKING:
    from directives_core.collecting import Collected, FilledForm

__all__ = ["collect"]


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@writes
def collect(asked: Write, files: tuple[Path, ...]) -> None:
    """Take in the forms that units filled in, as their reports: all of them in one commit, or none.

    `export xlsx --unit UNIT --form` makes a form. Rows left empty are left out; a row whose share moved on since is
    refused; a form sent twice is taken in once. All that is wrong is listed.
    """
    if asked.how["if_version"] is not None or asked.how["command_id"] is not None:
        raise click.UsageError(_("a form knows its versions and its id; take --if-version and --command-id away"))
    from directives_core.collecting import collect as take_in

    forms = _read(files)
    with asked.opened() as (register, how):
        taken = take_in(register, forms, how=how, dry_run=asked.dry_run)
    _tell(asked, taken, forms)


def _read(files: tuple[Path, ...]) -> "list[FilledForm]":
    """The forms.

    Raises:
        SheetRefused: something in them cannot be read; all of it is named.
    """
    from directives_adapters.exports.form_back import read_form
    from directives_core.errors import SheetRefused

    forms, wrong = [], []
    for file in files:
        form, found = read_form(file)
        wrong += found
        forms += [form] if form is not None else []
    if wrong:
        raise SheetRefused(wrong)
    return forms


def _tell(asked: Write, taken: "Collected", forms: "list[FilledForm]") -> None:
    for row in taken.before:
        aside(_("{place}: D-{name} was collected before").format(place=row.place, name=row.name))
    for form in forms:
        if not form.rows:
            aside(_("{file}: nothing was filled in").format(file=form.file))
    if taken.reports:
        tell(taken.reports, as_json=asked.as_json, dry_run=asked.dry_run, command_id=taken.command_id)
    elif asked.as_json:
        say_json({"numbers": [], "positions": [], "results": []})
