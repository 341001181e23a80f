"""The outline of a notice: which block stands under which, by the markers that offices number with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from directives_core.reader.headings import whole_units
from directives_core.reader.lines import Block, Marker

__all__ = ["Node", "is_unit_heading", "outline_of"]

_RANKS = {"roman": 0, "upper": 1, "number": 2, "letter": 6}
_BULLET = 10
_HEADING = 8
_PARAGRAPH = 9
_CLOSING = -1
_LONGEST_HEADING = 160


@dataclass
class Node:
    """A block and the blocks under it; the root has none of its own."""

    block: Block | None
    rank: int
    label: str = ""
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def marker(self) -> Marker | None:
        """The marker of the block, if it has one."""
        return self.block.marker if self.block else None

    @property
    def path(self) -> str:
        """Section and number as printed, joined by dots; dN for a dash, pN for a paragraph."""
        if self.parent is None:
            return self.label
        above = self.parent.path
        if (
            self.marker
            and self.marker.kind == "number"
            and self.parent.label
            and self.label.startswith(f"{self.parent.label}.")
        ):
            above = self.parent.parent.path if self.parent.parent else ""
        if not self.label:
            return above or "p1"
        return f"{above}.{self.label}" if above else self.label

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def outline_of(blocks: list[Block], closings: Collection[int] = ()) -> Node:
    """Build the outline of a notice's body; `closings` are the identities of blocks that close it."""
    root = Node(None, -1)
    ranks = _ranks(blocks)
    stack = [root]
    for block in blocks:
        rank = _rank(block, ranks) if id(block) not in closings else _CLOSING
        while _closes(stack, rank, block):
            stack.pop()
        parent = stack[-1]
        node = Node(block, rank, parent=parent)
        parent.children.append(node)
        if rank != _CLOSING:
            stack.append(node)
    for node in root.walk():
        _label(node)
    return root


def is_unit_heading(block: Block) -> bool:
    """Say whether a block names units and nothing else."""
    return len(block.body) <= _LONGEST_HEADING and bool(whole_units(block.body, 0, len(block.body)))


def _ranks(blocks: list[Block]) -> dict[str, int]:
    """Rank the kinds of markers; where letters come before Roman numbers they stand above them."""
    ranks = dict(_RANKS)
    first = next((b.marker.kind for b in blocks if b.marker and b.marker.kind in ("roman", "upper")), "roman")
    if first == "upper":
        ranks["upper"] = -1 + ranks["roman"]
        ranks["upper"], ranks["roman"] = 0, 1
    for block in blocks:  # of dashes, stars and the like the one that comes first stands above
        if block.marker and block.marker.kind in ("dash", "plus"):
            ranks.setdefault(block.marker.label, _BULLET + len(ranks) - len(_RANKS))
    return ranks


def _rank(block: Block, ranks: dict[str, int]) -> int:
    if block.marker is None:
        return _HEADING if block.low.endswith(":") or is_unit_heading(block) else _PARAGRAPH
    if block.marker.kind == "number":
        return ranks["number"] + min(block.marker.depth, 4) - 1
    bullet = block.marker.kind in ("dash", "plus")
    return ranks[block.marker.label if bullet else block.marker.kind]


def _closes(stack: list[Node], rank: int, block: Block) -> bool:
    """Say whether the innermost open node ends before a block of this rank."""
    top = stack[-1]
    if top.parent is None:
        return False
    if rank == _PARAGRAPH and top.rank == _HEADING:
        return any(child.rank > _PARAGRAPH for child in top.children)  # a paragraph after its dashes is a new one
    if rank > _PARAGRAPH and top.rank == _PARAGRAPH and top.block and not top.block.low.endswith(":"):
        return True  # dashes after a plain paragraph stand beside it
    return top.rank >= rank


def _label(node: Node) -> None:
    """Give the children of a node their labels."""
    counts = {"d": 0, "p": 0}
    paragraphs = [child for child in node.children if child.marker is None]
    heading = node.block is not None and len(node.block.body) <= _LONGEST_HEADING and node.block.low[-1:] not in ".;"
    alone = len(paragraphs) == 1 and len(node.children) == 1 and heading
    for child in node.children:
        marker = child.marker
        if marker is not None and marker.kind not in ("dash", "plus"):
            child.label = marker.label
            continue
        letter = "d" if marker else "p"
        counts[letter] += 1
        child.label = "" if alone else f"{letter}{counts[letter]}"
