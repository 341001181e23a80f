"""The stage of the demonstration: a folder of its own, a clock set by hand, commands run as they are printed."""

import datetime as dt
import io
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from directives_cli import terminal
from directives_cli.failures import exit_code_of
from directives_cli.words import width
from directives_core.language import _, day, ngettext

__all__ = ["Stage", "rehearsal"]

_OWN = ("DIRECTIVES_STORE", "DIRECTIVES_ACTOR", "DIRECTIVES_CLOCK")


class Stage:
    """Prints what is told and what is typed, and runs it."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._told = False

    def tell(self, text: str) -> None:
        """Prose."""
        self._print(f"\n{text.strip()}")
        self._told = True

    def title(self, text: str) -> None:
        """The head of a chapter."""
        self._print("\n" + terminal.painted(f"{text}\n{'=' * width(text)}", bold=True))
        self._told = False

    def now(self, instant: str) -> None:
        """Set the clock, and say the day and hour."""
        os.environ["DIRECTIVES_CLOCK"] = instant
        self._print("\n" + terminal.painted(f"[{_said(dt.datetime.fromisoformat(instant))}]", "cyan"))
        self._told = False

    def run(self, line: str, *, first: int | None = None) -> str:
        """Print a command line and run it; `first` shows only so many lines of what it answers."""
        typed = self._type(line)
        answer = io.StringIO()
        if not self._quiet and first is None:
            with redirect_stderr(sys.stdout):
                self._call(typed)
            return ""
        with redirect_stdout(answer), redirect_stderr(io.StringIO() if self._quiet else answer):
            self._call(typed)
        lines = answer.getvalue().splitlines()
        self._print("\n".join(lines[:first]))
        if first is not None and len(lines) > first:
            n = len(lines) - first
            self._print(ngettext("[… {n} more line]", "[… {n} more lines]", n).format(n=n))
        return answer.getvalue()

    def refused(self, line: str) -> None:
        """Print a command line that is refused, and why."""
        typed = self._type(line)
        said = io.StringIO()
        with redirect_stderr(said):
            code = exit_code_of(lambda: self._call(typed), as_json=False)
        self._print(f"{said.getvalue().rstrip()}\n[{_('exit code {code}').format(code=code)}]")

    def _type(self, line: str) -> list[str]:
        """Print the command line as it would be typed; its arguments."""
        self._print("\n" * self._told + terminal.painted(f"$ {line}", bold=True))
        self._told = False
        return shlex.split(line.replace("\\\n", " "))[1:]

    @staticmethod
    def _call(typed: list[str]) -> None:
        from directives_cli.group import directives

        directives.main(typed, prog_name="directives", standalone_mode=False)

    def _print(self, text: str) -> None:
        if not self._quiet:
            print(text)


def _said(instant: dt.datetime) -> str:
    return f"{day(instant.date())}, {instant:%H:%M}"


@contextmanager
def rehearsal(folder: Path) -> Iterator[None]:
    """Work in the folder, with nothing of the user's own register in reach; everything is put back afterwards."""
    here = Path.cwd()
    kept = {name: os.environ.pop(name) for name in _OWN if name in os.environ}
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        for name in _OWN:
            os.environ.pop(name, None)
        os.environ.update(kept)
