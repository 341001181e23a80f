"""Titles of sections: which blocks are one, and whether what stands under it assesses instead of ordering."""

from __future__ import annotations

import re

from directives_core.reader.outline import Node
from directives_core.reader.subjects import subject_of

__all__ = ["is_title", "title_assesses"]

_ASSESSES = re.compile(
    r"(?:(?:về )?đánh giá|(?:công tác )?(?:đánh giá|kết quả|tình hình)|ưu điểm|tồn tại|hạn chế|khó khăn|nguyên nhân"
    r"|thành phần|nội dung báo cáo|ý kiến"
    r"|diễn biến|thời gian|địa điểm|những kết quả|mặt được|một số kết quả|bối cảnh|nhận xét|nhận định)(?!\w)"
)
_TASKS = re.compile(
    r"nhiệm vụ|giải pháp|chỉ đạo|kết luận|phân công|trọng tâm|phương hướng|thời gian tới|yêu cầu|khắc phục"
)
_LONGEST_TITLE = 200


def is_title(node: Node) -> bool:
    """Say whether a block is a heading that names a topic."""
    block = node.block
    if block is None or len(block.body) > _LONGEST_TITLE:
        return False
    text = block.body.text
    if text.isupper():
        return True
    if not node.children or re.search(r"[.;]$", text) or re.search(r"[.;:] ", text):
        return False
    return (subject_of(block.body, 0, len(block.body)) is None and not text.endswith(":")) or bool(
        re.match(r"về |công tác ", block.low)
    )


def title_assesses(low: str, before: bool) -> bool:
    """Say whether a heading announces an assessment; where its words do not say, it goes on as `before`."""
    low = low.strip()
    if _ASSESSES.match(low):
        return not _TASKS.search(low) or low.startswith(("thành phần", "ý kiến", "kết quả", "đánh giá"))
    return before and not _TASKS.search(low)
