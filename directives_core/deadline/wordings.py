"""The wordings of deadlines: a grammar that finds them in folded text, in one pass, and says what each one states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from directives_core.deadline.countdown import at_event, counted, in_week
from directives_core.deadline.dates import DayWords, read_day, read_period, read_time, read_weekday
from directives_core.deadline.reading import Place, Reading
from directives_core.language import Phrase, Word
from directives_core.recurrence import Every, Recurrence

__all__ = ["Reading", "find_urgencies_in", "readings"]

_TRIGGER = re.compile(
    r"(?<!\w)(?:chậm nhất|muộn nhất|trễ nhất|không quá|không muộn hơn|không chậm hơn|trước|đến|tới|hết|hạn|thời hạn"
    r"|thời gian|trong|vòng|sau|cuối|đầu|giữa|hoàn thành|xong|định kỳ|hàng|hằng|mỗi|ngày|thứ|chủ nhật|tại|vào|ngay"
    r"|before|by|until|no later than|within)(?!\w)"
)
_LEAD = re.compile(
    r"(?P<term>(?:thời hạn|thời gian(?= (?:hoàn thành|báo cáo|gửi|nộp|trình|xong))|hạn)"
    r"(?: (?:hoàn thành|báo cáo|thực hiện|gửi|nộp|trình|xong|cuối cùng|cuối|chót))*(?: là| vào)? ?:? )?"
    r"(?P<done>(?:hoàn thành|xong)(?: xong| dứt điểm)? (?:vào )?(?=ngày|tháng|quý|năm|cuối|giữa|đầu))?"
    r"(?P<latest>(?:chậm nhất|muộn nhất|trễ nhất|không quá|không muộn hơn|không chậm hơn|no later than|by)"
    r"(?: là)?(?: vào| đến| tới| trong)?(?: hết)? ?)?"
    r"(?P<before>(?:trước|before)(?: và trong)?(?: hạn)? )?"
    r"(?P<until>(?:đến|tới|until) (?:(?:hết|trước) )?|hết |trong |within )?"
)
_AGAIN = re.compile(
    r" ?\(? ?(?:của )?(?:(?P<month>(?:các )?tháng (?P<which>cuối cùng|cuối|đầu tiên|đầu|thứ hai|giữa)(?: của)?"
    r"(?: (?:mỗi|hàng|hằng|các))? (?P<span>quý|năm)(?! (?:i|v|\d|này))(?: sau| tiếp theo)?)"
    r"|(?:hàng|hằng|mỗi|từng|các) (?P<every>tuần|tháng|quý|năm)(?!\w)"
    r"|(?P<own>tháng (?:liền kề|báo cáo)|tháng(?= ?[.,;)]| ?$)))"
)
_SECOND = re.compile(
    r"(?: hàng năm| hằng năm)?(?: và|,)(?: trước)?(?: ngày)? (?P<d>\d{1,2})/(?P<m>\d{1,2})(?= (?:hàng|hằng|mỗi) năm)"
)
_PAIR = re.compile(
    r"(?:các )?ngày (?P<first>\d{1,2})(?: và|,) (?:ngày )?(?P<second>\d{1,2}) (?:của )?(?:hàng|hằng|mỗi) tháng(?!\w)"
)
_LONGEST_MONTH = 31
_LAST_DAY = re.compile(r"ngày cuối(?: cùng)?(?: của)? (?:hàng|hằng|mỗi) tháng(?!\w)")
_WEEKLY = re.compile(r" (?:của )?(?:(?P<again>(?:hàng|hằng|mỗi) tuần)|tuần (?P<which>này|sau|tới))(?!\w)")
_CONTEXT = re.compile(r"(?:(?:hàng|hằng|mỗi) |định kỳ (?:hàng |hằng )?)(?P<every>tuần|tháng|quý|năm)(?!\w)")
_BARE_AGAIN = re.compile(
    r"(?:định kỳ (?:báo cáo )?(?:hàng |hằng |mỗi )?(?P<a>tuần|tháng|quý|6 tháng|năm)"
    r"|(?:hàng|hằng|mỗi) (?P<b>tuần|tháng|quý)(?=,? (?:\w+ ){0,3}?báo cáo))(?!\w)"
)
_REPORT_BEFORE = re.compile(r"báo cáo[^.;]{0,60}$")
_URGENT = re.compile(
    r"(?<!\w)(?:ngay lập tức|khẩn trương|(?:trong thời gian )?sớm nhất|nhanh nhất|theo (?:đúng )?tiến độ|kịp thời"
    r"|càng sớm càng tốt|ngay(?! (?:sau|từ|tại|trong|cả|tháng|quý))|immediately|as soon as possible)(?!\w)"
)
#: What takes place on a day without being anybody's duty by that day.
_HAPPENS = re.compile(r"(?:khai mạc|diễn ra|hiệu lực|xảy ra|hết hạn|bắt đầu|khai giảng|đã)(?!\w)[^.;]{0,60}$")
_STATED = re.compile(r"(?:tính|cập nhật|lũy kế|số liệu|chốt số liệu|kể từ ngày [^.;]{0,30})(?: từ [^.;]{0,30})? $")
_SINCE = re.compile(r"từ (?:nay|(?:ngày )?\d[^.;]{0,30}?) ?$")
_EDGE = re.compile(r"(?:vào|trước|đến|tới|trong|ngay|hết|xong|thành|hạn|nhất|là|:) $|^$")
_EVERY: dict[str, Every] = {"tuần": "week", "tháng": "month", "quý": "quarter", "6 tháng": "half-year", "năm": "year"}


def readings(low: str, anchor: date | None, issued: date | None = None) -> Iterator[Reading]:
    """Yield every deadline wording of folded text, in order and without overlap."""
    place, at = Place(low, anchor, issued), 0
    while (trigger := _TRIGGER.search(low, at)) is not None:
        at = trigger.end()
        for read in _READERS:
            if (found := read(place, trigger.start())) is not None:
                at = max(at, found.end)
                yield found
                break


def find_urgencies_in(low: str) -> Iterator[tuple[int, int]]:
    """Yield where folded text urges without naming a day."""
    for found in _URGENT.finditer(low):
        yield found.span()


def _led(place: Place, at: int) -> Reading | None:
    """Read "trước …", "chậm nhất …", "đến hết …", "trong …" with a day, hour or period."""
    low = place.low
    lead = _LEAD.match(low, at)
    if lead is None or lead.end() == at:
        return None
    strict = bool(lead["before"]) and "và trong" not in lead["before"]
    both = strict and bool(lead["latest"] or (lead["term"] and "chậm" in lead["term"]))
    notes = ('"chậm nhất" and "trước" stand in one phrase: two rules; read as before that day',) if both else ()
    soft = not (lead["before"] or lead["latest"] or lead["term"])
    base = Reading(at, at, "before" if strict else "at-latest", excluded=strict, weak=soft, notes=notes)
    timed = read_time(low, lead.end())
    if timed is not None and (found := _on_day(place, replace(base, hour=timed[0]), timed[1], named=False)):
        return replace(
            found, excluded=False, rule=found.rule if found.again else "before-time" if strict else "at-latest"
        )
    if place.low[:at].endswith(("đến ", "tới ")):
        return None  # "đến hết ngày …" was looked at where "đến" stands
    if lead["until"] and lead["until"].startswith(("đến", "tới")) and _STATED.search(place.back(at, 60)):
        return None
    return _on_day(place, base, lead.end(), named=soft) or _on_period(place, base, lead)


def _on_day(place: Place, base: Reading, at: int, *, named: bool) -> Reading | None:
    weekday = read_weekday(place.low, at)
    if weekday is not None and (tail := _WEEKLY.match(place.low, weekday[1])):
        return _weekly(place, replace(base, end=tail.end()), weekday[0], again=bool(tail["again"]), which=tail["which"])
    if weekday is not None and _last_context(place.back(base.start)) == "tuần":  # "hằng tuần, trước 16 giờ thứ Năm"
        return _weekly(place, replace(base, end=weekday[1]), weekday[0], again=True)
    if (paired := _paired(place, base, at)) is not None:
        return paired
    read = read_day(place.low, at, named=named, anchor=place.anchor)
    if read is None:
        return None
    words, end = read
    if (found := _recurring(place, base, words, end)) is not None:
        return found
    day, note = words.on(place.anchor)
    notes = base.notes
    if note:
        notes = (*notes, Phrase("{note}: which day is meant?", note=note) if day is None else note)
    if (
        base.weak
        and day is not None
        and _SINCE.search(place.back(base.start, 40))
        and "nay" not in place.back(base.start, 6)
    ):
        notes = (*notes, Phrase("the wording is the end of a period, to {day}", day=day))
    others: tuple[tuple[date, str], ...] = ()
    if base.excluded and len(base.notes) and day is not None:
        others = ((day, "at-latest"),)
    return replace(base, end=end, day=day, notes=notes, others=others)


def _weekly(place: Place, base: Reading, weekday: int, *, again: bool, which: str | None = None) -> Reading | None:
    if again:
        day = weekday - 1 or 7 if base.excluded and not base.hour else weekday
        rule, written = Recurrence(every="week", day=day), Recurrence(every="week", day=weekday)
        return replace(base, rule="recurring", every="week", again=rule, again_as_written=written, excluded=False)
    if place.anchor is None:
        return None
    ahead = weekday - place.anchor.isoweekday() + (0 if which == "này" else 7)
    try:
        return replace(base, day=place.anchor + timedelta(days=ahead))
    except OverflowError:
        return None


def _recurring(place: Place, base: Reading, words: DayWords, end: int) -> Reading | None:
    context = _last_context(place.back(base.start))
    if words.next_month and context == "tháng":
        words = DayWords(words.day)  # "hàng tháng … trước ngày 5 của tháng sau": every month
    if words.year is not None or not 1 <= words.day <= 31:
        return None
    second = _SECOND.match(place.low, end) if words.month else None
    tail = _AGAIN.match(place.low, second.end() if second else end)
    every: Every | None = None
    month = words.month
    notes = base.notes
    if tail is not None and tail["month"]:
        every = "quarter" if tail["span"] == "quý" else "year"
        last = 3 if every == "quarter" else 12
        month = 1 if "đầu" in tail["which"] else last if "cuối" in tail["which"] else 2
    elif tail is not None and tail["every"] and not (words.month and tail["every"] != "năm"):
        every = _EVERY[tail["every"]]
    elif tail is not None and tail["own"] and words.month is None:
        every = "month"  # "trước ngày 25 của tháng"
    elif context:
        every = _EVERY[context] if (context == "năm") == bool(words.month) else None
        tail = None
    if every is None or every == "week" or (every == "year" and month is None):
        return None
    if every == "quarter" and month is None:
        notes = (*notes, Phrase("the month of the quarter is not written; its last month was taken"))
    if second and month:
        if int(second["d"]) == words.day and abs(int(second["m"]) - month) == 6:
            every, month = "half-year", (month - 1) % 6 + 1
        else:
            notes = (
                *notes,
                Phrase(
                    "a second day, {day}/{month}, is written and was not taken",
                    day=second["d"],
                    month=second["m"],
                ),
            )
    again = _rule(every, month, words.day, excluded=base.excluded and base.hour is None)
    if again is None:
        return None
    written = _rule(every, month, words.day, excluded=False)
    base = replace(base, end=tail.end() if tail else end, rule="recurring", excluded=False, weak=False)
    return replace(base, every=every, again=again, again_as_written=written, notes=notes)


def _last_context(behind: str) -> str | None:
    """Return the unit of the nearest "hàng tháng" and the like earlier in the sentence."""
    sentence = re.split(r"[.;] ", behind)[-1]
    found = [m["every"] for m in _CONTEXT.finditer(sentence)]
    return found[-1] if found else None


def _paired(place: Place, base: Reading, at: int) -> Reading | None:
    """Read "ngày 15 và ngày 30 hằng tháng": two days, of which a rule holds the first and the other is told."""
    pair = _PAIR.match(place.low, at)
    if pair is None or not 1 <= int(pair["first"]) <= _LONGEST_MONTH:
        return None
    note = Phrase("a second day of every month, the {day}, is written and was not taken", day=pair["second"])
    day = int(pair["first"])
    return replace(
        base, end=pair.end(), rule="recurring", every="month", excluded=False, weak=False, notes=(*base.notes, note),
        again=_rule("month", None, day, excluded=base.excluded and base.hour is None),
        again_as_written=_rule("month", None, day, excluded=False),
    )  # fmt: skip


def _rule(every: Every, month: int | None, day: int, *, excluded: bool) -> Recurrence | None:
    if month is not None and not 1 <= month <= {"month": 0, "quarter": 3, "half-year": 6}.get(every, 12):
        return None
    if excluded:
        day -= 1
        if not day:  # before the first: the last day of the month before
            length = {"quarter": 3, "half-year": 6, "year": 12}.get(every, 1)
            day, month = 31, (((month or length) - 2) % length + 1 if every != "month" else None)
    return Recurrence(every=every, month=month, day=day)


def _on_period(place: Place, base: Reading, lead: re.Match[str]) -> Reading | None:
    at = lead.end()
    edge = next((e for e in ("cuối ", "giữa ", "đầu ", "hết ") if place.low.startswith(e, at)), "")
    read = read_period(place.low, at + len(edge), place.anchor)
    if read is None:
        return None
    period, end = read
    until = lead["until"] or ""
    if until.startswith(("đến", "tới")) and not edge and "hết" not in until and not lead["latest"]:
        return None  # "đến năm 2045" is how titles and plans speak
    done = bool(
        lead["done"] or lead["latest"] or lead["term"] or re.search(r"hoàn thành|xong|ban hành", place.back(at, 80))
    )
    if (
        period.alone or ("tháng" in place.low[at:end] and "năm" in place.low[at:end] and "6" in place.low[at:end])
    ) and not done:
        return None  # "trong tháng", "6 tháng đầu năm" mostly describe
    if edge in ("giữa ", "đầu "):
        day = period.middle if edge == "giữa " else period.first
        return replace(base, end=end, rule=period.rule, day=day, excluded=False)
    if base.excluded and not edge:
        return replace(base, end=end, day=period.first)
    return replace(base, end=end, rule=period.rule, day=period.last, excluded=False, weak=not lead["latest"])


def _edge(place: Place, at: int) -> Reading | None:
    """Read "cuối tháng 10/2021", "giữa năm", "hết quý II" without a word before it."""
    edge = next((e for e in ("cuối ", "giữa ", "đầu ", "hết ") if place.low.startswith(e, at)), None)
    read = read_period(place.low, at + len(edge), place.anchor) if edge else None
    if read is None or edge is None or not (_EDGE.search(place.back(at)) or (edge == "cuối " and not read[0].alone)):
        return None
    period, end = read
    if re.search(r"\d tháng $|(?:đến|tới) $|không (?:để|dồn)[^.;,]{0,40}$", place.back(at)):
        return None  # "3 tháng cuối năm 2021", "không để dồn vào cuối năm"
    day = {"giữa ": period.middle, "đầu ": period.first}.get(edge, period.last)
    return Reading(at, end, period.rule, day=day, weak=True)


def _bare_recurring(place: Place, at: int) -> Reading | None:
    """Read "ngày 20 hàng tháng", "thứ Sáu hàng tuần", "định kỳ hàng quý"."""
    base = Reading(at, at, "at-latest")
    weekday = read_weekday(place.low, at)
    if weekday is not None and (tail := _WEEKLY.match(place.low, weekday[1])) is not None and tail["again"]:
        return _weekly(place, replace(base, end=tail.end()), weekday[0], again=True)
    if (last := _LAST_DAY.match(place.low, at)) is not None:
        rule = Recurrence(every="month", day=31)
        return replace(base, end=last.end(), rule="recurring", every="month", again=rule, again_as_written=rule)
    if (paired := _paired(place, base, at)) is not None:
        return paired
    read = read_day(place.low, at, named=True)
    if read is not None and _AGAIN.match(place.low, read[1]) and (found := _recurring(place, base, *read)):
        return found
    bare = _BARE_AGAIN.match(place.low, at)
    if bare is None:
        bare = re.compile(r"(?:hàng|hằng) (?P<a>tuần|tháng|quý)(?!\w)(?P<b>)").match(place.low, at)
        if bare is None or not _REPORT_BEFORE.search(place.back(at, 70)):
            return None
    if re.search(r"(?:ngày|thứ) \d{1,2}(?!\d)", place.low[bare.end() : bare.end() + 60].split(".")[0]):
        return None  # the day follows, and will be read with this as its context
    every = _EVERY[bare["a"] or bare["b"]]
    return Reading(
        at,
        bare.end(),
        "recurring",
        every=every,
        notes=(Phrase("every {every}, but the day is not written", every=Word(every, "every")),),
    )


def _on_that_day(place: Place, at: int) -> Reading | None:
    """Read "tổ chức vào ngày 20/3/2024": the day on which the duty is done."""
    if not place.low.startswith("vào ngày ", at) or _HAPPENS.search(place.back(at, 80)):
        return None
    read = read_day(place.low, at + len("vào "), named=True, anchor=place.anchor)
    base = Reading(at, at, "at-latest", weak=True)
    return _on_day(place, base, at + len("vào "), named=True) if read is not None else None


_READERS: tuple[Callable[[Place, int], Reading | None], ...] = (
    counted,
    _led,
    _edge,
    _bare_recurring,
    _on_that_day,
    in_week,
    at_event,
)
