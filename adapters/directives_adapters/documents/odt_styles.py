"""What the styles of an .odt say: capitals, hidden text, and how each list style counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directives_adapters.documents.counting import bullet, counted
from directives_adapters.documents.limits import MAX_LABEL
from directives_adapters.documents.tree import Node

__all__ = ["OUTLINE", "Counts", "Styles", "number_in"]

#: Under this name the levels of headings are kept beside the list styles.
OUTLINE = "\0outline"
_LONGEST_CHAIN = 20
_DEEPEST = 10
_PLACE = re.compile(r"%(\d{1,2})%")

#: How far a list has counted, by level from 1.
Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class _Level:
    bullet: str | None
    style: str
    prefix: str
    suffix: str
    pattern: str
    shown: int
    start: int


@dataclass(frozen=True, slots=True)
class _Letters:
    parent: str
    upper: bool | None
    hidden: bool | None
    list_style: str


class Styles:
    """The styles of content.xml and styles.xml; the former win."""

    def __init__(self, trees: Iterable[Node]) -> None:
        self._letters: dict[str, _Letters] = {}
        self._lists: dict[str, dict[int, _Level]] = {}
        for tree in trees:
            for node in tree.every("style"):
                self._letters[node.get("name")] = _letters_of(node)
            for node in tree.every("list-style", "outline-style"):
                name = node.get("name") if node.name == "list-style" else OUTLINE
                self._lists[name] = {number_in(level.get("level"), 1): _level_of(level) for level in node.elements()}

    def _chain(self, name: str) -> list[_Letters]:
        chain: list[_Letters] = []
        while name in self._letters and len(chain) < _LONGEST_CHAIN:
            chain.append(self._letters[name])
            name = chain[-1].parent
        return chain

    def upper(self, name: str) -> bool | None:
        """Say whether letters of this style are printed as capitals; None where it says nothing."""
        return next((each.upper for each in self._chain(name) if each.upper is not None), None)

    def hidden(self, name: str) -> bool:
        """Say whether text of this style is not printed."""
        return next((each.hidden for each in self._chain(name) if each.hidden is not None), False)

    def list_style(self, name: str) -> str:
        """Return the list style that a paragraph style names."""
        return next((each.list_style for each in self._chain(name) if each.list_style), "")

    def label(self, style: str, level: int, counts: Counts, start: int | None = None) -> str:
        """Count one paragraph of a list and return what is printed before it; empty where nothing is."""
        levels = self._lists.get(style, {})
        plan = levels.get(min(level, _DEEPEST))
        if plan is None:
            return ""
        if plan.bullet is not None:
            return bullet(plan.bullet)
        first = plan.start if start is None else start
        counts[level] = counts[level] + 1 if level in counts and start is None else first
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def shown(at: int) -> str:
            other = levels.get(at)
            return counted(counts.get(at, other.start), other.style) if other and other.bullet is None else ""

        if plan.pattern:
            return _PLACE.sub(lambda found: shown(int(found[1])), plan.pattern)[:MAX_LABEL].strip()
        if not plan.style:
            return (plan.prefix + plan.suffix)[:MAX_LABEL].strip()
        numbers = ".".join(filter(None, (shown(at) for at in range(max(1, level - plan.shown + 1), level + 1))))
        return f"{plan.prefix}{numbers}{plan.suffix}"[:MAX_LABEL].strip()


def _letters_of(node: Node) -> _Letters:
    properties = node.child("text-properties")
    transform = properties.get("text-transform") if properties else ""
    display = properties.get("display") if properties else ""
    return _Letters(
        node.get("parent-style-name"),
        (transform == "uppercase") if transform else None,
        (display == "none") if display else None,
        node.get("list-style-name"),
    )


def _level_of(node: Node) -> _Level:
    is_bullet = node.name == "list-level-style-bullet"
    return _Level(
        node.get("bullet-char") if is_bullet else None,
        node.get("num-format"),
        node.get("num-prefix")[:MAX_LABEL],
        node.get("num-suffix")[:MAX_LABEL],
        node.get("num-list-format")[:MAX_LABEL],
        number_in(node.get("display-levels"), 1),
        number_in(node.get("start-value"), 1),
    )


def number_in(text: str, otherwise: int) -> int:
    """Return a number of a file, or `otherwise` where it has none or one beyond reason."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else otherwise
