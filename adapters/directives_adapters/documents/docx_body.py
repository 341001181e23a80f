"""The body of a .docx as lines: paragraphs as printed, tables, text boxes, tracked changes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from directives_adapters.documents.counting import bullet
from directives_adapters.documents.docx_numbering import Numbering
from directives_adapters.documents.docx_styles import Styles, is_on, numbering_of
from directives_adapters.documents.limits import MAX_CELLS_REPEATED, Budget
from directives_adapters.documents.tables import table_lines
from directives_adapters.documents.tree import Node

__all__ = ["Body", "Seen"]

_REMOVED = ("del", "moveFrom")
_KEPT = ("ins", "moveTo")
_AROUND = ("sdt", "sdtContent", "customXml", *_KEPT)
_MATHS = ("oMath", "oMathPara", "e", "num", "den", "f", "sub", "sup", "sSub", "sSup")
_WRAPPERS = (*_AROUND, "smartTag", "hyperlink", "fldSimple", "dir", "bdo", *_MATHS)
_DRAWN = ("drawing", "pict", "object", "AlternateContent")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Seen:
    """What was met on the way and is no part of the text."""

    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    embedded: int = 0
    inserted: bool = False


class Body:
    """Reads one part after another with the lists counting on."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering, self._budget = styles, numbering, Budget()
        self.seen = Seen()

    def lines(self, container: Node) -> list[str]:
        """Return the lines of the blocks in a container: a body, a cell, a text box, a page header."""
        lines: list[str] = []
        carried = ""
        for block in _blocks(container, self.seen):
            if block.name == "tbl":
                lines.extend(table_lines(self._rows(block)))
            elif block.name == "altChunk":
                self.seen.embedded += 1
            else:
                boxes: list[Node] = []
                text = carried + self._paragraph(block, boxes)
                # The deleted mark of a paragraph joins it to the next one.
                carried = text if block.child("pPr", "rPr", "del") else ""
                if not carried:
                    lines.extend(text.split("\n"))
                for box in boxes:
                    lines.extend(self.lines(box))
        return [*lines, carried] if carried else lines

    def _rows(self, table: Node) -> list[list[str]]:
        """Return the cells of a table; one that is merged into its neighbour is empty but for the first."""
        rows = []
        for row in _within(table, "tr", self.seen):
            cells: list[str] = []
            for cell in _within(row, "tc", self.seen):
                merged = cell.child("tcPr", "vMerge")
                span = cell.child("tcPr", "gridSpan")
                text = "\n".join(self.lines(cell)).strip("\n")
                carries_on = merged is not None and merged.get("val", "continue") == "continue"
                cells.append("" if carries_on else text)
                wide = _small(span.get("val")) if span else 1
                cells.extend([""] * (min(wide, MAX_CELLS_REPEATED) - 1))
            rows.append(cells)
        return rows

    def _paragraph(self, paragraph: Node, boxes: list[Node]) -> str:
        properties = paragraph.child("pPr")
        named = properties.child("pStyle") if properties else None
        style = named.get("val") if named else ""
        words = "".join(self._inline(paragraph, style, boxes))
        label = self._label(properties, style) if words.strip() else ""
        return self._budget.spend(f"{label} {words}" if label else words)

    def _label(self, properties: Node | None, style: str) -> str:
        number, level = numbering_of(properties)
        if number is None:
            number, of_style = self._styles.numbering(style)
            level = level or of_style
        if number is None or number == "0":
            return ""
        if level is None:
            return self._numbering.label(number, self._numbering.level_of_style(number, style))
        return self._numbering.label(number, _small(level))

    def _inline(self, node: Node, style: str, boxes: list[Node]) -> Iterator[str]:
        for child in node.elements():
            if child.name == "r":
                yield self._run(child, style, boxes)
            elif child.name in _REMOVED:
                self.seen.deleted.append("".join(each.words() for each in child.every("delText", "t")))
            elif child.name in _WRAPPERS:
                self.seen.inserted |= child.name in _KEPT
                yield from self._inline(child, style, boxes)
            elif child.name == "AlternateContent":
                yield from self._inline(_chosen(child), style, boxes)
            elif child.name == "t":
                yield child.words()

    def _run(self, run: Node, of_paragraph: str, boxes: list[Node]) -> str:
        parts: list[str] = []
        for child in run.elements():
            if child.name == "t":
                parts.append(child.words())
            elif child.name in _SIGNS:
                parts.append(_SIGNS[child.name])
            elif child.name == "sym":
                parts.append(_symbol(child.get("char")))
            elif child.name in _DRAWN:
                self._drawn(child, boxes)
            elif child.name in ("footnoteReference", "endnoteReference"):
                self.seen.notes.append((child.name.removesuffix("Reference"), child.get("id")))
        text = "".join(parts)
        properties = run.child("rPr")
        named = properties.child("rStyle") if properties else None
        style = named.get("val") if named else ""
        if _switch(properties, "vanish", self._styles.hidden, style, of_paragraph):
            self.seen.hidden.append(text)
            return ""
        return text.upper() if _switch(properties, "caps", self._styles.caps, style, of_paragraph) else text

    def _drawn(self, node: Node, boxes: list[Node]) -> None:
        """Take the text boxes of a drawing, which may stand in the file in several forms, one for each reader."""
        pending = [node]
        while pending:
            each = pending.pop()
            if each.name == "AlternateContent":
                each = _chosen(each)
            if each.name == "txbxContent":
                boxes.append(each)
                continue
            self.seen.pictures += each.name in ("blip", "imagedata")
            self.seen.embedded += each.name == "OLEObject"
            pending.extend(list(each.elements())[::-1])


def _blocks(container: Node, seen: Seen) -> Iterator[Node]:
    """Yield the paragraphs and tables of a container, whatever they are wrapped in."""
    for child in container.elements():
        if child.name in ("p", "tbl", "altChunk"):
            yield child
        elif child.name in _REMOVED:
            seen.deleted.append(child.words())
        elif child.name in _AROUND:
            seen.inserted |= child.name in _KEPT
            yield from _blocks(child, seen)
        elif child.name == "AlternateContent":
            yield from _blocks(_chosen(child), seen)


def _within(node: Node, name: str, seen: Seen) -> Iterator[Node]:
    """Yield the rows of a table or the cells of a row, whatever they are wrapped in; deleted rows are left out."""
    for child in node.elements():
        if child.name == name:
            if child.child("trPr", "del"):
                seen.deleted.append(child.words())
            else:
                yield child
        elif child.name in _AROUND:
            yield from _within(child, name, seen)


def _chosen(node: Node) -> Node:
    """Return the first of the forms in which a part is offered; all of them say the same."""
    forms = [form for form in node.elements() if form.name in ("Choice", "Fallback")]
    return forms[0] if forms else Node("", {})


def _switch(properties: Node | None, name: str, asked: Callable[[str], bool], style: str, of_paragraph: str) -> bool:
    """Return a switch of letters: their own, else that of their style, else that of the paragraph's style."""
    own = is_on(properties, name)
    return own if own is not None else (bool(style) and asked(style)) or asked(of_paragraph)


def _symbol(code: str) -> str:
    """Return a sign of a symbol font: as a bullet, which is what such signs are used for."""
    return bullet("\uf000") if code else ""


def _small(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 1
