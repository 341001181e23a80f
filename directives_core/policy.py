"""Who may do what. It takes part in no fold: an embedding application can put its own in place."""

from typing import Protocol

from msgspec import Struct, field

from directives_core.actor import Acting
from directives_core.directive.state import Directive
from directives_core.errors import NotAllowed
from directives_core.event import Role
from directives_core.language import Phrase
from directives_core.office.settings import Settings

__all__ = ["Command", "DefaultPolicy", "Policy"]


class Command(Struct, frozen=True):
    """What is about to be done: its name, such as `extend`, and whether it rests on a cited document.

    `author` is the id of the actor who wrote the event that a retraction names; `settings` are those of the day.
    """

    name: str
    on_paper: bool = False
    author: str | None = None
    settings: Settings = field(default_factory=Settings)


class Policy(Protocol):
    """Says who may do what."""

    def check(self, actor: Acting, command: Command, directive: Directive | None, unit: str | None) -> Role:
        """Let the actor do it, and say as what.

        Args:
            actor: who acts.
            command: what is to be done.
            directive: the directive as it stood on the effective day; none where the command is about something else.
            unit: the id of the unit whose share is acted upon; none for a share without unit, or where there is none.

        Returns:
            The role in which the actor may do it; it is kept in the event.

        Raises:
            NotAllowed: the actor may not.
        """
        ...


_OFFICE_WORK = {
    "create the register", "assign", "allocate", "remind", "return", "complete", "hand over", "amend", "label", "link",
    "note", "explain", "record a notice", "open a meeting", "close a meeting", "add a unit", "rename a unit",
    "end a unit", "succeed a unit", "define a class", "add an actor", "change an actor", "end an actor",
    "change settings", "publish figures", "erase",
}  # fmt: skip
_CHAIR_WORK = {
    "extend", "refuse an extension", "set a deadline", "reopen", "suspend", "resume", "withdraw", "supersede",
}  # fmt: skip
_UNIT_WORK = {"acknowledge", "decline", "report", "request an extension", "note", "explain"}


class DefaultPolicy:
    """The rules of an ordinary office.

    Units report, acknowledge, decline and ask for their own shares, or the office does it for them. The office and the
    chair assign, allocate, remind, return, complete, hand over, amend and link. Whatever changes what was ordered is
    the chair's, or the office's acting on a document. Nobody accepts the work of their own unit; the office's own share
    is accepted by the chair, or on a document. Auditors only read. An event is retracted by its author or the office.
    The settings of the register can give extensions and completions to other roles.
    """

    def check(self, actor: Acting, command: Command, directive: Directive | None, unit: str | None) -> Role:
        """See `Policy.check`."""
        if command.name == "complete" and actor.unit == unit:
            return self._accept_own(actor, command)
        for role in _roles_for(command):
            if role in actor.roles:
                return role
        if command.name in _CHAIR_WORK and command.on_paper and "office" in actor.roles:
            return "office"
        if command.name in _UNIT_WORK:
            if "unit" in actor.roles and actor.unit == unit:
                return "unit"
            if "office" in actor.roles:
                return "office"
        if command.name == "retract":
            return self._retract(actor, command)
        raise NotAllowed(actor.id, command.name, who=_who(command.name))

    @staticmethod
    def _accept_own(actor: Acting, command: Command) -> Role:
        if "office" in actor.roles and command.on_paper:
            return "office"
        who = Phrase(
            "nobody accepts the work of their own unit; another unit's office or chair does, or cite a document"
        )
        raise NotAllowed(actor.id, command.name, who=who)

    @staticmethod
    def _retract(actor: Acting, command: Command) -> Role:
        if "office" in actor.roles:
            return "office"
        as_author: tuple[Role, ...] = ("chair", "unit") if command.author == actor.id else ()
        for role in as_author:
            if role in actor.roles:
                return role
        raise NotAllowed(actor.id, "retract", who=_who("retract"))


def _roles_for(command: Command) -> tuple[Role, ...]:
    """The roles that may do it whatever the unit, the one to be named in the event first."""
    if command.name in ("extend", "refuse an extension"):
        return command.settings.extended_by
    if command.name == "complete":
        return command.settings.completed_by
    if command.name in _CHAIR_WORK:
        return ("chair",)
    return ("office", "chair") if command.name in _OFFICE_WORK else ()


def _who(command: str) -> str:
    if command in _CHAIR_WORK:
        return Phrase("this takes the chair, or the office citing the document that decides it (source)")
    if command in _UNIT_WORK - _OFFICE_WORK:
        return Phrase("this takes the lead unit itself, or the office for it")
    if command in _UNIT_WORK:
        return Phrase("this takes the office, the chair or the lead unit")
    if command == "retract":
        return Phrase("this takes the author of the event, or the office")
    return Phrase("this takes the office or the chair")
