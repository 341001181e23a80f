"""Fuzz by coverage: `python -m tests.fuzz [TARGET …] [--seconds N | --seed S] [--keep]`, a process for each.

With a seed each target tries the same inputs in the same order every time, about a minute's worth. Otherwise it begins
with the kept corpus and goes on for so many seconds; what it finds new goes to build/fuzz, and with `--keep` what
reached something new last is taken into the corpus. An input that fails is left as build/fuzz/TARGET-crash-….
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import RUNS, SEEDS, TARGETS

HERE = Path(__file__).parent
KEPT = 40
BUILD = HERE.parents[1] / "build" / "fuzz"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0, help="try the same inputs every time")
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    failed = [name for name in asked.targets or TARGETS if _run(name, asked.seconds, asked.seed, keep=asked.keep)]
    print(f"failed: {', '.join(failed)}" if failed else "no target failed")  # noqa: T201
    return bool(failed)


def _run(name: str, seconds: int, seed: int, *, keep: bool) -> int:
    """Fuzz one target, and say what came of it."""
    print(f"{name}: {f'{RUNS[name]} runs' if seed else f'{seconds} s'}", flush=True)  # noqa: T201
    if seed:
        shutil.rmtree(BUILD / name, ignore_errors=True)
    (BUILD / name).mkdir(parents=True, exist_ok=True)
    corpus = HERE / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, given in enumerate(SEEDS[name]):
        (BUILD / name / f"seed-{number}").write_bytes(given)
    inside = [sys.executable, "-m", "tests.fuzz.inside", name, str(BUILD), str(corpus)]
    inside += [f"-runs={RUNS[name]}", f"-seed={seed}"] if seed else [f"-max_total_time={seconds}"]
    ordered = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(inside, check=False, capture_output=True, text=True, errors="replace", env=ordered)
    lines = [*done.stderr.splitlines(), *done.stdout.splitlines()]
    for line in lines[-40:] if done.returncode else [line for line in lines if "Done" in line or "DONE" in line]:
        print(f"  {line}")  # noqa: T201
    if keep and not done.returncode:
        _keep(BUILD / name, corpus)
    return done.returncode


def _keep(found: Path, corpus: Path) -> None:
    """Take what reached something new last, which is what is hardest to reach, into the corpus."""
    files = [file for file in found.iterdir() if not file.name.startswith("seed-")]
    for file in sorted(files, key=lambda file: file.stat().st_mtime_ns)[-KEPT:]:
        (corpus / file.name).write_bytes(file.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
