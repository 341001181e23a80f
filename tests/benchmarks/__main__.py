"""`make bench`: ourselves, the peers and the raw limit in turn in one run; medians, ratios, durability named.

Only ratios within one run mean anything: the machine is whatever it is, and shared with whatever else runs on it.

    make bench                       some minutes: 10,000 and 100,000 directives
    make bench SIZES=1000000         another size, or several: SIZES=10000,1000000
    make bench ONLY=start,append     some parts: start, append, asof, history, replay, verify, postgres
    make bench BENCH=full            everything, with a million directives
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.benchmarks.append import appends
from tests.benchmarks.asof import history_grows, moments
from tests.benchmarks.machine import machine
from tests.benchmarks.measuring import ROUNDS, Line, as_json, markdown, shown
from tests.benchmarks.postgres import postgresql
from tests.benchmarks.replay import replays, verifying
from tests.benchmarks.start import start_ups

RESULTS = Path("build/bench")
_FULL = os.environ.get("BENCH") == "full"


def sizes() -> list[int]:
    """The sizes asked for, in directives."""
    given = os.environ.get("SIZES")
    if given:
        return [int(size.replace("_", "")) for size in given.split(",")]
    return [10_000, 100_000, 1_000_000] if _FULL else [10_000, 100_000]


def parts(kept: Path, scratch: Path) -> dict[str, Callable[[], Iterable[Line]]]:
    """What is measured, by name; `kept` holds registers for the next time."""

    def of_each(measure: Callable[..., Iterable[Line]]) -> Callable[[], Iterable[Line]]:
        return lambda: (line for size in sizes() for line in measure(kept, directives=size))

    return {
        "start": lambda: start_ups(kept), "append": lambda: appends(scratch), "asof": of_each(moments),
        "history": lambda: history_grows(kept), "replay": lambda: replays(kept, directives=10_000),
        "verify": of_each(verifying), "postgres": postgresql,
    }  # fmt: skip


def main() -> None:
    """Run what was asked for, show it, and keep it as JSON and as a table for a page."""
    registers = RESULTS / "registers"
    registers.mkdir(parents=True, exist_ok=True)
    about = machine(registers)
    print(*about, f"medians of {ROUNDS} rounds or fewer; SQLite: synchronous = FULL for all", sep="\n", end="\n\n")
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(dir=RESULTS) as scratch:
        every = parts(registers, Path(scratch))
        only = [name for name in os.environ.get("ONLY", "").split(",") if name]
        if unknown := set(only) - set(every):
            sys.exit(f"ONLY: no part is called {', '.join(sorted(unknown))}; there are {', '.join(every)}")
        for name in only or every:
            for line in every[name]():
                print(shown(line), flush=True)
                lines.append(line)
                _keep(about, lines)
    missed = [line.work for line in lines if line.met is False]
    print(f"\n{len(lines)} lines, {len(missed)} goals missed; see {RESULTS}/report.md and {RESULTS}/results.json")


def _keep(about: list[str], lines: list[Line]) -> None:
    (RESULTS / "results.json").write_text(
        json.dumps({"machine": about, "lines": list(map(as_json, lines))}, indent=1, ensure_ascii=False) + "\n"
    )
    head = "".join(f"- {sentence}\n" for sentence in about)
    (RESULTS / "report.md").write_text(f"{head}\n{markdown(lines)}")


if __name__ == "__main__":
    main()
