"""Which directives are exported, of which register, as of which moment; read in pages, so that memory stays bounded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from directives_adapters.exports.heading import Heading, heading_of
from directives_core import Register, View
from directives_core.office.names import find_holder
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["Excerpt"]

_PAGE = 500

Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""Passes directives on, as views or with their whole past, and may count them meanwhile."""


@dataclass(frozen=True)
class Excerpt:
    """Directives of a register at a moment.

    Args:
        register: the register.
        view: the register at the moment.
        filters: those of `View.directives`; a name of a unit may also be its id.
        watch: what passes every directive on while it is written, to show progress.
    """

    register: Register
    view: View
    filters: Mapping[str, Any] = field(default_factory=dict)
    watch: Watch = iter

    @property
    def heading(self) -> Heading:
        """What the output is headed by."""
        return heading_of(self.register, self.view, self.chosen)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that were given, the unit under its name at the moment."""
        given = {name: value for name, value in self.filters.items() if value is not None}
        if "unit" in given:
            given["unit"] = find_holder(self.view.office, given["unit"], on=self.view.moment.effective_on).name
        return given

    def directives(self) -> Iterator[DirectiveView]:
        """The directives that fit, by number."""
        return iter(self.watch(self._paged()))

    def shares(self, *, handed_over: bool = False) -> Iterator[tuple[DirectiveView, ShareView]]:
        """The shares that fit, by directive. Where a unit is asked for: its own, and status and timeliness are theirs.

        Args:
            handed_over: give those that were handed over too; else they show in their heirs alone, as in figures,
                unless this status is asked for.
        """
        handed_over = handed_over or self.filters.get("status") == "handed-over"
        unit, status, timeliness = self._speaking()
        for directive in self.directives():
            for share in directive.shares:
                if share.status == "handed-over" and not handed_over:
                    continue
                stands = status in (None, share.status) and timeliness in (None, share.timeliness)
                if stands and unit in (None, share.unit.id):
                    yield directive, share

    def _speaking(self) -> tuple[str | None, str | None, str | None]:
        """What the shares themselves have to fit, where the filters speak of the shares of a unit."""
        unit = self.filters.get("unit")
        if unit is None:
            return None, None, None
        known = find_holder(self.view.office, unit, on=self.view.moment.effective_on)
        return known.id, self.filters.get("status"), self.filters.get("timeliness")

    def _paged(self) -> Iterator[DirectiveView]:
        filters = dict(self.filters)
        after, left = filters.pop("after", None), filters.pop("limit", None)
        while left is None or left > 0:
            wanted = _PAGE if left is None else min(_PAGE, left)
            page = self.view.directives(after=after, limit=wanted, **filters)
            yield from page
            if len(page) < wanted:
                return
            after, left = page[-1].number, None if left is None else left - len(page)
