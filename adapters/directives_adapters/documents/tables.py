"""Tables as lines: columns one after another for a letterhead or signature, one line a row for anything else."""

import re
from collections.abc import Sequence

__all__ = ["BAR", "Rows", "table_lines"]

#: Rows of cells; the paragraphs of a cell are parted by "\n".
Rows = Sequence[Sequence[str]]
#: Between two cells of a row: the form in which the reader takes "unit | task | deadline" by its heading.
BAR = " | "

_HEAD = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập ?[-–] ?tự do|đảng cộng sản việt nam")
_FOOT = re.compile(r"^\W*nơi nhận", re.MULTILINE)
_SHEET_COLUMNS, _SHEET_ROWS = 4, 8


def table_lines(rows: Rows) -> list[str]:
    """Return the lines of a table, with an empty line before and after it."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return []
    if _is_sheet(filled):
        lines = _by_columns(filled)
    elif max(sum(bool(cell.strip()) for cell in row) for row in filled) == 1:
        lines = [line for row in filled for cell in row if cell.strip() for line in cell.split("\n")]
    else:
        lines = [BAR.join(" ".join(cell.split()) for cell in row).rstrip() for row in filled]
    return ["", *lines, ""]


def _is_sheet(rows: Rows) -> bool:
    """Say whether the table only places the letterhead or the signature on the sheet."""
    if len(rows) > _SHEET_ROWS or max(map(len, rows)) > _SHEET_COLUMNS:
        return False
    text = "\n".join(cell for row in rows for cell in row).casefold()
    return bool(_HEAD.search(text) or _FOOT.search(text))


def _by_columns(rows: Rows) -> list[str]:
    """Return column after column; a column is set apart, because it carries on nothing of the one before."""
    lines: list[str] = []
    for column in range(max(map(len, rows))):
        cells = [row[column] for row in rows if column < len(row) and row[column].strip()]
        if cells and lines:
            lines.append("")
        lines.extend(line for cell in cells for line in cell.split("\n"))
    return lines
