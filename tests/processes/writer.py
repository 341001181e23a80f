"""A process that writes assignments into a register, one commit each, and says after each that it was acknowledged."""

import sys
from datetime import date

from directives_adapters import open_register
from directives_core import Actor

OFFICE = Actor(id="hoa", name="Lê Thị Hoa", unit="Văn phòng", roles=frozenset({"office"}))


def main(url: str, name: str, first: int, count: int) -> None:
    with open_register(url) as register:
        for turn in range(first, first + count):
            number = register.assign(
                f"{name} {turn}", to="Đơn vị", due=date(2100, 1, 1), by=OFFICE, command_id=f"{name}-{turn}"
            )
            sys.stdout.write(f"{turn} {int(number)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
