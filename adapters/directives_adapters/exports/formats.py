"""The table of formats: how each is called, what it is for, and the module that writes it."""

from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol, cast

from directives_adapters.exports.excerpt import Excerpt
from directives_core.errors import BadValue
from directives_core.language import Phrase, marked

__all__ = ["FORMATS", "Format", "FormatModule", "export"]


class FormatModule(Protocol):
    """What a module of the table offers."""

    def write(self, excerpt: Excerpt, out: BinaryIO) -> int:
        """Write the excerpt, in the language spoken now; how many rows, or whatever the format counts, were written.

        Raises:
            NotInstalled: the library that writes it is missing.
        """
        ...


class Format(NamedTuple):
    """One format: its name, which is also the usual suffix of its files, and what it is for."""

    name: str
    summary: str


# A new format is a row here and a module or package of its name beside this one, with a function `write`.
FORMATS = {
    each.name: each
    for each in (
        Format("csv", marked("one row for each share, for other programs and spreadsheets")),
        Format("xlsx", marked("a workbook: the shares with filters, the figures, the moment")),
        Format("docx", marked("the official table, to be printed and signed")),
        Format("ics", marked("the deadlines, for a calendar")),
        Format("html", marked("one page that shows the register on every day, without a network")),
        Format("jsonl", marked("one directive on each line, as `list --json` shows it")),
    )
}


def export(name: str, excerpt: Excerpt, out: BinaryIO) -> int:
    """Write an excerpt in the format of this name, in the language spoken now; how many rows were written.

    Raises:
        BadValue: there is no such format.
        NotInstalled: the library that writes it is missing.
    """
    if name not in FORMATS:
        raise BadValue("format", name, expected=Phrase("one of {formats}", formats=", ".join(FORMATS)))
    return cast("FormatModule", import_module(f"directives_adapters.exports.{name}")).write(excerpt, out)
