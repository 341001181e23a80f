"""Which kind of spreadsheet bytes are: by how they begin, and only then by the name of the file."""

from pathlib import PurePath

from directives_adapters.documents.package import Package
from directives_adapters.sheets.cells import Format
from directives_core.errors import BrokenDocument, EncryptedDocument, UnknownFormat
from directives_core.language import Phrase

__all__ = ["ADVICE", "format_of"]

ADVICE = Phrase("save it as .xlsx, .ods or .csv (UTF-8)")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = ((b"%PDF-", "a PDF"), (b"{\\rtf", "an RTF file"), (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"))
_PACKED = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".ods": "ods", ".ots": "ods"}


def format_of(data: bytes, name: str | None) -> Format:
    """Return the format.

    Raises:
        UnknownFormat: a kind of file that is not read, with what to do about it.
        EncryptedDocument: a workbook behind a password.
        BrokenDocument: its name promises another kind than the bytes are, or it is no whole package.
    """
    suffix = PurePath(name.replace("\\", "/")).suffix.lower() if name else ""
    if data.startswith(_ZIP):
        return _packed(data, suffix)
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise EncryptedDocument("xlsx")
        raise UnknownFormat(
            Phrase("an old Excel file (.xls)"), advice=Phrase("open it in Excel or LibreOffice and save it as .xlsx")
        )
    for begin, found in _OTHERS:
        if data.startswith(begin):
            raise UnknownFormat(found, advice=ADVICE)
    if suffix in _PACKED:
        raise BrokenDocument(_PACKED[suffix], why=Phrase("it does not begin as one"))
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnknownFormat(Phrase("a web page or XML under the name of a spreadsheet"), advice=ADVICE)
    return "csv"


def _packed(data: bytes, suffix: str) -> Format:
    package = Package(data, _PACKED.get(suffix, "xlsx"))
    names = set(package.names)
    if "mimetype" in names and "content.xml" in names:
        if package.read("mimetype").strip().startswith(_ODS):
            return "ods"
        raise UnknownFormat(Phrase("an OpenDocument file that is no spreadsheet"), advice=ADVICE)
    if "xl/workbook.bin" in names:
        raise UnknownFormat(Phrase("a binary workbook (.xlsb)"), advice=Phrase("open it in Excel and save it as .xlsx"))
    if "[Content_Types].xml" in names:
        if any(each.startswith(("word/", "ppt/", "visio/")) for each in names):
            raise UnknownFormat(Phrase("a document or presentation"), advice=ADVICE)
        return "xlsx"
    raise UnknownFormat(
        Phrase("a zip file that holds no spreadsheet"), advice=Phrase("unpack it and give the spreadsheet itself")
    )
