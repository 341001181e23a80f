"""The writes on directives: what the office, the chair and the units do with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from directives_core.directive import decide
from directives_core.directive.case import Case
from directives_core.directive.events import Kind
from directives_core.errors import (
    BadValue,
)
from directives_core.event import Payload
from directives_core.language import Phrase
from directives_core.register.assigning import Assignment, assign
from directives_core.register.deadlines import read_due
from directives_core.register.deciding import Deciding
from directives_core.register.how import AnyNumber, How, On, a_text, as_day, as_day_or_none, names, text_or_none
from directives_core.register.work import Work
from directives_core.results import Number

if TYPE_CHECKING:
    from directives_core.deadline import Deadline

__all__ = ["DirectiveWrites"]


class DirectiveWrites(Deciding):
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
            raise BadValue("percent", percent, expected=Phrase("a number from 0 to 100"))
        fields = {"result": result, "percent": percent, "quantity": quantity, "document": document}

        def decided(case: Case, _: Work) -> Payload:
            return decide.report(case, said, result=result, percent=percent, quantity=quantity, document=document)

        return self._decided("report", number, how, {"text": said, **fields}, decided)

    def request_extension(self, number: AnyNumber, *, to: dt.date | str | None = None, **how: Unpack[On]) -> Number:
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
                raise BadValue("due", due, expected=Phrase("a day"))
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

    def return_(self, number: AnyNumber, **how: Unpack[On]) -> Number:
        """Send a reported result back for rework, with a reason; the clock runs on."""
        return self._decided("return", number, how, {}, lambda case, _: decide.return_(case))

    def complete(self, number: AnyNumber, *, delivered_on: dt.date | str | None = None, **how: Unpack[On]) -> Number:
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
