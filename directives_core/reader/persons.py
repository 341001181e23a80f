"""Who presided at the meeting, and in which offices."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.draft import DraftChair
from directives_core.reader.vocabulary import LEVELS, OFFICES, alternation

__all__ = ["chair_in"]

_UPPER = "".join(
    chr(code)
    for code in range(0x41, 0x1EFA)
    if chr(code).isupper() and chr(code).isalpha() and (code < 0x250 or code > 0x1E9F)
)
_NAME = re.compile(rf"[{_UPPER}][^\W\d_]*(?: [{_UPPER}][^\W\d_]*){{1,5}}")
_DEGREES = re.compile(
    r"(?:(?:gs|pgs|ts|ths|bs|ks|thạc sĩ|tiến sĩ|thượng tá|đại tá|trung tá|thiếu tá|bác sĩ|ncs|cn|cki"
    r"|ckii)\.? ?){1,5}(?=\w)"
)
_OFFICE = rf"(?:{alternation(OFFICES)})(?!\w)"
_OF = (
    rf"(?: (?:chính phủ|thường trực|(?:ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân) (?:{alternation(LEVELS)})"
    rf"|(?:{alternation(LEVELS)})|nhà trường|công ty)){{0,4}}"
)
_BEFORE = re.compile(
    rf"(?:đồng chí|đ/c|ông|bà|thầy|cô|các đồng chí|do|chủ trì của|chủ trì là|chủ trì(?: (?:cuộc họp|hội nghị|phiên họp"
    rf"|buổi làm việc|họp))?|chủ tọa|của) ?:? (?:(?:đồng chí|đ/c|ông|bà|thầy|cô):? )?"
    rf"(?P<office>{_OFFICE}{_OF} )?|(?P<alone>{_OFFICE}{_OF}) |(?P<bare>^|(?<=, )|(?<=\. ))"
)
_PRESIDES = re.compile(
    r"(?:chủ trì|(?:đi |đã )?(?:kiểm tra|khảo sát|thị sát)|tiếp công dân|kết luận|chỉ đạo"
    r"|chủ tọa|làm việc|có ý kiến|yêu cầu|phát biểu)(?!\w)"
)
_ROLE_END = re.compile(
    r"(?:,? ?(?:đã|chủ trì|kết luận|chỉ đạo|chủ tọa|làm việc|có ý kiến|yêu cầu|phát biểu|nêu|cùng|tại)(?!\w)|[.;:()])"
)
_SPLIT = re.compile(r" - |, | – ")
_PRESIDED_BY = re.compile(
    r"(?:do|chủ trì của|chủ trì là|chủ trì(?: (?:cuộc họp|hội nghị|phiên họp|buổi làm việc|họp))? ?:|chủ trì"
    r"|chủ tọa) ?:? (?:(?:đồng chí|đ/c|ông|bà|thầy|cô):? )?$|thay mặt [^.;:]{0,80}$"
)
_REACH = 200


def chair_in(texts: list[Folded]) -> DraftChair | None:
    """Return who presided, from the title and introduction; None where no name is tied to presiding."""
    best: tuple[int, DraftChair] | None = None
    for text in texts:
        for found in _BEFORE.finditer(text.low):
            scored = _candidate(text, found)
            if scored is not None and (best is None or scored[0] > best[0]):
                best = scored
    return best[1] if best else None


def _candidate(text: Folded, found: re.Match[str]) -> tuple[int, DraftChair] | None:
    start = found.end()
    if (degrees := _DEGREES.match(text.low, start)) is not None:
        start = degrees.end()
    name = _NAME.match(text.text, start)
    if name is None or re.match(rf"{_OFFICE}|ủy ban|ubnd|hđnd|sở |phòng |ban |bộ |văn phòng", text.low[start:]):
        return None
    end = name.end()
    sentence = re.split(r"[.;](?= |$)", text.low[end : end + _REACH])[0]
    presided = bool(_PRESIDED_BY.search(text.low[max(0, found.start() - 90) : found.end()]))
    verb = _PRESIDES.search(sentence)
    if not presided and verb is None:
        return None
    roles = _roles(text, end)
    office = found["alone"] or found["office"]
    if found["bare"] is not None and not (roles and re.match(_OFFICE, roles[0].lower())):
        return None
    if not roles and office:
        at = found.start("alone") if found["alone"] else found.start("office")
        roles = (text.text[at : at + len(office.strip())],)
    score = 2 * presided + (2 if verb and verb.start() < 120 else 0) + bool(roles)
    return score, DraftChair(name=text.text[name.start() : end], roles=roles)


def _roles(text: Folded, at: int) -> tuple[str, ...]:
    lead = re.compile(r" ?(?:-|,|\() ?").match(text.low, at)
    if lead is None:
        return ()
    stop = _ROLE_END.search(text.low, lead.end(), min(len(text.low), lead.end() + _REACH))
    end = stop.start() if stop else min(len(text.low), lead.end() + _REACH)
    roles = (role.strip(" ,-") for role in _SPLIT.split(text.text[lead.end() : end]))
    return tuple(role for role in roles if role and role[:1].isupper() and len(role) < 80)
