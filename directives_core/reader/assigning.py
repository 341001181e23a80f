"""From units to assignees, and the question that a class leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from directives_core.folding import Folded
from directives_core.language import Phrase
from directives_core.reader.draft import DraftAssignee, Role, Span
from directives_core.reader.lines import Block
from directives_core.reader.parts import Part
from directives_core.reader.subjects import is_subset
from directives_core.reader.units import Unit

__all__ = ["assignees_of", "subset_question"]

_WORDS = 14


def subset_question(body: Folded, part: Part) -> tuple[str, ...]:
    """Ask which members of a class are meant, where its words name only those in a certain state."""
    if not any(unit.is_class for unit in part.units) or not is_subset(body.low, part.predicate):
        return ()
    names = " ".join(body.text[part.start : part.end].split()[:_WORDS])
    return (Phrase("Only some of the class are meant; which units are they? “{names} …”", names=names),)


def assignees_of(block: Block, units: Sequence[Unit], role: Role | None = None) -> tuple[DraftAssignee, ...]:
    """Make assignees of units; the same name is taken once."""
    made: dict[str, DraftAssignee] = {}
    for unit in units:
        span: Span = block.body.span(unit.start, unit.end)
        own: Role = role or ("addressed" if unit.is_class else "lead")
        made.setdefault(unit.name, DraftAssignee(unit=unit.name, role=own, span=span))
    return tuple(made.values())
