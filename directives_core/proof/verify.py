"""Verifying: one pass over the log against every checkpoint that is kept and every anchor from outside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from directives_core.errors import BadValue, CheckFailed
from directives_core.language import Phrase
from directives_core.proof.anchors import Anchor, read_anchors
from directives_core.proof.notes import VerifierKey, verified
from directives_core.proof.records import leaves_of
from directives_core.proof.tree import Frontier
from directives_core.store import Checkpoint, Record

__all__ = ["Compared", "Progress", "Verification", "verify"]

Progress = Callable[[int, int], None]
"""Told how far the work has come: records done, and all."""

_AT_ONCE = 2_048  # a power of two: whole subtrees are hashed level by level
_MOST_PROBLEMS = 100


@dataclass(slots=True)
class Compared:
    """One root that was claimed, and whether the log has it: `ok` is none until the log was read so far."""

    size: int
    root: bytes
    source: str
    ok: bool | None = None
    signed_by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON."""
        shown = {"size": self.size, "root": self.root.hex(), "ok": bool(self.ok)}
        return shown | {"source": self.source, "signed_by": list(self.signed_by)}


@dataclass(slots=True)
class Verification:
    """What was found.

    `size` and `root` are those of the log as it was read; `checkpoints` those kept beside it, `against` those given
    from outside. `in_doubt` are the first and last position between the last root that agrees and the first that does
    not. `proved` and `not_proved` say in sentences how far the finding reaches.
    """

    size: int
    root: bytes
    checkpoints: list[Compared] = field(default_factory=list)
    against: list[Compared] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    in_doubt: tuple[int, int] | None = None
    proved: list[str] = field(default_factory=list)
    not_proved: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """The finding in the shape of the command line's JSON."""
        return {
            "ok": self.ok, "size": self.size, "root": self.root.hex(),
            "checkpoints": [each.as_json() for each in self.checkpoints], "problems": list(self.problems),
            "against": [each.as_json() for each in self.against],
            "in_doubt": list(self.in_doubt) if self.in_doubt else None,
            "proved": list(self.proved), "not_proved": list(self.not_proved),
        }  # fmt: skip

    def refuse_if_failed(self) -> None:
        """Raise what was found.

        Raises:
            CheckFailed: something was.
        """
        if self.problems:
            raise CheckFailed(self.problems)


def verify(
    records: Iterable[Record],
    *,
    size: int,
    origin: str,
    checkpoints: Sequence[Checkpoint] = (),
    anchors: Sequence[Anchor] = (),
    keys: Sequence[VerifierKey] = (),
    progress: Progress | None = None,
) -> Verification:
    """Read a log once, in constant memory, and compare its roots.

    Args:
        records: the log from its beginning, in order of position, as far as `size` or the greatest of the anchors.
        size: how many events are verified.
        origin: the origin line of the register's notes.
        checkpoints: those kept beside the log, of at most that size.
        anchors: what is held against it from outside.
        keys: the verifier keys that are trusted; without any, signatures are not checked.
        progress: told now and then how many records are done.
    """
    kept = [Compared(each.size, each.root, Phrase("kept beside the log")) for each in checkpoints]
    outside = [Compared(each.size, each.root, each.source) for each in anchors]
    finding = Verification(size, b"", kept, outside)
    for compared, checkpoint in zip(kept, checkpoints, strict=True):
        _judge_kept(compared, checkpoint, origin, keys, finding)
    for compared, anchor in zip(outside, anchors, strict=True):
        _judge_note(compared, anchor, origin, keys, finding)
    _read(iter(records), finding, progress or (lambda done, all_: None))
    _narrow(finding)
    _conclude(finding, bool(keys))
    return finding


# --------------------------------------------------------------------------------------------------- reading the log


def _read(records: Iterator[Record], finding: Verification, progress: Progress) -> None:
    """Hash the log, stopping at every size of which a root is claimed."""
    claims = [*finding.checkpoints, *finding.against]
    sizes = sorted({finding.size, *(claim.size for claim in claims)})
    frontier, order = Frontier(), _Order(finding.problems)
    for size in sizes:
        while frontier.size < size:
            chunk = list(islice(records, min(_AT_ONCE, size - frontier.size)))
            if not chunk:
                break
            order.follow(chunk)
            frontier.extend(leaves_of(chunk))
            progress(frontier.size, sizes[-1])
        if size == finding.size or frontier.size < size <= finding.size:
            finding.size, finding.root = frontier.size, frontier.root
        for claim in claims:
            if claim.size == size:
                claim.ok = claim.ok is not False and frontier.size == size and frontier.root == claim.root
        if frontier.size < size:
            finding.problems.append(
                Phrase(
                    "the log ends after {size} events; {spoken_of} are spoken of", size=frontier.size, spoken_of=size
                )
            )
            break
    for claim in claims:
        claim.ok = bool(claim.ok)


class _Order:
    """Whether positions follow one another and times never go back."""

    def __init__(self, problems: list[str]) -> None:
        self._problems = problems
        self._position, self._recorded_at = 0, -(2**63)

    def follow(self, chunk: Sequence[Record]) -> None:
        """Look at the next records; they come in order of position, so that the ends of the chunk show any gap."""
        times = [record.recorded_at for record in chunk]
        whole = chunk[0].position == self._position + 1 and chunk[-1].position == self._position + len(chunk)
        if not whole or times[0] < self._recorded_at or times != sorted(times):
            for record in chunk:
                self._look(record)
        self._position, self._recorded_at = chunk[-1].position, times[-1]

    def _look(self, record: Record) -> None:
        if record.position != self._position + 1:
            self._say(
                Phrase(
                    "after position {position} comes {found}: events are missing or were moved",
                    position=self._position,
                    found=record.position,
                )
            )
        if record.recorded_at < self._recorded_at:
            self._say(
                Phrase("position {position} was recorded before the one in front of it", position=record.position)
            )
        self._position, self._recorded_at = record.position, record.recorded_at

    def _say(self, problem: str) -> None:
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(problem)


# ------------------------------------------------------------------------------------------------ judging what is kept


def _judge_kept(
    compared: Compared, checkpoint: Checkpoint, origin: str, keys: Sequence[VerifierKey], finding: Verification
) -> None:
    """Whether a checkpoint agrees with itself: its frontier with its root, its note with both."""
    where = Phrase("the kept checkpoint of size {size}", size=checkpoint.size)
    try:
        fits = Frontier(checkpoint.size, checkpoint.frontier).root == checkpoint.root
    except ValueError:
        fits = False
    if not fits:
        _object(
            compared,
            finding,
            Phrase("{where} was changed: its frontier and its root do not belong together", where=where),
        )
    if checkpoint.note is None:
        return
    try:
        (anchor,) = read_anchors(checkpoint.note, where)
    except (BadValue, ValueError):
        _object(compared, finding, Phrase("{where} was changed: its note cannot be read", where=where))
        return
    if anchor.note is None or (anchor.size, anchor.root) != (checkpoint.size, checkpoint.root):
        _object(compared, finding, Phrase("{where} was changed: its note speaks of another size or root", where=where))
    elif f"rules {checkpoint.rules}" not in anchor.note.text.split("\n")[3:]:
        _object(compared, finding, Phrase("{where} was changed: its note speaks of other rules", where=where))
    _judge_note(compared, anchor, origin, keys, finding)


def _judge_note(
    compared: Compared, anchor: Anchor, origin: str, keys: Sequence[VerifierKey], finding: Verification
) -> None:
    """Whether a note is of this register and, where keys are given, signed by one of them."""
    if anchor.origin is not None and anchor.origin != origin:
        _object(
            compared,
            finding,
            Phrase("{source} is of another register: {origin}", source=anchor.source, origin=anchor.origin),
        )
    if anchor.note is None or not keys:
        return
    signers = verified(anchor.note, keys)
    compared.signed_by = tuple(f"{key.name}+{key.id.hex()}" for key in signers)
    if not signers:
        _object(
            compared,
            finding,
            Phrase("{source} is not signed by any of the keys given, or was changed", source=anchor.source),
        )


def _object(compared: Compared, finding: Verification, problem: str) -> None:
    compared.ok = False
    finding.problems.append(problem)


def _narrow(finding: Verification) -> None:
    """Name the first root that disagrees, and the positions in doubt."""
    claims = sorted([*finding.checkpoints, *finding.against], key=lambda each: each.size)
    wrong = next((claim for claim in claims if not claim.ok), None)
    if wrong is None:
        return
    agreeing = max((claim.size for claim in claims if claim.ok and claim.size < wrong.size), default=0)
    finding.in_doubt = (agreeing + 1, wrong.size)
    finding.problems.append(
        Phrase(
            "the first root that disagrees is that of size {size} ({source}): in doubt are positions {first} to {size}",
            size=wrong.size,
            source=wrong.source,
            first=agreeing + 1,
        )
    )


def _conclude(finding: Verification, has_keys: bool) -> None:
    agreeing = [claim for claim in (*finding.checkpoints, *finding.against) if claim.ok]
    covered = max((claim.size for claim in agreeing), default=0)
    wrong_before = finding.in_doubt is not None and finding.in_doubt[0] <= covered
    if covered and not wrong_before:
        finding.proved.append(
            Phrase.counted(
                "events 1 to {covered} are byte for byte, and in the order, what they were when "
                "{n} root of at most that size were taken",
                "events 1 to {covered} are byte for byte, and in the order, what they were when "
                "{n} roots of at most that size were taken",
                len(agreeing),
                covered=covered,
            )
        )
    signers = dict.fromkeys(name for claim in agreeing for name in claim.signed_by)
    if signers:
        finding.proved.append(Phrase("notes among these are signed by {signers}", signers=", ".join(signers)))
    finding.proved += [
        Phrase("the log agrees with {source}", source=claim.source) for claim in finding.against if claim.ok
    ]
    if finding.size == covered + 1:
        finding.not_proved.append(Phrase("event {size}: no root covers it", size=finding.size))
    elif finding.size > covered:
        finding.not_proved.append(
            Phrase("events {first} to {last}: no root covers them", first=covered + 1, last=finding.size)
        )
    if not finding.against:
        finding.not_proved.append(
            Phrase(
                "that log and checkpoints were not rewritten together: hold against it a note or minutes kept elsewhere"
            )
        )
    if not has_keys:
        finding.not_proved.append(Phrase("signatures: no key was given to check them by"))
    finding.not_proved.append(Phrase("that what was entered is true, and that everything was entered"))
