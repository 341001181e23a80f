"""What styles.xml of a .docx says of paragraphs and letters: list membership, capitals, hidden text."""

from dataclasses import dataclass

from directives_adapters.documents.tree import Node

__all__ = ["Styles", "is_on", "numbering_of"]

_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 20


def is_on(properties: Node | None, name: str) -> bool | None:
    """Return whether a switch such as `caps` is on, or None where it is not mentioned."""
    switch = properties.child(name) if properties else None
    return None if switch is None else switch.get("val", "1").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str
    caps: bool | None
    hidden: bool | None
    numbering: tuple[str | None, str | None]


class Styles:
    """The styles by id, each asked along the chain that it is based on."""

    def __init__(self, tree: Node | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for style in tree.elements() if tree else ():
            if style.name != "style":
                continue
            based, letters = style.child("basedOn"), style.child("rPr")
            key = style.get("styleId")
            self._styles[key] = _Style(
                based.get("val") if based else "",
                is_on(letters, "caps"),
                is_on(letters, "vanish"),
                numbering_of(style.child("pPr")),
            )
            if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
                self._default = key

    def _chain(self, key: str) -> list[_Style]:
        chain: list[_Style] = []
        while key in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[key])
            key = chain[-1].based_on
        return chain

    def caps(self, key: str) -> bool:
        """Say whether letters of this style are printed as capitals."""
        return next((style.caps for style in self._chain(key or self._default) if style.caps is not None), False)

    def hidden(self, key: str) -> bool:
        """Say whether text of this style is not printed."""
        return next((style.hidden for style in self._chain(key or self._default) if style.hidden is not None), False)

    def numbering(self, key: str) -> tuple[str | None, str | None]:
        """Return the list and the level that the style puts its paragraphs in."""
        chain = self._chain(key or self._default)
        number = next((style.numbering[0] for style in chain if style.numbering[0] is not None), None)
        level = next((style.numbering[1] for style in chain if style.numbering[1] is not None), None)
        return number, level


def numbering_of(properties: Node | None) -> tuple[str | None, str | None]:
    """Return the list and level that properties of a paragraph name."""
    numbering = properties.child("numPr") if properties else None
    if numbering is None:
        return None, None
    number, level = numbering.child("numId"), numbering.child("ilvl")
    return (number.get("val") if number else None), (level.get("val") if level else None)
