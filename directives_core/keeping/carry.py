"""Carrying a register over: every record byte for byte, the timeline built anew, the commands that were answered."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from directives_core.clock import as_zone, day_of
from directives_core.codec import codec, from_microseconds
from directives_core.directive.evolve import evolve, replay
from directives_core.directive.state import Directive
from directives_core.errors import AlreadyThere, DamagedStore
from directives_core.event import Envelope, Event, Retracted
from directives_core.keeping.check import Progress
from directives_core.office.events import RegisterCopied, RegisterCreated
from directives_core.register.office_cache import OFFICE
from directives_core.sealed import Sealed
from directives_core.store import Checkpoint, ReadTransaction, Record, Row, Store, StoredCommand, WriteTransaction
from directives_core.timeline import new_rows

__all__ = ["Carried", "carry", "copy_store", "read_store", "sealed_subjects"]

_CHUNK = 500
_KEPT_DIRECTIVES = 2_000
_DIRECTIVE = "directive:"


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried: a record, the command that it begins, where it is the first one of one, and the checkpoints
    that end with it.
    """

    record: Record
    command: StoredCommand | None = None
    checkpoints: tuple[Checkpoint, ...] = ()


def copy_store(
    source: Store, target: Store, *, now: dt.datetime, keys: bool = False, progress: Progress | None = None
) -> int:
    """Carry everything of one store into an empty one, and end it with `register.copied`.

    Positions, versions, times and bytes stay as they are, so that the root at the source's size and every answer up to
    it stay the same. Checkpoints go along.

    Args:
        source: what is read, at one committed state; nothing is written to it.
        target: an empty store of any kind.
        now: the present instant.
        keys: whether the keys of sealed values go along; without them names are shown as erased in the copy.
        progress: told how many records are done, of how many.

    Returns:
        How many records were carried over.

    Raises:
        AlreadyThere: the target has events.
        DamagedStore: the source does not begin as a register.
    """
    with source.read() as transaction:
        size = transaction.head().position
        subjects: set[str] = set()
        return carry(
            read_store(transaction, subjects if keys else None), target, source.where, size, now=now,
            keys=lambda: transaction.keys(sorted(subjects)), progress=progress,
        )  # fmt: skip


def read_store(transaction: ReadTransaction, subjects: set[str] | None = None) -> Iterator[Carried]:
    """Everything of a store, in order; `subjects` takes the subjects of the sealed values that come by."""
    known: str | None = None
    ending: dict[int, tuple[Checkpoint, ...]] = {}
    for checkpoint in transaction.checkpoints():
        ending[checkpoint.size] = (*ending.get(checkpoint.size, ()), checkpoint)
    for record in transaction.records():
        event = codec.decode(record)
        if subjects is not None:
            subjects |= sealed_subjects(event)
        command = None
        if event.envelope.command_id != known:
            known = event.envelope.command_id
            command = transaction.command(known)
        yield Carried(record, command, ending.get(record.position, ()))


def sealed_subjects(event: Event) -> set[str]:
    """The subjects of the sealed values in an event."""
    values = (getattr(event.payload, name) for name in type(event.payload).model_fields)
    return {value.subject for value in values if isinstance(value, Sealed)}


def carry(
    carried: Iterable[Carried],
    target: Store,
    source: str,
    size: int,
    *,
    now: dt.datetime,
    keys: Callable[[], dict[str, bytes]],
    progress: Progress | None = None,
) -> int:
    """Write what is carried into an empty store, in commits of some hundred records.

    Raises:
        AlreadyThere: the target has events.
        DamagedStore: what is carried does not begin as a register, or has gaps.
    """
    with target.read() as transaction:
        if transaction.head().position:
            raise AlreadyThere(f"{target.where} has events already; carry a register into an empty place")
    moving = iter(carried)
    builder = _Builder()
    done = 0
    while chunk := list(islice(moving, _CHUNK)):
        with target.write() as transaction:
            builder.add(transaction, chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, size)
    if builder.created is None:
        raise DamagedStore(source, why="it does not begin with register.created")
    _finish(target, builder, source, now=now, keys=keys())
    return done


class _Builder:
    """Adds records and the rows that they mean, keeping the directives that were touched last at hand."""

    def __init__(self) -> None:
        self.created: RegisterCreated | None = None
        self.office_version = 0
        self.last: Record | None = None
        self._directives: OrderedDict[int, tuple[list[Event], Directive | None]] = OrderedDict()
        self._commands: set[str] = set()
        self._number = 0

    def add(self, transaction: WriteTransaction, chunk: Sequence[Carried]) -> None:
        transaction.append([each.record for each in chunk])
        number, rows, commands = self._number, list[Row](), list[StoredCommand]()
        for each in chunk:
            event = codec.decode(each.record)
            if each.record.position == 1 and isinstance(event.payload, RegisterCreated):
                self.created = event.payload
            if event.stream == OFFICE:
                self.office_version = event.version
            if event.stream.startswith(_DIRECTIVE):
                self._number = max(self._number, int(event.stream.removeprefix(_DIRECTIVE)))
                rows += self._rows(transaction, event, rows)
            if each.command is not None and each.command.command_id not in self._commands:
                self._commands.add(each.command.command_id)
                commands.append(each.command)
            self.last = each.record
        transaction.add_rows(rows)
        for command in commands:
            transaction.add_command(command)
        for each in chunk:
            for checkpoint in each.checkpoints:
                transaction.add_checkpoint(checkpoint)
        if self._number != number:
            transaction.set_number(self._number)

    def _rows(self, transaction: WriteTransaction, event: Event, pending: Sequence[Row]) -> list[Row]:
        number = int(event.stream.removeprefix(_DIRECTIVE))
        history, current = self._directives.pop(number, (None, None))
        if history is None:
            before = transaction.stream(event.stream)
            history = [codec.decode(record) for record in before if record.position < event.position]
            current = replay(history)

        def table() -> Sequence[Row]:
            return [*transaction.timeline(number), *(row for row in pending if row.directive == number)]

        rows = new_rows(number, history, event, current, table)
        is_last = all(earlier.fold_key < event.fold_key for earlier in history)
        history = [*history, event]
        if is_last and not isinstance(event.payload, Retracted):
            current, _ = evolve(current, event)
        else:
            current = replay(history)
        self._directives[number] = (history, current)
        if len(self._directives) > _KEPT_DIRECTIVES:
            self._directives.popitem(last=False)
        return rows


def _finish(target: Store, builder: _Builder, source: str, *, now: dt.datetime, keys: dict[str, bytes]) -> None:
    last, created = builder.last, builder.created
    if last is None or created is None:
        return
    recorded_at = max(now, from_microseconds(last.recorded_at))
    command_id = f"copy-{created.register_id}-{last.position}"
    event = Event(
        stream=OFFICE, version=builder.office_version + 1, position=last.position + 1, recorded_at=recorded_at,
        effective_on=day_of(recorded_at, as_zone(created.zone)),
        envelope=Envelope(actor="copy", role="office", command_id=command_id),
        payload=RegisterCopied(size=last.position, source=source, with_keys=bool(keys)),
    )  # fmt: skip
    with target.write() as transaction:
        for subject, key in keys.items():
            transaction.add_key(subject, key)
        transaction.append([codec.encode(event)])
