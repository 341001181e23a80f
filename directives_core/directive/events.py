"""Everything that can have happened to a directive, as it is stored; read the events to learn the domain.

`shares` are numbers resolved when the event was decided, so that no later paper changes whom it met. `period` names one
period of a recurring duty. Who, why and on which document stand in the envelope.
"""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from directives_core.event import AtLeastOne, Payload
from directives_core.recurrence import Recurrence
from directives_core.values import Frozen

__all__ = [
    "DIRECTIVE_EVENTS",
    "Acknowledged",
    "Allocated",
    "Amended",
    "Assigned",
    "Citation",
    "Completed",
    "Cooperating",
    "DeadlineSet",
    "DeadlineTerms",
    "Declined",
    "Explained",
    "Extended",
    "ExtensionRefused",
    "ExtensionRequested",
    "HandedOver",
    "Handover",
    "Kind",
    "Labelled",
    "Linked",
    "NewShare",
    "Noted",
    "Party",
    "Relation",
    "Reminded",
    "Reopened",
    "Reported",
    "Resumed",
    "Returned",
    "Superseded",
    "Suspended",
    "Withdrawn",
]  # fmt: skip

Kind = Literal["deliverable", "report", "remedy", "standing", "one-off"]
Relation = Literal[
    "parent", "child", "duplicate", "continues", "continued-by", "same-document", "supersedes", "superseded-by",
]  # fmt: skip
INVERSE: dict[Relation, Relation] = {
    "parent": "child", "child": "parent", "duplicate": "duplicate", "continues": "continued-by",
    "continued-by": "continues", "same-document": "same-document", "supersedes": "superseded-by",
    "superseded-by": "supersedes",
}  # fmt: skip
"""What the other directive of a link is told: a link is kept on both sides."""
Shares = tuple[int, ...]
Percent = Annotated[float, Meta(ge=0, le=100)]


class Party(Frozen):
    """A unit as the document writes it; `unit` is its id where the wording is that of a registered one."""

    wording: str
    unit: str | None = None


class NewShare(Frozen):
    """A share that an event opens: its number, its lead unit's id, or the wording of a class not yet allocated."""

    number: AtLeastOne
    unit: str | None = None
    wording: str | None = None


class Cooperating(Party):
    """A unit or class that helps and does not answer for the result."""


class Citation(Frozen):
    """A document that the wording of a directive cites."""

    number: str
    date: dt.date | None = None


class DeadlineTerms(Frozen):
    """A deadline: the words, the rule they were read by, and the last day (hour) on which the duty is met in time.

    All of `due_on`, `recurrence` and `awaits` empty means that there is explicitly no deadline. `awaits` is the wording
    of an event whose day is not known yet; `calendar` names the calendar that a working-day rule was computed with.
    """

    wording: str | None = None
    rule: str | None = None
    due_on: dt.date | None = None
    due_time: dt.time | None = None
    recurrence: Recurrence | None = None
    awaits: str | None = None
    calendar: str | None = None


class Assigned(Payload, name="directive.assigned", kw_only=True):
    """A directive exists: `shares` are its lead units' parts, numbered from 1, all under one deadline."""

    text: str
    kind: Kind = "one-off"
    notice: str | None = None
    path: str | None = None
    shares: Annotated[tuple[NewShare, ...], Meta(min_length=1)]
    cooperating: tuple[Cooperating, ...] = ()
    deadline: DeadlineTerms = DeadlineTerms()
    report_to: Party | None = None
    via: Party | None = None
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()


class Allocated(Payload, name="directive.allocated", kw_only=True):
    """Lead units were added: the members of the class that `share` stands for, or, where it is none, further units."""

    share: int | None = None
    opened: Annotated[tuple[NewShare, ...], Meta(min_length=1)]
    rests_on: str | None = None


class Acknowledged(Payload, name="directive.acknowledged"):
    """The lead units know of the duty and have begun."""

    shares: Shares


class Declined(Payload, name="directive.declined"):
    """The lead units ask to be released, with a reason; the duty and its clock stand."""

    shares: Shares
    proposes: str | None = None


class Reported(Payload, name="directive.reported", kw_only=True):
    """The lead units reported progress, or a result that now awaits acceptance."""

    shares: Shares
    period: str | None = None
    result: bool = False
    text: str
    percent: Percent | None = None
    quantity: str | None = None
    document: str | None = None


class ExtensionRequested(Payload, name="directive.extension-requested"):
    """The lead units wish for a later deadline; `late` if they asked after the due day."""

    shares: Shares
    period: str | None = None
    wished_on: dt.date | None = None
    late: bool = False


class Extended(Payload, name="directive.extended", kw_only=True):
    """The shares may be met later: `due_on` replaces the deadline that was in force."""

    shares: Shares
    period: str | None = None
    due_on: dt.date
    due_time: dt.time | None = None
    answers: int | None = None


class ExtensionRefused(Payload, name="directive.extension-refused"):
    """The wish for a later deadline was refused; the deadline in force stands."""

    shares: Shares
    period: str | None = None
    answers: int | None = None


class DeadlineSet(Payload, name="directive.deadline-set", kw_only=True):
    """The shares have a deadline where there was none, an earlier one, or the day of the event that they waited for."""

    shares: Shares
    period: str | None = None
    due_on: dt.date
    due_time: dt.time | None = None
    wording: str | None = None


class Reminded(Payload, name="directive.reminded"):
    """The units were reminded of the duty."""

    shares: Shares
    text: str | None = None


class Explained(Payload, name="directive.explained"):
    """The units explained why something is as it is, mostly why it is late."""

    shares: Shares
    text: str


class Noted(Payload, name="directive.noted"):
    """Somebody wrote down something that changes no state."""

    text: str
    shares: Shares = ()


class Labelled(Payload, name="directive.labelled"):
    """Labels were put on the directive: key and value; a value of none takes the label off."""

    labels: dict[str, str | None]


class Returned(Payload, name="directive.returned"):
    """A reported result was sent back for rework; the clock runs on."""

    shares: Shares
    period: str | None = None


class Completed(Payload, name="directive.completed"):
    """A second party accepted the result; `delivered_on` only where it was given."""

    shares: Shares
    period: str | None = None
    delivered_on: dt.date | None = None


class Reopened(Payload, name="directive.reopened"):
    """What was completed, closed or declined is work again, under the deadline that it had."""

    shares: Shares
    period: str | None = None


class Suspended(Payload, name="directive.suspended"):
    """The duty rests; its deadline does not move."""

    shares: Shares


class Resumed(Payload, name="directive.resumed"):
    """A suspended duty goes on where it stood."""

    shares: Shares


class Withdrawn(Payload, name="directive.withdrawn"):
    """The duty no longer binds."""

    shares: Shares


class Superseded(Payload, name="directive.superseded"):
    """Another directive took the place of this one; `successor` is its number, or a reference into another register."""

    shares: Shares
    successor: int | str


class Handover(Frozen):
    """One share passes to one heir as a child share of its own number."""

    share: int
    heir: str
    child: AtLeastOne


class HandedOver(Payload, name="directive.handed-over"):
    """Shares passed to other units, on a decision; each heir takes over everything but number and unit."""

    handovers: Annotated[tuple[Handover, ...], Meta(min_length=1)]
    rests_on: str | None = None


class Amended(Payload, name="directive.amended"):
    """Something had been entered otherwise than the document says; only the fields given were wrong.

    `units` corrects the unit of shares by number, whichever event opened them; `cleared` names fields that the
    document does not have at all. A correction is no extension.
    """

    text: str | None = None
    kind: Kind | None = None
    notice: str | None = None
    path: str | None = None
    units: dict[int, str] | None = None
    cooperating: tuple[Cooperating, ...] | None = None
    deadline: DeadlineTerms | None = None
    report_to: Party | None = None
    via: Party | None = None
    citations: tuple[Citation, ...] | None = None
    cleared: tuple[Literal["notice", "path", "report_to", "via"], ...] = ()


class Linked(Payload, name="directive.linked"):
    """The directive is related to another one, named by its number, or by a reference into another register."""

    relation: Relation
    target: int | str


DIRECTIVE_EVENTS: tuple[type[Payload], ...] = (
    Assigned, Allocated, Acknowledged, Declined, Reported, ExtensionRequested, Extended, ExtensionRefused, DeadlineSet,
    Reminded, Explained, Noted, Labelled, Returned, Completed, Reopened, Suspended, Resumed, Withdrawn, Superseded,
    HandedOver, Amended, Linked,
)  # fmt: skip
