"""XML of unknown origin as a tree: no document type, no entities, nothing fetched, bounded in size and depth."""

from collections.abc import Iterator
from xml.parsers import expat

from directives_adapters.documents.limits import MAX_DEPTH, MAX_NODES
from directives_core.errors import BrokenDocument, DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["Node", "parse_xml"]


class Node:
    """An element: local name, attributes by local name, and its children, texts among them.

    Namespaces are dropped: the transitional and the strict form of one format differ in nothing else, and no two names
    that are read here collide.
    """

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.children: list[Node | str] = []

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def elements(self) -> "Iterator[Node]":
        """Yield the child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def child(self, *path: str) -> "Node | None":
        """Return the first descendant on this path of names."""
        node: Node | None = self
        for name in path:
            node = next((child for child in node.elements() if child.name == name), None) if node else None
        return node

    def every(self, *names: str) -> "Iterator[Node]":
        """Yield all descendants with one of these names, in the order of the document."""
        pending = list(self.elements())[::-1]
        while pending:
            node = pending.pop()
            if node.name in names:
                yield node
            pending.extend(list(node.elements())[::-1])

    def words(self) -> str:
        """Return all text in it."""
        parts: list[str] = []
        pending: list[Node | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                parts.append(node)
            else:
                pending.extend(node.children[::-1])
        return "".join(parts)


class _Builder:
    def __init__(self, format_: str) -> None:
        self.format, self.count = format_, 0
        self.root = Node("", {})
        self.open = [self.root]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise DocumentTooLarge(Phrase("it has too much markup"), limit=MAX_NODES, unit=Phrase("elements"))
        if len(self.open) > MAX_DEPTH:
            raise DocumentTooLarge(Phrase("its parts are nested too deeply"), limit=MAX_DEPTH, unit=Phrase("levels"))
        node = Node(_local(name), {_local(key): value for key, value in attributes.items()})
        self.open[-1].children.append(node)
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].children.append(text)

    def doctype(self, *_: object) -> None:
        raise BrokenDocument(self.format, why=Phrase("its XML declares a document type, which no such file needs"))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def parse_xml(data: bytes, format_: str) -> Node:
    """Return the root element.

    Raises:
        BrokenDocument: it is no XML, or it declares a document type (the way to entities and outside files).
        DocumentTooLarge: too many elements, or too deep.
    """
    builder = _Builder(format_)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = builder.doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BrokenDocument(format_, why=Phrase("its XML is damaged")) from error
    return next(builder.root.elements())
