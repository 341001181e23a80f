"""Names of units, lists and classes of units, and offices of persons, read at a place of folded text."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.names import HEAD, OFFICE, is_capital, name_end
from directives_core.reader.offices import office_at
from directives_core.reader.singles import BODY, CLASS, EACH, MEMBER, NOUN, PREFIX, Unit, class_at, single_at
from directives_core.reader.vocabulary import COMMITTEE_OF, starts_with_verb

__all__ = ["Unit", "read_unit", "read_units"]

_LISTED = re.compile(
    rf"{PREFIX}(?:{EACH}|(?:hai|ba|bốn|năm|\d{{1,2}}) )? ?(?P<nouns>{NOUN}(?:(?:, | và "
    rf"|/){NOUN}){{0,3}})(?: sau)?(?P<colon> ?:)? "
)
_SEPARATOR = re.compile(r"(?:, và |, | và | & |, cùng | cùng với | cùng |; )(?:cả )?")
_NUMBERED = re.compile(r"(.{1,150}?) (số|khu vực) (?:\d{1,3}|[IVX]{1,4})$")
_POST = re.compile(r"(?:kế toán|văn thư|thủ quỹ|nhân viên y tế|tổng phụ trách(?: đội)?)(?= )")
_LONGEST_LIST = 150
_SHORTEST = 3


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


def _read(folded: Folded, at: int) -> list[Unit]:
    if len(folded) - at < _SHORTEST:
        return []
    return _listed(folded, at) or [
        unit
        for unit in (class_at(folded, at) or office_at(folded, at) or single_at(folded, at) or _post(folded, at),)
        if unit
    ]


def _post(folded: Folded, at: int) -> Unit | None:
    """Read a post that one person holds, "Kế toán", where a verb follows it."""
    post = _POST.match(folded.low, at)
    acts = post is not None and is_capital(folded, at) and starts_with_verb(folded.low, post.end() + 1, syllables=2)
    return Unit(folded.text[at : post.end()], at, post.end()) if post is not None and acts else None


def _listed(folded: Folded, at: int) -> list[Unit]:
    """Read "các xã: A, B, thị trấn C", "UBND các huyện A và B", "các Sở: Tài chính, Xây dựng"."""
    lead = _LISTED.match(folded.low, at)
    if lead is None or not (_EACH_START.match(folded.low, at + len(lead["prefix"])) or lead["colon"]):
        return []
    nouns = re.split(r", | và |/", lead["nouns"])
    if len(nouns) > 1 and not lead["colon"]:
        return []
    noun = nouns[0]
    if BODY.match(folded.low, lead.end()) and not lead["colon"]:
        return []  # "các Ban HĐND tỉnh": the Bans of that body
    if not _EACH_START.match(folded.low, at + len(lead["prefix"])) and starts_with_verb(
        folded.low, lead.end(), syllables=2
    ):
        return []  # "Công an phường: Xây dựng …": an order begins behind the colon
    members: list[Unit] = []
    place = lead.end()
    while len(members) < _LONGEST_LIST and (member := _member(folded, place, lead["prefix"], noun)) is not None:
        if members and MEMBER.fullmatch(folded.low, member.start, member.end):
            before = _NUMBERED.match(members[0].name)  # "các Xí nghiệp Cấp nước số 1, số 2"
            own = folded.text[member.start : member.end]
            label = "" if before is None or own.startswith(before[2]) else f"{before[2]} "
            name = f"{before[1]} {label}{own}" if before else member.name
            member = Unit(name, member.start, member.end)
        members.append(member)
        separator = _SEPARATOR.match(folded.low, member.end)
        if separator is None or (separator[0].startswith(";") and not lead["colon"]):
            break
        place = separator.end()
        if _CLASS_START.match(folded.low, place) or CLASS.match(folded.low, place):
            break  # another class begins
    if len(members) == 1 and not lead["colon"] and members[0].start == lead.end() and lead["nouns"] not in COMMITTEE_OF:
        end = members[0].end  # "các Phòng Giáo dục và Đào tạo": all that are called so
        return [Unit(folded.text[at:end], at, end, is_class=True)]
    return members


_CLASS_START = re.compile(rf"{EACH} ")
_EACH_START = re.compile(rf"(?:{EACH}|(?:hai|ba|bốn|năm|\d{{1,2}})) ")


def _member(folded: Folded, at: int, prefix: str, noun: str) -> Unit | None:
    if (number := MEMBER.match(folded.low, at)) is not None:
        return Unit(_named(folded, prefix, noun, at, number.end()), at, number.end())
    if not is_capital(folded, at):
        own = single_at(folded, at)
        return own if own is not None and HEAD.match(folded.low, at) else None
    if HEAD.match(folded.low, at) and (own := single_at(folded, at)) is not None:
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
