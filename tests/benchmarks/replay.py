"""Reading the whole log again: as records, as events, folded, as rows of a new timeline; and verifying it."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from directives_adapters import open_register
from directives_adapters.sqlite import SqliteStore
from directives_core.codec import codec
from directives_core.directive.evolve import replay
from directives_core.keeping.following import all_rows
from tests.benchmarks.measuring import OURS, Line, in_turn
from tests.benchmarks.peers import Duty, application
from tests.benchmarks.registers import register_of

__all__ = ["replays", "verifying"]

_RECORDS = "select position, stream, version, recorded_at, effective_on, type, data from events"


def replays(folder: Path, *, directives: int = 10_000) -> Iterator[Line]:
    """The log of a register, against plain reading, a careful fold into dictionaries, and the peer's walk."""
    path = register_of(folder, directives=directives)
    store = SqliteStore(path)
    with closing(sqlite3.connect(path)) as raw:
        size = raw.execute("select count(*) from events").fetchone()[0]
        walk = _walk_of_the_peer(folder / "walk.db", events=size)

        def decoded() -> int:
            with store.read() as transaction:
                return sum(1 for _ in map(codec.decode, transaction.records()))

        def folded() -> int:
            with store.read() as transaction:
                streams = (f"directive:{number}" for number in range(1, directives + 1))
                return sum(1 for each in streams if replay([codec.decode(r) for r in transaction.stream(each)]))

        def rows() -> int:
            with store.read() as transaction:
                return sum(1 for _ in all_rows(transaction))

        common = {"plain reading": lambda: raw.execute(_RECORDS).fetchall(), "careful fold": lambda: _fold(raw)}
        works = {**common, "eventsourcing": walk, OURS: decoded}
        taken = in_turn(works, rounds=3)
        yield Line(
            "The log as events, in order", taken, per=size, than="careful fold", at_most=2,
            note=f"of the time of the peer's walk plain reading takes {_of_the_walk(taken, 'plain reading')}, "
            f"the careful fold {_of_the_walk(taken, 'careful fold')}, and we take {_of_the_walk(taken, OURS)}",
        )  # fmt: skip
        works = {**common, OURS: folded}
        yield Line("Every directive folded anew", in_turn(works, rounds=3), per=size, than="careful fold", at_most=2)
        works = {**common, OURS: rows}
        yield Line(
            "A new timeline, every row of it", in_turn(works, rounds=3), per=size, than="careful fold", at_most=2
        )
    store.close()


def _of_the_walk(taken: Mapping[str, float], name: str) -> str:
    return f"{taken[name] / taken['eventsourcing']:.2f}"


def _fold(raw: sqlite3.Connection) -> int:
    """What no replay can do without: parse every event, and lay its fields over the state of its directive."""
    states: dict[str, dict[str, Any]] = {}
    for stream, type_, data in raw.execute("select stream, type, data from events order by position"):
        payload = json.loads(data)["payload"]
        state = states.setdefault(stream, {})
        state.update(payload)
        state["last"] = type_
    return len(states)


def _walk_of_the_peer(path: Path, *, events: int) -> Any:
    """A log of as many events in the peer's own store, and what reads and decodes all of them in order."""
    path.unlink(missing_ok=True)
    app = application(PERSISTENCE_MODULE="eventsourcing.sqlite", SQLITE_DBNAME=str(path))
    for _ in range(events // 700):
        duties = [Duty("x" * 300) for _ in range(100)]
        for duty in duties:
            for _ in range(6):
                duty.report("x" * 100)
        app.save(*duties)

    def walk() -> int:
        count, start = 0, 1
        while found := app.recorder.select_notifications(start, 1_000):
            count += sum(1 for _ in map(app.mapper.to_domain_event, found))
            start = found[-1].id + 1
        return count

    return walk


def verifying(folder: Path, *, directives: int) -> Iterator[Line]:
    """Hashing the whole log against every checkpoint."""
    path = register_of(folder, directives=directives)
    with open_register(f"sqlite:///{path.absolute()}") as register, closing(sqlite3.connect(path)) as raw:
        size = register.verify().size
        medians = in_turn(
            {"plain reading": lambda: sum(1 for _ in raw.execute(_RECORDS)), OURS: register.verify}, rounds=3
        )
    yield Line(f"Verify the whole log, {directives:,} directives × 7", medians, per=size, least=200_000)
