"""Whether everything that is sealed opens by the key of its subject, and what was erased has no key any more."""

from collections.abc import Iterator

from directives_core.codec import codec
from directives_core.errors import DamagedStore, UnreadableEvent
from directives_core.event import Event
from directives_core.language import Phrase
from directives_core.office.events import SubjectErased
from directives_core.passages import mapped, open_text, subjects_of
from directives_core.sealed import Sealed, open_sealed
from directives_core.store import ReadTransaction, Record
from directives_core.values import as_fields

__all__ = ["sealing_problems"]


def sealing_problems(transaction: ReadTransaction) -> Iterator[str]:
    """What is wrong with sealed values and their keys, in words."""
    erased: set[str] = set()
    for record in transaction.records():
        event = _sealing(record)
        if event is None:
            continue
        if isinstance(event.payload, SubjectErased):
            erased.add(event.payload.subject)
        keys = transaction.keys(sorted(subjects_of(event)))
        try:
            _open(event, keys)
        except DamagedStore:
            yield Phrase("position {position}: what is sealed there does not open by its key", position=event.position)
    for subject in transaction.keys(sorted(erased)):
        yield Phrase("{subject} was erased, and has a key again", subject=subject)


def _sealing(record: Record) -> Event | None:
    """The event, if something is sealed or erased in it."""
    if b'"box"' in record.data or b"[[sealed:" in record.data or record.type == SubjectErased.stored_type:
        try:
            return codec.decode(record)
        except UnreadableEvent:
            return None  # said when the log was read
    return None


def _open(event: Event, keys: dict[str, bytes]) -> None:
    for value in as_fields(event.payload).values():
        if isinstance(value, Sealed):
            open_sealed(value, keys)
    for part in (event.payload, event.envelope):
        mapped(part, lambda text, _: open_text(text, keys))
