"""Judging what is claimed of a log before it is read: whether checkpoints and notes agree with themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from directives_core.errors import BadValue, CheckFailed
from directives_core.language import Phrase
from directives_core.proof.anchors import Anchor, read_anchors
from directives_core.proof.finding import Compared, Verification
from directives_core.proof.notes import Note, VerifierKey, verified
from directives_core.proof.timestamps import StampReader, stamps_of
from directives_core.proof.tree import Frontier
from directives_core.store import Checkpoint

__all__ = ["Judge"]


@dataclass(frozen=True, slots=True)
class Judge:
    """Who holds claims against the keys and authorities that are trusted, and notes in the finding what is wrong."""

    finding: Verification
    origin: str
    keys: Sequence[VerifierKey]
    stamps: StampReader | None

    def kept(self, compared: Compared, checkpoint: Checkpoint) -> None:
        """Whether a kept checkpoint agrees with itself: its frontier with its root, its note with both."""
        where = Phrase("the kept checkpoint of size {size}", size=checkpoint.size)
        compared.counts = not self.keys
        try:
            fits = Frontier(checkpoint.size, checkpoint.frontier).root == checkpoint.root
        except ValueError:
            fits = False
        if not fits:
            unfit = "{where} was changed: its frontier and its root do not belong together"
            self._object(compared, Phrase(unfit, where=where))
        if checkpoint.note is None:
            return
        try:
            (anchor,) = read_anchors(checkpoint.note, where)
        except (BadValue, ValueError):
            self._object(compared, Phrase("{where} was changed: its note cannot be read", where=where))
            return
        if anchor.note is None or (anchor.size, anchor.root) != (checkpoint.size, checkpoint.root):
            self._object(compared, Phrase("{where} was changed: its note speaks of another size or root", where=where))
        elif f"rules {checkpoint.rules}" not in anchor.note.text.split("\n")[3:]:
            self._object(compared, Phrase("{where} was changed: its note speaks of other rules", where=where))
        self.note(compared, anchor)

    def note(self, compared: Compared, anchor: Anchor) -> None:
        """Whether a note is of this register, and signed and stamped by those who are trusted."""
        if anchor.origin is not None and anchor.origin != self.origin:
            other = Phrase("{source} is of another register: {origin}", source=anchor.source, origin=anchor.origin)
            self._object(compared, other)
        if anchor.note is None:
            return
        self._stamps(compared, anchor.note)
        if not self.keys:
            return
        signers = verified(anchor.note, self.keys)
        compared.signed_by = tuple(f"{key.name}+{key.id.hex()}" for key in signers)
        if signers:
            compared.counts = True
        elif compared.counts or any(each.name == self.origin for each in anchor.note.signatures):
            unsigned = "{source} is not signed by any of the keys given, or was changed"
            self._object(compared, Phrase(unsigned, source=anchor.source))

    def _stamps(self, compared: Compared, note: Note) -> None:
        stamps = stamps_of(note)
        self.finding.stamps += len(stamps)
        if self.stamps is None:
            return
        for stamp in stamps:
            try:
                instant = self.stamps(stamp)
            except CheckFailed as error:
                for problem in error.problems:
                    self._object(compared, problem)
            else:
                compared.stamped = (*compared.stamped, (stamp.name, instant.isoformat()))

    def _object(self, compared: Compared, problem: str) -> None:
        compared.ok = False
        self.finding.problems.append(problem)
