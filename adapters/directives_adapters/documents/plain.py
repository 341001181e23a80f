"""Plain text: which encoding the bytes are in."""

from directives_adapters.documents.legacy import from_legacy, looks_vietnamese
from directives_adapters.documents.letters import composed
from directives_adapters.documents.limits import Budget
from directives_adapters.documents.result import DocumentText
from directives_core.errors import BrokenDocument, UnknownFormat
from directives_core.language import Phrase

__all__ = ["decoded", "modern", "read_plain"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE, _FEWEST = 4_000, 8


def read_plain(data: bytes) -> DocumentText:
    """Return the text; marks that say the encoding are no part of it, and line ends stay as they are.

    Raises:
        BrokenDocument: UTF-16 that breaks off.
        UnknownFormat: no encoding fits, or the bytes are no text at all.
        DocumentTooLarge: more text than is read.
    """
    text, warnings = decoded(data)
    if "\0" in text:
        raise UnknownFormat(Phrase("no plain text: it has zero bytes"), advice=Phrase("save it as .txt (UTF-8)"))
    return DocumentText(composed(Budget().spend(text)), "txt", warnings=warnings)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of bytes in an encoding that Vietnamese offices have, and what is to be said of it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), ()
    if order := _unmarked_utf16(data):
        return _strictly(data, order), ()
    try:
        return modern(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _of_one_byte(data)


def modern(text: str) -> tuple[str, tuple[str, ...]]:
    """Return text composed, with the letters of old fonts put into Unicode."""
    text = composed(text)
    found = from_legacy(text)
    if found is None:
        return text, ()
    return found[0], (
        Phrase("the text was in the old encoding {found} and was put into Unicode: check its letters", found=found[1]),
    )


def _of_one_byte(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return bytes that are no Unicode: windows-1258, TCVN3 or VNI, whichever gives Vietnamese words."""
    latin = data.decode("cp1252", errors="replace").replace("\ufffd", " ")
    if found := from_legacy(latin):
        in_1258 = looks_vietnamese(composed(data.decode("cp1258", errors="replace")))
        if looks_vietnamese(found[0]) > in_1258:
            return modern(latin)
    return _strictly(data, "cp1258"), ()


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise BrokenDocument("txt", why=Phrase("its UTF-16 text breaks off or is damaged")) from error
        found = Phrase("no text in UTF-8, UTF-16, windows-1258, TCVN3 or VNI")
        raise UnknownFormat(found, advice=Phrase("open it where it was written and save it as .txt (UTF-8)")) from error


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without its mark: blanks, digits and line ends have one zero byte each."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if len(sample) < _FEWEST or max(even, odd) * 5 < len(sample) // 2 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
