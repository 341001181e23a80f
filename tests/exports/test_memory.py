"""The memory that an export takes does not grow with the register."""

import subprocess
import sys
from pathlib import Path

import pytest

from directives_adapters import create_register
from directives_core.testing import Clock
from tests.register.given import CAN_KHE, OFFICE, START, day

ROOT = Path(__file__).parents[2]
FORMATS = ("csv", "xlsx", "ics", "jsonl")
SMALL, LARGE = 2_000, 20_000
MOST_MORE_KB = 12_000
"""Less than a kilobyte for each directive more: what is read of one is several."""

PRESS = """
import resource, sys
from pathlib import Path
from directives_adapters import open_register
from directives_adapters.exports import Excerpt, export, new_file
with open_register(sys.argv[1]) as register, new_file(Path(sys.argv[3])) as file:
    export(sys.argv[2], Excerpt(register, register.as_of()), file)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    folder, urls = tmp_path_factory.mktemp("registers"), {}
    for size in (SMALL, LARGE):
        urls[size] = f"sqlite:///{folder / f'{size}.db'}"
        with create_register(urls[size], title="Sổ", zone="UTC", by=OFFICE, clock=Clock(START)) as register:
            register.add_unit(CAN_KHE, by=OFFICE)
            for first in range(0, size, 2_000):
                with register.batch(by=OFFICE):
                    for number in range(first, first + 2_000):
                        register.assign(f"Rà soát {number}", to=[CAN_KHE], due=day(12, 1))
    return urls


@pytest.mark.campaign
@pytest.mark.parametrize("format_", FORMATS)
def test_ten_times_the_register_takes_no_more_memory(registers: dict[int, str], tmp_path: Path, format_: str) -> None:
    peaks = {}
    for size, url in registers.items():
        command = [sys.executable, "-c", PRESS, url, format_, str(tmp_path / f"{size}.{format_}")]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        peaks[size] = int(ran.stdout)

    assert peaks[LARGE] - peaks[SMALL] < MOST_MORE_KB, peaks
