"""Workbooks of Excel: which sheets there are, and what their parts, texts and formats mean."""

import posixpath

from directives_adapters.documents.package import Package
from directives_adapters.documents.tree import Node
from directives_adapters.sheets.cells import Sheet, Workbook
from directives_adapters.sheets.limits import Budget, Limits
from directives_adapters.sheets.serials import shows_days
from directives_adapters.sheets.stream import parse_stream
from directives_adapters.sheets.xlsx_cells import Meaning, SharedTexts, SheetReader
from directives_core.errors import BrokenDocument, DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["read_xlsx"]

_BOOK = "xl/workbook.xml"


def read_xlsx(data: bytes, limits: Limits) -> Workbook:
    """Return the sheets of a workbook; charts, pictures and macros are not looked at.

    Raises:
        BrokenDocument, DocumentTooLarge, EncryptedDocument: as `read_sheets` says.
    """
    package = Package(data, "xlsx")
    place = _place_of_book(package)
    book = package.tree(place)
    parts = _parts_of(package, place)
    budget = Budget(limits, len(data))
    meaning = Meaning(
        texts=_shared_texts(package, parts, budget),
        days=_day_formats(package, parts),
        since_1904=(_first(book, "workbookPr").get("date1904") in ("1", "true")),
    )
    named = list(_first(book, "sheets").elements())
    if len(named) > limits.sheets:
        raise DocumentTooLarge(Phrase("it has too many sheets"), limit=limits.sheets, unit=Phrase("sheets"))
    sheets = [
        _sheet(package, kind_and_part[1], each, meaning, budget)
        for each in named
        if (kind_and_part := parts.get(each.get("id"))) is not None and kind_and_part[0] == "worksheet"
    ]
    if not sheets:
        raise BrokenDocument("xlsx", why=Phrase("it has no sheet of cells"))
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.names)
    return Workbook("xlsx", tuple(sheets), macros=macros)


def _sheet(package: Package, part: str, named: Node, meaning: Meaning, budget: Budget) -> Sheet:
    reader = SheetReader(meaning, budget)
    parse_stream(package.read(part), reader, "xlsx", budget)
    return reader.builder.sheet(named.get("name"), budget, hidden=named.get("state", "visible") != "visible")


def _first(node: Node, name: str) -> Node:
    return node.child(name) or Node(name, {})


def _place_of_book(package: Package) -> str:
    """The part that the package names as its document; some writers put it elsewhere."""
    relations = package.tree_or_none("_rels/.rels")
    for relation in relations.elements() if relations else ():
        if relation.get("Type").endswith("/officeDocument"):
            return relation.get("Target").lstrip("/")
    return _BOOK


def _parts_of(package: Package, book: str) -> dict[str, tuple[str, str]]:
    """The kind and place of each part that the workbook is related to, by the id of the relation."""
    folder, name = posixpath.split(book)
    relations = package.tree_or_none(posixpath.join(folder, "_rels", f"{name}.rels"))
    parts = {}
    for relation in relations.elements() if relations else ():
        if relation.get("TargetMode") == "External":  # nothing is fetched
            continue
        target = relation.get("Target")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        parts[relation.get("Id")] = (relation.get("Type").rpartition("/")[2], place)
    return parts


def _part(package: Package, parts: dict[str, tuple[str, str]], kind: str) -> str | None:
    place = next((place for kind_, place in parts.values() if kind_ == kind), None)
    return place if place in package.names else None


def _shared_texts(package: Package, parts: dict[str, tuple[str, str]], budget: Budget) -> list[str]:
    """The texts that cells refer to by number."""
    place = _part(package, parts, "sharedStrings")
    reader = SharedTexts(budget.limits)
    if place is not None:
        parse_stream(package.read(place), reader, "xlsx", budget)
    return reader.texts


def _day_formats(package: Package, parts: dict[str, tuple[str, str]]) -> frozenset[int]:
    """The numbers of the cell styles that show days or times."""
    place = _part(package, parts, "styles")
    styles = package.tree(place) if place is not None else Node("", {})
    codes = {_number(code.get("numFmtId")): code.get("formatCode") for code in _first(styles, "numFmts").elements()}
    formats = enumerate(_first(styles, "cellXfs").elements())
    return frozenset(
        at for at, each in formats if shows_days(number := _number(each.get("numFmtId")), codes.get(number))
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
