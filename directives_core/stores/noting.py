"""Writing a register in memory, and noting down what was done, for a medium to keep it."""

from collections.abc import Iterable, Sequence

from directives_core.store import Checkpoint, Record, Row, StoredCommand
from directives_core.stores.commit import Commit
from directives_core.stores.reading import Tables
from directives_core.stores.writing import MemoryWrite

__all__ = ["NotedWrite"]


class NotedWrite(MemoryWrite):
    """The register under its lock; `steps` tells what was done. Where nothing was done, nothing is committed."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._steps = Commit(self._commit)

    def steps(self) -> Commit:
        """What was done so far; what was refused is not among it."""
        self._live()
        return self._steps

    def _show(self) -> None:
        if self.steps():
            super()._show()
        else:
            self.end()

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        super().append(records)
        self._steps.records += records

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        rows = list(rows)
        super().add_rows(rows)
        self._steps.rows += rows

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        super().add_command(command)
        self._steps.commands.append(command)

    def set_number(self, directive: int) -> None:
        """See the port."""
        super().set_number(directive)
        self._steps.directive = directive

    def set_rules(self, rules: int) -> None:
        """See the port."""
        super().set_rules(rules)
        self._steps.rules = rules

    def empty_timeline(self) -> None:
        """Begin another timeline; see `MemoryWrite`."""
        super().empty_timeline()
        self._steps.anew = True
        self._steps.rows.clear()

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        super().add_key(subject, key)
        self._steps.keys[subject] = key

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        super().add_checkpoint(checkpoint)
        self._steps.checkpoints.append(checkpoint)

    def destroy_key(self, subject: str) -> None:
        """See the port."""
        super().destroy_key(subject)
        self._steps.keys.pop(subject, None)
        self._steps.destroyed.add(subject)
