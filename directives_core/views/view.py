"""The register as of a moment: one object that answers every question at the same (day, position)."""

from __future__ import annotations

import datetime as dt
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from itertools import islice
from operator import lt
from typing import TYPE_CHECKING, Unpack, cast, get_args

from directives_core.directive.standing import Standing, Timeliness, stand
from directives_core.directive.state import Directive, WorkState
from directives_core.errors import BadValue, UnknownDirective
from directives_core.figures import Figures, Tally, rates_of, tally_of
from directives_core.keyring import keys_at_hand
from directives_core.language import Phrase
from directives_core.moment import Moment
from directives_core.office.names import bare, find_holder
from directives_core.office.state import Office, Unit
from directives_core.passages import closed_text, opened_rows
from directives_core.store import ReadTransaction, Row
from directives_core.timeline import directives_in, to_days
from directives_core.views.directive import DirectiveView, show_directive
from directives_core.views.filters import Filters, comes_from, has_labels, has_share, says, stands
from directives_core.views.likely import Likely

if TYPE_CHECKING:
    from directives_core.views.period import Ageing, PeriodFigures

__all__ = ["View"]

_CHUNK = 500


class View:
    """The register at one moment. Reading it again gives the same answer, whatever was recorded since."""

    def __init__(
        self,
        moment: Moment,
        office: Office,
        read: Callable[[], AbstractContextManager[ReadTransaction]],
        office_now: Callable[[], Office],
    ) -> None:
        self.moment = moment
        self.office = office
        self._read = read
        self._office_now = office_now
        self._closed = False

    def __getitem__(self, number: int) -> DirectiveView:
        """One directive.

        Raises:
            UnknownDirective: it has no such number, or was not assigned yet at this moment.
        """
        if isinstance(number, bool) or not isinstance(number, int):
            raise BadValue("number", number, expected=Phrase("the number of a directive"))
        for directive in self._shown([number]):
            return directive
        with self._read() as transaction:
            last = transaction.head().directive
        why = (
            Phrase("at this moment: not assigned yet, or its assignment is void (see its history)")
            if number <= last
            else ""
        )
        raise UnknownDirective(number, last=last, why=why if number > 0 else "")

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and any(True for _ in self._shown([number]))

    def __iter__(self) -> Iterator[DirectiveView]:
        return self._shown(None)

    def directives(self, **wanted: Unpack[Filters]) -> list[DirectiveView]:
        """The directives that fit every filter given, by number: see `Filters` for what they are.

        Raises:
            UnknownUnit: there is no such unit at this moment.
            BadValue: there is no such state or timeliness.
        """
        return list(self.each(**wanted))

    def each(
        self,
        *,
        numbers: Sequence[int] | None = None,
        unit: str | None = None,
        status: str | None = None,
        timeliness: str | None = None,
        notice: str | None = None,
        label: str | tuple[str, str] | Mapping[str, str] | None = None,
        find: str | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> Iterator[DirectiveView]:
        """As `directives`, one by one while they are read, however many there are.

        Raises:
            UnknownUnit: there is no such unit at this moment.
            BadValue: there is no such state or timeliness.
        """
        if status is not None and status not in get_args(WorkState):
            raise BadValue(
                "status", status, expected=Phrase("one of {get_args}", get_args=", ".join(get_args(WorkState)))
            )
        if timeliness is not None and timeliness not in get_args(Timeliness):
            raise BadValue(
                "timeliness", timeliness, expected=Phrase("one of {get_args}", get_args=", ".join(get_args(Timeliness)))
            )
        fits = [stands(status, timeliness)]
        if unit is not None:
            known = find_holder(self.office, unit, on=self.moment.effective_on)
            fits = [has_share(known, status, timeliness)]
        if notice is not None:
            fits.append(comes_from(notice))
        if label is not None:
            fits.append(has_labels(label))
        if find is not None:
            fits.append(says(find))
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
            raise BadValue("limit", limit, expected=Phrase("a whole number"))
        if unit is not None or status is not None or timeliness is not None:
            numbers = self._likely(known.id if unit is not None else None, status, timeliness, numbers)
        found = (directive for directive in self._shown(numbers, after or 0) if all(fit(directive) for fit in fits))
        return islice(found, limit if limit is None else min(limit, sys.maxsize))

    def _likely(
        self, unit: str | None, status: str | None, timeliness: str | None, numbers: Sequence[int] | None
    ) -> Sequence[int]:
        """Those of the directives that can fit, by their rows alone, so that the others need not be read whole."""
        soon = self.office.settings.due_soon_days
        likely = Likely(unit, status, cast("Timeliness | None", timeliness), self.moment.effective_on, soon)
        with self._read() as transaction:
            found = likely.numbers(transaction, self.moment.position)
        return found if numbers is None else sorted(set(numbers) & set(found))

    def figures(self, *, by: str | None = None) -> Figures:
        """The official table.

        Args:
            by: none counts directives. `unit` counts shares per unit, handed-over shares left out; `successor` puts
                the shares of a unit that has ended since under the one that alone follows it today.
        """
        if by is None:
            total = tally_of(standing.timeliness for _, _, standing in self._standing())
            return Figures("directives", ((None, None, total),), total, rates_of(total))
        if by not in ("unit", "successor"):
            raise BadValue("by", by, expected=Phrase("'unit', 'successor' or nothing"))
        name_of = self._by_successor() if by == "successor" else self._by_unit
        rows: dict[tuple[str | None, str], Tally] = {}
        total = Tally()
        for _, state, standing in self._standing():
            for number, share in standing.shares.items():
                if share.status != "handed-over":
                    for tally in (rows.setdefault(name_of(state.shares[number].unit), Tally()), total):
                        tally.count(share.timeliness)
        ordered = sorted(rows.items(), key=lambda row: (row[0][0] is None, bare(row[0][1])))
        return Figures("shares", tuple((unit, name, tally) for (unit, name), tally in ordered), total, rates_of(total))

    def _by_unit(self, unit: str | None) -> tuple[str | None, str]:
        return unit, self.office.unit_name(unit) if unit else "(not allocated)"

    def _by_successor(self) -> Callable[[str | None], tuple[str | None, str]]:
        from directives_core.views.succession import only_heir

        now = self._office_now()

        def name_of(unit: str | None) -> tuple[str | None, str]:
            known = now.units.get(unit) if unit else None
            if known is None:
                return self._by_unit(unit)
            heir = only_heir(now.units, known, now.on)
            return heir.id, heir.name

        return name_of

    def _standing(self) -> Iterator[tuple[int, Directive, Standing]]:
        """Every directive with how it stands: what figures need, without putting a name to anything."""
        soon = self.office.settings.due_soon_days
        for rows, _ in self._pieces(None):
            for number, state in directives_in(rows):
                yield number, state, stand(state, self.moment.effective_on, due_soon_days=soon)

    def units(self) -> list[Unit]:
        """The units that exist at this moment, by name."""
        units = (unit for unit in self.office.units.values() if unit.exists_on(self.moment.effective_on))
        return sorted(units, key=lambda unit: bare(unit.name))

    def rows(self) -> Iterator[Row]:
        """The rows of the timeline that say how every share stands at this moment, by directive, then share."""
        with self._read() as transaction:
            day = to_days(self.moment.effective_on)
            yield from transaction.rows_at(effective_to=day, to_position=self.moment.position)

    def rows_where(self, statuses: Sequence[str], *, unit: str | None = None) -> Iterator[Row]:
        """Those of `rows` that have one of these statuses, and name the unit of this id, if one is given."""
        with self._read() as transaction:
            day = to_days(self.moment.effective_on)
            yield from transaction.rows_where(
                effective_to=day, to_position=self.moment.position, statuses=statuses, unit=unit
            )

    def ageing(self) -> Ageing:
        """Who has been overdue or silent for long at this moment."""
        from directives_core.views.period import ageing_of

        return ageing_of(self._standing(), self.moment.effective_on)

    def period(self, first: dt.date, last: dt.date | None = None) -> PeriodFigures:
        """The account of a period up to `last` (default: the day of this moment), as known at this position.

        Raises:
            BadValue: the period ends before it begins.
        """
        from directives_core.views.period import period_of

        end = last or self.moment.effective_on
        if end < first:
            raise BadValue("period", f"{first} to {end}", expected=Phrase("a last day that is not before the first"))
        eve = first - dt.timedelta(days=1) if first > dt.date.min else first
        return period_of(first, end, self._statuses(eve), self._statuses(end))

    def _statuses(self, day: dt.date) -> Iterator[tuple[int, WorkState]]:
        with self._read() as transaction:
            rows = transaction.rows_at(effective_to=to_days(day), to_position=self.moment.position)
            for number, state in directives_in(rows):
                yield number, stand(state, day, due_soon_days=0).status

    def _shown(self, numbers: Sequence[int] | None, after: int = 0) -> Iterator[DirectiveView]:
        """The directives after a number."""
        for rows, versions in self._pieces(numbers, after, versions=True):
            for number, state in directives_in(rows):
                version = versions[f"directive:{number}"]
                yield show_directive(number, version, state, self.office, self.moment.effective_on)

    def _pieces(
        self, numbers: Sequence[int] | None, after: int = 0, *, versions: bool = False
    ) -> Iterator[tuple[Sequence[Row], dict[str, int]]]:
        """Rows, and versions if wanted, of some directives at a time: nothing stays open while the caller works."""
        with self._read() as transaction:
            last = transaction.head().directive
        wanted = range(1, last + 1) if numbers is None else _in_order(numbers)
        begin, end = bisect_right(wanted, max(after, 0)), bisect_right(wanted, last)
        for start in range(begin, end, _CHUNK):
            with self._read() as transaction:
                rows = self._rows(transaction, wanted[start : min(start + _CHUNK, end)])
                streams = [f"directive:{number}" for number in dict.fromkeys(row.directive for row in rows)]
                yield rows, transaction.versions(streams, to_position=self.moment.position) if versions else {}

    def _rows(self, transaction: ReadTransaction, numbers: Sequence[int]) -> Sequence[Row]:
        day = to_days(self.moment.effective_on)
        rows = transaction.rows_at(effective_to=day, to_position=self.moment.position, directives=numbers)
        if self._closed:
            return [row._replace(state=closed_text(row.state)) for row in rows]
        return opened_rows(rows, lambda subjects: keys_at_hand(transaction, subjects))

    def closed(self) -> View:
        """The same, with `[sealed]` in the place of every personal passage, for those who may not read them."""
        view = copy(self)
        view._closed = True
        return view


def _in_order(numbers: Sequence[int]) -> Sequence[int]:
    """Each number once, in order; where they come so, they are not copied, for there can be a million."""
    return numbers if all(map(lt, numbers, islice(numbers, 1, None))) else sorted(set(numbers))
