"""A process that writes until every event is acknowledged, whatever goes away meanwhile: URL NAME FIRST COUNT.

Turns are assigned and reported on in pairs. After each it says the turn, the directive and the seconds it waited.
"""

import sys
from collections.abc import Callable
from datetime import date
from time import monotonic, sleep
from typing import TypeVar

from directives_adapters import open_register
from directives_core import Register
from directives_core.errors import Conflict
from tests.processes.writer import OFFICE

PATIENCE_SECONDS = 120.0
T = TypeVar("T")


def until_acknowledged(work: Callable[[], T]) -> T:
    """Try again for as long as the register says that this will do."""
    until = monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return work()
        except Conflict:
            if monotonic() > until:
                raise
            sleep(0.02)


def write(register: Register, name: str, turn: int) -> int:
    """One event, sent as often as need be under one id; the directive that it belongs to."""
    assigned = turn - turn % 2
    number = until_acknowledged(
        lambda: register.assign(
            f"{name} {assigned}", to="Đơn vị", due=date(2100, 1, 1), by=OFFICE, command_id=f"{name}-{assigned}"
        )
    )
    if turn % 2:
        until_acknowledged(lambda: register.report(number, f"Tiến độ {turn}", by=OFFICE, command_id=f"{name}-{turn}"))
    return int(number)


def main(url: str, name: str, first: int, count: int) -> None:
    with until_acknowledged(lambda: open_register(url)) as register:
        for turn in range(first, count):
            began = monotonic()
            number = write(register, name, turn)
            sys.stdout.write(f"{turn} {number} {monotonic() - began:.4f}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
