"""Web pages (.html): the text of their main content as a browser shows it; nothing is run and nothing is fetched."""

import re
from collections.abc import Iterator

from directives_adapters.documents.counting import counted
from directives_adapters.documents.html_tree import parse_html
from directives_adapters.documents.letters import tidied
from directives_adapters.documents.limits import MAX_CELLS_REPEATED, MAX_HTML_BYTES, Budget
from directives_adapters.documents.plain import decoded, modern
from directives_adapters.documents.result import DocumentText, LeftOut, told
from directives_adapters.documents.tables import table_lines
from directives_adapters.documents.tree import Node
from directives_core.errors import DocumentTooLarge, ScannedDocument
from directives_core.language import Phrase

__all__ = ["read_html"]

_CHARSET = re.compile(rb"<meta[^>]{0,300}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_-]{1,30})", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(r"utf-?8|windows-125[0-8]|iso-8859-1?[0-9]|us-ascii", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_AROUND_WORDS = "nav aside footer header dialog menu"
_AROUND = frozenset(_AROUND_WORDS.split())
_AROUND_ROLES_WORDS = "navigation banner contentinfo complementary search"
_AROUND_ROLES = frozenset(_AROUND_ROLES_WORDS.split())
_BLOCKS_WORDS = (
    "p div h1 h2 h3 h4 h5 h6 ul ol li table section article main header footer nav aside blockquote pre center dl "
    "dt dd form fieldset figure figcaption address hr body html details summary caption td th tr tbody thead "
    "tfoot"
)
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UPPER = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]{1,30})", re.IGNORECASE)
_STYLES = {
    "upper-roman": "I", "lower-roman": "i", "upper-alpha": "A", "upper-latin": "A", "lower-alpha": "a",
    "lower-latin": "a", "decimal": "1", "decimal-leading-zero": "01",
}  # fmt: skip
_ENOUGH_OF_MAIN = 300
_LETTERS = re.compile(r"\w")


def read_html(data: bytes) -> DocumentText:
    """Return the text of the main content; raises as `read_document` does."""
    if len(data) > MAX_HTML_BYTES:
        raise DocumentTooLarge(
            Phrase("it has {n:,} bytes", n=len(data)), limit=MAX_HTML_BYTES, unit=Phrase("bytes of .html")
        )
    source, _ = _decoded(data)
    tree = parse_html(source.replace("\0", ""))
    main = _main(tree)
    page = _Page()
    lines = page.lines(main or tree)
    text, warnings = modern("\n".join(lines))
    text = tidied(text)
    if page.pictures and not _LETTERS.search(text):
        raise ScannedDocument(pages=page.pictures)
    left_out = [
        *told("navigation", page.around),
        *told("hidden text", page.hidden),
        *told("deleted text", page.deleted),
    ]
    left_out += [*told("page header", page.headers), *told("page footer", page.footers)]
    left_out += [LeftOut("picture")] * bool(page.pictures)
    return DocumentText(text, "html", tuple(left_out), warnings)


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text in the encoding that the page names, else in the one that fits."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        charset = named[1].decode("ascii")
        if _KNOWN_CHARSET.fullmatch(charset):
            try:
                return data.decode(charset), ()
            except (UnicodeDecodeError, LookupError):
                pass
    return decoded(data)


def _main(tree: Node) -> Node | None:
    """Return the element that holds the paper, where the page says which."""
    for names in (("main",), ("article",)):
        found = max(tree.every(*names), key=lambda node: len(node.words()), default=None)
        if found and len(found.words()) >= _ENOUGH_OF_MAIN:
            return found
    return None


class _Page:
    """Turns elements into lines and remembers what it leaves out."""

    def __init__(self) -> None:
        self._budget = Budget()
        self.around: list[str] = []
        self.hidden: list[str] = []
        self.deleted: list[str] = []
        self.headers: list[str] = []
        self.footers: list[str] = []
        self.pictures = 0

    def lines(self, node: Node, *, upper: bool = False) -> list[str]:
        """Return the lines of an element; texts between its blocks are paragraphs of their own."""
        lines: list[str] = []
        inline: list[str] = []

        def flush() -> None:
            if inline:
                lines.extend(self._paragraph("".join(inline)))
                inline.clear()

        for child in node.children:
            if isinstance(child, Node) and _is_block(child):
                if "".join(inline).strip(" "):
                    flush()
                inline.clear()
                if not self._leaves(child):
                    lines.extend(self._block(child, upper or bool(_UPPER.search(child.get("style")))))
            else:
                inline.extend(self._inline(child, upper))
        if "".join(inline).strip(" ") or (not lines and inline):
            flush()
        return lines

    def _paragraph(self, text: str) -> list[str]:
        text = self._budget.spend(text)
        return [re.sub(" {2,}", " ", line).strip(" ") for line in text.removesuffix("\n").split("\n")]

    def _leaves(self, node: Node) -> bool:
        """Say whether an element is no part of the text, and remember it."""
        kept = None
        if node.get("title") in ("header", "footer") and node.name == "div":
            kept = self.headers if node.get("title") == "header" else self.footers
        elif node.name in _AROUND or node.get("role") in _AROUND_ROLES:
            kept = self.around
        elif "hidden" in node.attributes or _HIDDEN.search(node.get("style")):
            kept = self.hidden
        elif node.name in ("del", "s", "strike"):
            kept = self.deleted
        if kept is None:
            return False
        kept.append(node.words())
        return True

    def _block(self, node: Node, upper: bool) -> list[str]:
        if node.name in ("ul", "ol"):
            return self._list(node, upper)
        if node.name == "table":
            return table_lines(self._rows(node, upper))
        if node.name == "hr":
            return [""]
        if node.name == "pre":
            return self._budget.spend(node.words()).strip("\n").split("\n")
        lines = self.lines(node, upper=upper)
        return lines or ([""] if node.name == "p" else [])

    def _list(self, node: Node, upper: bool) -> list[str]:
        lines: list[str] = []
        style = _style_of(node) or ("1" if node.name == "ol" else "bullet")
        count = _number(node.get("start"), 1)
        for item in node.elements():
            if item.name != "li":
                lines.extend(
                    self._block(item, upper) if _is_block(item) else self._paragraph("".join(self._inline(item, upper)))
                )
                continue
            if self._leaves(item):
                continue
            count = _number(item.get("value"), count)
            own = _style_of(item) or style
            label = (
                "" if own == "none" else f"{counted(count, own)}." if own in ("1", "01", "a", "A", "i", "I") else "•"
            )
            count += 1
            words = self.lines(item, upper=upper)
            first = next((at for at, line in enumerate(words) if line.strip()), None)
            if label and first is not None:
                words[first] = f"{label} {words[first]}"
            lines.extend(words)
        return lines

    def _rows(self, table: Node, upper: bool) -> list[list[str]]:
        rows = []
        for row in _rows_of(table):
            cells: list[str] = []
            for cell in row.elements():
                if cell.name in ("td", "th"):
                    cells.append("\n".join(self.lines(cell, upper=upper)).strip("\n"))
                    cells.extend([""] * (min(_number(cell.get("colspan"), 1), MAX_CELLS_REPEATED) - 1))
            rows.append(cells)
        return rows

    def _inline(self, node: Node | str, upper: bool) -> Iterator[str]:
        if isinstance(node, str):
            text = _BLANKS.sub(" ", node)
            yield text.upper() if upper else text
        elif node.name == "br":
            yield "\n"
        elif node.name in ("img", "input"):
            self.pictures += node.name == "img"
        elif not self._leaves(node):
            upper = upper or bool(_UPPER.search(node.get("style")))
            for child in node.children:
                if isinstance(child, Node) and _is_block(child):
                    yield "\n" + "\n".join(self._block(child, upper)) + "\n"
                else:
                    yield from self._inline(child, upper)


def _is_block(node: Node) -> bool:
    return node.name in _BLOCKS


def _rows_of(table: Node) -> Iterator[Node]:
    for child in table.elements():
        if child.name == "tr":
            yield child
        elif child.name in ("thead", "tbody", "tfoot"):
            yield from _rows_of(child)


def _style_of(node: Node) -> str | None:
    """Return how a list or an item counts, where it says so."""
    found = _LIST_STYLE.search(node.get("style"))
    if found:
        return "none" if found[1].lower() == "none" else _STYLES.get(found[1].lower(), "bullet")
    kind = node.get("type")
    return kind if kind in ("1", "a", "A", "i", "I") else None


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise
