"""Signed notes: a text that ends with a line end, a blank line, and lines with signatures over it.

The form is C2SP signed-note, with Ed25519 signatures (RFC 8032), and C2SP tlog-cosignature for those of witnesses. A
verifier key is `name+id+base64`, a signer key `PRIVATE+KEY+name+id+base64`; the id is the first four bytes of
SHA-256(name || 0x0A || kind || public key), in hexadecimal.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from directives_core.errors import BadValue
from directives_core.language import Phrase

__all__ = [
    "COSIGNATURE", "ED25519", "Note", "NoteSigner", "Signature", "Signer", "VerifierKey", "new_signer", "read_note",
    "sign", "verified",
]  # fmt: skip

ED25519 = 1
"""The kind of key that signs the text alone."""
COSIGNATURE = 4
"""The kind of key by which a witness signs the text and the second at which it did: cosignature/v1."""

_PRIVATE = "PRIVATE+KEY+"
_DASH = "— "
_MOST_BYTES, _MOST_SIGNATURES = 1_000_000, 100


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public half of a key: its name, its kind (`ED25519` or `COSIGNATURE`), 32 bytes."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """The key that a line such as `directives/5f…+c74f20a3+ARpc…` stands for.

        Raises:
            BadValue: it is none, or its id is not that of its bytes.
        """
        name, _, rest = text.strip().partition("+")
        id_, _, encoded = rest.partition("+")
        data = _base64(encoded)
        if data is None or len(data) != 33 or data[0] not in (ED25519, COSIGNATURE) or not _is_name(name):
            raise BadValue("key", text, expected=Phrase("a verifier key: name+id+base64"))
        key = cls(name, data[0], data[1:])
        if key.id.hex() != id_:
            raise BadValue(
                "key", text, expected=Phrase("a verifier key whose id is that of its bytes, {id}", id=key.id.hex())
            )
        return key

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return _key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"

    def fits(self, text: str, signature: "Signature") -> bool:
        """Whether the signature is one over the text by this key."""
        from cryptography.exceptions import InvalidSignature  # dear to import, needed by those alone who use keys
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        message, signed = text.encode(), signature.data
        if self.kind == COSIGNATURE:
            if len(signed) != 72:
                return False
            message, signed = _cosigned(int.from_bytes(signed[:8], "big"), text), signed[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signed, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer(Protocol):
    """What signs notes: a `NoteSigner`, or what an embedding application puts in front of its own key store."""

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature over the bytes: 64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A key that is held here: `seed` is the secret of 32 bytes."""

    verifier: VerifierKey
    seed: bytes

    def __repr__(self) -> str:
        return f"NoteSigner({self.verifier})"

    @classmethod
    def read(cls, text: str) -> "NoteSigner":
        """The signer that a line such as `PRIVATE+KEY+name+id+base64` stands for.

        Raises:
            BadValue: it is none; the message does not repeat it.
        """
        name, _, rest = text.strip().removeprefix(_PRIVATE).partition("+")
        id_, _, encoded = rest.partition("+")
        data = _base64(encoded)
        refusal = BadValue(
            Phrase("signer key"), "…", expected=Phrase("PRIVATE+KEY+name+id+base64, whole and unchanged")
        )
        if not text.startswith(_PRIVATE) or data is None or len(data) != 33 or not _is_name(name):
            raise refusal
        signer = _signer(name, data[0], data[1:])
        if data[0] not in (ED25519, COSIGNATURE) or signer.verifier.id.hex() != id_:
            raise refusal
        return signer

    @property
    def text(self) -> str:
        """The line to keep secret."""
        key = self.verifier
        return f"{_PRIVATE}{key.name}+{key.id.hex()}+{b64encode(bytes([key.kind]) + self.seed).decode()}"

    def sign(self, message: bytes) -> bytes:
        """See `Signer`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)


def new_signer(name: str, *, kind: int = ED25519) -> NoteSigner:
    """A fresh random key.

    Args:
        name: whose it is, without blanks and plus signs: the origin of a register, or the name of a witness.
        kind: `ED25519`, or `COSIGNATURE` for a witness.

    Raises:
        BadValue: the name will not do.
    """
    import secrets

    if not _is_name(name):
        raise BadValue(Phrase("name of a key"), name, expected=Phrase("a name without blanks and plus signs"))
    return _signer(name, kind, secrets.token_bytes(32))


def _signer(name: str, kind: int, seed: bytes) -> NoteSigner:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return NoteSigner(VerifierKey(name, kind, public), seed)


# ------------------------------------------------------------------------------------------------------------- notes


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it says it is, and the bytes after the id."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.data).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line end, and what stands below it."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


def read_note(text: str) -> Note:
    """The note that a text is; signatures are not checked here.

    Raises:
        BadValue: it is no signed note.
    """
    refusal = BadValue(
        "note", text[:60], expected=Phrase("a signed note: text, a blank line, lines that begin with a dash")
    )
    body, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n") or len(text) > _MOST_BYTES or _has_controls(text):
        raise refusal
    signatures = tuple(map(_signature, below[:-1].split("\n")))
    found = tuple(each for each in signatures if each is not None)
    if len(found) != len(signatures) or len(found) > _MOST_SIGNATURES:
        raise refusal
    return Note(body + "\n", found)


def sign(note: Note, signer: Signer, *, second: int | None = None) -> Note:
    """The note with one more signature below it.

    Args:
        note: what is signed; the signatures that it has stay.
        signer: the key.
        second: for the key of a witness, when it signs: seconds since 1970-01-01 UTC.
    """
    key = signer.verifier
    if key.kind == COSIGNATURE:
        if second is None or second < 0:
            raise BadValue("second", second, expected=Phrase("the second at which the witness signs"))
        data = second.to_bytes(8, "big") + signer.sign(_cosigned(second, note.text))
    else:
        data = signer.sign(note.text.encode())
    return Note(note.text, (*note.signatures, Signature(key.name, key.id, data)))


def verified(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """The keys among these by which the note is signed, in the order of its lines.

    A signature that names a key, by name and id, and is not its own makes the note worthless: none is returned then.
    Signatures of keys that are not known say nothing either way.
    """
    known = {(key.name, key.id): key for key in keys}
    found: dict[VerifierKey, None] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None or key in found:
            continue
        if not key.fits(note.text, signature):
            return ()
        found[key] = None
    return tuple(found)


def _signature(line: str) -> Signature | None:
    name, blank, encoded = line.removeprefix(_DASH).partition(" ")
    data = _base64(encoded)
    if not line.startswith(_DASH) or not blank or data is None or len(data) < 5 or not _is_name(name):
        return None
    return Signature(name, data[:4], data[4:])


def _cosigned(second: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {second}\n{text}".encode()


def _key_id(name: str, kind: int, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(map(str.isspace, name)) and not _has_controls(name)


def _has_controls(text: str) -> bool:
    return any(each < " " and each != "\n" for each in text)


def _base64(text: str) -> bytes | None:
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if b64encode(data).decode() == text else None
