"""The official table as a document: every directive with its lead units, deadlines, state and last report."""

from collections.abc import Iterator
from itertools import groupby
from typing import BinaryIO

from directives_adapters.exports.columns import days_overdue
from directives_adapters.exports.excerpt import Excerpt
from directives_adapters.exports.paper import Paper
from directives_adapters.exports.paper_table import Cell, Column, Row
from directives_core.language import _, day, ngettext, sentence_case, title, word
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["write"]


def write(excerpt: Excerpt, out: BinaryIO) -> int:
    """Write the table of the shares, grouped by directive; how many shares there are."""
    heading = excerpt.heading
    paper = Paper(_("Table of directives"), heading, landscape=True)
    paper.head(heading.title)
    paper.title(_("TABLE OF DIRECTIVES"), *heading.lines()[1:])
    return _saved(paper, paper.table(_columns(), _rows(excerpt)), out)


def _saved(paper: Paper, count: int, out: BinaryIO) -> int:
    counted = ngettext("The table has {n} row.", "The table has {n} rows.", count).format(n=count)
    paper.paragraph(counted, italic=True, points=12, before=6)
    paper.save(out)
    return count


def _columns() -> list[Column]:
    return [
        Column(_("No."), 5, "center"),
        Column(title("text", "field"), 26),
        Column(_("Lead unit"), 15),
        Column(title("cooperating", "field"), 11),
        Column(title("due_on", "field"), 12, "center"),
        Column(title("status", "field"), 13, "center"),
        Column(title("last_report", "field"), 18),
        Column(title("notes", "field"), 12),
    ]


def _rows(excerpt: Excerpt) -> Iterator[Row]:
    for _number, group in groupby(excerpt.shares(), key=lambda each: each[0].number):
        several = list(group)
        for place, (directive, share) in enumerate(several):
            begins, goes_on = place == 0 and len(several) > 1, place > 0
            yield [
                Cell(directive.name, begins=begins, goes_on=goes_on),
                Cell(_text(directive), begins=begins, goes_on=goes_on),
                f"{share.share}. {share.unit.name}" if len(directive.shares) > 1 else share.unit.name,
                Cell("\n".join(unit.name for unit in directive.cooperating), begins=begins, goes_on=goes_on),
                _due(directive, share),
                _stands(share),
                _report(share),
                Cell(_notes(directive), begins=begins, goes_on=goes_on),
            ]


def _text(directive: DirectiveView) -> str:
    source = " ".join(filter(None, (directive.notice, directive.path)))
    return f"{directive.text}\n({source})" if source else directive.text


def _due(directive: DirectiveView, share: ShareView) -> str:
    if share.due_on is None:
        return directive.deadline.wording or word("no-deadline", "timeliness")
    lines = [f"{day(share.due_on)} {share.due_time:%H:%M}" if share.due_time else day(share.due_on)]
    if share.extensions:
        times = ngettext("extended {n} time", "extended {n} times", share.extensions).format(n=share.extensions)
        lines.append(f"({times}; {title('original_due_on', 'field').lower()}: {day(share.original_due_on)})")
    return "\n".join(lines)


def _stands(share: ShareView) -> str:
    """Status and timeliness, one alone where it says the other too."""
    status, timeliness = word(share.status, "status"), word(share.timeliness, "timeliness")
    if late := days_overdue(share):
        timeliness = ngettext("overdue by {n} day", "overdue by {n} days", late).format(n=late)
    if share.status == "completed":
        said = [timeliness]
    else:
        said = [status] if share.timeliness in ("closed", "suspended") else [status, timeliness]
    return "\n".join(filter(None, [sentence_case(said[0]), *said[1:], day(share.delivered_on)]))


def _report(share: ShareView) -> str:
    report = share.last_report
    if report is None:
        return ""
    done = f" ({report.percent:g}%)" if report.percent is not None else ""
    document = f"\n{report.document}" if report.document else ""
    return f"{day(report.on)}: {report.text}{done}{document}"


def _notes(directive: DirectiveView) -> str:
    labels = [f"{key}: {value}" for key, value in directive.labels.items()]
    return "\n".join([*labels, *(f"{day(note['on'])}: {note['text']}" for note in directive.notes)])
