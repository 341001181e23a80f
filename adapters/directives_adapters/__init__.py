"""Stores for a register, and `open_register` that finds them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from directives_core.errors import UnknownStore

if TYPE_CHECKING:
    from directives_core.actor import Actor
    from directives_core.calendar import Calendar
    from directives_core.policy import Policy
    from directives_core.register import Register
    from directives_core.register.questions import Questions
    from directives_core.store import Store

__all__ = ["StoreModule", "create_register", "open_register", "read_register", "store_module"]

_BUILT_IN = {
    "memory": "directives_adapters.memory",
    "postgres": "directives_adapters.postgresql",
    "postgresql": "directives_adapters.postgresql",
    "sqlite": "directives_adapters.sqlite",
}
_GROUP = "directives.stores"


class StoreModule(Protocol):
    """What a kind of store offers to the table: a module, or any object that an entry point delivers.

    The entry point belongs to the group `directives.stores` and is named like the scheme of its URLs. It may also offer
    `create_in_steps(url, fill)`, which keeps what `fill` wrote apart when it is broken off and gives it to the next
    `fill` of this URL; and `upgrade_store(url)`, which brings a register of an older format to that of today, and gives
    both. Where it does not, `store copy` and `import` make a register at once, and `store upgrade` has nothing to do.
    """

    def create_store(self, url: str, fill: "Callable[[Store], None]") -> "Store":
        """Make the register that the URL names and open it; `fill` writes into it before anybody else can see it.

        Raises:
            RegisterExists: something is there already; it is left as it is.
        """
        ...

    def open_store(self, url: str) -> "Store":
        """Open the register that the URL names; make or change nothing where there is none.

        Raises:
            RegisterMissing: there is none.
        """
        ...


def create_register(
    url: str, *, title: str, zone: str, by: "Actor | None" = None, calendar: "Calendar | str | None" = None,
    clock: Callable[[], datetime] | None = None, policy: "Policy | None" = None,
) -> "Register":  # fmt: skip
    """Make a new register at a URL such as `sqlite:///office.db` and open it.

    `zone` is the IANA name of the time zone in which its days begin; `clock` gives an aware datetime. Without `by` the
    register knows nobody until the first actor is added, who needs no `by` either.

    Raises:
        RegisterExists: something is there already; it is left as it is.
        UnknownStore: no store answers to the URL.
        BadValue: the URL, the title or the zone will not do.
    """
    from directives_core.register import Register

    def fill(store: "Store") -> None:
        Register.create(store, title=title, zone=zone, by=by, calendar=calendar, clock=clock, policy=policy)

    return _opened(store_module(url).create_store(url, fill), clock, policy, calendar)


def open_register(
    url: str, *, clock: Callable[[], datetime] | None = None, policy: "Policy | None" = None,
    calendar: "Calendar | str | None" = None,
) -> "Register":  # fmt: skip
    """Open the register at a URL such as `sqlite:///office.db`; `clock` gives an aware datetime.

    Raises:
        RegisterMissing: there is none; `memory:` never has one.
        UnknownStore: no store answers to the URL.
        NotARegister, NewerFormat, ReadOnlyStore, DamagedStore: it cannot be used as it lies; nothing was changed.
    """
    return _opened(store_module(url).open_store(url), clock, policy, calendar)


def read_register(
    url: str, *, clock: Callable[[], datetime] | None = None, calendar: "Calendar | None" = None
) -> "Questions":
    """As `open_register`, without the writes: for a program that only asks, which starts sooner and cannot write."""
    from directives_core.register.questions import Questions

    store = store_module(url).open_store(url)
    with _closed_if_refused(store):
        return Questions(store, clock=clock, calendar=calendar)


def _opened(
    store: "Store", clock: Callable[[], datetime] | None, policy: "Policy | None", calendar: "Calendar | str | None"
) -> "Register":
    from directives_core.register import Register

    with _closed_if_refused(store):
        return Register.open(store, clock=clock, policy=policy, calendar=calendar)


@contextmanager
def _closed_if_refused(store: "Store") -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise


def store_module(url: str) -> StoreModule:
    """What makes and opens the stores of this kind of URL.

    Raises:
        UnknownStore: nothing answers to it.
    """
    scheme, colon, _ = url.partition(":")
    if colon and scheme in _BUILT_IN:
        return cast("StoreModule", import_module(_BUILT_IN[scheme]))
    from importlib.metadata import entry_points  # dear to import, and most URLs are those of the stores above

    offered = entry_points(group=_GROUP)
    for entry in offered:
        if colon and entry.name == scheme:
            return cast("StoreModule", entry.load())
    known = sorted({f"{name}:" for name in (*_BUILT_IN, *offered.names)})
    raise UnknownStore(re.sub(r"//[^/@]*@", "//…@", url), known=known)  # what stands before @ may be a password
