"""Key files: the keys that sign the notes of a register, kept outside of it in a file that only its owner can read."""

import datetime as dt
import json
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from directives_core.errors import AlreadyThere, BadValue, NothingToDo
from directives_core.language import Phrase
from directives_core.proof.notes import ED25519, NoteSigner, VerifierKey, new_signer

__all__ = ["Key", "KeyFile"]

_FORMAT, _VERSION = "directives-keys", 1
State = Literal["signs", "retired", "revoked"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the file: it signs; or it was retired, and what it signed counts; or revoked, and nothing does.

    `since` and `until` are instants in ISO 8601, UTC; `reason` says why it was revoked.
    """

    verifier: VerifierKey
    state: State
    since: str
    until: str | None = None
    reason: str | None = None
    secret: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The key without its secret."""
        return {
            "key": str(self.verifier), "id": self.verifier.id.hex(), "state": self.state, "since": self.since,
            "until": self.until, "reason": self.reason,
        }  # fmt: skip


class KeyFile:
    """A file with the keys of one name. It signs with the one key that is in use, and is read when it is used.

    Raises, when it is used:
        BadValue: it is no such file, or others than its owner may read or write it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, path: Path, name: str, *, now: dt.datetime, kind: int = ED25519) -> "KeyFile":
        """Make a file with one fresh key.

        Args:
            path: where it is to lie; the folder exists.
            name: the origin of the register, or the name of a witness.
            now: the present instant.
            kind: `ED25519`, or `COSIGNATURE` for a witness.

        Raises:
            AlreadyThere: something lies there.
        """
        file = cls(path)
        if os.path.lexists(path):
            raise AlreadyThere(Phrase("{path} exists already; rotate the key in it, or choose another name", path=path))
        file._write([_fresh(name, kind, now)])
        return file

    def read(self) -> list[Key]:
        """Every key, the oldest first."""
        try:
            with self.path.open("rb") as opened:
                self._refuse_if_open_to_others(os.fstat(opened.fileno()))
                text = opened.read()
            kept = json.loads(text)
            if (kept["format"], kept["version"]) != (_FORMAT, _VERSION):
                raise ValueError("another format")
            return [_read(each) for each in kept["keys"]]
        except FileNotFoundError as error:
            raise BadValue(
                Phrase("key file"), str(self.path), expected=Phrase("a file made by `directives key new`")
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise BadValue(
                Phrase("key file"), str(self.path), expected=Phrase("what `directives key` wrote, unchanged")
            ) from error

    def _refuse_if_open_to_others(self, found: os.stat_result) -> None:
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
            mode = Phrase(
                "mode 0600; it is {mode:04o}, so that others may have read it", mode=stat.S_IMODE(found.st_mode)
            )
            raise BadValue(Phrase("key file"), str(self.path), expected=mode)

    @property
    def verifier(self) -> VerifierKey:
        """The key in use."""
        return self._signer().verifier

    @property
    def verifiers(self) -> list[VerifierKey]:
        """The keys by which notes can be checked: all but the revoked."""
        return [key.verifier for key in self.read() if key.state != "revoked"]

    def sign(self, message: bytes) -> bytes:
        """The signature of the key in use over the bytes."""
        return self._signer().sign(message)

    def rotate(self, *, now: dt.datetime) -> VerifierKey:
        """Retire the key in use: its secret is forgotten, what it signed still counts. A fresh one takes its place."""
        keys = self.read()
        fresh = _fresh(keys[-1].verifier.name, keys[-1].verifier.kind, now)
        self._write([*(_ended(key, "retired", now) for key in keys), fresh])
        return fresh.verifier

    def revoke(self, id_: str, *, reason: str, now: dt.datetime) -> Key:
        """Declare a key worthless, such as one that others may have: nothing that it signed counts any more.

        Args:
            id_: the eight hexadecimal digits of its id.
            reason: why.
            now: the present instant.

        Raises:
            BadValue: there is no such key.
            NothingToDo: it was revoked before.
        """
        keys = self.read()
        found = next((key for key in keys if key.verifier.id.hex() == id_), None)
        if found is None:
            known = ", ".join(key.verifier.id.hex() for key in keys)
            raise BadValue("key", id_, expected=Phrase("one of {known}", known=known))
        if found.state == "revoked":
            raise NothingToDo(Phrase("revoke {id}", id=id_), give=Phrase("a key that still counts"))
        revoked = replace(_ended(found, "revoked", now), state="revoked", reason=reason)
        self._write([revoked if key is found else key for key in keys])
        return revoked

    def _signer(self) -> NoteSigner:
        secret = next((key.secret for key in self.read() if key.state == "signs"), None)
        if secret is None:
            raise BadValue(
                Phrase("key file"),
                str(self.path),
                expected=Phrase("a key in use; make one with `directives key rotate`"),
            )
        return NoteSigner.read(secret)

    def _write(self, keys: list[Key]) -> None:
        """Put the file in place, whole or not at all, readable by its owner alone from its first byte on."""
        shown = [key.as_json() | ({"secret": key.secret} if key.secret else {}) for key in keys]
        text = json.dumps({"format": _FORMAT, "version": _VERSION, "keys": shown}, indent=1) + "\n"
        made = self.path.with_name(f".{self.path.name}.new-{os.getpid()}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            made.replace(self.path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise


def _fresh(name: str, kind: int, now: dt.datetime) -> Key:
    signer = new_signer(name, kind=kind)
    return Key(signer.verifier, "signs", _instant(now), secret=signer.text)


def _ended(key: Key, state: State, now: dt.datetime) -> Key:
    return replace(key, state=state, until=_instant(now), secret=None) if key.state == "signs" else key


def _instant(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def _read(kept: dict[str, Any]) -> Key:
    state = kept["state"]
    if state not in ("signs", "retired", "revoked"):
        raise ValueError(f"no state: {state}")
    return Key(VerifierKey.read(kept["key"]), state, kept["since"], kept["until"], kept["reason"], kept.get("secret"))
