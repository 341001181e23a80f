"""The writes on directives: what the office, the chair and the units do with them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Unpack

from directives_core.deadline import Deadline
from directives_core.directive import decide
from directives_core.directive.case import Asked, Case
from directives_core.directive.events import INVERSE, Amended, Kind, Linked, Relation
from directives_core.directive.evolve import replay
from directives_core.directive.state import Directive
from directives_core.errors import (
    BadValue,
    BeforeAssignment,
    NotAllowed,
    Stale,
    UnknownDirective,
    UnknownUnit,
)
from directives_core.event import Payload, Role, voids
from directives_core.office.names import comparable, find_unit
from directives_core.office.state import Office
from directives_core.register.assigning import Assignment, assign, cooperating_of, opened_numbers, party_of, read_due
from directives_core.register.door import Door, Work
from directives_core.register.how import AnyNumber, How, On, a_text, as_day, as_day_or_none, names, text_or_none
from directives_core.register.references import read_reference, resolve_notice_item
from directives_core.register.retracting import retract
from directives_core.register.session import Loaded
from directives_core.results import Number

__all__ = ["DirectiveWrites"]

Decide = Callable[[Case, Work], Payload]
Then = Callable[[Work, int, dt.date, Role], None]
"""What another directive is told in the same command, of the one decided on, its day and the role used."""


class DirectiveWrites(Door):
    """The commands on directives. All take the keywords of `How`, those on shares the keywords of `On`."""

    def assign(
        self,
        text: str,
        *,
        due: dt.date | str | Deadline | None,
        to: str | Sequence[str] = (),
        addressed: str | Sequence[str] = (),
        cooperating: str | Sequence[str] = (),
        report_to: str | None = None,
        via: str | None = None,
        kind: Kind = "one-off",
        **how: Unpack[How],
    ) -> Number:
        """Assign a directive to lead units, one share each.

        Args:
            text: the order, verbatim.
            due: the last day that still complies, a wording to be read by the rules of deadlines, or none explicitly.
            to: lead units by name or id, or classes defined in the register, which fan out to their members.
            addressed: wordings of classes that are not defined: one share each, allocated later.
            cooperating: units or classes that help.
            report_to: whom the lead units report to.
            via: through whom the report goes.
            kind: deliverable, report, remedy, standing or one-off.
            how: see `How`.

        Raises:
            UnknownUnit, UnitEnded: a lead unit does not exist on that day.
            InTheFuture: `effective_on` lies ahead.
            BadValue: there is no lead unit, no text, or the deadline cannot be read.
        """
        assignment = Assignment(
            text=a_text("text", text), due=due, to=names("to", to), addressed=names("addressed", addressed),
            cooperating=names("cooperating", cooperating), report_to=text_or_none("report_to", report_to),
            via=text_or_none("via", via), kind=kind,
        )  # fmt: skip
        arguments = assignment.said()
        return self._write("assign", arguments, how, lambda work: assign(work, assignment))

    def acknowledge(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """The lead unit knows of the duty and begins."""
        return self._decided("acknowledge", number, how, {}, lambda case, _: decide.acknowledge(case))

    def decline(self, number: AnyNumber, *, proposes: str | None = None, **how: Unpack[On]) -> Number:
        """The lead unit asks to be released, with a reason; `proposes` names another one. The duty stands."""
        arguments = {"proposes": proposes}
        return self._decided("decline", number, how, arguments, lambda case, _: decide.decline(case, proposes=proposes))

    def report(
        self,
        number: AnyNumber,
        text: str,
        *,
        result: bool = False,
        percent: float | None = None,
        quantity: str | None = None,
        document: str | None = None,
        **how: Unpack[On],
    ) -> Number:
        """Report progress, or with `result` the result, which then awaits acceptance; `percent` from 0 to 100."""
        said = a_text("text", text)
        if percent is not None and not (isinstance(percent, int | float) and 0 <= percent <= 100):
            raise BadValue("percent", percent, expected="a number from 0 to 100")
        fields = {"result": result, "percent": percent, "quantity": quantity, "document": document}

        def decided(case: Case, _: Work) -> Payload:
            return decide.report(case, said, result=result, percent=percent, quantity=quantity, document=document)

        return self._decided("report", number, how, {"text": said, **fields}, decided)

    def request_extension(
        self, number: AnyNumber, *, to: dt.date | str | None = None, **how: Unpack[On]
    ) -> Number:
        """Ask for a later deadline, with a reason; after the due day the request is flagged late."""
        wished = as_day_or_none("to", to)

        def decided(case: Case, work: Work) -> Payload:
            return decide.request_extension(case, wished, settings=work.office.settings)

        return self._decided("request an extension", number, how, {"to": wished}, decided)

    def extend(
        self, number: AnyNumber, *, to: dt.date | str, due_time: dt.time | None = None, **how: Unpack[On]
    ) -> Number:
        """Grant a later deadline, with a reason; it answers a pending request.

        Raises:
            NotLater: `to` is not after the deadline in force.
        """
        later = as_day("to", to)

        def decided(case: Case, work: Work) -> Payload:
            return decide.extend(case, later, due_time=due_time, settings=work.office.settings)

        return self._decided("extend", number, how, {"to": later, "due_time": due_time}, decided)

    def refuse_extension(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Refuse the pending request for a later deadline, with a reason."""
        return self._decided("refuse an extension", number, how, {}, lambda case, _: decide.refuse_extension(case))

    def set_deadline(self, number: AnyNumber, *, due: dt.date | str, **how: Unpack[On]) -> Number:
        """Set a deadline where there was none, or an earlier one.

        Raises:
            NotEarlier: the day is not before the deadline in force; extend it instead.
        """
        said = {"due": due}

        def decided(case: Case, work: Work) -> Payload:
            terms = read_due(work, due)
            if terms.due_on is None:
                raise BadValue("due", due, expected="a day")
            return decide.set_deadline(case, terms.due_on, due_time=terms.due_time, wording=terms.wording)

        return self._decided("set a deadline", number, how, said, decided)

    def remind(self, number: AnyNumber, text: str | None = None, **how: Unpack[On]) -> Number:
        """Remind the lead units; it changes no state and is counted."""
        said = text_or_none("text", text)
        return self._decided("remind", number, how, {"text": said}, lambda case, _: decide.remind(case, said))

    def explain(self, number: AnyNumber, text: str, **how: Unpack[On]) -> Number:
        """Record why something is as it is, mostly why it is late."""
        said = a_text("text", text)
        return self._decided("explain", number, how, {"text": said}, lambda case, _: decide.explain(case, said))

    def note(self, number: AnyNumber, text: str, **how: Unpack[On]) -> Number:
        """Write down something that changes no state."""
        said = a_text("text", text)
        return self._decided("note", number, how, {"text": said}, lambda case, _: decide.note(case, said))

    def label(self, number: AnyNumber, labels: Mapping[str, str | None], **how: Unpack[How]) -> Number:
        """Put labels on the directive, such as its field or the deputy in charge; a value of none takes one off."""
        arguments = {"labels": dict(labels)}
        return self._decided("label", number, how, arguments, lambda case, _: decide.label(case, labels), shares=False)

    def return_(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Send a reported result back for rework, with a reason; the clock runs on."""
        return self._decided("return", number, how, {}, lambda case, _: decide.return_(case))

    def complete(
        self, number: AnyNumber, *, delivered_on: dt.date | str | None = None, **how: Unpack[On]
    ) -> Number:
        """Accept the result. Never by the share's own unit; without a result report it needs a reason.

        On time or late is judged by the delivery: the day given, else that of the first result report since the last
        return or reopening, else the effective day.
        """
        delivered = as_day_or_none("delivered_on", delivered_on)

        def decided(case: Case, _: Work) -> Payload:
            return decide.complete(case, delivered_on=delivered)

        return self._decided("complete", number, how, {"delivered_on": delivered}, decided)

    def reopen(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Make work again of what was completed, withdrawn, superseded or declined, with a reason."""
        return self._decided("reopen", number, how, {}, lambda case, _: decide.reopen(case))

    def suspend(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Let the duty rest, with a reason; its deadline does not move."""
        return self._decided("suspend", number, how, {}, lambda case, _: decide.suspend(case))

    def resume(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Let a suspended duty go on where it stood, with a reason."""
        return self._decided("resume", number, how, {}, lambda case, _: decide.resume(case))

    def withdraw(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """End the duty without a result, with a reason."""
        return self._decided("withdraw", number, how, {}, lambda case, _: decide.withdraw(case))

    def supersede(self, number: AnyNumber, *, by_number: AnyNumber, **how: Unpack[On]) -> Number:
        """End the duty in favour of another directive, with a reason; that may be a reference into another register."""
        arguments = {"by_number": by_number}

        def decided(case: Case, work: Work) -> Payload:
            return decide.supersede(case, self._target(work, by_number))

        def told(work: Work, superseded: int, on: dt.date, role: Role) -> None:
            self._tell(work, self._target(work, by_number), Linked(relation="supersedes", target=superseded), on, role)

        return self._decided("supersede", number, how, arguments, decided, then=told)

    def hand_over(
        self, number: AnyNumber, *, to: str | Sequence[str], rests_on: str | None = None, **how: Unpack[On]
    ) -> Number:
        """Pass shares to other units on a decision; each heir takes over everything but number and unit."""
        heirs = names("to", to)

        def decided(case: Case, work: Work) -> Payload:
            units = [find_unit(work.office, heir, on=work.on).id for heir in heirs]
            return decide.hand_over(case, units, rests_on=rests_on)

        return self._decided("hand over", number, how, {"to": heirs, "rests_on": rests_on}, decided)

    def allocate(
        self, number: AnyNumber, *, to: str | Sequence[str], rests_on: str | None = None, **how: Unpack[How]
    ) -> Number:
        """Give the share of a class to its members, or add further lead units under the deadline as assigned."""
        units = names("to", to)

        def decided(case: Case, work: Work) -> Payload:
            found = [find_unit(work.office, unit, on=work.on).id for unit in units]
            return decide.allocate(case, found, rests_on=rests_on)

        arguments = {"to": units, "rests_on": rests_on}
        return self._decided("allocate", number, how, arguments, decided, shares=False)

    def amend(
        self,
        number: AnyNumber,
        *,
        text: str | None = None,
        kind: Kind | None = None,
        due: dt.date | str | Deadline | None = None,
        units: Mapping[int, str] | None = None,
        cooperating: Sequence[str] | None = None,
        report_to: str | None = None,
        via: str | None = None,
        notice: str | None = None,
        path: str | None = None,
        clear: Sequence[str] = (),
        **how: Unpack[How],
    ) -> Number:
        """Correct what was entered otherwise than the document says; it is no extension.

        Args:
            number: the directive.
            text: the order as the document has it.
            kind: its kind.
            due: the deadline as the document has it; the wording "none" where it has none.
            units: lead units by share number, where another one had been entered.
            cooperating: all units and classes that help.
            report_to: whom the lead units report to.
            via: through whom the report goes.
            notice: the notice that it comes from.
            path: its item there.
            clear: names of fields that the document does not have: notice, path, report_to, via.
            how: see `How`; `effective_on` is by default the day of the assignment.
        """
        said = {
            "text": text, "kind": kind, "due": due, "units": dict(units or {}), "cooperating": cooperating,
            "report_to": report_to, "via": via, "notice": notice, "path": path, "clear": tuple(clear),
        }  # fmt: skip

        def decided(case: Case, work: Work) -> Payload:
            return decide.amend(case, _amended(work, said))

        return self._decided("amend", number, how, said, decided, shares=False)

    def link(self, number: AnyNumber, relation: Relation, target: AnyNumber, **how: Unpack[How]) -> Number:
        """Relate the directive to another one: its parent, a duplicate, one that it continues, of the same document.

        The other directive is told the inverse. A target that is no number is a reference into another register.
        """
        arguments = {"relation": relation, "target": target}
        if relation not in INVERSE:
            raise BadValue("relation", relation, expected=f"one of {', '.join(INVERSE)}")

        def decided(case: Case, work: Work) -> Payload:
            return decide.link(case, relation, self._target(work, target))

        def told(work: Work, linked: int, on: dt.date, role: Role) -> None:
            self._tell(work, self._target(work, target), Linked(relation=INVERSE[relation], target=linked), on, role)

        return self._decided("link", number, how, arguments, decided, shares=False, then=told)

    def retract(self, number: AnyNumber, version: int, **how: Unpack[How]) -> Number:
        """Declare one earlier event of the directive void, with the reason why it was wrong; nothing is deleted.

        Retracting a retraction brings the event back. A retraction has no day of its own.

        Raises:
            UnknownEvent: the directive has no event of this version.
            EventVoid: it is void already.
        """

        def carry_out(work: Work) -> Number:
            loaded, _ = self._load(work, number)
            return retract(work, loaded, version)

        return self._write("retract", {"number": str(number), "version": version}, how, carry_out)

    # ---------------------------------------------------------------------------------------------------- the way in

    def _decided(
        self,
        command: str,
        number: AnyNumber,
        how: Mapping[str, Any],
        arguments: Mapping[str, Any],
        decided: Decide,
        *,
        shares: bool = True,
        then: Then | None = None,
    ) -> Number:
        """The way of every command on one directive: load, judge the case on the effective day, ask the policy, add."""

        def carry_out(work: Work) -> Number:
            loaded, asked = self._load(work, number)
            on = self._effective_day(work, loaded)
            work = replace(work, on=on)
            state = replay(loaded.events, on)
            if state is None:
                raise BeforeAssignment(loaded.number, assigned_on=loaded.events[0].effective_on, on=on)
            case = self._case(work, loaded, state, asked, on)
            _may_at_all(work, case)
            payload = decided(case, work)
            role = _may(work, state, payload)
            work.session.add_to_directive(loaded.number, payload, on=on, envelope=work.envelope(role))
            if then is not None:
                then(work, loaded.number, on, role)
            return Number(loaded.number, work.told(len(loaded.events)))

        return self._write(command, {"number": str(number), **arguments}, how, carry_out, shares=shares)

    def _load(self, work: Work, number: AnyNumber) -> tuple[Loaded, Asked]:
        reference = read_reference(number)
        found = reference.number or resolve_notice_item(work.session.transaction, self._log, reference)
        loaded = work.session.directive(found)
        if loaded is None:
            raise UnknownDirective(found, last=work.session.last_number)
        wanted = work.request.if_version
        if wanted is not None and wanted != len(loaded.events):
            raise Stale(found, expected=wanted, actual=len(loaded.events))
        if work.command != "retract" and loaded.current is None and 1 in voids(loaded.events):
            raise UnknownDirective(found, last=work.session.last_number, why="any more: its assignment was retracted")
        if reference.period is not None and work.request.period not in (None, reference.period):
            raise BadValue("period", work.request.period, expected=f"{reference.period}, as in {number}")
        period = reference.period or work.request.period
        return loaded, Asked(shares=(reference.share,) if reference.share else (), period=period)

    @staticmethod
    def _effective_day(work: Work, loaded: Loaded) -> dt.date:
        assigned_on = loaded.events[0].effective_on
        on = assigned_on if work.command == "amend" and work.request.effective_on is None else work.on
        if on < assigned_on:
            raise BeforeAssignment(loaded.number, assigned_on=assigned_on, on=on)
        return on

    @staticmethod
    def _case(work: Work, loaded: Loaded, state: Directive, asked: Asked, on: dt.date) -> Case:
        office = work.session.office(on)
        own = None if work.acting.roles & {"office", "chair"} else work.acting.unit
        units = tuple(_lead(office, state, name, on) for name in work.request.units)
        every = work.request.all_units
        asked = Asked(units=units, shares=asked.shares, period=asked.period, every=every, own=own)
        return Case(
            number=loaded.number, state=state, on=on, asked=asked, justified=work.request.justified,
            next_share=max(opened_numbers(loaded.events)) + 1,
            unit_names={unit.id: unit.name for unit in office.units.values()},
        )  # fmt: skip

    @staticmethod
    def _tell(work: Work, target: int | str, payload: Payload, on: dt.date, role: Role) -> None:
        """Add an event to the other directive of a link, if it is one of this register: not before it was assigned."""
        loaded = work.session.directive(target) if isinstance(target, int) else None
        if loaded is not None and loaded.current is not None:
            day = max(on, loaded.events[0].effective_on)
            work.session.add_to_directive(loaded.number, payload, on=day, envelope=work.envelope(role))

    def _target(self, work: Work, target: AnyNumber) -> int | str:
        """Another directive of this register by its number; anything else is a reference into another register."""
        try:
            reference = read_reference(target)
        except BadValue:
            return a_text("target", target)
        if reference.number is None:
            return str(target)
        if work.session.directive(reference.number) is None:
            raise UnknownDirective(reference.number, last=work.session.last_number)
        return reference.number


def _lead(office: Office, state: Directive, name: str, on: dt.date) -> str:
    """The unit of a share, also one that ended since: its old duties can still be named by it."""
    held = {share.unit for share in state.shares.values() if share.unit}
    wanted = comparable(name)
    for unit in held:
        known = office.units.get(unit)
        if known is not None and (unit == name or wanted in map(comparable, known.all_names)):
            return unit
    try:
        return find_unit(office, name, on=on).id
    except UnknownUnit as error:
        leads = [office.unit_name(unit) for unit in held]
        raise UnknownUnit(name, nearest=error.nearest or leads, on=on) from None


def _may_at_all(work: Work, case: Case) -> None:
    """Refuse early who may not do this to any share, before saying anything about the state of the directive."""
    asked = case.asked
    held = [share.unit for share in case.state.shares.values()]
    units: list[str | None] = [*asked.units] or [*dict.fromkeys(held), None]
    refusals = []
    for unit in units:
        try:
            work.allow(case.state, unit)
        except NotAllowed as refusal:
            refusals.append(refusal)
        else:
            return
    raise refusals[0]


def _may(work: Work, state: Directive, payload: Payload) -> Role:
    """Ask the policy for every share that the event names; the role in which the actor may."""
    named = getattr(payload, "shares", None) or [passing.share for passing in getattr(payload, "handovers", ())]
    units = dict.fromkeys(state.shares[number].unit for number in named if number in state.shares)
    roles = [work.allow(state, unit) for unit in units] or [work.allow(state, None)]
    return roles[0]


def _amended(work: Work, said: Mapping[str, Any]) -> Amended:
    office = work.office
    units = {share: find_unit(office, unit, on=work.on).id for share, unit in said["units"].items()}
    return Amended(
        text=text_or_none("text", said["text"]), kind=said["kind"], notice=said["notice"], path=said["path"],
        units=units or None,
        cooperating=None if said["cooperating"] is None else cooperating_of(office, said["cooperating"], work.on),
        deadline=None if said["due"] is None else read_due(work, said["due"]),
        report_to=party_of(office, said["report_to"], work.on), via=party_of(office, said["via"], work.on),
        cleared=said["clear"],
    )  # fmt: skip
