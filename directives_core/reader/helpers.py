"""Units that help, and units that a parenthesis or a clause behind the order makes its performers."""

from __future__ import annotations

import re
from itertools import islice

from directives_core.folding import Folded
from directives_core.reader.units import Unit, read_units

__all__ = ["after_helpers", "helpers_in", "performers_in"]

_WITH = re.compile(
    r"(?<!\w)(?:phối hợp(?: chặt chẽ| tốt| đồng bộ| kịp thời| hiệu quả| thường xuyên)?(?:,? (?:với|cùng với"
    r"|cùng))? (?=\S)"
    r"|chủ trì,? cùng(?: với)? |cùng với |(?:đơn vị|cơ quan) phối hợp ?: |với sự (?:phối hợp|tham gia) của "
    r"|mời (?=(?:các|đại diện|lãnh đạo) )|phối hợp của )"
)
_FIRST = re.compile(
    r"[ ,:]*(?:có trách nhiệm )?(?:chủ trì)?(?:,| và)? ?(?:phối hợp(?: chặt chẽ)?(?: với)?|cùng(?: với)?) (?=\S)"
)
_NAMED = re.compile(
    r"(?<!\w)(?:đơn vị|cơ quan|bộ phận)(?: được giao)? (?:chủ trì(?: thực hiện)?|thực hiện|chịu trách nhiệm"
    r"|đầu mối)[^:.;]{0,40}: (?=\S)"
)
_COMMA = re.compile(r"[,;] (?=\S)")
_HELPS = re.compile(r" phối hợp(?: thực hiện)?(?=[,.;:)])")
_NAMELESS = re.compile(
    r"(?:nhà trường|chủ đầu tư|nhà thầu"
    r"|đơn vị (?:tư vấn(?: (?:thiết kế|giám sát|lập quy hoạch))?|thi công|vận hành|cung cấp)"
    r"|cơ quan (?:chức năng|có thẩm quyền)|chính quyền địa phương|địa phương)(?!\w)"
)
_MOST = 60
_DOES = re.compile(r" (?:là đơn vị )?(?:chủ trì|thực hiện|chịu trách nhiệm|là cơ quan chủ trì)(?!\w)")
_NOT_HELP = re.compile(r"(?:không|chưa) $")


def helpers_in(folded: Folded, start: int, end: int) -> tuple[Unit, ...]:
    """Return the units with which an order between `start` and `end` is to be carried out."""
    units: list[Unit] = []
    for found in _WITH.finditer(folded.low, start, end):
        if _NOT_HELP.search(folded.low[max(start, found.start() - 8) : found.start()]):
            continue
        if not units or found.end() > units[-1].end:
            named = read_units(folded, found.end()) or _nameless(folded, found.end())
            units.extend(unit for unit in named if unit.end <= end)
    for found in islice(_COMMA.finditer(folded.low, start, end), _MOST):
        beside = read_units(folded, found.end())
        if beside and beside[-1].end < end and _HELPS.match(folded.low, beside[-1].end):
            units.extend(beside)
    return tuple(units)


def _nameless(folded: Folded, at: int) -> list[Unit]:
    """Read a helper that has a function and no name, as "nhà trường"."""
    found = _NAMELESS.match(folded.low, at)
    return [Unit(folded.text[at : found.end()], at, found.end())] if found else []


def after_helpers(folded: Folded, start: int, end: int) -> int:
    """Return where an order goes on after it has begun with "chủ trì, phối hợp với …"."""
    found = _FIRST.match(folded.low, start, end)
    units = read_units(folded, found.end()) if found else []
    return units[-1].end if units and units[-1].end < end else start


def performers_in(folded: Folded, start: int, end: int) -> tuple[Unit, ...]:
    """Return the units of "(Sở A chủ trì …)", "do Sở A thực hiện" and "Đơn vị thực hiện: Sở A"."""
    if (named := _NAMED.search(folded.low, start, end)) is not None:
        units = [unit for unit in read_units(folded, named.end(), across=False) if unit.end <= end]
        if units:
            return tuple(units)
    for found in re.compile(r"\((?:giao |do )?(?=\S)|(?<!\w)do (?=\S)").finditer(folded.low, start, end):
        units = read_units(folded, found.end())
        if units and units[-1].end <= end and _DOES.match(folded.low, units[-1].end):
            return tuple(units)
    return ()
