"""`notice`: read one into a draft, record it, list what was recorded."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.documents import text_of
from directives_cli.drafts import read_draft, write_draft
from directives_cli.options import reads, writes
from directives_cli.place import opened
from directives_cli.sketch import sketch
from directives_cli.table_text import Column, table
from directives_core.language import day
from directives_core.values import plain

if TYPE_CHECKING:
    from directives_core import Register
    from directives_core.results import Written

__all__ = ["notice"]

_NEW_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def notice() -> None:
    """Conclusion notices: the documents that directives come from."""


@notice.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the draft as JSON, to be corrected and recorded.")
@click.option("--to", type=_NEW_FILE, help="Write it for review into a new file: DRAFT.xlsx or DRAFT.json.")
@click.option("--for", "only_for", metavar="UNIT", help="Only what concerns this unit, as the register knows it.")
@click.option("--store", metavar="URL", help="The register that knows the unit of --for.")
def read(file: str, as_json: bool, to: Path | None, only_for: str | None, store: str | None) -> None:
    """Read a notice into a draft; nothing is recorded. FILE: Word, ODT, PDF, HTML, text, or -."""
    from directives_core import read_notice

    text = text_of(_bytes_of(file), file)
    draft = read_notice(text)
    if only_for is not None:
        with opened(store) as register:
            draft = register.concerning(draft, _unit_named(register)(only_for))
    if to is not None:
        write_draft(draft, text, to)
    if as_json:
        say_json(draft.model_dump(mode="json"))
    elif to is None:
        for line in sketch(draft):
            say(line)


@notice.command()
@click.argument("file")
@click.option(
    "--draft", "draft_file", metavar="DRAFT", help="The draft of `notice read --to`, corrected: xlsx or json."
)
@click.option("--number", metavar="NUMBER", help="The notice's number, where the text does not say it.")
@click.option("--date", metavar="DAY", help="The notice's date, where the text does not say it.")
@click.option("--meeting", metavar="NAME", help="The meeting that it concludes.")
@click.option("--add-units", is_flag=True, help="Register lead units that are not known, instead of refusing.")
@click.option("--for", "only_for", metavar="UNIT", help="Record only what concerns this unit; the rest is named.")
@click.option("--rest", is_flag=True, help="Record what earlier recordings with --for left.")
@writes
def record(asked: Write, file: str, draft_file: str | None, only_for: str | None, **given: Any) -> None:
    """Record a notice and its directives in one commit; by default effective on the meeting's day."""
    document = _bytes_of(file)
    text = text_of(document, file)

    def recorded(register: "Register", how: dict[str, Any]) -> "Written":
        from directives_core import read_notice

        draft = (
            read_notice(text)
            if draft_file is None
            else read_draft(_bytes_of(draft_file), draft_file, unit_named=_unit_named(register))
        )
        unit = asked.unit(register, only_for) if only_for is not None else None
        return register.record_notice(draft, document=document, text=text, only_for=unit, **given, **how)

    asked.once(recorded)


def _unit_named(register: "Register") -> Callable[[str], str]:
    """The registered name of a unit of which a part was typed; raises what `Register.find_unit` raises."""
    return lambda name: register.find_unit(name).name


def _bytes_of(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


@notice.command("list")
@reads
def list_(asked: Read) -> None:
    """The notices, in the order in which they were recorded."""
    with asked.view() as (register, view):
        notices = register.notices()
    if asked.as_json:
        shown = [{"key": each.key, "effective_on": each.effective_on, **_header(each.recorded)} for each in notices]
        say_json({"moment": view.moment.as_json(), "notices": shown})
        return
    columns = (Column("notice"), Column("date"), Column("directives", right=True), Column("title", grows=True))
    rows = [
        (each.key, day(each.recorded.date), str(len(each.recorded.items)), each.recorded.title or "")
        for each in notices
    ]
    for line in table(columns, rows):
        say(line)


def _header(recorded: Any) -> dict[str, Any]:
    """What may be shown of a notice: all but its sealed parts."""
    return {name: value for name, value in plain(recorded).items() if name not in ("chair", "document", "text")}
