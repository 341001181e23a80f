"""Proof of the register: checkpoints, taken on demand and when a meeting closes, and verifying."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Unpack

from directives_core.codec import from_microseconds, to_microseconds
from directives_core.directive.evolve import RULES
from directives_core.errors import (
    BadValue,
    CheckFailed,
    Misuse,
    UnknownPosition,
)
from directives_core.language import Phrase
from directives_core.register.checkpoints import TakenCheckpoint
from directives_core.register.erasing import ErasingWrites
from directives_core.register.how import How
from directives_core.register.session import Session
from directives_core.results import Name
from directives_core.store import Checkpoint, ReadTransaction, Record
from directives_core.values import replace

if TYPE_CHECKING:
    from directives_core.proof.anchors import Against
    from directives_core.proof.notes import Signer, VerifierKey
    from directives_core.proof.timestamps import Stamper, StampReader
    from directives_core.proof.tree import Frontier
    from directives_core.proof.verify import Progress, Verification

__all__ = ["ProofWrites", "TakenCheckpoint"]

_AT_ONCE = 2_048


class ProofWrites(ErasingWrites):
    """What makes a register tamper-evident. It is not tamper-proof: see docs/explanation/what-a-proof-shows.md."""

    _signer: Signer | None = None
    _stamper: Stamper | None = None

    @property
    def origin(self) -> str:
        """The first line of the register's notes, and the name of its keys: `directives/` and the register's id."""
        from directives_core.proof.anchors import origin_of

        return origin_of(self.register_id)

    def sign_with(self, signer: Signer | None) -> None:
        """Sign the checkpoints that this object takes from now on, also those taken when a meeting closes.

        Args:
            signer: a `KeyFile`, a `NoteSigner`, or an object of the embedding application's own; none: do not sign.
        """
        self._signer = signer

    def stamp_with(self, stamper: Stamper | None) -> None:
        """Have the checkpoints that this object takes from now on stamped by an authority of RFC 3161.

        Args:
            stamper: a `directives_adapters.timestamps.TimeStampServer`, or another `Stamper`; none: do not stamp.
        """
        self._stamper = stamper

    # ------------------------------------------------------------------------------------------------- checkpoints

    def checkpoint(
        self, *, size: int | None = None, signer: Signer | None = None, stamper: Stamper | None = None
    ) -> TakenCheckpoint:
        """Keep what the log is now, so that a later change of it shows. Costs the events since the last checkpoint.

        The root is worth what is kept of it elsewhere: print `minutes`, or give the note to somebody.

        Args:
            size: of the first so many events; by default of all.
            signer: signs the note; by default the one of `sign_with`. Without any the root is kept unsigned.
            stamper: stamps it; by default the one of `stamp_with`. Where it is away the checkpoint is kept without a
                stamp, and says so in its `warnings`; taken again later, the same checkpoint is stamped then.

        Returns:
            The checkpoint; the one that is kept already, where nothing was added to the log or to its signatures.

        Raises:
            UnknownPosition: the register has fewer events.
            CheckFailed: the log or the last checkpoint was changed; nothing was kept.
            BadValue: the signer is that of another register, or its signature is none.
            Misuse: a batch is open in this thread.
        """
        from directives_core.proof.anchors import note_text

        if getattr(self._here, "batch", None) is not None:
            raise Misuse(Phrase("a batch is open in this thread; take the checkpoint when it is written"))
        with self._store.read() as transaction:
            last_position = transaction.head().position
            wanted = last_position if size is None else size
            if not 1 <= wanted <= last_position:
                raise UnknownPosition(wanted, last=last_position)
            before = transaction.last_checkpoint(wanted)
            frontier = _carried_on(transaction, before, wanted)
        same = before if before is not None and before.size == wanted else None
        rules = same.rules if same else RULES
        text = note_text(self.origin, wanted, frontier.root, rules)
        note = _signed(text, same, signer or self._signer, self.origin)
        taken = Checkpoint(wanted, frontier.root, rules, note, frontier.packed, to_microseconds(self._now()))
        if same is not None and same.note == note:
            taken = same
        else:
            self._keep(taken)
        stamping = stamper or self._stamper
        return self._taken(taken) if stamping is None else self._stamped(taken, text, stamping)

    def _keep(self, checkpoint: Checkpoint) -> None:
        with self._store.write() as writing:
            writing.add_checkpoint(checkpoint)

    def _stamped(self, kept: Checkpoint, text: str, stamper: Stamper) -> TakenCheckpoint:
        """The checkpoint, which is kept already, with a time stamp below all signatures; asked for without any lock."""
        from directives_core.proof.notes import Note, read_note
        from directives_core.proof.timestamps import stamped, stamps_of, to_be_stamped

        note = read_note(kept.note) if kept.note is not None else Note(text)
        below = [each.name for each in note.signatures]
        if any(stamp.name == stamper.name for stamp in stamps_of(note)):
            below = below[len(below) - below[::-1].index(stamper.name) :]
            if self.origin not in below:
                return self._taken(kept)
        try:
            response = stamper.stamp(to_be_stamped(note))
        except Misuse:
            raise
        except Exception as error:  # noqa: BLE001 - a stamper is anybody's code, and costs a stamp at most
            warning = Phrase("the checkpoint has no time stamp: {why}", why=error)
            return replace(self._taken(kept), warnings=(warning,))
        kept = kept._replace(note=str(stamped(note, stamper.name, response)))
        self._keep(kept)
        return self._taken(kept)

    def checkpoints(self) -> list[TakenCheckpoint]:
        """Every checkpoint that is kept, by size."""
        with self._store.read() as transaction:
            return [self._taken(kept) for kept in transaction.checkpoints()]

    def records(self, *, to: int | None = None) -> Iterator[Record]:
        """The records as they are stored, byte for byte, up to a position: what the leaves cover.

        They are read in pieces; no transaction stays open while the caller works.
        """
        position = 0
        while True:
            with self._store.read() as transaction:
                chunk = list(transaction.records(after=position, to=to, limit=_AT_ONCE))
            if not chunk:
                return
            yield from chunk
            position = chunk[-1].position

    def _taken(self, kept: Checkpoint) -> TakenCheckpoint:
        taken_at = from_microseconds(kept.taken_at).astimezone(self.zone)
        return TakenCheckpoint(self.origin, kept.size, kept.root, kept.rules, kept.note, taken_at)

    def close_meeting(self, name: str, *, on: dt.date | str | None = None, **how: Unpack[How]) -> Name:
        """Close a meeting: what it could see ends here, or, if it is closed after its day, at the end of that day.

        When the closing is written, a checkpoint is taken of the log up to it. The closing stands though that fails: it
        is then told as a warning, and the next checkpoint covers the same events.

        Args:
            name: its name; a meeting that was not opened is opened with it.
            on: the day on which it was held; by default the day it was opened for, else today.
            how: see `How`.

        Raises:
            MeetingClosedBefore: it is closed already.
            InTheFuture: its day lies ahead.
        """
        closed = super().close_meeting(name, on=on, **how)
        batch = getattr(self._here, "batch", None)
        if batch is not None:
            batch.session.closed.append(closed)
        else:
            self._take_for(closed)
        return closed

    def _committed(self, session: Session) -> None:
        for closed in session.closed:
            self._take_for(closed)

    def _take_for(self, closed: Name) -> None:
        """Take the checkpoint of a closing that is committed; nothing that fails here may undo or hide it."""
        try:
            warnings = self.checkpoint(size=max(closed.positions)).warnings
        except Exception as error:  # noqa: BLE001 - a signer is anybody's code
            said = "{closed} is closed, but no checkpoint was taken ({error}); take one when that is mended"
            warnings = (Phrase(said, closed=closed, error=error),)
        closed.told = replace(closed.told, warnings=(*closed.told.warnings, *warnings))

    # --------------------------------------------------------------------------------------------------- verifying

    def verify(
        self,
        *,
        size: int | None = None,
        against: Against = None,
        keys: Sequence[VerifierKey] = (),
        stamps: StampReader | None = None,
        progress: Progress | None = None,
    ) -> Verification:
        """Read the whole log once and compare it with every checkpoint that is kept, and with what is given.

        Args:
            size: only the first so many events.
            against: what was kept elsewhere: a note, minutes with a size and a root, a file with either, or `Anchor`s.
            keys: verifier keys that are trusted; without any, signatures are not checked.
            stamps: reads time stamps by the authorities that are trusted, such as
                `directives_adapters.timestamps.stamp_reader`; without it they are not checked.
            progress: told now and then how many events are done, of how many.

        Returns:
            What was found, and how far it reaches: see `Verification`.

        Raises:
            BadValue: nothing can be compared with what is given.
        """
        from directives_core.proof.anchors import anchors_of
        from directives_core.proof.verify import verify

        anchors = anchors_of(against)
        if size is not None and size < 1:
            raise BadValue("size", size, expected=Phrase("a number of events, at least 1"))
        with self._store.read() as transaction:
            wanted = transaction.head().position if size is None else size
            end = min(max(wanted, *(anchor.size for anchor in anchors), 0), 2**63 - 1)  # as far as a database counts
            kept = [each for each in transaction.checkpoints() if size is None or each.size <= size]
            return verify(
                transaction.records(to=end), size=wanted, origin=self.origin, checkpoints=kept, anchors=anchors,
                keys=keys, stamps=stamps, progress=progress,
            )  # fmt: skip


def _carried_on(transaction: ReadTransaction, before: Checkpoint | None, size: int) -> Frontier:
    """The frontier of the first `size` records, from the last checkpoint on.

    Raises:
        CheckFailed: the checkpoint contradicts itself, or records are missing after it.
    """
    from directives_core.proof.records import leaves_of
    from directives_core.proof.tree import Frontier

    frontier = Frontier()
    if before is not None:
        try:
            frontier = Frontier(before.size, before.frontier)
        except ValueError as error:
            raise CheckFailed(
                [Phrase("the kept checkpoint of size {size} was changed: {error}", size=before.size, error=error)]
            ) from error
        if frontier.root != before.root:
            raise CheckFailed(
                [Phrase("the kept checkpoint of size {size} was changed: its root is another", size=before.size)]
            )
    records = transaction.records(after=frontier.size, to=size)
    while chunk := list(islice(records, _AT_ONCE)):
        if chunk[-1].position != frontier.size + len(chunk):
            raise CheckFailed(
                [
                    Phrase(
                        "events are missing between {size} and {position}",
                        size=frontier.size,
                        position=chunk[-1].position,
                    )
                ]
            )
        frontier.extend(leaves_of(chunk))
    if frontier.size != size:
        raise CheckFailed([Phrase("events are missing between {first} and {last}", first=frontier.size, last=size)])
    return frontier


def _signed(text: str, same: Checkpoint | None, signer: Signer | None, origin: str) -> str | None:
    """The note with the signer's signature below it, after those that the same checkpoint has already."""
    from directives_core.proof.notes import Note, read_note, sign, verified

    known = same.note if same is not None else None
    if signer is None:
        return known
    key = signer.verifier
    if key.name != origin:
        raise BadValue("signer", key.name, expected=Phrase("a key of this register, called {origin}", origin=origin))
    note = read_note(known) if known is not None else Note(text)
    if note.text == text and verified(note, [key]):
        return known
    note = sign(note if note.text == text else Note(text), signer)
    if not verified(note, [key]):
        raise BadValue("signer", key.name, expected=Phrase("signatures that its own verifier key accepts"))
    return str(note)
