"""`pack`: the papers of a meeting in one document."""

import io
from pathlib import Path

import click

from directives_cli.answers import aside, say, say_json, say_moment
from directives_cli.asking import Read
from directives_cli.options import reads, replaces
from directives_cli.place import opened
from directives_cli.words import harmless
from directives_core.language import _, ngettext

__all__ = ["pack"]

_FILE = click.Path(path_type=Path, dir_okay=False, allow_dash=True)


@click.command()
@click.argument("meeting", required=False)
@click.option(
    "--output", type=_FILE, required=True, metavar="FILE", help="The file to be made: .docx, or .pdf by LibreOffice."
)
@replaces
@reads
def pack(asked: Read, meeting: str | None, output: Path, force: bool) -> None:
    """Write the papers of MEETING (else of now): figures, what changed since the meeting before, and the agenda.

    The open duties by unit, the figures by unit and what is overdue, with its reasons and extensions, are appendices.
    """
    ending = output.suffix.lower().lstrip(".") or "docx"
    if ending not in ("docx", "pdf"):
        raise click.UsageError(_("--output: a pack is a .docx or a .pdf"))
    from directives_adapters.exports import new_file
    from directives_adapters.exports.meeting_pack import write_pack
    from directives_adapters.exports.pdf import as_pdf

    with opened(asked.store) as register:
        view, previous = register.agenda_views(meeting or asked.as_of, known_at=asked.known_at)
        say_moment(view.moment)
        made = io.BytesIO()
        count = write_pack(register, view, previous, meeting or str(view.moment.effective_on), made)
    with new_file(output, force=force) as file:
        file.write(as_pdf(made.getvalue(), "docx") if ending == "pdf" else made.getvalue())
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "file": str(output), "duties": count})
        return
    if str(output) != "-":
        say(harmless(str(output)))
    aside(ngettext("{n} open duty", "{n} open duties", count).format(n=count))
