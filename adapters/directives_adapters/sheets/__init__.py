"""Spreadsheets as they come, .xlsx, .xlsm, .ods and .csv, as rows of typed cells; and workbooks written safely.

Reading is for whatever an office sends back: nothing in a file is executed or fetched, and every limit of
`directives_adapters.sheets.limits` and of `directives_adapters.documents.limits` holds. Writing (`writing`) is for
every workbook that this library makes.
"""

from pathlib import Path, PurePath

from directives_adapters.sheets.cells import Cell, Row, Sheet, Value, Workbook, column_letters
from directives_adapters.sheets.limits import Limits
from directives_core.errors import DocumentTooLarge
from directives_core.language import Phrase

__all__ = ["Cell", "Limits", "Row", "Sheet", "Value", "Workbook", "column_letters", "read_sheets"]


def read_sheets(source: bytes | Path, name: str | None = None, *, limits: Limits | None = None) -> Workbook:
    """Return the sheets of a spreadsheet with their filled cells; what it is, its bytes say first, its name second.

    Args:
        source: the file, or its bytes.
        name: the file's name, where bytes are given.
        limits: how much is read; by default that of `Limits`.

    Raises:
        UnknownFormat: a kind of file that is not read; the message says what to save it as.
        BrokenDocument: it is damaged, or is not what its name says.
        DocumentTooLarge: it goes beyond a limit.
        EncryptedDocument: it is locked by a password.
    """
    limits = limits or Limits()
    if isinstance(source, Path):
        if source.stat().st_size > limits.bytes:
            raise DocumentTooLarge(
                Phrase("it has {st_size:,} bytes", st_size=source.stat().st_size),
                limit=limits.bytes,
                unit=Phrase("bytes"),
            )
        name = name or source.name
        source = source.read_bytes()
    if len(source) > limits.bytes:
        raise DocumentTooLarge(Phrase("it has {n:,} bytes", n=len(source)), limit=limits.bytes, unit=Phrase("bytes"))
    from directives_adapters.sheets.kinds import format_of

    match format_of(source, PurePath(name).name if name else None):
        case "xlsx":
            from directives_adapters.sheets.xlsx import read_xlsx

            return read_xlsx(source, limits)
        case "ods":
            from directives_adapters.sheets.ods import read_ods

            return read_ods(source, limits)
        case _:
            from directives_adapters.sheets.delimited import read_csv

            return read_csv(source, limits)
