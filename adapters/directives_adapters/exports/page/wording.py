"""What the page says in the language spoken now: texts by key, counts of one and of several, words for codes."""

from typing import Any

from directives_adapters.exports.heading import Heading
from directives_core.language import _, ngettext, word
from directives_core.language.words import WORDS, About

__all__ = ["wording"]

_ABOUT: tuple[About, ...] = (
    "status", "timeliness", "kind", "role", "event", "figure", "change", "relation", "field",
)  # fmt: skip


def wording(heading: Heading) -> dict[str, Any]:
    """All that the page says in the language spoken now, what heads it included."""
    head = {"reach": heading.moment_line(), "seal": heading.checkpoint_line(), "chosen": heading.chosen_line()}
    return {
        "texts": _controls() | _figures() | _list() | _texts() | _proof() | head,
        "counts": {
            key: [one, several] for (key, one), several in zip(_counts(1).items(), _counts(2).values(), strict=True)
        },
        "words": {about: {code: word(code, about) for code in WORDS[about]} for about in _ABOUT},
    }


def _controls() -> dict[str, str]:
    """What the moment is chosen with."""
    return {
        "skip": _("Skip to the list"),
        "language": _("Language"),
        "moment": _("Moment"),
        "slider": _("Day or meeting"),
        "meeting_before": _("The meeting before"),
        "meeting_after": _("The meeting after"),
        "day": _("Day"),
        "meeting": _("Meeting"),
        "known": _("What is known"),
        "as_then": _("As known then"),
        "as_now": _("As known at the end"),
        "compare": _("Compare with"),
        "since_day": _("The day to compare with"),
        "no_meeting": _("no meeting"),
        "nothing": _("nothing"),
        "what_was_known": _("what was known then"),
        "a_day": _("a day…"),
    }


def _figures() -> dict[str, str]:
    """What stands over the figures and in the table of the units."""
    return {
        "figures": _("Figures"),
        "charts": _("Charts"),
        "burn_down": _("What was open, day by day"),
        "as_table": _("As a table"),
        "by_unit": _("By unit"),
        "bar": _("Shares"),
        "head_total": _("Total"),
        "head_open": _("Open"),
        "head_open_overdue": _("Overdue"),
        "head_open_in_time": _("In time"),
        "head_open_no_deadline": _("No deadline"),
        "head_suspended": _("Suspended"),
        "head_completed": _("Completed"),
        "head_completed_on_time": _("On time"),
        "head_completed_late": _("Late"),
        "head_completed_no_deadline": _("No deadline"),
        "head_closed": _("Closed"),
        "fewer_units": _("Fewer units"),
    }


def _list() -> dict[str, str]:
    """The list: its filters, its heads, its pages."""
    return {
        "directives": _("Directives"),
        "filters": _("Filters of the list"),
        "find": _("Find words"),
        "unit": _("Unit"),
        "status": _("Status"),
        "timeliness": _("Timeliness"),
        "notice": _("Notice"),
        "label": _("Label"),
        "change": _("Change"),
        "clear": _("Clear the filters"),
        "any": _("any"),
        "any_change": _("anything"),
        "all": _("all directives"),
        "in_time_or_soon": _("in time, due soon among them"),
        "pages": _("Pages of the list"),
        "previous": _("Previous page"),
        "next": _("Next page"),
        "rows": _("Rows on a page"),
        "all_rows": _("all"),
        "print": _("Print"),
        "close": _("Close"),
        "number": _("No."),
        "order": _("Order"),
        "lead": _("Lead unit"),
        "due_on": _("Due"),
    }


def _texts() -> dict[str, str]:
    """What stands in lists, in the figures, and in one directive."""
    return {
        "as_of": _("As of {day}."),
        "as_of_meeting": _("As of the meeting {meeting} of {day}."),
        "known_by_then": _("As known by the end of that day (position {position})."),
        "known_at_closing": _("As known when it was closed, {at} (position {position})."),
        "known_now": _("As known at the end of this page (position {position})."),
        "closed_late": _("The meeting was closed after its day, on {day}."),
        "provisional": _("Provisional: the day is not over."),
        "not_earlier": _("What it is to be compared with is not earlier: nothing is compared."),
        "stop_meeting": _("{day}, meeting {meeting}"),
        "behind": _("{n} {what}, {whose}: show them"),
        "changed_since": _("Changed since {since}: {n}"),
        "rate_on_time": _("On time: {value} ({numerator} of {denominator} completed with a deadline)"),
        "rate_completed": _("Completed: {value} ({numerator} of {denominator} completed or overdue)"),
        "rate_overdue": _("Overdue: {value} ({numerator} of {denominator} open with a deadline)"),
        "burn_told": _("At the end, on {day}, {open} are open, {overdue} of them overdue."),
        "fitting": _("{n} of {all} directives fit"),
        "page_of": _("Page {page} of {pages}"),
        "not_allocated": _("(not allocated)"),
        "delivered": _("delivered {day}"),
        "first_due": _("first {day}"),
        "was": _("was: {stood}, due {due}"),
        "not_there": _("At this moment there is no such directive: it is not assigned yet, or its assignment is void."),
        "wording": _("Wording of the deadline"),
        "assigned_on": _("Assigned on"),
        "kind": _("Kind"),
        "report_to": _("Report to"),
        "via": _("through {unit}"),
        "cooperating": _("Cooperating units"),
        "last_report": _("Last report"),
        "labels": _("Labels"),
        "notes": _("Notes"),
        "links": _("Links"),
        "shares": _("Shares"),
        "share": _("Share"),
        "delivered_on": _("Delivered on"),
        "timeline": _("What happened"),
        "recorded": _("recorded {at}, position {position}"),
        "not_known": _("not known at this moment"),
        "not_happened": _("after this day"),
        "void": _("void: retracted by entry {n}"),
        "without_effect": _("without effect"),
        "yes": _("yes"),
        "no": _("no"),
    }


def _proof() -> dict[str, str]:
    """What is said of the checkpoint."""
    return {
        "proof": _("Proof"),
        "origin": _("Register"),
        "rules": _("Version of the rules"),
        "size": _("Events covered"),
        "root": _("Root"),
        "taken_at": _("Taken at"),
        "signed": _("Signed"),
        "no_checkpoint": _("No checkpoint covers this page. Take one, then make the page again:"),
        "how_to_check": _(
            "The root stands for every event up to this size, byte for byte. Compare it with the minutes or the note "
            "that was kept elsewhere. To hold the register itself to it, save these lines as checkpoint.txt and check:"
        ),
        "what_it_shows": _(
            "It shows that nothing was changed since. It cannot show that what was entered is true or complete, and "
            "this page by itself proves nothing: the register does, and the copy of the root that left the house."
        ),
    }


def _counts(n: int) -> dict[str, str]:
    """How one, or several, are counted, with {n} for their number."""
    return {
        "later_events": ngettext(
            "{n} event entered later bears on this day.", "{n} events entered later bear on this day.", n
        ),
        "only": ngettext("This page holds {n} directive only.", "This page holds {n} directives only.", n),
        "all_units": ngettext("Show {n} unit", "Show all {n} units", n),
        "units": ngettext("{n} unit", "{n} units", n),
        "extensions": ngettext("{n} extension", "{n} extensions", n),
        "later_entries": ngettext("{n} later entry", "{n} later entries", n),
        "late": ngettext("{n} day late", "{n} days late", n),
        "beyond": ngettext(
            "{n} event of this page came after it and is not covered.",
            "{n} events of this page came after it and are not covered.",
            n,
        ),
    }
