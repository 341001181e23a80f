"""The register as of a moment: one object that answers every question at the same (day, position)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from directives_core.errors import BadValue, UnknownDirective
from directives_core.figures import Figures, Tally, rates_of, tally_of
from directives_core.moment import Moment
from directives_core.office.names import bare, find_unit
from directives_core.office.state import Office, Unit
from directives_core.store import ReadTransaction, Row
from directives_core.timeline import directives_in, to_days
from directives_core.views.directive import DirectiveView, ShareView, show_directive

__all__ = ["View"]

_CHUNK = 500


class View:
    """The register at one moment. Reading it again gives the same answer, whatever was recorded since."""

    def __init__(
        self, moment: Moment, office: Office, read: Callable[[], AbstractContextManager[ReadTransaction]]
    ) -> None:
        self.moment = moment
        self.office = office
        self._read = read

    def __getitem__(self, number: int) -> DirectiveView:
        """One directive.

        Raises:
            UnknownDirective: it has no such number, or was not assigned yet at this moment.
        """
        for directive in self._shown([int(number)]):
            return directive
        with self._read() as transaction:
            last = transaction.head().directive
        seen = " at this moment" if 1 <= number <= last else ""
        raise UnknownDirective(int(number), last=last, why=seen.strip())

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and any(True for _ in self._shown([number]))

    def __iter__(self) -> Iterator[DirectiveView]:
        return self._shown(None)

    def directives(
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
    ) -> list[DirectiveView]:
        """The directives that fit every filter given, by number.

        Args:
            numbers: only these.
            unit: only those in which this unit, by name or id, holds a share; `status` and `timeliness` then speak of
                its shares instead of the whole directive.
            status: a work state, such as awaiting-acceptance.
            timeliness: such as overdue.
            notice: the number of a notice, or the beginning of its SHA-256.
            label: a key with its value, as `KEY=VALUE`, a pair or a mapping; a key alone takes any value.
            find: words that the text contains, with or without diacritics.
            after: only numbers greater than this one, to page on.
            limit: at most so many.

        Raises:
            UnknownUnit: there is no such unit at this moment.
        """
        fits = [
            _has_share(find_unit(self.office, unit, on=self.moment.effective_on), status, timeliness)
            if unit is not None
            else _stands(status, timeliness)
        ]
        if notice is not None:
            fits.append(lambda d: d.notice is not None and (d.notice == notice or d.notice == notice[:12]))
        if label is not None:
            fits.append(_has_labels(label))
        if find is not None:
            words = bare(find)
            fits.append(lambda d: words in bare(d.text))
        if after is not None:
            fits.append(lambda d: d.number > after)
        found = (directive for directive in self._shown(numbers) if all(fit(directive) for fit in fits))
        return list(islice(found, limit))

    def figures(self, *, by: str | None = None) -> Figures:
        """The official table: of directives, or with `by="unit"` of shares per unit, handed-over shares left out."""
        if by is None:
            total = tally_of(directive.timeliness for directive in self)
            return Figures("directives", ((None, None, total),), total, rates_of(total))
        if by != "unit":
            raise BadValue("by", by, expected="'unit', or nothing")
        rows: dict[tuple[str | None, str], Tally] = {}
        total = Tally()
        for directive in self:
            for share in directive.shares:
                if share.status != "handed-over":
                    name = share.unit.name if share.unit.id else "(not allocated)"
                    for tally in (rows.setdefault((share.unit.id, name), Tally()), total):
                        tally.count(share.timeliness)
        ordered = sorted(rows.items(), key=lambda row: (row[0][0] is None, bare(row[0][1])))
        return Figures("shares", tuple((unit, name, tally) for (unit, name), tally in ordered), total, rates_of(total))

    def units(self) -> list[Unit]:
        """The units that exist at this moment, by name."""
        units = (unit for unit in self.office.units.values() if unit.exists_on(self.moment.effective_on))
        return sorted(units, key=lambda unit: bare(unit.name))

    def _shown(self, numbers: Sequence[int] | None) -> Iterator[DirectiveView]:
        """The directives, read in chunks so that no transaction stays open while the caller works."""
        with self._read() as transaction:
            last = transaction.head().directive
        wanted = range(1, last + 1) if numbers is None else sorted(n for n in set(numbers) if 1 <= n <= last)
        for start in range(0, len(wanted), _CHUNK):
            chunk = list(wanted[start : start + _CHUNK])
            with self._read() as transaction:
                rows = list(self._rows(transaction, chunk))
                streams = [f"directive:{number}" for number in dict.fromkeys(row.directive for row in rows)]
                versions = transaction.versions(streams, to_position=self.moment.position)
            for number, state in directives_in(rows):
                version = versions[f"directive:{number}"]
                yield show_directive(number, version, state, self.office, self.moment.effective_on)

    def _rows(self, transaction: ReadTransaction, numbers: Sequence[int]) -> Iterator[Row]:
        day = to_days(self.moment.effective_on)
        return transaction.rows_at(effective_to=day, to_position=self.moment.position, directives=numbers)


Fits = Callable[[DirectiveView], bool]


def _stands(status: str | None, timeliness: str | None) -> Fits:
    return lambda d: status in (None, d.status) and timeliness in (None, d.timeliness)


def _has_share(unit: Unit, status: str | None, timeliness: str | None) -> Fits:
    def holds(share: ShareView) -> bool:
        if share.unit.id != unit.id or (share.status == "handed-over" and status != "handed-over"):
            return False
        return status in (None, share.status) and timeliness in (None, share.timeliness)

    return lambda directive: any(map(holds, directive.shares))


def _has_labels(label: str | tuple[str, str] | Mapping[str, str]) -> Fits:
    if isinstance(label, str):
        key, equals, value = label.partition("=")
        wanted: dict[str, str | None] = {key.strip(): value.strip() if equals else None}
    else:
        wanted = dict([label]) if isinstance(label, tuple) else dict(label)
    return lambda directive: all(
        key in directive.labels and value in (None, directive.labels[key]) for key, value in wanted.items()
    )


