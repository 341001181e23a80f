"""How people name several directives at once: `12,15-18`, shares, periods, items of notices."""

import re
from collections.abc import Sequence

import click

from directives_core.language import _

__all__ = ["read_numbers", "show_numbers"]

_RANGE = re.compile(r"(?:[Dd]-?)?(\d{1,9})-(?:[Dd]-?)?(\d{1,9})\Z", re.ASCII)
_MOST = 10_000


def read_numbers(text: str) -> list[str]:
    """The directives named, in order, each once; ranges are counted out, the rest is left to the library.

    Raises:
        UsageError: a range runs backwards, is too long, or nothing is named.
    """
    named: list[str] = []
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        found = _RANGE.match(piece)
        named += _counted(piece, int(found[1]), int(found[2])) if found else [piece]
    if not named:
        raise click.UsageError(
            _("N: {text!r} names no directive; give 12, D-12, 12,15-18, 12/3 or 123/TB-UBND:II.11.1").format(text=text)
        )
    return list(dict.fromkeys(named))


def _counted(piece: str, first: int, last: int) -> list[str]:
    if first > last:
        raise click.UsageError(
            _("N: the range {piece} runs backwards; write {last}-{first}").format(piece=piece, last=last, first=first)
        )
    if last - first >= _MOST:
        raise click.UsageError(
            _("N: the range {piece} names more than {most:,} directives; take smaller steps").format(
                piece=piece, most=_MOST
            )
        )
    return [str(number) for number in range(first, last + 1)]


def show_numbers(numbers: Sequence[int]) -> str:
    """Numbers in the form in which they can be typed again: D-12, or 12,15-18."""
    if len(numbers) == 1:
        return f"D-{numbers[0]}"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
