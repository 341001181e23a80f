"""Anchors: what a size and a root look like outside of the register, in a checkpoint's note and in minutes on paper.

The text of a note is C2SP tlog-checkpoint: the origin, `directives/` and the register's id; the size; the root in
base64; then one line of our own, `rules` and the version of the fold, which tells by which rules the register was read.
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from directives_core.errors import BadValue
from directives_core.language import Phrase
from directives_core.proof.notes import Note, read_note

__all__ = ["Against", "Anchor", "anchors_of", "minutes", "note_text", "origin_of", "read_anchors"]

_GROUP = 8
_ROOT = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{2}\s*){31}[0-9a-f]{2}(?![0-9a-f])", re.IGNORECASE)
_SIZE = re.compile(r"(?<![0-9a-f.,])\d{1,18}(?![0-9a-f]|[.,]\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What somebody outside holds against the register: that it had this root when it had so many events.

    `source` says where it comes from; `note` is the whole note, and `origin` its first line, where it is one.
    """

    size: int
    root: bytes
    source: str
    origin: str | None = None
    note: Note | None = None


Against = Anchor | str | Path | Iterable[Anchor] | None
"""An anchor, the text of a note or of minutes, a file with such a text, or several anchors."""


def origin_of(register_id: str) -> str:
    """The origin line of the checkpoints of a register, and the name of the keys that sign them."""
    return f"directives/{register_id}"


def note_text(origin: str, size: int, root: bytes, rules: int) -> str:
    """The text that is signed."""
    return f"{origin}\n{size}\n{b64encode(root).decode()}\nrules {rules}\n"


def minutes(origin: str, size: int, root: bytes) -> str:
    """Two lines for the minutes of a meeting: size and root, the root in hexadecimal groups that can be read out.

    Who holds a copy of the minutes can later hold them against the register.
    """
    text = root.hex()
    groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
    return f"{origin}: size {size}, root\n{' '.join(groups)}"


def read_anchors(text: str, source: str) -> list[Anchor]:
    """The anchors in a text: one if it is a note, else those of every root with a size in front of it.

    Raises:
        BadValue: there is none.
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    if "\n— " in text:
        return [_of_note(read_note(text.rstrip("\n") + "\n"), source)]
    anchors, begin = [], 0
    for found in _ROOT.finditer(text):
        sizes = _SIZE.findall(text[begin : found.start()])
        if sizes:
            anchors.append(Anchor(int(sizes[-1]), bytes.fromhex("".join(found[0].split())), source))
        begin = found.end()
    if not anchors:
        raise BadValue(
            "against", source, expected=Phrase("a signed note, or lines with a size and a root of 64 hex digits")
        )
    return anchors


def _of_note(note: Note, source: str) -> Anchor:
    origin, *lines = note.text.split("\n")
    try:
        size, root = int(lines[0]), b64decode(lines[1], validate=True)
    except (IndexError, ValueError, binascii.Error) as error:
        raise BadValue("note", source, expected=Phrase("a checkpoint: origin, size, root")) from error
    if not origin or str(size) != lines[0] or size < 0 or len(root) != 32:
        raise BadValue("note", source, expected=Phrase("a checkpoint: origin, size, root of 32 bytes in base64"))
    return Anchor(size, root, source, origin, note)


def anchors_of(against: Against) -> Sequence[Anchor]:
    """What a register is to be held against.

    Raises:
        BadValue: there is no anchor in it.
    """
    if against is None:
        return ()
    if isinstance(against, Anchor):
        return (against,)
    if isinstance(against, Path):
        try:
            return read_anchors(against.read_text(encoding="utf-8"), str(against))
        except UnicodeDecodeError as error:
            raise BadValue("against", str(against), expected=Phrase("a text: a note or minutes")) from error
    if isinstance(against, str):
        return read_anchors(against, "the text given")
    return tuple(against)
