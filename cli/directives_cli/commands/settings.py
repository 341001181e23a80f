"""`setting`: what the office chose."""

import json
from typing import Any

import click

from directives_cli.answers import say, say_json
from directives_cli.asking import Read, Write
from directives_cli.options import reads, writes
from directives_cli.words import harmless
from directives_core.language import _
from directives_core.values import plain

__all__ = ["setting"]


@click.group()
def setting() -> None:
    """What the office chose: limits and readings, changed by events and read at the moment that is asked for."""


@setting.command("set")
@click.argument("pairs", metavar="NAME=VALUE...", nargs=-1, required=True)
@writes
def set_(asked: Write, pairs: tuple[str, ...]) -> None:
    """Change settings from --effective-on on. Lists are separated by commas; `none` takes a limit away."""
    changes = dict(map(_pair, pairs))
    asked.once(lambda register, how: register.change_settings(changes=changes, **how))


def _pair(text: str) -> tuple[str, Any]:
    from msgspec.structs import fields

    from directives_core.office.settings import Settings

    name, equals, value = (part.strip() for part in text.partition("="))
    name = name.replace("-", "_")
    if not equals:
        raise click.UsageError(_("{text!r}: write NAME=VALUE").format(text=text))
    field = {each.name: each for each in fields(Settings)}.get(name)
    if field is not None and isinstance(field.default, tuple):
        return name, [each.strip() for each in value.split(",") if each.strip()]
    if value.lower() == "none":
        return name, None
    try:
        return name, json.loads(value)  # a number, true, false
    except ValueError:
        return name, value


@setting.command("list")
@reads
def list_settings(asked: Read) -> None:
    """The settings that hold at the moment."""
    with asked.view() as (_register, view):
        settings = plain(view.office.settings)
    if asked.as_json:
        say_json({"moment": view.moment.as_json(), "settings": settings})
        return
    for name, value in settings.items():
        shown = ",".join(value) if isinstance(value, list) else json.dumps(value).strip('"')
        say(harmless(f"{name}={'none' if value is None else shown}"))
