"""How much of a spreadsheet is read, whatever it was made to hold."""

from dataclasses import dataclass, field

from directives_core.errors import DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["Budget", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the file, and of all its sheets together; empty cells and rows count for nothing.

    The longest registers that offices keep have some thousand rows of twenty columns.
    """

    bytes: int = 20_000_000
    sheets: int = 60
    rows: int = 50_000
    columns: int = 300
    cells: int = 1_000_000
    characters: int = 30_000_000
    cell_characters: int = 32_767
    #: Of markup: so many, and so many more for each byte of the file, which bounds what a shrunk file costs.
    elements: int = 300_000
    elements_a_byte: int = 2
    #: Of the parts that are read, unpacked.
    unpacked_bytes: int = 150_000_000
    #: Cells that stand in the file once and are written out several times: repeated ones, and those of merged areas.
    repeated: int = 100_000


@dataclass(slots=True)
class Budget:
    """What may still be read of a file of `size` bytes; all that is spent beyond raises `DocumentTooLarge`."""

    limits: Limits
    size: int
    rows: int = field(default=0, init=False)
    cells: int = field(default=0, init=False)
    characters: int = field(default=0, init=False)
    repeated: int = field(default=0, init=False)
    unpacked: int = field(default=0, init=False)
    elements: int = field(default=0, init=False)

    def part(self, data: bytes) -> int:
        """Count a part that was unpacked; how many elements it may still have."""
        self.unpacked += len(data)
        if self.unpacked > self.limits.unpacked_bytes:
            most = self.limits.unpacked_bytes
            raise DocumentTooLarge(Phrase("its parts unpack beyond measure"), limit=most, unit=Phrase("bytes"))
        return self.limits.elements + self.limits.elements_a_byte * self.size - self.elements

    def repeat(self, cells: int) -> None:
        """Count cells that are written out though the file has them once."""
        self.repeated += cells
        if self.repeated > self.limits.repeated:
            most = self.limits.repeated
            raise DocumentTooLarge(Phrase("it repeats or merges too many cells"), limit=most, unit=Phrase("such cells"))

    def row(self) -> None:
        """Count a row that has a filled cell."""
        self.rows += 1
        if self.rows > self.limits.rows:
            raise DocumentTooLarge(Phrase("it has too many rows"), limit=self.limits.rows, unit=Phrase("filled rows"))

    def cell(self, column: int, characters: int) -> None:
        """Count a filled cell and its letters."""
        self.cells += 1
        self.characters += characters
        if column > self.limits.columns:
            raise DocumentTooLarge(Phrase("it has too many columns"), limit=self.limits.columns, unit=Phrase("columns"))
        if self.cells > self.limits.cells:
            raise DocumentTooLarge(
                Phrase("it has too many cells"), limit=self.limits.cells, unit=Phrase("filled cells")
            )
        if characters > self.limits.cell_characters:
            most = self.limits.cell_characters
            raise DocumentTooLarge(Phrase("a cell has too much text"), limit=most, unit=Phrase("characters of a cell"))
        if self.characters > self.limits.characters:
            raise DocumentTooLarge(
                Phrase("it has too much text"), limit=self.limits.characters, unit=Phrase("characters")
            )
