"""The tree is that of RFC 6962 and RFC 9162: published values, and every proof of every small tree."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from directives_core.proof.tree import (
    EMPTY_ROOT,
    Frontier,
    Subtrees,
    consistency_ranges,
    consistent,
    included,
    inclusion_ranges,
    leaf_hash,
    node_hash,
)

# The reference inputs of Certificate Transparency, and the roots of the trees of their first 0 to 8.
INPUTS = [bytes.fromhex(each) for each in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONTINUATIONS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

LARGEST = 300
LEAVES = [leaf_hash(b"%d" % n) for n in range(LARGEST)]


def naive_root(leaves):
    """The definition of RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return node_hash(naive_root(leaves[:k]), naive_root(leaves[k:]))


ALL_ROOTS = [naive_root(LEAVES[:size]) for size in range(LARGEST + 1)]


def prove(leaves, ranges):
    subtrees = Subtrees(ranges)
    subtrees.extend(leaves)
    return subtrees.proof(ranges)


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_the_published_ones(size):
    frontier = Frontier()
    frontier.extend(map(leaf_hash, INPUTS[:size]))

    assert frontier.root.hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_inclusion_proofs_are_the_published_ones(index, size):
    proof = prove(map(leaf_hash, INPUTS[:size]), inclusion_ranges(index, size))

    assert [step.hex() for step in proof] == PATHS[index, size]
    assert included(leaf_hash(INPUTS[index]), index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new"), CONTINUATIONS)
def test_consistency_proofs_are_the_published_ones(old, new):
    proof = prove(map(leaf_hash, INPUTS[:new]), consistency_ranges(old, new))

    assert [step.hex() for step in proof] == CONTINUATIONS[old, new]
    assert consistent(old, new, proof, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]))


def test_a_frontier_carried_on_at_any_size_gives_the_root_of_every_larger_tree():
    frontier = Frontier()
    for size in range(LARGEST + 1):
        carried = Frontier(frontier.size, frontier.packed)
        carried.extend(LEAVES[size:])

        assert frontier.root == ALL_ROOTS[size]
        assert carried.root == ALL_ROOTS[LARGEST]
        frontier.extend(LEAVES[size : size + 1])


def test_every_leaf_of_every_tree_is_proved_and_no_other_leaf_is():
    for size in range(1, LARGEST + 1):
        ranges = {index: inclusion_ranges(index, size) for index in range(size)}
        subtrees = Subtrees(each for needed in ranges.values() for each in needed)
        subtrees.extend(LEAVES[:size])
        for index in range(size):
            proof = subtrees.proof(ranges[index])
            assert included(LEAVES[index], index, size, proof, ALL_ROOTS[size])
            assert not included(LEAVES[index - 1], index, size, proof, ALL_ROOTS[size]) or size == 1


def test_every_tree_is_proved_to_continue_every_smaller_one():
    for new in range(LARGEST + 1):
        ranges = {old: consistency_ranges(old, new) for old in range(new + 1)}
        subtrees = Subtrees(each for needed in ranges.values() for each in needed)
        subtrees.extend(LEAVES[:new])
        for old in range(new + 1):
            assert consistent(old, new, subtrees.proof(ranges[old]), ALL_ROOTS[old], ALL_ROOTS[new])


def flipped(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    return bytes(changed)


@given(st.data())
def test_one_changed_bit_of_an_inclusion_proof_its_leaf_or_its_root_fails(data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    proof = prove(LEAVES[:size], inclusion_ranges(index, size))
    parts = [LEAVES[index], ALL_ROOTS[size], *proof]
    changed = data.draw(st.integers(0, len(parts) - 1))

    parts[changed] = flipped(parts[changed], data.draw(st.integers(0, 255)))

    assert not included(parts[0], index, size, parts[2:], parts[1])


@given(st.data())
def test_one_changed_bit_of_a_consistency_proof_or_its_roots_fails(data):
    new = data.draw(st.integers(1, LARGEST))
    old = data.draw(st.integers(1, new))
    proof = prove(LEAVES[:new], consistency_ranges(old, new))
    parts = [ALL_ROOTS[old], ALL_ROOTS[new], *proof]
    changed = data.draw(st.integers(0, len(parts) - 1))

    parts[changed] = flipped(parts[changed], data.draw(st.integers(0, 255)))

    assert not consistent(old, new, parts[2:], parts[0], parts[1])


@given(st.integers(1, LARGEST), st.integers(0, LARGEST - 1), st.integers(0, 9), st.integers(0, 9))
def test_a_changed_bit_of_the_size_or_the_index_fails(size, index, bit_of_size, bit_of_index):
    assume(index < size)
    proof = prove(LEAVES[:size], inclusion_ranges(index, size))
    other = size ^ 1 << bit_of_size

    # With the same path a leaf can be proved in trees of several sizes; it is the root that fixes the size.
    if other <= LARGEST:
        assert not included(LEAVES[index], index, other, proof, ALL_ROOTS[other])
    assert not included(LEAVES[index], index ^ 1 << bit_of_index, size, proof, ALL_ROOTS[size])


@given(st.integers(1, LARGEST), st.integers(1, LARGEST), st.integers(0, 9))
def test_a_changed_bit_of_the_old_size_fails(new, old, bit):
    assume(old <= new and 0 < old ^ 1 << bit <= new)
    proof = prove(LEAVES[:new], consistency_ranges(old, new))

    assert not consistent(old ^ 1 << bit, new, proof, ALL_ROOTS[old], ALL_ROOTS[new])


def test_a_proof_that_is_too_short_or_too_long_fails():
    for size in (2, 3, 8, 100, 300):
        proof = prove(LEAVES[:size], inclusion_ranges(1, size))
        assert not included(LEAVES[1], 1, size, proof[:-1], ALL_ROOTS[size])
        assert not included(LEAVES[1], 1, size, [*proof, LEAVES[0]], ALL_ROOTS[size])
        proof = prove(LEAVES[:size], consistency_ranges(1, size))
        assert not consistent(1, size, proof[:-1], ALL_ROOTS[1], ALL_ROOTS[size])
        assert not consistent(1, size, [*proof, LEAVES[0]], ALL_ROOTS[1], ALL_ROOTS[size])
        assert not consistent(size, size, [LEAVES[0]], ALL_ROOTS[size], ALL_ROOTS[size])


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_ranges(3, 3)
    with pytest.raises(ValueError, match="does not continue"):
        consistency_ranges(4, 3)
    with pytest.raises(ValueError, match="no frontier"):
        Frontier(3, b"")
    assert not included(LEAVES[0], 1, 1, [], LEAVES[0])
    assert not consistent(4, 3, [], ALL_ROOTS[4], ALL_ROOTS[3])
