"""A register in memory, for tests and demonstrations: `memory:`, gone with the object that holds it."""

from collections.abc import Callable

from directives_core.errors import BadValue, RegisterMissing
from directives_core.language import Phrase
from directives_core.store import Store
from directives_core.stores.memory import MemoryStore

__all__ = ["MemoryStore", "create_store", "open_store"]


def create_store(url: str, fill: Callable[[Store], None]) -> Store:
    """Make a register, filled by `fill`, that lives as long as the object.

    Raises:
        BadValue: the URL is another than `memory:`.
    """
    _refuse_names(url)
    store = MemoryStore()
    fill(store)
    return store


def open_store(url: str) -> Store:
    """There is never a register to open: each lives in the object that made it.

    Raises:
        RegisterMissing: always.
    """
    _refuse_names(url)
    raise RegisterMissing("memory:")


def _refuse_names(url: str) -> None:
    if url.partition(":")[2]:
        raise BadValue(Phrase("URL of a register"), url, expected=Phrase("memory:, without a name"))
