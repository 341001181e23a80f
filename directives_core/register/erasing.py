"""Erasing: what is sealed in the register, of whom, and how its key is destroyed."""

from typing import Any, Unpack

from msgspec import Struct

from directives_core.codec import codec
from directives_core.errors import BadValue, NameErased, ReasonNeeded, UnknownActor
from directives_core.language import Phrase
from directives_core.office.events import SubjectErased
from directives_core.passages import subjects_of
from directives_core.register.actors import sealed_subjects
from directives_core.register.how import How, a_text
from directives_core.register.meetings import MeetingWrites
from directives_core.register.office_cache import OFFICE
from directives_core.register.passages import erased_subjects
from directives_core.register.work import Work
from directives_core.results import Name

__all__ = ["ErasingWrites", "Subject"]


class Subject(Struct, frozen=True):
    """Whose something is sealed: `actor:hoa`, `person:a12`, `notice:…`; where; and whether its key is gone.

    `positions` are those of the events that hold something sealed under its key, `numbers` the directives among them.
    """

    subject: str
    positions: tuple[int, ...]
    numbers: tuple[int, ...]
    erased: bool

    def as_json(self) -> dict[str, Any]:
        """The subject as JSON."""
        return {
            "subject": self.subject, "positions": list(self.positions), "numbers": list(self.numbers),
            "erased": self.erased,
        }  # fmt: skip


class ErasingWrites(MeetingWrites):
    """What is sealed, and how it is erased."""

    def erase(self, subject: str, **how: Unpack[How]) -> Name:
        """Erase a name, or passages of texts, for ever: the key is destroyed, and `[erased]` is shown in their place.

        What a notice says of people, its text and its file, is a subject of its own: `notice:` and the file's SHA-256.
        `subjects` lists them all.

        Events, past states and proofs stay byte for byte what they were: they hold the sealed name, which nothing opens
        any more. Backups and copies made with keys before still open it: destroy those too.

        Args:
            subject: the id of an actor or of a marked passage, or a subject such as `actor:hoa` or `person:a12`.
            how: see `How`; a reason, or the document that asks for it, is needed.

        Returns:
            The subject.

        Raises:
            ReasonNeeded: nothing says why.
            UnknownActor: nothing was ever sealed for it.
            BadValue: an actor and passages have this id; say which.
            NameErased: its key is gone already.
        """
        named = a_text("subject", subject)

        def carry_out(work: Work) -> Name:
            role = work.allow()
            if not work.request.justified:
                raise ReasonNeeded("erase", why=Phrase("it cannot be undone"))
            found = _subject(work, named)
            work.session.destroy_key(found)
            work.add(OFFICE, SubjectErased(subject=found), role)
            return Name(found, work.told())

        return self._write("erase", {"subject": named}, how, carry_out)

    def subjects(self) -> list[Subject]:
        """Whose names, notices and passages are sealed in this register, in the order of their first events."""
        found: dict[str, list[int]] = {}
        numbers: dict[str, dict[int, None]] = {}
        with self._store.read() as transaction:
            for record in transaction.records():
                if b'"box"' not in record.data and b"[[" not in record.data:
                    continue
                event = codec.decode(record)
                kind, _, number = event.stream.partition(":")
                for subject in sorted(subjects_of(event)):
                    found.setdefault(subject, []).append(event.position)
                    if kind == "directive":
                        numbers.setdefault(subject, {})[int(number)] = None
            alive = transaction.keys(sorted(found))
        return [
            Subject(subject, tuple(positions), tuple(numbers.get(subject, ())), erased=subject not in alive)
            for subject, positions in found.items()
        ]


def _subject(work: Work, named: str) -> str:
    """The subject that is meant by an id, and that still has its key."""
    session = work.session
    known = sealed_subjects(session) | erased_subjects(session)
    if named.startswith("notice:"):
        known |= sealed_subjects(session, named)
    meant = dict.fromkeys((named, f"actor:{named}", f"person:{named}"))
    found = [subject for subject in meant if subject in known or session.key(subject) is not None]
    if not found:
        raise UnknownActor(named, known=list(work.office.actors))
    if len(found) > 1:
        raise BadValue("subject", named, expected=Phrase("one of {found}", found=", ".join(found)))
    if session.key(found[0]) is None:
        raise NameErased(named)
    return found[0]
