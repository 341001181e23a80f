"""Handing over what ended units left behind: all that is plain in one command, the rest named for a decision."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Unpack

from directives_core.directive.events import HandedOver, Handover
from directives_core.directive.state import WORKING
from directives_core.errors import NothingToDo
from directives_core.language import Phrase
from directives_core.moment import At
from directives_core.register.door import Door
from directives_core.register.how import How
from directives_core.register.reading import Reading
from directives_core.register.work import Work
from directives_core.results import Numbers
from directives_core.timeline import to_days

if TYPE_CHECKING:
    from directives_core.views.succession import LeftBehind

__all__ = ["SuccessionWrites"]


class SuccessionWrites(Reading, Door):
    """The duties of units that ended."""

    def left_behind(self, at: At = None, *, known_at: At = None) -> list[LeftBehind]:
        """Every share that still binds a unit which has ended, with its proposed successors, as of a moment."""
        from directives_core.views.succession import left_behind

        view = self.as_of(at, known_at=known_at)
        return list(left_behind(view.rows_where(sorted(WORKING)), view.office, view.moment.effective_on))

    def hand_over_left_behind(self, **how: Unpack[How]) -> Numbers:
        """Hand over, in one command, every share whose unit ended and has exactly one successor.

        Shares whose unit has several successors, or none, are told as warnings: somebody has to say who takes them.

        Raises:
            NothingToDo: no share has a plain successor.
        """

        def carry_out(work: Work) -> Numbers:
            work.allow()
            waiting = list(_waiting(work))
            plain = [duty for duty in waiting if len(duty.successors) == 1]
            for duty in waiting:
                if len(duty.successors) != 1:
                    names = ", ".join(unit.name for unit in duty.successors) or "nobody"
                    work.session.warn(
                        Phrase(
                            "D-{number}/{share} of {name}: followed by {names}; say who",
                            number=duty.number,
                            share=duty.share,
                            name=duty.unit.name,
                            names=names,
                        )
                    )
            if not plain:
                raise NothingToDo(
                    Phrase("hand over"), give=Phrase("units that ended with one successor each; name heirs otherwise")
                )
            numbers = [
                number
                for number, duties in groupby(plain, key=lambda duty: duty.number)
                if _hand_over(work, number, list(duties))
            ]
            return Numbers(numbers, work.told())

        return self._write("hand over", {"left_behind": True}, how, carry_out)


def _waiting(work: Work) -> list[LeftBehind]:
    from directives_core.views.succession import left_behind

    session = work.session
    rows = session.transaction.rows_where(
        effective_to=to_days(work.on), to_position=session.position, statuses=sorted(WORKING)
    )
    return list(left_behind(rows, work.office, work.on))


def _hand_over(work: Work, number: int, duties: list[LeftBehind]) -> bool:
    loaded = work.session.directive(number)
    if loaded is None or loaded.state_on(work.on) is None:
        return False
    first = loaded.next_share
    passing = tuple(
        Handover(share=duty.share, heir=str(duty.successors[0].id), child=first + count)
        for count, duty in enumerate(duties)
    )
    decisions = dict.fromkeys(duty.decision for duty in duties if duty.decision)
    payload = HandedOver(handovers=passing, rests_on="; ".join(decisions) or None)
    role = work.allow(loaded.current, duties[0].unit.id)
    work.session.add_to_directive(number, payload, on=work.on, envelope=work.envelope(role))
    return True
