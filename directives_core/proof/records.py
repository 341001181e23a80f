"""Leaves: the bytes of a record that its leaf covers, one after the other, so that no two records share them."""

from collections.abc import Sequence
from hashlib import sha256
from struct import Struct, error

from directives_core.store import Record

__all__ = ["entry_of", "leaf_of", "leaves_of"]

# u64 position, u64 version, i64 recorded_at, i32 effective_on, u16 id length, u16 type length, u32 data length.
_HEAD = Struct(">QQqiHHI")
_LEAF_HEAD = Struct(">xQQqiHHI")  # with the 0x00 in front that makes it a leaf
# In the place of a leaf that cannot be made: nothing that begins with 0x00 is known to have this hash.
_NO_LEAF = sha256(b"no leaf").digest()


def entry_of(record: Record) -> bytes:
    """The bytes that the leaf of a record covers, big-endian throughout.

    u64 position, u64 version, i64 `recorded_at` in microseconds and i32 `effective_on` in days, both since 1970-01-01
    UTC, u16 length of the stream's id, u16 length of the type, u32 length of the data, then id, type and data.

    Raises:
        ValueError: a number is beyond its bounds; no register writes such a record.
    """
    position, stream, version, recorded_at, effective_on, type_, data = record
    id_, name = stream.encode(), type_.encode()
    try:
        head = _HEAD.pack(position, version, recorded_at, effective_on, len(id_), len(name), len(data))
    except error as failed:
        raise ValueError(f"position {position}: {failed}") from failed
    return head + id_ + name + data


def leaf_of(record: Record) -> bytes:
    """The hash of the leaf of a record: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry_of(record)).digest()


def leaves_of(records: Sequence[Record]) -> list[bytes]:
    """The hashes of the leaves of some thousand records; what cannot be written down gets one that none has."""
    pack, digest = _LEAF_HEAD.pack, sha256
    try:
        return [
            digest(
                pack(position, version, recorded_at, effective_on, len(id_ := stream.encode()),
                     len(name := type_.encode()), len(data)) + id_ + name + data
            ).digest()
            for position, stream, version, recorded_at, effective_on, type_, data in records
        ]  # fmt: skip
    except error:
        return [_leaf_or_none(record) for record in records]


def _leaf_or_none(record: Record) -> bytes:
    try:
        return leaf_of(record)
    except ValueError:
        return _NO_LEAF
