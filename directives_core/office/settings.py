"""The settings of a register: limits that the office chooses, changed by events and read at the moment asked for."""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from directives_core.event import Role
from directives_core.values import Frozen

__all__ = ["Settings"]


class Settings(Frozen):
    """What an office can choose.

    `before_is` says how "before day D" reads: due the day before, or on the day itself. `roll` moves a due day that is
    no working day to the next one (Civil Code of Vietnam 2015, art. 148, binds civil limits only, hence off).
    `due_soon_days` is how many days ahead a deadline is called near. `extension_limit` is the greatest number of
    extensions of one share (none: any). `request_before_expiry` refuses requests after the due day instead of flagging
    them. `extended_by` are the roles that grant and refuse extensions without a document, `completed_by` those that
    accept results. `holidays` and `working_days` are the register's own additions to the calendar.
    """

    before_is: Literal["day-before", "same-day"] = "day-before"
    roll: bool = False
    due_soon_days: Annotated[int, Meta(ge=0, le=366)] = 3
    extension_limit: Annotated[int, Meta(ge=0)] | None = None
    request_before_expiry: bool = False
    extended_by: tuple[Role, ...] = ("chair",)
    completed_by: tuple[Role, ...] = ("office", "chair")
    holidays: tuple[dt.date, ...] = ()
    working_days: tuple[dt.date, ...] = ()
    language: Literal["en", "vi"] | None = None
