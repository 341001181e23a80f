"""`export`: directives as of a moment in the formats of an office, the form of a unit, and the whole register."""

import secrets
from pathlib import Path
from typing import Any

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.asking import Read
from directives_cli.commands.keeping import tell_carried
from directives_cli.filters import filters, unit_meant
from directives_cli.options import reads, replaces
from directives_cli.place import store_url
from directives_cli.progress import counter, progress
from directives_cli.words import harmless
from directives_core.language import _, ngettext

__all__ = ["FORMATS", "export"]

FORMATS = ("csv", "xlsx", "docx", "ics", "html", "jsonl")
_STDOUT = Path("-")


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=True, metavar="FILE",
    help="The file to be made; - is standard output.",
)  # fmt: skip
@replaces
@click.option("--form", is_flag=True, help="With xlsx and --unit: the sheet that the unit fills in, for `collect`.")
@filters
@reads
def export(asked: Read, format_: str, output: Path, force: bool, form: bool, **chosen: Any) -> None:
    """Write the directives that fit every filter, as of a moment, as csv, xlsx, docx, ics, html or jsonl.

    `export jsonl` without a filter and a moment writes the whole register: every event, byte for byte, for `import`.
    """
    if output == _STDOUT and asked.as_json:
        raise click.UsageError(
            _("--json tells what was written; with --output - the file itself is on standard output")
        )
    if form:
        _form(asked, format_, output, chosen, force=force)
    elif format_ == "jsonl" and not asked.asked and all(value is None for value in chosen.values()):
        _register(asked, output, force=force)
    else:
        _excerpt(asked, format_, output, chosen, force=force)


def _excerpt(asked: Read, format_: str, output: Path, chosen: dict[str, Any], *, force: bool) -> None:
    from directives_adapters.exports import Excerpt, new_file
    from directives_adapters.exports import export as export_to

    with asked.whole() as (register, view):
        chosen = chosen | {"unit": unit_meant(view, chosen["unit"])}
        excerpt = Excerpt(register, view, chosen, watch=lambda directives: progress(directives, _("writing")))
        with new_file(output, force=force) as file:
            count = export_to(format_, excerpt, file)
    _told(asked, output, count, moment=view.moment.as_json())


def _form(asked: Read, format_: str, output: Path, chosen: dict[str, Any], *, force: bool) -> None:
    if format_ != "xlsx" or chosen["unit"] is None:
        raise click.UsageError(_("--form is a sheet for one unit: export xlsx --unit UNIT --form"))
    if asked.asked:
        raise click.UsageError(_("--form is filled in from now on; take --as-of and --known-at away"))
    from directives_adapters.exports import Excerpt, new_file
    from directives_adapters.exports.form import write_form

    with asked.whole() as (register, view):
        excerpt = Excerpt(register, view, chosen | {"unit": unit_meant(view, chosen["unit"])})
        with new_file(output, force=force) as file:
            count = write_form(excerpt, file)
    _told(asked, output, count, moment=view.moment.as_json())


def _register(asked: Read, output: Path, *, force: bool) -> None:
    if output == _STDOUT:
        raise click.UsageError(_("a whole register goes into a file; with a filter or --as-of now, directives go to -"))
    from directives_adapters.moving import export_lines

    # What is there is replaced once the new file is whole.
    target = output.with_name(f".{output.name}.{secrets.token_hex(4)}") if force and output.exists() else output
    with counter(_("writing")) as telling:
        done = export_lines(store_url(asked.store), target, progress=telling)
    target.replace(output)
    tell_carried(done, str(output), as_json=asked.as_json)


def _told(asked: Read, output: Path, count: int, *, moment: dict[str, object]) -> None:
    if asked.as_json:
        say_json({"moment": moment, "file": str(output), "rows": count})
        return
    if output != _STDOUT:
        say(harmless(str(output)))
    aside(ngettext("{n} row", "{n} rows", count).format(n=count))
