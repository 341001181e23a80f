"""The parts of a notice's sheet: letterhead, title, introduction, body, and what stands below the body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives_core.reader.lines import Block
from directives_core.reader.vocabulary import OFFICES, alternation

__all__ = ["Layout", "lay_out"]

_TITLE = re.compile(r"thông báo(?: kết luận| ý kiến(?: kết luận| chỉ đạo)?| nội dung kết luận)?(?! \d)[:.]?$")
_TITLED = re.compile(
    r"(?:thông báo )?(?:ý kiến )?(?:chỉ đạo, |chỉ đạo )?(?:kết luận|ý kiến chỉ đạo)(?: chỉ đạo)? (?:của|tại"
    r"|cuộc họp|hội nghị)"
)
_CONCLUDES = re.compile(
    r"(?:kết luận|chỉ đạo|có ý kiến|cho ý kiến|ý kiến như|thống nhất|quyết định|yêu cầu|kết luận chỉ đạo)[^:]{0,260}:$"
    r"|(?:kết luận|chỉ đạo|có ý kiến)[^.:]{0,200} (?:như sau|sau đây)[.,;]?$"
)
_MEETING_WORDS = re.compile(r"kết luận|ý kiến|sau khi nghe|chủ trì")
_SIGNED = re.compile(r"(?:tm|kt|tl|tuq|t/m|k/t|t/l)[. ]|q\. (?=chủ|giám|bộ|cục|hiệu)")
_OFFICE = re.compile(rf"(?:{alternation(OFFICES)}|thư ký|chủ tọa|người ghi|xác nhận)(?!\w)")
_OPENS = re.compile(
    r"(?:(?:sáng|chiều|tối|vào) )?(?:ngày|hồi|lúc) |sau khi|thực hiện|căn cứ|tại |thời gian|trong (?:các )?ngày"
)
_LONGEST_TITLE = 500
_LONGEST_HEADING = 160
#: "Phụ lục", "Danh mục nhiệm vụ …": below the signature, where tasks are listed.
_APPENDIX = re.compile(r"(?:phụ lục|phụ biểu|danh mục|bảng phân công|biểu phân công)(?!\w)")
_RULE = re.compile(r"[-_=*~. ]+$")


@dataclass(frozen=True)
class Layout:
    """Indices of blocks: the title's, where the body begins, and where it ends."""

    title: tuple[int, int]
    body: int
    footer: int
    concludes: bool
    section: int | None = None
    appendix: int | None = None

    @property
    def is_notice(self) -> bool:
        """Say whether the text presents itself as a conclusion notice."""
        return self.concludes or self.title[1] > self.title[0]


def lay_out(blocks: list[Block]) -> Layout:
    """Find the parts of the sheet."""
    title = _title(blocks)
    lead = _lead_in(blocks, title[1])
    body = lead + 1 if lead is not None else _first_numbered(blocks, title[1])
    section = _section(blocks, title[1], lead) if lead is not None else None
    footer = _footer(blocks, body)
    return Layout(title, body, footer, lead is not None, section, _appendix(blocks, footer))


def _title(blocks: list[Block]) -> tuple[int, int]:
    for at, block in enumerate(blocks[:40]):
        if block.marker is None and _TITLE.match(block.low):
            end = at + 1
            while end < len(blocks) and _carries_title(blocks, at + 1, end):
                end += 1
            return (at + 1, end) if end > at + 1 else (at, at + 1)
    for at, block in enumerate(blocks[:40]):
        if (
            block.marker is None
            and _TITLED.match(block.low)
            and len(block.body) <= _LONGEST_TITLE
            and not block.low.endswith(":")
        ):
            return at, at + 1
    return 0, 0


def _carries_title(blocks: list[Block], first: int, at: int) -> bool:
    block = blocks[at]
    if (
        block.marker is not None
        or _OPENS.match(block.low)
        or _RULE.match(block.low)
        or len(block.body) > _LONGEST_TITLE
    ):
        return False
    if block.low.endswith(":") or re.match(r"(?:địa điểm|chủ trì|thành phần)", block.low):
        return False
    return at == first or not block.after_gap


def _lead_in(blocks: list[Block], after: int) -> int | None:
    """Find the block that says "… kết luận như sau:"."""
    for at in range(after, len(blocks)):
        block = blocks[at]
        if block.low.startswith("nơi nhận"):
            return None
        if (block.marker is None or block.marker.kind in ("roman", "upper", "number")) and _CONCLUDES.search(
            block.low[-400:]
        ):
            if block.marker is not None and not _MEETING_WORDS.search(block.low):
                return None
            if _MEETING_WORDS.search(block.low):
                return at
    return None


def _section(blocks: list[Block], after: int, lead: int) -> int | None:
    """Find the heading of the conclusions, where attendance and discussion have sections of their own."""
    for at in range(lead - 1, after - 1, -1):
        marker = blocks[at].marker
        if marker is not None and marker.kind in ("roman", "upper"):
            return at if len(blocks[at].body) <= _LONGEST_HEADING else None
    return None


def _first_numbered(blocks: list[Block], after: int) -> int:
    for at in range(after, len(blocks)):
        if blocks[at].marker is not None:
            return at
    return after


def _footer(blocks: list[Block], body: int) -> int:
    for at in range(body, len(blocks)):
        block = blocks[at]
        if block.low.startswith("nơi nhận") or (_SIGNED.match(block.low) and block.body.text[:12].isupper()):
            return at
        if (
            block.marker is None
            and at > body
            and block.body.text.isupper()
            and _OFFICE.match(block.low)
            and len(block.body) < 120
        ):
            return at
    return len(blocks)


def _appendix(blocks: list[Block], footer: int) -> int | None:
    """Find the heading of an appendix behind the signature."""
    for at in range(footer + 1, len(blocks)):
        if _APPENDIX.match(blocks[at].low) and len(blocks[at].body) <= _LONGEST_HEADING and blocks[at].marker is None:
            return at
    return None
