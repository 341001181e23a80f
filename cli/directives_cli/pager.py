"""Long answers, a screen at a time: on a terminal alone, and only where the answer is longer than it."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

__all__ = ["paged"]


@contextmanager
def paged(wanted: bool) -> Iterator[None]:
    """Show what is printed inside by $PAGER, else less, once it is longer than the terminal.

    Nothing is paged where standard output is no terminal, where PAGER is empty or `cat`, or where there is none.
    """
    command = _command() if wanted and sys.stdout.isatty() else []
    if not command:
        yield
        return
    import shutil  # here and below, for who reads from a pipe need not wait for it

    screen = _Screen(command, sys.stdout, lines=shutil.get_terminal_size().lines)
    try:
        with redirect_stdout(screen):
            yield
    finally:
        screen.end()


def _command() -> list[str]:
    import shlex
    import shutil

    named = os.environ.get("PAGER")
    command = shlex.split("less" if named is None else named)
    if not command or command[0] == "cat" or shutil.which(command[0]) is None:
        return []
    return command


class _Screen(io.TextIOBase):
    """Keeps the first screen of lines back; what is longer goes to the pager."""

    def __init__(self, command: list[str], out: IO[str], *, lines: int) -> None:
        self._command, self._out = command, out
        self._kept: list[str] = []
        self._room = lines - 1
        self._pager: subprocess.Popen[str] | None = None

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._pager is None:
            self._kept.append(text)
            self._room -= text.count("\n")
            if self._room <= 0:
                self._begin()
        else:
            self._into(text)
        return len(text)

    def _begin(self) -> None:
        import subprocess  # here, because most answers fit the screen

        self._out.flush()
        # As git has it: colours, nothing cleared, and no waiting for what fits after all.
        environment = {"LESS": "FRX", "LV": "-c", **os.environ}
        self._pager = subprocess.Popen(  # noqa: S603 - the user's own choice of a pager
            self._command, stdin=subprocess.PIPE, text=True, encoding="utf-8", env=environment
        )
        self._into("".join(self._kept))

    def _into(self, text: str) -> None:
        if self._pager is not None and self._pager.stdin is not None:
            self._pager.stdin.write(text)

    def end(self) -> None:
        """Show what was kept back, or wait until the reader has left the pager."""
        if self._pager is None:
            self._out.write("".join(self._kept))
            return
        with suppress(BrokenPipeError):
            if self._pager.stdin is not None:
                self._pager.stdin.close()
        while True:
            with suppress(KeyboardInterrupt):  # it is the pager's to take
                self._pager.wait()
                return
