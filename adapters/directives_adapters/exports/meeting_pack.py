"""The pack of a meeting, .docx: figures, what changed since the meeting before, and the agenda as appendices."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from directives_adapters.exports.heading import heading_of
from directives_adapters.exports.paper import Paper
from directives_adapters.exports.paper_table import Cell, Column, Row
from directives_adapters.exports.texts import shortened
from directives_core import Register, View
from directives_core.figures import Figures, Rate, Tally
from directives_core.language import _, day, decimal, ngettext, sentence_case, spoken, title, word
from directives_core.views.agenda import AgendaItem, agenda_items
from directives_core.views.changes import Change, Fact
from directives_core.views.history import HistoryEntry

__all__ = ["write_pack"]

_LONGEST_TEXT = 220
_EXTENDED, _REQUESTED = "directive.extended", "directive.extension-requested"
_EXPLAINED, _DECLINED = "directive.explained", "directive.declined"


def write_pack(register: Register, view: View, previous: View | None, meeting: str, out: BinaryIO) -> int:
    """Write the pack of a meeting; how many duties its agenda has.

    Args:
        register: the register.
        view: it as the meeting sees it.
        previous: it as the meeting before saw it, if there was one.
        meeting: what the meeting is called.
        out: where the document goes.

    Raises:
        FormatNotInstalled: the library that writes documents is missing.
    """
    heading = heading_of(register, view, {})
    paper = Paper(_("Meeting pack: {meeting}").format(meeting=meeting), heading)
    paper.head(heading.title)
    paper.title(_("PACK OF THE MEETING {meeting}").format(meeting=meeting), *heading.lines()[1:])
    _figures(paper, view.figures())
    _changes(paper, register, previous, view)
    paper.new_section(landscape=True)
    count = _agenda(paper, view, previous)
    _by_unit(paper, view.figures(by="unit"))
    _overdue(paper, register, view, previous)
    paper.save(out)
    return count


# ------------------------------------------------------------------------------------------------------------ figures


def _figures(paper: Paper, figures: Figures) -> None:
    paper.subtitle(_("I. Figures"))
    count = ngettext("The register follows {n} directive.", "The register follows {n} directives.", figures.total.total)
    paper.paragraph(count.format(n=figures.total.total), first_line=True)
    columns = [
        Column("", 26), Column(_("In time"), 18, "center"), Column(_("Late"), 18, "center"),
        Column(_("No deadline"), 18, "center"), Column(_("Total"), 18, "center"),
    ]  # fmt: skip
    paper.table(columns, _two_by_two(figures.total))
    apart = _("Suspended: {suspended}; closed without a result: {closed}.")
    paper.paragraph(apart.format(suspended=figures.total.suspended, closed=figures.total.closed), before=4)
    for rate in figures.rates:
        paper.paragraph(f"- {_rate(rate)}")


def _two_by_two(tally: Tally) -> Iterator[Row]:
    done = (tally.completed_on_time, tally.completed_late, tally.completed_no_deadline)
    still = (tally.open_in_time, tally.open_overdue, tally.open_no_deadline)
    for name, counts in ((_("Completed"), done), (_("Open"), still)):
        yield [Cell(name, bold=True), *(str(count) for count in (*counts, sum(counts)))]


def _rate(rate: Rate) -> str:
    said = _("{name}: {percent}% ({numerator} of {denominator} {which})")
    percent = "–" if rate.value is None else decimal(round(100 * rate.value, 2))
    return sentence_case(said.format(
        name=spoken(rate.name), percent=percent, numerator=rate.numerator, denominator=rate.denominator,
        which=spoken(rate.denominator_is),
    ))  # fmt: skip


def _by_unit(paper: Paper, figures: Figures) -> None:
    paper.subtitle(_("APPENDIX II. FIGURES BY UNIT (SHARES)"))
    names = list(Tally().as_json())
    columns = [Column(title("unit", "field"), 26), *(Column(title(name, "figure"), 9, "center") for name in names)]
    rows = [(name, tally) for _id, name, tally in figures.rows]
    paper.table(columns, (
        [Cell(str(name or ""), bold=name is None), *(str(count) for count in tally.as_json().values())]
        for name, tally in [*rows, (_("Total"), figures.total)]
    ))  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ changes


def _changes(paper: Paper, register: Register, previous: View | None, view: View) -> None:
    paper.subtitle(_("II. What changed since the meeting before"))
    if previous is None:
        paper.paragraph(_("There was no meeting before."), first_line=True)
        return
    moment = heading_of(register, previous, {}).moment_line()
    paper.paragraph(_("The meeting before: {moment}").format(moment=moment), italic=True, points=12)
    columns = [Column(_("Duty"), 9, "center"), Column(_("Content"), 34), Column(_("What changed"), 57)]
    kinds: Counter[str] = Counter()
    count = paper.table(columns, _changed(register.each_change(previous, view), kinds))
    told = ngettext("{n} directive changed", "{n} directives changed", count).format(n=count)
    parts = [f"{word(kind, 'change')}: {number}" for kind, number in kinds.most_common()]
    paper.paragraph("; ".join([told, *parts]) + ".", before=4)


def _changed(changes: Iterable[Change], kinds: "Counter[str]") -> Iterator[Row]:
    for change in changes:
        kinds.update(change.kinds)
        facts = [_fact(fact) for fact in change.facts]
        facts += [
            _("no longer counts: {type} of {day}").format(type=word(entry.type, "event"), day=day(entry.effective_on))
            for entry in change.retracted
        ]
        lines = [", ".join(word(kind, "change") for kind in change.kinds), *facts]
        yield [f"D-{change.number}", shortened(change.text, _LONGEST_TEXT), "\n".join(lines)]


def _fact(fact: Fact) -> str:
    entry = fact.entry
    said = f"{day(entry.effective_on)}: {word(entry.type, 'event')}"
    if text := entry.payload.get("text") or entry.reason:
        said += f": {shortened(str(text), _LONGEST_TEXT)}"
    if fact.late:
        said += _(" (entered late on {day})").format(day=day(entry.recorded_at.date()))
    for move in fact.moved:
        before, after = day(move.due_before) or _("no day"), day(move.due_after) or _("no day")
        said += f"; {before} → {after}"
    return said


# ------------------------------------------------------------------------------------------------------------- agenda


def _agenda(paper: Paper, view: View, previous: View | None) -> int:
    paper.title(_("APPENDIX I. OPEN DUTIES BY UNIT"))
    columns = [
        Column(_("Duty"), 8, "center"), Column(_("Content"), 32), Column(_("Deadline"), 11, "center"),
        Column(_("Days left"), 7, "center"), Column(_("Promised to the meeting before"), 11, "center"),
        Column(title("status", "field"), 12), Column(_("Last report"), 19),
    ]  # fmt: skip
    counted = Counter[str]()
    paper.table(columns, _agenda_rows(agenda_items(view, previous), len(columns), counted))
    return counted.total()


def _agenda_rows(items: Iterable[AgendaItem], width: int, counted: "Counter[str]") -> Iterator[Row]:
    unit: str | None = None
    for item in items:
        if item.unit.name != unit:
            unit = item.unit.name
            yield ["", Cell(unit, bold=True), *[""] * (width - 2)]
        counted[unit] += 1
        report = item.last_report
        yield [
            f"D-{item.number}/{item.share}", shortened(item.text, _LONGEST_TEXT), _due(item),
            "" if item.days_left is None else str(item.days_left), day(item.promised_on), _stands(item),
            f"{day(report.on)}: {shortened(report.text, _LONGEST_TEXT)}" if report else "",
        ]  # fmt: skip


def _due(item: AgendaItem) -> str:
    if item.due_on is None:
        return word("no-deadline", "timeliness")
    if not item.extensions:
        return day(item.due_on)
    times = ngettext("extended {n} time", "extended {n} times", item.extensions).format(n=item.extensions)
    return f"{day(item.due_on)}\n({times})"


def _stands(item: AgendaItem) -> str:
    lines = [word(item.status, "status"), word(item.timeliness, "timeliness")]
    if item.request_pending:
        lines.append(_("asks for {day}").format(day=day(item.wished_on) or _("more time")))
    return sentence_case("\n".join(dict.fromkeys(lines)))


# ------------------------------------------------------------------------------------------------------------ overdue


def _overdue(paper: Paper, register: Register, view: View, previous: View | None) -> None:
    paper.subtitle(_("APPENDIX III. OVERDUE DUTIES, WITH THEIR REASONS AND EXTENSIONS"))
    columns = [
        Column(_("Duty"), 8, "center"), Column(title("unit", "field"), 16), Column(_("Content"), 28),
        Column(_("Deadline"), 10, "center"), Column(_("Overdue by"), 8, "center"), Column(_("Reasons"), 17),
        Column(_("Extensions"), 13),
    ]  # fmt: skip
    late = (item for item in agenda_items(view, previous) if item.timeliness == "overdue")
    count = paper.table(columns, (_overdue_row(item, _known(register, view, item)) for item in late))
    told = ngettext("{n} duty is overdue.", "{n} duties are overdue.", count)
    paper.paragraph(told.format(n=count), italic=True, points=12, before=6)


def _known(register: Register, view: View, item: AgendaItem) -> list[HistoryEntry]:
    """The events that bear on the share and count at the moment."""
    entries = register.history(item.number, at=view.moment.effective_on, known_at=view.moment.position)
    return [
        entry for entry in entries if entry.effect and item.share in entry.payload.get("shares", (item.share,))
    ]  # fmt: skip


def _overdue_row(item: AgendaItem, entries: list[HistoryEntry]) -> Row:
    reasons = [
        f"{day(entry.effective_on)}: {entry.payload.get('text') or entry.reason}"
        for entry in entries
        if entry.type in (_EXPLAINED, _REQUESTED, _DECLINED) and (entry.payload.get("text") or entry.reason)
    ]
    extensions = [
        f"{day(entry.effective_on)} → {day(_until(entry))}" + (f": {entry.reason}" if entry.reason else "")
        for entry in entries
        if entry.type == _EXTENDED
    ]
    return [
        f"D-{item.number}/{item.share}", item.unit.name, shortened(item.text, _LONGEST_TEXT), day(item.due_on),
        ngettext("{n} day", "{n} days", -(item.days_left or 0)).format(n=-(item.days_left or 0)),
        "\n".join(reasons), "\n".join(extensions),
    ]  # fmt: skip


def _until(entry: HistoryEntry) -> dt.date:
    return dt.date.fromisoformat(entry.payload["due_on"])
