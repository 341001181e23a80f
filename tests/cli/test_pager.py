"""Long answers on a terminal go through a pager, a screen at a time; nothing else does."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.desk import Desk

BIN = Path(sys.executable).parent
LINES = 10


def on_a_terminal(*arguments: str, pager: str | None) -> str:
    """What a terminal of ten lines shows."""
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "COLUMNS": "80",
        "LINES": str(LINES),
        "NO_COLOR": "1",
    }
    environment.pop("PAGER", None)
    if pager is not None:
        environment["PAGER"] = pager
    terminal, end = pty.openpty()
    process = subprocess.Popen([BIN / "directives", *arguments], stdin=end, stdout=end, stderr=end, env=environment)
    os.close(end)
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end was closed
            break
        if not piece:
            break
        shown += piece
    os.close(terminal)
    assert process.wait() == 0
    return shown.decode()


@pytest.fixture
def many(office: Desk) -> Desk:
    for number in range(12):
        office.types(f"assign 'Việc {number}' --to 'can khe' --due none")
    return office


@pytest.fixture
def pager(many: Desk) -> str:
    """A pager that says that it was there."""
    script = many.folder / "pager.py"
    script.write_text("import sys\nprint('[paged]')\nsys.stdout.write(sys.stdin.read())\n", encoding="utf-8")
    return f"{sys.executable} {script}"


def test_an_answer_longer_than_the_terminal_is_paged_whole(many: Desk, pager: str) -> None:
    shown = on_a_terminal("list", pager=pager)

    assert shown.count("[paged]") == 1
    assert all(f"Việc {number}" in shown for number in range(12))


def test_a_short_answer_is_not(many: Desk, pager: str) -> None:
    assert "[paged]" not in on_a_terminal("list", "--limit", "3", pager=pager)


@pytest.mark.parametrize("arguments", [("list", "--no-pager"), ("list", "--json")])
def test_nor_is_what_is_asked_for_at_once(many: Desk, pager: str, arguments: tuple[str, ...]) -> None:
    assert "[paged]" not in on_a_terminal(*arguments, pager=pager)


@pytest.mark.parametrize("named", ["", "cat", "there-is-no-such-pager"])
def test_nor_where_there_is_no_pager(many: Desk, named: str) -> None:
    shown = on_a_terminal("list", pager=named)

    assert all(f"Việc {number}" in shown for number in range(12))


def test_nor_where_the_answer_goes_into_a_pipe(many: Desk, pager: str) -> None:
    ran = subprocess.run(
        [BIN / "directives", "list"], env={**os.environ, "PAGER": pager}, capture_output=True, text=True, check=True
    )

    assert "[paged]" not in ran.stdout
    assert len(ran.stdout.splitlines()) == 13


def test_a_reader_that_leaves_the_pager_early_is_no_failure(many: Desk) -> None:
    assert "Việc 11" not in on_a_terminal("list", pager="head -n 2")
