"""The parts packed in a .docx or .odt: listed, and unpacked one by one within limits."""

import io
import zipfile
import zlib

from directives_adapters.documents.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_RATIO, RATIO_FROM_BYTES
from directives_adapters.documents.tree import Node, parse_xml
from directives_core.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument
from directives_core.language import Phrase

__all__ = ["Package"]

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, OverflowError,
    LookupError,
)  # fmt: skip
#: Other methods unpack without a bound on what comes out at once, and no office writes them.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Package:
    """A zip file whose parts are read by name; nothing is ever written to disk.

    Raises:
        BrokenDocument: it is no zip file, or not whole.
        DocumentTooLarge: it has too many parts.
    """

    def __init__(self, data: bytes, format_: str) -> None:
        self._format = format_
        # Counted before the directory is parsed, so that a directory of millions of entries costs nothing.
        if data.count(_ENTRY) > MAX_MEMBERS:
            raise DocumentTooLarge(
                Phrase("too many files are packed in it"), limit=MAX_MEMBERS, unit=Phrase("packed files")
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise BrokenDocument(format_, why=Phrase("it is no whole zip file")) from error
        self._parts = {info.filename.lstrip("/"): info for info in self._zip.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of all parts, in the order of the package."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Unpack one part.

        Raises:
            BrokenDocument: the part is missing or damaged.
            EncryptedDocument: it is locked.
            DocumentTooLarge: it is larger than any text, or shrunk as only a bomb is.
        """
        info = self._parts.get(name)
        if info is None:
            raise BrokenDocument(self._format, why=Phrase("it has no part {name}", name=name))
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedDocument(self._format)
        if info.compress_type not in _METHODS:
            raise BrokenDocument(
                self._format, why=Phrase("its part {name} is packed by a method that no office uses", name=name)
            )
        limit = MAX_PART_BYTES
        if info.compress_size * MAX_RATIO < limit:
            limit = max(RATIO_FROM_BYTES, info.compress_size * MAX_RATIO)
        try:
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except _DAMAGE as error:
            raise BrokenDocument(self._format, why=Phrase("its part {name} is damaged", name=name)) from error
        if len(data) > limit:
            raise DocumentTooLarge(
                Phrase("its part {name} unpacks beyond measure", name=name), limit=limit, unit=Phrase("bytes of it")
            )
        return data

    def tree(self, name: str) -> Node:
        """Unpack one part and parse its XML; raises as `read` and `parse_xml` do."""
        return parse_xml(self.read(name), self._format)

    def tree_or_none(self, name: str) -> Node | None:
        """Return the same, or None where the package has no such part."""
        return self.tree(name) if name in self._parts else None
