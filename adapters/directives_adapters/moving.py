"""Moving registers between places of any kind: copy, backup, lines of JSON and back, and the check of a store."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from directives_adapters import store_module
from directives_core.clock import Clock, utc_now
from directives_core.codec import codec
from directives_core.directive.evolve import RULES
from directives_core.errors import AlreadyThere, BadValue, DamagedStore, OtherRules, StoreError
from directives_core.keeping.carry import Carried, carry, copy_store, read_store, sealed_subjects
from directives_core.keeping.check import CheckReport, Progress, check_store
from directives_core.keeping.following import all_rows
from directives_core.keeping.jsonl import read_lines, write_lines
from directives_core.language import Phrase
from directives_core.office.events import SubjectErased

if TYPE_CHECKING:
    from directives_core.store import Record, Store

__all__ = [
    "Upgraded", "add_keys", "check_register", "copy_register", "export_lines", "import_lines", "rebuild_register",
    "save_keys", "upgrade_register",
]  # fmt: skip


def copy_register(
    source: str, target: str, *, clock: Clock | None = None, keys: bool = False, progress: Progress | None = None
) -> int:
    """Copy a register to a new place of any kind, byte for byte; how many events were carried over.

    A copy that is broken off leaves a part, which nobody can open; the same call goes on from there.

    Args:
        source: the URL of the register; it can be in use meanwhile.
        target: the URL of a place where there is none.
        clock: gives the present instant.
        keys: whether the keys of sealed names go along; without them the copy does not show the names.
        progress: told how many events are done, of how many.

    Raises:
        RegisterExists: the target is there already; it is left as it is.
    """
    done = 0

    def fill(store: "Store") -> None:
        nonlocal done
        done = copy_store(origin, store, now=(clock or utc_now)(), keys=keys, progress=progress)

    with _opened(source) as origin:
        _in_steps(target)(target, fill).close()
    return done


def _in_steps(target: str) -> "Callable[[str, Callable[[Store], None]], Store]":
    """What makes a register in steps, where its kind of store can; else what makes it at once."""
    module = store_module(target)
    return getattr(module, "create_in_steps", module.create_store)


def rebuild_register(url: str, *, progress: Progress | None = None) -> int:
    """Compute the timeline of a register anew from its log, by the rules of this version; how many directives it has.

    It takes effect at once and whole; meanwhile the register can be read, and writers wait.

    Raises:
        StoreError: stores of this kind cannot do that; a copy has a new timeline.
        OtherRules: a newer version of this software wrote it.
    """
    with _opened(url) as store:
        with store.read() as transaction:
            head = transaction.head()
        if head.rules > RULES:
            raise OtherRules(store.where, found=head.rules, known=RULES)
        rebuild = getattr(store, "rebuild", None)
        if rebuild is None:
            raise StoreError(
                Phrase("{where}: a store of this kind cannot be rebuilt where it is; copy it", where=store.where)
            )
        rebuild(lambda transaction: all_rows(transaction, progress=progress), rules=RULES)
    return head.directive


class Upgraded(NamedTuple):
    """What came of an upgrade: the format before, that of today, and whether the timeline is to be rebuilt."""

    former: int
    format: int
    rebuild: bool


def upgrade_register(url: str) -> Upgraded:
    """Bring a register of an older format to that of today.

    Raises:
        NewerFormat, RegisterMissing, NotARegister, ReadOnlyStore: it cannot be upgraded.
    """
    upgrade = getattr(store_module(url), "upgrade_store", lambda _: (0, 0))
    former, format_ = upgrade(url)
    with _opened(url) as store, store.read() as transaction:
        head = transaction.head()
    return Upgraded(former, format_, bool(head.position) and head.rules < RULES)


def check_register(url: str, *, progress: Progress | None = None) -> CheckReport:
    """Read all of a register and say what is wrong with it; nothing is written."""
    with _opened(url) as store:
        return check_store(store, progress=progress)


def export_lines(url: str, output: Path, *, progress: Progress | None = None) -> int:
    """Write a register as lines of JSON; how many events there are. The file appears whole or not at all.

    Raises:
        AlreadyThere: the file is there already; it is left as it is.
    """
    with _opened(url) as store, store.read() as transaction, _new_file(output) as file:
        size = transaction.head().position
        register_id = json.loads(next(iter(transaction.records(to=1))).data)["payload"]["register_id"]
        lines = write_lines(transaction, read_store(transaction), register_id=register_id)
        for done, line in enumerate(lines):
            file.write(line + "\n")
            if progress is not None and done % 1_000 == 0:
                progress(done, size)
    return size


def import_lines(file: Path, target: str, *, clock: Clock | None = None, progress: Progress | None = None) -> int:
    """Make a register of lines of JSON; how many events were carried over.

    The lines are all read before anything is made. What is broken off is gone on with by the same call.

    Raises:
        DamagedStore: the lines are not what an export writes; nothing was made.
        RegisterExists: the target is there already.
    """
    done = 0

    def fill(store: "Store") -> None:
        nonlocal done
        with file.open(encoding="utf-8") as lines:

            def carrying(after: int) -> "Iterator[Carried]":
                lines.seek(0)
                return islice(read_lines(lines, str(file))[1], after, None)

            size = sum(1 for each in carrying(0) if codec.decode(each.record).position)
            now = (clock or utc_now)()
            done = carry(carrying, store, file.name, size, now=now, keys=dict, progress=progress)

    try:
        _in_steps(target)(target, fill).close()
    except UnicodeDecodeError as error:
        raise DamagedStore(str(file), why=Phrase("it is not UTF-8")) from error
    return done


def save_keys(url: str, output: Path) -> int:
    """Write the keys of a register's sealed values into a file that its owner alone can read; how many there are.

    Raises:
        AlreadyThere: the file is there already.
    """
    with _opened(url) as store, store.read() as transaction, _new_file(output, mode=0o600) as file:
        keys = transaction.keys(sorted(sealed_subjects(transaction)))
        json.dump({subject: b64encode(key).decode() for subject, key in sorted(keys.items())}, file, indent=1)
    return len(keys)


def add_keys(url: str, file: Path) -> int:
    """Give a copied register the keys that were saved apart. How many it got: those that it has stay, and what was
    erased in it stays erased.

    Raises:
        BadValue: the file holds no keys.
    """
    try:
        saved = {subject: b64decode(key, validate=True) for subject, key in json.loads(file.read_text("utf-8")).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BadValue("keys", str(file), expected=Phrase("a file of keys, as it was saved")) from error
    with _opened(url) as store, store.write() as transaction:
        erasures = transaction.records(types=[SubjectErased.stored_type])
        erased = {subject for record in erasures for subject in _erased_by(record)}
        missing = sorted(set(saved) - set(transaction.keys(sorted(saved))) - erased)
        for subject in missing:
            transaction.add_key(subject, saved[subject])
    return len(missing)


def _erased_by(record: "Record") -> Iterator[str]:
    payload = codec.decode(record).payload
    if isinstance(payload, SubjectErased):
        yield payload.subject


@contextmanager
def _opened(url: str) -> Iterator["Store"]:
    store = store_module(url).open_store(url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _new_file(output: Path, mode: int = 0o666) -> Iterator[TextIO]:
    """A new file that appears under its name once it is whole."""
    if output.exists():
        raise AlreadyThere(Phrase("{output} exists already; choose another name", output=output))
    part = output.with_name(f".{output.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(part, output)
    except FileExistsError as error:
        raise AlreadyThere(Phrase("{output} exists already; choose another name", output=output)) from error
    finally:
        part.unlink(missing_ok=True)
