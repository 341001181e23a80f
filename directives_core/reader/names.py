"""Where the name of a unit ends: capitals begin its parts, lower-case syllables carry them on, verbs end it."""

from __future__ import annotations

import re

from directives_core.folding import Folded
from directives_core.reader.vocabulary import (
    COMPOUNDS,
    LEVELS,
    NAMED_HEADS,
    NOMINAL,
    OFFICES,
    SELF_HEADS,
    STOPS,
    TAILS,
    alternation,
    starts_with_verb,
)  # fmt: skip

__all__ = ["ALWAYS_VERBS", "END", "HEAD", "LEVEL", "OFFICE", "WORD", "is_capital", "name_end"]

END = r"(?!\w)"
HEAD = re.compile(
    rf"(?!xã hội{END})(?:(?P<self>{alternation(SELF_HEADS)}){END}|(?P<named>{alternation(NAMED_HEADS)}){END})"
)
LEVEL = re.compile(rf" (?:{alternation(LEVELS)})(?! (?:ủy|đoàn|hội)(?!\w)){END}")
_TAIL = re.compile(
    rf" (?:(?:{alternation(TAILS)}){END}"
    r"|(?<=kế hoạch )tổng hợp(?= (?:chủ trì|phối hợp|xây dựng|tham mưu|lập|rà soát)|:| ?$))"
)
#: "Viện Kinh tế xây dựng phối hợp", "Phòng Kiểm tra nội bộ chủ trì": the verb before the order's own is in the name.
_VERB_IN_NAME = re.compile(
    rf" (?:{alternation(NOMINAL)})"
    r"(?= (?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|khẩn trương|chủ động|tập trung)(?!\w))"
)
#: What an order is about, where a name has just ended: "báo cáo Ban Quản lý dự án khối lượng thực hiện".
_MATTERS = re.compile(
    r"(?:khối lượng|kết quả|tiến độ|tình hình|phương án|danh sách|số liệu|nội dung|hồ sơ|kế hoạch|nguyên nhân|thông qua"
    r"|hằng|hàng|kết luận|xem xét|biểu dương|ghi nhận|đồng ý|thống nhất|nhất trí|hoan nghênh|phát biểu"
    r"|nhấn mạnh)(?!\w)"
)
#: "hàng" is goods in "khách hàng", "ngân hàng", and "every" before a span of time.
_GOODS = re.compile(r"(?:(?<=khách )|(?<=ngân ))hàng(?!\w)")
OFFICE = re.compile(rf"(?:(?:quyền|nguyên) )?(?:{alternation(OFFICES)}){END}")
WORD = re.compile(r" ((?:\w|(?<=\w)[/.&-](?=\w))+)")
_COMPOUND = re.compile(rf"(?:{alternation(COMPOUNDS)}){END}")
_JOIN = re.compile(r" và | & |&| ?- ?(?=\S)")
_COMPOSITE = re.compile(r", [^\W\d_]\w*(?: \w+){0,3} và (?=[^\W\d_])")
_AFTER_NUMBER = re.compile(
    r"[,.;:)]|$| và | chủ trì| phối hợp| có trách nhiệm| khẩn trương| tập trung| tiếp tục| rà soát"
)
_LAST_OF_HEAD = frozenset(head.split()[-1] for head in (*SELF_HEADS, *NAMED_HEADS))
ALWAYS_VERBS = frozenset(("nộp", "lập", "gửi", "phải", "cần", "làm", "mua", "rà", "sửa", "cử", "chịu", "nắm", "trình"))
_LOWERS = 5
_LONGEST_NAME = 200


def is_capital(folded: Folded, at: int) -> bool:
    """Say whether a capital letter stands at `at`."""
    return at < len(folded.text) and folded.text[at].isupper()


def name_end(
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
        if capital and not place and (inside := _VERB_IN_NAME.match(low, end)) is not None:
            end, lowers = inside.end(), 0
            continue
        if (found := LEVEL.match(low, end)) is not None and not (place and not level and not capital):
            if place and capital and not is_capital(folded, found.start() + 1):
                level = True
            end, level, lowers = found.end(), True, 0
            continue
        word = WORD.match(low, end)
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
        return folded.low[max(0, word.start() - 12) : word.start()].endswith(("số", "khu vực", "đội", "tổ")) or (
            folded.low[max(0, word.start() - 12) : word.start()].endswith(("phường", "quận", "khu phố", "thôn", "ấp"))
            and starts_with_verb(folded.low, word.end() + 1)
        )
    if not capital or closed or word[1] == "và":
        return False
    low = folded.low
    if _GOODS.match(low, start):
        return True
    if word[1] in ALWAYS_VERBS or _MATTERS.match(low, start):
        return False
    behind = folded.text[max(0, word.start() - 40) : word.start()].rsplit(" ", 2)
    begun = behind[-1][:1].isupper() and not behind[-1].isupper()  # not "II", "QLDA" or the end of a known part
    single = first and begun and len(behind) > 1 and not _second_capital(behind)
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
        if all(is_capital(folded, s) and not HEAD.match(low, s) for s in starts) and not any(
            w in STOPS for w in inner[1:-2]
        ):
            return composite.end() - 1 if low[composite.end() - 1] == " " else composite.end()
    join = _JOIN.match(low, end)
    if join is None or not capital or not is_capital(folded, join.end()):
        return None
    if (HEAD.match(low, join.end()) and not low.startswith("xã hội", join.end())) or OFFICE.match(low, join.end()):
        return None
    if listed and "-" not in join[0]:
        return None
    return join.end() - 1 if low[join.end() - 1] == " " else join.end()
