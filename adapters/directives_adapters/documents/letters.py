"""Text of any origin in one form: composed letters, one sort of line end, no signs that only steer a printer."""

import re
import unicodedata

from directives_adapters.documents.limits import MAX_MARKS

__all__ = ["composed", "tidied"]

_SIGNS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_MANY_EMPTY = re.compile(r"\n{3,}")


def composed(text: str) -> str:
    """Return the text in composed Unicode; of marks heaped on one letter so many as any writing needs."""
    return unicodedata.normalize("NFC", _SIGNS.sub(_unheaped, text))


def _unheaped(found: re.Match[str]) -> str:
    """Return a run of signs in which no letter bears more marks than it may; composing costs their square."""
    out, marks = [], 0
    for sign in found[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MAX_MARKS:
            out.append(sign)
    return "".join(out)


def tidied(text: str) -> str:
    """Return the text of a document that has markup: also without soft hyphens and runs of empty lines.

    Runs of blanks stay: letterheads without a table are set with them.
    """
    text = composed(_SPACES.sub(" ", _UNSEEN.sub("", _ENDS.sub("\n", text))))
    joined = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_EMPTY.sub("\n\n", joined).strip("\n")
