"""Values in the server's binary format: nothing is quoted, escaped or parsed, and bytes stay what they are."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from struct import Struct, error
from typing import Any, NamedTuple

from psycopg import errors

__all__ = ["BIGINT", "BYTEA", "INTEGER", "TEXT", "Kind", "array", "bigints_of", "single"]

_bigint, _integer, _array = Struct("!q"), Struct("!i"), Struct("!5i")
_KEPT_BEGINNINGS = 64
_NULL = _integer.pack(-1)


class Kind(NamedTuple):
    """A type of the server: its number, that of its arrays, and how one value is written and read."""

    oid: int
    array_oid: int
    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]


# The numbers are fixed in the server's own catalog (pg_type.dat).
BIGINT = Kind(20, 1016, _bigint.pack, lambda value: _bigint.unpack(value)[0])
INTEGER = Kind(23, 1007, _integer.pack, lambda value: _integer.unpack(value)[0])
TEXT = Kind(25, 1009, str.encode, bytes.decode)
BYTEA = Kind(17, 1001, bytes, bytes)


def array(kind: Kind, values: Sequence[Any]) -> bytes:
    """An array of one dimension; None becomes NULL.

    Raises:
        psycopg.Error: a number is too great for its type.
        UnicodeEncodeError: a text cannot be written as UTF-8.
    """
    write, lengths = kind.write, _integer.pack
    parts = [_before(kind.oid, len(values))]
    try:
        for value in values:
            if value is None:
                parts.append(_NULL)
            else:
                written = write(value)
                parts += (lengths(len(written)), written)
    except error as why:
        raise errors.NumericValueOutOfRange(str(why)) from why
    return b"".join(parts)


@lru_cache(maxsize=_KEPT_BEGINNINGS)
def _before(oid: int, count: int) -> bytes:
    """How an array begins: one dimension, maybe with NULL in it, of so many values, counted from one."""
    return _array.pack(1, 1, oid, count, 1)


def single(kind: Kind, value: Any) -> bytes | None:
    """One value; None stays None.

    Raises:
        psycopg.Error: a number is too great for its type.
    """
    try:
        return None if value is None else kind.write(value)
    except error as why:
        raise errors.NumericValueOutOfRange(str(why)) from why


def bigints_of(values: Iterable[bytes | None]) -> list[int]:
    """Numbers that the server wrote as `bigint`; NULL is left out."""
    return [_bigint.unpack(value)[0] for value in values if value is not None]
