"""`history`, `log` and `why`: what happened, who did it, and what it set."""

import sys
from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import click

from directives_cli.answers import say, say_json, say_json_list
from directives_cli.asking import Read
from directives_cli.numbers import read_numbers
from directives_cli.options import reads
from directives_cli.progress import progress
from directives_cli.story import told
from directives_cli.words import harmless
from directives_core.language import _, spoken

if TYPE_CHECKING:
    from directives_core import View
    from directives_core.register.questions import Questions
    from directives_core.views.history import HistoryEntry

__all__ = ["history", "log", "why"]


@click.command()
@click.argument("n", metavar="N")
@reads
def history(asked: Read, n: str) -> None:
    """Every event of a directive in the order of recording, void ones and those without effect included."""
    references = read_numbers(n)
    when: dict[str, Any] = {"at": asked.as_of, "known_at": asked.known_at} if asked.asked else {}
    with asked.view() as (register, view):
        numbers = list(dict.fromkeys(map(register.number_of, references)))
        histories = [(number, register.history(number, **when)) for number in numbers]
    if asked.as_json:
        shown = [{"number": number, "events": [e.as_json() for e in entries]} for number, entries in histories]
        moment = {"moment": view.moment.as_json()}
        say_json({**shown[0], **moment} if len(shown) == 1 else {"histories": shown, **moment})
        return
    for number, entries in histories:
        if len(histories) > 1:
            say(f"D-{number}")
        _say_all(entries, view)


@click.command()
@click.option("--actor", metavar="ID", help="Only those of this actor.")
@click.option("--type", metavar="TYPE", help="Only those of this type, such as extended.")
@click.option("--from", "from_", metavar="DAY", help="Only those recorded on this day or later.")
@click.option("--to", metavar="DAY", help="Only those recorded on this day or earlier.")
@click.option("--late", "late_days", metavar="DAYS", type=int, help="Only those entered at least so many days late.")
@click.option("--limit", metavar="K", type=click.IntRange(min=1), help="At most so many.")
@click.option(
    "--follow", is_flag=True, help="Go on with what is recorded, until interrupted; as JSON one event a line."
)
@reads
def log(asked: Read, limit: int | None, follow: bool, **filters: Any) -> None:
    """Every event of the whole register, in the order of recording."""
    if follow and (asked.asked or filters["to"] is not None):
        raise click.UsageError(
            _("--follow waits for what is yet to be recorded: no --as-of, --known-at or --to with it")
        )
    with asked.view() as (register, view):
        moment = view.moment
        known: Iterable[HistoryEntry] = register.each_logged(known_at=moment.position, **filters)
        if follow:
            del filters["to"]
            _say_each(
                islice(chain(known, register.follow_log(after=moment.position, **filters)), limit), asked, register
            )
            return
        if not sys.stdout.isatty():  # there the answer itself shows how far it has come
            known = progress(known, _("reading"))
        entries = islice((entry for entry in known if entry.effective_on <= moment.effective_on), limit)
        if asked.as_json:
            say_json_list({"moment": moment.as_json()}, "events", map(_as_json, entries))
            return
        _say_all(entries, view, with_stream=True)


def _say_each(entries: "Iterable[HistoryEntry]", asked: Read, register: "Questions") -> None:
    """Say each event when it comes; whoever reads along, such as another program, has it at once."""
    for entry in entries:
        if asked.as_json:
            say_json(_as_json(entry))
        else:
            _say_all([entry], register.as_of(), with_stream=True)  # units may have come since
        sys.stdout.flush()


def _as_json(entry: "HistoryEntry") -> dict[str, Any]:
    return {"stream": entry.stream, "number": entry.number, **entry.as_json()}


def _say_all(entries: "Iterable[HistoryEntry]", view: "View", *, with_stream: bool = False) -> None:
    for entry in entries:
        for line in told(entry, view.office.unit_name, with_stream=with_stream):
            say(line)


@click.command()
@click.argument("n", metavar="N")
@click.argument("field", default="status")
@reads
def why(asked: Read, n: str, field: str) -> None:
    """The event that set FIELD of a directive, or of a share such as 12/3, as of a moment; else its status."""
    with asked.view() as (register, view):
        answers = [
            register.why(number, field.replace("-", "_"), at=asked.as_of, known_at=asked.known_at)
            for number in read_numbers(n)
        ]
    if asked.as_json:
        moment = {"moment": view.moment.as_json()}
        shown = [answer.as_json() for answer in answers]
        say_json({**shown[0], **moment} if len(shown) == 1 else {"answers": shown, **moment})
        return
    for answer in answers:
        say(harmless(spoken(answer)))
