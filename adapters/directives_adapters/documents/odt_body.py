"""The body of an .odt as lines: paragraphs as printed, lists, tables, text boxes, tracked changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from directives_adapters.documents.limits import MAX_CELLS_REPEATED, MAX_LABEL, Budget
from directives_adapters.documents.odt_styles import OUTLINE, Counts, Styles, number_in
from directives_adapters.documents.tables import table_lines
from directives_adapters.documents.tree import Node

__all__ = ["Body", "Seen"]

_BLANK = re.compile(r"[ \t\r\n]+")
_AROUND = (
    "section", "table-of-content", "index-body", "index-title", "alphabetical-index", "user-index", "bibliography",
    "text-box", "numbered-paragraph", "note-body", "custom-shape", "frame", "g", "a", "page-sequence",
)  # fmt: skip
_DRAWN = ("frame", "custom-shape", "g", "rect", "text-box")
_UNREAD = ("number", "tracked-changes", "annotation-end", "bookmark", "soft-page-break", "desc", "title", "object-ole")
_ROWS = ("table-header-rows", "table-rows", "table-row-group")


@dataclass(slots=True)
class Seen:
    """What was met on the way and is no part of the text."""

    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    notes: list[Node] = field(default_factory=list)
    pictures: int = 0
    embedded: int = 0
    changed: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    style: str
    counts: Counts
    level: int


class Body:
    """Reads one container after another with the lists counting on."""

    def __init__(self, styles: Styles) -> None:
        self._styles, self._budget, self.seen = styles, Budget(), Seen()
        self._outline: Counts = {}
        self._by_id: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}

    def lines(self, container: Node) -> list[str]:
        """Return the lines of the blocks in a container."""
        lines: list[str] = []
        for block in container.elements():
            lines.extend(self._block(block))
        return lines

    def _block(self, block: Node) -> list[str]:
        if block.name in ("p", "h"):
            return self._paragraph(block, self._outline_label(block))
        if block.name == "list":
            return list(self._list(block, None))
        if block.name == "table":
            return table_lines(self._rows(block))
        if block.name == "tracked-changes":
            self.seen.changed = True
            self.seen.deleted.extend(each.words() for each in block.every("deletion"))
        elif block.name == "section" and block.get("display") == "none":
            self.seen.hidden.append(block.words())
        elif block.name in _AROUND:
            return self.lines(block)
        return []

    def _outline_label(self, block: Node) -> str:
        """Count a heading that stands outside a list; most outlines print nothing."""
        if block.name != "h" or block.get("is-list-header") == "true":
            return ""
        return self._styles.label(OUTLINE, number_in(block.get("outline-level"), 1), self._outline)

    def _list(self, node: Node, above: _List | None) -> Iterator[str]:
        """Yield the lines of a list; an item counts with its first paragraph, not with a list within it."""
        style = node.get("style-name") or (above.style if above else "") or self._style_within(node)
        numbered = _List(style, above.counts, above.level + 1) if above else _List(style, self._counts(node, style), 1)
        for item in node.elements():
            counts, start = item.name == "list-item", item.get("start-value")
            for block in item.elements():
                if block.name == "list":
                    yield from self._list(block, numbered)
                elif block.name in ("p", "h"):
                    label = ""
                    if counts and _has_words(block):
                        first = number_in(start, 1) if start else None
                        label = self._styles.label(style, numbered.level, numbered.counts, first)
                        counts = False
                    yield from self._paragraph(block, label)
                else:
                    yield from self._block(block)

    def _style_within(self, node: Node) -> str:
        first = next(node.every("p", "h"), None)
        return self._styles.list_style(first.get("style-name")) if first else ""

    def _counts(self, node: Node, style: str) -> Counts:
        """Return how far the list has counted: as the one that it continues, else not at all."""
        counts: Counts = {}
        if node.get("continue-list") in self._by_id:
            counts = self._by_id[node.get("continue-list")]
        elif node.get("continue-numbering") == "true":
            counts = self._by_style.get(style, counts)
        if node.get("id"):
            self._by_id[node.get("id")] = counts
        self._by_style[style] = counts
        return counts

    def _rows(self, table: Node) -> list[list[str]]:
        """Return the cells of a table; what another cell covers is empty."""
        rows: list[list[str]] = []
        for row in _rows_of(table):
            cells: list[str] = []
            for cell in row.elements():
                if cell.name in ("table-cell", "covered-table-cell"):
                    text = "\n".join(self.lines(cell)).strip("\n") if cell.name == "table-cell" else ""
                    times = min(number_in(cell.get("number-columns-repeated"), 1), MAX_CELLS_REPEATED)
                    cells.extend([text] + [self._budget.spend(text) for _ in range(times - 1)])
            times = min(number_in(row.get("number-rows-repeated"), 1), MAX_CELLS_REPEATED) if any(cells) else 1
            rows.extend([cells] + [[self._budget.spend(cell) for cell in cells] for _ in range(times - 1)])
        return rows

    def _paragraph(self, paragraph: Node, label: str) -> list[str]:
        boxes: list[Node] = []
        style = paragraph.get("style-name")
        if self._styles.hidden(style):
            self.seen.hidden.append(paragraph.words())
            return []
        words = "".join(self._inline(paragraph, bool(self._styles.upper(style)), boxes))
        lines = self._budget.spend(f"{label} {words}" if label and words.strip() else words).split("\n")
        for box in boxes:
            lines.extend(self.lines(box))
        return lines

    def _inline(self, node: Node, upper: bool, boxes: list[Node]) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, str):
                text = _BLANK.sub(" ", child)
                yield text.upper() if upper else text
            elif child.name == "s":
                yield " " * min(number_in(child.get("c"), 1), 2 * MAX_LABEL)
            elif child.name in ("tab", "line-break"):
                yield "\t" if child.name == "tab" else "\n"
            elif child.name == "note":
                self.seen.notes.append(child)
            elif child.name == "annotation":
                self.seen.comments.append(" ".join(each.words() for each in child.every("p")))
            elif child.name in _DRAWN:
                self._drawn(child, boxes)
            elif child.name in ("hidden-text", "hidden-paragraph") or self._styles.hidden(child.get("style-name")):
                self.seen.hidden.append(child.words())
            elif child.name not in _UNREAD:
                own = self._styles.upper(child.get("style-name"))
                yield from self._inline(child, upper if own is None else own, boxes)

    def _drawn(self, node: Node, boxes: list[Node]) -> None:
        """Take what is written in a drawing: a frame's text box, or a shape's own paragraphs."""
        pending = [node]
        while pending:
            each = pending.pop()
            if each.child("p") or each.child("list") or each.child("table"):
                boxes.append(each)
                continue
            self.seen.pictures += each.name == "image"
            self.seen.embedded += each.name in ("object", "object-ole")
            pending.extend(child for child in list(each.elements())[::-1] if child.name not in _UNREAD)


def _rows_of(table: Node) -> Iterator[Node]:
    for child in table.elements():
        if child.name == "table-row":
            yield child
        elif child.name in _ROWS:
            yield from _rows_of(child)


def _has_words(block: Node) -> bool:
    return bool(block.words().strip())
