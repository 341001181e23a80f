"""What the operating system complains of about a register, said in the words of the library."""

import errno

from directives_core.errors import ReadOnlyStore, RegisterMissing, StoreError, StoreFull
from directives_core.language import Phrase

__all__ = ["from_system"]

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR}


def from_system(error: OSError, where: str) -> StoreError:
    """The library's error for one of the operating system about the register at this place."""
    if error.errno in _NO_ROOM:
        return StoreFull(where)
    if error.errno in _NO_RIGHT:
        return ReadOnlyStore(where)
    if error.errno in _NOT_THERE:
        return RegisterMissing(where)
    return StoreError(Phrase("{where}: {value}", where=where, value=error.strerror or error))
