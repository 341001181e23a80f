"""Packages of parts, .docx and .xlsx, packed anew so that the same parts give the same bytes."""

import datetime as dt
import shutil
import zipfile
from typing import BinaryIO

__all__ = ["pack_again"]

_FIRST_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""Before this day a zip file knows no times."""


def pack_again(packed: BinaryIO, out: BinaryIO, *, made_at: dt.datetime) -> None:
    """Copy every part of a package, in order, with this instant as its time and nothing of this machine's."""
    when = max(made_at.astimezone(dt.UTC), _FIRST_DAY)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, when.timetuple()[:6])
            info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, part.file_size
            info.create_system, info.external_attr = 3, 0o644 << 16
            with source.open(part) as old, target.open(info, "w") as new:
                shutil.copyfileobj(old, new)
