"""Documents that an item cites: number and day."""

from __future__ import annotations

import re

from directives_core.deadline.dates import read_day
from directives_core.folding import Folded
from directives_core.reader.draft import DraftCitation

__all__ = ["citations_in"]

_TYPES = (
    r"(?:quyết định|công văn|chỉ thị|nghị quyết|nghị định|thông tư liên tịch|thông tư|thông báo|kết luận"
    r"|kế hoạch|báo cáo|tờ trình"
    r"|hướng dẫn|công điện|văn bản|luật|pháp lệnh|quy định|quy chế|đề án|chương trình|phương án|giấy mời|lệnh|hợp đồng)"
)
_NUMBER = re.compile(r"(?<![\w/])(?P<number>\d{1,6}[a-zA-Z]?(?:/\d{4})?(?:/|-)(?=[A-ZĐ])[A-ZĐƯ][\w&/.-]*(?<![.\-/]))")
_BARE = re.compile(rf"{_TYPES}(?: [\w]+){{0,2}}? số ?:? ?(?P<number>\d{{1,6}}(?:/\d{{4}})?)(?![\w/-])")
_DAY = re.compile(r",? ?\(?(?:ngày|ban hành ngày|ký ngày) ")


def citations_in(folded: Folded, start: int, end: int) -> tuple[DraftCitation, ...]:
    """Return the documents cited between `start` and `end`, each number once, in order."""
    found: dict[str, DraftCitation] = {}
    places = [*_NUMBER.finditer(folded.text, start, end), *_BARE.finditer(folded.low, start, end)]
    for match in sorted(places, key=lambda match: match.start("number")):
        number = folded.text[match.start("number") : match.end("number")]
        if number in found:
            continue
        close, day = match.end("number"), None
        dated = _DAY.match(folded.low, close, end)
        if (
            dated is not None
            and (read := read_day(folded.low, dated.end() - len("ngày "))) is not None
            and read[1] <= end
        ):
            day, _ = read[0].on(None)
            close = read[1] if day else close
        found[number] = DraftCitation(
            number=number, date=day, span=folded.span(match.start("number"), match.end("number"))
        )
    return tuple(found.values())
