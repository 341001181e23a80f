"""What a notice says about itself: number, day, issuer, chair and meeting."""

from __future__ import annotations

import re
from datetime import date

from directives_core.deadline.dates import read_day
from directives_core.folding import Folded, fold
from directives_core.reader.casing import in_case
from directives_core.reader.draft import DraftHeader, DraftMeeting
from directives_core.reader.layout import Layout
from directives_core.reader.lines import Block
from directives_core.reader.persons import chair_in
from directives_core.reader.units import read_unit
from directives_core.reader.vocabulary import LEVELS, alternation

__all__ = ["header_of"]

_NUMBER = re.compile(r"số ?:? ?(?P<number>\d{1,6}[a-z]? ?(?:-|/) ?[^\s,;]*[^\s,;.])")
_BLANK = re.compile(r"số ?:? ?(?:[.…_]*) ?/")
_PLACE_DAY = re.compile(r"(?:^|, ?|\s)ngày (?=\d)")
_STATE = re.compile(r"cộng hòa|độc lập|^thông báo|đảng cộng sản|-{3,}|\*|_{3,}|v/v|dự thảo")
_ISSUES = re.compile(r"(?:xin |trân trọng )?thông báo")
_HELD = re.compile(r"(?:(?:sáng|chiều|tối|vào|trong|hồi|lúc|từ)[^.;]{0,20} )?(?:các )?ngày (?=\d)")
_MEETING = re.compile(
    r"(?:tại |về )?(?P<title>(?:hội nghị|cuộc họp|phiên họp|buổi làm việc|buổi họp|kỳ họp|cuộc làm việc"
    r"|buổi kiểm tra|buổi khảo sát|chuyến công tác|giao ban).*)"
)
#: A line that only begins a name, one that only states a company's legal form, and offices without a place.
_NAMELESS = re.compile(
    r"(?:ban (?:chỉ đạo|quản lý|chỉ huy|điều hành)|hội đồng|tổ công tác|trung tâm|(?:tổng )?công ty|tập đoàn|bệnh viện"
    r"|trường(?: đại học| cao đẳng)?|viện|hội|ban|sở|phòng)"
)
_LEGAL_FORM = re.compile(r"\(?(?:ctcp|công ty cổ phần|(?:công ty )?tnhh(?: mtv| một thành viên)?)\)?")
_OFFICE_OF = ("văn phòng hđnd và ubnd", "văn phòng hội đồng nhân dân và ủy ban nhân dân", "văn phòng hđnd & ubnd",
              "văn phòng hđnd&ubnd", "văn phòng ubnd", "văn phòng ủy ban nhân dân")  # fmt: skip
_CASED = re.compile(rf"(?:{alternation(LEVELS)})(?!\w)")


def header_of(source: str, blocks: list[Block], layout: Layout) -> DraftHeader:
    """Read the header; what is not written stays None."""
    first = layout.title[0]
    title = " ".join(block.body.text for block in blocks[first : layout.title[1]]) or None
    head_end = blocks[first].start if title and first else 0
    columns = _columns(source[:head_end])
    intro = [block.body for block in blocks[layout.title[1] : layout.body]]
    texts = intro or [block.body for block in blocks[layout.title[1] : layout.title[1] + 3]]
    titles = [block.body for block in blocks[first : layout.title[1]]]
    issued = _issued(columns)
    return DraftHeader(
        title=title,
        number=_number(columns),
        date=issued,
        issuer=_issuer(columns, source) or _announcer(blocks[layout.body : layout.footer]),
        chair=chair_in(texts) or chair_in(titles),
        meeting=DraftMeeting(title=_meeting_title(titles), date=_held(intro, titles, issued)),
    )


def _columns(head: str) -> list[str]:
    """Return the cells of the letterhead, column by column."""
    rows = [[cell for cell in re.split(r"\s{3,}|\t+|\|", line.strip()) if cell.strip()] for line in head.splitlines()]
    width = max((len(row) for row in rows), default=0)
    return [" ".join(row[n].split()) for n in range(width) for row in rows if len(row) > n]


def _number(columns: list[str]) -> str | None:
    for cell in columns:
        folded = fold(cell)
        if (found := _NUMBER.match(folded.low)) is not None:
            return folded.text[found.start("number") : found.end("number")].replace(" ", "")
    return None


def _issued(columns: list[str]) -> date | None:
    for cell in columns:
        low = fold(cell).low
        if (found := _PLACE_DAY.search(low)) and (read := read_day(low, low.index("ngày", found.start()))):
            return read[0].on(None)[0]
    return None


def _issuer(columns: list[str], source: str) -> str | None:
    lines: list[str] = []
    for cell in columns:
        low = fold(cell).low
        if low.startswith("số") and (_NUMBER.match(low) or _BLANK.match(low)):
            break
        if _STATE.search(low) or not cell.isupper():
            if lines and not _STATE.search(low):
                break
            continue
        lines.append(cell)
    name = _joined(lines)
    return in_case(name, fold(source)) if name else None


def _joined(lines: list[str]) -> str | None:
    """Join the lines of the left column: a superior body's line goes, what has no name of its own takes its name."""
    whole: list[str] = []
    for line in lines:
        low = fold(line).low
        if whole and _LEGAL_FORM.fullmatch(low):
            continue
        if whole and (
            _NAMELESS.fullmatch(fold(whole[-1]).low)
            or (_CASED.match(low) and not low.endswith("ủy") and " ủy" not in low[:12])
            or fold(whole[-1]).low.endswith((" và", "-", ","))
        ):
            whole[-1] += " " + line
        else:
            whole.append(line)
    if not whole:
        return None
    low = fold(whole[-1]).low
    if len(whole) > 1 and low in ("văn phòng", "ban thường vụ", "ban chấp hành"):
        return f"{whole[-1]} {whole[-2]}"
    above = fold(whole[-2]).low if len(whole) > 1 else ""
    if low in _OFFICE_OF and (body := re.match(r"(?:ubnd|ủy ban nhân dân) (?=\w)", above)):
        return f"{whole[-1]} {whole[-2][body.end() :]}"  # the office of the committee that stands above it
    return whole[-1]


def _announcer(blocks: list[Block]) -> str | None:
    """Without a letterhead, the unit that says "… thông báo kết luận" at the end is the issuer."""
    for block in reversed(blocks):
        unit = read_unit(block.body, _after_mandate(block.low))
        if unit is not None and not unit.is_class and _ISSUES.match(block.low, unit.end + 1):
            return unit.name
    return None


def _after_mandate(low: str) -> int:
    found = re.match(
        r"(?:thừa lệnh|thừa ủy quyền|được sự đồng ý của|theo chỉ đạo của|thực hiện ý kiến)[^.;:]{0,80}?, ", low
    )
    return found.end() if found else 0


def _held(texts: list[Folded], titles: list[Folded], issued: date | None) -> date | None:
    """The day of the meeting: in the introduction, else in the title, and never after the day of the notice."""
    for text in (*texts, *titles):
        for found in _HELD.finditer(text.low):
            read = read_day(text.low, text.low.index("ngày", found.start()), anchor=issued)
            day = read[0].on(issued)[0] if read else None
            if day is not None and (issued is None or day <= issued):
                return day
    return None


def _meeting_title(titles: list[Folded]) -> str | None:
    text = " ".join(title.text for title in titles)
    folded = fold(text)
    found = _MEETING.search(folded.low)
    return folded.text[found.start("title") : found.end("title")].rstrip(" .") if found else None
