"""A register as lines of JSON: every record byte for byte, to be read by people and programs without this one.

The first line names the format. Every other line is a record, its data as a JSON string and its times as numbers; the
first record of a command carries the command's own entry beside it, so that a command sent again is still recognised;
the last record that a checkpoint covers carries the checkpoint.
Keys of sealed values are never among the lines.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from directives_core.errors import DamagedStore, NewerFormat, NotARegister
from directives_core.harmless import harmless_json
from directives_core.keeping.carry import Carried
from directives_core.language import Phrase
from directives_core.store import Checkpoint, ReadTransaction, Record, StoredCommand

__all__ = ["FORMAT", "read_lines", "write_lines"]

FORMAT = "directives-jsonl"
_VERSION = 1


def write_lines(transaction: ReadTransaction, carried: Iterable[Carried], *, register_id: str) -> Iterator[str]:
    """The lines of a register, without line ends."""
    size = transaction.head().position
    yield _dump({"format": FORMAT, "version": _VERSION, "register_id": register_id, "size": size})
    for each in carried:
        line: dict[str, Any] = each.record._asdict() | {"data": each.record.data.decode()}
        if each.command is not None:
            command = each.command
            line["command"] = {
                "command_id": command.command_id, "request_sha256": command.request_sha256.hex(),
                "first_position": command.first_position, "last_position": command.last_position,
                "result": command.result,
            }  # fmt: skip
        if each.checkpoints:
            line["checkpoints"] = [
                kept._asdict() | {"root": kept.root.hex(), "frontier": kept.frontier.hex()} for kept in each.checkpoints
            ]
        yield _dump(line)


def read_lines(lines: Iterable[str], where: str) -> tuple[int, Iterator[Carried]]:
    """How many records the lines hold, and the records.

    Raises:
        DamagedStore: the lines are not what `write_lines` wrote; a line is named.
        NotARegister: they are lines of something else, such as a list of directives.
        NewerFormat: a newer version of this software wrote them.
    """
    moving = enumerate(lines, 1)
    try:
        head = json.loads(next(moving)[1])
        known = head["format"] == FORMAT
        version, size = (head["version"], int(head["size"])) if known else (_VERSION, 0)
    except (StopIteration, ValueError, KeyError, TypeError) as error:
        raise DamagedStore(where, why=Phrase("its first line does not name the format")) from error
    if not known:
        raise NotARegister(where, why=Phrase("its lines are of another format, {format}", format=str(head["format"])))
    if version != _VERSION:
        raise NewerFormat(where, found=version, known=_VERSION)
    return size, _records(moving, where, size)


def _records(moving: Iterator[tuple[int, str]], where: str, size: int) -> Iterator[Carried]:
    count = 0
    for number, text in moving:
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            command = line.pop("command", None)
            checkpoints = tuple(map(_checkpoint, line.pop("checkpoints", ())))
            record = Record(**{**line, "data": line["data"].encode()})
            if command is not None:
                command = StoredCommand(**{**command, "request_sha256": bytes.fromhex(command["request_sha256"])})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedStore(
                where, why=Phrase("line {number} is not a record: {error}", number=number, error=error)
            ) from error
        count += 1
        if record.position != count:
            raise DamagedStore(
                where,
                why=Phrase(
                    "line {number} has position {position} in the place of {count}",
                    number=number,
                    position=record.position,
                    count=count,
                ),
            )
        yield Carried(record, command, checkpoints)
    if count != size:
        raise DamagedStore(where, why=Phrase("it ends after {count} of {size} records", count=count, size=size))


def _checkpoint(kept: dict[str, Any]) -> Checkpoint:
    return Checkpoint(**{**kept, "root": bytes.fromhex(kept["root"]), "frontier": bytes.fromhex(kept["frontier"])})


def _dump(value: dict[str, Any]) -> str:
    """A line; characters that nobody sees are escaped, so that it reads back as it was and steers no terminal."""
    return harmless_json(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
