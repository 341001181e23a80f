"""The keys that are at hand, and of those that are not, which were destroyed and which merely lie elsewhere."""

from collections.abc import Iterable

from directives_core.codec import codec
from directives_core.office.events import SubjectErased
from directives_core.sealed import KeyRing
from directives_core.store import ReadTransaction

__all__ = ["keys_at_hand"]


def keys_at_hand(transaction: ReadTransaction, subjects: Iterable[str]) -> KeyRing:
    """The keys of those subjects whose key is kept; a key that is missing without an erasure lies elsewhere."""
    wanted = sorted(set(subjects))
    found = KeyRing(transaction.keys(wanted))
    missing = set(wanted) - found.keys()
    if missing:
        erasures = transaction.records(types=[SubjectErased.stored_type])
        payloads = (codec.decode(record).payload for record in erasures)
        erased = {payload.subject for payload in payloads if isinstance(payload, SubjectErased)}
        found.elsewhere = frozenset(missing - erased)
    return found
