"""Who is told to act: the subject of a sentence, and whether the sentence orders, decides or tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from directives_core.folding import Folded
from directives_core.reader.names import is_capital, name_end
from directives_core.reader.units import Unit, read_units
from directives_core.reader.vocabulary import DECIDES, NARRATES, alternation, starts_with_verb

__all__ = ["Subject", "is_decision", "is_imperative", "is_narrative", "is_subset", "subject_of"]

Mood = Literal["ordered", "acts", "narrates", "decides", "named"]

_OPENING = re.compile(
    r"(?:(?:tuy nhiên|do đó|do vậy|vì vậy|ngoài ra|đồng thời|bên cạnh đó|trước mắt|trên cơ sở đó|theo đó"
    r"|cụ thể|thời gian tới"
    r"|trong thời gian tới|cùng với đó|song song đó|tại cuộc họp|qua đó),? )?"
)
#: What begins so tells what is wanting, unless it says what must be done.
_CONTRAST = re.compile(r"(?:tuy nhiên|tuy vậy|mặc dù|song),? ")
_WANTING = re.compile(
    r"(?<!\w)(?:đã|đang|vẫn còn|còn (?:chậm|thấp|hạn chế|nhiều|cao|yếu|ít|lúng túng)|chưa (?:được|đạt|có))(?!\w)"
)
#: "Thu ngân sách đạt 20%", "giải ngân mới đạt 6%": figures of what was done.
_FIGURES = re.compile(
    r"(?:(?:thu|chi) [^.;,]{1,60}?|(?:giải ngân|xuất khẩu|thu hút|huy động|sản xuất|khai thác) [^.;,]{0,60}?"
    r"(?:mới|chỉ|ước|đã)) (?:đạt|tăng|giảm|bằng) (?:khoảng |trên |gần )?\d"
)
_MUST = re.compile(r"(?<!\w)(?:cần|phải|yêu cầu|đề nghị|giao|khẩn trương|khắc phục)(?!\w)")
_CIRCUMSTANCE = re.compile(
    r"(?:chậm nhất|muộn nhất|trước (?:ngày|khi|\d)|từ nay|trong quá trình|quá trình|nếu|khi|định kỳ|hằng|hàng|đến hết"
    r"|đến ngày|trong (?:tháng|quý|tuần|thời hạn|vòng|thời gian tới|\d{1,2} ngày)|căn cứ|trên cơ sở|sau khi|để|nhằm"
    r"|trường hợp)(?!\w)"
)
#: "Hằng tháng, trước ngày 18, các chi bộ …": a time, although verbs may follow it at once.
_EVERY = re.compile(r"(?:định kỳ )?(?:hàng|hằng) (?:ngày|tuần|tháng|quý|năm),")
_PAST = re.compile(r"(?<!\w)(?:qua|vừa qua|đã|đầu năm)(?!\w)")
_TOWARDS = re.compile(r"(?:riêng đối với|đối với|về phía|riêng|trách nhiệm của|nhiệm vụ của) ")
_ORDER = re.compile(
    r"(?<!\w)(?:(?:tiếp tục |đồng ý |thống nhất |nhất trí |trân trọng |kính |đồng thời )?"
    r"(?:giao trách nhiệm cho|giao nhiệm vụ cho|giao cho|giao|yêu cầu|đề nghị|kiến nghị|phân công|chỉ đạo"
    r"|ủy quyền cho|ủy quyền"
    r"|lưu ý|nhắc nhở|đồng ý để|đồng ý cho|cho phép)):? (?=\S)"
)
#: "Đồng ý cho Trường A mượn …": leave to have something, and no order.
_LEAVE = re.compile(r"(?:đồng ý cho|đồng ý để|cho phép):? $")
_GRANTED = re.compile(r" (?:được|mượn|vay|hưởng|nghỉ|thuê|kéo dài|gia hạn|lùi|giữ lại|tạm hoãn|hoãn|miễn)(?!\w)")
_PETITIONER = re.compile(r"(?:ông|bà|công dân|hộ) ")
_PETITIONS = re.compile(r"(?:kiến nghị|đề nghị|tố cáo|khiếu nại|phản ánh|trình bày|xin)(?!\w)")
_OWN_ACT = re.compile(r"(?:chỉ đạo|phân công|lưu ý|nhắc nhở|ủy quyền)(?!\w)")
_SPEAKS = re.compile(r" (?:đã )?(?:giao(?: nhiệm vụ)?(?: cho)?|yêu cầu|đề nghị)(?P<open>:)? ?(?=\S|$)")
_GIVES = re.compile(r" (?:đã )?giao(?!\w)")
_PERSON_NAMED = re.compile(r"(?:đồng chí|đ/c|ông|bà) ")
_DECIDES = re.compile(rf"(?:{alternation(DECIDES)})(?!\w)")
_PRAISES = re.compile(
    r"(?:đánh giá cao|ghi nhận|biểu dương|hoan nghênh|khen ngợi|cảm ơn|chúc mừng|đồng ý|cơ bản (?:đồng ý"
    r"|nhất trí|thống nhất|tán thành)|nhất trí|chấp thuận|tán thành|không đồng ý)(?!\w)"
)
_NARRATES = re.compile(rf"(?:{alternation(NARRATES)})(?!\w)")
_SUBSET = re.compile(r" (?:chưa|còn|có|được giao|được chọn|nằm|đang|thuộc|phụ trách|liên quan)(?!\w)")
_DUTY = re.compile(
    r" (?:khẩn trương|phải|cần|nghiêm túc|có trách nhiệm|tập trung|chủ động|tiếp tục|rà soát|báo cáo"
    r"|hoàn thành|thực hiện|tổ chức|có văn bản|có phương án|có giải pháp|có kế hoạch|chịu trách nhiệm|lập|gửi|nộp"
    r"|xây dựng|đề xuất|đăng ký|cử)(?!\w)"
)
_MANNER = re.compile(
    r",? (?:theo|căn cứ|trên cơ sở|trong|với|bằng|từ|ngoài|sau khi|trước|chậm nhất|định kỳ|hàng|hằng"
    r"|thông qua|khi|tại|để|nhằm|nếu|về|đến|qua)(?!\w)"
)
_ASIDE = re.compile(r" ?\([^()]{0,120}\)")
_WORD_START = re.compile(r"(?<=[ ])(?=\w)")
_DECIDERS = (
    "ubnd", "hđnd", "ủy ban nhân dân", "hội đồng nhân dân", "thường trực", "ban thường vụ", "huyện ủy", "đảng ủy",
    "tỉnh ủy", "nhà trường", "ban giám", "công ty", "bộ ", "tập thể", "lãnh đạo",
)  # fmt: skip
_OPENERS = (
    "đối với", "trường hợp", "trong", "từ ", "trước ", "chậm nhất", "căn cứ", "theo ", "trên cơ sở", "sau khi", "để ",
    "về ", "qua ", "khi ", "nếu ", "với ", "tại ", "hàng ", "hằng ", "định kỳ",
    "ngày ", "sáng ", "chiều ",
)  # fmt: skip
_AHEAD = 160


@dataclass(frozen=True)
class Subject:
    """The units of a sentence's beginning, what the sentence does with them, and where its predicate begins."""

    units: tuple[Unit, ...]
    mood: Mood
    predicate: int


def subject_of(folded: Folded, start: int, end: int, *, addressed: bool = False) -> Subject | None:
    """Read the subject of the sentence between `start` and `end`; None where none is named.

    Where somebody is `addressed` already, "chỉ đạo các trường …" is what they are to do, and no order to the schools.
    """
    low = folded.low
    at = _OPENING.match(low, start).end()  # type: ignore[union-attr]  # every part of it is optional
    order = None if addressed and _OWN_ACT.match(low, at) else _ORDER.match(low, at)
    if order is not None and (units := _units(folded, order.end(), end) or _unknown(folded, order.end(), end)):
        return Subject(units, _told_or_allowed(low, order, units), units[-1].end)
    towards = _TOWARDS.match(low, at)
    place = towards.end() if towards else at
    if units := _units(folded, place, end):
        if (told := _told_by(folded, units, end)) is not None:
            return told
        # "Một số xã …": some, and nobody says which.
        mood = _mood(folded, units, end) if not low.startswith("một số ", place) else "narrates"
        if mood in ("acts", "named") or (mood is not None and not _later_order(folded, units[-1].end, end)):
            return Subject(units, mood, units[-1].end)
    if starts_with_verb(low, at) and not _DECIDES.match(low, at) and not _EVERY.match(low, at):
        return None
    if (late := _behind_circumstance(folded, at, end)) is not None:
        return late
    return _later_order(folded, at, end)


def _behind_circumstance(folded: Folded, at: int, end: int) -> Subject | None:
    """Read "Chậm nhất ngày …, Sở A báo cáo …": a time or condition, and behind a comma the one who is to act."""
    low = folded.low
    if not _CIRCUMSTANCE.match(low, at):
        return None
    comma = low.find(", ", at, min(end, at + _AHEAD))
    while comma >= 0:
        units = _units(folded, comma + 2, end)
        if units and (told := _told_by(folded, units, end)) is not None:
            return told
        if units:
            acts = _mood(folded, units, end) == "acts" and not _PAST.search(low, at, comma)
            return Subject(units, "acts", units[-1].end) if acts else None
        comma = low.find(", ", comma + 2, min(end, at + _AHEAD))
    return None


def _unknown(folded: Folded, at: int, end: int) -> tuple[Unit, ...]:
    """Read behind "giao" a proper name that no list of heads knows, where a verb follows it."""
    if not is_capital(folded, at):
        return ()
    close = name_end(folded, at - 1, listed=True, place=True)
    name = folded.text[at:close]
    proper = len(name.split()) > 1 or (name.isupper() and len(name) > 1)
    acts = folded.low.startswith(" ", close) and starts_with_verb(folded.low, close + 1, syllables=2)
    return (Unit(name, at, close),) if proper and acts and close <= end else ()


def _told_by(folded: Folded, units: tuple[Unit, ...], end: int) -> Subject | None:
    """Read "Tổng Giám đốc yêu cầu các ban …": the one who speaks is not the one who is to act."""
    speaker = units[-1]
    if speaker.is_class or not (_decides(units) or _GIVES.match(folded.low, speaker.end)):
        return None
    gives = _SPEAKS.match(folded.low, speaker.end)
    if gives is None or _PERSON_NAMED.match(speaker.person or speaker.name.lower()):
        return None
    told = _units(folded, gives.end(), end)
    return (
        Subject(told, "ordered", told[-1].end)
        if told
        else Subject(units, "decides", gives.end())
        if gives["open"]
        else None
    )


def _later_order(folded: Folded, at: int, end: int) -> Subject | None:
    """Find "…, Chủ tịch UBND huyện yêu cầu các xã …" behind a purpose or a decision."""
    for order in _ORDER.finditer(folded.low, at, min(end, at + 600)):
        units = _units(folded, order.end(), end)
        if (
            units
            and folded.low[order.start() - 1 : order.start()] == " "
            and _mood(folded, units, end) in ("acts", "named")
        ):
            return Subject(units, _told_or_allowed(folded.low, order, units), units[-1].end)
    return None


def _told_or_allowed(low: str, order: re.Match[str], units: tuple[Unit, ...]) -> Mood:
    return "decides" if _LEAVE.search(order[0]) and _GRANTED.match(low, units[-1].end) else "ordered"


def _units(folded: Folded, at: int, end: int) -> tuple[Unit, ...]:
    return tuple(unit for unit in read_units(folded, at, across=True) if unit.end <= end)


def _mood(folded: Folded, units: tuple[Unit, ...], end: int) -> Mood | None:
    low, at = folded.low, units[-1].end
    if (aside := _ASIDE.match(low, at, end)) is not None:
        at = aside.end()
    rest = low[at : min(end, at + 2 * _AHEAD)].strip(" .;")
    if not rest.strip(", "):
        return "named"
    if rest.startswith(":"):
        return "acts"
    words = rest.lstrip(", ")
    place = low.index(words[0], at)
    if _PETITIONER.match(units[0].person or units[0].name.lower()) and _PETITIONS.match(words):
        return "narrates"
    if starts_with_verb(low, place, syllables=2) and not _DECIDES.match(words):
        return "acts"
    if _NARRATES.match(words):
        subset = _SUBSET.match(low, at) and any(unit.is_class for unit in units)
        return "acts" if subset and _DUTY.search(low, at + 5, min(end, at + _AHEAD)) else "narrates"
    if _DECIDES.match(words) and (_decides(units) or _PRAISES.match(words)):
        return "decides"
    if words.startswith(("báo cáo:", "báo cáo tại", "phát biểu", "trình bày")):
        return "narrates"
    if starts_with_verb(low, place) or words.startswith(
        ("chủ trì", "có trách nhiệm", "thống nhất", "đánh giá", "làm ")
    ):
        return "acts"
    if (words.startswith("phụ trách") or _MANNER.match(low, at)) and _acts_later(low, at, min(end, at + _AHEAD)):
        return "acts"
    if _SUBSET.match(low, at) and any(u.is_class for u in units) and _DUTY.search(low, at + 3, min(end, at + _AHEAD)):
        return "acts"
    return None


def _decides(units: tuple[Unit, ...]) -> bool:
    return any(unit.is_office or unit.name.lower().startswith(_DECIDERS) for unit in units)


def _acts_later(low: str, at: int, end: int) -> bool:
    if re.compile(r" (?:đã|được) ").search(low, at, min(end, at + 40)):
        return False
    return any(starts_with_verb(low, found.end()) for found in _WORD_START.finditer(low, at + 1, end))


def is_subset(low: str, at: int) -> bool:
    """Say whether words behind a class narrow it: "các xã chưa hoàn thành …"."""
    return bool(_SUBSET.match(low, at)) and not starts_with_verb(low, at + 1, syllables=2)


def is_decision(low: str, at: int, *, strict: bool) -> bool:
    """Say whether a sentence begins with a decision or praise; `strict` leaves out verbs that may also order."""
    at = _OPENING.match(low, at).end()  # type: ignore[union-attr]
    return bool((_PRAISES if strict else _DECIDES).match(low, at))


def is_narrative(low: str, at: int, end: int) -> bool:
    """Say whether a sentence tells what is or was, within its first words."""
    return bool(_WANTING.search(low, at, min(end, at + 70)))


def is_imperative(low: str, at: int, end: int) -> bool:
    """Say whether a sentence begins with an order: a verb, or a circumstance and then a verb."""
    contrast = _CONTRAST.match(low, at)
    at = _OPENING.match(low, at).end()  # type: ignore[union-attr]
    if (contrast is not None and not _MUST.search(low, at, end)) or _FIGURES.match(low, at, end):
        return False
    if starts_with_verb(low, at):
        return True
    comma = low.find(", ", at, min(end, at + _AHEAD))
    opens = low.startswith(_OPENERS, at)
    return opens and comma > 0 and starts_with_verb(low, comma + 2)
