"""XML of unknown origin as a stream of events: no document type, no entities, bounded in elements and depth."""

from xml.parsers import expat

from directives_adapters.documents.limits import MAX_DEPTH
from directives_adapters.sheets.limits import Budget
from directives_core.errors import BrokenDocument, DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["Handler", "parse_stream"]


class Handler:
    """What is told of every element, by its local name; attributes by local name too. To be subclassed."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Text stands in the innermost open element."""

    def end(self, name: str) -> None:
        """An element ends."""


def parse_stream(data: bytes, handler: Handler, format_: str, budget: Budget) -> None:
    """Tell the handler of every element of the XML, and count them.

    Raises:
        BrokenDocument: it is no XML, or declares a document type (the way to entities and outside files).
        DocumentTooLarge: it has more elements, or is deeper, than any sheet.
    """
    count = depth = 0
    most = budget.part(data)

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > most:
            raise DocumentTooLarge(Phrase("it has too much markup"), limit=most, unit=Phrase("elements"))
        if depth > MAX_DEPTH:
            raise DocumentTooLarge(Phrase("its parts are nested too deeply"), limit=MAX_DEPTH, unit=Phrase("levels"))
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        handler.start(name.rpartition(" ")[2], local)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name.rpartition(" ")[2])

    def doctype(*_: object) -> None:
        raise BrokenDocument(format_, why=Phrase("its XML declares a document type, which no such file needs"))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise BrokenDocument(format_, why=Phrase("its XML is damaged")) from error
    budget.elements += count
