"""The notice that the demonstration reads: an invented district, its sentences written for this library."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["notice_text"]


def notice_text() -> str:
    """Return the text of the bundled conclusion notice, with line feeds as line ends."""
    return files(__name__).joinpath("notice.txt").read_text(encoding="utf-8").replace("\r\n", "\n")
