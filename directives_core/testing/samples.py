"""Records, rows and commands for the clauses, and the check that a register is whole."""

from collections.abc import Callable, Iterable

import pytest

from directives_core.store import ReadTransaction, Record, Row, Store, StoredCommand, WriteTransaction

__all__ = ["Hooks", "check_whole", "command", "everything", "next_record", "row", "write_one"]


class Hooks:
    """What a subclass of the contract tells about its store."""

    wait_seconds = 1.0
    """How long the fixture's store waits for its lock."""

    @pytest.fixture
    def store(self) -> Store:
        """A store with an empty register."""
        raise NotImplementedError("give a fixture `store` that yields a store with an empty register")

    def opener(self, store: Store) -> Callable[[], Store] | None:
        """What opens the same register in another process; None where a register lives in one process.

        It is pickled on its way there: a function of a module that can be imported, or a `functools.partial` of one.
        """
        return None

    def attempts(self, store: Store) -> Iterable[Callable[[], object]]:
        """Ways around the store to change or delete what is kept, each of which must be refused with an error."""
        return ()


def next_record(
    transaction: ReadTransaction, stream: str = "directive-1", *, data: bytes = b"{}", recorded_at: int | None = None,
    effective_on: int = 18_900, type_: str = "directive.noted.v1",
) -> Record:  # fmt: skip
    """The record that may follow in this stream, recorded a second after the last one unless said otherwise."""
    head = transaction.head()
    version = transaction.versions([stream], to_position=head.position).get(stream, 0) + 1
    instant = head.recorded_at + 1_000_000 if recorded_at is None else recorded_at
    return Record(head.position + 1, stream, version, instant, effective_on, type_, data)


def row(
    directive: int, share: int, effective_from: int, position: int, *, status: str = "assigned", state: str = ""
) -> Row:
    """A row whose state tells its place, unless another is given."""
    state = state or f'{{"text":"{directive}/{share} from {effective_from} at {position}"}}'
    unit, due_on = (None, None) if share == 0 else (f"unit-{share}", effective_from + 30)
    return Row(directive, share, effective_from, position, unit, status, due_on, state)


def command(command_id: str, first: int = 1, last: int = 1) -> StoredCommand:
    """A command that wrote these positions."""
    return StoredCommand(command_id, bytes(range(32)), first, last, f'{{"command":"{command_id}"}}')


def write_one(store: Store, command_id: str, stream: str) -> int:
    """One event with its row and its command, once for this id, however often it is asked for; its position."""
    with store.write() as transaction:
        done = transaction.command(command_id)
        if done is not None:
            return done.first_position
        record = next_record(transaction, stream, data=command_id.encode())
        transaction.append([record])
        transaction.add_rows([row(record.position, 1, record.effective_on, record.position)])
        transaction.add_command(command(command_id, record.position, record.position))
        transaction.set_number(record.position)
    return record.position


def check_whole(store: Store) -> list[str]:
    """Check a register filled by `write_one`: no gap, nothing half kept; the command ids in their order."""
    with store.read() as transaction:
        records = list(transaction.records())
        assert [record.position for record in records] == list(range(1, len(records) + 1)), "positions have gaps"
        times = [record.recorded_at for record in records]
        assert times == sorted(times), "recorded_at went back"
        versions: dict[str, int] = {}
        for record in records:
            versions[record.stream] = versions.get(record.stream, 0) + 1
            assert record.version == versions[record.stream], f"versions of {record.stream} have gaps"
            kept = transaction.command(record.data.decode())
            assert kept is not None, f"event {record.position} was kept without its command"
            assert kept.first_position == record.position, f"command {record.data!r} is there twice"
            assert len(transaction.timeline(record.position)) == 1, f"event {record.position} was kept without its row"
        shown = sum(1 for _ in transaction.rows_at(effective_to=20_000, to_position=len(records)))
        assert shown == len(records), "rows of the timeline are not the current ones"
        assert transaction.head().directive == len(records), "the last number is not that of the last event"
    return [record.data.decode() for record in records]


def everything(transaction: WriteTransaction, name: str = "a") -> None:
    """One of each thing that can be kept."""
    record = next_record(transaction, f"stream-{name}")
    transaction.append([record])
    transaction.add_rows([row(record.position, 0, 18_900, record.position)])
    transaction.add_command(command(f"command-{name}", record.position, record.position))
    transaction.set_number(record.position)
    transaction.add_key(f"subject-{name}", name.encode() * 32)
