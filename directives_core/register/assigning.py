"""Assigning: lead units and classes become numbered shares, words become deadlines, and doubts become warnings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from directives_core.directive.events import (
    Assigned,
    Citation,
    Cooperating,
    DeadlineTerms,
    Kind,
    NewShare,
    Party,
)
from directives_core.errors import BadValue, Refused, UnknownClass, UnknownUnit
from directives_core.language import Phrase
from directives_core.office.names import find_class, find_unit
from directives_core.office.state import Office
from directives_core.register.deadlines import doubts_about, read_due
from directives_core.register.work import Work
from directives_core.results import Number

if TYPE_CHECKING:
    from directives_core.deadline import Deadline

__all__ = ["Assignment", "assign", "cooperating_of", "leads_of", "party_of"]


class Assignment(Struct, frozen=True):
    """What is to be assigned, as the caller says it; `members` names units for some of the classes addressed."""

    text: str
    due: dt.date | str | Deadline | DeadlineTerms | None
    to: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    report_to: str | None = None
    via: str | None = None
    kind: Kind = "one-off"
    notice: str | None = None
    path: str | None = None
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    members: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def said(self) -> dict[str, Any]:
        """What makes two assignments the same."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "members" or self.members}


def assign(work: Work, assignment: Assignment) -> Number:
    """Give out the next number and add the assignment.

    Raises:
        BadValue: nobody is to do it.
        UnknownUnit, UnitEnded: a lead unit does not exist on the effective day.
    """
    office = work.office
    shares = leads_of(office, assignment, work.on)
    terms = read_due(work, assignment.due)
    told = "\n".join((*assignment.warnings, *work.session.warnings))
    doubts = (doubt for doubt in doubts_about(terms, work, office) if str(terms.due_on) not in told)
    warnings = (*assignment.warnings, *doubts)
    role = work.allow()
    payload = checked_assigned(assignment, office, shares, terms, warnings, work.on)
    number = work.session.new_number()
    for warning in warnings:
        work.session.warn(Phrase("D-{number}: {warning}", number=number, warning=warning))
    work.session.add_to_directive(number, payload, on=work.on, envelope=work.envelope(role))
    return Number(number, work.told(1))


def checked_assigned(
    assignment: Assignment,
    office: Office,
    shares: tuple[NewShare, ...],
    terms: DeadlineTerms,
    warnings: tuple[str, ...],
    on: dt.date,
) -> Assigned:
    """The event; its fields are checked when it is added."""
    return Assigned(
        text=assignment.text, kind=assignment.kind, notice=assignment.notice, path=assignment.path, shares=shares,
        cooperating=cooperating_of(office, assignment.cooperating, on), deadline=terms,
        report_to=party_of(office, assignment.report_to, on), via=party_of(office, assignment.via, on),
        citations=assignment.citations, warnings=warnings,
    )  # fmt: skip


def leads_of(office: Office, assignment: Assignment, on: dt.date) -> tuple[NewShare, ...]:
    """The shares: one per lead unit and per member of a known class, one for each class that is only a wording."""
    opened: list[tuple[str | None, str | None]] = []
    for name in assignment.to:
        opened += _leads(office, name, on)
    named = dict(assignment.members)
    for wording in assignment.addressed:
        members = [(find_unit(office, member, on=on).id, wording) for member in named.get(wording, ())]
        opened += members or _members(office, wording, on) or [(None, wording)]
    if not opened:
        raise BadValue(
            "to", assignment.to, expected=Phrase("at least one lead unit, or a class of units in `addressed`")
        )
    distinct: dict[str, tuple[str | None, str | None]] = {}
    for lead in opened:
        distinct.setdefault(lead[0] or f"class:{lead[1]}", lead)
    each = enumerate(distinct.values(), 1)
    return tuple(NewShare(number=number, unit=unit, wording=wording) for number, (unit, wording) in each)


def _leads(office: Office, name: str, on: dt.date) -> list[tuple[str | None, str | None]]:
    try:
        return [(find_unit(office, name, on=on).id, None)]
    except UnknownUnit:
        if members := _members(office, name, on):
            return members
        raise


def _members(office: Office, name: str, on: dt.date) -> list[tuple[str | None, str | None]]:
    try:
        known = find_class(office, name)
    except UnknownClass:
        return []
    return [(unit, name) for unit in known.members if unit in office.units and office.units[unit].exists_on(on)]


def party_of(office: Office, wording: str | None, on: dt.date) -> Party | None:
    """A unit as it is written; with its id where the register knows one of that name."""
    if wording is None:
        return None
    return Party(wording=wording, unit=_id_or_none(office, wording, on))


def cooperating_of(office: Office, names: Iterable[str], on: dt.date) -> tuple[Cooperating, ...]:
    """Units or classes that help; a wording that is no unit of the register stays a wording."""
    return tuple(Cooperating(wording=name, unit=_id_or_none(office, name, on)) for name in names)


def _id_or_none(office: Office, name: str, on: dt.date) -> str | None:
    try:
        return find_unit(office, name, on=on).id
    except Refused:
        return None
