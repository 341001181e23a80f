"""What comes out of a document: its text, and what was not taken into it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["DocumentText", "Format", "LeftOut", "What", "told"]

Format = Literal["txt", "docx", "odt", "pdf", "html"]
What = Literal[
    "page header", "page footer", "page number", "deleted text", "hidden text", "comment", "picture", "macro",
    "embedded file", "signature stamp", "navigation",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that is no part of the text: what it is, and its words where it has any."""

    what: What
    text: str = ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    r"""The text of a document in composed Unicode, lines parted by line feeds.

    A paragraph is one line; an empty line stands where the document has one. Numbers and bullets of lists stand before
    their paragraphs as printed. A letterhead or signature set in columns is given column by column; of any other table
    each row is one line, its cells parted by " | ", with an empty cell where the sheet has one.
    """

    text: str
    format: Format
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()


def told(what: What, texts: Iterable[str]) -> list[LeftOut]:
    """Return what was left out, once for each different wording, empty ones aside."""
    stripped = (" ".join(text.split()) for text in texts)
    return [LeftOut(what, text) for text in dict.fromkeys(stripped) if text]
