"""How things are measured: one after the other within one run, medians, and ratios that alone mean anything."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["OURS", "Line", "as_json", "in_turn", "markdown", "seconds", "shown"]

OURS = "directives"
"""The name under which we stand among those who are measured."""

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of work, and how many seconds each one took for it, as the median of its rounds.

    `per` is how many things were done in that time, where a rate says more. The goal: we take at most `at_most` times
    as long as `than`; or, with `least` given, we do at least so many in a second.
    """

    work: str
    medians: Mapping[str, float]
    per: int = 1
    than: str | None = None
    at_most: float | None = None
    least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long we take as whom the goal names."""
        if self.than is None or self.than not in self.medians or OURS not in self.medians:
            return None
        return self.medians[OURS] / self.medians[self.than]

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None:
            return f"at least {self.least:,.0f}/s"
        return f"at most {self.at_most:g} × {self.than}" if self.at_most is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether the goal was reached in this run; none where there is none, or nobody to compare with."""
        if self.least is not None:
            return self.per / self.medians[OURS] >= self.least
        return None if self.ratio is None or self.at_most is None else self.ratio <= self.at_most

    def figure(self, name: str) -> str:
        """What somebody reached: a rate, or milliseconds."""
        taken = self.medians[name]
        return f"{self.per / taken:,.0f}/s" if self.per > 1 else f"{taken * 1000:,.1f} ms"


def seconds(work: Callable[[], object]) -> float:
    """How long one piece of work takes by the clock; what earlier work left behind is collected before."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(works: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS, warm: bool = True) -> dict[str, float]:
    """The median seconds of several pieces of work, one after the other in every round."""
    if warm:
        for work in works.values():
            work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(seconds(work))
    return {name: statistics.median(values) for name, values in times.items()}


def shown(line: Line) -> str:
    """The line for a terminal."""
    figures = ", ".join(f"{name} {line.figure(name)}" for name in line.medians)
    ratio = "" if line.ratio is None else f"; {line.ratio:.2f} × {line.than}"
    goal = "" if line.met is None else f" ({'reached' if line.met else 'MISSED'}: {line.goal})"
    return f"{line.work}\n    {figures}{ratio}{goal}" + (f"\n    {line.note}" if line.note else "")


def markdown(lines: Iterable[Line]) -> str:
    """The lines as a table of a page."""
    rows = ["| work | others and the raw limit | us | ratio | goal |", "|---|---|---|---|---|"]
    for line in lines:
        others = "<br>".join(f"{name}: {line.figure(name)}" for name in line.medians if name != OURS)
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        met = "" if line.met is None else f"{line.goal}: {'reached' if line.met else '**missed**'}"
        ours = line.figure(OURS) if OURS in line.medians else ""
        work = line.work + (f" ({line.note})" if line.note else "")
        rows.append(f"| {work} | {others} | {ours} | {ratio} | {met} |")
    return "\n".join(rows) + "\n"


def as_json(line: Line) -> dict[str, Any]:
    """The line as JSON."""
    return {**asdict(line), "medians": dict(line.medians), "ratio": line.ratio, "goal": line.goal, "met": line.met}
