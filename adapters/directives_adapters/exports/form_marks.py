"""What a form carries, hidden, to be known again: whose it is, and which share each row is about.

The marks stand in a hidden column and a hidden row of the sheet itself, so that they survive being saved as another
kind of spreadsheet, and rows that were moved are still known. Each row's mark is bound to its form by a short hash:
it guards against rows that were copied over from another form, not against a forger.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Self

__all__ = ["FILLED", "KEYS", "FormMark", "RowMark"]

FILLED = ("result", "percent", "on", "text", "document")
"""The columns that a unit fills in."""
KEYS = ("code", "name", "order", "due_on", "stands", "last_report", *FILLED)
"""The columns of a form, by the keys in its hidden row."""

_FORM = re.compile(
    r"directives-form:1;register=([0-9a-f]{32});unit=([^;]{1,200});position=([1-9]\d{0,17});([0-9a-f]{12})\Z", re.ASCII
)
_ROW = re.compile(r"([1-9]\d{0,8}/[1-9]\d{0,5}(?:@[0-9A-Z-]{1,10})?);([1-9]\d{0,8});([0-9a-f]{12})\Z", re.ASCII)


def _short_hash(*parts: object) -> str:
    return hashlib.sha256("\x00".join(map(str, parts)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class FormMark:
    """The register, the unit by its id, and the position of the register when the form was made."""

    register_id: str
    unit: str
    position: int

    def __str__(self) -> str:
        """As it stands in the form."""
        said = f"register={self.register_id};unit={self.unit};position={self.position}"
        return f"directives-form:1;{said};{_short_hash(said)}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The mark of a form; none where the text is none, or was changed."""
        found = _FORM.match(text.strip())
        mark = cls(found[1], found[2], int(found[3])) if found else None
        return mark if mark is not None and str(mark) == text.strip() else None


@dataclass(frozen=True, slots=True)
class RowMark:
    """The name of a share, 12/3 or 12/3@2021-10, and the version of the directive when the form was made."""

    name: str
    version: int

    def of(self, form: FormMark) -> str:
        """As it stands in a row of this form."""
        return f"{self.name};{self.version};{_short_hash(form, self.name, self.version)}"

    @classmethod
    def read(cls, text: str, form: FormMark) -> Self | None:
        """The mark of a row of this form; none where the text is none, was changed, or comes from another form."""
        found = _ROW.match(text.strip())
        mark = cls(found[1], int(found[2])) if found else None
        return mark if mark is not None and mark.of(form) == text.strip() else None
