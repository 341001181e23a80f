"""The group of commands: each is imported when it is called, and every failure becomes a line and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from directives_cli.failures import exit_code_of
from directives_cli.languages import spoken_in
from directives_cli.speech import LANG, in_our_words
from directives_cli.table import SECTIONS, find, help_text
from directives_core.language import _

__all__ = ["directives"]


class LazyGroup(click.Group):
    """Knows its commands by the table; imports the one that is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of the table."""
        return [entry.name for _, entries in SECTIONS for entry in entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported from its module, as it is said in the language spoken now."""
        entry = find(cmd_name)
        if entry is None:
            return None
        module, _colon, attribute = entry.where.partition(":")
        return in_our_words(getattr(import_module(f"directives_cli.commands.{module}"), attribute))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that went away, such as `head`, is no failure, which click takes it for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return ctx.exit()

    def get_help(self, ctx: click.Context) -> str:
        """The help of the table, the same as without click."""
        return help_text(_).rstrip("\n")

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; with `standalone_mode` exit with the documented code instead of raising."""
        typed = list(sys.argv[1:] if args is None else args)
        if "_DIRECTIVES_COMPLETE" in os.environ:
            from directives_cli.shells import register

            register()

        def run() -> Any:
            _refuse_broken_text(typed)
            return click.Group.main(
                self, typed, prog_name, complete_var, standalone_mode=False, windows_expand_args=windows_expand_args,
                **extra,
            )  # fmt: skip

        with spoken_in(typed, within=not standalone_mode):
            if not standalone_mode:
                return run()
            _speak_utf8()
            code = exit_code_of(run, as_json="--json" in typed)
        _flush(code)
        return None


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from directives_core._version import __version__

        click.echo(f"directives {__version__}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version)
def directives() -> None:
    """Follow directives from the meeting that orders them to the audit years later."""


directives.params.append(LANG)


def _refuse_broken_text(typed: list[str]) -> None:
    """Bytes that are no text in this locale come as lone surrogates, which nothing could keep."""
    for each in typed:
        try:
            each.encode()
        except UnicodeEncodeError:
            raise click.UsageError(_("this is not UTF-8 text: {each!a}").format(each=each)) from None


def _speak_utf8() -> None:
    """Data is UTF-8 wherever it goes; a terminal of another encoding shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8")


def _flush(code: int) -> None:
    """Write what is left and exit; what a reader that went away did not take is dropped."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
