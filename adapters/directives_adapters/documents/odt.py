"""OpenDocument texts (.odt): the body as printed; page headers, comments, deletions and macros left out."""

from directives_adapters.documents.letters import tidied
from directives_adapters.documents.odt_body import Body, Seen
from directives_adapters.documents.odt_styles import Styles
from directives_adapters.documents.package import Package
from directives_adapters.documents.plain import modern
from directives_adapters.documents.result import DocumentText, LeftOut, told
from directives_adapters.documents.tree import Node
from directives_core.errors import BrokenDocument, EncryptedDocument, ScannedDocument
from directives_core.language import Phrase

__all__ = ["read_odt"]

_ELSEWHERE = ("http:", "https:", "ftp:", "file:", "//", "\\\\")
_MACROS = ("Basic/", "Scripts/")


def read_odt(data: bytes) -> DocumentText:
    """Return the text of content.xml; raises as `read_document` does."""
    package = Package(data, "odt")
    manifest = package.tree_or_none("META-INF/manifest.xml")
    if manifest is not None and next(manifest.every("encryption-data"), None):
        raise EncryptedDocument("odt")
    content = package.tree("content.xml")
    sheet = package.tree_or_none("styles.xml")
    main = content.child("body", "text")
    if main is None:
        raise BrokenDocument("odt", why=Phrase("its content is no text"))
    body = Body(Styles([sheet, content] if sheet else [content]))
    lines = body.lines(main)
    for number, note in enumerate(list(body.seen.notes), 1):
        words = note.child("note-body")
        lines.extend(["", f"[{number}] {' '.join(' '.join(body.lines(words)).split())}"] if words else [])
    text, warnings = modern("\n".join(lines))
    text = tidied(text)
    if not text and body.seen.pictures:
        raise ScannedDocument(pages=body.seen.pictures)
    left_out = [*_outside(sheet), *_inside(body.seen)]
    if any(name.startswith(_MACROS) for name in package.names):
        left_out.append(LeftOut("macro"))
    return DocumentText(text, "odt", tuple(left_out), (*warnings, *_warnings(content, body.seen, left_out)))


def _outside(sheet: Node | None) -> list[LeftOut]:
    """Return the page headers and footers."""
    masters = sheet.child("master-styles") if sheet else None
    if masters is None:
        return []
    headers = [
        each.words() for node in masters.every("header", "header-first", "header-left") for each in node.every("p")
    ]
    footers = [
        each.words() for node in masters.every("footer", "footer-first", "footer-left") for each in node.every("p")
    ]
    return [*told("page header", headers), *told("page footer", footers)]


def _inside(seen: Seen) -> list[LeftOut]:
    left = [*told("deleted text", seen.deleted), *told("hidden text", seen.hidden), *told("comment", seen.comments)]
    return left + [LeftOut("picture")] * bool(seen.pictures) + [LeftOut("embedded file")] * bool(seen.embedded)


def _warnings(content: Node, seen: Seen, left_out: list[LeftOut]) -> list[str]:
    warnings: list[str] = []
    if seen.changed:
        warnings.append(
            Phrase(
                "it has tracked changes: insertions were read, deletions left out; accept them before you rely on it"
            )
        )
    kinds = {left.what for left in left_out}
    if "macro" in kinds:
        warnings.append(Phrase("it has macros, which were ignored"))
    if "embedded file" in kinds:
        warnings.append(Phrase("it has other files embedded, which were not read"))
    if "hidden text" in kinds:
        warnings.append(Phrase("it has hidden text, which was left out as it is not printed"))
    if any(
        node.get("href").lower().startswith(_ELSEWHERE) for node in content.every("image", "object", "section-source")
    ):
        warnings.append(Phrase("it refers to files elsewhere, which were not fetched"))
    return warnings
