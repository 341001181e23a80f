"""What a command holds in memory follows a piece of the answer, and not the register."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.registers import register_of

DIRECTIVES = (3_000, 12_000)
MORE_MIB = 25
"""How much more a register may take that is four times as large: what the driver and the allocator keep."""

COMMANDS = (
    "list --json", "list", "list --timeliness overdue", "list --unit b7 --json", "list --find vuong", "show 17",
    "history 17", "log --json", "log --late 2", "stats --by unit", "stats --from 2025-01-01 --json",
    "changes 2025-01-01 now --json", "agenda", "agenda --json", "verify", "checkpoint", "store check",
    "store backup {scratch}/backup.db", "export jsonl --output {scratch}/lines.jsonl",
)  # fmt: skip


def most_mib(command: str) -> float:
    """The most memory that the command held at any time, by the account of the operating system."""
    words = [sys.executable, "-m", "directives_cli", *command.split()]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}
    with subprocess.Popen(words, env=plain, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    return used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("registers")
    return [register_of(folder, directives=directives) for directives in DIRECTIVES]


@pytest.mark.campaign
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the memory of a child is told by wait4")
@pytest.mark.parametrize("command", COMMANDS)
def test_memory_does_not_grow_with_the_register(registers: list[Path], command: str, tmp_path: Path) -> None:
    smaller, larger = (
        most_mib(f"{command.format(scratch=folder)} --store sqlite:///{path}")
        for path, folder in zip(registers, (_new(tmp_path, "a"), _new(tmp_path, "b")), strict=True)
    )

    assert larger < smaller + MORE_MIB


def test_a_register_made_for_benchmarks_is_sound(tmp_path: Path) -> None:
    path = register_of(tmp_path, directives=120)

    done = subprocess.run(
        [sys.executable, "-m", "directives_cli", "store", "check", "--store", f"sqlite:///{path}"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert done.stdout.startswith("883 events, 120 directives")


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name
