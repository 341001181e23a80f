"""`make bench`: ourselves, the peer and the raw limit in turn in one run; medians, ratios, durability named.

Only ratios within one run mean anything: the machine is whatever it is, and shared with whatever else runs on it.
"""

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from directives_adapters import create_register
from directives_core import Actor, Register
from tests.benchmarks.peers import peer_application, raw_table

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles={"office"})
ROUNDS = 5
TEXT = "Nộp hồ sơ sáp nhập thôn về Ủy ban nhân dân huyện (qua Phòng Nội vụ)"


def seconds(work: Callable[[], object]) -> float:
    """How long one piece of work takes by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(**works: Callable[[], object]) -> dict[str, float]:
    """The median seconds of several pieces of work, one after the other in every round."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: statistics.median(values) for name, values in times.items()}


def tell(title: str, medians: dict[str, float], *, per: int = 1, than: str) -> None:
    """Print the medians and how they stand to one of them."""
    print(f"\n{title}")
    for name, median in medians.items():
        rate = f"{per / median:10,.0f}/s" if per > 1 else f"{median * 1000:10.1f} ms"
        print(f"  {name:<28}{rate}   {median / medians[than]:5.2f} x {than}")


def start_up(folder: Path) -> None:
    """Help, and a list in a small register, against bare Python."""
    url = f"sqlite:///{folder}/start.db"
    with create_register(url, title="Sổ", zone="Asia/Ho_Chi_Minh", by=OFFICE) as register:
        filled(register, directives=1_000)

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run(
            [sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    medians = in_turn(
        bare_python=run("-c", "pass"),
        help=run("-m", "directives_cli", "--help"),
        list_of_one_unit=run("-m", "directives_cli", "list", "--unit", "xã 7", "--store", url),
    )
    tell("Start-up (goal: help at most 4 x, list at most 12 x bare Python)", medians, than="bare_python")


def filled(register: Register, *, directives: int) -> None:
    """Units, and directives due over a year, each reported once."""
    with register.batch(by=OFFICE):
        for count in range(40):
            register.add_unit(f"xã {count}")
    for first in range(0, directives, 1_000):
        with register.batch(by=OFFICE):
            for count in range(first, min(first + 1_000, directives)):
                due = date.today() + timedelta(days=count % 365)
                number = register.assign(TEXT, to=f"xã {count % 40}", due=due)
                register.report(number, "Đang làm")


def appending(folder: Path) -> None:
    """One event per commit, and a hundred, durable: synchronous=FULL everywhere."""
    raw, peer = raw_table(folder / "raw.db"), peer_application(folder / "peer.db")
    ours = create_register(f"sqlite:///{folder}/ours.db", title="Sổ", zone="UTC", by=OFFICE)
    ours.add_unit("xã 1", by=OFFICE)

    def one_by_one(write: Callable[[], object]) -> Callable[[], object]:
        return lambda: [write() for _ in range(100)]

    def hundred() -> None:
        with ours.batch(by=OFFICE):
            for _ in range(100):
                ours.assign(TEXT, to="xã 1", due=None)

    single = in_turn(
        raw_insert=one_by_one(lambda: raw(1)),
        eventsourcing=one_by_one(lambda: peer(1)),
        directives=one_by_one(lambda: ours.assign(TEXT, to="xã 1", due=None, by=OFFICE)),
    )
    tell("Append, one event per commit, SQLite FULL (goal: as fast as the peer)", single, per=100, than="eventsourcing")
    batch = in_turn(raw_insert=lambda: raw(100), eventsourcing=lambda: peer(100), directives=hundred)
    tell("Append, 100 per commit, SQLite FULL (goal: as fast as the peer)", batch, per=100, than="eventsourcing")
    ours.close()


def as_of(folder: Path) -> None:
    """The whole register at a past moment against reading as many current rows; and one question of one unit."""
    path = folder / "asof.db"
    with create_register(f"sqlite:///{path}", title="Sổ", zone="UTC", by=OFFICE) as register:
        filled(register, directives=10_000)
        position = register.as_of().moment.position - 500
        view = register.as_of(date.today(), known_at=position)
        raw = sqlite3.connect(path)
        columns = "directive, share, effective_from, position, unit, status, due_on, state"
        medians = in_turn(
            current_rows=lambda: raw.execute(f"select {columns} from current").fetchall(),
            rows_as_of=lambda: list(view.rows()),
            directives_as_of=view.directives,
            overdue_of_one_unit=lambda: view.directives(unit="xã 7", timeliness="overdue"),
        )
        raw.close()
    tell("10,000 directives as of a past position (goal: rows at most 3 x)", medians, than="current_rows")


def main() -> None:
    """Run every benchmark and print where it ran."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{python}, {os.cpu_count()} cores, {platform.system()}")
    print(f"load at the start: {os.getloadavg()[0]:.1f}; medians of {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for benchmark in (start_up, appending, as_of):
            benchmark(folder)


if __name__ == "__main__":
    main()
