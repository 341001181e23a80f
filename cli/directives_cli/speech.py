"""Commands as they are shown and called: with --lang on each, their help in the language spoken now."""

import inspect
from copy import copy

import click

from directives_cli.completing import completed
from directives_cli.languages import VARIABLE, known
from directives_core.language import _, current, marked

__all__ = ["CLICK_SAYS", "LANG", "in_our_words"]


def _known(context: click.Context, parameter: click.Parameter, said: str | None) -> None:
    if said is not None and known(said) is None:
        raise click.BadParameter(_("{said!r} is not spoken here; give en or vi").format(said=said), context, parameter)


LANG = click.Option(
    ["--lang"], metavar="en|vi", envvar=VARIABLE, callback=_known, is_eager=True, expose_value=False,
    help=marked("The language to speak: en or vi; else DIRECTIVES_LANG, the register's setting, the locale."),
)  # fmt: skip


def in_our_words(command: click.Command) -> click.Command:
    """The command with --lang; its help, and that of its options, in the language spoken now."""
    shown = copy(command)
    shown.params = [*map(_parameter, command.params), _parameter(LANG)]
    if current() != "en":
        shown.help = _(inspect.cleandoc(command.help or ""))
        shown.short_help = None
    if isinstance(shown, click.Group) and isinstance(command, click.Group):
        shown.commands = {name: in_our_words(each) for name, each in command.commands.items()}
    return shown


def _parameter(parameter: click.Parameter) -> click.Parameter:
    shown = completed(copy(parameter))
    if isinstance(shown, click.Option) and shown.help and current() != "en":
        shown.help = _(shown.help)
    return shown


# What click itself says where our commands let it speak; its gettext finds these words in our catalogue.
CLICK_SAYS = (
    marked("Usage:"),
    marked("Options"),
    marked("Commands"),
    marked("Positional arguments"),
    marked("required"),
    marked("default: {default}"),
    marked("env var: {var}"),
    marked("Show this message and exit."),
    marked("Missing command."),
    marked("Missing argument"),
    marked("Missing option"),
    marked("Missing parameter"),
    marked("Missing parameter: {param_name}"),
    marked("Missing {param_type}"),
    marked("No such command {name!r}."),
    marked("No such option {name!r}."),
    marked("No such option: {name}"),
    marked("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    marked("Invalid value: {message}"),
    marked("Invalid value for {param_hint}: {message}"),
    marked("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    marked("Option {name!r} does not take a value."),
    marked("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    marked("Argument {name!r} takes {nargs} values."),
    marked("Choose from:\n\t{choices}"),
    marked("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    marked("{value!r} is not a valid {number_type}."),
    marked("{value} is not in the range {range}."),
    marked("{name} {filename!r} does not exist."),
    marked("{name} {filename!r} is a directory."),
    marked("{name} {filename!r} is a file."),
    marked("{name} {filename!r} is not readable."),
    marked("file"),
    marked("directory"),
    marked("path"),
)
