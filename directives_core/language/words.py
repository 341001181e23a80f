"""The words for codes that people read: statuses, timeliness, kinds, roles, events, fields."""

from typing import Literal

from directives_core.language.fields import FIELDS
from directives_core.language.speaking import pgettext

__all__ = ["WORDS", "About", "code_of", "sentence_case", "title", "word"]

About = Literal[
    "status", "timeliness", "kind", "role", "event", "field", "figure", "change", "rule", "relation", "every", "key",
    "note", "stream", "command",
]  # fmt: skip
"""What a code is about; the same code can be a status and a field."""

# What stands first wins where nobody says what a code is about.
WORDS: dict[About, dict[str, str]] = {
    "status": {
        "assigned": "assigned",
        "declined": "declined",
        "in-progress": "in progress",
        "returned": "returned",
        "awaiting-acceptance": "awaiting acceptance",
        "suspended": "suspended",
        "completed": "completed",
        "withdrawn": "withdrawn",
        "superseded": "superseded",
        "handed-over": "handed over",
    },
    "timeliness": {
        "no-deadline": "no deadline",
        "in-time": "in time",
        "due-soon": "due soon",
        "overdue": "overdue",
        "suspended": "suspended",
        "completed-on-time": "completed on time",
        "completed-late": "completed late",
        "completed-no-deadline": "completed, no deadline",
        "closed": "closed",
    },
    "kind": {
        "deliverable": "deliverable",
        "report": "report",
        "remedy": "remedy",
        "standing": "standing",
        "one-off": "one-off",
    },
    "role": {
        "lead": "lead",
        "cooperating": "cooperating",
        "addressed": "addressed",
        "chair": "chair",
        "office": "office",
        "unit": "unit",
        "auditor": "auditor",
    },
    "event": {
        "directive.assigned": "assigned",
        "directive.allocated": "allocated",
        "directive.acknowledged": "acknowledged",
        "directive.declined": "declined",
        "directive.reported": "reported",
        "directive.extension-requested": "extension requested",
        "directive.extended": "extended",
        "directive.extension-refused": "extension refused",
        "directive.deadline-set": "deadline set",
        "directive.reminded": "reminded",
        "directive.explained": "explained",
        "directive.noted": "noted",
        "directive.labelled": "labelled",
        "directive.returned": "returned",
        "directive.completed": "completed",
        "directive.reopened": "reopened",
        "directive.suspended": "suspended",
        "directive.resumed": "resumed",
        "directive.withdrawn": "withdrawn",
        "directive.superseded": "superseded",
        "directive.handed-over": "handed over",
        "directive.amended": "amended",
        "directive.linked": "linked",
        "retracted": "retracted",
        "notice.recorded": "notice recorded",
        "notice.selected": "part of a notice recorded",
        "notice.words": "words of a notice recorded",
        "meeting.opened": "meeting opened",
        "meeting.closed": "meeting closed",
        "register.created": "register created",
        "register.copied": "register copied",
        "unit.registered": "unit registered",
        "unit.renamed": "unit renamed",
        "unit.ended": "unit ended",
        "unit.succeeded": "units succeeded",
        "class.defined": "class defined",
        "actor.registered": "actor registered",
        "actor.changed": "actor changed",
        "actor.ended": "actor ended",
        "settings.changed": "settings changed",
        "figures.published": "figures published",
        "subject.erased": "name erased",
    },
    "change": {
        "new": "new",
        "reported": "reported",
        "result-reported": "result reported",
        "extended": "extended",
        "allocated": "allocated",
        "acknowledged": "acknowledged",
        "declined": "declined",
        "extension-requested": "extension requested",
        "extension-refused": "extension refused",
        "deadline-set": "deadline set",
        "reminded": "reminded",
        "explained": "explained",
        "noted": "noted",
        "labelled": "labelled",
        "returned": "returned",
        "completed": "completed",
        "reopened": "reopened",
        "suspended": "suspended",
        "resumed": "resumed",
        "withdrawn": "withdrawn",
        "superseded": "superseded",
        "handed-over": "handed over",
        "amended": "amended",
        "linked": "linked",
        "entered-late": "entered late",
        "retracted": "retracted",
        "fallen-overdue": "fallen overdue",
        "due-soon": "due soon",
    },
    "figure": {
        "total": "total",
        "completed_on_time": "completed on time",
        "completed_late": "completed late",
        "open_in_time": "open, in time",
        "open_overdue": "open, overdue",
        "completed_no_deadline": "completed, no deadline",
        "open_no_deadline": "open, no deadline",
        "suspended": "suspended",
        "closed": "closed",
        "carried_over": "carried over",
        "given": "given",
        "reopened": "reopened",
        "completed": "completed",
        "otherwise_closed": "otherwise closed",
        "carried_on": "carried on",
        "overdue_over_30": "overdue over 30",
        "overdue_over_120": "overdue over 120",
        "undated_silent_3_months": "undated silent 3 months",
        "directives": "directives",
        "shares": "shares",
    },
    "rule": {
        "before": "before",
        "at-latest": "at the latest",
        "before-time": "before an hour",
        "within-month": "within the month",
        "within-quarter": "within the quarter",
        "within-year": "within the year",
        "recurring": "recurring",
        "relative": "counted in days",
        "event-relative": "waits for an event",
    },
    "relation": {
        "parent": "part of",
        "child": "has the part",
        "duplicate": "duplicate of",
        "continues": "continues",
        "continued-by": "continued by",
        "same-document": "same document as",
        "supersedes": "supersedes",
        "superseded-by": "superseded by",
    },
    "every": {
        "week": "every week",
        "month": "every month",
        "quarter": "every quarter",
        "half-year": "every half-year",
        "year": "every year",
    },
    "key": {
        "signs": "signs",
        "retired": "retired",
        "revoked": "revoked",
    },
    "note": {
        "note": "note",
        "explanation": "explanation",
    },
    "stream": {
        "directive": "directive",
        "meeting": "meeting",
        "notice": "notice",
        "office": "office",
        "words": "words of a notice",
    },
    "command": {
        "create the register": "create the register",
        "assign": "assign",
        "allocate": "allocate",
        "acknowledge": "acknowledge",
        "decline": "decline",
        "report": "report",
        "report on": "report on",
        "request an extension": "request an extension",
        "request an extension of": "request an extension of",
        "extend": "extend",
        "refuse an extension": "refuse an extension",
        "refuse an extension of": "refuse an extension of",
        "set a deadline": "set a deadline",
        "set a deadline for": "set a deadline for",
        "remind": "remind",
        "remind of": "remind of",
        "explain": "explain",
        "note": "note",
        "note on": "note on",
        "label": "label",
        "link": "link",
        "amend": "amend",
        "return": "return",
        "complete": "complete",
        "reopen": "reopen",
        "suspend": "suspend",
        "resume": "resume",
        "withdraw": "withdraw",
        "supersede": "supersede",
        "hand over": "hand over",
        "retract": "retract",
        "undo": "undo",
        "record a notice": "record a notice",
        "open a meeting": "open a meeting",
        "close a meeting": "close a meeting",
        "add a unit": "add a unit",
        "rename a unit": "rename a unit",
        "end a unit": "end a unit",
        "succeed a unit": "succeed a unit",
        "define a class": "define a class",
        "add an actor": "add an actor",
        "change an actor": "change an actor",
        "end an actor": "end an actor",
        "change settings": "change settings",
        "publish figures": "publish figures",
        "erase": "erase",
    },
    "field": FIELDS,
}


def word(code: str, about: About | None = None) -> str:
    """The word for a code in the language spoken now: `word("overdue")` is "overdue", or "quá hạn".

    Args:
        code: as JSON has it; a type of event with or without `directive.`, fields with hyphens or underscores.
        about: what the code is about, where several tables have it; else the first that does, in the order of `WORDS`.

    A code that no table has is shown with blanks between its words.
    """
    for table in [about] if about else WORDS:
        for known in (code, code.replace("_", "-"), code.replace("-", "_"), f"directive.{code}"):
            if known in WORDS[table]:
                return pgettext(table, WORDS[table][known])
    return code.replace("_", " ").replace("-", " ")


def title(code: str, about: About | None = None) -> str:
    """The word as the head of a column or a label begins: `title("due_on")` is "Due on", or "Hạn"."""
    return sentence_case(word(code, about))


def sentence_case(text: str) -> str:
    """The words with their first letter large, as the head of a column or a title begins."""
    return text[:1].upper() + text[1:]


def code_of(said: str, about: About) -> str:
    """The code that somebody typed as a code or as its word in the language spoken now; else what was typed."""
    typed = said.strip().casefold()
    fits = (code for code in WORDS[about] if typed in (code, word(code, about).casefold()))
    return next(fits, said)
