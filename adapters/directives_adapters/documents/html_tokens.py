"""HTML cut into tags and texts, in time that grows with its length whatever it contains."""

import re
from collections.abc import Iterator
from html import unescape

__all__ = ["Tag", "tokens_of"]

_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:-]{0,40}")
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]{1,60})(?:\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'<>]{1,2000})))?"""
)
#: Elements whose content is no markup; all but the last two are not shown.
_RAW = frozenset(
    {"script", "style", "noscript", "template", "iframe", "noembed", "noframes", "xmp", "textarea", "title"}
)
_LONGEST_TAG = 20_000


class Tag:
    """A tag: its name in lower case, with a slash before it where it closes, and its attributes."""

    __slots__ = ("_source", "name")

    def __init__(self, name: str, source: str) -> None:
        self.name, self._source = name, source

    def attributes(self) -> dict[str, str]:
        """Return the attributes, of which the first of a name counts."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self._source):
            found.setdefault(name.lower(), unescape("".join(values)))
        return found


def tokens_of(source: str) -> Iterator[Tag | str]:
    """Yield tags and the texts between them, entities resolved; comments and what is not shown are left out."""
    lowered = source.lower() if len(source.lower()) == len(source) else source
    at, never = 0, set[str]()

    def find(what: str, start: int) -> int:
        """Find, and look only once for what is nowhere ahead."""
        place = -1 if what in never else lowered.find(what, start)
        if place < 0:
            never.add(what)
        return place

    while at < len(source):
        opens = source.find("<", at)
        if opens < 0:
            opens = len(source)
        if opens > at:
            yield unescape(source[at:opens])
        if opens == len(source):
            return
        if source.startswith("<!--", opens):
            end = find("-->", opens + 4)
            at = end + 3 if end >= 0 else len(source)
        elif source.startswith(("<!", "<?"), opens):
            end = find(">", opens)
            at = end + 1 if end >= 0 else len(source)
        elif name := _NAME.match(source, opens + 1):
            end = _tag_end(source, name.end())
            tag = Tag(name[0].lower(), source[name.end() : end])
            at = end + 1
            if tag.name in _RAW:
                closes = find(f"</{tag.name}", at)
                at = closes if closes >= 0 else len(source)
            yield tag
        else:
            yield "<"
            at = opens + 1


def _tag_end(source: str, at: int) -> int:
    """Return where the ">" of a tag stands, not counting such as stand in quotes."""
    quote = ""
    for place in range(at, min(len(source), at + _LONGEST_TAG)):
        sign = source[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'" and source[place - 1] in "= \t\n":
            quote = sign
        elif sign == ">":
            return place
    end = source.find(">", at, at + _LONGEST_TAG)
    return end if end >= 0 else min(len(source), at + _LONGEST_TAG)
