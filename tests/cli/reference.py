"""The part of the reference that is made from the commands: `python -m tests.cli.reference` writes it into the page."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from directives_cli.group import directives
from directives_cli.table import SECTIONS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command-line.md"
BEGINS = "<!-- From here on this page is written by `python -m tests.cli.reference`. -->\n"
SHARED = {
    "store", "as_json", "by", "effective_on", "reason", "source", "dry_run", "command_id", "if_version", "entered_by",
    "as_of", "known_at", "no_pager", "on_unit", "on_all_units", "on_period", "lang",
}  # fmt: skip


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that can be called, with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*path, name))


def commands_part() -> str:
    """The part, as it has to stand in the page."""
    context = click.Context(directives)
    blocks = []
    for title, entries in SECTIONS:
        blocks.append(f"### {title}\n")
        for entry in entries:
            command = directives.get_command(context, entry.name)
            assert command is not None
            blocks += ["\n".join(_section(*leaf)) for leaf in leaves(command, (entry.name,))]
    return "\n".join(blocks)


def _section(path: tuple[str, ...], command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    arguments = [each.make_metavar(context) for each in command.params if isinstance(each, click.Argument)]
    yield f"#### directives {' '.join(path)}\n"
    yield f"`{' '.join(['directives', *path, *arguments])}`{_takes({each.name for each in command.params})}\n"
    yield re.sub(r"\n +", "\n", (command.help or "").strip()) + "\n"
    options = [_option(each, context) for each in command.params if isinstance(each, click.Option)]
    if listed := [option for option in options if option]:
        yield "\n".join(listed) + "\n"


def _takes(names: set[str | None]) -> str:
    if "on_unit" in names:
        return ": a write on shares"
    return ": a write" if "dry_run" in names else ": a read" if "as_of" in names else ""


def _option(option: click.Option, context: click.Context) -> str | None:
    if option.hidden or option.name in SHARED:
        return None
    value = "" if option.is_flag else f" {option.make_metavar(context)}"
    traits = [trait for trait, there in (("required", option.required), ("repeatable", option.multiple)) if there]
    return (
        f"- `{option.opts[0]}{value}`"
        + (f" ({', '.join(traits)})" if traits else "")
        + (f": {option.help}" if option.help else "")
    )


if __name__ == "__main__":
    head = PAGE.read_text(encoding="utf-8").partition(BEGINS)[0]
    PAGE.write_text(f"{head}{BEGINS}\n{commands_part()}", encoding="utf-8")
