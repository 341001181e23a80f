"""The writes that change the record rather than the work: hand-over, allocation, corrections, links, retraction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from directives_core.directive import decide
from directives_core.directive.case import Case
from directives_core.directive.events import INVERSE, Amended, Kind, Linked, Relation
from directives_core.errors import (
    BadValue,
)
from directives_core.event import Payload, Role
from directives_core.language import Phrase
from directives_core.office.names import find_unit
from directives_core.register.assigning import cooperating_of, party_of
from directives_core.register.deadlines import read_due
from directives_core.register.deciding import Deciding
from directives_core.register.how import AnyNumber, How, On, names, text_or_none, whole_number
from directives_core.register.retracting import retract
from directives_core.register.work import Work
from directives_core.results import Number

if TYPE_CHECKING:
    from directives_core.deadline import Deadline

__all__ = ["RecordWrites"]


class RecordWrites(Deciding):
    """Commands on what a directive says and whose it is. All take the keywords of `How`, some those of `On`."""

    def label(self, number: AnyNumber, labels: Mapping[str, str | None], **how: Unpack[How]) -> Number:
        """Put labels on the directive, such as its field or the deputy in charge; a value of none takes one off."""
        arguments = {"labels": dict(labels)}
        return self._decided("label", number, how, arguments, lambda case, _: decide.label(case, labels), shares=False)

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
            raise BadValue("relation", relation, expected=Phrase("one of {inverse}", inverse=", ".join(INVERSE)))

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
        wanted = whole_number("version", version)

        def carry_out(work: Work) -> Number:
            loaded, _ = self._load(work, number)
            return retract(work, loaded, wanted)

        return self._write("retract", {"number": str(number), "version": version}, how, carry_out, versioned=True)


def _amended(work: Work, said: Mapping[str, Any]) -> Amended:
    office = work.office
    given = ((whole_number("units", share), unit) for share, unit in said["units"].items())
    units = {share: find_unit(office, unit, on=work.on).id for share, unit in given}
    return Amended(
        text=text_or_none("text", said["text"]), kind=said["kind"], notice=said["notice"], path=said["path"],
        units=units or None,
        cooperating=None if said["cooperating"] is None else cooperating_of(office, said["cooperating"], work.on),
        deadline=None if said["due"] is None else read_due(work, said["due"]),
        report_to=party_of(office, said["report_to"], work.on), via=party_of(office, said["via"], work.on),
        cleared=said["clear"],
    )  # fmt: skip
