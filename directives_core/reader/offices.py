"""Offices of persons, and persons: by name they act for the unit that they head."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.names import END, HEAD, LEVEL, OFFICE, is_capital, name_end
from directives_core.reader.singles import Unit, class_at, single_at
from directives_core.reader.vocabulary import OFFICES, alternation

__all__ = ["office_at"]

_ALONE = re.compile(
    r" (?:bộ|sở|cục|tổng cục|viện|bệnh viện|trường|tổng công ty|tập đoàn|công ty|ngành|tỉnh ủy|huyện ủy|thành ủy"
    rf"|đảng ủy){END}"
)
_ROLE = re.compile(rf"(?: - | ?, )(?=(?:{alternation(OFFICES)}){END})")
_PERSON = re.compile(
    r"(?:(?:các )?(?:đồng chí|đ/c|ông|bà|thầy|cô)(?: ?\((?:ông|bà)\))?:? (?:(?:gs|pgs|ts|ths|bs|ks)\. ?){0,3}"
    r"|(?:(?:gs|pgs|ts|ths|bs|ks|cn|bscki|bsckii)\. ?){1,3})(?=\w)"
)
#: The department in which somebody works; "(thôn 3)" is where somebody lives.
_ASIDE = re.compile(r" \((?=(?:sở|phòng|ban|khoa|văn phòng|trung tâm|đội|bộ phận|cục|vụ|chi cục|viện|đoàn|công đoàn) )")
_IN_CHARGE = re.compile(r" phụ trách(?=[,.;)])")
_NAMED_OFFICES = ("bộ trưởng", "thứ trưởng", "thủ tướng", "phó thủ tướng", "phó giám đốc", "phó hiệu trưởng",
                  "giám đốc", "phó tổng giám đốc", "phó chủ tịch", "phó bí thư")  # fmt: skip


def office_at(folded: Folded, at: int) -> Unit | None:
    """Read "Chủ tịch UBND huyện", "Giám đốc Sở Y tế", "đồng chí Nguyễn Văn A - Phó Chủ tịch"."""
    person = _PERSON.match(folded.low, at)
    start = person.end() if person else at
    office = OFFICE.match(folded.low, start)
    if office is None:
        return _person(folded, at, start) if person and is_capital(folded, start) else None
    end = office.end()
    held = _headed(folded, office) or class_at(folded, end + 1) or single_at(folded, end + 1)
    if held is not None and folded.low[held.start - 1] == " ":
        led = _led(folded, start, held.end) if person and not held.is_class else None
        if led is not None:
            return Unit(led.name, led.start, led.end, is_office=True, person=folded.low[at : led.start])
        return Unit(folded.text[at : held.end], at, held.end, is_class=held.is_class, is_office=True)
    if folded.low.startswith(" ", end):
        level = LEVEL.match(folded.low, end) or (is_capital(folded, end + 1) and _ALONE.match(folded.low, end))
        if level:
            end = level.end()
        elif office[0] in _NAMED_OFFICES and is_capital(folded, end + 1) and not HEAD.match(folded.low, end + 1):
            end = name_end(folded, end, listed=True, place=True)  # "Thứ trưởng Lê Văn A"
    if not (is_capital(folded, start) or person):
        return None
    if (charged := _IN_CHARGE.match(folded.low, end)) is not None:
        end = charged.end()
    return Unit(folded.text[at:end], at, end, is_office=True)


def _person(folded: Folded, at: int, start: int) -> Unit | None:
    """Read a person's name and what follows it: offices, or a unit in parentheses; the unit is to act."""
    end = name_end(folded, start - 1, listed=True, place=True)
    name, place, who = folded.text[at:end], at, folded.low[at:end]
    while (role := _ROLE.match(folded.low, end)) is not None and (held := office_at(folded, role.end())) is not None:
        end = held.end
        if (led := _led(folded, role.end(), end)) is not None:
            name, place = led.name, led.start
    aside = _ASIDE.match(folded.low, end)
    inner = single_at(folded, aside.end()) if aside is not None else None
    if inner is not None and folded.low.startswith(")", inner.end):
        return Unit(inner.name, inner.start, inner.end + 1, person=who)
    return Unit(name, place, end, is_office=True, person=who)


def _led(folded: Folded, at: int, end: int) -> Unit | None:
    """Return the unit that a person heads by the office at `at`; the chair's own body is no unit that carries out."""
    office = OFFICE.match(folded.low, at)
    if office is None or office[0].startswith(("chủ tịch", "phó chủ tịch", "bí thư", "phó bí thư")):
        return None
    inner = folded.low.find(" ", at)
    while 0 <= inner < end:
        unit = single_at(folded, inner + 1)
        if unit is not None and unit.end == end:
            return unit
        inner = folded.low.find(" ", inner + 1)
    return None


def _headed(folded: Folded, office: re.Match[str]) -> Unit | None:
    """Read "Giám đốc | Sở Y tế", "Trưởng | Ban Chỉ đạo", where the office's last word begins the unit's name."""
    last = office[0].rfind(" ")
    if last < 0 or not OFFICE.fullmatch(office[0][:last]) or not is_capital(folded, office.start() + last + 1):
        return None
    unit = single_at(folded, office.start() + last + 1)
    return unit if unit is not None and unit.end > office.end() else None
