"""Deadlines that count from a day, end with a week, or wait for an event."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from directives_core.deadline.dates import add_months, read_day
from directives_core.deadline.reading import Place, Reading
from directives_core.language import Phrase

__all__ = ["at_event", "counted", "in_week"]

_COUNTED = re.compile(
    r"(?:(?:chậm nhất|muộn nhất|không quá|trong|sau)(?: là)? ){0,2}"
    r"(?P<frame>(?:sau |trong )?(?:thời hạn|thời gian|vòng) )?"
    r"(?:\w+ \()?(?P<n>\d{1,3})\)? (?P<unit>ngày|tuần|tháng|giờ|days|weeks|months)(?P<working> làm việc)?"
    r"(?! ?\d| (?:đầu|cuối|qua|trước|lễ|tết|nghỉ)(?!\w))"
    r"(?:,? (?P<from>(?:kể |tính )?từ(?: khi| thời điểm| lúc)?|sau khi) (?P<start>[^.;,()]{1,80})"
    r"| (?P<coming>tới|tiếp theo)(?!\w))?"
)
_TODAY = re.compile(r"(?:ngày )?(?:hôm nay|nay|họp|cuộc họp|hội nghị|kết luận)(?!\w)")
_ISSUED = re.compile(
    r"(?:ngày )?(?:ký|ban hành|phát hành|có)(?: ban hành)?(?: văn bản)? (?:thông báo|kết luận"
    r"|văn bản) (?:kết luận )?này"
    r"|(?:ngày )?(?:ký|ban hành)(?: ban hành)? ?$"
)
_EVENT = re.compile(
    r"trước (?P<a>(?:khi (?:vào |bước vào |diễn ra |khai mạc )?)?(?:kỳ họp|phiên họp|cuộc họp|buổi họp|hội nghị|đại hội"
    r"|lễ|tết|mùa mưa|mùa lũ|mùa bão|mùa khô|năm học|khai giảng|kỳ nghỉ|kỳ thi)(?!\w)[^.;,()]{0,60})"
    r"|(?:tại|trong|vào) (?P<b>(?:kỳ họp|phiên họp|cuộc họp|buổi họp|hội nghị|buổi giao ban|kỳ giao ban|giao ban"
    r"|lần họp)"
    r"(?: [^\W\d]+){0,6}? (?:(?:tiếp theo|kế tiếp|gần nhất|lần sau|sắp tới|tới|sau)(?!\w)"
    r"|tháng (?P<m>\d{1,2})(?:/(?P<y>\d{4}))?(?!\d)|(?:thứ|lần thứ) \w+(?: \w+)?))"
    r"|ngay (?P<c>sau khi [^.;,()]{1,60})"
)
_WEEK = re.compile(r"(?:trong|hết|cuối) (?:hết )?tuần (?:này|sau|tới)(?!\w)|(?:ngay )?trong tuần(?= ?[.;,)]| ?$)")


def counted(place: Place, at: int) -> Reading | None:
    """Read "trong 5 ngày làm việc kể từ ngày …"."""
    found = _COUNTED.match(place.low, at)
    if found is None or not (found["frame"] or found["from"] or found["coming"] or found[0].startswith("không quá")):
        return None
    n, unit = int(found["n"]), found["unit"]
    base = Reading(at, found.end(), "relative")
    start, day = found["start"], None
    event: tuple[int, int] | None = None
    if found["coming"]:
        day = place.anchor
    elif start is not None:
        base = replace(base, end=found.start("start"))
        if (read := read_day(place.low, found.start("start"), anchor=place.anchor)) is not None:
            day, base = read[0].on(place.anchor)[0], replace(base, end=read[1])
        elif today := _TODAY.match(place.low, found.start("start")):
            day, base = place.anchor, replace(base, end=today.end())
        else:
            issued = _ISSUED.match(start)
            end = found.start("start") + (issued.end() if issued else len(start.rstrip()))
            day, base = place.issued if issued else None, replace(base, end=end)
            event = None if day else (found.start("start"), end)
    base = replace(base, end=base.end - (place.low[base.start : base.end].endswith(" ")))
    if day is None:
        return replace(
            base, event=event, notes=(Phrase("the day from which {n} {unit} count is not written", n=n, unit=unit),)
        )
    if found["working"]:
        return replace(base, working_days=(day, n), day=None)
    return replace(base, day=_later(day, n, unit))


def _later(day: date, n: int, unit: str) -> date | None:
    if unit in ("tháng", "months"):
        return add_months(day, n)
    days = {"tuần": 7 * n, "weeks": 7 * n, "giờ": -(-n // 24)}.get(unit, n)
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def in_week(place: Place, at: int) -> Reading | None:
    """Read "trong tuần này": which day ends a week is for the office to say."""
    found = _WEEK.match(place.low, at)
    return Reading(at, found.end(), "relative", notes=(Phrase("which day of the week is meant?"),)) if found else None


def at_event(place: Place, at: int) -> Reading | None:
    """Read "tại cuộc họp tiếp theo", "trước kỳ họp …"."""
    found = _EVENT.match(place.low, at)
    if found is None:
        return None
    if found["m"] and place.anchor:
        year = int(found["y"]) if found["y"] else place.anchor.year
        if (year, int(found["m"])) <= (place.anchor.year, place.anchor.month):
            return None  # the meeting that has just been held
    end = at + len(found[0].rstrip())
    start = next(found.start(part) for part in ("a", "b", "c") if found[part])
    return Reading(at, end, "event-relative", event=(start, end))
