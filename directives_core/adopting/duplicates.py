"""Directives that an old register names twice, or that are recorded already: the same words, leads and day."""

import datetime as dt
from collections.abc import Iterable

from directives_core.adopting.rows import OldDirective
from directives_core.adopting.units import Leads
from directives_core.folding import fold_words
from directives_core.office.names import comparable
from directives_core.views.directive import DirectiveView

__all__ = ["Known", "Same"]

Same = tuple[str, frozenset[str], dt.date]


class Known:
    """What is known so far: a directive of the register by its number, or a row of the file."""

    def __init__(self, recorded: Iterable[DirectiveView]) -> None:
        self._known: dict[Same, str] = {}
        for directive in recorded:
            first = [share for share in directive.shares if not share.parents]
            leads = frozenset(share.unit.id or comparable(share.unit.name) for share in first)
            self._known.setdefault((fold_words(directive.text), leads, directive.assigned_on), f"D-{directive.number}")

    def seen(self, old: OldDirective, leads: Leads) -> str | None:
        """What says the same already, such as D-12 or the number of a row; else the row is known from now on."""
        names = (*leads.units, *map(comparable, (*leads.unknown, *leads.classes)))
        key = (fold_words(old.text), frozenset(names), old.assigned_on)
        before = self._known.get(key)
        if before is None:
            self._known[key] = str(old.row)
        return before
