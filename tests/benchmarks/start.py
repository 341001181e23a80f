"""How long a command takes to begin and to answer, against Python that does nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from compileall import compile_dir
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import OURS, Line, in_turn
from tests.benchmarks.registers import register_of

__all__ = ["start_ups"]

_ROUNDS = 15


def start_ups(folder: Path, *, directives: int = 10_000) -> Iterator[Line]:
    """Help, and the list of one unit."""
    for package in ("directives_core", "directives_adapters", "directives_cli"):
        _compiled(package)
    url = f"sqlite:///{register_of(folder, directives=directives).absolute()}"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}

    def run(*arguments: str) -> Callable[[], object]:
        command = [sys.executable, *arguments]
        return lambda: subprocess.run(
            command, check=True, env=plain, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    bare = run("-c", "pass")
    helping = in_turn({"bare Python": bare, OURS: run("-m", "directives_cli", "--help")}, rounds=_ROUNDS)
    yield Line("`directives --help`", helping, than="bare Python", at_most=4)
    command = ("-m", "directives_cli", "list", "--unit", "UBND xã 7", "--timeliness", "overdue", "--store", url)
    listing = in_turn({"bare Python": bare, OURS: run(*command)}, rounds=_ROUNDS)
    yield Line(f"`directives list` of what is overdue of one unit, {directives:,} directives", listing,
               than="bare Python", at_most=12)  # fmt: skip


def _compiled(package: str) -> None:
    """Give a package the bytecode that installing it would, whatever the environment says of writing it."""
    for folder in import_module(package).__path__:
        compile_dir(folder, quiet=2)
