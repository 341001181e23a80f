"""The registers that are read in benchmarks, made once and used again while this version can open them."""

import datetime as dt
from pathlib import Path

from directives_adapters import create_register, open_register
from directives_adapters.sqlite import SqliteStore
from directives_core import Actor
from directives_core.errors import DirectivesError
from tests.benchmarks.filling import fill

__all__ = ["OFFICE", "register_of"]

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
_BEGUN = dt.datetime(2022, 9, 1, tzinfo=dt.UTC)


def register_of(folder: Path, *, directives: int, events: int = 7) -> Path:
    """The file of a register with so many directives, and so many events for each."""
    path = folder / f"{directives}-directives-{events}-events.db"
    if not _is_whole(path, directives):
        for beside in ("", "-wal", "-shm"):
            Path(f"{path}{beside}").unlink(missing_ok=True)
        create_register(
            f"sqlite:///{path}", title="Sổ theo dõi", zone="Asia/Ho_Chi_Minh", by=OFFICE, clock=lambda: _BEGUN
        ).close()
        store = SqliteStore(path)
        fill(store, directives=directives, events=events)
        store.close()
    return path


def _is_whole(path: Path, directives: int) -> bool:
    try:
        with open_register(f"sqlite:///{path.absolute()}") as register:
            return directives in register.as_of()
    except DirectivesError:
        return False
