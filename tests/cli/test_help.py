"""Help: fast, without a register, and every command in the reference."""

import os
import re
import subprocess
import sys

import click
import pytest

from directives_cli.group import directives
from directives_cli.table import SECTIONS, help_text
from directives_cli.words import width
from directives_core.language import _, speaking
from tests.cli import reference
from tests.cli.desk import Desk

HEAVY = ("pydantic", "pydantic_core", "eventsourcing", "holidays", "cryptography", "sqlite3", "directives_adapters")


COMMANDS = dict(reference.leaves(directives))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_a_command_opens_no_register(desk: Desk, path: tuple[str, ...]) -> None:
    shown = desk.types(" ".join((*path, "--help")))

    assert "Usage: directives " + path[0] in shown.out
    assert not list(desk.folder.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["list", "--help"], ["assign", "--help"], ["actor", "--help"], ["--version"], ["nonsense"]],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\nfrom directives_cli.main import main\n"
        f"sys.argv = ['directives', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )

    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)

    imported = set(ran.stderr.splitlines()[-1].split())
    core = {name.split(".")[1] for name in imported if name.startswith("directives_core.")}
    assert imported & set(HEAVY) == set()
    assert core <= {"language", "harmless", "_version"}
    assert "babel" not in imported
    assert arguments != ["--help"] or imported.isdisjoint({"click", "directives_core"})


def test_help_is_the_same_with_and_without_click(desk: Desk) -> None:
    assert desk.types("--help").out == help_text()


def test_the_table_knows_every_command_once_and_fits_the_terminal() -> None:
    names = [entry.name for _, entries in SECTIONS for entry in entries]

    assert len(names) == len(set(names))
    assert {path[0] for path in COMMANDS} == set(names)
    assert max(map(len, help_text().splitlines())) <= 80
    with speaking("vi"):
        assert max(map(width, help_text(_).splitlines())) <= 80


def test_the_version_is_said(desk: Desk) -> None:
    assert re.fullmatch(r"directives \d+\.\d+\.\d+\S*\n", desk.types("--version").out)


def test_every_command_is_documented_as_it_is() -> None:
    page = reference.PAGE.read_text(encoding="utf-8")

    assert page.partition(reference.BEGINS)[2] == f"\n{reference.commands_part()}", "run python -m tests.cli.reference"


def test_every_shared_option_variable_and_exit_code_is_documented() -> None:
    general = reference.PAGE.read_text(encoding="utf-8").partition(reference.BEGINS)[0]
    options = {
        parameter.opts[0]
        for command in COMMANDS.values()
        for parameter in command.params
        if isinstance(parameter, click.Option) and parameter.name in reference.SHARED
    }

    assert [option for option in options if f"`{option}" not in general] == []
    assert all(f"`{name}`" in general for name in re.findall(r"DIRECTIVES_\w+|NO_COLOR", help_text()))
    assert all(f"| {code} |" in general for code in (0, 1, 2, 3, 4, 130))
