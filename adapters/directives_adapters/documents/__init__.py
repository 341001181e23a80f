"""Documents as they come, .docx, .odt, .pdf, .html and .txt: their bytes become text for the reader."""

from directives_adapters.documents.kinds import format_of
from directives_adapters.documents.limits import MAX_BYTES
from directives_adapters.documents.result import DocumentText, LeftOut
from directives_adapters.documents.stamps import stamp_in
from directives_core.errors import DocumentTooLarge, SecretDocument
from directives_core.language import Phrase

__all__ = ["DocumentText", "LeftOut", "read_document"]


def read_document(data: bytes, name: str | None = None) -> DocumentText:
    """Return the text of a document; what it is, its bytes say first and its file's name second.

    Nothing in it is executed, nothing is fetched, nothing is written to disk. Time and memory are bounded by the
    constants of `directives_adapters.documents.limits`.

    Raises:
        UnknownFormat: a kind of file that is not read; the message says what to save it as.
        BrokenDocument: it is damaged, or is not what its name says.
        DocumentTooLarge: it goes beyond a limit.
        ScannedDocument: its pages are pictures without text.
        EncryptedDocument: it is locked by a password.
        SecretDocument: it bears a stamp of secrecy: mật, tối mật, tuyệt mật.
        FormatNotInstalled: the library for .pdf is missing; the message says how to get it.
    """
    if len(data) > MAX_BYTES:
        raise DocumentTooLarge(Phrase("it has {n:,} bytes", n=len(data)), limit=MAX_BYTES, unit=Phrase("bytes"))
    document = _read(data, name)
    above = "\n".join(left.text for left in document.left_out if left.what in ("page header", "hidden text"))
    if stamp := stamp_in(document.text) or stamp_in(above):
        raise SecretDocument(stamp)
    return document


def _read(data: bytes, name: str | None) -> DocumentText:
    """Import the module of the one format that is needed."""
    match format_of(data, name):
        case "docx":
            from directives_adapters.documents.docx import read_docx

            return read_docx(data)
        case "odt":
            from directives_adapters.documents.odt import read_odt

            return read_odt(data)
        case "pdf":
            from directives_adapters.documents.pdf import read_pdf

            return read_pdf(data)
        case "html":
            from directives_adapters.documents.html import read_html

            return read_html(data)
        case _:
            from directives_adapters.documents.plain import read_plain

            return read_plain(data)
