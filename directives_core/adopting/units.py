"""The lead units of old rows: found by any part of their names, as of the day of the assignment; unknown ones told."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from directives_core.errors import Ambiguous, AmbiguousUnit, Refused, UnitEnded, UnknownClass, UnknownUnit
from directives_core.folding import fold_words
from directives_core.language import Phrase
from directives_core.office.names import bare, comparable, find_class, find_unit
from directives_core.office.state import Office
from directives_core.typed import Problems, Typed, as_names

__all__ = ["Leads", "Units"]

_CLASS = re.compile(r"(?:^|\W)(?:các|những|toàn bộ|tất cả)\s")
_MOST_PIECES = 50
_COMMA = re.compile(r"\s*(?:,|\svà\s)\s*")


@dataclass(frozen=True, slots=True)
class Leads:
    """Whom a row names: ids of units, names of units that are not registered, and wordings of classes."""

    units: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


@dataclass(slots=True)
class Units:
    """Looks up names; what was found for a name and day is kept.

    `office_on` gives the office as of a day; `unknown` gathers the names that no unit has, each with its first cell and
    the nearest known names; `guessed` those that were found by a part of a name, with the whole one.
    """

    office_on: Callable[[dt.date], Office]
    unknown: dict[str, tuple[Typed, tuple[str, ...]]] = field(default_factory=dict)
    guessed: dict[str, str] = field(default_factory=dict)
    _spellings: dict[str, str] = field(default_factory=dict)
    _found: dict[tuple[str, dt.date], "str | Refused"] = field(default_factory=dict)

    def leads(self, cell: Typed, on: dt.date, problems: Problems) -> Leads:
        """Whom a cell names; a part that fits several units, or a unit that had ended, is a problem."""
        units: list[str] = []
        unknown: list[str] = []
        classes: list[str] = []
        for name in self._names(cell, on, problems):
            found = self._look_up(name, on)
            if isinstance(found, str):
                units.append(found)
            elif isinstance(found, Ambiguous | UnitEnded):
                problems.at(cell, found.args[0])
            elif self._is_class(name, on):
                classes.append(name)
            else:
                near = found.nearest if isinstance(found, UnknownUnit) else ()
                first = self._spellings.setdefault(comparable(name), name)
                self.unknown.setdefault(first, (cell, near))
                unknown.append(first)
        return Leads(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(unknown)), tuple(classes))

    def name_of(self, wording: str, on: dt.date) -> str:
        """The registered name of a unit; the wording where it fits none alone."""
        found = self._look_up(wording, on)
        return self.office_on(on).unit_name(found) if isinstance(found, str) else wording

    def _names(self, cell: Typed, on: dt.date, problems: Problems) -> list[str]:
        """The names in a cell; at commas it is parted only where every piece is a unit, for names have commas too."""
        names: list[str] = []
        for name in as_names(cell, problems):
            pieces = [piece for piece in _COMMA.split(name) if piece]
            few = 1 < len(pieces) <= _MOST_PIECES
            whole = isinstance(self._look_up(name, on), str) or self._is_class(name, on)
            apart = few and not whole and all(isinstance(self._look_up(piece, on), str) for piece in pieces)
            names += pieces if apart else [name]
        return names

    def _look_up(self, name: str, on: dt.date) -> "str | Refused":
        key = (name, on)
        if key not in self._found:
            try:
                self._found[key] = self._guessed(name, on)
            except Refused as refusal:
                self._found[key] = refusal
        return self._found[key]

    def _guessed(self, name: str, on: dt.date) -> str:
        """The unit that has just this name, or these words as whole words in its name; the latter is told."""
        office = self.office_on(on)
        try:
            return find_unit(office, name, on=on).id
        except UnknownUnit:
            # Whole words alone: what looks for any letters would take “xã Số 1” for “xã Số 16”.
            words = re.compile(rf"(?<!\w){re.escape(bare(name))}(?!\w)")
            existing = (unit for unit in office.units.values() if unit.exists_on(on))
            fits = [unit for unit in existing if any(words.search(bare(each)) for each in unit.all_names)]
            if not fits:
                raise
        if len(fits) > 1:
            raise AmbiguousUnit(name, fits=[unit.name for unit in fits])
        self.guessed[name] = fits[0].name
        return fits[0].id

    def _is_class(self, name: str, on: dt.date) -> bool:
        """Whether the wording means several units: nothing ever turns such a one into a unit."""
        try:
            find_class(self.office_on(on), name)
        except UnknownClass:
            return bool(_CLASS.search(fold_words(name)))
        return True

    def refuse_unknown(self, problems: Problems) -> None:
        """Note each unknown unit once, at its first cell."""
        for name, (cell, near) in self.unknown.items():
            said = (
                Phrase("no unit is called {name!r}; near are {near}; or have it added", name=name, near=list(near))
                if near
                else Phrase("no unit is called {name!r}; add it first, or have it added", name=name)
            )
            problems.at(cell, said)
