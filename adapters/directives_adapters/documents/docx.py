"""Word documents (.docx, .docm): the body as printed; page headers, comments, deletions and macros left out."""

import re

from directives_adapters.documents.docx_body import Body, Seen
from directives_adapters.documents.docx_numbering import Numbering
from directives_adapters.documents.docx_styles import Styles
from directives_adapters.documents.letters import tidied
from directives_adapters.documents.package import Package
from directives_adapters.documents.plain import modern
from directives_adapters.documents.result import DocumentText, LeftOut, What, told
from directives_adapters.documents.tree import Node
from directives_core.errors import BrokenDocument, ScannedDocument
from directives_core.language import Phrase

__all__ = ["read_docx"]

_MAIN = re.compile(r"/officeDocument$")
_ACTIVE = re.compile(r"/(?:attachedTemplate|image|oleObject|frame|subDocument|externalLink)$")
_SHEET_PARTS: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("page header", re.compile(r"header\d*\.xml$")),
    ("page footer", re.compile(r"footer\d*\.xml$")),
    ("comment", re.compile(r"comments\.xml$")),
)  # fmt: skip


def read_docx(data: bytes) -> DocumentText:
    """Return the text of the main part; raises as `read_document` does."""
    package = Package(data, "docx")
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    body = Body(
        Styles(package.tree_or_none(f"{prefix}styles.xml")),
        Numbering(package.tree_or_none(f"{prefix}numbering.xml")),
    )
    tree = package.tree(main).child("body")
    if tree is None:
        raise BrokenDocument("docx", why=Phrase("its main part has no body"))
    lines = body.lines(tree)
    lines.extend(_notes(package, prefix, body))
    text, warnings = modern("\n".join(lines))
    text = tidied(text)
    if not text and body.seen.pictures:
        raise ScannedDocument(pages=body.seen.pictures)
    left_out = [*_outside(package, prefix), *_inside(body.seen)]
    if any(name.endswith("vbaProject.bin") for name in package.names):
        left_out.append(LeftOut("macro"))
    return DocumentText(text, "docx", tuple(left_out), (*warnings, *_warnings(package, prefix, body.seen, left_out)))


def _main_part(package: Package) -> str:
    """Return the name of the part that the package names as its document; by the usual name where it names none."""
    relations = package.tree_or_none("_rels/.rels")
    for relation in relations.elements() if relations else ():
        target = relation.get("Target").lstrip("/")
        if _MAIN.search(relation.get("Type")) and target in package.names:
            return target
    return "word/document.xml"


def _notes(package: Package, prefix: str, body: Body) -> list[str]:
    """Return footnotes and endnotes, in the order of their marks, as lines at the end."""
    lines: list[str] = []
    for kind in ("footnote", "endnote"):
        wanted = [key for kind_, key in body.seen.notes if kind_ == kind]
        tree = package.tree_or_none(f"{prefix}{kind}s.xml") if wanted else None
        notes = {note.get("id"): note for note in tree.elements()} if tree else {}
        for number, key in enumerate(dict.fromkeys(wanted), 1):
            if key in notes:
                words = " ".join(" ".join(body.lines(notes[key])).split())
                lines.extend(["", f"[{number}] {words}"])
    return lines


def _outside(package: Package, prefix: str) -> list[LeftOut]:
    """Return what stands on the sheet beside the text."""
    left: list[LeftOut] = []
    for what, pattern in _SHEET_PARTS:
        texts = []
        for name in package.names:
            if name.startswith(prefix) and pattern.fullmatch(name.removeprefix(prefix)):
                texts.extend(_paragraphs(package.tree(name)))
        left.extend(told(what, texts))
    return left


def _paragraphs(tree: Node) -> list[str]:
    return [" ".join(each.words() for each in paragraph.every("t")) for paragraph in tree.every("p")]


def _inside(seen: Seen) -> list[LeftOut]:
    left = [*told("deleted text", seen.deleted), *told("hidden text", seen.hidden)]
    return left + [LeftOut("picture")] * bool(seen.pictures) + [LeftOut("embedded file")] * bool(seen.embedded)


def _warnings(package: Package, prefix: str, seen: Seen, left_out: list[LeftOut]) -> list[str]:
    warnings: list[str] = []
    if seen.deleted or seen.inserted:
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
    relations = package.tree_or_none(f"{prefix}_rels/document.xml.rels")
    for relation in relations.elements() if relations else ():
        if relation.get("TargetMode") == "External" and _ACTIVE.search(relation.get("Type")):
            warnings.append(Phrase("it refers to files elsewhere, which were not fetched"))
            break
    return warnings
