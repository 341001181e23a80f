"""A review carried out on its draft: orders kept, dropped, merged, split, taken in; all problems are found at once."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from directives_core.errors import SheetRefused
from directives_core.language import Phrase
from directives_core.reader.draft import DraftAssignee, DraftChair, DraftHeader, DraftItem, DraftLeftOut, NoticeDraft
from directives_core.review.fields import Reading, corrected
from directives_core.review.rows import LEFT, HeaderField, ReviewRow
from directives_core.typed import Problem, Problems, Typed, as_day, as_names, as_text

__all__ = ["reviewed"]


def reviewed(
    draft: NoticeDraft,
    rows: Sequence[ReviewRow],
    header: Mapping[HeaderField, Typed] | None = None,
    *,
    sheet: str = "",
    unit_named: Callable[[str], str] | None = None,
    problems: Iterable[Problem] = (),
) -> NoticeDraft:
    """The draft as the review wants it recorded.

    Args:
        draft: as it was read, before anybody looked at it.
        rows: one for each order, for each part of one that was split, and for passages that were left out.
        header: the cells of the notice's own facts that were changed.
        sheet: the name of the sheet of orders, for problems with rows that are not there.
        unit_named: the registered name of the unit that a person typed a part of; see `Reading`.
        problems: what was found already when the rows were read.

    Raises:
        SheetRefused: something cannot be taken over; every problem is in it.
    """
    found = Problems(problems)
    changed_header = _header(draft.header, header or {}, found)
    anchor = changed_header.meeting.date or changed_header.date
    review = _Review(draft, Reading(anchor, changed_header.date, found, unit_named), sheet)
    review.sort_out(rows)
    review.merge()
    if found:
        raise SheetRefused(sorted(found, key=lambda problem: (problem.sheet, problem.row, problem.column)))
    items = sorted(review.items, key=lambda item: item.span[0])
    gone = {row.code for row in review.taken_in}
    left = [each for n, each in enumerate(draft.left_out, 1) if f"{LEFT}{n}" not in gone]
    left_out = sorted([*left, *review.dropped], key=lambda each: each.span)
    return draft.model_copy(update={"header": changed_header, "items": tuple(items), "left_out": tuple(left_out)})


class _Review:
    def __init__(self, draft: NoticeDraft, reading: Reading, sheet: str) -> None:
        self.draft, self.reading, self.problems, self.sheet = draft, reading, reading.problems, sheet
        self.items: list[DraftItem] = []
        self.dropped: list[DraftLeftOut] = []
        self.taken_in: list[ReviewRow] = []
        self._merges: list[tuple[ReviewRow, DraftItem]] = []
        self._by_path = {item.path: item for item in draft.items}

    def sort_out(self, rows: Sequence[ReviewRow]) -> None:
        """Carry out what stands in each row alone."""
        groups: dict[str, list[ReviewRow]] = {}
        for row in rows:
            if (code := self._code_of(row)) is not None:
                groups.setdefault(code, []).append(row)
        for path, item in self._by_path.items():
            mine = groups.pop(path, [])
            if not mine:
                said = Phrase("the row of {path} is missing; put it back, and drop it with a reason", path=path)
                self.problems.append(Problem(self.sheet, 0, "", said))
            elif len(mine) > 1 or mine[0].action == "split":
                self._split(item, mine)
            else:
                self._alone(item, mine[0])
        for code, mine in groups.items():
            self._take_in(int(code.removeprefix(LEFT)), mine)

    def _code_of(self, row: ReviewRow) -> str | None:
        """What a row speaks of; none, with a problem, where that is nothing of this draft."""
        if row.code is not None and row.code.startswith(LEFT):
            place = row.code.removeprefix(LEFT)
            if place.isdecimal() and 1 <= int(place) <= len(self.draft.left_out):
                return row.code
            self.problems.append(row.problem(Phrase("the hidden code of this row was changed; put back the whole row")))
            return None
        code = row.code or row.number
        if code in self._by_path:
            if row.code is not None and row.number not in (None, row.code):
                said = Phrase("the number of this order is {code}; put it back", code=row.code)
                self.problems.append(row.problem(said))
            return code
        if row.code is not None:
            self.problems.append(row.problem(Phrase("the hidden code of this row was changed; put back the whole row")))
        elif row.number is None:
            words = "this row was inserted without a number; write the number of the order that it is a part of"
            self.problems.append(row.problem(Phrase(words)))
        else:
            self.problems.append(row.problem(Phrase("the notice has no order {number!r}", number=row.number)))
        return None

    def _alone(self, item: DraftItem, row: ReviewRow) -> None:
        match row.action:
            case "keep" | "take-in":
                self.items.append(corrected(item, row.changed, self.reading))
            case "merge":
                self._merges.append((row, corrected(item, row.changed, self.reading)))
            case _:
                self._drop(item, row)

    def _drop(self, item: DraftItem, row: ReviewRow) -> None:
        reason = as_text(row.changed["reason"], self.problems) if "reason" in row.changed else None
        if reason is None:
            said = Phrase("why is {path} dropped? Write the reason", path=item.path)
            self.problems.append(row.problem(said))
            return
        self.dropped.append(DraftLeftOut(span=item.span, text=item.text, reason=reason))

    def _split(self, item: DraftItem, rows: Sequence[ReviewRow]) -> None:
        """Make each row of an order an order of its own."""
        others = [row for row in rows if row.action != "split" and row.code is not None]
        if others:
            where = [row.row for row in rows]
            for row in others:
                said = "rows {rows} speak of {path}; to split it, say so in each, else take the others away"
                self.problems.append(row.problem(Phrase(said, rows=where, path=item.path)))
            return
        if len(rows) == 1:
            said = "to split {path}, insert a row for each further part, with {path} as its number"
            self.problems.append(rows[0].problem(Phrase(said, path=item.path)))
            return
        number = 0
        for row in rows:
            number += 1
            while f"{item.path}.s{number}" in self._by_path:
                number += 1
            if row.code is None and "text" not in row.changed:
                self.problems.append(row.problem(Phrase("this part of {path} has no words", path=item.path)))
            part = corrected(item, row.changed, self.reading)
            span = _span_within(item, part.text)
            self.items.append(part.model_copy(update={"path": f"{item.path}.s{number}", "span": span}))

    def _take_in(self, place: int, rows: Sequence[ReviewRow]) -> None:
        """Make a passage that was left out an order; the rows that leave it say nothing."""
        for part, row in enumerate((row for row in rows if row.action not in ("leave", "drop")), 1):
            left = self.draft.left_out[place - 1]
            path = f"x{place}" if part == 1 else f"x{place}.s{part}"
            taken = corrected(DraftItem(path=path, span=left.span, text=left.text), row.changed, self.reading)
            self.items.append(taken.model_copy(update={"span": _span_within(taken, taken.text, left)}))
            self.taken_in.append(row)

    def merge(self) -> None:
        """Put each order that is merged into the one that is named, else into the one before it in the notice."""
        places = {item.path: at for at, item in enumerate(self.items)}
        paths = list(self._by_path)
        for row, item in self._merges:
            cell = row.changed.get("into")
            named = as_text(cell, self.problems) if cell is not None else None
            before = [path for path in paths[: paths.index(item.path)] if path in places]
            target = named or (before[-1] if before else None)
            if target is None or target not in places or target == item.path:
                said = "which order is {path} merged into? Name one that is kept, by its number"
                self.problems.append(row.problem(Phrase(said, path=item.path), cell.column if cell else ""))
                continue
            self.items[places[target]] = _merged(self.items[places[target]], item)


def _merged(main: DraftItem, other: DraftItem) -> DraftItem:
    """Both orders as one: the words and units of both; what both say once is taken from the main one."""
    units: dict[tuple[str, str], DraftAssignee] = {}
    for assignee in (*main.assignees, *other.assignees):
        units.setdefault((assignee.role, assignee.unit), assignee)
    leads = {unit for role, unit in units if role == "lead"}
    doubts = [*main.questions, *other.questions]
    if main.deadline and other.deadline and main.deadline.due != other.deadline.due:
        doubts.append(
            Phrase(
                "{path} was merged into this order; its own deadline was “{wording}”",
                path=other.path,
                wording=other.deadline.wording,
            )
        )
    return main.model_copy(update={
        "text": f"{main.text}\n{other.text}",
        "span": (min(main.span[0], other.span[0]), max(main.span[1], other.span[1])),
        "assignees": tuple(a for a in units.values() if a.role != "cooperating" or a.unit not in leads),
        "deadline": main.deadline or other.deadline, "report_to": main.report_to or other.report_to,
        "via": main.via or other.via, "citations": tuple(dict.fromkeys((*main.citations, *other.citations))),
        "urgency": main.urgency or other.urgency, "questions": tuple(dict.fromkeys(doubts)),
    })  # fmt: skip


def _span_within(item: DraftItem, text: str, whole: DraftLeftOut | None = None) -> tuple[int, int]:
    """Where the words of a part stand in the notice; the whole order's place where they were put otherwise."""
    words = whole.text if whole else item.text
    at = words.find(text)
    if at < 0 or len(words) != item.span[1] - item.span[0]:
        return item.span
    return item.span[0] + at, item.span[0] + at + len(text)


def _header(read: DraftHeader, changed: Mapping[HeaderField, Typed], problems: Problems) -> DraftHeader:
    """The notice's own facts with what was changed."""

    def text(field: HeaderField, before: str | None) -> str | None:
        return as_text(changed[field], problems) if field in changed else before

    def day(field: HeaderField, before: dt.date | None) -> dt.date | None:
        return as_day(changed[field], problems) if field in changed else before

    chair: DraftChair | None = read.chair
    if "chair" in changed or "chair_roles" in changed:
        name = text("chair", chair.name if chair else None)
        roles: Any = chair.roles if chair else ()
        roles = as_names(changed["chair_roles"], problems) if "chair_roles" in changed else roles
        chair = DraftChair(name=name, roles=roles) if name else None
    meeting = read.meeting.model_copy(update={
        "title": text("meeting_title", read.meeting.title), "date": day("meeting_date", read.meeting.date),
    })  # fmt: skip
    return read.model_copy(update={
        "title": text("title", read.title), "number": text("number", read.number), "date": day("date", read.date),
        "issuer": text("issuer", read.issuer), "chair": chair, "meeting": meeting,
    })  # fmt: skip
