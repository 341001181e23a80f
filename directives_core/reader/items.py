"""From the outline to the items of a draft: who inherits which order, deadline and citation from what stands above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from directives_core.calendar import Calendar
from directives_core.deadline import FoundDeadline, find_in, read_deadline
from directives_core.deadline.wordings import find_urgencies_in
from directives_core.folding import Folded, fold
from directives_core.language import Phrase
from directives_core.reader.assigning import assignees_of, subset_question
from directives_core.reader.casing import in_case
from directives_core.reader.citations import citations_in
from directives_core.reader.draft import (
    DraftAssignee,
    DraftCitation,
    DraftItem,
    DraftLeftOut,
    Role,
)
from directives_core.reader.due import chosen_of, draft_deadline
from directives_core.reader.headings import whole_units
from directives_core.reader.helpers import after_helpers, helpers_in, performers_in
from directives_core.reader.kinds import kind_of, orders_remedy
from directives_core.reader.lines import Block
from directives_core.reader.outline import Node
from directives_core.reader.parts import ANNOUNCES, PLAIN, Mode, Part, parts_of, segments_of
from directives_core.reader.questions import questions_of, undated
from directives_core.reader.routes import route_in
from directives_core.reader.subjects import Subject, subject_of
from directives_core.reader.table import Cell, Columns, block_of, cells_of, columns_of, placed, units_of
from directives_core.reader.titles import is_title, title_assesses

__all__ = ["Collector", "Context"]

_TO_WHOM = re.compile(
    r"(?:(?:tiếp tục )?(?:giao cho|giao|yêu cầu|đề nghị|phân công|chỉ đạo)|đối với|riêng đối với|về phía"
    r"|riêng|trách nhiệm của|nhiệm vụ của) "
)
_TOPIC = re.compile(r"(?:về|công tác|lĩnh vực|đối với|nội dung|nhiệm vụ|việc)(?!\w)[^.:;]{1,150}: (?=\S)")
_HELPED = re.compile(r" chủ trì,? phối hợp")
_FEWEST_FILLED = 2


@dataclass(frozen=True)
class Context:
    """What a block inherits."""

    leads: tuple[DraftAssignee, ...] = ()
    helpers: tuple[DraftAssignee, ...] = ()
    mode: Mode = PLAIN
    deadline: FoundDeadline | None = None
    citations: tuple[DraftCitation, ...] = ()
    columns: Columns | None = None

    def addressing(self, leads: tuple[DraftAssignee, ...], helpers: tuple[DraftAssignee, ...] = ()) -> Context:
        """Return the context of what stands under a heading that names units."""
        mode = Mode(addressed=True, remedies=self.mode.remedies)
        return replace(self, leads=leads, helpers=helpers, mode=mode)


@dataclass
class Collector:
    """Walks the outline and gathers items and what was left out."""

    source: str
    anchor: date | None
    issued: date | None
    calendar: Calendar
    items: list[DraftItem] = field(default_factory=list)
    left_out: list[DraftLeftOut] = field(default_factory=list)

    def visit(self, root: Node, context: Context) -> None:
        """Visit a node's children, each under what the ones before it announced."""
        stack: list[tuple[list[Node], int, Context]] = [(root.children, 0, context)]
        while stack:  # not by recursion: a hostile text may nest as deep as it likes
            nodes, at, current = stack.pop()
            if at == len(nodes):
                continue
            below, after = self._block(nodes[at], current)
            stack.append((nodes, at + 1, after))
            if nodes[at].children:
                stack.append((nodes[at].children, 0, below))

    def leave(self, block: Block, start: int, end: int, reason: str) -> None:
        """Record that words between two places of a block order nothing."""
        span = block.body.span(start, end)
        if span[0] < span[1]:
            self.left_out.append(DraftLeftOut(span=span, text=self.source[slice(*span)], reason=reason))

    def asks_report(self, block: Block, start: int) -> bool:
        """Say whether a closing sentence sets a deadline or a route from `start` on."""
        place = block.body.span(start, start + 1)[0]
        dated = any(found.span[0] >= place for found in self._deadlines(block))
        return dated or route_in(block.body, start, len(block.body)).via is not None

    def add(self, block: Block, part: Part, path: str) -> None:
        """Add one part of a block as an item that inherits nothing."""
        self._item(block, part, path, assignees_of(block, part.units), Context(), self._deadlines(block))

    def _block(self, node: Node, context: Context) -> tuple[Context, Context]:
        """Read one block; return the contexts of what stands under it and of what follows it."""
        block = node.block
        if block is None:
            return context, context
        body, end = block.body, len(block.body)
        if cells := cells_of(block, self.source):
            if (columns := columns_of(block, cells)) is not None:
                self.leave(block, 0, end, Phrase("a heading"))
                return context, replace(context, columns=columns)
            if context.columns is not None and len(cells) <= context.columns.width:
                self._row(node, cells, context, context.columns)
                return context, context
        to_whom = _TO_WHOM.match(body.low)
        units = whole_units(body, to_whom.end() if to_whom else 0, end)
        if units:
            self.leave(block, 0, end, Phrase("a heading that names units"))
            inner = context.addressing(assignees_of(block, units))
            return inner, context
        if is_title(node):
            self.leave(block, 0, end, Phrase("a heading"))
            mode = replace(context.mode, assesses=title_assesses(body.low, context.mode.assesses))
            return replace(context, mode=mode), context
        start = topic.end() if (topic := _TOPIC.match(body.low)) and subject_of(body, 0, end) is None else 0
        mode = context.mode
        if start and topic is not None and title_assesses(topic[0], mode.assesses):
            mode = replace(mode, assesses=True)
        if body.low.endswith(":"):
            return self._lead_in(node, start, replace(context, mode=mode))
        last = self._items(node, start, end, replace(context, mode=mode))
        return (context.addressing(last) if last else context), context

    def _lead_in(self, node: Node, start: int, context: Context) -> tuple[Context, Context]:
        """Read "Giao Sở A thực hiện các nhiệm vụ sau:": its last sentence addresses what follows."""
        block = node.block
        assert block is not None  # noqa: S101 - only the root has none
        body, end = block.body, len(block.body)
        segments = segments_of(body, start, end)
        begin = segments[-1][0] if segments else start
        if begin > start:
            self._items(node, start, begin, context)
        self.leave(block, begin, end, Phrase("announces what follows"))
        subject = subject_of(body, begin, end)
        mode = Mode(addressed=True, remedies=context.mode.remedies or orders_remedy(body.low[begin:end]))
        leads, helpers = context.leads, context.helpers
        if subject is not None and subject.mood in ("ordered", "acts", "named"):
            leads, helpers = assignees_of(block, subject.units), _helpers(block, subject, end)
        elif subject is not None or context.mode.assesses:
            mode = replace(context.mode, remedies=mode.remedies)
        elif not leads and not mode.remedies:
            mode = context.mode
        found = self._set_for_all(block, subject.predicate if subject else begin)
        inner = Context(leads, helpers, mode, found[0] if found else context.deadline, citations_in(body, begin, end))
        return inner, (context if node.children else inner)

    def _set_for_all(self, block: Block, begin: int) -> list[FoundDeadline]:
        """Return the deadlines that a lead-in sets for all that follows; "trong quý II" alone describes."""
        place = block.body.starts[min(begin, len(block.body) - 1)]
        done = re.search(r"hoàn thành|xong|ban hành", block.low)
        found = [d for d in self._deadlines(block) if place <= d.span[0]]
        return [d for d in found if done or not d.deadline.rule.startswith("within")]

    def _items(self, node: Node, start: int, end: int, context: Context) -> tuple[DraftAssignee, ...]:
        """Add the items of a block; return whom the last of them addresses by itself."""
        block = node.block
        assert block is not None  # noqa: S101 - only the root has none
        body = block.body
        deadlines = self._deadlines(block)
        places = {start: n for n, start in enumerate(body.starts)}
        parts = parts_of(body, start, end, context.mode, [places[d.span[0]] for d in deadlines])
        single = sum(part.order for part in parts) == 1
        number = 0
        own: tuple[DraftAssignee, ...] = ()
        leads, shared = context.leads, context
        for at, part in enumerate(parts):
            if not part.order:
                self.leave(block, part.start, part.end, part.why)
                if part.why == ANNOUNCES:
                    shared = self._announcing(block, part, deadlines, context)
                continue
            number += 1
            if part.units:
                own = assignees_of(block, part.units)
                leads = own
            elif at and parts[at - 1].carries:
                leads = assignees_of(block, [unit for share in parts[:at] if share.carries for unit in share.units])
            path = node.path if single else f"{node.path}.s{number}"
            self._item(block, part, path, leads, shared if part.carries else context, deadlines)
        return own

    def _row(self, node: Node, cells: list[Cell], context: Context, columns: Columns) -> None:
        """Add a row of a table as an item; what its columns say is taken from them alone."""
        block = node.block
        assert block is not None  # noqa: S101 - only the root has none
        filled = placed(block, cells, columns)
        task = filled.get(columns.task)
        if task is None or len(filled) < _FEWEST_FILLED:
            self.leave(block, 0, len(block.body), Phrase("a row without a task"))
            return
        count = filled.get(columns.count) if columns.count is not None else None
        if count is not None and block.low[count.start : count.end].strip(" .").isdecimal():
            node.label = block.low[count.start : count.end].strip(" .")
        leads = _named_in(block, filled.get(columns.lead) if columns.lead is not None else None)
        helpers = _named_in(block, filled.get(columns.helper) if columns.helper is not None else None, "cooperating")
        due = filled.get(columns.due) if columns.due is not None else None
        set_by_column = self._due_in(block, due)
        context = replace(context, helpers=helpers, deadline=set_by_column or context.deadline)
        named = leads or (context.leads if columns.lead is None else ())
        words = block_of(block, task)
        part = Part(0, len(words.body), order=True)
        self._item(words, part, node.path, named, context, [] if set_by_column else self._deadlines(words))
        if due is not None and not set_by_column:  # "Thường xuyên", "Sau Tết": words that set no day are kept
            self.items[-1] = undated(self.items[-1], block.body.text[due.start : due.end].strip())

    def _due_in(self, block: Block, cell: Cell | None) -> FoundDeadline | None:
        if cell is None:
            return None
        span = block.body.span(cell.start, cell.end)
        inside = [d for d in self._deadlines(block) if span[0] <= d.span[0] < span[1]]
        if inside:
            return chosen_of(inside)
        read = read_deadline(self.source[slice(*span)], anchor=self.anchor, issued=self.issued, calendar=self.calendar)
        return FoundDeadline(span=span, deadline=read) if read is not None else None

    def _announcing(self, block: Block, part: Part, deadlines: Sequence[FoundDeadline], context: Context) -> Context:
        first, last = block.body.span(part.start, part.end)
        found = [d for d in deadlines if first <= d.span[0] < last]
        cited = citations_in(block.body, part.start, part.end)
        return replace(context, deadline=found[0] if found else context.deadline, citations=cited)

    def _item(
        self,
        block: Block,
        part: Part,
        path: str,
        leads: tuple[DraftAssignee, ...],
        context: Context,
        deadlines: Sequence[FoundDeadline],
    ) -> None:
        body = block.body
        end = part.end
        while end > part.start and body.low[end - 1] in " ;,":
            end -= 1
        span = body.span(part.start, end)
        performers = performers_in(body, part.start, end) if not part.units else ()
        leads = assignees_of(block, performers) or leads
        names = {lead.unit for lead in leads}
        helpers = assignees_of(block, [*part.helpers, *helpers_in(body, part.start, end)], "cooperating")
        helpers = tuple(
            helper for helper in (helpers or (() if part.units else context.helpers)) if helper.unit not in names
        )
        first, last = (bisect_left(deadlines, place, key=lambda d: d.span[0]) for place in span)
        mine = deadlines[first:last]
        chosen = chosen_of(mine) or context.deadline
        route = route_in(body, part.start, end)
        cited = citations_in(body, part.start, end)
        cited += tuple(c for c in context.citations if c.number not in {mine.number for mine in cited})
        urgent = next(iter(find_urgencies_in(body.low[part.start : end])), None)
        words = body.low[after_helpers(body, part.predicate or part.start, end) : end]
        kind = kind_of(
            words, remedies=context.mode.remedies, routed=route.to is not None, via=route.via is not None,
            due=chosen is not None,
            recurring=chosen is not None and chosen.deadline.rule == "recurring",
        )  # fmt: skip
        text = self.source[slice(*span)]
        leads = tuple(self._cased(lead) for lead in leads)
        self.items.append(DraftItem(
            path=path, span=span, text=text, kind=kind, assignees=(*leads, *dict.fromkeys(helpers)),
            deadline=draft_deadline(chosen), report_to=route.to.name if route.to else None,
            via=route.via.name if route.via else None, citations=cited,
            urgency=body.text[part.start + urgent[0] : part.start + urgent[1]] if urgent else None,
            questions=(*subset_question(body, part), *questions_of(body.text[part.start:end], leads, chosen, mine)),
        ))  # fmt: skip

    def _cased(self, assignee: DraftAssignee) -> DraftAssignee:
        """Write a unit of a heading in capitals as a name is written; one word is a short name and stays."""
        if not assignee.unit.isupper() or " " not in assignee.unit:
            return assignee
        return assignee.model_copy(update={"unit": in_case(assignee.unit, self._whole)})

    @cached_property
    def _whole(self) -> Folded:
        return fold(self.source)

    def _deadlines(self, block: Block) -> list[FoundDeadline]:
        found = find_in(
            block.body, anchor=self.anchor, issued=self.issued, before_is="day-before", calendar=self.calendar
        )
        return list(found)


def _named_in(block: Block, cell: Cell | None, role: Role | None = None) -> tuple[DraftAssignee, ...]:
    """Return the assignees that a cell of a row names."""
    if cell is None:
        return ()
    own = block_of(block, cell)
    return assignees_of(own, units_of(own), role)


def _helpers(block: Block, subject: Subject, end: int) -> tuple[DraftAssignee, ...]:
    return assignees_of(block, helpers_in(block.body, subject.predicate, end), "cooperating")
