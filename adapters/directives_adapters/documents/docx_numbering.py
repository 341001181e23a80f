"""What numbering.xml of a .docx prints before the paragraphs of its lists."""

import re
from dataclasses import dataclass, field

from directives_adapters.documents.counting import bullet, counted
from directives_adapters.documents.limits import MAX_LABEL
from directives_adapters.documents.tree import Node

__all__ = ["Numbering"]

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 8


@dataclass(slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    legal: bool = False
    restarts_after: int | None = None
    paragraph_style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists and how far each has counted; ask once for each paragraph, in the order of the document."""

    def __init__(self, tree: Node | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if tree is None:
            return
        plans = {node.get("abstractNumId"): node for node in tree.elements() if node.name == "abstractNum"}
        linked = {link.get("val"): key for key, node in plans.items() if (link := node.child("styleLink"))}
        for node in tree.elements():
            base = node.child("abstractNumId") if node.name == "num" else None
            if base is not None:
                self._lists[node.get("numId")] = _list_of(node, base.get("val"), plans, linked)

    def level_of_style(self, number: str, style: str) -> int:
        """Return the level that a list gives to paragraphs of a style; 0 where it names none."""
        levels = self._lists[number].levels if number in self._lists else {}
        return next((level for level, plan in levels.items() if style and plan.paragraph_style == style), 0)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph and return what is printed before it; empty where nothing is."""
        numbered = self._lists.get(number)
        level = max(0, min(level, _DEEPEST))
        plan = numbered.levels.get(level) if numbered else None
        if numbered is None or plan is None:
            return ""
        if plan.style == "bullet":
            return bullet(plan.text)
        counts = self._count(number, numbered, level)

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = numbered.levels.get(at, _Level())
            style = "decimal" if plan.legal and other.style != "none" else other.style
            return counted(counts.get(at, other.start), style)

        return _PLACE.sub(shown, plan.text)[:MAX_LABEL].strip()

    def _count(self, number: str, numbered: _List, level: int) -> dict[int, int]:
        """Count on at a level; lists of one plan count together, and deeper levels begin anew."""
        counts = self._counts.setdefault(numbered.abstract, {})
        plan = numbered.levels[level]
        if level in numbered.starts and (number, level) not in self._started:
            self._started.add((number, level))
            counts[level] = numbered.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else plan.start
        for deeper in [at for at in counts if at > level]:
            after = numbered.levels[deeper].restarts_after if deeper in numbered.levels else None
            if after is None or (after > 0 and level < after):
                del counts[deeper]
        return counts


def _list_of(node: Node, base: str, plans: dict[str, Node], linked: dict[str, str]) -> _List:
    """Return a list: its plan, or the plan of the list style that it names, with what it overrides."""
    link = plans[base].child("numStyleLink") if base in plans else None
    base = linked.get(link.get("val"), base) if link else base
    numbered = _List(base, {})
    for level in plans[base].elements() if base in plans else ():
        if level.name == "lvl":
            numbered.levels[_number(level.get("ilvl"), 0)] = _level_of(level)
    for override in node.elements():
        if override.name != "lvlOverride":
            continue
        at = _number(override.get("ilvl"), 0)
        if (own := override.child("lvl")) is not None:
            numbered.levels[at] = _level_of(own)
        if (start := override.child("startOverride")) is not None:
            numbered.starts[at] = _number(start.get("val"), 1)
    return numbered


def _level_of(node: Node) -> _Level:
    def value(*path: str) -> str | None:
        found = node.child(*path)
        return found.get("val") if found else None

    restart = value("lvlRestart")
    return _Level(
        style=value("numFmt") or "decimal",
        text=(value("lvlText") or "")[:MAX_LABEL],
        start=_number(value("start"), 1),
        legal=node.child("isLgl") is not None,
        restarts_after=_number(restart, 0) if restart is not None else None,
        paragraph_style=value("pStyle") or "",
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else otherwise
