"""The store that the documentation writes: its code, as it stands on the page."""

from typing import Any

from tests.docs.pages import ROOT, blocks_of

__all__ = ["FILES", "FolderStore"]

PAGE = ROOT / "docs" / "how-to" / "write-a-store.md"

FILES: dict[str, str] = {}
"""The files of the package. One that is shown step by step is what its steps are together."""
for block in blocks_of(PAGE.read_text(encoding="utf-8")):
    if block.file:
        FILES[block.file] = "\n".join([*filter(None, [FILES.get(block.file)]), block.text])

# Run as part of this module, so that other processes find the class here.
exec(compile(FILES["folder_store.py"], PAGE, "exec"))  # noqa: S102
FolderStore: Any = globals()["FolderStore"]
