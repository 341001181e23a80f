"""Formula injection: what a spreadsheet would take for a formula, in a file without types, is marked as text.

A text that begins, after blanks and quotes, with `=`, `+`, `-` or `@`, or with one of their full-width forms, gets an
apostrophe before that sign. So does the same inside a text after a semicolon, a tab, a bar or a line end: where a
spreadsheet of another country takes one of them for the separator, a cell begins there. See "CSV Injection" of the
OWASP community pages.
"""

import re

__all__ = ["marked_as_text", "unmarked"]

_SIGN = "=+@\\-\uff1d\uff0b\uff20\uff0d\u2212"
_BEGINS = r"(?:\A|(?<=[;\t|\n\r]))"
_FORMULA = re.compile(rf"({_BEGINS}[\s\"]*)('*[{_SIGN}])")
_MARKED = re.compile(rf"({_BEGINS}[\s\"]*)'('*[{_SIGN}])")


def marked_as_text(text: str) -> str:
    """The text with an apostrophe where a formula would begin."""
    return _FORMULA.sub(r"\1'\2", text)


def unmarked(text: str) -> str:
    """The text before it was marked."""
    return _MARKED.sub(r"\1\2", text)
