"""The limits within which any file is read or refused, whatever it was made to do."""

from typing import Final

from directives_core.errors import DocumentTooLarge
from directives_core.language import Phrase

__all__ = [
    "ALIKE_PAGES",
    "MAX_BYTES",
    "MAX_CELLS_REPEATED",
    "MAX_CHARACTERS",
    "MAX_DEPTH",
    "MAX_HTML_BYTES",
    "MAX_LABEL",
    "MAX_MARKS",
    "MAX_MEMBERS",
    "MAX_NODES",
    "MAX_PAGES",
    "MAX_PART_BYTES",
    "MAX_RATIO",
    "PDF_MEMORY_BYTES",
    "PDF_PATIENCE",
    "PDF_SECONDS",
    "PDF_SECONDS_A_MILLION",
    "PDF_SECONDS_LEAST",
    "RATIO_FROM_BYTES",
    "Budget",
]

#: Of the file as it came. The longest real notices have a few hundred kB; pictures make them larger.
MAX_BYTES: Final = 50_000_000
#: Of the text that comes out: about 300 pages.
MAX_CHARACTERS: Final = 1_000_000
#: Of an .html file, whose every byte is markup or text.
MAX_HTML_BYTES: Final = 8_000_000
#: Files packed in a .docx or .odt.
MAX_MEMBERS: Final = 2_000
#: Of one packed XML part, unpacked. Parts that are not read (pictures, macros) are never unpacked.
MAX_PART_BYTES: Final = 40_000_000
#: Unpacked to packed size of an XML part; text seldom goes beyond 30. Only asked from RATIO_FROM_BYTES on.
MAX_RATIO: Final = 200
RATIO_FROM_BYTES: Final = 1_000_000
#: Elements of one XML part.
MAX_NODES: Final = 300_000
#: Elements within one another.
MAX_DEPTH: Final = 120
#: Characters of the printed number of one list item.
MAX_LABEL: Final = 40
#: How often one cell or row is repeated by a table that says so instead of writing it out.
MAX_CELLS_REPEATED: Final = 50
#: Combining marks on one letter; Vietnamese needs two.
MAX_MARKS: Final = 8
#: Pages of a .pdf.
MAX_PAGES: Final = 300
#: From so many pages on, a line that stands at the same place of most of them is a page header or footer.
ALIKE_PAGES: Final = 3
#: Computing time of the process that takes a .pdf apart: at least, for each million bytes, at most; how many times that
#: it may take on a busy machine, or where the system limits no computing time. Its memory.
PDF_SECONDS_LEAST: Final = 6.0
PDF_SECONDS_A_MILLION: Final = 20.0
PDF_SECONDS: Final = 20.0
PDF_PATIENCE: Final = 3
PDF_MEMORY_BYTES: Final = 1_000_000_000


class Budget:
    """How much text a document may still give."""

    __slots__ = ("_left",)

    def __init__(self, characters: int = MAX_CHARACTERS) -> None:
        self._left = characters

    def spend(self, text: str) -> str:
        """Return `text`, taken off the budget.

        Raises:
            DocumentTooLarge: the document gives more text than is read.
        """
        self._left -= len(text) + 1
        if self._left < 0:
            raise DocumentTooLarge(Phrase("it has too much text"), limit=MAX_CHARACTERS, unit=Phrase("characters"))
        return text
