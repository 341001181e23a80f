"""Appending, durable: `synchronous = FULL` for everybody, set where a peer leaves it open."""

from collections.abc import Callable, Iterator
from pathlib import Path

from directives_adapters import create_register
from tests.benchmarks.limits import TEXT, raw_table, same_made, same_rows
from tests.benchmarks.measuring import OURS, Line, in_turn
from tests.benchmarks.peers import eventsource_py, peer_application
from tests.benchmarks.registers import OFFICE

__all__ = ["appends"]


def appends(folder: Path) -> Iterator[Line]:
    """One event per commit, and a hundred."""
    raw, peer = raw_table(folder / "raw.db"), peer_application(folder / "peer.db")
    ours = create_register(f"sqlite:///{folder}/ours.db", title="Sổ", zone="UTC", by=OFFICE)
    ours.add_unit("xã 1", by=OFFICE)
    ours.assign(TEXT, to="xã 1", due=None, by=OFFICE)
    rows, made = same_rows(folder / "rows.db", folder / "ours.db"), same_made(folder / "made.db")

    def times(count: int, write: Callable[[], object]) -> Callable[[], object]:
        return lambda: [write() for _ in range(count)]

    def hundred() -> None:
        with ours.batch(by=OFFICE):
            for _ in range(100):
                ours.assign(TEXT, to="xã 1", due=None)

    with eventsource_py(folder / "other.db") as other:
        singles = in_turn({
            "raw insert": times(100, lambda: raw(1)),
            "the same rows, SQL alone": times(100, lambda: rows(1)),
            "the same, made and written": times(100, lambda: made(1)),
            "eventsourcing": times(100, lambda: peer(1)),
            "eventsource-py": times(100, lambda: other(1)),
            OURS: times(100, lambda: ours.assign(TEXT, to="xã 1", due=None, by=OFFICE)),
        })  # fmt: skip
        yield Line("Append, one event per commit, SQLite", singles, per=100, than="eventsourcing", at_most=1.0)
        batches = in_turn({
            "raw insert": times(5, lambda: raw(100)),
            "the same rows, SQL alone": times(5, lambda: rows(100)),
            "the same, made and written": times(5, lambda: made(100)),
            "eventsourcing": times(5, lambda: peer(100)),
            "eventsource-py": times(5, lambda: other(100)),
            OURS: times(5, hundred),
        })  # fmt: skip
        yield Line("Append, 100 per commit, SQLite", batches, per=500, than="eventsourcing", at_most=1.0)
    ours.close()
