"""The Merkle tree over the log: hashes, the frontier that is carried on, and proofs of inclusion and consistency.

Everything is as RFC 6962 and RFC 9162, section 2.1, say: a leaf is SHA-256(0x00 || entry), a node is
SHA-256(0x01 || left || right), the root of no leaves is SHA-256 of nothing, and a tree of n leaves is split at the
greatest power of two below n. Leaves count from 0.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

__all__ = [
    "EMPTY_ROOT", "HASH_BYTES", "Frontier", "Subtrees", "consistency_ranges", "consistent", "included",
    "inclusion_ranges", "leaf_hash", "node_hash",
]  # fmt: skip

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
Range = tuple[int, int]
"""The leaves from the first number to the one before the second."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of the whole subtrees that its size is made of, the largest first.

    It is all that is needed to add leaves and to know the root: at most one hash for each bit of the size.
    """

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        if size < 0 or len(packed) != HASH_BYTES * size.bit_count():
            raise ValueError(f"{len(packed)} bytes are no frontier of {size} leaves")
        self.size = size
        self._roots = [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)]

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add the hashes of leaves at the right end; they are held in memory together."""
        digest, rest = sha256, list(leaves)
        at = 0
        while at < len(rest):
            # The greatest whole subtree that can begin here, hashed level by level: twice as fast as leaf by leaf.
            leaves_left = (len(rest) - at).bit_length() - 1
            height = min(leaves_left, (self.size & -self.size).bit_length() - 1) if self.size else leaves_left
            level = rest[at : at + (1 << height)]
            at += 1 << height
            while len(level) > 1:
                pairs = iter(level)
                level = [digest(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
            self._push(level[0], height)

    def _push(self, top: bytes, height: int) -> None:
        """Add a whole subtree of so many levels, and close those that it completes."""
        whole = self.size >> height
        while whole & 1:
            top, whole = node_hash(self._roots.pop(), top), whole >> 1
        self._roots.append(top)
        self.size += 1 << height

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        if not self._roots:
            return EMPTY_ROOT
        *others, root = self._roots
        for left in reversed(others):
            root = node_hash(left, root)
        return root

    @property
    def packed(self) -> bytes:
        """The roots one after the other, to be carried on from."""
        return b"".join(self._roots)

    def copy(self) -> "Frontier":
        """Another one of the same tree."""
        return Frontier(self.size, self.packed)


# ------------------------------------------------------------------------------------------------------------ proofs


def _split(leaves: int) -> int:
    """The greatest power of two below the number of leaves."""
    return 1 << (leaves - 1).bit_length() - 1


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The subtrees whose roots prove that a leaf is in a tree, in the order of the proof: PATH of RFC 9162, 2.1.3.1."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    ranges: list[Range] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """The subtrees whose roots prove that a tree continues an older one: PROOF of RFC 9162, section 2.1.4.1."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} leaves does not continue one of {old}")
    if old in (0, new):
        return []
    ranges: list[Range] = []
    first, end = 0, new
    while old != end:
        middle = first + _split(end - first)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((first, middle))
            first = middle
    if first:  # else the verifier knows this subtree: it is the old tree itself
        ranges.append((first, end))
    return ranges[::-1]


def _whole(wanted: Range) -> list[tuple[int, int]]:
    """The whole subtrees that a range of a proof is made of, from the left: (level, number within the level)."""
    first, end = wanted
    parts = []
    while first < end:
        level = (end - first).bit_length() - 1
        parts.append((level, first >> level))
        first += 1 << level
    return parts


class Subtrees:
    """Gathers, while the leaves go by once, the roots of those subtrees that some proofs need.

    Args:
        ranges: what the proofs need, as `inclusion_ranges` and `consistency_ranges` say.
    """

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._wanted = {part for each in ranges for part in _whole(each)}
        self._found: dict[tuple[int, int], bytes] = {}
        self._edge: list[bytes] = []
        self._size = 0

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Take the hashes of the next leaves."""
        wanted, found, edge = self._wanted, self._found, self._edge
        for leaf in leaves:
            top, level, number = leaf, 0, self._size
            while True:
                if (level, number) in wanted:
                    found[level, number] = top
                if not number & 1:
                    break
                top, level, number = node_hash(edge.pop(), top), level + 1, number >> 1
            edge.append(top)
            self._size += 1

    def proof(self, ranges: Sequence[Range]) -> list[bytes]:
        """The hashes of a proof; all leaves up to its size have gone by."""
        return [self._root(each) for each in ranges]

    def _root(self, wanted: Range) -> bytes:
        *lefts, root = (self._found[part] for part in _whole(wanted))
        for left in reversed(lefts):
            root = node_hash(left, root)
        return root


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that the leaf stands at `index` in the tree: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def consistent(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether a proof shows that the new tree begins with all of the old one: RFC 9162, section 2.1.4.2."""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        return not proof and (old_root == EMPTY_ROOT if old == 0 else old_root == new_root)
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    found_old = found_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            found_old, found_new = node_hash(step, found_old), node_hash(step, found_new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found_new = node_hash(found_new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found_old == old_root and found_new == new_root
