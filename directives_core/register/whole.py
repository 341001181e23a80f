"""The whole register: every write and every read, behind one object."""

import secrets
from typing import Self

from directives_core.actor import Actor
from directives_core.calendar import Calendar
from directives_core.clock import Clock, as_zone
from directives_core.errors import AlreadyThere, BadValue
from directives_core.language import Phrase
from directives_core.office.events import RegisterCreated
from directives_core.policy import Policy
from directives_core.register.creating import create
from directives_core.register.directives import DirectiveWrites
from directives_core.register.how import a_text, checked
from directives_core.register.notices import NoticeWrites
from directives_core.register.offices import OfficeWrites
from directives_core.register.publishing import PublishingWrites
from directives_core.register.records import RecordWrites
from directives_core.register.succession import SuccessionWrites
from directives_core.register.undoing import UndoWrites
from directives_core.register.witnessing import WitnessWrites
from directives_core.store import Store

__all__ = ["Register"]


class Register(
    DirectiveWrites,
    RecordWrites,
    NoticeWrites,
    OfficeWrites,
    WitnessWrites,
    SuccessionWrites,
    PublishingWrites,
    UndoWrites,
):
    """The directives that one office follows: the unit of order, consistency, proof and access.

    One register serves all threads of a process. Open it after a fork, and close it: it is a context manager.
    """

    @classmethod
    def create(
        cls,
        store: Store,
        *,
        title: str,
        zone: str,
        by: Actor | None = None,
        calendar: Calendar | str | None = None,
        clock: Clock | None = None,
        policy: Policy | None = None,
    ) -> Self:
        """Begin a register in an empty store: give it its identity, and record who began it.

        Args:
            store: a store without events.
            title: what the register is called.
            zone: the IANA name of the zone in which its days end; it never changes.
            by: who begins it: office or chair. Without one, the first actor added begins to act, see `add_actor`.
            calendar: the country whose public holidays count, such as VN, or a calendar of the application's own.
            clock: gives the present instant as an aware datetime.
            policy: who may do what.

        Raises:
            AlreadyThere: the store has events.
            BadValue: the zone, the title or the calendar will not do.
            NotAllowed: the actor may not begin a register.
        """
        created = checked(
            "register",
            RegisterCreated,
            {
                "register_id": secrets.token_hex(16), "title": a_text("title", title), "zone": as_zone(zone).key,
                "calendar": _country(calendar),
            },
        )  # fmt: skip
        with store.read() as transaction:
            if transaction.head().position:
                raise AlreadyThere(Phrase("{where} has events already; open it instead", where=store.where))
        create(store, created, by=by, clock=clock, policy=policy)
        return cls.open(store, clock=clock, policy=policy, calendar=calendar)

    @classmethod
    def open(
        cls,
        store: Store,
        *,
        clock: Clock | None = None,
        policy: Policy | None = None,
        calendar: Calendar | str | None = None,
    ) -> Self:
        """Open the register that a store keeps.

        Raises:
            NotARegister: the store has no events, or does not begin as a register.
        """
        own = calendar if isinstance(calendar, Calendar) else None
        return cls(store, clock=clock, policy=policy, calendar=own)


def _country(calendar: Calendar | str | None) -> str | None:
    if isinstance(calendar, Calendar):
        return calendar.country
    if calendar is not None and not (isinstance(calendar, str) and calendar):
        raise BadValue("calendar", calendar, expected=Phrase("a country such as VN, or a Calendar"))
    return calendar
