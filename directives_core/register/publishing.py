"""Published figures: kept as they were read, and restated later with what would explain a difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

from msgspec import Struct

from directives_core.directive.evolve import RULES
from directives_core.errors import BadValue, NameTaken, UnknownFigures
from directives_core.event import Event, voids
from directives_core.language import Phrase
from directives_core.moment import At, Moment
from directives_core.office.events import FiguresPublished
from directives_core.register.door import Door
from directives_core.register.how import How, a_text
from directives_core.register.office_cache import OFFICE
from directives_core.register.questions import Questions
from directives_core.register.work import Work
from directives_core.results import Name
from directives_core.views.view import View

if TYPE_CHECKING:
    from directives_core.views.changes import Change

__all__ = ["PublishingWrites", "Restatement"]


class Restatement(Struct, frozen=True):
    """Published figures beside the same figures as all that is known now gives them.

    `differences` are (row, column, published, now); `explained_by` the directives on which something bears that was
    entered, or retracted, since. `rules_changed` says that the fold itself is another one than then.
    """

    name: str
    published_at: Moment
    known_now: Moment
    published: dict[str, Any]
    now: dict[str, Any]
    differences: tuple[tuple[str, str, int, int], ...]
    explained_by: tuple[Change, ...]
    rules_changed: bool

    @property
    def holds(self) -> bool:
        """Whether the figures would read the same today."""
        return not self.differences

    def as_json(self) -> dict[str, Any]:
        """The restatement as JSON."""
        return {
            "name": self.name, "moment": self.published_at.as_json(), "known_now": self.known_now.as_json(),
            "holds": self.holds, "rules_changed": self.rules_changed, "published": self.published, "now": self.now,
            "differences": [
                {"row": row, "column": column, "published": old, "now": new}
                for row, column, old, new in self.differences
            ],
            "explained_by": [change.as_json() for change in self.explained_by],
        }  # fmt: skip


class PublishingWrites(Questions, Door):
    """Figures that left the house."""

    def publish_figures(
        self, name: str, *, at: At = None, known_at: At = None, by_unit: bool = True, **how: Unpack[How]
    ) -> Name:
        """Keep the figures of a moment as they are published, under a name.

        Raises:
            NameTaken: figures were published under this name before.
        """
        called = a_text("name", name)
        view = self.as_of(at, known_at=known_at)
        figures = _figures(view, by_unit=by_unit)
        moment = view.moment

        def carry_out(work: Work) -> Name:
            role = work.allow()
            if any(published.name == called for published in _counting(work.session.stream(OFFICE))):
                raise NameTaken(Phrase("table of published figures"), called)
            payload = FiguresPublished(
                name=called, effective_on=moment.effective_on, position=moment.position, rules=RULES,
                by_unit=by_unit, figures=figures,
            )  # fmt: skip
            work.add(OFFICE, payload, role)
            return Name(called, work.told())

        arguments = {"name": called, "position": moment.position, "day": moment.effective_on, "by_unit": by_unit}
        return self._write("publish figures", arguments, how, carry_out)

    def restate(self, name: str) -> Restatement:
        """Say whether published figures would read differently by all that is known now, and what explains it.

        Raises:
            UnknownFigures: nothing was published under this name.
        """
        published = self._published(name)
        then = self.as_of(published.effective_on, known_at=published.position)
        now = self.as_of(published.effective_on, known_at="now")
        today = _figures(now, by_unit=published.by_unit)
        differences = tuple(_differences(published.figures, today))
        explained = self.changes_known(published.effective_on, published.position, now.moment.position)
        return Restatement(
            name, then.moment, now.moment, published.figures, today, differences, explained, published.rules != RULES
        )

    def published_figures(self) -> list[str]:
        """The names under which figures were published, in order."""
        return [published.name for published in self._all_published()]

    def changes_known(self, day: dt.date, first: int, last: int) -> tuple[Change, ...]:
        """What became known about one day between two positions."""
        if not 1 <= first <= last:
            raise BadValue(
                "positions", (first, last), expected=Phrase("two positions of the register, the earlier one first")
            )
        return tuple(self.each_change(self.as_of(day, known_at=first), self.as_of(day, known_at=last)))

    def _published(self, name: str) -> FiguresPublished:
        for published in self._all_published():
            if published.name == name:
                return published
        raise UnknownFigures(name, known=self.published_figures())

    def _all_published(self) -> list[FiguresPublished]:
        with self._store.read() as transaction:
            return _counting(self._offices.events(transaction))


def _counting(events: Sequence[Event]) -> list[FiguresPublished]:
    """The publications that were not taken back."""
    void = voids(events)
    payloads = (event.payload for event in events if event.version not in void)
    return [payload for payload in payloads if isinstance(payload, FiguresPublished)]


def _figures(view: View, *, by_unit: bool) -> dict[str, Any]:
    tables: dict[str, Any] = {"directives": view.figures().as_json()["total"]}
    if by_unit:
        rows: Any = view.figures(by="unit").as_json()["rows"]
        tables["units"] = {row["unit"]["id"] or row["unit"]["name"]: row for row in rows}
    return tables


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, int, int]]:
    rows = [("all directives", old["directives"], new["directives"])]
    before, after = old.get("units", {}), new.get("units", {})
    for key in dict.fromkeys([*before, *after]):
        shown = (after.get(key) or before[key])["unit"]["name"]
        rows.append((shown, before.get(key, {}), after.get(key, {})))
    return [
        (name, column, was.get(column, 0), now.get(column, 0))
        for name, was, now in rows
        for column in dict.fromkeys([*was, *now])
        if column != "unit" and was.get(column, 0) != now.get(column, 0)
    ]
