"""One command at work: who does what, on which day, in which session."""

import datetime as dt

from msgspec import Struct

from directives_core.actor import Acting
from directives_core.calendar import Calendar
from directives_core.directive.state import Directive
from directives_core.errors import BadValue
from directives_core.event import ROLES, Envelope, Payload, Role
from directives_core.language import Phrase
from directives_core.office.state import Office
from directives_core.policy import Command, Policy
from directives_core.register.how import Request
from directives_core.register.session import Scope, Session
from directives_core.results import Told

__all__ = ["Work"]


class Work(Struct, frozen=True):
    """One command at work: the session it writes in, and who does it."""

    session: Session
    scope: Scope
    request: Request
    acting: Acting
    policy: Policy
    command: str
    on: dt.date
    calendar_override: Calendar | None = None

    @property
    def office(self) -> Office:
        """The office as of the effective day."""
        return self.session.office(self.on)

    def calendar(self, office: Office) -> Calendar:
        """The working days of the register, or those that the embedding application gave."""
        if self.calendar_override is not None:
            return self.calendar_override
        settings = office.settings
        return Calendar(office.calendar, frozenset(settings.holidays), frozenset(settings.working_days))

    def allow(self, directive: Directive | None = None, unit: str | None = None, *, author: str | None = None) -> Role:
        """Ask the policy; the role in which the actor may do it.

        Raises:
            NotAllowed: the actor may not.
        """
        on_paper = self.request.source is not None
        command = Command(self.command, on_paper=on_paper, author=author, settings=self.office.settings)
        role = self.policy.check(self.acting, command, directive, unit)
        if role not in ROLES:  # a policy is anybody's code, and what is recorded has to be readable for ever
            raise BadValue("role", role, expected=Phrase("one of {choices}", choices=", ".join(ROLES)))
        return role

    def envelope(self, role: Role) -> Envelope:
        """The envelope of the events of this command."""
        request = self.request
        return Envelope(
            actor=self.acting.id, role=role, entered_by=request.entered_by, command_id=request.command_id,
            reason=request.reason, source=request.source, attachments=request.attachments,
        )  # fmt: skip

    def add(self, stream: str, payload: Payload, role: Role, *, on: dt.date | None = None) -> None:
        """Add an event that is not a directive's."""
        self.session.add(stream, payload, on=on or self.on, envelope=self.envelope(role))

    def told(self, version: int | None = None) -> Told:
        """What the writer is told."""
        return Told(
            command_id=self.request.command_id, positions=self.scope.positions, version=version,
            without_effect=self.session.lost, warnings=self.session.warnings,
        )  # fmt: skip
