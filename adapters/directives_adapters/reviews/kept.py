"""What a review keeps in its hidden sheet: the draft as read, and what each cell showed, so that changes are seen."""

import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from directives_adapters.reviews.columns import KEPT_MARK
from directives_adapters.sheets import Sheet
from directives_core import NoticeDraft
from directives_core.errors import SheetRefused
from directives_core.language import Phrase
from directives_core.typed import Problem

__all__ = ["Kept", "pieces_of", "read_kept"]

_PIECE = 30_000
_VERSION = 1


class Kept(BaseModel):
    """The draft; what the cells showed, by sheet, code and column; the words of choices; questions as they were shown.

    Days are shown in their ISO form.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = Field(default=_VERSION, le=_VERSION)
    draft: NoticeDraft
    shown: Mapping[str, Mapping[str, Mapping[str, str]]]
    words: Mapping[str, Mapping[str, str]]
    questions: Mapping[str, str]


def pieces_of(kept: Kept) -> Iterable[str]:
    """The texts of the cells of the hidden sheet, in order."""
    # Letters outside of ASCII are escaped: a cell then holds as many as it has, whatever their width.
    text = json.dumps(kept.model_dump(mode="json"))
    return (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))


def read_kept(sheets: Iterable[Sheet]) -> Kept:
    """Read it back.

    Raises:
        SheetRefused: the hidden sheet is missing, or was changed.
    """
    for sheet in sheets:
        cells = [cell.value for cell in sheet.cells() if cell.column == 1]
        if cells and cells[0] == KEPT_MARK:
            try:
                return Kept.model_validate_json("".join(map(str, cells[1:])))
            except ValidationError as error:
                said = Phrase("this hidden sheet was changed, or made by a newer version; read the notice anew")
                raise SheetRefused([Problem(sheet.name, 0, "", said)]) from error
    said = Phrase("the hidden sheet with the draft is missing; save the whole workbook, or read the notice anew")
    raise SheetRefused([Problem("directives", 0, "", said)])
