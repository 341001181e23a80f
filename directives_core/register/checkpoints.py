"""Checkpoints as they are given to whoever took them, and the lines of them that go into minutes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from directives_core.language import Phrase

if TYPE_CHECKING:
    from directives_core.proof.anchors import Anchor

__all__ = ["TakenCheckpoint"]


class TakenCheckpoint(Struct, frozen=True):
    """What the log was when it had `size` events: its root, the version of the fold, and the note, if there is one.

    The note carries the signatures and time stamps; `warnings` are sentences about what is missing below it.
    """

    origin: str
    size: int
    root: bytes
    rules: int
    note: str | None
    taken_at: dt.datetime
    warnings: tuple[str, ...] = ()

    @property
    def minutes(self) -> str:
        """The lines for the minutes: origin, size and root."""
        from directives_core.proof.anchors import minutes

        return minutes(self.origin, self.size, self.root)

    @property
    def signed(self) -> bool:
        """Whether a key of the register signed the note; whether it is trusted, verifying says."""
        from directives_core.proof.notes import read_note

        return self.note is not None and any(each.name == self.origin for each in read_note(self.note).signatures)

    @property
    def stamped_by(self) -> tuple[str, ...]:
        """The authorities whose time stamps the note carries; whether they hold, verifying says."""
        from directives_core.proof.notes import read_note
        from directives_core.proof.timestamps import stamps_of

        return tuple(stamp.name for stamp in stamps_of(read_note(self.note))) if self.note else ()

    @property
    def anchor(self) -> Anchor:
        """The checkpoint as it can be held against a register later."""
        from directives_core.proof.anchors import Anchor
        from directives_core.proof.notes import read_note

        note = read_note(self.note) if self.note else None
        return Anchor(self.size, self.root, Phrase("the checkpoint of size {size}", size=self.size), self.origin, note)

    def as_json(self) -> dict[str, Any]:
        """The checkpoint as JSON."""
        return {
            "origin": self.origin, "size": self.size, "root": self.root.hex(), "rules": self.rules, "note": self.note,
            "taken_at": self.taken_at.isoformat(), "minutes": self.minutes, "signed": self.signed,
            "stamped_by": list(self.stamped_by), "warnings": list(self.warnings),
        }  # fmt: skip
