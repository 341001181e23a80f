"""The text of a file as it came; what the file has beside its text is told on stderr."""

from pathlib import PurePath

from directives_cli.answers import aside

__all__ = ["text_of"]


def text_of(data: bytes, name: str) -> str:
    """Return the text of a document; `name` is the file's, or "-" for standard input.

    Raises:
        UnreadableDocument: the bytes give no text; the message says what to do.
    """
    from directives_adapters.documents import read_document

    file = PurePath(name).name
    document = read_document(data, None if name == "-" else file)
    for warning in document.warnings:
        aside(f"{file}: {warning}")
    return document.text
