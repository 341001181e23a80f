"""The one place where a failure becomes a line on stderr and an exit code."""

import sys
from collections.abc import Callable
from typing import Any

import click

from directives_cli.words import as_json_text, harmless
from directives_core.language import _, marked, spoken

__all__ = ["CHECK_FAILED", "CONFLICT", "DONE", "INTERRUPTED", "MISUSE", "REFUSED", "exit_code_of"]

DONE, REFUSED, MISUSE, CONFLICT, CHECK_FAILED, INTERRUPTED = 0, 1, 2, 3, 4, 130

_HINTS = {
    "ActorNeeded": marked("who acts? give --by ID, or set DIRECTIVES_ACTOR"),
    "UnitNeeded": marked("--unit NAME names one, --all-units all of them, N/SHARE a share"),
    "UnknownUnits": marked("--add-units registers them with the notice"),
    "RegisterMissing": marked("--store or DIRECTIVES_STORE names one; `directives init` makes one"),
}


def exit_code_of(run: Callable[[], Any], *, as_json: bool) -> int:
    """Run, and give the exit code; what went wrong is said on stderr."""
    try:
        code = run()
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        _say_misuse(error, as_json=as_json)
        return error.exit_code
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _say("OSError", f"{where}{error.strerror or error}", {}, as_json=as_json)
        return REFUSED
    except Exception as error:
        found = _code_of(error)
        if found is None:
            raise
        _say_refusal(error, as_json=as_json)
        return found
    return code if isinstance(code, int) else DONE


def _code_of(error: Exception) -> int | None:
    """The documented code of an error of the library; none for what is not one."""
    from directives_core.errors import CheckFailed, Conflict, DirectivesError, Misuse

    for kind, code in ((Misuse, MISUSE), (Conflict, CONFLICT), (CheckFailed, CHECK_FAILED), (DirectivesError, REFUSED)):
        if isinstance(error, kind):
            return code
    return None


def _say_misuse(error: click.ClickException, *, as_json: bool) -> None:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and not as_json:  # click 8.1 has no such class
        print(error.format_message(), file=sys.stderr)
        return
    _say(type(error).__name__, error.format_message(), {}, as_json=as_json)
    if context is not None and not as_json:
        print(_("see: {command} --help").format(command=context.command_path), file=sys.stderr)


def _say_refusal(error: Exception, *, as_json: bool) -> None:
    kind = type(error).__name__
    hint = _HINTS.get(kind)
    notes = [*([_(hint)] if hint else []), *map(spoken, getattr(error, "__notes__", ()))]
    message = notes.pop(0) if kind == "ActorNeeded" else spoken(error)
    _say(kind, message, vars(error), as_json=as_json)
    if not as_json:
        for note in notes:
            print(_("hint: {note}").format(note=harmless(note)), file=sys.stderr)


def _say(kind: str, message: str, data: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        said = {name: value for name, value in data.items() if not name.startswith("_")}
        print(as_json_text({"error": {"type": kind, "message": message, **said}}), file=sys.stderr)
    else:
        print(_("error: {message}").format(message=harmless(message)), file=sys.stderr)
