"""Text made comparable: composed letters, lower case, single blanks, one spelling, and the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Folded", "fold", "fold_words"]

_SAME = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("“”„‟«»＂", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    "／": "/",
    "：": ":",
    "；": ";",
    "，": ",",
    "（": "(",
    "）": ")",
    "＆": "&",
    "…": "…",
    "\x0b": " ",
    "\x0c": " ",
}

#: Tone marks stand on either vowel of a final "oa", "oe", "uy"; the first vowel's spelling is taken for both.
_PLACES = {
    **{"o" + marked: toned + "a" for marked, toned in zip("àáảãạ", "òóỏõọ", strict=True)},
    **{"o" + marked: toned + "e" for marked, toned in zip("èéẻẽẹ", "òóỏõọ", strict=True)},
    **{"u" + marked: toned + "y" for marked, toned in zip("ỳýỷỹỵ", "ùúủũụ", strict=True)},
}
_TONED = re.compile(rf"(?<!q)(?:{'|'.join(_PLACES)})(?!\w)")


@dataclass(frozen=True)
class Folded:
    """A stretch of text in comparable form.

    `text` keeps the letters' case, `low` has the same length and is what grammars match on; `starts[i]` and `ends[i]`
    are where the i-th character begins and ends in the original. `names` are those that a reader knows to be whole,
    in lower case.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    names: frozenset[str] = frozenset()

    @cached_property
    def low(self) -> str:
        """The text in lower case, each tone mark in one place, of the same length as `text`."""
        lowered = self.text.lower()
        if len(lowered) != len(self.text):  # a few letters of other scripts grow when lowered
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        return _TONED.sub(lambda found: _PLACES[found[0]], lowered)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text to the original; an empty one to an empty one."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def __len__(self) -> int:
        return len(self.text)


def fold(source: str, start: int = 0, end: int | None = None) -> Folded:
    """Fold the slice of `source`; offsets of the result count from the beginning of `source`."""
    stop = len(source) if end is None else end
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place, glued = start, False
    while place < stop:
        after = place + 1
        while after < stop and unicodedata.combining(source[after]):
            after += 1
        letters = source[place] if after == place + 1 else unicodedata.normalize("NFC", source[place:after])
        for letter in letters:
            shown = _SAME.get(letter, letter)
            if shown.isspace():
                # "05/QĐ-" at the end of a line and "UBND" on the next are one word.
                glued = glued or (shown in "\r\n" and out[-1:] == ["-"] and out[-2:-1] != [" "] and len(out) > 1)
                if not out or out[-1] == " " or glued:
                    continue
                shown = " "
            elif unicodedata.category(shown) in ("Cf", "Cc"):  # soft hyphens, zero widths, byte order marks
                continue
            glued = False
            out.append(shown)
            starts.append(place)
            ends.append(after)
        place = after
    while out and out[-1] == " ":
        out.pop(), starts.pop(), ends.pop()
    return Folded("".join(out), tuple(starts), tuple(ends))


def fold_words(text: str) -> str:
    """Return `text` in comparable form, for looking it up."""
    return fold(text).low
