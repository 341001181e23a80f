"""Time stamps: what an authority said of a note, as one more line below it, and who makes and reads such stamps.

A line has the form of C2SP signed-note with a kind of our own: the name of the authority, four bytes of
SHA-256(name || 0x0A || 0xff || `directives/rfc3161`), and the response of RFC 3161 in DER. It stamps the SHA-256 of all
that stands above it in the note: the text, the blank line, and the signatures of then. So a note carries its stamps
wherever it is copied, and other tools pass them over as signatures of keys that they do not know.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from directives_core.proof.notes import Note, Signature

__all__ = ["Stamp", "StampReader", "Stamper", "stamped", "stamps_of", "to_be_stamped"]

_KIND = b"\xffdirectives/rfc3161"


@dataclass(frozen=True, slots=True)
class Stamp:
    """One time stamp of a note: whose it says it is, the response of the authority in DER, and the bytes it stamps."""

    name: str
    response: bytes
    message: bytes


class Stamper(Protocol):
    """An authority that can be asked for a stamp."""

    @property
    def name(self) -> str:
        """How it is called in notes, without blanks and plus signs, such as the host of a server."""
        ...

    def stamp(self, message: bytes) -> bytes:
        """The response of RFC 3161 over the SHA-256 of the bytes, in DER.

        Raises:
            NoTimeStamp: there is none to be had now.
        """
        ...


StampReader = Callable[[Stamp], dt.datetime]
"""Gives the instant that a stamp attests, by authorities that are trusted; raises `CheckFailed` where it fails."""


def to_be_stamped(note: Note) -> bytes:
    """The bytes that a stamp below a note covers."""
    return str(note).encode()


def stamped(note: Note, name: str, response: bytes) -> Note:
    """The note with the stamp of an authority below it."""
    return Note(note.text, (*note.signatures, Signature(name, _id(name), response)))


def stamps_of(note: Note) -> list[Stamp]:
    """The time stamps below a note."""
    return [
        Stamp(each.name, each.data, to_be_stamped(Note(note.text, note.signatures[:above])))
        for above, each in enumerate(note.signatures)
        if each.key_id == _id(each.name)
    ]


def _id(name: str) -> bytes:
    return sha256(name.encode() + b"\n" + _KIND).digest()[:4]
