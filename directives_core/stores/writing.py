"""Writing a register in memory: everything is put in its place at once, and taken back where it is abandoned."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from directives_core.errors import CommandReused, DamagedStore, NameTaken
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Record, Row, StoredCommand
from directives_core.stores.commit import Commit
from directives_core.stores.reading import Kept, MemoryRead, Tables

__all__ = ["MemoryWrite"]


class MemoryWrite(MemoryRead):
    """The register under its lock.

    It commits at the end of `with`, or takes everything back if an exception leaves it. `_undo` holds, in order, what
    takes back each step.
    """

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self._commit += 1
        self._undo: list[Callable[[], object]] = []
        self._destroyed: set[str] = set()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._show()
        else:
            self._take_back()

    def repeat(self, commit: Commit) -> None:
        """Do again what was done in another transaction."""
        if commit.anew:
            self.empty_timeline()
        self.append(commit.records)
        self.add_rows(commit.rows)
        for command in commit.commands:
            self.add_command(command)
        for checkpoint in commit.checkpoints:
            self.add_checkpoint(checkpoint)
        for subject in commit.destroyed:
            self.destroy_key(subject)
        for subject, key in commit.keys.items():
            self.add_key(subject, key)
        if commit.directive is not None:
            self.set_number(commit.directive)
        if commit.rules is not None:
            self.set_rules(commit.rules)

    def _show(self) -> None:
        """Show everything at once."""
        tables = self._live()
        for subject in self._destroyed:
            tables.keys.pop(subject, None)
        tables.published = (self._commit, self._head, self._rows)
        self.end()

    def _take_back(self) -> None:
        while self._undo:
            self._undo.pop()()
        self.end()

    def append(self, records: Sequence[Record]) -> None:
        """See the port."""
        position, recorded_at = self._head.position, self._head.recorded_at
        versions: dict[str, int] = {}
        for record in records:
            version = versions.get(record.stream) or len(self._live().streams.get(record.stream, []))
            if record.position != position + 1:
                raise DamagedStore(
                    self._tables.where,
                    why=Phrase(
                        "event {position} would follow event {last}",
                        position=record.position,
                        last=position,
                    ),
                )
            if record.version != version + 1:
                why = Phrase(
                    "version {version} of {stream} would follow version {last}",
                    version=record.version,
                    stream=record.stream,
                    last=version,
                )
                raise DamagedStore(self._tables.where, why=why)
            if record.recorded_at < recorded_at:
                raise DamagedStore(
                    self._tables.where,
                    why=Phrase("event {position} would be older than the one before it", position=record.position),
                )
            position, recorded_at = record.position, record.recorded_at
            versions[record.stream] = record.version
        tables = self._live()
        for record in records:
            stream = tables.streams.setdefault(record.stream, [])
            stream.append(record)
            self._undo.append(stream.pop)
            tables.records.append(record)
            self._undo.append(tables.records.pop)
        self._head = self._head._replace(position=position, recorded_at=recorded_at)

    def add_rows(self, rows: Iterable[Row]) -> None:
        """See the port."""
        for row in rows:
            self._live()
            shares = self._rows.setdefault(row.directive, {})
            before = shares.get(row.share, ())
            kept = Kept(row.effective_from, row.position, self._commit, row)
            index = bisect_right(before, kept[:2], key=lambda each: each[:2])
            if index and before[index - 1][:2] == kept[:2]:
                self._take_back()  # rows before this one are in place: none may be kept, even if the caller goes on
                raise DamagedStore(
                    self._tables.where, why=Phrase("a row of the timeline is written once: {row}", row=row)
                )
            shares[row.share] = (*before[:index], kept, *before[index:])
            self._undo.append(partial(shares.update, {row.share: before}))

    def add_command(self, command: StoredCommand) -> None:
        """See the port."""
        commands = self._live().commands
        if command.command_id in commands:
            raise CommandReused(command.command_id)
        commands[command.command_id] = (self._commit, command)
        self._undo.append(lambda: commands.pop(command.command_id))

    def set_number(self, directive: int) -> None:
        """See the port."""
        self._live()
        self._head = self._head._replace(directive=directive)

    def set_rules(self, rules: int) -> None:
        """See the port."""
        self._live()
        self._head = self._head._replace(rules=rules)

    def empty_timeline(self) -> None:
        """Begin another timeline; the one before stays for its readers, and for good if this is rolled back."""
        self._live()
        self._rows = {}

    def add_key(self, subject: str, key: bytes) -> None:
        """See the port."""
        keys = self._live().keys
        if subject in keys and subject not in self._destroyed:
            raise NameTaken(Phrase("key"), subject)
        before = keys.get(subject)
        keys[subject] = (self._commit, key)
        self._destroyed.discard(subject)
        self._undo.append(lambda: keys.pop(subject) if before is None else keys.update({subject: before}))

    def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """See the port."""
        checkpoints = self._live().checkpoints
        checkpoints.append((self._commit, checkpoint))
        self._undo.append(checkpoints.pop)

    def destroy_key(self, subject: str) -> None:
        """See the port."""
        self._live()
        self._destroyed.add(subject)  # and forgotten by the commit: until then it may have to come back

    def keys(self, subjects: Sequence[str]) -> dict[str, bytes]:
        """See the port."""
        return super().keys([subject for subject in subjects if subject not in self._destroyed])
