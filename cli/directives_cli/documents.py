"""The text of a file as it came: plain text in the encodings that Vietnamese offices have."""

from pathlib import PurePath

import click

__all__ = ["text_of"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNATURES = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word, OpenDocument or zip file"), (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
)  # fmt: skip


def text_of(data: bytes, name: str) -> str:
    """The text; what stands before the first character to say the encoding is no part of it.

    Raises:
        UsageError: the file is no plain text.
    """
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            file = PurePath(name).name
            raise click.UsageError(f"{file} is {what}; only plain text can be read: save it as .txt (UTF-8)")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, name)
    try:
        return _clean(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _decoded(data, "windows-1258", name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    """The text in its composed form: windows-1258 writes tone marks apart from their letters."""
    import unicodedata

    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{PurePath(name).name} is no text in UTF-8, UTF-16 or windows-1258") from error
    return _clean(unicodedata.normalize("NFC", text) if encoding == "windows-1258" else text, name)


def _clean(text: str, name: str) -> str:
    if "\0" in text:
        raise click.UsageError(f"{PurePath(name).name} is no plain text: it has zero bytes; save it as .txt (UTF-8)")
    return text
