"""`notice`: read one into a draft, record it, list what was recorded."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.documents import text_of
from directives_cli.options import reads, writes
from directives_cli.sketch import sketch
from directives_cli.table_text import Column, table

if TYPE_CHECKING:
    from directives_core import NoticeDraft

__all__ = ["notice"]


@click.group()
def notice() -> None:
    """Conclusion notices: the documents that directives come from."""


@notice.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the draft as JSON, to be corrected and recorded.")
@click.option("--store", hidden=True, expose_value=False)
def read(file: str, as_json: bool) -> None:
    """Read a notice into a draft; nothing is written, no register is opened. FILE: Word, ODT, PDF, HTML, text, or -."""
    from directives_core import read_notice

    draft = read_notice(text_of(_bytes_of(file), file))
    if as_json:
        say_json(draft.model_dump(mode="json"))
        return
    for line in sketch(draft):
        say(line)


@notice.command()
@click.argument("file")
@click.option("--draft", "draft_file", metavar="DRAFT.json", help="The draft of `notice read --json`, corrected.")
@click.option("--number", metavar="NUMBER", help="The notice's number, where the text does not say it.")
@click.option("--date", metavar="DAY", help="The notice's date, where the text does not say it.")
@click.option("--meeting", metavar="NAME", help="The meeting that it concludes.")
@click.option("--add-units", is_flag=True, help="Register lead units that are not known, instead of refusing.")
@writes
def record(asked: Write, file: str, draft_file: str | None, **given: Any) -> None:
    """Record a notice and its directives in one commit; by default effective on the meeting's day."""
    document = _bytes_of(file)
    text = text_of(document, file)
    draft = _draft(text, draft_file)
    asked.once(lambda register, how: register.record_notice(draft, document=document, text=text, **given, **how))


def _draft(text: str, draft_file: str | None) -> "NoticeDraft":
    """The draft that was corrected by hand; without one, what the reader makes of the text."""
    from pydantic import ValidationError

    from directives_core import NoticeDraft, read_notice
    from directives_core.errors import BadValue

    if draft_file is None:
        return read_notice(text)
    try:
        draft: NoticeDraft = NoticeDraft.model_validate_json(_bytes_of(draft_file))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(map(str, (draft_file, *first["loc"])))
        raise BadValue(where, first.get("input"), expected=first["msg"]) from error
    return draft


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
        (each.key, str(each.recorded.date or ""), str(len(each.recorded.items)), each.recorded.title or "")
        for each in notices
    ]
    for line in table(columns, rows):
        say(line)


def _header(recorded: Any) -> dict[str, Any]:
    """What may be shown of a notice: all but its sealed parts."""
    shown: dict[str, Any] = recorded.model_dump(mode="json", exclude={"chair", "document", "text"})
    return shown
