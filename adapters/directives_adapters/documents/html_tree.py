"""HTML as a tree, with the ends that authors leave out; what is never shown is not in it."""

from directives_adapters.documents.html_tokens import Tag, tokens_of
from directives_adapters.documents.limits import MAX_DEPTH, MAX_NODES
from directives_adapters.documents.tree import Node
from directives_core.errors import DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["parse_html"]

_UNSHOWN_WORDS = (
    "head title script style noscript template iframe object svg math audio video canvas textarea select noembed "
    "noframes xmp button"
)
_UNSHOWN = frozenset(_UNSHOWN_WORDS.split())
_VOID_WORDS = "br hr img input meta link col area base embed source track wbr param"
_VOID = frozenset(_VOID_WORDS.split())
#: What an opening tag ends, as far up as the nearest of the names after it.
_ENDS = {
    "li": (("li",), ("ul", "ol")),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
}
_ENDS_P_WORDS = (
    "p div h1 h2 h3 h4 h5 h6 ul ol dl table section article main header footer nav aside blockquote pre center "
    "form address hr fieldset"
)
_ENDS_P = frozenset(_ENDS_P_WORDS.split())
_P_WITHIN = ("td", "th", "li", "div", "body", "table")
_LOOK_UP = 40


def parse_html(source: str) -> Node:
    """Return a root with everything in it; elements nested beyond reason lie beside one another.

    Raises:
        DocumentTooLarge: too many elements.
    """
    root = Node("", {})
    opened = [root]
    count = 0
    unshown: str | None = None
    for token in tokens_of(source):
        if isinstance(token, str):
            if unshown is None:
                opened[-1].children.append(token)
            continue
        name = token.name
        if unshown is not None:
            unshown = None if name == f"/{unshown}" or (unshown == "head" and name == "body") else unshown
            if unshown is not None or name != "body":
                continue
        if name.startswith("/"):
            _close(opened, (name[1:],), ("table",) if name[1:] not in ("table", "body", "html") else ())
            continue
        if name in _UNSHOWN:
            unshown = name
            continue
        count += 1
        if count > MAX_NODES:
            raise DocumentTooLarge(Phrase("it has too much markup"), limit=MAX_NODES, unit=Phrase("elements"))
        if name in _ENDS_P:
            _close(opened, ("p",), _P_WITHIN)
        if name in _ENDS:
            _close(opened, *_ENDS[name])
        _add(opened, token)
    return root


def _add(opened: list[Node], tag: Tag) -> None:
    node = Node(tag.name, tag.attributes())
    opened[-1].children.append(node)
    if tag.name not in _VOID and len(opened) < MAX_DEPTH:
        opened.append(node)


def _close(opened: list[Node], names: tuple[str, ...], within: tuple[str, ...]) -> None:
    """Close the nearest open element of these names, with all in it, unless one of `within` stands between."""
    for at in range(len(opened) - 1, max(0, len(opened) - _LOOK_UP), -1):
        if opened[at].name in names:
            del opened[at:]
            return
        if opened[at].name in within:
            return
