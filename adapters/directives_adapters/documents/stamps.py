"""The stamp of a state secret at the top of a paper."""

import re
from itertools import pairwise

__all__ = ["stamp_in"]

#: The degrees of the Law on Protection of State Secrets (2018), art. 8.
_STAMP = re.compile(r"\W*(?:độ mật\W+)?(?P<stamp>tuyệt\s+mật|tối\s+mật|mật)\W*", re.IGNORECASE)
_GAP = re.compile(r"\t| {2,}|\|")
#: Words that a line's end may part from the "mật" of the next line, in running text and in titles.
_PARTED = ("bí", "bảo", "độ", "cơ", "mức", "mức độ")
_LINES, _CHARACTERS = 60, 4_000


def stamp_in(text: str) -> str | None:
    """Return the stamp that stands alone on a line, or alone in its column, near the top; else None.

    "Bí mật nhà nước" in a sentence is no stamp, nor is a capital "MẬT" that a line's end parted from its word.
    """
    lines = text[:_CHARACTERS].split("\n")[:_LINES]
    for before, line in pairwise(["", *lines]):
        for piece in _GAP.split(line):
            found = _STAMP.fullmatch(piece)
            if found and _is_printed_as_stamp(piece, found) and not before.casefold().rstrip(" -").endswith(_PARTED):
                return " ".join(found["stamp"].upper().split())
    return None


def _is_printed_as_stamp(piece: str, found: re.Match[str]) -> bool:
    return found["stamp"].isupper() or "độ mật" in piece.casefold()
