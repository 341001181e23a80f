"""Where the author of a store begins: a register in memory, and a base for media that can keep lines and a lock."""

from directives_core.stores.journal import JournalStore
from directives_core.stores.memory import MemoryStore

__all__ = ["JournalStore", "MemoryStore"]
