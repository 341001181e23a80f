"""What every write takes beside its own arguments: who, why, on which document, on which day, under which id."""

import datetime as dt
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from msgspec import Struct, field

from directives_core import values
from directives_core.actor import Actor
from directives_core.errors import BadValue, NaiveDatetime
from directives_core.event import Attachment, Source
from directives_core.language import Phrase
from directives_core.misfit import misfit
from directives_core.values import ValidationError

__all__ = ["OF_BATCH", "AnyNumber", "How", "On", "Request", "as_day", "as_day_or_none", "checked", "read_how"]

AnyNumber = int | str
"""A directive: 12 or "D-12"; "12/3" its share, "12/3@2021-10" a period; "123/TB-UBND:II.11.1" a notice's item."""


OF_BATCH = "#"
"""Stands between the id of a batch and the number of a write in it that has no id of its own."""


class How(TypedDict, total=False):
    """The keyword arguments of every write.

    `by` is an `Actor` or the id of a registered one; `entered_by` the id of another login that typed it. `source` is
    the document that it rests on: its number, a mapping, or a `Source`. `effective_on` is the day on which it happened
    (default: today in the register's zone). `command_id` makes the write happen once however often it is sent.
    `if_version` refuses to write to a directive that has changed since that version was read.
    """

    by: Actor | str
    reason: str | None
    source: str | Mapping[str, Any] | Source | None
    effective_on: dt.date | None
    command_id: str | None
    if_version: int | None
    entered_by: str | None
    attachments: Sequence[Attachment | Mapping[str, Any]]


class On(How, total=False):
    """The keyword arguments of a write that acts on shares: whose, or all of them, or which period.

    `unit` takes names and ids of units, or shares by number, such as 12/3.
    """

    unit: str | Sequence[str] | None
    all_units: bool
    period: str | None


_OF_ALL, _OF_SHARES = frozenset(How.__annotations__), frozenset(On.__annotations__)


def _fresh_id() -> str:
    """A command id that nobody ever sent: 128 random bits."""
    return os.urandom(16).hex()


class Request(Struct, frozen=True):
    """The arguments of `How` and `On`, read; with `made_up` the command id is a fresh one, which nobody ever sent."""

    by: Actor | str | None = None
    reason: str | None = None
    source: Source | None = None
    effective_on: dt.date | None = None
    command_id: str = field(default_factory=_fresh_id)
    if_version: int | None = None
    entered_by: str | None = None
    attachments: tuple[Attachment, ...] = ()
    units: tuple[str, ...] = ()
    all_units: bool = False
    period: str | None = None
    made_up: bool = False

    @property
    def justified(self) -> bool:
        """Whether the record will say why."""
        return self.reason is not None or self.source is not None

    def said(self) -> dict[str, Any]:
        """What makes two requests the same: everything but the command id."""
        return {
            "by": self.by.id if isinstance(self.by, Actor) else self.by,
            "reason": self.reason, "source": self.source, "effective_on": self.effective_on,
            "if_version": self.if_version, "entered_by": self.entered_by, "attachments": self.attachments,
            "units": self.units, "all_units": self.all_units, "period": self.period,
        }  # fmt: skip


def read_how(how: Mapping[str, Any], *, shares: bool = False) -> Request:
    """Check and read the keyword arguments of a write.

    Raises:
        TypeError: an argument is not known.
        BadValue: a value is of the wrong form.
    """
    allowed = _OF_SHARES if shares else _OF_ALL
    if unknown := how.keys() - allowed:
        takes = ", ".join(sorted(allowed))
        raise TypeError(f"unexpected keyword argument {min(unknown)!r}; beside its own, a write takes {takes}")
    unit = how.get("unit")
    command_id = text_or_none("command_id", how.get("command_id"))
    if command_id is not None and len(command_id) > 200:
        raise BadValue("command_id", command_id, expected=Phrase("a text of 1 to 200 characters"))
    return Request(
        by=_actor(how.get("by")),
        reason=text_or_none("reason", how.get("reason")),
        source=_source(how.get("source")),
        effective_on=as_day_or_none("effective_on", how.get("effective_on")),
        command_id=command_id or _fresh_id(),
        if_version=None if how.get("if_version") is None else whole_number("if_version", how["if_version"]),
        entered_by=text_or_none("entered_by", how.get("entered_by")),
        attachments=tuple(checked("attachments", Attachment, each) for each in how.get("attachments") or ()),
        units=() if unit is None else names("unit", unit),
        all_units=bool(how.get("all_units", False)),
        period=how.get("period"),
        made_up=command_id is None,
    )


def _actor(by: Any) -> Actor | str | None:
    if by is None or isinstance(by, Actor) or (isinstance(by, str) and by):
        return by
    raise BadValue("by", by, expected=Phrase("an Actor, or the id of a registered one"))


def _source(source: Any) -> Source | None:
    """The document that is cited; one of which nothing is said is none."""
    if source is None:
        return None
    if isinstance(source, str):
        source = Source(number=text_or_none("source", source))
    read: Source = checked("source", Source, source)
    return None if read == Source() else read


def checked(what: str, model: type[Any], value: Any) -> Any:
    """The value as a model of the library.

    Raises:
        BadValue: it does not fit.
    """
    try:
        return values.checked(value) if isinstance(value, model) else values.read(model, value)
    except ValidationError as error:
        raise misfit(what, error, value, model) from error


def text_or_none(what: str, value: Any) -> str | None:
    """A text, blanks around it taken off; blank alone is none.

    Raises:
        BadValue: it is no text.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadValue(what, value, expected=Phrase("a text"))
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadValue(what, value, expected=Phrase("a text of whole characters, without lone surrogates")) from error
    return value.strip() or None


def a_text(what: str, value: Any) -> str:
    """A text that is not blank.

    Raises:
        BadValue: it is blank, or no text.
    """
    text = text_or_none(what, value)
    if text is None:
        raise BadValue(what, value, expected=Phrase("a text that is not blank"))
    return text


def names(what: str, value: Any) -> tuple[str, ...]:
    """One name or several, blanks around them taken off.

    Raises:
        BadValue: something in it is no name.
    """
    if isinstance(value, str):
        return (a_text(what, value),)
    if not isinstance(value, Iterable):
        raise BadValue(what, value, expected=Phrase("a name, or several"))
    return tuple(a_text(what, name) for name in value)


def whole_number(what: str, value: Any) -> int:
    """A whole number.

    Raises:
        BadValue: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadValue(what, value, expected=Phrase("a whole number"))
    return value


def as_day(what: str, value: Any) -> dt.date:
    """A day: a date, its ISO form, or a day with month and year as offices write it: 30/9/2021.

    Raises:
        NaiveDatetime: a time without a zone belongs to no day in particular.
        BadValue: it is no day of the calendar.
    """
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise NaiveDatetime(value)
        raise BadValue(what, value, expected=Phrase("a date, not an instant"))
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            from directives_core.deadline.dates import written_day

            if (day := written_day(value)) is not None:
                return day
    raise BadValue(what, value, expected=Phrase("a day of the calendar, such as 2021-09-30"))


def as_day_or_none(what: str, value: Any) -> dt.date | None:
    """As `as_day`, with none left as it is."""
    return None if value is None else as_day(what, value)
