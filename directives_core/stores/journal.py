"""A store that is a journal: its medium keeps commits one after the other, and their sum is kept in memory."""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from typing import ClassVar, Self

from directives_core.errors import Busy, DamagedStore, Refused, RegisterExists, RegisterMissing, StoreError
from directives_core.language import Phrase
from directives_core.store import Store
from directives_core.stores.commit import Commit, commit_of, digest_of, line_of
from directives_core.stores.memory import WAIT_SECONDS, MemoryStore
from directives_core.stores.noting import NotedWrite
from directives_core.stores.reading import MemoryRead
from directives_core.stores.writing import MemoryWrite
from directives_core.system_errors import from_system
from directives_core.waiting import pauses, wait_by_asking

__all__ = ["JournalStore"]

LOCK_PAUSE_SECONDS = 0.005
"""Short, for whoever asks more seldom than others would seldom find the lock free."""


class JournalStore(MemoryStore, ABC):
    """All that a store promises, for a medium that can do five things; see the methods that an author gives.

    It reads the whole register when it is opened, and what was added since before each answer: for registers of some
    ten thousand events. One thread at a time is in the methods that an author gives, save that one may ask for the lock
    while another is reading. An `OSError` of theirs is said in the words of the library; so are the errors of a driver
    that `errors` names.
    """

    errors: ClassVar[tuple[type[Exception], ...]] = ()

    def __init__(self, where: str, *, wait_seconds: float = WAIT_SECONDS) -> None:
        super().__init__(where=where, wait_seconds=wait_seconds)
        self._mutex = threading.Lock()  # who holds it may bring the register in memory up to date
        self._writing = False
        self._to_forget = False  # whether keys were destroyed that may still be on the medium

    @abstractmethod
    def lock(self) -> AbstractContextManager[object]:
        """Lock the register against every other writer of every process, until the end of `with`.

        The death of the process has to free it. It need not wait: it is called again until the wait is over.

        Raises:
            BlockingIOError: another one has it.
        """

    @abstractmethod
    def read_commits(self, after: int) -> Iterable[bytes]:
        """The lines of the commits whose number is greater than `after`, in order; each whole, or not yet there.

        Nothing where there is no register.
        """

    @abstractmethod
    def write_commit(self, number: int, line: bytes) -> None:
        r"""Keep the line of the next commit, under the lock: whole or not at all, and on the disk when this returns.

        It ends with `\n`, and has no other. If this raises, the line may be there or not; both will do.
        """

    @abstractmethod
    def read_keys(self) -> bytes:
        """What `write_keys` kept last; nothing before that."""

    @abstractmethod
    def write_keys(self, keys: bytes) -> None:
        """Keep these bytes in the place of those before, under the lock: whole or not at all, on the disk.

        The former ones have to be gone afterwards, for that is how a name is erased for good.
        """

    def make(self) -> None:
        """Make the place for a new register, if it has to be made; it may be there already."""

    def create(self, fill: Callable[[Store], None]) -> Self:
        """Make the register: what `fill` writes becomes its first commit, so that it is there whole or not at all.

        Raises:
            RegisterExists: there is one already; it is left as it is.
        """
        with self._closed_by_an_error():
            self._refuse_if_there()
            whole = MemoryStore(where=self.where)
            fill(whole)
            with self._translated():
                self.make()
            with self.write() as transaction, whole.read() as filled:
                self._refuse_if_there()
                transaction.repeat(filled.everything())
        return self

    def open(self) -> Self:
        """Refuse a place without a register.

        Raises:
            RegisterMissing: there is none; nothing was made.
        """
        with self._closed_by_an_error(), self.read():
            if not self._last_commit:
                raise RegisterMissing(self.where)
        return self

    @contextmanager
    def read(self) -> Iterator[MemoryRead]:
        """Begin reading one committed state."""
        self._refuse_if_closed()
        with self._mutex:
            if not self._writing:  # whoever writes has seen everything, and nobody else writes meanwhile
                self._catch_up()
        with MemoryRead(self._tables) as transaction:
            yield transaction

    @contextmanager
    def write(self) -> Iterator[MemoryWrite]:
        """Take the register's lock; commit at the end of `with`, or roll back if an exception leaves it.

        Raises:
            Busy: another writer held the lock for longer than the store waits.
        """
        self._refuse_if_closed()
        with self._turns.turn(self._wait_seconds) as left_seconds, self._locked(left_seconds):
            with self._mutex:
                self._catch_up()
                self._writing = True
            try:
                self._forget_keys()
                with NotedWrite(self._tables) as transaction:
                    yield transaction
                    self._keep(transaction.steps())
                self._forget_keys()
            finally:
                self._writing = False

    def wait(self, *, after: int, seconds: float) -> bool:
        """Wait until the last position is greater than `after`; False where so many seconds passed without it."""

        def position() -> int:
            with self.read() as transaction:
                return transaction.head().position

        return wait_by_asking(position, after=after, seconds=seconds)

    @property
    def _last_commit(self) -> int:
        return self._tables.published[0]

    def _refuse_if_there(self) -> None:
        with self.read():
            if self._last_commit:
                raise RegisterExists(self.where)

    @contextmanager
    def _locked(self, seconds: float) -> Iterator[None]:
        lock = ExitStack()
        with self._translated():
            for _ in pauses(seconds, longest_seconds=LOCK_PAUSE_SECONDS):
                try:
                    lock.enter_context(self.lock())
                    break
                except BlockingIOError:
                    continue
            else:
                raise Busy(waited_seconds=self._wait_seconds)
        try:
            yield
        finally:
            with self._translated():
                lock.close()

    def _catch_up(self) -> None:
        """Do in memory what other processes have done since."""
        with self._translated():
            lines = list(self.read_commits(self._last_commit))
            keys = cache(self._keys)  # read after the lines, so that it has the keys of all of them
            for number, line in enumerate(lines, self._last_commit + 1):
                commit = commit_of(line, keys, number=number, where=self.where)
                self._to_forget |= bool(commit.destroyed)
                try:
                    with MemoryWrite(self._tables) as transaction:
                        transaction.repeat(commit)
                except Refused as error:
                    raise DamagedStore(self.where, why=str(error)) from error

    def _keep(self, steps: Commit) -> None:
        """Put a commit on the medium, and its keys before it: whoever sees the commit finds them."""
        with self._translated():
            if steps.keys:
                self._write_keys(self._keys() | {digest_of(key): key for key in steps.keys.values()})
            if steps:
                self.write_commit(steps.number, line_of(steps))
        self._to_forget |= bool(steps.destroyed)

    def _forget_keys(self) -> None:
        """Take from the medium the keys that are of no use any more; a writer may have died before it came to that."""
        if not self._to_forget:
            return
        with self._translated():
            used = {digest_of(key) for _, key in self._tables.keys.values()}
            keys = self._keys()
            if not keys.keys() <= used:
                self._write_keys({digest: key for digest, key in keys.items() if digest in used})
        self._to_forget = False

    def _keys(self) -> dict[str, bytes]:
        kept = self.read_keys()
        try:
            return {digest: bytes.fromhex(key) for digest, key in json.loads(kept or b"{}").items()}
        except ValueError as error:
            raise DamagedStore(self.where, why=Phrase("the keys are not as they were written")) from error

    def _write_keys(self, keys: dict[str, bytes]) -> None:
        self.write_keys(json.dumps({digest: key.hex() for digest, key in keys.items()}).encode())

    @contextmanager
    def _closed_by_an_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise from_system(error, self.where) from error
        except self.errors as error:
            raise StoreError(Phrase("{where}: {error}", where=self.where, error=error)) from error
