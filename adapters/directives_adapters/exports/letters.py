"""Letters of reminder, one for each unit, as .docx or as plain text."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from directives_adapters.exports.heading import Heading
from directives_adapters.exports.paper import Paper
from directives_adapters.exports.paper_table import Column
from directives_adapters.exports.texts import inert, inert_line
from directives_core.language import _, day, long_day, ngettext
from directives_core.office.names import bare
from directives_core.views.reminding import Letter, LetterItem

__all__ = ["LETTER_FORMATS", "letter_name", "write_letter"]

_LONGEST_NAME = 60


def letter_name(letter: Letter, nth: int, format_: str) -> str:
    """The name of a letter's file: its place among the letters, and the unit in plain letters."""
    plain = "".join(each if each.isascii() and each.isalnum() else "-" for each in bare(letter.unit.name))
    words = "-".join(filter(None, plain.split("-")))[:_LONGEST_NAME].strip("-")
    return f"{nth:03}-{words or 'letter'}.{format_}"


def write_letter(letter: Letter, heading: Heading, issuer: str, format_: str, out: BinaryIO) -> None:
    """Write a letter.

    Args:
        letter: what to remind of.
        heading: the register and the moment that the letter was written by.
        issuer: the office that sends it.
        format_: one of `LETTER_FORMATS`.
        out: where it goes.

    Raises:
        FormatNotInstalled: the library that writes documents is missing.
    """
    LETTER_FORMATS[format_](letter, heading, issuer, out)


def _as_docx(letter: Letter, heading: Heading, issuer: str, out: BinaryIO) -> None:
    paper = Paper(_subject(letter), heading)
    dated = _("……, {day}").format(day=long_day(letter.moment.effective_on))
    paper.head(issuer, number=_("No. ……"), place_and_day=dated)
    paper.paragraph(_subject(letter), italic=True, align="center", points=12, after=8)
    paper.paragraph(_("To: {unit}").format(unit=letter.unit.name), bold=True, align="center", after=8)
    paper.paragraph(_opening(letter, heading), align="justify", first_line=True)
    paper.table(_columns(), ([text for _title, text in _cells(n, item)] for n, item in enumerate(letter.items, 1)))
    for text in _closing():
        paper.paragraph(text, align="justify", first_line=True, before=6)
    paper.signature(issuer, receivers=[_("As above"), _("Filed")])
    paper.moment()
    paper.save(out)


def _as_text(letter: Letter, heading: Heading, issuer: str, out: BinaryIO) -> None:
    lines = [
        inert_line(issuer).upper(), "", _subject(letter), "",
        _("To: {unit}").format(unit=inert_line(letter.unit.name)), "", inert(_opening(letter, heading)), "",
    ]  # fmt: skip
    for n, item in enumerate(letter.items, 1):
        number, *others = _cells(n, item)
        lines.append(f"{number[1]}. {inert_line(others[1][1])}")
        lines += [f"   {title}: {inert_line(text)}" for title, text in (others[0], *others[2:]) if text]
    lines += ["", *_closing(), "", *(inert_line(line) for line in heading.lines()), ""]
    out.write("\n".join(lines).encode())


LETTER_FORMATS: Mapping[str, Callable[[Letter, Heading, str, BinaryIO], None]] = {"docx": _as_docx, "txt": _as_text}
"""The formats of letters, by the ending of their files."""


def _subject(letter: Letter) -> str:
    if letter.nth == 1:
        return _("Re: reminder of directives to be carried out")
    return _("Re: reminder of directives to be carried out (reminder no. {nth})").format(nth=letter.nth)


def _opening(letter: Letter, heading: Heading) -> str:
    count = len(letter.items)
    told = ngettext(
        "By the register “{register}”, the following {n} duty of {unit} is not completed as of {day}:",
        "By the register “{register}”, the following {n} duties of {unit} are not completed as of {day}:", count,
    )  # fmt: skip
    return told.format(register=heading.title, n=count, unit=letter.unit.name, day=day(letter.moment.effective_on))


def _closing() -> tuple[str, str]:
    return (
        _(
            "You are asked to carry out these duties and to report the results, "
            "or the reasons for the delay and the day on which they will be completed."
        ),
        _("If a report was sent meanwhile, please send its number and date."),
    )  # fmt: skip


def _columns() -> list[Column]:
    parts = (6, 9, 30, 13, 13, 13, 16)
    titles = (_("No."), _("Duty"), _("Content"), _("Deadline"), _("State"), _("Last report"), _("Earlier reminders"))
    return [
        Column(title, part, "center" if title in (titles[0], titles[1], titles[3]) else "left")
        for title, part in zip(titles, parts, strict=True)
    ]


def _cells(n: int, item: LetterItem) -> list[tuple[str, str]]:
    duty = item.duty
    due = f"{day(duty.due_on)} {duty.due_time:%H:%M}" if duty.due_time else day(duty.due_on)
    last = day(item.last_reminded_on)
    earlier = ngettext("{n} time, last on {day}", "{n} times, last on {day}", item.earlier)
    return [
        (_("No."), str(n)), (_("Duty"), duty.name), (_("Content"), duty.text), (_("Deadline"), due),
        (_("State"), _state(duty.days_left)), (_("Last report"), day(duty.last_report_on)),
        (_("Earlier reminders"), earlier.format(n=item.earlier, day=last) if item.earlier else ""),
    ]  # fmt: skip


def _state(left: int | None) -> str:
    if left is None:
        return ""
    if left < 0:
        return ngettext("overdue by {n} day", "overdue by {n} days", -left).format(n=-left)
    return ngettext("{n} day left", "{n} days left", left).format(n=left) if left else _("due today")
