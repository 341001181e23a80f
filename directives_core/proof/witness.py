"""Witnesses: a second office that signs a note only if its log continues the one that it saw last.

The request has the form of C2SP tlog-witness: `old` and the size that the witness saw last, the consistency proof in
base64, a blank line, the note. What the witness adds is a cosignature/v1 of C2SP tlog-cosignature.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence

from directives_core.errors import BadValue, CheckFailed
from directives_core.language import Phrase
from directives_core.proof.anchors import read_anchors
from directives_core.proof.notes import COSIGNATURE, Note, Signer, VerifierKey, read_note, sign, verified
from directives_core.proof.tree import HASH_BYTES, consistent

__all__ = ["witness", "witness_request"]

_MOST_STEPS = 63


def witness_request(old: int, proof: Sequence[bytes], note: Note) -> str:
    """What is sent to a witness that saw the log at `old` events last; 0 where it never did."""
    return "".join([f"old {old}\n", *(f"{b64encode(step).decode()}\n" for step in proof), "\n", str(note)])


def witness(request: str, *, last: str | None, keys: Sequence[VerifierKey], signer: Signer, second: int) -> str:
    """The note with the signature of the witness below it.

    Args:
        request: see `witness_request`.
        last: the note that this witness signed last of the same register; none where there was none.
        keys: the keys of the register that the witness trusts.
        signer: the key of the witness, of the kind `COSIGNATURE`.
        second: when it signs, in seconds since 1970-01-01 UTC.

    Raises:
        CheckFailed: the note is not signed by the register, or its log does not continue the one seen last.
        BadValue: the request has another form, or the key is of another kind.
    """
    if signer.verifier.kind != COSIGNATURE:
        raise BadValue("key", str(signer.verifier), expected=Phrase("the key of a witness"))
    old, proof, note = _read(request)
    (new,) = read_anchors(str(note), "the note of the request")
    if not verified(note, keys):
        raise CheckFailed([Phrase("the note of the request is not signed by any of the keys that this witness trusts")])
    if last is None:
        if old or proof:
            raise CheckFailed(
                [Phrase("the request begins at size {old}, and this witness has seen nothing yet", old=old)]
            )
    else:
        (seen,) = read_anchors(last, "the note seen last")
        if seen.origin != new.origin:
            raise CheckFailed([Phrase("the note seen last is of another register: {origin}", origin=seen.origin)])
        if seen.size != old:
            raise CheckFailed(
                [Phrase("the request begins at size {old}; this witness saw size {size} last", old=old, size=seen.size)]
            )
        if not consistent(seen.size, new.size, proof, seen.root, new.root):
            raise CheckFailed(
                [
                    Phrase(
                        "the log of size {size} does not continue the one of size {seen_size} seen last",
                        size=new.size,
                        seen_size=seen.size,
                    )
                ]
            )
    return str(sign(note, signer, second=second))


def _read(request: str) -> tuple[int, list[bytes], Note]:
    refusal = BadValue(
        "request", request[:40], expected=Phrase("`old SIZE`, the proof in base64, a blank line, the note")
    )
    head, blank, note = request.partition("\n\n")
    first, *lines = head.split("\n")
    word, _, size = first.partition(" ")
    if word != "old" or not size.isdecimal() or not blank or len(lines) > _MOST_STEPS:
        raise refusal
    try:
        proof = [b64decode(line, validate=True) for line in lines]
    except (binascii.Error, ValueError) as error:
        raise refusal from error
    if any(len(step) != HASH_BYTES for step in proof):
        raise refusal
    return int(size), proof, read_note(note)
