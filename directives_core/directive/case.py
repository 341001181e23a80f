"""What a decision is taken on: the directive as it stood on the day, and the shares that the command can mean."""

import datetime as dt
from collections.abc import Callable, Mapping

from msgspec import Struct, field

from directives_core.directive.acting import is_open, meant, period_of
from directives_core.directive.standing import stand
from directives_core.directive.state import Directive, Duty, Share, first_day_of
from directives_core.errors import NotALead, ReasonNeeded, UnitNeeded, UnknownPeriod, UnknownShare, WrongState
from directives_core.language import Phrase, Word

__all__ = ["Asked", "Case"]


class Asked(Struct, frozen=True):
    """Which shares the caller named: units by id, shares by number, a period, or all of them.

    `own` is the unit for which alone the actor speaks, if the actor acts as a unit.
    """

    units: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    period: str | None = None
    every: bool = False
    own: str | None = None


class Case(Struct, frozen=True):
    """A directive as it stood at the end of the effective day, with all that is known now.

    `justified` says that a reason was given or a paper cited; `next_share` is the first number that no event has
    opened; `unit_names` shows units in refusals.
    """

    number: int
    state: Directive
    on: dt.date
    asked: Asked = Asked()
    justified: bool = False
    next_share: int = 1
    unit_names: Mapping[str, str] = field(default_factory=dict)

    def shares(self, command: str, able: Callable[[Share], bool], works: str) -> tuple[Share, ...]:
        """The shares that the command acts on.

        Args:
            command: the verb, for refusals.
            able: whether the command can act on a share as it stands.
            works: what would work instead, for refusals.

        Raises:
            UnitNeeded: several shares could be meant and none was named.
            UnknownShare, NotALead: what was named is no share, or has none here.
            WrongState: the command would do nothing to a share that was named, or to any.
        """
        if self.asked.shares:
            return self._named(command, able, works)
        if self.asked.units:
            groups = [self._of_unit(unit, command, able, works) for unit in self.asked.units]
            return tuple({share.number: share for group in groups for share in group}.values())
        candidates = [s for s in self._candidates() if able(s)]
        if not candidates:
            shown = self._candidates()[0]
            raise self._refusal(shown, command, works)
        if len(candidates) > 1 and not self.asked.every and self.asked.own is None:
            raise UnitNeeded(self.number, command, shares=[(s.number, self._unit_name(s)) for s in candidates])
        return tuple(candidates)

    def _candidates(self) -> list[Share]:
        if self.asked.own is None:
            return list(self.state.shares.values())
        own = [share for share in self.state.shares.values() if share.unit == self.asked.own]
        if not own:
            raise self._no_lead(self.asked.own)
        return own

    def _named(self, command: str, able: Callable[[Share], bool], works: str) -> tuple[Share, ...]:
        found: dict[int, Share] = {}
        for number in self.asked.shares:
            share = self.state.shares.get(number)
            if share is None:
                raise UnknownShare(self.number, number, known=list(self.state.shares))
            targets = [each for each in meant(self.state, number) if able(each)]
            if not targets:
                raise self._refusal(share, command, works)
            found.update({each.number: each for each in targets})
        return tuple(found.values())

    def _of_unit(self, unit: str, command: str, able: Callable[[Share], bool], works: str) -> list[Share]:
        held = [share for share in self.state.shares.values() if share.unit == unit]
        if not held:
            raise self._no_lead(unit)
        targets = [share for share in held if able(share)]
        if not targets:
            raise self._refusal(held[-1], command, works)
        return targets

    def _no_lead(self, unit: str) -> NotALead:
        leads = [self._unit_name(s) for s in self.state.shares.values() if s.status != "handed-over"]
        return NotALead(self.number, self.unit_names.get(unit, unit), leads=leads)

    def _refusal(self, share: Share, command: str, works: str) -> WrongState:
        return WrongState(self.number, share.number, command, status=share.status, works=works)

    def _unit_name(self, share: Share) -> str:
        return self.unit_names.get(share.unit, share.unit) if share.unit else share.wording or Phrase("not allocated")

    def duties(
        self, command: str, able: Callable[[Duty], bool], works: str, *, infer: bool = True
    ) -> tuple[tuple[Share, ...], str | None, tuple[Duty, ...]]:
        """The shares that the command acts on, the period of them, and what it finds there.

        A recurring share is met in a period: the one that was named, else, with `infer`, the only one on which the
        command can act.

        Raises:
            UnknownPeriod: there is no such period yet, or several could be meant.
        """
        if self.asked.period is None and not infer:
            shares = self.shares(command, able, works)
            return shares, None, shares
        try:
            shares = self.shares(command, lambda share: self._able_in_period(share, able), works)
        except WrongState as refusal:
            raise self._by_periods(refusal) from None
        recurring = [share for share in shares if share.recurrence is not None]
        if not recurring:
            if self.asked.period is not None:
                hint = Phrase("the duty does not recur: leave the period out")
                raise UnknownPeriod(self.number, shares[0].number, self.asked.period, hint=hint)
            return shares, None, shares
        if len(recurring) < len(shares):
            raise UnitNeeded(self.number, command, shares=[(s.number, self._unit_name(s)) for s in shares])
        period = self.asked.period or self._only_period(recurring, able)
        return shares, period, tuple(self._period(share, period) for share in shares)

    def _able_in_period(self, share: Share, able: Callable[[Duty], bool]) -> bool:
        if share.recurrence is None:
            return able(share)
        if not is_open(share):
            return False
        if self.asked.period is None:
            return bool(self._able_periods(share, able))
        if self.asked.period not in self._begun(share):
            raise self._unknown_period(share, self.asked.period)
        return able(self._period(share, self.asked.period))

    def _begun(self, share: Share) -> list[str]:
        standing = stand(self.state, self.on, due_soon_days=0).shares[share.number]
        return [period.period for period in standing.periods]

    def _able_periods(self, share: Share, able: Callable[[Duty], bool]) -> list[str]:
        return [name for name in self._begun(share) if able(self._period(share, name))]

    def _period(self, share: Share, name: str) -> Duty:
        duty = period_of(share, name, self.state.facts, on=self.on)
        if duty is None:
            raise self._unknown_period(share, name)
        return duty

    def _by_periods(self, refusal: WrongState) -> WrongState:
        """The refusal told by the periods, where the share itself is open and none of them will do."""
        share = self.state.shares[refusal.share]
        if share.recurrence is None or not is_open(share):
            return refusal
        begun = self._begun(share)
        period = self.asked.period or (begun[-1] if begun else None)
        if period is not None:
            status = Phrase(
                "{status} in {period}", status=Word(self._period(share, period).status, "status"), period=period
            )
            return WrongState(self.number, share.number, refusal.command, status=status, works=refusal.works)
        first = first_day_of(share.recurrence, share.recurrence.due_on_or_after(self.state.facts.assigned_on))
        status, works = (
            Phrase("{status}, and no period of it has begun", status=Word(share.status, "status")),
            Phrase("the first one begins on {first}", first=first),
        )
        return WrongState(self.number, share.number, refusal.command, status=status, works=works)

    def _only_period(self, shares: list[Share], able: Callable[[Duty], bool]) -> str:
        names = {name for share in shares for name in self._able_periods(share, able)}
        if len(names) == 1:
            return names.pop()
        hint = Phrase(
            "name one of {names}, such as D-{number}/{share}@{latest}",
            names=sorted(names),
            number=self.number,
            share=shares[0].number,
            latest=max(names),
        )
        raise UnknownPeriod(self.number, shares[0].number, None, hint=hint)

    def _unknown_period(self, share: Share, name: str) -> UnknownPeriod:
        begun = self._begun(share)
        hint = Phrase("begun are {begun}", begun=list(begun[-6:])) if begun else Phrase("none has begun yet")
        return UnknownPeriod(self.number, share.number, name, hint=hint)

    def need_reason(self, command: str) -> None:
        """Refuse a command that gives neither a reason nor a document.

        Raises:
            ReasonNeeded: the record would not say why.
        """
        if not self.justified:
            raise ReasonNeeded(command)
