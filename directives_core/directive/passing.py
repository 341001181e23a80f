"""The fold of shares that come and go: assignment, allocation of classes, hand-over to heirs, closing."""

from collections.abc import Callable, Iterable

from directives_core.directive.acting import Acted, is_working, meant
from directives_core.directive.events import Allocated, Assigned, DeadlineTerms, HandedOver, NewShare
from directives_core.directive.state import LEAST_ADVANCED, Directive, Facts, Share, WorkState
from directives_core.event import Event
from directives_core.values import replace

__all__ = ["allocated", "assigned", "closing", "handed_over", "opened_by"]


def assigned(payload: Assigned, event: Event) -> Directive:
    """The directive as it begins."""
    facts = Facts(
        assigned_on=event.effective_on, text=payload.text, kind=payload.kind, notice=payload.notice,
        path=payload.path, cooperating=payload.cooperating, deadline=payload.deadline, report_to=payload.report_to,
        via=payload.via, citations=payload.citations, warnings=payload.warnings,
    )  # fmt: skip
    return Directive(facts, {share.number: _opened(share, payload.deadline) for share in payload.shares})


def _opened(new: NewShare, deadline: DeadlineTerms) -> Share:
    due_on = None if deadline.recurrence else deadline.due_on
    return Share(
        number=new.number, unit=new.unit, wording=new.wording, due_on=due_on,
        due_time=None if deadline.recurrence else deadline.due_time,
        original_due_on=due_on, recurrence=deadline.recurrence, awaits=deadline.awaits,
    )  # fmt: skip


def closing(status: WorkState, event: Event) -> Callable[[Share], Share]:
    """The change that ends a share; a suspension ends with it."""
    return lambda share: replace(share, status=status, before=None, closed=event.fold_key)


def handed_over(state: Directive, payload: HandedOver, event: Event) -> tuple[Directive, Acted]:
    """Close the sources of every child, then open the children; all sources are read before anything changes."""
    sources: dict[int, dict[int, Share]] = {}
    heirs: dict[int, str] = {}
    acted: list[int] = []
    for passing in payload.handovers:
        group = [share for share in meant(state, passing.share) if is_working(share)]
        if group and passing.child not in state.shares:
            sources.setdefault(passing.child, {}).update({share.number: share for share in group})
            heirs.setdefault(passing.child, passing.heir)
            acted.append(passing.share)
    if not acted:
        return state, ()
    shares = dict(state.shares)
    for source in (share for group in sources.values() for share in group.values()):
        shares[source.number] = closing("handed-over", event)(source)
    for child, inherited in sources.items():
        shares[child] = replace(_inheriting(inherited.values(), number=child, unit=heirs[child]), wording=None)
    return replace(state, shares=shares), tuple(dict.fromkeys(acted))


def _inheriting(sources: Iterable[Share], *, number: int, unit: str | None) -> Share:
    """A child that takes over everything but number and unit, from the least advanced, then lowest-numbered source."""
    group = sorted(sources, key=lambda share: (LEAST_ADVANCED[share.status], share.number))
    parents = tuple(sorted(share.number for share in group))
    return replace(group[0], number=number, unit=unit, parents=parents)


def allocated(state: Directive, payload: Allocated, event: Event) -> tuple[Directive, Acted]:
    """Close the share of a class into one child per unit, or open further shares under the deadline as amended."""
    shares = dict(state.shares)
    new = [share for share in payload.opened if share.number not in shares]
    if payload.share is None:
        shares.update({share.number: _opened(share, state.facts.deadline) for share in new})
        return replace(state, shares=shares), (0,)
    sources = [share for share in meant(state, payload.share) if share.unit is None and is_working(share)]
    if not sources:
        return state, ()
    for source in sources:
        shares[source.number] = closing("handed-over", event)(source)
    for share in new:
        shares[share.number] = _inheriting(sources, number=share.number, unit=share.unit)
    return replace(state, shares=shares), (payload.share,)


def opened_by(event: Event) -> list[int]:
    """The share numbers that an event opens, whether it counts or not: they are never given out again."""
    match event.payload:
        case Assigned(shares=opened) | Allocated(opened=opened):
            return [share.number for share in opened]
        case HandedOver(handovers=handovers):
            return [passing.child for passing in handovers]
        case _:
            return []
