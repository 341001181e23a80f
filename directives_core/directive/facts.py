"""The fold of the directive's own fields: corrections of what was entered, notes, labels, links."""

from typing import Any

from directives_core.directive.acting import Acted
from directives_core.directive.events import Amended, DeadlineTerms, Explained, Labelled, Linked, Noted, Reminded
from directives_core.directive.state import Directive, Duty, Link, Note, Share
from directives_core.event import Event, Retracted
from directives_core.values import replace

__all__ = ["amended", "on_facts"]

_AMENDED = ("text", "kind", "notice", "path", "cooperating", "deadline", "report_to", "via", "citations")


def amended(state: Directive, payload: Amended) -> Directive:
    """The directive as the document says it, where it had been entered otherwise."""
    given: dict[str, Any] = {name: value for name in _AMENDED if (value := getattr(payload, name)) is not None}
    given.update(dict.fromkeys(payload.cleared))
    shares = dict(state.shares)
    if payload.deadline is not None:
        shares = {number: _re_dated(share, payload.deadline) for number, share in shares.items()}
    for number, unit in (payload.units or {}).items():
        if number in shares:
            shares[number] = replace(shares[number], unit=unit)
    return Directive(replace(state.facts, **given), shares)


def _re_dated(share: Share, terms: DeadlineTerms) -> Share:
    """The share under a deadline that should have been entered from the start; what moved since stays where it is."""
    original = None if terms.recurrence else terms.due_on
    periods = {name: _re_dated_period(duty, name, terms) for name, duty in share.periods.items()}
    share = replace(share, original_due_on=original, recurrence=terms.recurrence, awaits=terms.awaits, periods=periods)
    due_time = None if terms.recurrence else terms.due_time
    return share if share.moved else replace(share, due_on=original, due_time=due_time)


def _re_dated_period(duty: Duty, name: str, terms: DeadlineTerms) -> Duty:
    due = terms.recurrence.due_of(name) if terms.recurrence else None
    if due is None:
        return duty
    duty = replace(duty, original_due_on=due)
    return duty if duty.moved else replace(duty, due_on=due, due_time=terms.due_time)


def on_facts(state: Directive, event: Event) -> tuple[Directive, Acted]:
    """What an event does that changes no work state."""
    facts = state.facts
    on, actor = event.effective_on, event.envelope.actor
    match event.payload:
        case Reminded():
            facts = replace(facts, reminders=facts.reminders + 1)
        case Noted(text=text):
            facts = replace(facts, notes=(*facts.notes, Note(on, actor, text)))
        case Explained(text=text):
            facts = replace(facts, notes=(*facts.notes, Note(on, actor, text, kind="explanation")))
        case Labelled(labels=labels):
            kept = {key: value for key, value in {**facts.labels, **labels}.items() if value is not None}
            facts = replace(facts, labels=kept)
        case Linked(relation=relation, target=target):
            link = Link(relation, target)
            facts = facts if link in facts.links else replace(facts, links=(*facts.links, link))
        case Retracted():
            pass  # It decides who takes part in the fold, and changes nothing in its own place.
        case _:
            return state, ()
    return replace(state, facts=facts), (0,)
