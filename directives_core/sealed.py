"""Sealed values: personal names kept encrypted, one key per subject, so that destroying the key erases the name.

The log, its proofs and the timeline hold the ciphertext alone (AES-256-GCM, NIST SP 800-38D); views open it when they
show it. A value whose key was destroyed is shown as erased; one whose key was never brought along says so.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping

from directives_core.errors import DamagedStore
from directives_core.language import Phrase
from directives_core.values import Frozen

__all__ = ["ERASED", "NOT_HERE", "KeyRing", "Sealed", "new_key", "not_opened", "open_sealed", "seal"]

ERASED = "[erased]"
"""What is shown for a value whose key was destroyed."""
NOT_HERE = "[key not here]"
"""What is shown for a value whose key lies elsewhere, as in a copy that was made without keys."""


class Sealed(Frozen):
    """A value that only the key of its subject opens; `nonce` and `box` in base64."""

    subject: str
    nonce: str
    box: str


class KeyRing(dict[str, bytes]):
    """Keys by subject; `elsewhere` are the subjects that were asked for, have no key here and were not erased."""

    elsewhere: frozenset[str] = frozenset()


def not_opened(subject: str, keys: Mapping[str, bytes]) -> str:
    """What is shown for a value of a subject that has no key among these."""
    return NOT_HERE if isinstance(keys, KeyRing) and subject in keys.elsewhere else ERASED


def new_key() -> bytes:
    """A fresh random key of 256 bits."""
    from secrets import token_bytes  # as cryptography below: needed by writers of names only

    return token_bytes(32)


def seal(value: str, subject: str, key: bytes) -> Sealed:
    """Encrypt a value under the key of its subject; the subject is bound to it."""
    from secrets import token_bytes

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # dear to import, needed by writers of names only

    nonce = token_bytes(12)
    box = AESGCM(key).encrypt(nonce, value.encode(), subject.encode())
    return Sealed(subject=subject, nonce=b64encode(nonce).decode(), box=b64encode(box).decode())


def open_sealed(sealed: Sealed, keys: Mapping[str, bytes]) -> str:
    """The value, or what `not_opened` says where the key of its subject is missing.

    Raises:
        DamagedStore: the key does not fit the value: one of the two was changed.
    """
    key = keys.get(sealed.subject)
    if key is None:
        return not_opened(sealed.subject, keys)
    from cryptography.exceptions import InvalidTag  # as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(b64decode(sealed.nonce), b64decode(sealed.box), sealed.subject.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise DamagedStore(
            Phrase("the register"), why=Phrase("the sealed value of {subject} does not open", subject=sealed.subject)
        ) from error
