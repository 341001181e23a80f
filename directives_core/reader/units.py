"""Names of units, lists and classes of units, and offices of persons, read at a place of folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives_core.folding import Folded
from directives_core.reader.vocabulary import (
    CLASS_NOUNS,
    COMMITTEE_OF,
    COMPOUNDS,
    LEVELS,
    NAMED_HEADS,
    OFFICES,
    SELF_HEADS,
    STOPS,
    TAILS,
    alternation,
    starts_with_verb,
)

__all__ = ["Unit", "read_unit", "read_units", "whole_units"]

_END = r"(?!\w)"
_HEAD = re.compile(
    rf"(?!xã hội{_END})(?:(?P<self>{alternation(SELF_HEADS)}){_END}|(?P<named>{alternation(NAMED_HEADS)}){_END})"
)
_LEVEL = re.compile(rf" (?:{alternation(LEVELS)})(?! (?:ủy|đoàn|hội)(?!\w)){_END}")
_ALONE = re.compile(rf" (?:bộ|sở|trường|công ty|ngành|tỉnh ủy|huyện ủy|thành ủy|đảng ủy){_END}")
_ROLE = re.compile(rf"(?: - | ?, )(?=(?:{alternation(OFFICES)}){_END})")
_TAIL = re.compile(rf" (?:{alternation(TAILS)}){_END}")
_OFFICE = re.compile(rf"(?:(?:quyền|nguyên) )?(?:{alternation(OFFICES)}){_END}")
_PERSON = re.compile(r"(?:các )?(?:đồng chí|đ/c|ông|bà|thầy|cô)(?: ?\((?:ông|bà)\))?:? ")
_WORD = re.compile(r" ((?:\w|(?<=\w)[/.&-](?=\w))+)")
_COMPOUND = re.compile(rf"(?:{alternation(COMPOUNDS)}){_END}")
_JOIN = re.compile(r" và | & |&| ?- ?(?=\S)")
_COMPOSITE = re.compile(r", [^\W\d_]\w*(?: \w+){0,3} và (?=[^\W\d_])")
_NOUN = rf"(?:{alternation(CLASS_NOUNS)}){_END}"
_OF = rf"(?:{alternation(LEVELS)}){_END}"
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
_AFTER_NUMBER = re.compile(
    r"[,.;:)]|$| và | chủ trì| phối hợp| có trách nhiệm| khẩn trương| tập trung| tiếp tục| rà soát"
)
_LOWERS = 5
_QUALIFIERS = 3
_LONGEST_LIST = 150
_LONGEST_NAME = 200


_LAST_OF_HEAD = frozenset(head.split()[-1] for head in (*SELF_HEADS, *NAMED_HEADS))


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


def _capital(folded: Folded, at: int) -> bool:
    return at < len(folded.text) and folded.text[at].isupper()


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
        word = _WORD.match(folded.low, at)
        if word is None or not word[1].isalpha() or word[1] in STOPS or folded.text[word.start(1)].isupper():
            return end
        if starts_with_verb(folded.low, word.start(1), syllables=2):
            return at
        at = word.end()
    return at if starts_with_verb(folded.low, at + 1, syllables=2) else end


def _before_named(folded: Folded, found: re.Match[str]) -> int:
    """Return where a class ends: before a noun of the list that turns out to head a unit's name."""
    for part in _PARTING.finditer(folded.low, found.start(), found.end()):
        noun = _NOUN_FIRST.match(folded.low, part.end())
        if noun is not None and folded.low[noun.end() : noun.end() + 1] == " " and _capital(folded, noun.end() + 1):
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
    if not _capital(folded, at):
        own = _single(folded, at)
        return own if own is not None and _HEAD.match(folded.low, at) else None
    if _HEAD.match(folded.low, at) and (own := _single(folded, at)) is not None:
        return own
    if _OFFICE.match(folded.low, at):
        return None
    end = _name_end(folded, at - 1, listed=True, place=noun in COMMITTEE_OF)
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
    office = _OFFICE.match(folded.low, start)
    if office is None:
        if person is None or not _capital(folded, start):
            return None
        end = _name_end(folded, start - 1, listed=True, place=True)
        name = folded.text[at:end]
        while (role := _ROLE.match(folded.low, end)) is not None and (held := _office(folded, role.end())) is not None:
            end = held.end
        return Unit(name, at, end, is_office=True)
    end = office.end()
    if folded.low.startswith(" ", end):
        inner = _class(folded, end + 1) or _single(folded, end + 1)
        if inner is not None:
            return Unit(folded.text[at : inner.end], at, inner.end, is_class=inner.is_class, is_office=True)
        level = _LEVEL.match(folded.low, end) or (_capital(folded, end + 1) and _ALONE.match(folded.low, end))
        if level:
            end = level.end()
    if not (_capital(folded, start) or person):
        return None
    return Unit(folded.text[at:end], at, end, is_office=True)


def _single(folded: Folded, at: int) -> Unit | None:
    head = _HEAD.match(folded.low, at)
    if head is None:
        return None
    if head["named"] and _MEMBER.match(folded.low, head.end() + 1):
        end = _MEMBER.match(folded.low, head.end() + 1).end()  # type: ignore[union-attr]
        return Unit(folded.text[at:end], at, end) if _capital(folded, at) else None
    own = head["self"] is not None
    named = own and head[0].startswith(("ban ", "trung tâm ", "đội ")) and _capital(folded, at)
    end = _name_end(folded, head.end(), place=head[0] in COMMITTEE_OF, tailed=own, named=named)
    if end == head.end() and (head["named"] or not _capital(folded, at)):
        return None
    if head["named"] and not _capital(folded, head.end() + 1):
        return None
    several = re.compile(rf" các {_OF}(?:(?:, | và ){_OF}){{0,4}}").match(folded.low, end)
    if several is not None:
        return Unit(folded.text[at : several.end()], at, several.end(), is_class=True)
    name = folded.text[at:end]
    if head[0] in COMMITTEE_OF:
        name = f"UBND {head[0]}{folded.text[head.end() : end]}"
    return Unit(name, at, end)


def _name_end(
    folded: Folded, at: int, *, listed: bool = False, place: bool = False, tailed: bool = False, named: bool = False
) -> int:
    """Return where the name that begins after `at` ends; `at` itself where there is none.

    A capital letter begins a part of the name, lower-case syllables carry it on until a verb or another word that
    no name holds; in a list of members commas always part, "và" unless it stands in a known name.
    """
    low, end, safe = folded.low, at, at
    capital, level, lowers = named, False, 0
    while end - at < _LONGEST_NAME:
        if listed and (known := _COMPOUND.match(low, end + 1)) is not None:
            end, capital, lowers = known.end(), True, 1
            continue
        if (capital or tailed) and not level and not place and (tail := _TAIL.match(low, end)) is not None:
            end, lowers = tail.end(), 0
            continue
        if (found := _LEVEL.match(low, end)) is not None and not (place and not level and not capital):
            if place and capital and not _capital(folded, found.start() + 1):
                level = True
            end, level, lowers = found.end(), True, 0
            continue
        word = _WORD.match(low, end)
        if word is None or not _carries_on(folded, word, capital=capital, closed=level or place, first=lowers == 0):
            after = None if word else _joined(folded, end, listed=listed or place, capital=capital)
            after = after or (_joined(folded, end, listed=listed or place, capital=capital) if word else None)
            if after is None:
                return end if lowers <= _LOWERS else safe
            end = after
            continue
        if folded.text[word.start(1)].isupper() or word[1].isdecimal():
            capital, lowers = True, 0
        else:
            lowers += 1
            if lowers == 1:
                safe = word.end()
            if lowers > _LOWERS:
                return safe
        end = word.end()
    return end


def _carries_on(folded: Folded, word: re.Match[str], *, capital: bool, closed: bool, first: bool) -> bool:
    start = word.start(1)
    if folded.text[start].isupper():
        return True
    if word[1].isdecimal():
        if capital and len(word[1]) <= 2 and _AFTER_NUMBER.match(folded.low, word.end()):
            return True
        return folded.low[max(0, word.start() - 12) : word.start()].endswith(("số", "khu vực", "đội", "tổ"))
    if not capital or closed or word[1] == "và":
        return False
    low = folded.low
    behind = folded.text[max(0, word.start() - 40) : word.start()].rsplit(" ", 2)
    single = first and len(behind) > 1 and not _second_capital(behind)
    if single:  # "An toàn", "Đăng ký": the second syllable of a name that has just begun
        return (word[1] not in STOPS or word[1] == "toàn") and not starts_with_verb(low, start, syllables=2)
    return word[1] not in STOPS and not starts_with_verb(low, start)


def _second_capital(behind: list[str]) -> bool:
    """Say whether the last two words are both capitalised, as in the name of a place."""
    head = behind[-2].lower()
    return behind[-2][:1].isupper() and head not in _LAST_OF_HEAD


def _joined(folded: Folded, end: int, *, listed: bool, capital: bool) -> int | None:
    """Carry a name on over "và", "&", "-" or a comma; None where the name ends."""
    low = folded.low
    if not listed and capital and (composite := _COMPOSITE.match(low, end)) is not None:
        starts = (end + 2, composite.end())
        inner = low[end + 2 : composite.end()].split(" ")
        if all(_capital(folded, s) and not _HEAD.match(low, s) for s in starts) and not any(
            w in STOPS for w in inner[1:-2]
        ):
            return composite.end() - 1 if low[composite.end() - 1] == " " else composite.end()
    join = _JOIN.match(low, end)
    if join is None or not capital or not _capital(folded, join.end()):
        return None
    if (_HEAD.match(low, join.end()) and not low.startswith("xã hội", join.end())) or _OFFICE.match(low, join.end()):
        return None
    if listed and "-" not in join[0]:
        return None
    return join.end() - 1 if low[join.end() - 1] == " " else join.end()
