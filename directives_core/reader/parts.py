"""A block's sentences gathered into parts, each one order or something that orders nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from directives_core.folding import Folded
from directives_core.language import Phrase
from directives_core.reader.clauses import acting, clauses_of
from directives_core.reader.subjects import (
    Subject,
    is_decision,
    is_imperative,
    is_narrative,
    subject_of,
)
from directives_core.reader.units import Unit, read_units

__all__ = ["ANNOUNCES", "DECISION", "PLAIN", "Mode", "Part", "parts_of", "segments_of"]

_BREAK = re.compile(r"[.;](?= |$)|[()]|\./\.")
_SHORT = re.compile(r"(?:^|[ (])(?:[^\W\d_]|tp|ths|ts|pgs|gs|bs|ks|đ/c|v\.v|tx|tt|q|p|số|st|mr|ms)$")
_SHARE = re.compile(r"(?P<what>\d{1,3} [^;:.]{1,90}?) (?:của|do|giao) (?=\S)")
_LONGEST_ASIDE = 300

#: Why a sentence before a colon is no order by itself: its shares follow.
ANNOUNCES = Phrase("announces what follows")
_COOPERATES = re.compile(r",? (?:phối hợp|cùng phối hợp|có trách nhiệm phối hợp)(?! (?:chặt chẽ )?(?:với|cùng))")


@dataclass(frozen=True)
class Mode:
    """What holds where a block stands: is somebody addressed, is the section an assessment, a list of faults."""

    addressed: bool = False
    assesses: bool = False
    remedies: bool = False


#: Why a sentence of praise, agreement or report orders nothing.
DECISION = Phrase("a decision or an assessment")

#: Nobody is addressed and nothing is assessed.
PLAIN = Mode()


@dataclass
class Part:
    """A stretch of a block; `units` are its own leads, none where it inherits."""

    start: int
    end: int
    order: bool
    units: tuple[Unit, ...] = ()
    helpers: tuple[Unit, ...] = ()
    why: str = ""
    predicate: int = 0
    carries: bool = False


def segments_of(folded: Folded, start: int, end: int) -> list[tuple[int, int]]:
    """Cut into sentences and the halves that semicolons part; what stands in parentheses is not cut."""
    cuts, opened = [], -1
    for found in _BREAK.finditer(folded.low, start, end):
        mark = found[0]
        if mark == "(":
            opened = found.start() if opened < 0 else opened
        elif mark == ")":
            opened = -1
        elif opened >= 0 and found.start() - opened < _LONGEST_ASIDE:
            continue
        elif mark == ";" or mark == "./." or _ends_sentence(folded, found.start(), end):
            cuts.append(found.end())
            opened = -1
    pieces, begin = [], start
    for cut in [*cuts, end]:
        while begin < cut and folded.low[begin] == " ":
            begin += 1
        if begin < cut and re.search(r"\w", folded.low[begin:cut]):
            pieces.append((begin, cut))
        begin = cut
    return _rejoined(folded, pieces)


def _rejoined(folded: Folded, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rejoin an address that a semicolon parts: "yêu cầu các sở, ban, ngành; UBND các huyện khẩn trương …"."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and folded.low[joined[-1][1] - 1] == ";" and read_units(folded, start):
            before = subject_of(folded, *joined[-1])
            if before is not None and not folded.low[before.predicate : joined[-1][1]].strip(" ;"):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined


def _ends_sentence(folded: Folded, dot: int, end: int) -> bool:
    if dot + 1 >= end:
        return True
    after = folded.text[dot + 2 : dot + 3]
    return not _SHORT.search(folded.low[max(0, dot - 6) : dot]) and (
        after.isupper() or after in '"(-' or after.isdecimal()
    )


def parts_of(folded: Folded, start: int, end: int, mode: Mode, deadlines: Sequence[int]) -> list[Part]:
    """Gather the sentences between `start` and `end` into parts; `deadlines` are where deadlines begin."""
    parts: list[Part] = []
    for begin, close in _announced(folded, clauses_of(folded, segments_of(folded, start, end), deadlines)):
        share = _share(folded, begin, close)
        if share is not None and parts and (parts[-1].carries or folded.low[parts[-1].end - 1] == ":"):
            if not parts[-1].carries:
                parts[-1].order, parts[-1].why = False, ANNOUNCES
            parts.append(share)
            continue
        subject = subject_of(folded, begin, close, addressed=mode.addressed)
        subject = subject or acting(folded, begin, close)
        if subject is not None and _only_helps(folded, subject, parts):
            parts[-1].helpers += subject.units
            parts[-1].end = close
            continue
        order, why = _judge(folded, begin, close, subject, mode)
        if (
            order
            and parts
            and parts[-1].order
            and not _begins_new(folded, subject, parts[-1], (begin, close), deadlines)
        ) or (not order and parts and not parts[-1].order and parts[-1].why == why):
            parts[-1].end = close
        elif not order and parts and parts[-1].order and why == Phrase("no order recognised"):
            parts[-1].end = close  # what follows an order explains it
        else:
            own = subject.units if subject is not None and order else ()
            parts.append(Part(begin, close, order, own, why=why, predicate=subject.predicate if subject else begin))
    return parts


def _judge(folded: Folded, start: int, end: int, subject: Subject | None, mode: Mode) -> tuple[bool, str]:
    """Say whether a sentence orders, and if not, what it does instead."""
    if subject is not None and subject.mood == "ordered":
        return True, ""
    if mode.remedies:
        return True, ""
    if subject is not None and subject.mood in ("decides", "narrates"):
        return False, DECISION
    if mode.assesses or is_decision(folded.low, start, strict=mode.addressed):
        return False, DECISION
    if subject is not None and subject.mood == "acts":
        return True, ""
    if is_imperative(folded.low, start, end):
        return True, ""
    if mode.addressed and not is_narrative(folded.low, start, end):
        return True, ""
    return False, Phrase("no order recognised")


def _begins_new(
    folded: Folded, subject: Subject | None, last: Part, segment: tuple[int, int], deadlines: Sequence[int]
) -> bool:
    """Say whether a sentence is an order of its own and no more words of the last one."""
    if subject is not None or last.carries:
        return True
    start, end = segment
    mine = bisect_left(deadlines, start) < bisect_left(deadlines, end)
    theirs = bisect_left(deadlines, last.start) < bisect_left(deadlines, last.end)
    return mine and theirs and is_imperative(folded.low, start, end)


def _only_helps(folded: Folded, subject: Subject, parts: list[Part]) -> bool:
    """Say whether the second unit of "Sở A chủ trì …; Sở B phối hợp" only helps the first."""
    if not parts or not parts[-1].order or subject.mood != "acts":
        return False
    found = _COOPERATES.match(folded.low, subject.predicate)
    return found is not None and not read_units(folded, found.end() + 1)


def _announced(folded: Folded, segments: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut a sentence at the colon behind which shares begin."""
    for start, end in segments:
        colon = folded.low.rfind(": ", start, end)
        if colon >= 0 and _share(folded, colon + 2, end) is not None:
            yield start, colon + 1
            yield colon + 2, end
        else:
            yield start, end


def _share(folded: Folded, start: int, end: int) -> Part | None:
    """Read "02 Đề án của Công an huyện" as a share of what the sentence before the colon orders."""
    found = _SHARE.match(folded.low, start, end)
    units = tuple(read_units(folded, found.end())) if found else ()
    if not units or units[-1].end > end or folded.low[units[-1].end : end].strip(" .;") not in ("", "và"):
        return None
    return Part(start, end, order=True, units=units, carries=True)
