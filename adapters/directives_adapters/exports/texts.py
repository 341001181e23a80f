"""Text of people on its way into a file: line ends in one form, what nobody sees shown by its code."""

from directives_core.harmless import harmless, in_one_line

__all__ = ["inert", "inert_line", "shortened"]


def inert(text: str) -> str:
    """The text with its line ends in one form and controls by their codes; it may have several lines and tabs."""
    return harmless(text.replace("\r\n", "\n"))


def inert_line(text: str) -> str:
    """The text in one line."""
    return in_one_line(text)


def shortened(text: str, most: int) -> str:
    """The text in one line of at most so many characters, cut between words where it can be, with an ellipsis."""
    line = in_one_line(text)
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    head, blank, _ = kept.rpartition(" ")
    return (head if blank and len(head) > most // 2 else kept).rstrip(" ,;:.") + "…"
