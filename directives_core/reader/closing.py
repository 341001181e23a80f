"""The closing sentence of a notice: who announces it, and whether it asks for a report on the whole."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.lines import Block
from directives_core.reader.units import read_unit, read_units

__all__ = ["addressed_by_closing", "is_closing"]

_MANDATE = re.compile(
    r"(?:thừa lệnh|thừa ủy quyền|được sự đồng ý|theo chỉ đạo|thực hiện ý kiến|theo ý kiến)[^.;:]{0,90}?, "
)
_ANNOUNCES = re.compile(r" (?:xin |trân trọng |kính )?(?:thông báo|truyền đạt)(?!\w)")
#: "… nghiêm túc tổ chức thực hiện./.": the whole notice is to be carried out, and nothing else.
_FORMULA = re.compile(
    r" (?:(?:nghiêm túc|khẩn trương|căn cứ|biết|và|để|tổ chức|triển khai|thực hiện|theo|các|những|nội dung|kết luận"
    r"|thông báo|này|trên|nêu trên|tốt|đầy đủ)[ ,]*){1,12}\./\."
)
_SHORTEST = 8
_ABOVE = re.compile(r"(?:trên đây là|vậy,? )")
_PURPOSE = re.compile(r"(?:để|đến|đề nghị|yêu cầu|cho) (?=\S)")


def is_closing(block: Block) -> bool:
    """Say whether a block closes the notice: "Văn phòng … thông báo để …", "Trên đây là …"."""
    if block.marker is not None or len(block.body) < _SHORTEST:
        return False
    low = block.low
    if _ABOVE.match(low):
        return True
    told = re.match(r"(?:yêu cầu |đề nghị )?", low)
    units = read_units(block.body, told.end() if told else 0) if low.endswith("./.") else []
    if units and all(unit.is_class for unit in units) and _FORMULA.fullmatch(low, units[-1].end):
        return True
    mandate = _MANDATE.match(low)
    unit = read_unit(block.body, mandate.end() if mandate else 0)
    if unit is not None and not unit.is_class and _ANNOUNCES.match(low, unit.end):
        return True
    return bool(re.match(r"(?:xin |trân trọng )?thông báo (?:để|đến|kết luận|ý kiến)", low))


def addressed_by_closing(body: Folded) -> tuple[int, int] | None:
    """Return where the closing sentence begins to address units, and where its predicate begins."""
    for found in _PURPOSE.finditer(body.low):
        units = read_units(body, found.end())
        if units:
            return found.end(), units[-1].end
    return None
