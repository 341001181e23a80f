"""Where a register lies: its URL, its file, what its bytes say before anybody opens it, how a new one gets there."""

import os
import stat
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote

from directives_adapters.sqlite.schema import APPLICATION_ID, FORMAT, UNFINISHED_ID
from directives_adapters.sqlite.translation import translated
from directives_core.errors import (
    BadValue,
    DamagedStore,
    NewerFormat,
    NotARegister,
    OlderFormat,
    ReadOnlyStore,
    RegisterExists,
    RegisterMissing,
    StoreError,
    UnreadableEvent,
)
from directives_core.language import Phrase

__all__ = ["look", "new_file", "part_file", "path_of", "remove"]

_HEADER_BYTES = 100
_BESIDE = ("-wal", "-journal")  # SQLite plays such a file into the database that it finds beside it


def path_of(url: str) -> Path:
    """The file that a URL names: `sqlite:///relative.db` or `sqlite:////absolute/path.db`, percent-encoded if need be.

    Raises:
        BadValue: it names none.
    """
    expected = "sqlite:///relative.db or sqlite:////absolute/path.db (write ? as %3F and # as %23)"
    rest = url.partition(":")[2]
    name = unquote(rest[3:])
    if not rest.startswith("///") or not name or name == ":memory:" or set("?#") & set(rest) or "\0" in name:
        raise BadValue(Phrase("URL of a register"), url, expected=expected)
    return Path(name)


def look(path: Path, *, unfinished: bool = False, older: bool = False) -> Path:
    """The real path of a register that can be opened; finds out by its bytes and changes nothing.

    With `unfinished` it may be one that is still being carried over, with `older` one of an earlier format.

    Raises:
        RegisterMissing, NotARegister, NewerFormat, OlderFormat, ReadOnlyStore, DamagedStore: it cannot be opened.
    """
    where = str(path)
    try:
        found = path.stat()
        real = Path(os.path.realpath(path))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RegisterMissing(where) from error
    except OSError as error:
        raise NotARegister(where, why=str(error.strerror)) from error
    if not stat.S_ISREG(found.st_mode):
        raise NotARegister(
            where, why=Phrase("it is a folder") if stat.S_ISDIR(found.st_mode) else Phrase("it is no ordinary file")
        )
    if not os.access(path, os.R_OK):
        raise NotARegister(where, why=Phrase("this user may not read it"))
    with translated(where, 0):
        _judge(real, where, unfinished=unfinished, older=older)
        if not (_writable(real) and _writable(real.parent)):
            raise ReadOnlyStore(where)
    return real


def _judge(real: Path, where: str, *, unfinished: bool, older: bool) -> None:
    header = _header(real)
    if not header:
        raise NotARegister(where, why=Phrase("it is empty"))
    if not header.startswith(b"SQLite format 3\0"[: len(header)]):
        raise NotARegister(where, why=Phrase("its bytes are those of something else"))
    if len(header) < _HEADER_BYTES:
        raise DamagedStore(where, why=Phrase("only its first {n} bytes are there", n=len(header)))
    format_, application_id = struct.unpack(">i4xi", header[60:72])
    if application_id == UNFINISHED_ID and not unfinished:
        raise NotARegister(
            where, why=Phrase("what was being carried into it was broken off; the same command goes on from there")
        )
    if application_id not in (APPLICATION_ID, UNFINISHED_ID):
        raise NotARegister(where, why=Phrase("it is the database of another application"))
    if format_ > FORMAT:
        raise NewerFormat(where, found=format_, known=FORMAT)
    if format_ < FORMAT and format_ >= 1 and not older:
        raise OlderFormat(where, found=format_, known=FORMAT)
    if format_ < 1:
        raise DamagedStore(where, why=Phrase("there never was a format {format}", format=format_))
    # A process that is moving its log into the file at this moment writes the new size before the new pages.
    if _cut_off(real):
        time.sleep(0.05)
        if why := _cut_off(real):
            raise DamagedStore(where, why=why)


def _header(real: Path) -> bytes:
    with real.open("rb") as file:
        return file.read(_HEADER_BYTES)


def _cut_off(real: Path) -> str:
    """What is missing of the file, in words; nothing if it is whole."""
    header = _header(real)
    (page_bytes,) = struct.unpack(">H", header[16:18])
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    (pages,) = struct.unpack(">I", header[28:32])
    if page_bytes < 512 or page_bytes & (page_bytes - 1):
        return Phrase("its page size, {page_bytes} bytes, is impossible", page_bytes=page_bytes)
    size = real.stat().st_size
    kept, beyond = divmod(size, page_bytes)
    in_log = _logged_pages(real.with_name(real.name + "-wal"), page_bytes)
    if beyond and kept + 1 not in in_log:
        return Phrase("its {size} bytes are no whole number of pages", size=size)
    missing = sum(1 for page in range(kept + 1, pages + 1) if page not in in_log)
    return Phrase("{missing} of its {pages} pages are missing", missing=missing, pages=pages) if missing else ""


def _logged_pages(log: Path, page_bytes: int) -> set[int]:
    """The pages that a write-ahead log holds, left by a process that was killed or written by one at work."""
    pages: set[int] = set()
    with suppress(FileNotFoundError), log.open("rb") as file:
        salts = file.read(32)[16:24]
        while len(frame := file.read(24)) == 24 and frame[8:16] == salts:
            pages.add(int.from_bytes(frame[:4], "big"))
            file.seek(page_bytes, os.SEEK_CUR)
    return pages


def _writable(path: Path) -> bool:
    # The superuser may write anything; a mode without any right to write still says that nobody is meant to.
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A name for a new register, which is put in place at the end of `with`, whole or not at all.

    Raises:
        RegisterExists: something lies there; it is left as it is.
        BadValue, ReadOnlyStore: nothing can be put into the folder.
    """
    where = str(path)
    path = _absolute(path, where)
    made = path.with_name(f".{path.name}.new-{os.getpid()}-{time.monotonic_ns():x}")
    try:
        with translated(where, 0):
            made.touch(exist_ok=False)
        yield made
        _move_in(made, path, where)
    finally:
        remove(made)


@contextmanager
def part_file(path: Path) -> Iterator[Path]:
    """The name beside `path` under which a register is carried over in steps; put in place at the end of `with`.

    Where an error ends it the file stays for the next attempt, unless there is no use in going on with it.

    Raises:
        RegisterExists, BadValue, ReadOnlyStore: as of a new file.
    """
    where = str(path)
    path = _absolute(path, where)
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        _move_in(part, path, where)
    except (DamagedStore, UnreadableEvent):
        remove(part)
        raise
    remove(part)


def _absolute(path: Path, where: str) -> Path:
    path = Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute() leaves `..` in place
    _refuse_to_overwrite(path, where)
    if not path.parent.is_dir():
        raise BadValue(Phrase("folder of the register"), str(path.parent), expected=Phrase("a folder that exists"))
    if not _writable(path.parent):
        raise ReadOnlyStore(where)
    return path


def _move_in(made: Path, path: Path, where: str) -> None:
    with translated(where, 0):
        if made.with_name(made.name + "-wal").exists():
            raise StoreError(
                Phrase("{where} was not made: what filled it still holds it, or there was no room", where=where)
            )
        _refuse_to_overwrite(path, where)
        _put_in_place(made, path, where)


def drop_older(part: Path) -> None:
    """Take away a part that an older version of this software left: it cannot be gone on with."""
    if part.exists():
        try:
            look(part, unfinished=True)
        except (OlderFormat, DamagedStore):
            remove(part)


def remove(made: Path) -> None:
    """Take away a file in the making, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        made.with_name(made.name + suffix).unlink(missing_ok=True)


def _refuse_to_overwrite(path: Path, where: str) -> None:
    if os.path.lexists(path):
        raise RegisterExists(where)
    for suffix in _BESIDE:
        if os.path.lexists(beside := path.with_name(path.name + suffix)):
            raise NotARegister(
                where, why=Phrase("{name}, left by another database, lies beside it: move it away", name=beside.name)
            )


def _put_in_place(made: Path, path: Path, where: str) -> None:
    try:
        os.link(made, path)
    except FileExistsError as error:
        raise RegisterExists(where) from error
    except OSError:  # a file system without links: claim the name first, then replace what is ours
        try:
            path.touch(exist_ok=False)
        except FileExistsError as error:
            raise RegisterExists(where) from error
        made.replace(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
