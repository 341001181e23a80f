"""The scripted year: the same moment gives the same bytes in every format and language, whoever exports it where."""

import datetime as dt
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from directives_adapters import store_module
from directives_adapters.exports import FORMATS
from directives_core.keeping.carry import copy_store
from directives_core.language import LANGUAGES
from directives_core.store import Store
from tests.year.script import LAST, Year, play

ROOT = Path(__file__).parents[2]
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
THERE = {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "vi_VN.UTF-8", "COLUMNS": "40"}


def kept(year: Year, folder: Path) -> str:
    """The URL of the year, copied to a file."""
    url = f"sqlite:///{folder / 'year.db'}"

    def fill(store: Store) -> None:
        copy_store(year.register._store, store, now=year.clock())

    with year.register:
        store_module(url).create_store(url, fill).close()
    return url


def pressed(url: str, at: str, environment: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DIRECTIVES_"))}
    command = [sys.executable, "-m", "tests.exports.press", url, at]
    umask = 0o077 if environment is THERE else 0o022
    ran = subprocess.run(
        command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True, umask=umask
    )
    hashes: dict[str, str] = json.loads(ran.stdout)
    return hashes


def assert_the_same(year: Year, folder: Path, at: str) -> None:
    url = kept(year, folder)

    with ThreadPoolExecutor() as pool:
        here, there = pool.map(lambda environment: pressed(url, at, environment), (HERE, THERE))

    assert here == there
    assert set(here) == {f"{format_} {language}" for format_ in FORMATS for language in LANGUAGES}


def test_two_processes_of_other_places_write_the_same_bytes(tmp_path: Path) -> None:
    assert_the_same(play(last=dt.date(2024, 1, 31)), tmp_path, "GB-2024-01")


@pytest.mark.campaign
def test_two_processes_of_other_places_write_the_same_bytes_of_a_whole_year(tmp_path: Path) -> None:
    assert_the_same(play(last=LAST), tmp_path, "2024-12-31")
