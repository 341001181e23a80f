"""Sealing what a writer marked as personal, before anything of it is folded, hashed or written."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import structs

from directives_core.errors import BadValue, NameErased
from directives_core.event import Envelope, Payload
from directives_core.language import Phrase
from directives_core.office.events import RegisterCopied, SubjectErased
from directives_core.passages import (
    CLOSED,
    blanked,
    has_marks,
    mapped,
    marks_of,
    outside,
    sealed_passage,
    subjects_in,
)
from directives_core.register.office_cache import OFFICE
from directives_core.results import Written, dump, load
from directives_core.sealed import new_key
from directives_core.values import as_fields

if TYPE_CHECKING:
    from directives_core.register.session import Session

__all__ = ["erased_subjects", "seal_passages", "told_without_passages"]

_FREE_TEXT = frozenset({
    "text", "reason", "quantity", "document", "rests_on", "decision", "title", "meeting_title", "labels", "number",
    "issuer", "uri", "name", "awaits",
})  # fmt: skip
"""Fields of events and of their sources and attachments in which passages can be marked, with those below."""
_NAMES = frozenset({  # of what is found by its name, or matched by its words: nothing in these can be sealed
    "UnitNames.name", "ClassDefined.name", "FiguresPublished.name", "MeetingOpened.name", "MeetingClosed.name",
    "NoticeRecorded.number", "NoticeRecorded.issuer", "RegisterCreated.title",
})  # fmt: skip
_BY_MACHINE = frozenset({
    "Assigned.warnings", "NoticeRecorded.corrections", "NoticeSelected.corrections", "DeadlineTerms.wording",
    "DeadlineSet.wording",
})  # fmt: skip
"""Fields that quote the others: a passage marked in the same command is sealed in them too."""


def seal_passages(session: "Session", payload: Payload, envelope: Envelope) -> tuple[Payload, Envelope]:
    """Both with every marked passage sealed; a key is made for a subject that has none.

    Raises:
        BadValue: a mark stands where nothing can be sealed, or is none.
        NameErased: the subject was erased; what is new needs another id.
    """
    known = session.passages_of(envelope.command_id)
    if not (known or has_marks(payload) or has_marks(envelope)):
        return payload, envelope

    def sealed(text: str, field: str) -> str:
        if not _takes_marks(field):
            where = field.rpartition(".")[0] if field.endswith(".key") else field
            raise BadValue(
                where, "a marked passage", expected=Phrase("no [[ ]]: they seal passages of texts and reasons")
            )
        pieces, end = [], 0
        for found, (given, passage) in marks_of(text):
            subject = given or known.get(passage) or _fresh(session)
            known.setdefault(passage, subject)
            pieces += [text[end : found.start()], sealed_passage(passage, subject, _key(session, subject, given))]
            end = found.end()
        return "".join([*pieces, text[end:]])

    marked = mapped(payload, sealed), mapped(envelope, sealed)
    return _quotes_sealed(marked[0], known, lambda subject: _key(session, subject, subject)), marked[1]


def told_without_passages(session: "Session", result: Written) -> Written:
    """The result as it is kept beside its command: what its warnings quote of personal passages is left out."""
    known = session.passages_of(result.command_id)
    if not known:
        return result

    def without(warning: str) -> str:
        for passage in sorted(known, key=len, reverse=True):
            warning = warning.replace(passage, CLOSED)
        return warning

    kept = load(dump(result))
    kept.told = structs.replace(result.told, warnings=tuple(map(without, blanked(result.warnings))))
    return kept


def _takes_marks(field: str) -> bool:
    own = field.rpartition(".")[2]
    return field in _BY_MACHINE or (own in _FREE_TEXT and field not in _NAMES)


def _quotes_sealed(payload: Payload, known: dict[str, str], key: Callable[[str], bytes]) -> Payload:
    """The payload with what quotes a passage sealed as well, though nobody marked it there."""

    def quote(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(quote, value))
        return outside(value, seal) if isinstance(value, str) else value

    def seal(text: str) -> str:
        for passage, subject in known.items():
            if passage in text:
                return sealed_passage(passage, subject, key(subject)).join(map(seal, text.split(passage)))
        return text

    def walk(model: Any) -> Any:
        fields: dict[str, Any] = {}
        for name, value in as_fields(model).items():
            if f"{type(model).__name__}.{name}" in _BY_MACHINE:
                fields[name] = quote(value)
            elif name == "deadline" and value is not None:
                fields[name] = walk(value)
        return structs.replace(model, **fields) if fields else model

    sealed: Payload = walk(payload) if known else payload
    return sealed


def _fresh(session: "Session") -> str:
    while session.key(subject := f"person:p-{secrets.token_hex(4)}") is not None:
        continue
    return subject


def _key(session: "Session", subject: str, given: str | None) -> bytes:
    """The key of the subject; a fresh one where it never had any."""
    key = session.key(subject)
    if key is not None:
        return key
    if given is not None and _had_a_key(session, subject):
        raise NameErased(subject)
    if subject.startswith("actor:"):
        raise BadValue("passage", f"[[{subject}: …]]", expected=Phrase("the id of an actor of this register"))
    key = new_key()
    session.add_key(subject, key)
    session.warn(Phrase("a passage was sealed under {subject}: erasing {subject} erases it", subject=subject))
    return key


def _had_a_key(session: "Session", subject: str) -> bool:
    """Whether something was sealed under a key that is gone: erased, or left behind by a copy without keys."""
    if subject in erased_subjects(session):
        return True
    copies = (event.payload for event in session.stream(OFFICE) if isinstance(event.payload, RegisterCopied))
    if all(copied.with_keys for copied in copies):
        return False
    return any(subject in subjects_in(record.data.decode()) for record in session.transaction.records())


def erased_subjects(session: "Session") -> set[str]:
    """The subjects whose key was destroyed by command."""
    payloads = (event.payload for event in session.stream(OFFICE))
    return {payload.subject for payload in payloads if isinstance(payload, SubjectErased)}
