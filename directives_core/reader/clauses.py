"""Clauses of one sentence in which several units are each told to do something: "Sở A …, Sở B … và Sở C …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from directives_core.folding import Folded
from directives_core.reader.names import is_capital
from directives_core.reader.subjects import Subject, is_narrative, subject_of
from directives_core.reader.units import read_unit, read_units
from directives_core.reader.vocabulary import NARRATES, STOPS, TELLS

__all__ = ["acting", "clauses_of"]

_JOINT = re.compile(r"(?:, | và |, và |, còn |, đồng thời )(?P<order>(?:giao|yêu cầu) (?:cho )?)?(?=\w)")
#: In such a clause the unit behind the comma belongs to what was begun: a helper, a condition, an example.
_INNER = re.compile(
    r"(?<!\w)(?:phối hợp|cùng với|nếu|khi|trường hợp|giữa|gồm|như|sau khi|trên cơ sở|chỉ đạo|hướng dẫn|đôn đốc"
    r"|đề nghị|để|nhằm|do|theo)(?!\w)[^,]*$"
)
_HELPS = re.compile(r",? (?:cùng |tích cực |chủ động |có trách nhiệm )?phối hợp(?!\w)")
_WORD = re.compile(r",? (?:mỗi (?:đơn vị|nơi|bên|trường|xã|phường|khoa|phòng|thôn) )?([^\W\d_]+)(?= )")
_PLACE = re.compile(r"(?<!\w)(?=\w)")
_REACH = 120
#: What goes beyond is no sentence that an office wrote, and is not searched at length.
_LONGEST_SENTENCE = 3000
_MOST_JOINTS = 40


def acting(folded: Folded, start: int, end: int) -> Subject | None:
    """Read "Sở A <any verb> …": a unit and a verb that is in no list make an order, unless the words tell or narrow."""
    if is_narrative(folded.low, start, end):
        return None
    units = tuple(unit for unit in read_units(folded, start) if unit.end <= end)
    word = _WORD.match(folded.text, units[-1].end, end) if units else None
    if word is None or not word[1].islower() or word[1] in STOPS or word[1] in NARRATES or word[1] in TELLS:
        return None
    return Subject(units, "acts", units[-1].end)


def clauses_of(
    folded: Folded, segments: Sequence[tuple[int, int]], deadlines: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Cut sentences before every further unit that is told to act; `deadlines` are where deadlines begin."""
    for start, end in segments:
        begin = start
        for joint in islice(_JOINT.finditer(folded.low, start, min(end, start + _LONGEST_SENTENCE)), _MOST_JOINTS):
            if _parts(folded, (begin, end), joint, deadlines):
                yield begin, joint.start() + (joint[0][0] == ",")
                begin = joint.start("order") if joint["order"] else joint.end()
        yield begin, end


def _parts(folded: Folded, piece: tuple[int, int], joint: re.Match[str], deadlines: Sequence[int]) -> bool:
    begin, end = piece
    low, comma, at = folded.low, joint.start(), joint.end()
    dated = bisect_left(deadlines, begin) < bisect_left(deadlines, comma)
    if not (is_capital(folded, at) or (dated and low.startswith("các ", at))) or low.count(
        "(", begin, comma
    ) > low.count(")", begin, comma):
        return False
    if _ends_unit(folded, begin, comma):
        return False
    units = read_units(folded, at)
    if not units or any(unit.is_office for unit in units):
        return False
    if _HELPS.match(low, units[-1].end) or _INNER.search(low, begin, comma):
        return False
    before = subject_of(folded, begin, comma) or acting(folded, begin, comma)
    if before is None or before.mood not in ("ordered", "acts") or before.predicate >= comma:
        return False
    if joint["order"]:
        return before.mood == "ordered"
    own = subject_of(folded, at, end) or acting(folded, at, end)
    return own is not None and own.mood == "acts" and own.units[0].start == at


def _ends_unit(folded: Folded, begin: int, comma: int) -> bool:
    """Say whether a unit's name ends at the comma, so that the next one carries on a list."""
    for place in _PLACE.finditer(folded.low, max(begin, comma - _REACH), comma):
        unit = read_unit(folded, place.start())
        if unit is not None and unit.end == comma:
            return True
    return False
