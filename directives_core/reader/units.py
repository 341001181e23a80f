"""Names of units, lists and classes of units, and offices of persons, read at a place of folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives_core.folding import Folded
from directives_core.reader.names import END, HEAD, LEVEL, OFFICE, WORD, is_capital, name_end
from directives_core.reader.vocabulary import (
    CLASS_NOUNS,
    COMMITTEE_OF,
    LEVELS,
    OFFICES,
    STOPS,
    alternation,
    starts_with_verb,
)

__all__ = ["Unit", "read_unit", "read_units", "whole_units"]

_ALONE = re.compile(rf" (?:bộ|sở|trường|công ty|ngành|tỉnh ủy|huyện ủy|thành ủy|đảng ủy){END}")
_ROLE = re.compile(rf"(?: - | ?, )(?=(?:{alternation(OFFICES)}){END})")
_PERSON = re.compile(r"(?:các )?(?:đồng chí|đ/c|ông|bà|thầy|cô)(?: ?\((?:ông|bà)\))?:? ")
_NOUN = rf"(?:{alternation(CLASS_NOUNS)}){END}"
_OF = rf"(?:{alternation(LEVELS)}){END}"
_QUALITY = (
    rf"(?: (?:chuyên môn|nghiệp vụ|trực thuộc|cấp (?:{_OF}|cơ sở|trên|dưới)|(?:có )?liên quan|chức năng|khác"
    rf"|cơ sở|nêu trên"
    rf"|chính trị - xã hội|chính trị|trong toàn {_OF}|toàn {_OF}|ở địa phương|thành viên|tham mưu|phụ trách"
    rf"|(?:trên|trong|thuộc|của) (?:địa bàn(?: {_OF})?|(?:ubnd )?{_OF}|bộ|sở|trường|công ty|huyện ủy|đảng ủy"
    rf"|tỉnh ủy|chính phủ)"
    rf"|dự họp|tham dự|được giao|{_OF})(?!\w))"
)
_NOUNS = rf"{_NOUN}{_QUALITY}{{0,3}}"
_PREFIX = (
    r"(?P<prefix>(?:(?:lãnh đạo|thủ trưởng|giám đốc|chủ tịch|bí thư|hiệu trưởng|trưởng|người đứng đầu|chánh văn phòng"
    r"|đại diện)(?: lãnh đạo)? )?(?:hđnd(?: và |, )ubnd |ubnd |ủy ban nhân dân |hội đồng nhân dân |đảng ủy "
    r"|công an |cấp ủy "
    r"|ban chỉ huy quân sự |trạm y tế |mặt trận tổ quốc |ủy ban mttq )?)"
)
_EACH = r"(?:tất cả các|toàn thể các|toàn thể|các|những|mọi|từng|một số)"
_CLASS = re.compile(
    rf"{_PREFIX}(?:{_EACH} {_NOUNS}|{_NOUN}(?=(?:, | và ){_NOUN}))"
    rf"(?:(?:, | và |, và |; |/)(?:(?:ubnd |ủy ban nhân dân )?{_EACH} )?{_NOUNS}){{0,12}}"
)
_EACH_WITHIN = re.compile(rf"(?<!\w){_EACH} ")
_PARTING = re.compile(r", | và |; ")
_NOUN_FIRST = re.compile(_NOUN)
_LISTED = re.compile(
    rf"{_PREFIX}(?:{_EACH}|(?:hai|ba|bốn|năm|\d{{1,2}}) )? ?(?P<nouns>{_NOUN}(?:(?:, | và "
    rf"|/){_NOUN}){{0,3}})(?: sau)?(?P<colon> ?:)? "
)
_SEPARATOR = re.compile(r"(?:, và |, | và | & |, cùng | cùng với | cùng |; )(?:cả )?")
_MEMBER = re.compile(r"(?:số )?\d{1,3}(?!\w)")
_NAMED_OFFICES = ("bộ trưởng", "thứ trưởng", "thủ tướng", "phó thủ tướng", "phó giám đốc", "phó hiệu trưởng",
                  "giám đốc", "phó tổng giám đốc", "phó chủ tịch", "phó bí thư")  # fmt: skip
_QUALIFIERS = 3
_LONGEST_LIST = 150


@dataclass(frozen=True)
class Unit:
    """A unit, or a class of units, with the words of folded text that name it."""

    name: str
    start: int
    end: int
    is_class: bool = False
    is_office: bool = False


def read_units(folded: Folded, at: int, *, across: bool = False) -> list[Unit]:
    """Read a list of units at `at`; semicolons part it only where `across` is set."""
    units = list(_read(folded, at))
    while units and len(units) < _LONGEST_LIST:
        separator = _SEPARATOR.match(folded.low, units[-1].end)
        if separator is None or (separator[0].startswith(";") and not across):
            break
        more = _read(folded, separator.end())
        if not more:
            break
        units.extend(more)
    return units


def read_unit(folded: Folded, at: int) -> Unit | None:
    """Read one unit, class or office at `at`."""
    found = _read(folded, at)
    return found[0] if found else None


def whole_units(folded: Folded, start: int, end: int) -> list[Unit]:
    """Return the units of a heading that names units and nothing else."""
    units = read_units(folded, start, across=True)
    rest = folded.low[units[-1].end : end].strip(" .:;") if units else "?"
    return units if not rest or re.fullmatch(r"\([^()]*\)", rest) else []


def _read(folded: Folded, at: int) -> list[Unit]:
    return _listed(folded, at) or [
        unit for unit in (_class(folded, at) or _office(folded, at) or _single(folded, at),) if unit
    ]


def _class(folded: Folded, at: int) -> Unit | None:
    found = _CLASS.match(folded.low, at)
    if found is None:
        return None
    end = _before_named(folded, found)
    if not _EACH_WITHIN.search(folded.low, at, end) and (
        found["prefix"] or not re.search(r", | và ", folded.low[at:end])
    ):
        return None  # one bare noun, or "Công an tỉnh, Sở …", is no class
    end = _qualified(folded, end)
    if folded.low.startswith(" thuộc ", end) and (owner := _single(folded, end + len(" thuộc "))) is not None:
        end = owner.end
    return Unit(folded.text[at:end], at, end, is_class=True)


def _qualified(folded: Folded, end: int) -> int:
    """Carry a class on over words that tell its members apart, as in "các khoa lâm sàng", where a verb follows them."""
    at = end
    for _ in range(_QUALIFIERS):
        word = WORD.match(folded.low, at)
        if word is None or not word[1].isalpha() or word[1] in STOPS or folded.text[word.start(1)].isupper():
            return end
        if folded.low.startswith("cơ bản", word.start(1)):
            return end
        if starts_with_verb(folded.low, word.start(1), syllables=2):
            return at
        at = word.end()
    return at if starts_with_verb(folded.low, at + 1, syllables=2) else end


def _before_named(folded: Folded, found: re.Match[str]) -> int:
    """Return where a class ends: before a noun of the list that turns out to head a unit's name."""
    for part in _PARTING.finditer(folded.low, found.start(), found.end()):
        noun = _NOUN_FIRST.match(folded.low, part.end())
        if noun is not None and folded.low[noun.end() : noun.end() + 1] == " " and is_capital(folded, noun.end() + 1):
            return part.start()
    return found.end()


def _listed(folded: Folded, at: int) -> list[Unit]:
    """Read "các xã: A, B, thị trấn C", "UBND các huyện A và B", "các Sở: Tài chính, Xây dựng"."""
    lead = _LISTED.match(folded.low, at)
    if lead is None or not (_EACH_START.match(folded.low, at + len(lead["prefix"])) or lead["colon"]):
        return []
    nouns = re.split(r", | và |/", lead["nouns"])
    if len(nouns) > 1 and not lead["colon"]:
        return []
    noun = nouns[0]
    members: list[Unit] = []
    place = lead.end()
    while len(members) < _LONGEST_LIST and (member := _member(folded, place, lead["prefix"], noun)) is not None:
        members.append(member)
        separator = _SEPARATOR.match(folded.low, member.end)
        if separator is None or (separator[0].startswith(";") and not lead["colon"]):
            break
        place = separator.end()
        if _CLASS_START.match(folded.low, place) or _CLASS.match(folded.low, place):
            break  # another class begins
    return members


_CLASS_START = re.compile(rf"{_EACH} ")
_EACH_START = re.compile(rf"(?:{_EACH}|(?:hai|ba|bốn|năm|\d{{1,2}})) ")


def _member(folded: Folded, at: int, prefix: str, noun: str) -> Unit | None:
    if (number := _MEMBER.match(folded.low, at)) is not None:
        return Unit(_named(folded, prefix, noun, at, number.end()), at, number.end())
    if not is_capital(folded, at):
        own = _single(folded, at)
        return own if own is not None and HEAD.match(folded.low, at) else None
    if HEAD.match(folded.low, at) and (own := _single(folded, at)) is not None:
        return own
    if OFFICE.match(folded.low, at):
        return None
    end = name_end(folded, at - 1, listed=True, place=noun in COMMITTEE_OF)
    return Unit(_named(folded, prefix, noun, at, end), at, end) if end >= at else None


def _named(folded: Folded, prefix: str, noun: str, start: int, end: int) -> str:
    name = folded.text[start:end]
    if noun in COMMITTEE_OF:
        return f"{_shown(prefix) or 'UBND'} {noun} {name}"
    if noun == "đồng chí":
        return f"đồng chí {name}"
    return f"{_shown(prefix)} {noun} {name}".strip() if prefix.strip() else f"{noun[0].upper()}{noun[1:]} {name}"


def _shown(prefix: str) -> str:
    prefix = prefix.strip().replace("ubnd", "UBND").replace("hđnd", "HĐND")
    return prefix[:1].upper() + prefix[1:]


def _office(folded: Folded, at: int) -> Unit | None:
    """Read "Chủ tịch UBND huyện", "Giám đốc Sở Y tế", "đồng chí Nguyễn Văn A - Phó Chủ tịch"."""
    person = _PERSON.match(folded.low, at)
    start = person.end() if person else at
    office = OFFICE.match(folded.low, start)
    if office is None:
        if person is None or not is_capital(folded, start):
            return None
        end = name_end(folded, start - 1, listed=True, place=True)
        name = folded.text[at:end]
        while (role := _ROLE.match(folded.low, end)) is not None and (held := _office(folded, role.end())) is not None:
            end = held.end
        return Unit(name, at, end, is_office=True)
    end = office.end()
    if folded.low.startswith(" ", end):
        inner = _class(folded, end + 1) or _single(folded, end + 1)
        if inner is not None:
            return Unit(folded.text[at : inner.end], at, inner.end, is_class=inner.is_class, is_office=True)
        level = LEVEL.match(folded.low, end) or (is_capital(folded, end + 1) and _ALONE.match(folded.low, end))
        if level:
            end = level.end()
        elif office[0] in _NAMED_OFFICES and is_capital(folded, end + 1) and not HEAD.match(folded.low, end + 1):
            end = name_end(folded, end, listed=True, place=True)  # "Thứ trưởng Lê Văn A"
    if not (is_capital(folded, start) or person):
        return None
    return Unit(folded.text[at:end], at, end, is_office=True)


def _single(folded: Folded, at: int) -> Unit | None:
    head = HEAD.match(folded.low, at)
    if head is None:
        return None
    if head["named"] and _MEMBER.match(folded.low, head.end() + 1):
        end = _MEMBER.match(folded.low, head.end() + 1).end()  # type: ignore[union-attr]
        return Unit(folded.text[at:end], at, end) if is_capital(folded, at) else None
    own = head["self"] is not None
    named = own and head[0].startswith(("ban ", "trung tâm ", "đội ")) and is_capital(folded, at)
    end = name_end(folded, head.end(), place=head[0] in COMMITTEE_OF, tailed=own, named=named)
    if end == head.end() and head[0] in COMMITTEE_OF and is_capital(folded, at):
        acts = folded.low.startswith(" ", end) and starts_with_verb(folded.low, end + 1, syllables=2)
        return Unit(f"UBND {head[0]}", at, end) if acts else None
    if end == head.end() and (head["named"] or not is_capital(folded, at)):
        return None
    if head["named"] and not is_capital(folded, head.end() + 1):
        return None
    several = re.compile(rf" các {_OF}(?:(?:, | và ){_OF}){{0,4}}").match(folded.low, end)
    if several is not None:
        return Unit(folded.text[at : several.end()], at, several.end(), is_class=True)
    name = folded.text[at:end]
    if head[0] in COMMITTEE_OF:
        name = f"UBND {head[0]}{folded.text[head.end() : end]}"
    return Unit(name, at, end)
