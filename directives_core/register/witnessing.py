"""Witnesses of the register: what is sent to a second office, and what comes back."""

from directives_core.errors import BadValue, CheckFailed, UnknownPosition
from directives_core.language import Phrase
from directives_core.register.proving import ProofWrites, TakenCheckpoint

__all__ = ["WitnessWrites"]


class WitnessWrites(ProofWrites):
    """Signatures of others under the notes of the register."""

    def witness_request(self, *, since: int = 0) -> str:
        """Take a checkpoint, and say what a witness needs to sign it: see `directives_core.proof.witness`.

        Args:
            since: the size that the witness saw last; 0 where it never saw this register.

        Raises:
            BadValue: no key signs the notes of this register; a witness signs no other.
            UnknownPosition: the register never had that size.
        """
        from directives_core.proof.notes import read_note
        from directives_core.proof.records import leaf_of
        from directives_core.proof.tree import Subtrees, consistency_ranges
        from directives_core.proof.witness import witness_request

        taken = self.checkpoint()
        if taken.note is None or not taken.signed:
            raise BadValue("signer", None, expected=Phrase("a key that signs the note: sign_with, or --keys FILE"))
        if not 0 <= since <= taken.size:
            raise UnknownPosition(since, last=taken.size)
        ranges = consistency_ranges(since, taken.size)
        subtrees = Subtrees(ranges)
        if ranges:
            subtrees.extend(leaf_of(record) for record in self.records(to=taken.size))
        return witness_request(since, subtrees.proof(ranges), read_note(taken.note))

    def keep_signatures(self, note: str) -> TakenCheckpoint:
        """Keep the signatures that others put below a note of this register, beside those that it has.

        Raises:
            CheckFailed: there is no checkpoint of that size and text.
            BadValue: it is no note.
        """
        from directives_core.proof.anchors import read_anchors
        from directives_core.proof.notes import Note, read_note

        (anchor,) = read_anchors(note, "the note")
        with self._store.read() as transaction:
            kept = transaction.last_checkpoint(anchor.size)
        if kept is None or kept.note is None or anchor.note is None or read_note(kept.note).text != anchor.note.text:
            raise CheckFailed(
                [Phrase("no signed checkpoint of size {size} has the text of this note", size=anchor.size)]
            )
        known = read_note(kept.note)
        merged = str(Note(known.text, tuple(dict.fromkeys((*known.signatures, *anchor.note.signatures)))))
        if merged != kept.note:
            kept = kept._replace(note=merged)
            with self._store.write() as writing:
                writing.add_checkpoint(kept)
        return self._taken(kept)
