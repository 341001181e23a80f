"""Hashes, proofs and signatures, restated from their specifications."""

import base64
import hashlib
import json
import struct
from typing import Any

__all__ = ["Edge", "consistent", "included", "key_of", "leaf", "read_record", "signed_by", "stamps_of"]


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def read_record(line: str) -> dict[str, Any]:
    """One line of records.jsonl."""
    record: dict[str, Any] = json.loads(line)
    return record


def leaf(record: dict[str, Any]) -> bytes:
    """SHA-256(0x00 || record): two u64, i64, i32, two u16, u32, big-endian, then stream, type and data."""
    stream, type_, data = (record[name].encode() for name in ("stream", "type", "data"))
    numbers = (record[name] for name in ("position", "version", "recorded_at", "effective_on"))
    head = struct.pack(">QQqiHHI", *numbers, len(stream), len(type_), len(data))
    return _sha256(b"\x00" + head + stream + type_ + data)


def _node(left: bytes, right: bytes) -> bytes:
    return _sha256(b"\x01" + left + right)


class Edge:
    """The right edge of a Merkle tree that grows (RFC 9162, section 2.1)."""

    def __init__(self) -> None:
        self.size = 0
        self.roots: list[bytes] = []

    def add(self, hash_: bytes) -> None:
        """Add one leaf."""
        rest = self.size
        while rest & 1:
            hash_, rest = _node(self.roots.pop(), hash_), rest >> 1
        self.roots.append(hash_)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root."""
        if not self.roots:
            return _sha256(b"")
        root = self.roots[-1]
        for left in self.roots[-2::-1]:
            root = _node(left, root)
        return root


def included(hash_: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            hash_ = _node(step, hash_)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hash_ = _node(hash_, step)
        at, last = at >> 1, last >> 1
    return last == 0 and hash_ == root


def consistent(old: int, new: int, path: list[bytes], old_root: bytes, new_root: bytes) -> bool:
    """RFC 9162, section 2.1.4.2, for 0 < old <= new."""
    if old == new:
        return not path and old_root == new_root
    steps = path if old & (old - 1) else [old_root, *path]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not steps or not 0 < old < new:
        return False
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first, second = _node(step, first), _node(step, second)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            second = _node(second, step)
        at, last = at >> 1, last >> 1
    return last == 0 and (first, second) == (old_root, new_root)


# Ed25519, RFC 8032: slow and plain, for nothing here is secret.

_P = 2**255 - 19
_Q = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
Point = tuple[int, int, int, int]


def _plus(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    c, d = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    m, n, o, p = f - e, d - c, d + c, f + e
    return m * n % _P, o * p % _P, n * o % _P, m * p % _P


def _times(number: int, point: Point) -> Point:
    sum_: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            sum_ = _plus(sum_, point)
        point, number = _plus(point, point), number >> 1
    return sum_


def _x_of(y: int, sign: int) -> "int | None":
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    return _P - x if x & 1 != sign else x


def _point(data: bytes) -> "Point | None":
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def _ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    key, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    base_y = 4 * pow(5, -1, _P) % _P
    base_x = _x_of(base_y, 0)
    if key is None or r is None or base_x is None or s >= _Q or len(signature) != 64:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _Q
    left, right = _times(s, (base_x, base_y, 1, base_x * base_y % _P)), _plus(r, _times(h, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % _P or (left[1] * right[2] - right[1] * left[2]) % _P)


def key_of(line: str) -> tuple[str, bytes, int, bytes]:
    """A C2SP verifier key: name, id, kind, public key."""
    name, id_, encoded = line.strip().split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    found = _sha256(name.encode() + b"\n" + data)[:4]
    if found.hex() != id_ or len(data) != 33 or data[0] not in (1, 4):
        raise ValueError(f"no verifier key: {line}")
    return name, found, data[0], data[1:]


def signed_by(note: str, keys: list[tuple[str, bytes, int, bytes]]) -> list[str]:
    """The names of the keys that signed a C2SP note; a wrong signature of a known key is an error."""
    body, _, lines = note.rpartition("\n\n")
    text, found = (body + "\n").encode(), []
    for line in lines.splitlines():
        name, encoded = line.removeprefix("\u2014 ").split(" ")
        data = base64.b64decode(encoded, validate=True)
        for known, id_, kind, public in keys:
            if (name, data[:4]) == (known, id_):
                signature, message = data[4:], text
                if kind == 4:
                    second = int.from_bytes(signature[:8], "big")
                    signature, message = signature[8:], f"cosignature/v1\ntime {second}\n".encode() + text
                if not _ed25519(public, message, signature):
                    raise ValueError(f"the signature of {name} is wrong")
                found.append(f"{name}+{id_.hex()}")
    return found


# Time stamps, RFC 3161: what one says and of what; who said it needs the authority's certificate, and another tool.

_STAMP = b"\xffdirectives/rfc3161"


def stamps_of(note: str) -> list[tuple[str, bytes, bytes, str]]:
    """The time stamps below a note: who, the response, the bytes stamped, the instant as YYYYMMDDHHMMSSZ."""
    body, _, lines = note.rpartition("\n\n")
    above, found = body + "\n\n", []
    for line in lines.splitlines(keepends=True):
        name, encoded = line.removeprefix("\u2014 ").split(" ")
        data = base64.b64decode(encoded.strip(), validate=True)
        if data[:4] == _sha256(name.encode() + b"\n" + _STAMP)[:4]:
            imprint, instant = _stamp(data[4:])
            if imprint != _sha256(above.encode()):
                raise ValueError(f"the time stamp of {name} is one of something else")
            found.append((name, data[4:], above.encode(), instant))
        above += line
    return found


def _stamp(response: bytes) -> tuple[bytes, str]:
    """The imprint and the instant in a response, in DER."""
    _, token = _parts(_parts(response)[0])[:2]
    signed = _parts(_parts(_parts(token)[1])[0])
    info = _parts(_parts(_parts(_parts(signed[2])[1])[0])[0])
    return _parts(info[2])[1], info[4].decode("ascii")


def _parts(data: bytes) -> list[bytes]:
    """The contents of the values that stand one after the other."""
    parts, at = [], 0
    while at < len(data):
        length, at = data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        parts.append(data[at : at + length])
        at += length
    return parts
