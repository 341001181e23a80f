"""The whole register at a moment, and one question of it, as it grows in directives and in history."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from directives_adapters import open_register
from directives_adapters.sqlite.schema import SHARES
from directives_core import View
from directives_core.directive.state import OPEN
from directives_core.timeline import to_days
from tests.benchmarks.filling import LAST_DAY
from tests.benchmarks.history_peer import as_of_history
from tests.benchmarks.measuring import OURS, Line, in_turn
from tests.benchmarks.registers import register_of

__all__ = ["history_grows", "moments"]

_COLUMNS = "directive, share, effective_from, position, unit, status, due_on, state"
_BY_KEY = f"""select coalesce(was.state, stands.state), coalesce(was.status, stands.status) from temp.wanted
    left join timeline as was using (directive, share, effective_from, position)
    left join current as stands on was.id is null and stands.id = wanted.directive * {SHARES} + wanted.share"""
_OVERDUE = f"""select directive from current where status in ({", ".join("?" * len(OPEN))}) and unit = ? and due_on < ?
    and status <> 'absent' and status <> 'directive'"""  # what the index leaves out


def moments(folder: Path, *, directives: int) -> Iterator[Line]:
    """Every row now, shortly before, and long before, against reading as many current rows; then one unit's duties."""
    path = register_of(folder, directives=directives)
    size = f"{directives:,} directives × 7"
    rounds = 3 if directives > 100_000 else 5
    with open_register(f"sqlite:///{path.absolute()}") as register, closing(sqlite3.connect(path)) as raw:
        last = register.as_of().moment.position
        now, lately, once = (register.as_of(LAST_DAY, known_at=at) for at in (last, last - 500, last // 2))

        def current(count: int) -> Any:
            return sum(1 for _ in raw.execute(f"select {_COLUMNS} from current limit {count}"))

        for name, view in (("now", now), ("500 events ago", lately), ("half of the log ago", once)):
            there = _count(view)
            works = {"as many current rows": lambda there=there: current(there), OURS: lambda view=view: _count(view)}
            if directives <= 10_000 and view is once:
                works["django-simple-history"] = as_of_history(folder / "history.db", objects=directives, versions=7)
            medians = in_turn(works, rounds=rounds)
            yield Line(
                f"Whole register as of {name}, {size}", medians, than="as many current rows", at_most=3,
                note=f"{there:,} rows",
            )  # fmt: skip
        works = {"as many current rows": lambda: current(2 * directives), OURS: lambda: sum(1 for _ in now)}
        medians = in_turn(works, rounds=1 if directives > 100_000 else 3, warm=False)
        yield Line(f"The same as views, every field named and computed, {size}", medians, than="as many current rows")
        yield overdue(now, raw, size)


def overdue(view: View, raw: sqlite3.Connection, size: str) -> Line:
    """Overdue of one unit today, against the bare query over the same index."""
    unit = next(unit for unit in view.units() if unit.id == "b7")
    values = (*sorted(OPEN), unit.id, to_days(LAST_DAY))
    found = view.directives(unit=unit.name, timeliness="overdue")
    medians = in_turn({
        "raw query": lambda: raw.execute(_OVERDUE, values).fetchall(),
        OURS: lambda: view.directives(unit=unit.name, timeliness="overdue"),
    })  # fmt: skip
    note = f"{len(found)} found, {medians[OURS] * 1000 / max(1, len(found)):.2f} ms each"
    return Line(f"Overdue of one unit today, {size}", medians, than="raw query", note=note)


def history_grows(folder: Path, *, directives: int = 10_000) -> Iterator[Line]:
    """The whole register as of half of the log, with 7, 24 and 96 events for each directive: a row in each.

    The limit is to fetch the very same rows by their keys, from where they lie.
    """
    paths = {events: register_of(folder, directives=directives, events=events) for events in (7, 24, 96)}
    with ExitStack() as opened:
        works: dict[str, Callable[[], object]] = {}
        rows: dict[int, int] = {}
        for events, path in paths.items():
            register = opened.enter_context(open_register(f"sqlite:///{path.absolute()}"))
            view = register.as_of(LAST_DAY, known_at=register.as_of().moment.position // 2)
            raw = opened.enter_context(closing(sqlite3.connect(path)))
            rows[events] = _wanted(raw, view)
            works[f"{events} by key"] = lambda raw=raw: raw.execute(_BY_KEY).fetchall()
            works[str(events)] = lambda view=view: _count(view)
        medians = in_turn(works)
    for events in (24, 96):
        each = {name: medians[name] / rows[int(name.split()[0])] for name in works}
        ours, alone = ([each[f"{n}{kind}"] * 1e6 for n in (7, events)] for kind in ("", " by key"))
        yield Line(
            f"A row as of half of the log ago, {directives:,} directives, {events} events each against 7",
            {"7 events each": each["7"], OURS: each[str(events)]}, than="7 events each", at_most=2,
            note=f"{ours[0]:.1f} and {ours[1]:.1f} µs a row; the same rows by their keys alone: {alone[0]:.1f} and "
            f"{alone[1]:.1f} µs, {alone[1] / alone[0]:.2f} times",
        )  # fmt: skip


def _wanted(raw: sqlite3.Connection, view: View) -> int:
    """Keep the keys of the rows of a view for `_BY_KEY`, in the order in which the view gives them."""
    keys = [(row.directive, row.share, row.effective_from, row.position) for row in view.rows()]
    raw.execute("create temp table wanted(directive, share, effective_from, position)")
    raw.executemany("insert into wanted values (?, ?, ?, ?)", keys)
    return len(keys)


def _count(view: View) -> int:
    return sum(1 for _ in view.rows())
