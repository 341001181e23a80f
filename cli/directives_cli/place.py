"""Which register is meant, what time it is, and how a register is opened: heavy imports happen here, when called."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from directives_cli.languages import settle
from directives_core.language import _

if TYPE_CHECKING:
    from directives_core import Register
    from directives_core.register.questions import Questions

__all__ = ["clock", "new_store", "opened", "opened_to_read", "store_url"]

_NAME = "directives.db"


def store_url(given: str | None) -> str:
    """The URL of the register: the one given, else that of the environment, else the file found upward from here.

    Raises:
        UsageError: none was given, and there is no file.
    """
    if named := given or os.environ.get("DIRECTIVES_STORE"):
        return _as_url(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / _NAME).is_file():
            return _as_url(str(folder / _NAME))
    raise click.UsageError(
        _(
            "which register? give --store URL, set DIRECTIVES_STORE, or go where {name} is; `directives init` makes one"
        ).format(name=_NAME)
    )


def new_store(given: str | None) -> str:
    """The URL of a register to be made: the one given, else that of the environment, else a file in this folder."""
    return _as_url(given or os.environ.get("DIRECTIVES_STORE") or _NAME)


def _as_url(named: str) -> str:
    """A URL; the path of a file, which has no scheme, as one."""
    scheme, colon, _ = named.partition(":")
    if colon and len(scheme) > 1 and scheme.isalnum():  # one letter is the drive of a path
        return named
    return "sqlite:///" + quote(named.replace(os.sep, "/"), safe="/:")


def clock() -> Callable[[], dt.datetime] | None:
    """The clock that the environment stops for rehearsals and tests; none where the machine's clock counts.

    Raises:
        UsageError: what it says is no instant with a zone.
    """
    said = os.environ.get("DIRECTIVES_CLOCK")
    if not said:
        return None
    try:
        instant = dt.datetime.fromisoformat(said)
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        raise click.UsageError(
            _("DIRECTIVES_CLOCK: {said!r} is no instant such as 2021-10-01T17:00+07:00").format(said=said)
        )
    stopped = instant
    return lambda: stopped


@contextmanager
def opened(store: str | None) -> Iterator["Register"]:
    """The register that is meant, open while the block runs; it signs and stamps as the environment says."""
    url, now = store_url(store), clock()
    from directives_adapters import open_register

    with open_register(url, clock=now) as register:
        if keys := os.environ.get("DIRECTIVES_KEYS"):
            from directives_core.proof.keyfile import KeyFile

            register.sign_with(KeyFile(Path(keys)))
        if server := os.environ.get("DIRECTIVES_TIMESTAMP"):
            from directives_adapters.timestamps import TimeStampServer

            register.stamp_with(TimeStampServer(server))
        settle(register.language)
        yield register


@contextmanager
def opened_to_read(store: str | None) -> Iterator["Questions"]:
    """As `opened`, for a command that writes nothing."""
    url, now = store_url(store), clock()
    from directives_adapters import read_register

    with read_register(url, clock=now) as register:
        settle(register.language)
        yield register
