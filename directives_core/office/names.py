"""Which unit is meant: names compared whole for programs, by any part that fits one alone for people who type."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from directives_core.errors import AmbiguousUnit, UnitEnded, UnknownClass, UnknownUnit
from directives_core.folding import fold_words
from directives_core.office.state import Office, Unit, UnitClass

__all__ = [
    "bare", "comparable", "find_class", "find_holder", "find_unit", "guess_unit", "known_spelling", "once_called",
    "unit_names",
]  # fmt: skip

_SPELLINGS = (
    (re.compile(r"\bủy ban nhân dân\b"), "ubnd"),
    (re.compile(r"\s*&\s*"), " và "),
    (re.compile(r"[\s,;.]+"), " "),
)
_NEAR = 0.6


def comparable(name: str) -> str:
    """A name in the form in which its spellings are equal: case, blanks, places of tone marks, common shortenings."""
    text = fold_words(name)
    for pattern, short in _SPELLINGS:
        text = pattern.sub(short, text)
    return text.strip()


# The names of units are compared at every command, and are few.
known_spelling = lru_cache(maxsize=16_384)(comparable)


def bare(text: str) -> str:
    """The comparable form without diacritics, as people type who have no Vietnamese keyboard."""
    letters = unicodedata.normalize("NFD", comparable(text).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_known_bare = lru_cache(maxsize=16_384)(bare)


def find_unit(office: Office, name: str, *, on: dt.date) -> Unit:
    """The unit of this id or of exactly this name, spellings aside, that exists on the day.

    Raises:
        UnknownUnit: there is none; the error suggests the nearest names.
        UnitEnded: the unit of this name no longer existed on that day.
    """
    if name in office.units:
        return _existing([office.units[name]], name, office, on)
    wanted = known_spelling(name)
    if fits := _by_spelling(office).get(wanted):
        return _existing(fits, name, office, on)
    earlier = [u for u in office.units.values() if wanted in (comparable(n.name) for n in u.earlier_names)]
    names = {unit.name: unit for unit in office.units.values() if unit.exists_on(on)}
    raise UnknownUnit(name, nearest=[unit.name for unit in earlier] or _nearest(name, names), on=on)


def _by_spelling(office: Office) -> dict[str, list[Unit]]:
    """The units by the spellings of their present names: a province has thousands, and every command asks."""
    index: dict[str, list[Unit]] | None = office.indexes.get("spelling")
    if index is None:
        index = {}
        for unit in office.units.values():
            for spelling in dict.fromkeys(map(known_spelling, unit.all_names)):
                index.setdefault(spelling, []).append(unit)
        office.indexes["spelling"] = index
    return index


def unit_names(office: Office) -> Mapping[str, str]:
    """The names of all units by id."""
    index: dict[str, str] | None = office.indexes.get("names")
    if index is None:
        index = office.indexes["names"] = {unit.id: unit.name for unit in office.units.values()}
    return index


def once_called(office: Office, name: str, *, on: dt.date) -> Unit | None:
    """The one unit that exists on the day and bore this name before; none where there is no such unit, or several."""
    wanted = comparable(name)
    fits = [
        unit
        for unit in office.units.values()
        if unit.exists_on(on) and any(wanted == comparable(names.name) for names in unit.earlier_names)
    ]
    return fits[0] if len(fits) == 1 else None


def find_holder(office: Office, name: str, *, on: dt.date) -> Unit:
    """As `find_unit`; where no unit of this name exists, the one that ended last: it may hold duties still.

    Raises:
        UnknownUnit: there never was one.
    """
    try:
        return find_unit(office, name, on=on)
    except UnitEnded as error:
        return max(
            (unit for unit in office.units.values() if unit.ended_on and error.name == unit.name),
            key=lambda unit: unit.ended_on or dt.date.min,
        )


def guess_unit(office: Office, text: str, *, on: dt.date, preferred: Sequence[str] = ()) -> Unit:
    """The unit that a person means who typed part of a name, with or without diacritics.

    Units whose ids stand in `preferred` are tried before all others, whether they still exist or not.

    Raises:
        AmbiguousUnit: several units have such a part in their names, and none is called just so.
        UnknownUnit, UnitEnded: as for `find_unit`.
    """
    favourites = [office.units[unit] for unit in dict.fromkeys(preferred) if unit in office.units]
    if (found := _guess(text, favourites, by_whole=True)) is not None:
        return found
    try:
        return find_unit(office, text, on=on)
    except UnknownUnit:
        existing = [unit for unit in office.units.values() if unit.exists_on(on)]
        for units in (favourites, existing):
            if (found := _guess(text, units)) is not None:
                return found
        if (gone := _guess(text, list(office.units.values()))) is not None:
            return _existing([gone], gone.name, office, on)  # refuses, and says that it ended
        raise


def _guess(text: str, units: Sequence[Unit], *, by_whole: bool = False) -> Unit | None:
    """The one of these units that the text names, by its whole name or by any part; none where it fits none.

    Raises:
        AmbiguousUnit: it fits several.
    """
    for spelled in (comparable, bare):
        part = spelled(text)

        def named(name: str, part: str = part) -> bool:
            return part == name or (part in name and not by_whole)

        fits = [unit for unit in units if text == unit.id or (part and any(map(named, map(spelled, unit.all_names))))]
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise AmbiguousUnit(text, fits=[unit.name for unit in fits])
    return None


def find_class(office: Office, name: str) -> UnitClass:
    """The class of units of this wording.

    Raises:
        UnknownClass: no class is defined under it.
    """
    wanted = known_spelling(name)
    for known in office.classes.values():
        if known_spelling(known.name) == wanted:
            return known
    raise UnknownClass(name, nearest=list(office.classes))


def _existing(fits: list[Unit], name: str, office: Office, on: dt.date) -> Unit:
    there = [unit for unit in fits if unit.exists_on(on)]
    if len(there) == 1:
        return there[0]
    if there:
        raise AmbiguousUnit(name, fits=[f"{unit.name} ({unit.id})" for unit in there])
    ended = [unit for unit in fits if unit.ended_on is not None and unit.ended_on <= on]
    if ended and ended[-1].ended_on is not None:
        heirs = [office.unit_name(heir) for heir in ended[-1].successors]
        raise UnitEnded(ended[-1].name, ended_on=ended[-1].ended_on, on=on, successors=heirs)
    raise UnknownUnit(name, on=on)


def _nearest(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # for names that nobody bears: most are known

    by_spelling = {_known_bare(each): each for each in known}
    return [by_spelling[spelling] for spelling in get_close_matches(bare(name), by_spelling, n=3, cutoff=_NEAR)]
