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
    elements: int = 4_000_000


@dataclass(slots=True)
class Budget:
    """What may still be read; every spending raises `DocumentTooLarge` where it is used up."""

    limits: Limits
    rows: int = field(default=0, init=False)
    cells: int = field(default=0, init=False)
    characters: int = field(default=0, init=False)

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
