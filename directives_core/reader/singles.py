"""One unit, or one class of units, read at a place of folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives_core.folding import Folded
from directives_core.reader.names import ALWAYS_VERBS, END, HEAD, LEVEL, OFFICE, WORD, is_capital, name_end
from directives_core.reader.vocabulary import (
    CLASS_NOUNS,
    COMMITTEE_OF,
    LEVELS,
    STOPS,
    VERBS,
    alternation,
    starts_with_verb,
)

__all__ = ["BODY", "CLASS", "EACH", "MEMBER", "NOUN", "PREFIX", "Unit", "class_at", "single_at"]

NOUN = rf"(?:{alternation(CLASS_NOUNS)}){END}"
_OF = rf"(?:{alternation(LEVELS)}){END}"
_QUALITY = (
    rf"(?: (?:chuyên môn|nghiệp vụ|trực thuộc|cấp (?:{_OF}|cơ sở|trên|dưới)|(?:có )?liên quan|chức năng|khác"
    rf"|cơ sở|nêu trên"
    rf"|chính trị - xã hội|chính trị|trong toàn {_OF}|toàn {_OF}|ở địa phương|thành viên|tham mưu|phụ trách"
    rf"|(?:trên|trong|thuộc|của) (?:địa bàn(?: {_OF})?|(?:ubnd )?{_OF}|bộ|sở|trường|công ty|huyện ủy|đảng ủy"
    rf"|tỉnh ủy|chính phủ)"
    rf"|dự họp|tham dự|được giao(?: chủ trì| nhiệm vụ)?|còn lại|{_OF})(?!\w))"
)
_NOUNS = rf"{NOUN}{_QUALITY}{{0,3}}"
PREFIX = (
    r"(?P<prefix>(?:(?:lãnh đạo|thủ trưởng|giám đốc|chủ tịch|bí thư|hiệu trưởng|trưởng|người đứng đầu|chánh văn phòng"
    r"|đại diện)(?: lãnh đạo)? )?(?:hđnd(?: và |, )ubnd |ubnd |ủy ban nhân dân |hội đồng nhân dân |đảng ủy "
    r"|công an |cấp ủy "
    r"|ban chỉ huy quân sự |trạm y tế |mặt trận tổ quốc |ủy ban mttq )?)"
)
EACH = r"(?:tất cả các|toàn thể các|toàn thể|các|những|mọi|từng|một số)"
CLASS = re.compile(
    rf"{PREFIX}(?:{EACH} {_NOUNS}|{NOUN}(?=(?:, | và ){NOUN}))"
    rf"(?:(?:, | và |, và |; |/)(?:(?:ubnd |ủy ban nhân dân )?{EACH} )?{_NOUNS}){{0,12}}"
)
_EACH_WITHIN = re.compile(rf"(?<!\w){EACH} ")
_PARTING = re.compile(r", | và |; ")
_NOUN_FIRST = re.compile(NOUN)
BODY = re.compile(
    rf"(?:hđnd|ubnd|ban chỉ đạo|hội đồng|tổ công tác|đảng ủy|tỉnh ủy|huyện ủy|thành ủy|ban thường vụ){END}"
)
MEMBER = re.compile(r"(?:số )?\d{1,3}(?!\w)|(?:khu vực )?(?:\d{1,3}|[ivx]{1,4})(?!\w)")
_SEVERAL = re.compile(
    rf" các (?:khu (?:công nghiệp|kinh tế|chế xuất)(?: {_OF})?|{_OF}(?:(?:, | và ){_OF}){{0,4}}"
    r"|lớp|khối lớp|khoa|phòng|trường|chi đoàn)(?!\w)"
)
_IN_AREA = re.compile(rf" (?:trên|trong) (?:địa bàn(?: {_OF})?|toàn {_OF}|{_OF})")
_QUALIFIERS = 5


@dataclass(frozen=True)
class Unit:
    """A unit, or a class of units, with the words of folded text that name it."""

    name: str
    start: int
    end: int
    is_class: bool = False
    is_office: bool = False
    person: str = ""  #: as the text names the person through whom the unit is told, in small letters


def class_at(folded: Folded, at: int) -> Unit | None:
    """Read a class: "các sở, ban, ngành", "UBND các xã, thị trấn", "các Ban HĐND tỉnh"."""
    found = CLASS.match(folded.low, at)
    if found is None:
        return None
    end = _before_named(folded, found)
    if not _EACH_WITHIN.search(folded.low, at, end) and (
        found["prefix"] or not re.search(r", | và ", folded.low[at:end])
    ):
        return None  # one bare noun, or "Công an tỉnh, Sở …", is no class
    end = _qualified(folded, end)
    owner = _owner(folded, end)
    end = owner.end if owner is not None else end
    return Unit(folded.text[at:end], at, end, is_class=True)


def _before_named(folded: Folded, found: re.Match[str]) -> int:
    """Return where a class ends: before a noun of the list that turns out to head a unit's name."""
    for part in _PARTING.finditer(folded.low, found.start(), found.end()):
        noun = _NOUN_FIRST.match(folded.low, part.end())
        if noun is not None and folded.low[noun.end() : noun.end() + 1] == " " and is_capital(folded, noun.end() + 1):
            return part.start()
    return found.end()


def _owner(folded: Folded, end: int) -> Unit | None:
    """Read whose a class is, in "các Ban HĐND tỉnh", "các thành viên Ban Chỉ đạo", "các phòng thuộc Sở Y tế"."""
    if folded.low.startswith(" thuộc ", end):
        return single_at(folded, end + len(" thuộc "))
    if not folded.low.startswith(" ", end) or not is_capital(folded, end + 1) or OFFICE.match(folded.low, end + 1):
        return None
    return single_at(folded, end + 1) if BODY.match(folded.low, end + 1) else None


def _qualified(folded: Folded, end: int) -> int:
    """Carry a class on over words that tell its members apart, as in "các khoa lâm sàng", where a verb follows them."""
    at = end
    for _ in range(_QUALIFIERS):
        area = _IN_AREA.match(folded.low, at)
        if area is not None and starts_with_verb(folded.low, area.end() + 1, syllables=2):
            return area.end()
        word = WORD.match(folded.low, at)
        if word is None or not word[1].isalpha() or word[1] in STOPS or folded.text[word.start(1)].isupper():
            return end
        if folded.low.startswith("cơ bản", word.start(1)) or word[1] in ALWAYS_VERBS:
            return end
        if word[1] in VERBS:
            return at
        if starts_with_verb(folded.low, word.start(1), syllables=2):
            return at
        at = word.end()
    return at if starts_with_verb(folded.low, at + 1, syllables=2) else end


def _organ(folded: Folded, at: int) -> Unit | None:
    """Read "Cơ quan Ủy ban Kiểm tra Huyện ủy", the staff of a body."""
    lead = "cơ quan "
    if not folded.low.startswith(lead, at) or not is_capital(folded, at + len(lead)):
        return None
    body = HEAD.match(folded.low, at + len(lead)) and single_at(folded, at + len(lead))
    return Unit(folded.text[at : body.end], at, body.end) if body else None


def _attested(folded: Folded, at: int, head: int, end: int) -> int:
    """Cut a name back to one that stands whole elsewhere, where only words in small letters follow it here."""
    if not folded.names or folded.low[at:end] in folded.names:
        return end
    cut = end
    while (cut := folded.low.rfind(" ", head, cut)) > head and folded.text[cut + 1].islower():
        if folded.low[at:cut] in folded.names:
            return end if LEVEL.match(folded.low, cut) else cut
    return end


def single_at(folded: Folded, at: int) -> Unit | None:
    """Read one unit by its name: "Sở Tài chính", "Công an huyện", "xã Cao Lâm tổ chức …"."""
    head = HEAD.match(folded.low, at)
    if head is None:
        return _organ(folded, at)
    if head["named"] and MEMBER.match(folded.low, head.end() + 1):
        end = MEMBER.match(folded.low, head.end() + 1).end()  # type: ignore[union-attr]
        return Unit(folded.text[at:end], at, end) if is_capital(folded, at) else None
    own = head["self"] is not None
    named = own and head[0].startswith(("ban ", "trung tâm ", "đội ")) and is_capital(folded, at)
    end = name_end(folded, head.end(), place=head[0] in COMMITTEE_OF, tailed=own, named=named)
    end = _attested(folded, at, head.end(), end)
    if end == head.end() and head[0] in COMMITTEE_OF and is_capital(folded, at):
        acts = folded.low.startswith(" ", end) and starts_with_verb(folded.low, end + 1, syllables=2)
        return Unit(f"UBND {head[0]}", at, end) if acts else None
    if end == head.end() and (head["named"] or not is_capital(folded, at)):
        return None
    if head["named"] and not is_capital(folded, head.end() + 1):
        return None
    several = _SEVERAL.match(folded.low, end)
    if several is not None:
        return Unit(folded.text[at : several.end()], at, several.end(), is_class=not several[0].startswith(" các khu "))
    name = folded.text[at:end]
    if head[0] in COMMITTEE_OF:
        name = f"UBND {head[0]}{folded.text[head.end() : end]}"
    return Unit(name, at, end)
