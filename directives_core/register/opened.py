"""An open register: its store, its clock, its identity, and what is kept of its office."""

import datetime as dt
from typing import Self
from zoneinfo import ZoneInfo

from directives_core.calendar import Calendar
from directives_core.clock import Clock, as_instant, as_zone, utc_now
from directives_core.directive.evolve import RULES
from directives_core.errors import NotARegister, OtherRules
from directives_core.language import Phrase
from directives_core.log import Log
from directives_core.register.office_cache import OfficeCache
from directives_core.store import ReadTransaction, Store

__all__ = ["Opened"]


class Opened:
    """What reading and writing need alike. One object serves all threads of a process.

    Raises:
        NotARegister: the store has no events, or does not begin as a register.
    """

    def __init__(self, store: Store, *, clock: Clock | None = None, calendar: Calendar | None = None) -> None:
        self._store = store
        self._clock = clock or utc_now
        self._calendar = calendar
        self._log = Log()
        self._offices = OfficeCache()
        self._closed = False
        with store.read() as transaction:
            self._refuse_other_rules(transaction)
            office = self._offices.office(transaction, dt.date.max)
        if not office.register_id:
            raise NotARegister(store.where, why=Phrase("it does not begin as one"))
        self._zone = as_zone(office.zone)
        self._register_id, self._title = office.register_id, office.title
        self._language = office.settings.language

    @property
    def register_id(self) -> str:
        """The identity of the register, wherever its bytes move: 128 random bits in hexadecimal."""
        return self._register_id

    @property
    def title(self) -> str:
        """The title given when the register was created."""
        return self._title

    @property
    def language(self) -> str | None:
        """The language that the office is set to speak in, as it was when the register was opened; none: any."""
        return self._language

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the register's days end; fixed when it was created."""
        return self._zone

    @property
    def where(self) -> str:
        """The place where the register is kept, without secrets."""
        return self._store.where

    def close(self) -> None:
        """Let go of the store; later use is refused with `StoreClosed`."""
        self._closed = True
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_other_rules(self, transaction: ReadTransaction) -> None:
        """What other rules computed is neither shown nor added to: another process may have written it anew."""
        head = transaction.head()
        if head.position and head.rules != RULES:
            raise OtherRules(self._store.where, found=head.rules, known=RULES)

    def _now(self) -> dt.datetime:
        return as_instant(self._clock())
