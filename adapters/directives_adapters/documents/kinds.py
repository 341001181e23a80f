"""Which format bytes are in: by how they begin, and only then by the name of the file."""

import re
from pathlib import PurePath

from directives_adapters.documents.result import Format
from directives_core.errors import BrokenDocument, EncryptedDocument, ScannedDocument, UnknownFormat
from directives_core.language import Phrase

__all__ = ["format_of"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM", b"RIFF")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_NAMED_HTML = (".html", ".htm", ".xhtml")
_PROMISES = {".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt", ".pdf": "pdf"}
_ODT = b"application/vnd.oasis.opendocument.text"


def format_of(data: bytes, name: str | None) -> Format:
    """Return the format.

    Raises:
        UnknownFormat: a kind of file that is not read, with what to do about it.
        ScannedDocument: a picture.
        EncryptedDocument: a file of Word behind a password.
        BrokenDocument: its name promises another kind than the bytes are.
    """
    suffix = PurePath(name.replace("\\", "/")).suffix.lower() if name else ""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _packed(data, suffix)
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise EncryptedDocument("docx")
        raise UnknownFormat(
            Phrase("an old Word file (.doc)"), advice=Phrase("open it in Word or LibreOffice and save it as .docx")
        )
    if data.startswith(_RTF):
        raise UnknownFormat(Phrase("an RTF file"), advice=Phrase("open it in Word or LibreOffice and save it as .docx"))
    if data.startswith(_PICTURES) and b"\0" in data[:64]:
        raise ScannedDocument(pages=1)
    if _is_html(data) or suffix in _NAMED_HTML:
        return "html"
    if suffix in _PROMISES:
        raise BrokenDocument(_PROMISES[suffix], why=Phrase("it does not begin as one"))
    return "txt"


def _is_html(data: bytes) -> bool:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="replace").encode("utf-8")
    return bool(_HTML.match(head.removeprefix(b"\xef\xbb\xbf")))


def _packed(data: bytes, suffix: str) -> Format:
    from directives_adapters.documents.package import Package

    promised = _PROMISES.get(suffix, "docx")
    package = Package(data, promised)
    names = package.names
    if "mimetype" in names and "content.xml" in names:
        if package.read("mimetype").strip().startswith(_ODT):
            return "odt"
        raise UnknownFormat(Phrase("an OpenDocument file that is no text"), advice=Phrase("save it as .odt or .docx"))
    if "[Content_Types].xml" in names:
        if any(each.startswith(("xl/", "ppt/", "visio/")) for each in names):
            raise UnknownFormat(
                Phrase("a spreadsheet or presentation"), advice=Phrase("save the notice as .docx or .pdf")
            )
        return "docx"
    if "content.xml" in names and suffix in (".odt", ".ott"):
        return "odt"
    raise UnknownFormat(
        Phrase("a zip file that holds no document"), advice=Phrase("unpack it and give the document itself")
    )
