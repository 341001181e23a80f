"""Verifying the whole log in one pass: against every checkpoint that is kept, and every anchor from outside."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from directives_core.language import Phrase
from directives_core.proof.anchors import Anchor
from directives_core.proof.finding import Compared, Verification, conclude, narrow
from directives_core.proof.judging import Judge
from directives_core.proof.notes import VerifierKey
from directives_core.proof.records import leaves_of
from directives_core.proof.timestamps import StampReader
from directives_core.proof.tree import Frontier
from directives_core.store import Checkpoint, Record

__all__ = ["Compared", "Progress", "Verification", "verify"]

Progress = Callable[[int, int], None]
"""Told how far the work has come: records done, and all."""

_AT_ONCE = 2_048  # a power of two: whole subtrees are hashed level by level
_MOST_PROBLEMS = 100


def verify(
    records: Iterable[Record],
    *,
    size: int,
    origin: str,
    checkpoints: Sequence[Checkpoint] = (),
    anchors: Sequence[Anchor] = (),
    keys: Sequence[VerifierKey] = (),
    stamps: StampReader | None = None,
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
        stamps: reads the time stamps of the authorities that are trusted; without it they are not checked.
        progress: told now and then how many records are done.
    """
    kept = [Compared(each.size, each.root, Phrase("kept beside the log")) for each in checkpoints]
    outside = [Compared(each.size, each.root, each.source) for each in anchors]
    finding = Verification(size, b"", kept, outside)
    judge = Judge(finding, origin, keys, stamps)
    for compared, checkpoint in zip(kept, checkpoints, strict=True):
        judge.kept(compared, checkpoint)
    for compared, anchor in zip(outside, anchors, strict=True):
        judge.note(compared, anchor)
    _read(iter(records), finding, progress or (lambda done, all_: None))
    narrow(finding)
    conclude(finding, has_keys=bool(keys), has_authorities=stamps is not None)
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
