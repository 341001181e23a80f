"""Headings that name units and nothing else, where more of a name may stand than within a sentence."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.units import Unit, read_unit, read_units
from directives_core.reader.vocabulary import NOMINAL, STOPS, starts_with_verb

__all__ = ["whole_units"]

#: What a heading may hold behind the name as read: few words without a mark.
_LEFT_OF_NAME = re.compile(r"(?: [^\W\d_]+){1,7}")
_CAPITALISED = re.compile(r"\w+ (?:\w+ )?[^\W\d_a-zà-ỹ]")


def whole_units(folded: Folded, start: int, end: int) -> list[Unit]:
    """Return the units of a heading that names units and nothing else."""
    units = read_units(folded, start, across=True)
    if not units:
        return []
    rest = folded.low[units[-1].end : end].strip(" .:;")
    if not rest or re.fullmatch(r"\([^()]*\)", rest):
        return units
    if folded.low.startswith(" - ", units[-1].end) and (above := read_unit(folded, units[-1].end + 3)) is not None:
        return units if not folded.low[above.end : end].strip(" .:;") else []  # the body that it is part of
    longer = _lengthened(folded, units, end)
    return [*units[:-1], longer] if longer is not None else []


def _lengthened(folded: Folded, units: list[Unit], end: int) -> Unit | None:
    """Take the few lower-case words that are left of a heading into its unit: "Cục Quản lý nhà và thị trường"."""
    last = units[-1]
    while end > last.end and folded.low[end - 1] in " .:;":
        end -= 1
    rest = folded.text[last.end : end]
    if last.is_class or last.is_office or not _LEFT_OF_NAME.fullmatch(rest) or not _CAPITALISED.match(last.name):
        return None
    words = rest.removeprefix(" và").split()
    if any(word in STOPS or not word.islower() for word in words):
        return None
    place = end - len(rest.removeprefix(" và").lstrip())
    if folded.low.startswith(".", end):
        return None
    if starts_with_verb(folded.low, place):  # "Viện Kinh tế xây dựng" names, "Giao Sở Tài chính thẩm định:" orders
        names = folded.low[place:end] in NOMINAL and not folded.low.startswith(":", end) and units[0].start == 0
        return Unit(last.name + rest, last.start, end) if names else None
    return Unit(last.name + rest, last.start, end)
