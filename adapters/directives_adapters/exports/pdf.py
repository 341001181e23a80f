"""Documents as PDF, made by the LibreOffice of this machine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from directives_core.errors import FormatNotInstalled, StoreError
from directives_core.language import Phrase

__all__ = ["as_pdf"]

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE_SECONDS = 180


def as_pdf(document: bytes, ending: str) -> bytes:
    """The pages of a document that an office program made.

    Args:
        document: its bytes.
        ending: of its file's name, such as docx.

    Raises:
        FormatNotInstalled: there is no LibreOffice on this machine.
        StoreError: it could not make the pages.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise FormatNotInstalled("pdf", instead=Phrase("install LibreOffice, which makes the pages"))
    with tempfile.TemporaryDirectory(prefix="directives-pdf-") as folder:
        source = Path(folder) / f"document.{ending}"
        source.write_bytes(document)
        _convert(program, source)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise StoreError(Phrase("LibreOffice made no PDF of the document"))
        return made.read_bytes()


def _convert(program: str, source: Path) -> None:
    # A profile of its own: an office program that is open on this machine neither disturbs nor is disturbed.
    profile = (source.parent / "profile").as_uri()
    try:
        subprocess.run(  # noqa: S603 - the program that was found, on a file of our own
            [program, "--headless", "--norestore", f"-env:UserInstallation={profile}", "--convert-to", "pdf",
             "--outdir", source.parent, source],
            check=True, capture_output=True, timeout=_PATIENCE_SECONDS, env={**os.environ, "HOME": str(source.parent)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise StoreError(
            Phrase("LibreOffice made no PDF within {seconds} seconds", seconds=_PATIENCE_SECONDS)
        ) from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise StoreError(Phrase("LibreOffice made no PDF of the document")) from error
