"""What one transaction did: as it is done again in memory, and as the line of bytes that a medium keeps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from directives_core.errors import DamagedStore, NewerFormat
from directives_core.language import Phrase
from directives_core.store import Checkpoint, Record, Row, StoredCommand

__all__ = ["Commit", "commit_of", "digest_of", "line_of"]

_FORMAT = 1
_DIGEST_LENGTH = 64


@dataclass(slots=True)
class Commit:
    """The steps of one transaction, sorted by kind.

    `number` counts the commits of a register, `directive` is the last directive number given out, `rules` the version
    of the fold; both are none where they were not noted. With `anew` the rows take the place of the whole timeline.
    """

    number: int
    records: list[Record] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    commands: list[StoredCommand] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)
    keys: dict[str, bytes] = field(default_factory=dict)
    destroyed: set[str] = field(default_factory=set)
    directive: int | None = None
    rules: int | None = None
    anew: bool = False

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return (
            bool(self.records or self.rows or self.commands or self.checkpoints or self.keys or self.destroyed)
            or self.anew
            or (self.directive, self.rules) != (None, None)
        )


def digest_of(key: bytes) -> str:
    """What a line says in the place of a key, which has to be gone one day, as no line ever is."""
    return sha256(key).hexdigest()


def line_of(commit: Commit) -> bytes:
    """The commit as one line with its end: the SHA-256 of a JSON object in hexadecimal digits, a blank, the object."""
    said = {
        "format": _FORMAT,
        "commit": commit.number,
        "records": [(*record[:-1], _text(record.data)) for record in commit.records],
        "rows": commit.rows,
        "commands": [_plain(command) for command in commit.commands],
        "checkpoints": [_plain(checkpoint) for checkpoint in commit.checkpoints],
        "keys": {subject: digest_of(key) for subject, key in commit.keys.items()},
        "destroyed": sorted(commit.destroyed),
        "directive": commit.directive,
        "rules": commit.rules,
        "anew": commit.anew,
    }
    some = {name: value for name, value in said.items() if value or type(value) is int}
    text = json.dumps(some, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogateescape")
    return b"%s %s\n" % (sha256(text).hexdigest().encode(), text)


def commit_of(line: bytes, keys: Callable[[], Mapping[str, bytes]], *, number: int, where: str) -> Commit:
    """The commit of this number, from its line; `keys` gives the keys that there are, by their digests.

    Raises:
        DamagedStore: this is not the line that was written, or another one.
        NewerFormat: a newer version of this software wrote it.
    """
    text = line[_DIGEST_LENGTH + 1 : -1]
    if line != b"%s %s\n" % (sha256(text).hexdigest().encode(), text):
        raise DamagedStore(where, why=Phrase("commit {number} is not as it was written", number=number))
    said: dict[str, Any] = json.loads(text.decode(errors="surrogateescape"))
    if said["format"] > _FORMAT:
        raise NewerFormat(where, found=said["format"], known=_FORMAT)
    if said["commit"] != number:
        why = Phrase("commit {other} is in the place of commit {number}", other=said["commit"], number=number)
        raise DamagedStore(where, why=why)
    digests: dict[str, str] = said.get("keys", {})
    kept = keys() if digests else {}
    return Commit(
        number,
        records=[
            Record(position, stream, version, recorded_at, effective_on, type_, _bytes(data))
            for position, stream, version, recorded_at, effective_on, type_, data in said.get("records", ())
        ],
        rows=[Row(*row) for row in said.get("rows", ())],
        commands=[
            StoredCommand(command_id, bytes.fromhex(request), *rest)
            for command_id, request, *rest in said.get("commands", ())
        ],
        checkpoints=[
            Checkpoint(size, bytes.fromhex(root), rules, note, bytes.fromhex(frontier), taken_at)
            for size, root, rules, note, frontier, taken_at in said.get("checkpoints", ())
        ],
        # A key that is there no more was destroyed by a commit that is still to come.
        keys={subject: kept[digest] for subject, digest in digests.items() if digest in kept},
        destroyed=set(said.get("destroyed", ())),
        directive=said.get("directive"),
        rules=said.get("rules"),
        anew=said.get("anew", False),
    )


# The data of an event is JSON, and readable here too; any other byte comes back as it was all the same.
def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _plain(values: tuple[object, ...]) -> list[object]:
    return [value.hex() if isinstance(value, bytes) else value for value in values]
