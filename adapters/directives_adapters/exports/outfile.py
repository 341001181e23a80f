"""Files that appear whole under their name, or not at all."""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from directives_core.errors import AlreadyThere
from directives_core.language import Phrase

__all__ = ["STDOUT", "new_file"]

STDOUT = Path("-")
"""Stands for standard output."""

_IN_MEMORY_BYTES = 8_000_000


@contextmanager
def new_file(output: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name once it is whole; `-` is standard output, which gets it whole too.

    Args:
        output: the file.
        force: replace a file of this name.

    Raises:
        AlreadyThere: there is a file of this name, which is left as it is.
        OSError: the folder is missing, or may not be written into.
    """
    if output == STDOUT:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as whole:
            yield cast("BinaryIO", whole)
            whole.seek(0)
            sys.stdout.flush()
            shutil.copyfileobj(whole, sys.stdout.buffer)
        return
    if not force:
        _refuse(output, there=output.exists() or output.is_symlink())
    output = output.resolve()  # what a link points to is replaced, not the link
    part = output.with_name(f".{output.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)  # less what the umask takes
    except OSError as error:  # of the name that was asked for, not of ours
        raise OSError(error.errno, error.strerror, str(output)) from error
    try:
        with os.fdopen(handle, "w+b") as file:
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        _name(part, output, force=force)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()


def _name(part: Path, output: Path, *, force: bool) -> None:
    if force:
        if output.exists():
            shutil.copymode(output, part)
        part.replace(output)
        return
    try:
        os.link(part, output)  # refuses, where somebody made the file meanwhile
    except FileExistsError:
        _refuse(output, there=True)
    except OSError:  # this file system knows no links
        _refuse(output, there=output.exists())
        part.replace(output)


def _refuse(output: Path, *, there: bool) -> None:
    if there:
        raise AlreadyThere(Phrase("{file} exists already; choose another name", file=str(output)))
