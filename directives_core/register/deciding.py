"""The way of every command on one directive: load it, judge the case as it stood, ask the policy, add the event."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from directives_core.directive.case import Asked, Case
from directives_core.directive.state import Directive
from directives_core.errors import (
    BadValue,
    BeforeAssignment,
    NotAllowed,
    Stale,
    UnknownDirective,
    UnknownNotice,
    UnknownUnit,
)
from directives_core.event import Payload, Role, voids
from directives_core.language import Phrase
from directives_core.office.names import find_unit, known_spelling, unit_names
from directives_core.office.state import Office
from directives_core.register.door import Door
from directives_core.register.how import AnyNumber, a_text
from directives_core.register.loaded import Loaded
from directives_core.register.references import read_reference, resolve_notice_item
from directives_core.register.work import Work
from directives_core.results import Number
from directives_core.values import replace

__all__ = ["Deciding"]

_SHARE = re.compile(r"(?:D-)?(\d{1,9})/(\d{1,9})", re.ASCII | re.IGNORECASE)

Decide = Callable[[Case, Work], Payload]
Then = Callable[[Work, int, dt.date, Role], None]
"""What another directive is told in the same command, of the one decided on, its day and the role used."""


class Deciding(Door):
    """What commands on one directive have in common."""

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
            state = loaded.state_on(on)
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

        return self._write(command, {"number": str(number), **arguments}, how, carry_out, shares=shares, versioned=True)

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
            raise UnknownDirective(
                found, last=work.session.last_number, why=Phrase("any more: its assignment was retracted")
            )
        if reference.period is not None and work.request.period not in (None, reference.period):
            raise BadValue(
                "period",
                work.request.period,
                expected=Phrase("{period}, as in {number}", period=reference.period, number=number),
            )
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
        shares = asked.shares or _shares(loaded.number, work.request.units)
        units = () if shares else tuple(_lead(office, state, name, on) for name in work.request.units)
        every = work.request.all_units
        asked = Asked(units=units, shares=shares, period=asked.period, every=every, own=own)
        return Case(
            number=loaded.number, state=state, on=on, asked=asked, justified=work.request.justified,
            next_share=loaded.next_share,
            unit_names=unit_names(office),
        )  # fmt: skip

    @staticmethod
    def _tell(work: Work, target: int | str, payload: Payload, on: dt.date, role: Role) -> None:
        """Add an event to the other directive of a link, if it is one of this register: not before it was assigned."""
        loaded = work.session.directive(target) if isinstance(target, int) else None
        if loaded is not None and loaded.current is not None:
            day = max(on, loaded.events[0].effective_on)
            work.session.add_to_directive(loaded.number, payload, on=day, envelope=work.envelope(role))

    def _target(self, work: Work, target: AnyNumber) -> int | str:
        """Another directive of this register by its number, or by its notice and path; anything else lies elsewhere."""
        try:
            reference = read_reference(target)
        except BadValue:
            return a_text("target", target)
        try:
            number = reference.number or resolve_notice_item(work.session.transaction, self._log, reference)
        except UnknownNotice as error:
            if error.path is None:  # a notice of another register
                return str(target)
            raise
        loaded = work.session.directive(number)
        if loaded is None or loaded.current is None:
            raise UnknownDirective(number, last=work.session.last_number)
        return number


def _shares(number: int, names: Sequence[str]) -> tuple[int, ...]:
    """The numbers of shares where they are named like 12/3 instead of units: all of them are, or none."""
    found = [_SHARE.fullmatch(name.strip()) for name in names]
    if not any(found):
        return ()
    if not all(each is not None and int(each[1]) == number for each in found):
        expected = Phrase("units, or shares of D-{number} such as {number}/1", number=number)
        raise BadValue("unit", ", ".join(names), expected=expected)
    return tuple(dict.fromkeys(int(each[2]) for each in found if each is not None))


def _lead(office: Office, state: Directive, name: str, on: dt.date) -> str:
    """The unit of a share, also one that ended since: its old duties can still be named by it."""
    held = {share.unit for share in state.shares.values() if share.unit}
    wanted = known_spelling(name)
    for unit in held:
        known = office.units.get(unit)
        if known is not None and (unit == name or wanted in map(known_spelling, known.all_names)):
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
