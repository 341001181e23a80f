"""Tables that fit the terminal: columns as wide as what they hold, the growing one cut to what is left."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from directives_cli import terminal
from directives_cli.words import cut, harmless, pad, width
from directives_core.language import _

__all__ = ["Column", "Line", "long_table", "table"]

_GAP = "  "
_LEAST = 12
_BLOCK = 500

Line = tuple[Sequence[str], Sequence[str | None]]
"""The cells of a line, and their colours."""


class Column(NamedTuple):
    """One column: its head, whether it takes what is left, the most it may take, whether it holds numbers."""

    head: str
    grows: bool = False
    most: int = 1000
    right: bool = False


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    colours: Sequence[Sequence[str | None]] | None = None,
    *,
    indent: int = 0,
) -> Iterator[str]:
    """The lines of a table with its head; nothing where there are no rows.

    Args:
        columns: its columns.
        rows: its cells.
        colours: those of the cells.
        indent: how many columns of the terminal stand before each line.
    """
    if not rows:
        return
    clean = [[_on_one_line(harmless(cell)) for cell in row] for row in rows]
    widths = _widths(columns, clean, terminal.columns() - indent)
    before = " " * indent
    yield before + terminal.painted(_line(columns, widths, [_(column.head) for column in columns]), bold=True)
    for number, row in enumerate(clean):
        yield before + _line(columns, widths, row, colours[number] if colours else None)


def long_table(columns: Sequence[Column], lines: Iterable[Line], *, indent: int = 0) -> Iterator[str]:
    """As `table`, however many lines there are: only some hundred are held, and columns can widen on the way."""
    coming, before = iter(lines), " " * indent
    widths = [0] * len(columns)
    first = True
    while block := list(islice(coming, _BLOCK)):
        clean = [[_on_one_line(harmless(cell)) for cell in cells] for cells, _colours in block]
        widths = _widths(columns, clean, terminal.columns() - indent, least=widths)
        if first:
            yield before + terminal.painted(_line(columns, widths, [_(column.head) for column in columns]), bold=True)
            first = False
        for cells, (_cells, colours) in zip(clean, block, strict=True):
            yield before + _line(columns, widths, cells, colours)


def _on_one_line(cell: str) -> str:
    """A cell whose line ends and tabs are blanks; blanks at its begin are an indent and stay."""
    return cell.replace("\n", " ").replace("\t", " ")


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int, *, least: Sequence[int] = ()
) -> list[int]:
    needs = [
        min(max([width(_(column.head)), *least[place : place + 1], *(width(row[place]) for row in rows)]), column.most)
        for place, column in enumerate(columns)
    ]
    room -= len(_GAP) * (len(columns) - 1)
    for place, column in enumerate(columns):
        if column.grows:
            others = sum(needs) - needs[place]
            needs[place] = min(needs[place], max(room - others, _LEAST))
    return needs


def _line(
    columns: Sequence[Column], widths: Sequence[int], cells: Sequence[str], colours: Sequence[str | None] | None = None
) -> str:
    parts = []
    for place, (column, size, cell) in enumerate(zip(columns, widths, cells, strict=True)):
        text = cut(cell, size) if width(cell) > size else cell
        filled = " " * (size - width(text)) + text if column.right else pad(text, size)
        colour = colours[place] if colours else None
        parts.append(terminal.painted(filled, colour))
    return _GAP.join(parts).rstrip()
