"""Which items of a notice concern one unit: those that it leads or helps with, by its name or as one of a class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from directives_core.errors import NotConcerned, Refused, UnknownClass
from directives_core.language import Phrase
from directives_core.office.names import find_class, find_unit
from directives_core.office.state import Office, Unit

if TYPE_CHECKING:
    from directives_core.reader.draft import DraftAssignee, DraftItem, NoticeDraft

__all__ = ["Selection", "narrowed", "open_question", "select"]


class Selection(Struct, frozen=True):
    """The items that concern the unit, and the others; `open_classes` are wordings nobody said the members of, by path.

    An item for a class whose members are not known is taken as one that concerns the unit: a duty too many is seen and
    struck out, a duty too few is missed.
    """

    items: tuple[DraftItem, ...]
    others: tuple[DraftItem, ...]
    open_classes: dict[str, str]


def select(office: Office, items: Sequence[DraftItem], unit: Unit, *, on: dt.date) -> Selection:
    """Part the items of a notice into what concerns the unit, and what does not."""
    mine: list[DraftItem] = []
    open_classes: dict[str, str] = {}
    for item in items:
        judged = [_concerns(office, assignee, unit, on) for assignee in item.assignees]
        if True in judged:
            mine.append(item)
        elif None in judged:
            mine.append(item)
            open_classes[item.path] = item.assignees[judged.index(None)].unit
    taken = {item.path for item in mine}
    return Selection(tuple(mine), tuple(item for item in items if item.path not in taken), open_classes)


def narrowed(office: Office, draft: NoticeDraft, unit: Unit, *, on: dt.date) -> NoticeDraft:
    """The draft with the items that concern the unit; the others stand in `left_out`.

    Raises:
        NotConcerned: there are none.
    """
    from directives_core.reader.draft import DraftLeftOut

    selection = select(office, draft.items, unit, on=on)
    if not selection.items:
        raise NotConcerned(unit.name, items=len(draft.items))
    items = [
        item.model_copy(update={"questions": (*item.questions, open_question(unit, wording))})
        if (wording := selection.open_classes.get(item.path))
        else item
        for item in selection.items
    ]
    reason = Phrase("it concerns other units than {unit}", unit=unit.name)
    others = [DraftLeftOut(span=item.span, text=item.text, reason=reason) for item in selection.others]
    left_out = sorted([*draft.left_out, *others], key=lambda left: left.span)
    return draft.model_copy(update={"items": tuple(items), "left_out": tuple(left_out)})


def open_question(unit: Unit, wording: str) -> Phrase:
    """What has to be asked where nobody said who belongs to a class."""
    return Phrase("is {unit} one of “{wording}”? Define the class to settle it", unit=unit.name, wording=wording)


def _concerns(office: Office, assignee: DraftAssignee, unit: Unit, on: dt.date) -> bool | None:
    """Whether an assignee is the unit or a class that it belongs to; none where nobody said who belongs to it."""
    names = assignee.members or (assignee.unit,)
    if any(_is(office, name, unit, on) for name in names):
        return True
    try:
        return unit.id in find_class(office, assignee.unit).members
    except UnknownClass:
        return None if assignee.role == "addressed" and not assignee.members else False


def _is(office: Office, name: str, unit: Unit, on: dt.date) -> bool:
    try:
        return find_unit(office, name, on=on).id == unit.id
    except Refused:
        return False
