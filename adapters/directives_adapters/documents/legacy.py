"""Vietnamese from before Unicode: text set in fonts of TCVN3 (.VnTime, "ABC") and VNI, told apart and put into Unicode.

TCVN3 is TCVN 5712:1993, third set; VNI is the Windows layout of two characters a letter. Both come as Latin letters:
"Th«ng b¸o" and "Thoâng baùo" are "Thông báo".
"""

import re
import unicodedata
from collections.abc import Callable

__all__ = ["from_legacy", "looks_vietnamese"]

_TCVN3_PAIRS = (
    "à µ ả ¶ ã · á ¸ ạ ¹ ă ¨ ằ » ẳ ¼ ẵ ½ ắ ¾ ặ Æ â © ầ Ç ẩ È ẫ É ấ Ê ậ Ë đ ® è Ì ẻ Î ẽ Ï é Ð ẹ Ñ ê ª ề Ò ể Ó ễ Ô "
    "ế Õ ệ Ö ì × ỉ Ø ĩ Ü í Ý ị Þ ò ß ỏ á õ â ó ã ọ ä ô « ồ å ổ æ ỗ ç ố è ộ é ơ ¬ ờ ê ở ë ỡ ì ớ í ợ î ù ï ủ ñ ũ ò "
    "ú ó ụ ô ư \xad ừ õ ử ö ữ ÷ ứ ø ự ù ỳ ú ỷ û ỹ ü ý ý ỵ þ Ă ¡ Â ¢ Ê £ Ô ¤ Ơ ¥ Ư ¦ Đ §"
)
_TCVN3_LETTERS = _TCVN3_PAIRS.split(" ")
_TCVN3 = dict(zip(map(ord, _TCVN3_LETTERS[1::2]), _TCVN3_LETTERS[::2], strict=True))
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _CIRCUMFLEX, "á": _CIRCUMFLEX + _ACUTE, "à": _CIRCUMFLEX + _GRAVE, "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì"}
_VNI_MARKED = re.compile("(?P<letter>[aeouyôö])(?P<mark>[ùøûõïâáàåãäêéèúüë])", re.IGNORECASE)
_VNI_ALONE = re.compile("[ñæóòîôö]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
#: Words without which no notice is written; each has a letter that the old encodings put elsewhere.
_FREQUENT_WORDS = (
    "của và các được ngày tháng năm về thông báo thực hiện việc xã huyện tỉnh phòng công chủ tịch ủy uỷ ban kết "
    "luận hội đồng nghị đơn vị nhiệm vụ số định hành chính độc lập hạnh phúc là từ tại để đến trước có với những "
    "đã"
)
_FREQUENT = frozenset(_FREQUENT_WORDS.split())
_LEAST, _SAMPLE = 4, 40_000


def from_legacy(text: str) -> tuple[str, str] | None:
    """Return Latin text that is Vietnamese in an old encoding as Unicode, and the encoding's name; else None.

    Capital letters with marks of TCVN3 exist only as a font; they are told by their neighbours.
    """
    best = _hits(text) * 2 + _LEAST
    found: tuple[str, str] | None = None
    for name, decode in _ENCODINGS:
        sample = decode(text[:_SAMPLE])
        if _hits(sample) > best:
            best, found = _hits(sample), (decode(text), name)
    return found


def looks_vietnamese(text: str) -> int:
    """Return how many frequent Vietnamese words stand at the beginning of `text`."""
    return _hits(text)


def _hits(text: str) -> int:
    return sum(word in _FREQUENT for word in _WORD.findall(text[:_SAMPLE].lower()))


def _from_tcvn3(text: str) -> str:
    return _WORD.sub(_one_case, text.translate(_TCVN3))


def _one_case(found: re.Match[str]) -> str:
    """Return a word whose plain letters are all capitals in capitals throughout."""
    word = found[0]
    plain = [letter for letter in word if letter.isascii()]
    return word.upper() if plain and all(letter.isupper() for letter in plain) else word


def _from_vni(text: str) -> str:
    return unicodedata.normalize("NFC", _VNI_ALONE.sub(_vni_alone, _VNI_MARKED.sub(_vni_marked, text)))


def _vni_marked(found: re.Match[str]) -> str:
    """Return a letter and its mark as plain letter and combining marks."""
    letter, marks = found["letter"], _VNI_MARKS[found["mark"].lower()]
    base = {"ô": "o" + _HORN, "ö": "u" + _HORN}.get(letter.lower(), letter.lower())
    if base[0] in "eouy" and marks[0] == _BREVE:
        return found[0]
    return (base.upper() if letter.isupper() else base) + marks


def _vni_alone(found: re.Match[str]) -> str:
    letter = _VNI_LETTERS[found[0].lower()]
    return letter.upper() if found[0].isupper() else letter


_ENCODINGS: tuple[tuple[str, Callable[[str], str]], ...] = (("TCVN3", _from_tcvn3), ("VNI", _from_vni))
