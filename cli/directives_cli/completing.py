"""What the shell completes: numbers, units, meetings and actors of the register; nothing where that cannot be read."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from directives_core.language import code_of
from directives_core.language.words import About

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from directives_core import Register

__all__ = ["completed"]

_MOST = 50
_CODES: dict[str, About] = {
    "status": "status",
    "timeliness": "timeliness",
    "kind": "kind",
    "change": "change",
    "roles": "role",
}
_DIGITS_MOST = 7

Find = Callable[["Register", str], Iterator["CompletionItem"]]


class _Known(click.types.StringParamType):
    """A text of which the register knows what could be meant."""

    def __init__(self, find: Find) -> None:
        self._find = find

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """What begins as typed, or holds it; nothing where the register cannot be read."""
        from directives_cli.place import opened
        from directives_core.errors import DirectivesError

        try:
            with opened(ctx.params.get("store")) as register:
                return list(islice(self._find(register, incomplete), _MOST))
        except (DirectivesError, click.ClickException, OSError):
            return []


class _Codes(click.Choice[str]):
    """A choice of codes, which may be typed as the words for them too: quá hạn for overdue."""

    def __init__(self, codes: Sequence[str], about: About) -> None:
        super().__init__(codes)
        self._about = about

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The code that was meant."""
        return super().convert(code_of(str(value), self._about), param, ctx)


def completed(parameter: click.Parameter) -> click.Parameter:
    """The parameter, completed by what the register knows where it names something of it.

    A choice of statuses and the like takes the words for them too.
    """
    if isinstance(parameter.type, click.Choice) and parameter.name in _CODES:
        choosing = copy(parameter)
        choosing.type = _Codes(parameter.type.choices, _CODES[parameter.name])
        return choosing
    find = _BY_METAVAR.get(parameter.metavar)
    if find is None and parameter.metavar in (None, "ID"):
        find = _BY_NAME.get(parameter.name)
    if find is None or type(parameter.type) is not click.types.StringParamType:
        return parameter
    knowing = copy(parameter)
    knowing.type = _Known(find)
    return knowing


def _numbers(register: "Register", typed: str) -> Iterator["CompletionItem"]:
    """The directives whose number begins with the last one typed, each with the beginning of its order."""
    before, comma, last = typed.rpartition(",")
    digits = last.upper().removeprefix("D-")
    prefix = before + comma + last[: len(last) - len(digits)]
    view = register.as_of()
    if not digits:
        spans = [(0, _MOST)]
    elif digits.isascii() and digits.isdigit() and len(digits) < _DIGITS_MOST:
        spans = [(int(digits) * 10**more - 1, 10**more) for more in range(_DIGITS_MOST - len(digits))]
    else:
        return
    for after, count in spans:
        for each in view.directives(after=after, limit=min(count, _MOST)):
            if after < each.number <= after + count:
                yield _item(f"{prefix}{each.number}", help=" ".join(each.text.split())[:60])


def _units(register: "Register", typed: str) -> Iterator["CompletionItem"]:
    """The units whose name begins with what was typed, then those that hold it; with or without diacritics."""
    from directives_core.office.names import bare

    wanted = bare(typed)
    names = {unit.name: unit for unit in register.as_of().units()}
    first = [name for name in names if bare(name).startswith(wanted)]
    for name in first or [name for name in names if wanted in bare(name)]:
        yield _item(name, help=", ".join(names[name].names.short_names))


def _meetings(register: "Register", typed: str) -> Iterator["CompletionItem"]:
    for meeting in reversed(register.meetings()):
        if meeting.name.casefold().startswith(typed.casefold()):
            yield _item(meeting.name, help=f"{meeting.on} {meeting.title or ''}".strip())


def _actors(register: "Register", typed: str) -> Iterator["CompletionItem"]:
    known: Any
    for known in register.actors():
        if known["id"].startswith(typed) and not known["ended_on"]:
            yield _item(known["id"], help=known["unit"]["name"])


def _item(value: str, *, help: str) -> "CompletionItem":  # noqa: A002 - click's own word
    from click.shell_completion import CompletionItem

    return CompletionItem(value, help=help)


_BY_METAVAR: dict[str | None, Find] = {
    "N": _numbers, "[N]": _numbers, "UNIT": _units, "UNIT...": _units, "U": _units, "MEETING": _meetings,
    "MOMENT": _meetings, "FROM": _meetings,
}  # fmt: skip
_BY_NAME: dict[str | None, Find] = {
    "unit": _units, "heirs": _units, "members": _units, "meeting": _meetings, "to": _meetings, "by": _actors,
    "entered_by": _actors, "actor": _actors, "id_": _actors,
}  # fmt: skip
