"""What verifying found: every root that was claimed, whether the log has it, and how far that reaches."""

from dataclasses import dataclass, field
from typing import Any

from directives_core.errors import CheckFailed
from directives_core.language import Phrase

__all__ = ["Compared", "Verification", "conclude", "narrow"]


@dataclass(slots=True)
class Compared:
    """One root that was claimed, and whether the log has it: `ok` is none until the log was read so far.

    `stamped` holds the time stamps that hold: the authority, and the instant in ISO 8601. What does not count is no
    proof: where keys are trusted, a kept checkpoint that none of them signed could be anybody's.
    """

    size: int
    root: bytes
    source: str
    ok: bool | None = None
    signed_by: tuple[str, ...] = ()
    stamped: tuple[tuple[str, str], ...] = ()
    counts: bool = True

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON."""
        shown = {"size": self.size, "root": self.root.hex(), "ok": bool(self.ok)}
        stamped = [{"by": by, "at": at} for by, at in self.stamped]
        return shown | {"source": self.source, "signed_by": list(self.signed_by), "stamped": stamped}


@dataclass(slots=True)
class Verification:
    """What was found.

    `size` and `root` are those of the log as it was read; `checkpoints` those kept beside it, `against` those given
    from outside. `in_doubt` are the first and last position between the last root that agrees and the first that does
    not. `proved` and `not_proved` say in sentences how far the finding reaches. `stamps` counts the time stamps, also
    those that nobody could check.
    """

    size: int
    root: bytes
    checkpoints: list[Compared] = field(default_factory=list)
    against: list[Compared] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    in_doubt: tuple[int, int] | None = None
    proved: list[str] = field(default_factory=list)
    not_proved: list[str] = field(default_factory=list)
    stamps: int = 0

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


def narrow(finding: Verification) -> None:
    """Name the first root that disagrees, and the positions in doubt."""
    claims = sorted([*finding.checkpoints, *finding.against], key=lambda each: each.size)
    wrong = next((claim for claim in claims if not claim.ok), None)
    if wrong is None:
        return
    agreeing = max((claim.size for claim in claims if claim.ok and claim.counts and claim.size < wrong.size), default=0)
    finding.in_doubt = (agreeing + 1, wrong.size)
    finding.problems.append(
        Phrase(
            "the first root that disagrees is that of size {size} ({source}): in doubt are positions {first} to {size}",
            size=wrong.size,
            source=wrong.source,
            first=agreeing + 1,
        )
    )


def conclude(finding: Verification, *, has_keys: bool, has_authorities: bool) -> None:
    """Say what is proved by the roots that agree, and what is not."""
    claims = (*finding.checkpoints, *finding.against)
    agreeing = [claim for claim in claims if claim.ok and claim.counts]
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
    for claim in agreeing:
        for by, at in claim.stamped:
            found = Phrase("the first {size} events were there by {at}, says {by}", size=claim.size, at=at, by=by)
            finding.proved.append(found)
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
    bare = sorted({claim.size for claim in claims if claim.ok and not claim.counts})
    if bare:
        sizes = ", ".join(map(str, bare))
        said = "the kept checkpoints of sizes {sizes}: none of the keys given signed them, so they could be anybody's"
        finding.not_proved.append(Phrase(said, sizes=sizes))
    if finding.stamps and not has_authorities:
        finding.not_proved.append(Phrase("time stamps: no certificate of an authority was given to check them by"))
    if not has_keys:
        finding.not_proved.append(Phrase("signatures: no key was given to check them by"))
    finding.not_proved.append(Phrase("that what was entered is true, and that everything was entered"))
