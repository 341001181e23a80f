"""The route of a report: to whom it goes, and through whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from directives_core.folding import Folded
from directives_core.reader.units import Unit, read_unit

__all__ = ["Route", "route_in"]

_VIA = re.compile(r" ?\( ?(?:thông )?qua (?=\S)|,? (?:thông qua|qua) (?=\S)")
_TO = re.compile(r" (?:về cho|về|cho|với|trước|tới|đến|lên) ")
_START = re.compile(r"(?<!\w)(?:báo cáo|giải trình|trình|gửi|nộp|báo|chuyển|phản ánh)(?!\w)")
_NEITHER = re.compile(
    r"(?:nghe|các|bản|dự thảo|nội dung|hoàn chỉnh|hoàn thiện|xây dựng|bổ sung|thông qua|với|tại|theo|số liệu|số) $"
)
_LONE = re.compile(
    r"(?P<name>bộ|sở|tỉnh|huyện|nhà trường|công ty|chính phủ|văn phòng|cục|tổng cục|viện|trường|ban|bệnh viện"
    r"|tổng công ty|tập đoàn)(?= (?:trước|chậm|muộn|không|đến hết|đến ngày|vào|để|xem|kết quả|tiến độ|tại"
    r"|trong)| ?[.,;:()]| ?$)"
)
_HANDS_ON = re.compile(r"(?: để)? tổng hợp,? (?:và |để )?(?:báo cáo|trình)(?: với| lên)? (?=\S)")
_NOUNS = ("báo cáo", "trình", "báo")
_REACH = 220
_MOST_VERBS = 60


@dataclass(frozen=True)
class Route:
    """The two ends of a route, with the words that name them."""

    to: Unit | None = None
    via: Unit | None = None


def route_in(folded: Folded, start: int, end: int) -> Route:
    """Return the route that the words between `start` and `end` give; empty where they give none."""
    via = _via(folded, start, end)
    if via is not None:
        return via
    for verb in islice(_START.finditer(folded.low, start, end), _MOST_VERBS):
        behind = folded.low[max(start, verb.start() - 50) : verb.start()]
        if (verb[0] in _NOUNS and _NEITHER.search(behind)) or _subordinate(behind):
            continue
        if (to := _receiver(folded, verb.end(), end)) is not None:
            return Route(to=to)
    return Route()


def _subordinate(behind: str) -> bool:
    """Say whether the verb stands in a purpose or a condition: what others will do with the result."""
    clause = re.split(r"[.;:(]", behind)[-1]
    return bool(re.search(r"(?<!\w)(?:để|nhằm|nếu|được|đã)(?!\w)[^,]*,?[^,]*$", clause))


def _via(folded: Folded, start: int, end: int) -> Route | None:
    for found in _VIA.finditer(folded.low, start, end):
        via = read_unit(folded, found.end())
        if via is None or via.end > end or (via.is_class and "(" not in found[0]):
            continue
        to = _ending_at(folded, start, found.start()) or _beyond(folded, via.end, end)
        if to is None and "(" not in found[0]:
            continue
        return Route(to=to, via=via)
    return None


def _beyond(folded: Folded, at: int, end: int) -> Unit | None:
    """Return to whom the unit on the way hands on: "qua Phòng A tổng hợp, báo cáo Giám đốc"."""
    found = _HANDS_ON.match(folded.low, at, end)
    to = _unit_at(folded, found.end()) if found is not None else None
    return to if to is not None and to.end <= end else None


def _ending_at(folded: Folded, start: int, end: int) -> Unit | None:
    """Return the unit whose words end at `end`, behind "về", "với", "trước" or the verb itself."""
    low = folded.low
    begin = max(start, end - _REACH)
    places = [found.end() for found in _TO.finditer(low, begin, end)]
    places += [found.end() + 1 for found in _START.finditer(low, begin, end)]
    for place in sorted(places, reverse=True):
        unit = _unit_at(folded, place)
        if unit is not None and (unit.end == end or low[unit.end : end].strip() == "" or _tail(low, unit.end, end)):
            return unit
    return None


def _tail(low: str, start: int, end: int) -> bool:
    """Say whether only the object of a report stands between its receiver and the parenthesis."""
    between = low[start:end]
    return (
        len(between) < 90
        and not re.search(r"[.;:]", between)
        and between.startswith((" kết quả", " tiến độ", " bằng", " để", ", "))
    )


def _unit_at(folded: Folded, place: int) -> Unit | None:
    lone = _LONE.match(folded.low, place)
    if lone is not None and folded.text[place : place + 1].isupper():
        return Unit(folded.text[place : lone.end()], place, lone.end(), is_office=True)
    return read_unit(folded, place)


def _receiver(folded: Folded, at: int, end: int) -> Unit | None:
    """Find the receiver after a verb: at once ("trình UBND tỉnh"), or behind "về", "cho", "với" in the same clause."""
    low = folded.low
    reach = min(end, at + _REACH)
    clause = re.compile(r"[.;:]").search(low, at, reach)
    stop = clause.start() if clause else reach
    places = [at + 1] + [found.end() for found in _TO.finditer(low, at, stop)]
    for kind, place in enumerate(places):
        if re.search(r"(?<!\w)(?:để|nhằm|trước ngày|chậm nhất|, )", low[at:place]) and kind:
            break
        unit = _unit_at(folded, place)
        if unit is not None and unit.end <= stop and not low.startswith((" có ", " tổ chức"), unit.end):
            return unit
    return None
