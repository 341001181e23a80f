"""`checkpoint` and `verify`: what the log is now, and whether it still is what it was."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives_cli.answers import aside, say, say_json
from directives_cli.options import plain
from directives_cli.place import opened
from directives_cli.words import harmless
from directives_core.language import Phrase, _, decimal, spoken

if TYPE_CHECKING:
    from directives_core.proof.anchors import Anchor
    from directives_core.proof.notes import VerifierKey
    from directives_core.proof.timestamps import Stamper, StampReader
    from directives_core.proof.verify import Progress, Verification

__all__ = ["checkpoint", "verify"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_KEYS = click.option(
    "--keys", metavar="FILE", type=click.Path(path_type=Path), envvar="DIRECTIVES_KEYS",
    help="The key file; else DIRECTIVES_KEYS.",
)  # fmt: skip


@click.command()
@click.option("--note", "note", metavar="FILE", type=click.Path(path_type=Path), help="Write the signed note here.")
@_KEYS
@click.option(
    "--timestamp", metavar="URL", envvar="DIRECTIVES_TIMESTAMP",
    help="A time stamp authority (RFC 3161) that stamps the note; else DIRECTIVES_TIMESTAMP.",
)  # fmt: skip
@plain
def checkpoint(note: Path | None, keys: Path | None, timestamp: str | None, store: str | None, as_json: bool) -> None:
    """Keep what the log is now, and print the lines for the minutes: origin, size and root.

    Whoever keeps them outside of the house can later tell whether the log was changed. With a key the note is signed,
    with an authority it is stamped; one that is away costs the stamp alone, which can be had later.
    """
    from directives_core.errors import NothingToDo
    from directives_core.proof.keyfile import KeyFile

    with opened(store) as register:
        taken = register.checkpoint(signer=KeyFile(keys) if keys else None, stamper=_server(timestamp))
    if note is not None:
        if taken.note is None:
            raise NothingToDo(Phrase("write the note"), give=Phrase("a key that signs it: --keys FILE"))
        note.write_text(taken.note, encoding="utf-8")
    if as_json:
        say_json(taken.as_json())
        return
    for line in taken.minutes.split("\n"):
        say(line)
    for warning in taken.warnings:
        aside(_("warning: {warning}").format(warning=spoken(warning)))
    if taken.stamped_by:
        aside(_("stamped by {names}").format(names=", ".join(taken.stamped_by)))
    aside(_("signed: give the note away, or put these lines into the minutes") if taken.signed else
          _("not signed, for no key was given: put these lines into the minutes"))  # fmt: skip


def _server(url: str | None) -> "Stamper | None":
    if url is None:
        return None
    from directives_adapters.timestamps import TimeStampServer

    return TimeStampServer(url)


@click.command()
@click.option("--size", metavar="N", type=click.IntRange(min=1), help="Only the first N events.")
@click.option(
    "--against", metavar="FILE", type=_FILE, multiple=True,
    help="Hold the log against a note, minutes or an evidence pack that was kept elsewhere. May be repeated.",
)  # fmt: skip
@click.option("--key", "named", metavar="KEY", multiple=True, help="A verifier key, name+id+base64, that is trusted.")
@_KEYS
@click.option(
    "--authority", "authorities", metavar="FILE", type=_FILE, multiple=True, envvar="DIRECTIVES_AUTHORITY",
    help="Root certificates, in PEM, of time stamp authorities that are trusted; else DIRECTIVES_AUTHORITY.",
)  # fmt: skip
@plain
def verify(
    size: int | None, against: tuple[Path, ...], named: tuple[str, ...], keys: Path | None,
    authorities: tuple[Path, ...], store: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Read the whole log and compare it with every checkpoint, and with what was kept elsewhere.

    Exit code 4 where something does not agree.
    """
    with opened(store) as register, _progress() as tell:
        found = register.verify(
            size=size, against=[anchor for path in against for anchor in _anchors(path)],
            keys=_trusted(keys, named), stamps=_reader(authorities), progress=tell,
        )  # fmt: skip
    if as_json:
        say_json(found.as_json())
    else:
        _say(found)
    found.refuse_if_failed()


def _anchors(path: Path) -> "list[Anchor]":
    """What a file holds against the register: an evidence pack, which is a zip file, or a text."""
    from directives_core.proof.anchors import anchors_of

    with path.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped:
        from directives_adapters.evidence import pack_anchors

        return pack_anchors(path)
    return list(anchors_of(path))


def _trusted(keys: Path | None, named: tuple[str, ...]) -> "list[VerifierKey]":
    from directives_core.proof.keyfile import KeyFile
    from directives_core.proof.notes import VerifierKey

    return [*(KeyFile(keys).verifiers if keys else ()), *map(VerifierKey.read, named)]


def _reader(authorities: tuple[Path, ...]) -> "StampReader | None":
    if not authorities:
        return None
    from directives_adapters.timestamps import stamp_reader

    return stamp_reader(b"\n".join(path.read_bytes() for path in authorities))


def _say(found: "Verification") -> None:
    say(_("{size} events, root {root}").format(size=found.size, root=found.root.hex()))
    for compared in (*found.checkpoints, *found.against):
        stamped = "".join(_(", stamped by {by} at {at}").format(by=by, at=at) for by, at in compared.stamped)
        signed = _(", signed by {names}").format(names=", ".join(compared.signed_by)) if compared.signed_by else ""
        said = _("agrees: size {size}, {source}") if compared.ok else _("DIFFERS: size {size}, {source}")
        say(harmless(said.format(size=compared.size, source=spoken(compared.source)) + signed + stamped))
    for sentence in found.proved:
        say(harmless(_("proved: {sentence}").format(sentence=spoken(sentence))))
    for sentence in found.not_proved:
        say(harmless(_("not proved: {sentence}").format(sentence=spoken(sentence))))


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """Tell on a terminal how far the work has come; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield None
        return
    due = [time.monotonic() + 0.5]

    def tell(done: int, size: int) -> None:
        if time.monotonic() >= due[0]:
            print(
                f"\r{_('verifying')}: {_('{done} of {total}').format(done=decimal(done), total=decimal(size))} ",
                end="",
                file=sys.stderr,
                flush=True,
            )
            due[0] = time.monotonic() + 0.2

    try:
        yield tell
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
