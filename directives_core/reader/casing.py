"""Names printed in capitals, as letterheads and headings print them, written as names are written."""

from __future__ import annotations

import re

from directives_core.folding import Folded, fold
from directives_core.reader.vocabulary import CLASS_NOUNS, LEVELS, SELF_HEADS

__all__ = ["in_case"]

_LOWERED = (
    "ủy ban nhân dân", "hội đồng nhân dân", "văn phòng", "công ty", "cổ phần", "trách nhiệm hữu hạn", "tổng công ty",
    "trường", "đại học", "cao đẳng", "huyện ủy", "tỉnh ủy", "thành ủy", "đảng ủy", "ban quản lý", "ủy ban", "tập đoàn",
    "trung tâm", "bệnh viện", "đa khoa", "kỹ thuật", "cơ khí", "nông nghiệp", "môi trường", "tài chính", "giáo dục",
    "đào tạo", "y tế", "xây dựng", "công thương", "nội vụ", "tư pháp", "khoa học", "công nghệ", "kế hoạch", "đầu tư",
    "văn hóa", "thể thao", "du lịch", "giao thông vận tải",
)  # fmt: skip
_ACRONYMS = ("thpt", "thcs", "cp", "qlda", "ubnd", "hđnd", "tnhh", "mtv", "đbqh", "mttq")
_FEWEST_WORDS = 3


def in_case(name: str, text: Folded) -> str:
    """Write a name in capitals as the text writes it, or its beginning, elsewhere; else as such names are written."""
    words = fold(name).low.split()
    for known in range(len(words), min(_FEWEST_WORDS, len(words)) - 1, -1):
        if (shown := _elsewhere(" ".join(words[:known]), text)) is not None:
            rest = _guessed(words[known:])
            return f"{shown} {rest}" if rest else shown
    return _guessed(words)


def _elsewhere(wanted: str, text: Folded) -> str | None:
    """Return a name as the text writes it in small letters."""
    at = text.low.find(wanted)
    while at >= 0:
        shown = text.text[at : at + len(wanted)]
        alone = (
            not text.low[max(0, at - 1) : at].isalnum()
            and not text.low[at + len(wanted) : at + len(wanted) + 1].isalnum()
        )
        if alone and not shown.isupper():
            return shown[:1].upper() + shown[1:]
        at = text.low.find(wanted, at + 1)
    return None


def _guessed(words: list[str]) -> str:
    """Capitalise every word of a place, and of known parts of names the first."""
    shown = " ".join(word.capitalize() for word in words)
    for known in (*SELF_HEADS, *_LOWERED, *LEVELS):
        proper = known.capitalize()
        shown = re.sub(rf"(?<!\w){re.escape(' '.join(w.capitalize() for w in known.split()))}(?!\w)", proper, shown)
    shown = re.sub(
        rf"(?<= )(?:{'|'.join(level.capitalize() for level in LEVELS)})(?= |$|,)", lambda found: found[0].lower(), shown
    )
    if words[:1] == ["các"] or " các " in f" {' '.join(words)} ":  # a class is no proper name
        nouns = "|".join(re.escape(noun.capitalize()) for noun in ("các", *CLASS_NOUNS))
        shown = re.sub(rf"(?<= )(?:{nouns})(?!\w)", lambda found: found[0].lower(), shown)
    for known in _ACRONYMS:
        shown = re.sub(rf"(?<!\w){known.capitalize()}(?!\w)", known.upper(), shown)
    return shown.replace(" Và ", " và ")
