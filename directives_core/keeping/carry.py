"""Carrying a register over: every record byte for byte, the timeline built anew, the commands that were answered.

It can be broken off at any moment and begun again: what is in the target already is compared where it ends, and not
written twice. `register.copied`, which comes last, tells the whole from a part.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from directives_core.clock import as_zone, day_of
from directives_core.codec import codec, from_microseconds
from directives_core.directive.evolve import RULES
from directives_core.directive.stream import number_in
from directives_core.errors import AlreadyThere, DamagedStore
from directives_core.event import Envelope, Event
from directives_core.keeping.check import Progress
from directives_core.keeping.following import Following
from directives_core.language import Phrase
from directives_core.office.events import RegisterCopied, RegisterCreated
from directives_core.passages import subjects_of
from directives_core.register.office_cache import OFFICE
from directives_core.store import Checkpoint, ReadTransaction, Record, Row, Store, StoredCommand, WriteTransaction

__all__ = ["Carried", "Carrying", "carry", "copy_store", "read_store", "sealed_subjects"]

_CHUNK = 500
_KEPT_DIRECTIVES = 2_000


@dataclass(frozen=True, slots=True)
class Carried:
    """What is carried: a record, the command that it begins, where it is the first one of one, and the checkpoints
    that end with it.
    """

    record: Record
    command: StoredCommand | None = None
    checkpoints: tuple[Checkpoint, ...] = ()


Carrying = Callable[[int], Iterator[Carried]]
"""Gives what is to be carried behind a position, as often as it is asked."""


def copy_store(
    source: Store, target: Store, *, now: dt.datetime, keys: bool = False, progress: Progress | None = None
) -> int:
    """Carry everything of one store into another, and end it with `register.copied`.

    Positions, versions, times and bytes stay as they are, so that the root at the source's size and every answer up to
    it stay the same. Checkpoints go along.

    Args:
        source: what is read, at one committed state; nothing is written to it.
        target: an empty store of any kind, or one into which the same was being carried before.
        now: the present instant.
        keys: whether the keys of sealed values go along; without them names are not shown in the copy.
        progress: told how many records are done, of how many.

    Returns:
        How many records were carried over, those of an earlier attempt included.

    Raises:
        AlreadyThere: the target has other events.
        DamagedStore: the source does not begin as a register.
    """
    with source.read() as transaction:
        return carry(
            lambda after: read_store(transaction, after=after), target, source.where, transaction.head().position,
            now=now, keys=(lambda: transaction.keys(sorted(sealed_subjects(transaction)))) if keys else dict,
            progress=progress,
        )  # fmt: skip


def read_store(transaction: ReadTransaction, *, after: int = 0) -> Iterator[Carried]:
    """Everything of a store behind a position, in order."""
    known: str | None = None
    ending: dict[int, tuple[Checkpoint, ...]] = {}
    for checkpoint in transaction.checkpoints():
        ending[checkpoint.size] = (*ending.get(checkpoint.size, ()), checkpoint)
    for record in transaction.records(after=after):
        command = None
        if (command_id := codec.decode(record).envelope.command_id) != known:
            known = command_id
            command = transaction.command(command_id)
        begins = command is not None and command.first_position == record.position
        yield Carried(record, command if begins else None, ending.get(record.position, ()))


def sealed_subjects(transaction: ReadTransaction) -> set[str]:
    """The subjects of all sealed values, and sealed passages of texts, in a store."""
    return {subject for record in transaction.records() for subject in subjects_of(codec.decode(record))}


def carry(
    carrying: Carrying,
    target: Store,
    source: str,
    size: int,
    *,
    now: dt.datetime,
    keys: Callable[[], dict[str, bytes]],
    progress: Progress | None = None,
) -> int:
    """Write what is carried into an empty store, or on from where it was broken off, in commits of some hundred.

    Raises:
        AlreadyThere: the target has events that are not those that are carried, or somebody else fills it meanwhile.
        DamagedStore: what is carried does not begin as a register, or has gaps.
    """
    with target.read() as transaction:
        done = _begun(transaction, carrying, target.where)
        builder = _Builder(transaction)
        if transaction.head().position > done:
            return done
    moving = carrying(done)
    while chunk := list(islice(moving, _CHUNK)):
        with target.write() as transaction:
            if transaction.head().position != done:
                raise AlreadyThere(Phrase("{where} is being filled by another command already", where=target.where))
            builder.add(transaction, chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, size)
    if builder.created is None:
        raise DamagedStore(source, why=Phrase("it does not begin with register.created"))
    _finish(target, builder, source, now=now, keys=keys())
    return done


def _begun(transaction: ReadTransaction, carrying: Carrying, where: str) -> int:
    """How many records an earlier attempt carried over; they are the same, as the last one of them is."""
    last = transaction.head().position
    position = last - 1 if _ends_a_copy(transaction, carrying) else last
    if position and _one(carrying, position) != _last_of(transaction, position):
        raise AlreadyThere(
            Phrase("{where} has other events already; carry a register into an empty place", where=where)
        )
    return position


def _ends_a_copy(transaction: ReadTransaction, carrying: Carrying) -> bool:
    """Whether the last record says that all was carried, and is not itself one of those that are carried."""
    last = transaction.head().position
    record = _last_of(transaction, last)
    return record is not None and record.type == RegisterCopied.stored_type and _one(carrying, last) != record


def _one(carrying: Carrying, position: int) -> Record | None:
    return next((each.record for each in carrying(position - 1)), None)


def _last_of(transaction: ReadTransaction, position: int) -> Record | None:
    return next(iter(transaction.records(after=position - 1, to=position)), None) if position else None


class _Builder:
    """Adds records and the rows that they mean, keeping the directives that were touched last at hand."""

    def __init__(self, transaction: ReadTransaction) -> None:
        head = transaction.head()
        first, self.last = _last_of(transaction, min(1, head.position)), _last_of(transaction, head.position)
        self.created = None if first is None else _creation(codec.decode(first))
        self.office_version = transaction.versions([OFFICE], to_position=head.position).get(OFFICE, 0)
        self._directives: OrderedDict[int, Following] = OrderedDict()
        self._number = head.directive

    def add(self, transaction: WriteTransaction, chunk: Sequence[Carried]) -> None:
        transaction.append([each.record for each in chunk])
        transaction.set_rules(RULES)
        number, rows = self._number, list[Row]()
        for each in chunk:
            event = codec.decode(each.record)
            if event.position == 1:
                self.created = _creation(event)
            if event.stream == OFFICE:
                self.office_version = event.version
            if (of_directive := number_in(event.stream)) is not None:
                self._number = max(self._number, of_directive)
                rows += self._rows(transaction, of_directive, event, rows)
            self.last = each.record
        transaction.add_rows(rows)
        for each in chunk:
            if each.command is not None:
                transaction.add_command(each.command)
            for checkpoint in each.checkpoints:
                transaction.add_checkpoint(checkpoint)
        if self._number != number:
            transaction.set_number(self._number)

    def _rows(self, transaction: WriteTransaction, number: int, event: Event, pending: Sequence[Row]) -> list[Row]:
        following = self._directives.pop(number, None)
        if following is None:
            before = (record for record in transaction.stream(event.stream) if record.position < event.position)
            following = Following(number, [codec.decode(record) for record in before])

        def table() -> Sequence[Row]:
            return [*transaction.timeline(number), *(row for row in pending if row.directive == number)]

        rows = following.rows(event, table)
        self._directives[number] = following
        if len(self._directives) > _KEPT_DIRECTIVES:
            self._directives.popitem(last=False)
        return rows


def _creation(event: Event) -> RegisterCreated | None:
    return event.payload if isinstance(event.payload, RegisterCreated) else None


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
