"""Reading a notice: sheet, outline, items, closing."""

from __future__ import annotations

import hashlib
import unicodedata

from directives_core.calendar import Calendar
from directives_core.language import Phrase
from directives_core.reader.assigning import assignees_of
from directives_core.reader.attested import with_names
from directives_core.reader.closing import addressed_by_closing, is_closing
from directives_core.reader.draft import DraftHeader, DraftItem, DraftLeftOut, NoticeDraft
from directives_core.reader.header import header_of
from directives_core.reader.items import Collector, Context
from directives_core.reader.layout import Layout, lay_out
from directives_core.reader.lines import Block, blocks_of
from directives_core.reader.outline import Node, outline_of
from directives_core.reader.parts import DECISION, Part, segments_of
from directives_core.reader.questions import questions_about
from directives_core.reader.subjects import subject_of
from directives_core.reader.table import cells_of, columns_of
from directives_core.reader.units import read_units

__all__ = ["read_notice"]

#: What the paths of an appendix begin with: "phụ lục".
_APPENDIX = "PL"


def read_notice(text: str) -> NoticeDraft:
    """Read the text of a conclusion notice into a draft; any text can be read, and nothing is invented.

    The grammar is deterministic. Spans count in the characters of `text` as given. "Trước ngày D" is read as the day
    before D; working days and warnings follow Vietnam's public holidays.
    """
    blocks = with_names(blocks_of(text))
    layout = lay_out(blocks)
    header = header_of(text, blocks, layout)
    collector = Collector(text, header.meeting.date or header.date, header.date, Calendar("VN"))
    body = blocks[layout.body : layout.footer]
    closings = {id(block) for block in body if is_closing(block)}
    above = [blocks[layout.section]] if layout.section is not None else []
    root = outline_of([*above, *body], closings)
    closing = [node for node in root.children if node.block is not None and id(node.block) in closings]
    root.children = [node for node in root.children if node not in closing]
    collector.visit(root, _context(blocks, layout))
    for node in closing:
        _close(collector, node)
    tasks = _read_appendix(collector, blocks, layout)
    items = sorted(_distinct(collector), key=lambda item: item.span)
    left_out = sorted([*_outside(text, blocks, layout, tasks), *collector.left_out], key=lambda left: left.span)
    questions = questions_about(
        header,
        is_notice=layout.is_notice,
        items=len(items),
        left_out=[left.text for left in left_out if left.reason == DECISION],
    )
    return NoticeDraft(
        header=header if layout.is_notice else DraftHeader(),
        items=tuple(items),
        left_out=tuple(left_out),
        questions=questions,
        sha256=_sha256_of_words(text),
    )


def _sha256_of_words(text: str) -> str:
    """What names the notice however its file is saved: the words in composed form, one blank between them."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()


def _context(blocks: list[Block], layout: Layout) -> Context:
    """Return what the whole body inherits: nothing, unless the introduction's last sentence addresses somebody."""
    context = Context()
    if not layout.concludes:
        return context
    block = blocks[layout.body - 1]
    begin = max(0, block.low.rfind(". ") + 1)
    subject = subject_of(block.body, begin + (block.low[begin : begin + 1] == " "), len(block.body))
    if subject is None or subject.mood != "ordered":
        return context
    return context.addressing(assignees_of(block, subject.units))


def _close(collector: Collector, node: Node) -> None:
    """Take the report that a closing sentence asks for; a closing that asks for none orders nothing."""
    block = node.block
    addressed = addressed_by_closing(block.body) if block else None
    if block is None:
        return
    for begin, end in segments_of(block.body, 0, len(block.body))[1:]:
        subject = subject_of(block.body, begin, end)
        if subject is not None and subject.mood == "ordered" and (addressed is None or begin > addressed[0]):
            part = Part(begin, end, order=True, units=subject.units, predicate=subject.predicate)
            collector.add(block, part, node.path)
            collector.leave(block, 0, begin, Phrase("the closing sentence"))
            return
    if addressed is None or not collector.asks_report(block, addressed[0]):
        collector.leave(block, 0, len(block.body), Phrase("the closing sentence"))
        return
    start, predicate = addressed
    units = tuple(unit for unit in read_units(block.body, start) if unit.end <= predicate)
    collector.leave(block, 0, start, Phrase("the closing sentence"))
    collector.add(block, Part(start, len(block.body), order=True, units=units, predicate=predicate), node.path)


def _read_appendix(collector: Collector, blocks: list[Block], layout: Layout) -> int:
    """Read an appendix that lists tasks in a table; return at which block what was read begins.

    What else is appended, such as a form or a list of those present, orders nothing.
    """
    if layout.appendix is not None:
        for at in range(layout.appendix, len(blocks)):
            cells = cells_of(blocks[at], collector.source)
            if cells and columns_of(blocks[at], cells) is not None:
                root = outline_of(blocks[at:])
                root.label = _APPENDIX
                collector.visit(root, Context())
                return at
    return len(blocks)


def _outside(text: str, blocks: list[Block], layout: Layout, tasks: int) -> list[DraftLeftOut]:
    """List what stands around the body and before the tasks of an appendix."""
    left = []
    for at, block in enumerate(blocks):
        if layout.body <= at < layout.footer or at == layout.section or at >= tasks:
            continue
        reason = (
            Phrase("a heading") if layout.appendix is not None and at >= layout.appendix
            else Phrase("recipients and signature") if at >= layout.footer
            else Phrase("the title") if layout.title[0] <= at < layout.title[1]
            else Phrase("the letterhead") if at < layout.title[0]
            else Phrase("the introduction")
        )  # fmt: skip
        left.append(DraftLeftOut(span=(block.start, block.end), text=text[block.start : block.end], reason=reason))
    return left


def _distinct(collector: Collector) -> list[DraftItem]:
    """Give items that would share a path, because a number is printed twice, paths of their own."""
    seen: set[str] = set()
    items = []
    for item in collector.items:
        path, n = item.path, 1
        while path in seen:
            n += 1
            path = f"{item.path}.p{n}"
        seen.add(path)
        items.append(item if path == item.path else item.model_copy(update={"path": path}))
    return items
