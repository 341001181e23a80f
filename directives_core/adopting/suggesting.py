"""A first mapping of an old register, proposed from the words at the heads of its columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from directives_core.adopting.columns import Column, Mapping, RowLike, SheetLike
from directives_core.adopting.words import HEADS, LABEL_HEADS
from directives_core.errors import BadValue
from directives_core.folding import fold_words
from directives_core.language import Phrase

__all__ = ["Suggestion", "suggest"]

_FIRST_ROWS = 40
_LEAST_FIELDS = 2
_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The mapping that is proposed, and the heads of columns that it does not use."""

    mapping: Mapping
    unused: tuple[str, ...]


def suggest(sheets: Iterable[SheetLike]) -> Suggestion:
    """Propose a mapping for the first sheet that has a row of heads among its first rows.

    Raises:
        BadValue: no row has at least the heads of the order and of one further field.
    """
    best: tuple[int, SheetLike, RowLike] | None = None
    for sheet in sheets:
        for row in sheet.rows[:_FIRST_ROWS]:
            fields, _ = _fields_of(_heads(row))
            if "text" in fields and len(fields) >= _LEAST_FIELDS and (best is None or len(fields) > best[0]):
                best = len(fields), sheet, row
    if best is None:
        expected = Phrase("a row of heads such as Nội dung, Đơn vị chủ trì, Thời hạn; or write the mapping by hand")
        raise BadValue("sheet", "no heads that are known", expected=expected)
    _, sheet, row = best
    heads = _heads(row)
    columns, labels = _fields_of(heads)
    used = {*columns.values(), *labels.values()}
    mapping = Mapping(sheet=sheet.name or None, header_row=row.number, columns=columns, labels=labels)
    return Suggestion(mapping, tuple(head for head in heads if head not in used))


def _heads(row: RowLike) -> list[str]:
    """The heads of a row as written, each once, in the order of the columns."""
    return list(
        dict.fromkeys(" ".join(str(cell.value).split()) for cell in row.cells.values() if str(cell.value).strip())
    )


def _fields_of(heads: Sequence[str]) -> tuple[dict[Column, str], dict[str, str]]:
    """The field of each head, the best fits first; no field has two heads, no head two fields."""
    wanted = [(score, at, field, head) for at, head in enumerate(heads) for score, field in _fits(head)]
    columns: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, field, head in sorted(wanted, key=lambda each: (-each[0], each[1])):
        if field not in columns and head not in taken:
            columns[field] = head
            taken.add(head)
    labels = {key: columns.pop(key) for key in LABEL_HEADS if key in columns}
    ordered = sorted(columns.items(), key=lambda each: heads.index(each[1]))
    return {cast("Column", field): head for field, head in ordered}, labels


def _fits(head: str) -> Iterator[tuple[int, str]]:
    """The fields that a head may be about, with how well it fits."""
    said = fold_words(head)
    for table in (HEADS, LABEL_HEADS):
        for field, words in table.items():
            scores = [
                len(word) + _WHOLE * (word == said) for word in words if word in said and _stands_alone(word, said)
            ]
            if scores:
                yield max(scores), str(field)


def _stands_alone(word: str, said: str) -> bool:
    """Whether the words are whole words of the head."""
    return f" {word} " in f" {said.replace('/', ' ').replace('(', ' ').replace(')', ' ').replace(':', ' ')} "
