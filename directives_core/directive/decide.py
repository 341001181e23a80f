"""The decisions: what a command on a directive makes true, or why it is refused. They change nothing and do no I/O.

Each takes the case as it stood on the effective day and returns the payload of one event; whatever the fold would skip
is refused here. Who may do it is the policy's matter.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from directives_core.directive.acting import is_open, is_working
from directives_core.directive.case import Case
from directives_core.directive.events import (
    Acknowledged,
    Allocated,
    Amended,
    Completed,
    DeadlineSet,
    Declined,
    Explained,
    Extended,
    ExtensionRefused,
    ExtensionRequested,
    HandedOver,
    Handover,
    Labelled,
    Linked,
    NewShare,
    Noted,
    Relation,
    Reminded,
    Reopened,
    Reported,
    Resumed,
    Returned,
    Superseded,
    Suspended,
    Withdrawn,
)
from directives_core.directive.state import Duty, Share
from directives_core.directive.work import REOPENABLE
from directives_core.errors import (
    BadValue,
    DeliveredOutOfTime,
    ExtensionsExhausted,
    NoRequest,
    NotEarlier,
    NothingToDo,
    NotLater,
    ReasonNeeded,
    TooLate,
    UnknownShare,
)
from directives_core.language import Phrase
from directives_core.office.settings import Settings

__all__ = [
    "acknowledge", "allocate", "amend", "complete", "decline", "explain", "extend", "hand_over", "label", "link",
    "note", "refuse_extension", "remind", "reopen", "report", "request_extension", "resume", "return_", "set_deadline",
    "supersede", "suspend", "withdraw",
]  # fmt: skip

_OPEN_WORKS = Phrase("this needs an open duty; reopen or resume it first")


def acknowledge(case: Case) -> Acknowledged:
    """The lead unit knows of the duty."""
    return Acknowledged(shares=_numbers(case.shares("acknowledge", is_open, _OPEN_WORKS)))


def decline(case: Case, *, proposes: str | None = None) -> Declined:
    """The lead unit asks to be released; it is a wish, and needs a reason."""
    case.need_reason("decline")
    return Declined(shares=_numbers(case.shares("decline", is_open, _OPEN_WORKS)), proposes=proposes)


def report(
    case: Case, text: str, *, result: bool, percent: float | None, quantity: str | None, document: str | None
) -> Reported:
    """Progress, or a result that awaits acceptance."""
    shares, period, _ = case.duties("report on", is_open, _OPEN_WORKS)
    return Reported(
        shares=_numbers(shares), period=period, result=result, text=text, percent=percent, quantity=quantity,
        document=document,
    )  # fmt: skip


def request_extension(case: Case, wished_on: dt.date | None, *, settings: Settings) -> ExtensionRequested:
    """A wish for a later deadline; after the due day it is flagged late, or refused where the office so chose."""
    case.need_reason("request an extension")
    shares, period, duties = case.duties("request an extension of", is_open, _OPEN_WORKS)
    for share, duty in zip(shares, duties, strict=True):
        if wished_on is not None and duty.due_on is not None and wished_on <= duty.due_on:
            raise NotLater(case.number, share.number, due_on=duty.due_on, to=wished_on)
    late = any(duty.due_on is not None and case.on > duty.due_on for duty in duties)
    if late and settings.request_before_expiry:
        raise TooLate(case.number, shares[0].number, due_on=duties[0].due_on, on=case.on)
    return ExtensionRequested(shares=_numbers(shares), period=period, wished_on=wished_on, late=late)


def extend(case: Case, to: dt.date, *, due_time: dt.time | None = None, settings: Settings) -> Extended:
    """Grant a later deadline; it answers the pending request, if there is one.

    Raises:
        UnitNeeded: several shares could be meant and none was named.
        NotLater: `to` is not after the deadline in force, or there is none.
        ExtensionsExhausted: the office grants no more extensions of one share.
    """
    case.need_reason("extend")
    shares, period, duties = case.duties("extend", is_open, _OPEN_WORKS)
    for share, duty in zip(shares, duties, strict=True):
        if duty.due_on is None or to <= duty.due_on:
            raise NotLater(case.number, share.number, due_on=duty.due_on, to=to)
        if settings.extension_limit is not None and duty.extensions >= settings.extension_limit:
            raise ExtensionsExhausted(case.number, share.number, limit=settings.extension_limit)
    return Extended(shares=_numbers(shares), period=period, due_on=to, due_time=due_time, answers=_request(duties))


def refuse_extension(case: Case) -> ExtensionRefused:
    """Say no to the pending request."""
    case.need_reason("refuse an extension")
    shares, period, duties = case.duties("refuse an extension of", is_open, _OPEN_WORKS)
    asking = [(share, duty) for share, duty in zip(shares, duties, strict=True) if duty.request is not None]
    if not asking:
        raise NoRequest(case.number, shares[0].number)
    numbers = tuple(share.number for share, _ in asking)
    return ExtensionRefused(shares=numbers, period=period, answers=_request([duty for _, duty in asking]))


def _request(duties: Sequence[Duty]) -> int | None:
    return max((duty.request for duty in duties if duty.request is not None), default=None)


def set_deadline(
    case: Case, due_on: dt.date, *, due_time: dt.time | None = None, wording: str | None = None
) -> DeadlineSet:
    """Set a deadline where there was none, or an earlier one; a later one is an extension.

    Raises:
        NotEarlier: `due_on` is not before the deadline in force.
    """
    shares, period, duties = case.duties("set a deadline for", is_open, _OPEN_WORKS)
    for share, duty in zip(shares, duties, strict=True):
        if duty.due_on is not None and due_on >= duty.due_on:
            raise NotEarlier(case.number, share.number, due_on=duty.due_on, to=due_on)
    return DeadlineSet(shares=_numbers(shares), period=period, due_on=due_on, due_time=due_time, wording=wording)


def remind(case: Case, text: str | None = None) -> Reminded:
    """Remind the lead units of a duty that binds."""
    return Reminded(
        shares=_numbers(case.shares("remind of", is_working, Phrase("only what binds is reminded of"))), text=text
    )


def explain(case: Case, text: str) -> Explained:
    """Record why something is as it is."""
    return Explained(shares=_numbers(case.shares("explain", _any, "")), text=text)


def note(case: Case, text: str) -> Noted:
    """Write down something that changes no state: about the directive, or the shares named, or those of the unit."""
    named = case.asked.shares or case.asked.units or case.asked.own
    return Noted(text=text, shares=_numbers(case.shares("note on", _any, "")) if named else ())


def label(case: Case, labels: Mapping[str, str | None]) -> Labelled:
    """Put labels on the directive, or take them off with a value of none."""
    if not labels or not all(key.strip() for key in labels):
        raise BadValue("label", dict(labels), expected=Phrase("at least one KEY=VALUE"))
    return Labelled(labels={key.strip(): value for key, value in labels.items()})


def return_(case: Case) -> Returned:
    """Send a reported result back for rework."""
    case.need_reason("return")
    works = Phrase("only a reported result can be returned")
    shares, period, _ = case.duties("return", lambda duty: duty.status == "awaiting-acceptance", works)
    return Returned(shares=_numbers(shares), period=period)


def complete(case: Case, *, delivered_on: dt.date | None) -> Completed:
    """Accept the result; without a result report it needs a reason.

    Raises:
        DeliveredOutOfTime: the delivery lies before the assignment or after the effective day.
        ReasonNeeded: nothing was reported, and no reason or document says why it counts as done.
    """
    shares, period, duties = case.duties("complete", is_open, _OPEN_WORKS, infer=False)
    first = case.state.facts.assigned_on
    if delivered_on is not None and not first <= delivered_on <= case.on:
        raise DeliveredOutOfTime(case.number, delivered_on=delivered_on, first=first, last=case.on)
    if not case.justified and any(duty.status != "awaiting-acceptance" for duty in duties):
        why = Phrase("no result was reported; report it first, or say why the duty counts as done")
        raise ReasonNeeded(Phrase("complete D-{number}", number=case.number), why=why)
    return Completed(shares=_numbers(shares), period=period, delivered_on=delivered_on)


def reopen(case: Case) -> Reopened:
    """Make work again of what was completed, closed or declined; for a declined duty this is the ruling."""
    case.need_reason("reopen")
    works = Phrase("only what was completed, withdrawn, superseded or declined can be reopened")
    shares, period, _ = case.duties("reopen", lambda duty: duty.status in REOPENABLE, works, infer=False)
    return Reopened(shares=_numbers(shares), period=period)


def suspend(case: Case) -> Suspended:
    """Let the duty rest."""
    case.need_reason("suspend")
    return Suspended(shares=_numbers(case.shares("suspend", is_open, _OPEN_WORKS)))


def resume(case: Case) -> Resumed:
    """Let a resting duty go on."""
    case.need_reason("resume")
    works = Phrase("only a suspended duty can be resumed")
    return Resumed(shares=_numbers(case.shares("resume", lambda share: share.status == "suspended", works)))


def withdraw(case: Case) -> Withdrawn:
    """End the duty without a result."""
    case.need_reason("withdraw")
    return Withdrawn(
        shares=_numbers(case.shares("withdraw", is_working, Phrase("it binds no longer; reopen it first")))
    )


def supersede(case: Case, successor: int | str) -> Superseded:
    """End the duty in favour of another directive."""
    case.need_reason("supersede")
    shares = case.shares("supersede", is_working, Phrase("it binds no longer; reopen it first"))
    if successor == case.number:
        raise BadValue("successor", successor, expected=Phrase("another directive"))
    return Superseded(shares=_numbers(shares), successor=successor)


def hand_over(case: Case, heirs: Sequence[str], *, rests_on: str | None) -> HandedOver:
    """Pass shares to other units: every share named, to every heir, each with a child share of its own."""
    if not heirs:
        raise NothingToDo("hand over", give=Phrase("at least one heir"))
    if not rests_on:
        case.need_reason("hand over")
    shares = case.shares("hand over", is_working, Phrase("it binds no longer"))
    heirs = list(dict.fromkeys(heirs))
    numbers = iter(range(case.next_share, case.next_share + len(shares) * len(heirs)))
    passing = [Handover(share=share.number, heir=heir, child=next(numbers)) for share in shares for heir in heirs]
    return HandedOver(handovers=tuple(passing), rests_on=rests_on)


def allocate(case: Case, units: Sequence[str], *, rests_on: str | None) -> Allocated:
    """Add lead units: the members of the class whose share is not allocated yet, or, where none is, further units."""
    if not units:
        raise NothingToDo("allocate", give=Phrase("at least one unit"))
    waiting = [s for s in case.state.shares.values() if s.unit is None and is_working(s)]
    named = [share for share in waiting if share.number in case.asked.shares]
    if case.asked.shares and not named:
        raise UnknownShare(case.number, case.asked.shares[0], known=[share.number for share in waiting])
    if len(waiting) > 1 and not named:
        case.shares("allocate", lambda share: share in waiting, "")
    share = next(iter(named or waiting), None)
    opened = tuple(NewShare(number=case.next_share + n, unit=unit) for n, unit in enumerate(dict.fromkeys(units)))
    return Allocated(share=share.number if share else None, opened=opened, rests_on=rests_on)


def amend(case: Case, amended: Amended) -> Amended:
    """Correct what was entered otherwise than the document says."""
    if amended == Amended():
        raise NothingToDo("amend", give=Phrase("the fields that were entered wrongly"))
    for number in amended.units or {}:
        if number not in case.state.shares:
            raise UnknownShare(case.number, number, known=list(case.state.shares))
    return amended


def link(case: Case, relation: Relation, target: int | str) -> Linked:
    """Relate the directive to another one."""
    if target == case.number:
        raise BadValue("link", target, expected=Phrase("another directive"))
    return Linked(relation=relation, target=target)


def _numbers(shares: Sequence[Share]) -> tuple[int, ...]:
    return tuple(share.number for share in shares)


def _any(_: Share) -> bool:
    return True
