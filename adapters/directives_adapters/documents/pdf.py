"""Portable documents (.pdf) with text: taken apart in a process of their own, then put into lines."""

import json
import math
import signal
import subprocess
import sys
from importlib.util import find_spec
from typing import Any

from directives_adapters.documents.letters import tidied
from directives_adapters.documents.limits import (
    MAX_CHARACTERS,
    MAX_PAGES,
    PDF_PATIENCE,
    PDF_SECONDS,
    PDF_SECONDS_A_MILLION,
    PDF_SECONDS_LEAST,
)
from directives_adapters.documents.pdf_pages import lines_of, without_margins
from directives_adapters.documents.pdf_text import text_of_lines
from directives_adapters.documents.plain import modern
from directives_adapters.documents.result import DocumentText
from directives_core.errors import (
    BrokenDocument,
    DocumentTooLarge,
    EncryptedDocument,
    FormatNotInstalled,
    ScannedDocument,
)
from directives_core.language import Phrase

__all__ = ["read_pdf", "text_of_pages"]

#: The path is handed over because an application may have found this package in its own way.
_RUN = "import sys; sys.path[:] = sys.argv[2:]; from directives_adapters.documents.pdf_worker import main; main()"
#: The signals by which a system ends a process that used up its computing time.
_OUT_OF_TIME = [signal.Signals[name] for name in ("SIGXCPU", "SIGKILL") if name in signal.Signals.__members__]
#: Word of 2007 and 2010 wrote these for "ư" and "Ư".
_MISMAPPED = str.maketrans("ƣƢ", "ưƯ")
_MOSTLY = 0.3
_FEW_CHARACTERS = 20


def read_pdf(data: bytes) -> DocumentText:
    """Return the text; raises as `read_document` does."""
    if find_spec("pypdfium2") is None:
        raise FormatNotInstalled("pdf", extra="documents")
    found = _taken_apart(data)
    match found.get("error"):
        case "locked":
            raise EncryptedDocument("pdf")
        case "pages":
            raise DocumentTooLarge(
                Phrase("it has {found} pages", found=found["count"]), limit=MAX_PAGES, unit=Phrase("pages")
            )
        case "text":
            raise DocumentTooLarge(Phrase("it has too much text"), limit=MAX_CHARACTERS, unit=Phrase("characters"))
        case "broken":
            raise BrokenDocument("pdf", why=Phrase("it is damaged or not whole"))
    return text_of_pages(found["pages"])


def text_of_pages(pages: list[dict[str, Any]]) -> DocumentText:
    """Return the text of pages as the process gives them.

    Raises:
        BrokenDocument: there are no pages, or its letters are drawn without saying which they are.
        ScannedDocument: there is no text on them.
    """
    if not pages:
        raise BrokenDocument("pdf", why=Phrase("it has no pages"))
    counts = [sum(len(piece[0]) for piece in page["pieces"]) for page in pages]
    if sum(counts) < _FEW_CHARACTERS:
        raise ScannedDocument(pages=len(pages))
    if sum(page["spoilt"] for page in pages) > _MOSTLY * sum(counts):
        raise BrokenDocument(
            "pdf", why=Phrase("it draws letters without saying which they are; get the .docx of the paper")
        )
    lines, left_out = without_margins(lines_of(pages), len(pages))
    text, warnings = modern(text_of_lines(lines).translate(_MISMAPPED))
    pictured = [str(n) for n, page in enumerate(pages, 1) if counts[n - 1] < _FEW_CHARACTERS and page["pictures"]]
    if pictured:
        warnings = (
            *warnings,
            Phrase("pages without text, which were not read: {pictured}", pictured=", ".join(pictured)),
        )
    return DocumentText(tidied(text), "pdf", tuple(left_out), warnings)


def _taken_apart(data: bytes) -> dict[str, Any]:
    """Run the process over the bytes and return what it tells."""
    seconds = math.ceil(min(PDF_SECONDS, PDF_SECONDS_LEAST + PDF_SECONDS_A_MILLION * len(data) / 1_000_000))
    slow = DocumentTooLarge(
        Phrase("taking it apart takes too long"), limit=seconds, unit=Phrase("seconds of computing")
    )
    try:
        done = subprocess.run(  # noqa: S603 - our own module, in our own interpreter
            [sys.executable, "-I", "-c", _RUN, str(seconds), *sys.path],
            input=data, capture_output=True, timeout=seconds * PDF_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise slow from error
    if -done.returncode in _OUT_OF_TIME:
        raise slow
    if done.returncode:
        raise BrokenDocument("pdf", why=Phrase("it is damaged so that it cannot be taken apart"))
    told: dict[str, Any] = json.loads(done.stdout)
    return told
