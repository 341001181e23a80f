"""Every refusal of the library: one tree, each error named for its situation, its data as attributes.

DirectivesError
├── Refused                     the register said no; nothing was written
│   ├── NotFound                UnknownDirective UnknownShare UnknownPeriod UnknownUnit(s) UnknownActor UnknownMeeting
│   │                           UnknownNotice UnknownEvent UnknownEventType UnknownPosition UnknownClass
│   │                           UnknownCommand UnknownFigures NotALead NoRequest NotConcerned
│   ├── Ambiguous               AmbiguousUnit UnitNeeded
│   ├── NotAllowed              the policy forbids it to this actor
│   ├── WrongState              no share named can take this command as it stands
│   ├── NotLater NotEarlier     a deadline moved the wrong way
│   ├── ReasonNeeded
│   ├── WrongDay                BeforeAssignment InTheFuture DeliveredOutOfTime
│   ├── AlreadyThere            NameTaken RecordedBefore MeetingClosedBefore RegisterExists
│   ├── UnitEnded UnitInUse ActorEnded EventVoid CommandReused TooLate ExtensionsExhausted NameErased
│   ├── SheetRefused            cells of a spreadsheet cannot be taken over; all of them are named
│   ├── DraftOfAnotherFile
│   └── UnreadableDocument      UnknownFormat BrokenDocument DocumentTooLarge ScannedDocument EncryptedDocument
│                               SecretDocument FormatNotInstalled
├── Misuse                      the call itself is wrong: NaiveDatetime BadValue UnknownCountry ActorNeeded
│                               NothingToDo NotInstalled
├── Conflict                    try again: somebody else was there first, or the server is away:
│                               Busy Stale Unreachable NoTimeStamp
├── StoreError                  RegisterMissing NotARegister NewerFormat ReadOnlyStore DamagedStore StoreFull
│                               UnknownStore StoreClosed UnreadableEvent OlderFormat OtherRules AnotherPast
└── CheckFailed                 what was verified does not hold
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

from directives_core.language import Phrase, Word

__all__ = [
    "ActorEnded",
    "ActorNeeded",
    "AlreadyThere",
    "Ambiguous",
    "AmbiguousUnit",
    "AnotherPast",
    "BadValue",
    "BeforeAssignment",
    "BrokenDocument",
    "Busy",
    "CheckFailed",
    "CommandReused",
    "Conflict",
    "DamagedStore",
    "DeliveredOutOfTime",
    "DirectivesError",
    "DocumentTooLarge",
    "DraftOfAnotherFile",
    "EncryptedDocument",
    "EventVoid",
    "ExtensionsExhausted",
    "FormatNotInstalled",
    "InTheFuture",
    "MeetingClosedBefore",
    "Misuse",
    "NaiveDatetime",
    "NameErased",
    "NameTaken",
    "NewerFormat",
    "NoRequest",
    "NoTimeStamp",
    "NotALead",
    "NotARegister",
    "NotAllowed",
    "NotConcerned",
    "NotEarlier",
    "NotFound",
    "NotInstalled",
    "NotLater",
    "NothingToDo",
    "OlderFormat",
    "OtherRules",
    "ReadOnlyStore",
    "ReasonNeeded",
    "RecordedBefore",
    "Refused",
    "RegisterExists",
    "RegisterMissing",
    "ScannedDocument",
    "SecretDocument",
    "SheetRefused",
    "Stale",
    "StoreClosed",
    "StoreError",
    "StoreFull",
    "TooLate",
    "UnitEnded", "UnitInUse",
    "UnitNeeded",
    "UnknownActor",
    "UnknownClass",
    "UnknownCommand",
    "UnknownCountry",
    "UnknownDirective",
    "UnknownEvent",
    "UnknownEventType",
    "UnknownFigures",
    "UnknownFormat",
    "UnknownMeeting",
    "UnknownNotice",
    "UnknownPeriod",
    "UnknownPosition",
    "UnknownShare",
    "UnknownStore",
    "UnknownUnit",
    "UnknownUnits",
    "Unreachable",
    "UnreadableDocument",
    "UnreadableEvent",
    "WrongDay",
    "WrongState",
]  # fmt: skip


class DirectivesError(Exception):
    """Anything that this library refuses or cannot do; the message is a sentence that one can act on."""


class Refused(DirectivesError):
    """The register said no, and nothing was written."""


class NotFound(Refused):
    """What was named is not in the register."""


class UnknownDirective(NotFound):
    """No directive has this number, or none is visible at the moment that was asked for."""

    def __init__(self, number: int | str, *, last: int = 0, why: str = "") -> None:
        known = Phrase("numbers run from D-1 to D-{last}", last=last) if last else Phrase("the register has none yet")
        what = _shown(number)
        if why:
            message = Phrase("there is no directive {what} {why}; {known}", what=what, why=why, known=known)
        else:
            message = Phrase("there is no directive {what}; {known}", what=what, known=known)
        super().__init__(message)
        self.number, self.last = number, last


class UnknownShare(NotFound):
    """The directive has no share of this number at this moment, or none that the command is made for."""

    def __init__(self, number: int, share: int, *, known: Sequence[int]) -> None:
        has = [f"D-{number}/{n}" for n in known] or Phrase("none")
        super().__init__(
            Phrase(
                "D-{number} has no share {share} that this can mean; it has {has}", number=number, share=share, has=has
            )
        )
        self.number, self.share, self.known = number, share, tuple(known)


class UnknownPeriod(NotFound):
    """A recurring duty has no such period, or it has not begun."""

    def __init__(self, number: int, share: int, period: str | None, *, hint: str) -> None:
        about = {"number": number, "share": share, "period": period, "hint": hint}
        super().__init__(
            Phrase("D-{number}/{share}: no period {period}; {hint}", **about)
            if period
            else Phrase("D-{number}/{share}: a period is needed; {hint}", **about)
        )
        self.number, self.share, self.period = number, share, period


class UnknownUnit(NotFound):
    """No unit has this name on that day; the nearest known names stand in `nearest`."""

    def __init__(self, name: str, *, nearest: Sequence[str] = (), on: date | None = None) -> None:
        hint = Phrase("did you mean {nearest}?", nearest=_one_of(nearest)) if nearest else Phrase("add it first")
        super().__init__(
            Phrase("no unit is called {name!r} on {on}; {hint}", name=name, on=on, hint=hint)
            if on
            else Phrase("no unit is called {name!r}; {hint}", name=name, hint=hint)
        )
        self.name, self.nearest, self.on = name, tuple(nearest), on


class UnknownUnits(UnknownUnit):
    """Several units are not registered; `names` gives the nearest known names for each."""

    def __init__(self, names: Mapping[str, Sequence[str]], *, on: date | None = None) -> None:
        first = next(iter(names))
        super().__init__(first, nearest=names[first], on=on)
        listed = [
            Phrase("{name} (near: {near})", name=name, near=list(near)) if near else name
            for name, near in names.items()
        ]
        self.args = (
            Phrase(
                "these units are not registered: {listed}; add them first, or record with add_units",
                listed=Phrase.joined(listed),
            ),
        )
        self.names = dict(names)


class UnknownClass(NotFound):
    """No class of units has this name on that day."""

    def __init__(self, name: str, *, nearest: Sequence[str] = ()) -> None:
        hint = Phrase("known classes: {known}", known=_quoted(nearest)) if nearest else Phrase("define it first")
        super().__init__(Phrase("no class of units is called {name!r}; {hint}", name=name, hint=hint))
        self.name, self.nearest = name, tuple(nearest)


class UnknownActor(NotFound):
    """Nobody is registered under this id."""

    def __init__(self, actor: str, *, known: Sequence[str] = ()) -> None:
        about = {"actor": actor, "known": list(known[:8])}
        super().__init__(
            Phrase("no actor has the id {actor!r}; registered are {known}; register the actor first", **about)
            if known
            else Phrase("no actor has the id {actor!r}; register the actor first", **about)
        )
        self.actor, self.known = actor, tuple(known)


class UnknownMeeting(NotFound):
    """No meeting has this name."""

    def __init__(self, name: str, *, known: Sequence[str] = ()) -> None:
        hint = _known_are(known[-6:]) if known else Phrase("none was opened or closed yet")
        super().__init__(Phrase("no meeting is called {name!r}; {hint}", name=name, hint=hint))
        self.name, self.known = name, tuple(known)


class UnknownNotice(NotFound):
    """No notice has this number, or it has no item at this path."""

    def __init__(self, notice: str, *, path: str | None = None, known: Sequence[str] = ()) -> None:
        what = (
            Phrase("notice {notice!r} has no item {path!r}", notice=notice, path=path)
            if path
            else Phrase("no notice is known as {notice!r}", notice=notice)
        )
        super().__init__(Phrase.joined([what, _known_are(known[:12])]) if known else what)
        self.notice, self.path, self.known = notice, path, tuple(known)


class UnknownEvent(NotFound):
    """The stream has no event of this version."""

    def __init__(self, stream: str, version: int, *, last: int) -> None:
        super().__init__(
            Phrase(
                "{stream} has no event {version}; its events run from 1 to {last}",
                stream=_called(stream),
                version=version,
                last=last,
            )
        )
        self.stream, self.version, self.last = stream, version, last


class UnknownEventType(NotFound):
    """No event is of this type; `nearest` are those spelled much like it, `known` are all."""

    def __init__(self, name: str, *, nearest: Sequence[str], known: Sequence[str]) -> None:
        hint = Phrase("did you mean {nearest}?", nearest=_one_of(nearest)) if nearest else _known_are(known)
        super().__init__(Phrase("no event is of the type {name!r}; {hint}", name=name, hint=hint))
        self.name, self.nearest, self.known = name, tuple(nearest), tuple(known)


class UnknownCommand(NotFound):
    """No command has this id, or the actor has sent none."""

    def __init__(self, command_id: str | None, *, actor: str | None = None) -> None:
        what = (
            Phrase("there is no command {command_id!r}", command_id=command_id)
            if command_id
            else Phrase("{actor} has sent no command yet", actor=actor)
        )
        super().__init__(Phrase("{what}; see the log for the ids of commands", what=what))
        self.command_id, self.actor = command_id, actor


class UnknownFigures(NotFound):
    """No figures were published under this name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        hint = Phrase("published are {known}", known=list(known)) if known else Phrase("none were published yet")
        super().__init__(Phrase("no figures were published as {name!r}; {hint}", name=name, hint=hint))
        self.name, self.known = name, tuple(known)


class UnknownPosition(NotFound):
    """The register has not reached this position, or it is not one."""

    def __init__(self, position: int, *, last: int) -> None:
        super().__init__(
            Phrase("there is no position {position}; the register runs from 1 to {last}", position=position, last=last)
        )
        self.position, self.last = position, last


class NotALead(NotFound):
    """The unit has no share in the directive."""

    def __init__(self, number: int, unit: str, *, leads: Sequence[str]) -> None:
        super().__init__(
            Phrase(
                "{unit!r} has no share in D-{number}; its lead units are {leads}",
                unit=unit,
                number=number,
                leads=_quoted(leads),
            )
        )
        self.number, self.unit, self.leads = number, unit, tuple(leads)


class NoRequest(NotFound):
    """No unit has asked for what is to be refused."""

    def __init__(self, number: int, share: int) -> None:
        super().__init__(
            Phrase(
                "no request for an extension of D-{number}/{share} is pending; there is nothing to refuse",
                number=number,
                share=share,
            )
        )
        self.number, self.share = number, share


class NotConcerned(NotFound):
    """No item of the notice concerns the unit; `items` is how many there are."""

    def __init__(self, unit: str, *, items: int) -> None:
        super().__init__(
            Phrase(
                "none of the {items} items concerns {unit}; record it for another unit, or whole",
                items=items,
                unit=unit,
            )
        )
        self.unit, self.items = unit, items


class Ambiguous(Refused):
    """More than one thing could be meant."""


class AmbiguousUnit(Ambiguous):
    """A part of a name fits several units."""

    def __init__(self, name: str, *, fits: Sequence[str]) -> None:
        super().__init__(
            Phrase("{name!r} fits several units: {fits}; write more of the name", name=name, fits=_quoted(fits))
        )
        self.name, self.fits = name, tuple(fits)


class UnitNeeded(Ambiguous):
    """Several shares could be meant and none was named."""

    def __init__(self, number: int, command: str, *, shares: Sequence[tuple[int, str]]) -> None:
        listed = [Phrase("D-{number}/{share} ({unit})", number=number, share=each, unit=unit) for each, unit in shares]
        super().__init__(
            Phrase(
                "{command}: several shares could be meant: {listed}; name a unit, or ask for all",
                command=_command(command),
                listed=listed,
            )
        )
        self.number, self.command, self.shares = number, command, tuple(shares)


class NotAllowed(Refused):
    """The policy forbids this command to this actor; `who` says who may."""

    def __init__(self, actor: str, command: str, *, who: str) -> None:
        super().__init__(Phrase("{actor} may not {command}: {who}", actor=actor, command=_command(command), who=who))
        self.actor, self.command, self.who = actor, command, who


class WrongState(Refused):
    """The share is in a state in which the command would do nothing."""

    def __init__(self, number: int, share: int, command: str, *, status: str, works: str) -> None:
        about = {"command": _command(command), "number": number, "share": share, "status": _status(status)}
        super().__init__(Phrase("cannot {command} D-{number}/{share}: it is {status}; {works}", **about, works=works))
        self.number, self.share, self.command, self.status, self.works = number, share, command, status, works


class NotLater(Refused):
    """An extension must move the deadline to a later day."""

    def __init__(self, number: int, share: int, *, due_on: date | None, to: date) -> None:
        about = {"number": number, "share": share, "due_on": due_on, "to": to}
        super().__init__(
            Phrase("D-{number}/{share} has no deadline to extend; set one instead", **about)
            if due_on is None
            else Phrase(
                "D-{number}/{share} is due on {due_on} already; {to} would not extend it: give a later day, "
                "or set an earlier deadline as such",
                **about,
            )
        )
        self.number, self.share, self.due_on, self.to = number, share, due_on, to


class NotEarlier(Refused):
    """A deadline in force is made later by an extension, not by setting it."""

    def __init__(self, number: int, share: int, *, due_on: date, to: date) -> None:
        super().__init__(
            Phrase(
                "D-{number}/{share} is due on {due_on}; {to} would be an extension: extend it instead",
                number=number,
                share=share,
                due_on=due_on,
                to=to,
            )
        )
        self.number, self.share, self.due_on, self.to = number, share, due_on, to


class ExtensionsExhausted(Refused):
    """The office grants no more than so many extensions of one share."""

    def __init__(self, number: int, share: int, *, limit: int) -> None:
        super().__init__(
            Phrase.counted(
                "D-{number}/{share} was extended once, which is the limit; change the setting to go on",
                "D-{number}/{share} was extended {n} times, which is the limit; change the setting to go on",
                limit,
                number=number,
                share=share,
            )
        )
        self.number, self.share, self.limit = number, share, limit


class TooLate(Refused):
    """The office takes requests for an extension only up to the due day."""

    def __init__(self, number: int, share: int, *, due_on: date | None, on: date) -> None:
        super().__init__(
            Phrase(
                "D-{number}/{share} was due on {due_on}; no request is taken after that (it is {on})",
                number=number,
                share=share,
                due_on=due_on,
                on=on,
            )
        )
        self.number, self.share, self.due_on, self.on = number, share, due_on, on


class ReasonNeeded(Refused):
    """The record would not say why."""

    def __init__(self, command: str, *, why: str | None = None) -> None:
        why = why or Phrase("later readers will ask why")
        super().__init__(Phrase("{command} needs a reason: {why}", command=_command(command), why=why))
        self.command = command


class WrongDay(Refused):
    """An event cannot have happened on that day."""


class BeforeAssignment(WrongDay):
    """Nothing can happen to a directive before the day on which it was assigned."""

    def __init__(self, number: int, *, assigned_on: date, on: date) -> None:
        super().__init__(
            Phrase(
                "D-{number} was assigned on {assigned_on}; {on} is before that",
                number=number,
                assigned_on=assigned_on,
                on=on,
            )
        )
        self.number, self.assigned_on, self.on = number, assigned_on, on


class InTheFuture(WrongDay):
    """What is recorded has happened by the day on which it is recorded."""

    def __init__(self, on: date, *, today: date) -> None:
        super().__init__(
            Phrase("{on} lies ahead: today is {today}; record it when it has happened", on=on, today=today)
        )
        self.on, self.today = on, today


class DeliveredOutOfTime(WrongDay):
    """A delivery lies between the assignment and the day of the completion."""

    def __init__(self, number: int, *, delivered_on: date, first: date, last: date) -> None:
        super().__init__(
            Phrase(
                "D-{number} cannot have been delivered on {delivered_on}: give a day from {first} to {last}",
                number=number,
                delivered_on=delivered_on,
                first=first,
                last=last,
            )
        )
        self.number, self.delivered_on, self.first, self.last = number, delivered_on, first, last


class AlreadyThere(Refused):
    """The register has it already."""


class NameTaken(AlreadyThere):
    """Names of units, actors and meetings are unique on any one day."""

    def __init__(self, kind: str, name: str, *, free_from: date | None = None) -> None:
        about = {"kind": kind, "name": name, "free_from": free_from}
        super().__init__(
            Phrase(
                "there is a {kind} called {name!r} already; "
                "it ended on {free_from}: give that day or a later one as effective_on",
                **about,
            )
            if free_from
            else Phrase("there is a {kind} called {name!r} already", **about)
        )
        self.kind, self.name, self.free_from = kind, name, free_from


class RecordedBefore(AlreadyThere):
    """This very file was recorded as a notice before; `left` counts its items that concerned other units, if any."""

    def __init__(self, notice: str, *, on: date, numbers: Sequence[int], left: int = 0) -> None:
        listed = (
            Phrase("D-{first} to D-{last}", first=numbers[0], last=numbers[-1]) if numbers else Phrase("no directives")
        )
        about = {"on": on, "notice": notice, "listed": listed}
        super().__init__(
            Phrase.counted(
                "this file was recorded on {on} as notice {notice} ({listed}), without {n} item that concerns other "
                "units; record the rest of it, or for another unit",
                "this file was recorded on {on} as notice {notice} ({listed}), without {n} items that concern other "
                "units; record the rest of it, or for another unit",
                left,
                **about,
            )
            if left
            else Phrase("this file was recorded on {on} as notice {notice} ({listed})", **about)
        )
        self.notice, self.on, self.numbers, self.left = notice, on, tuple(numbers), left


class MeetingClosedBefore(AlreadyThere):
    """A meeting closes once."""

    def __init__(self, name: str, *, on: date) -> None:
        super().__init__(
            Phrase(
                "meeting {name!r} of {on} is closed already; retract its closing if that was wrong", name=name, on=on
            )
        )
        self.name, self.on = name, on


class RegisterExists(AlreadyThere):
    """A new register never overwrites what is there."""

    def __init__(self, where: str) -> None:
        super().__init__(Phrase("{where} exists already; open it, or choose another name", where=where))
        self.where = where


class UnitEnded(Refused):
    """The unit no longer existed on that day; `successors` are the names that follow it."""

    def __init__(self, name: str, *, ended_on: date, on: date, successors: Sequence[str] = ()) -> None:
        about = {"name": name, "ended_on": ended_on, "on": on, "successors": _quoted(successors)}
        super().__init__(
            Phrase("unit {name!r} ended on {ended_on}, before {on}; its successors: {successors}", **about)
            if successors
            else Phrase("unit {name!r} ended on {ended_on}, before {on}", **about)
        )
        self.name, self.ended_on, self.on, self.successors = name, ended_on, on, tuple(successors)


class UnitInUse(Refused):
    """A unit that somebody belongs to, or that holds shares, cannot be made never to have been registered."""

    def __init__(self, name: str, *, actors: Sequence[str], numbers: Sequence[int]) -> None:
        who = [*(Phrase("actor {actor}", actor=actor) for actor in actors), *(f"D-{number}" for number in numbers[:6])]
        super().__init__(Phrase("unit {name!r} is in use by {who}; end it or rename it instead", name=name, who=who))
        self.name, self.actors, self.numbers = name, tuple(actors), tuple(numbers)


class ActorEnded(Refused):
    """The actor no longer acts in this register."""

    def __init__(self, actor: str, *, ended_on: date) -> None:
        super().__init__(
            Phrase("actor {actor!r} ended on {ended_on}; another actor has to do this", actor=actor, ended_on=ended_on)
        )
        self.actor, self.ended_on = actor, ended_on


class EventVoid(Refused):
    """The event was retracted before."""

    def __init__(self, stream: str, version: int, *, by_version: int) -> None:
        super().__init__(
            Phrase(
                "event {version} of {stream} is void already, by event {by}; retract event {by} to revive it",
                version=version,
                stream=_called(stream),
                by=by_version,
            )
        )
        self.stream, self.version, self.by_version = stream, version, by_version


class NameErased(Refused):
    """The key of the subject was destroyed: it is shown as erased for ever, and nothing is sealed under its id anew."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            Phrase(
                "the name of {subject!r} was erased, and stays so; register another actor for a new name",
                subject=subject,
            )
        )
        self.subject = subject


class CommandReused(Refused):
    """A command id stands for one request; this one was used for another."""

    def __init__(self, command_id: str) -> None:
        super().__init__(
            Phrase(
                "command id {command_id!r} was used for another request; make a new id for a new request",
                command_id=command_id,
            )
        )
        self.command_id = command_id


class SheetRefused(Refused):
    """Cells of a spreadsheet cannot be taken over; `problems` names them all, with what to do, and nothing was written.

    Each problem has a `sheet`, a `row`, the letters of a `column`, and what is `said` about it.
    """

    def __init__(self, problems: Sequence[Any]) -> None:
        listed: list[object] = [problem.phrase for problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            listed.append(Phrase("… and {n} more", n=len(problems) - _MOST_SHOWN))
        super().__init__(
            Phrase.counted(
                "nothing was written; {n} thing in the spreadsheet needs a look:\n  {listed}",
                "nothing was written; {n} things in the spreadsheet need a look:\n  {listed}",
                len(problems),
                listed=Phrase.joined(listed, between="\n  "),
            )
        )
        self.problems = tuple(problems)


class DraftOfAnotherFile(Refused):
    """The draft was made of other words than those of the file; `draft` and `file` are the SHA-256 of the words."""

    def __init__(self, *, draft: str, file: str) -> None:
        super().__init__(
            Phrase("the draft was read from another file than the one given: record it with its own file, or read anew")
        )
        self.draft, self.file = draft, file


class UnreadableDocument(Refused):
    """The bytes give no text that could be read as a notice; nothing was kept."""


class UnknownFormat(UnreadableDocument):
    """The file is of a kind that is not read; `found` says what it is."""

    def __init__(self, found: str, *, advice: str = "save it as .docx, .odt, .pdf, .html or .txt (UTF-8)") -> None:
        super().__init__(Phrase("the file is {found}, which cannot be read; {advice}", found=found, advice=advice))
        self.found, self.advice = found, advice


class BrokenDocument(UnreadableDocument):
    """The file begins as one of its kind and is not one, or not whole."""

    def __init__(self, format_: str, *, why: str) -> None:
        super().__init__(
            Phrase(
                "the .{format} file cannot be read: {why}; open it, save it anew and try again", format=format_, why=why
            )
        )
        self.format, self.why = format_, why


class DocumentTooLarge(UnreadableDocument):
    """The file goes beyond a limit that keeps hostile files from filling memory or time."""

    def __init__(self, what: str, *, limit: int | float, unit: str) -> None:
        super().__init__(
            Phrase(
                "the file is too large: {what}; at most {limit:,} {unit} are read: cut it, or save it anew",
                what=what,
                limit=limit,
                unit=unit,
            )
        )
        self.what, self.limit, self.unit = what, limit, unit


class ScannedDocument(UnreadableDocument):
    """The pages are pictures; there is no text in them."""

    def __init__(self, *, pages: int) -> None:
        super().__init__(
            Phrase.counted(
                "1 page is a picture without text; get the text version from the issuer, or put it through OCR first",
                "{n} pages are pictures without text; "
                "get the text version from the issuer, or put it through OCR first",
                pages,
            )
        )
        self.pages = pages


class EncryptedDocument(UnreadableDocument):
    """The file is locked by a password."""

    def __init__(self, format_: str) -> None:
        super().__init__(
            Phrase("the .{format} file is locked by a password; save a copy without one, if you may", format=format_)
        )
        self.format = format_


class SecretDocument(UnreadableDocument):
    """The paper bears a stamp of secrecy, and no register of this kind may keep it."""

    def __init__(self, stamp: str) -> None:
        super().__init__(
            Phrase("the paper is stamped {stamp}; it was not kept: no register of directives may hold it", stamp=stamp)
        )
        self.stamp = stamp


class FormatNotInstalled(UnreadableDocument):
    """What reads or makes this format is not installed: an extra of this library, or a program of the machine."""

    def __init__(self, format_: str, *, extra: str = "", instead: str = "") -> None:
        wanted = instead or Phrase("install the extra: pip install 'directives[{extra}]'", extra=extra)
        super().__init__(Phrase("for .{format} files, {wanted}", format=format_, wanted=wanted))
        self.format, self.extra = format_, extra


class Misuse(DirectivesError):
    """The call itself is wrong, whatever the register holds."""


class NaiveDatetime(Misuse):
    """A time without a zone could be any of several instants."""

    def __init__(self, value: object) -> None:
        super().__init__(
            Phrase("{value} has no time zone; give an aware datetime, such as 2021-09-30T17:00+07:00", value=value)
        )
        self.value = value


class BadValue(Misuse):
    """A value of the wrong form; `expected` says what would do."""

    def __init__(self, what: str, value: object, *, expected: str) -> None:
        super().__init__(
            Phrase("{what}: {value!r} will not do; expected {expected}", what=what, value=value, expected=expected)
        )
        self.what, self.value, self.expected = what, value, expected


class UnknownCountry(Misuse):
    """The `holidays` package knows no country of this code."""

    def __init__(self, country: str) -> None:
        super().__init__(
            Phrase(
                "No public holidays are known for {country!r}: use a code such as 'VN', or no country", country=country
            )
        )
        self.country = country


class ActorNeeded(Misuse):
    """Every write says who acts."""

    def __init__(self) -> None:
        super().__init__(Phrase("who acts? give by= an actor or the id of a registered one"))


class NothingToDo(Misuse):
    """The command, as given, would change nothing."""

    def __init__(self, command: str, *, give: str) -> None:
        super().__init__(Phrase("{command}: nothing to do; give {give}", command=_command(command), give=give))
        self.command, self.give = command, give


class NotInstalled(Misuse):
    """What was asked for rests on a library that is not installed."""

    def __init__(self, what: str, *, extra: str) -> None:
        message = "{what}: a library is missing; install the extra: pip install 'directives[{extra}]'"
        super().__init__(Phrase(message, what=what, extra=extra))
        self.what, self.extra = what, extra


class Conflict(DirectivesError):
    """Not now: somebody else was there first, or the server is away. Read again, then try again."""


class Busy(Conflict):
    """Another writer kept the register locked for longer than the wait allowed."""

    def __init__(self, *, waited_seconds: float) -> None:
        super().__init__(
            Phrase(
                "the register is busy: another writer held it for more than {waited_seconds:g} s; try again",
                waited_seconds=waited_seconds,
            )
        )
        self.waited_seconds = waited_seconds


class Stale(Conflict):
    """The directive changed since it was read."""

    def __init__(self, number: int, *, expected: int, actual: int) -> None:
        super().__init__(
            Phrase(
                "D-{number} is at version {actual}, not {expected}: it changed; read it again",
                number=number,
                actual=actual,
                expected=expected,
            )
        )
        self.number, self.expected, self.actual = number, expected, actual


class Unreachable(Conflict):
    """The database server went away, is not there, or cannot serve now.

    `in_doubt` tells that it went away between being asked to commit and its answer: the commit may have been kept.
    """

    def __init__(self, where: str, *, why: str = "", in_doubt: bool = False) -> None:
        then = (
            Phrase("whether the last command was kept is not known: send it again under the same id")
            if in_doubt
            else Phrase("try again")
        )
        super().__init__(
            Phrase("the database server of {where} cannot be reached ({why}); {then}", where=where, why=why, then=then)
            if why
            else Phrase("the database server of {where} cannot be reached; {then}", where=where, then=then)
        )
        self.where, self.why, self.in_doubt = where, why, in_doubt


class NoTimeStamp(Conflict):
    """The authority gave no time stamp now; whatever was to be stamped stands without it."""

    def __init__(self, name: str, *, why: str) -> None:
        super().__init__(Phrase("{name} gave no time stamp ({why}); try again", name=name, why=why))
        self.name, self.why = name, why


class StoreError(DirectivesError):
    """The place where the register is kept cannot serve it."""


class RegisterMissing(StoreError):
    """There is no register at this place."""

    def __init__(self, where: str, *, why: str = "") -> None:
        super().__init__(
            Phrase("there is no register at {where}: {why}; create one first", where=where, why=why)
            if why
            else Phrase("there is no register at {where}; create one first", where=where)
        )
        self.where, self.why = where, why


class NotARegister(StoreError):
    """Something else is at this place, or it is left as it was found."""

    def __init__(self, where: str, *, why: str) -> None:
        super().__init__(Phrase("{where} is not a register: {why}; it was left as it is", where=where, why=why))
        self.where, self.why = where, why


class NewerFormat(StoreError):
    """A newer version of this software wrote it."""

    def __init__(self, where: str, *, found: int | str, known: int | str) -> None:
        super().__init__(
            Phrase(
                "{where} is of format {found}, this version reads up to {known}; upgrade the software",
                where=where,
                found=found,
                known=known,
            )
        )
        self.where, self.found, self.known = where, found, known


class OlderFormat(StoreError):
    """An older version of this software wrote it; `store upgrade` brings it up to date."""

    def __init__(self, where: str, *, found: int, known: int) -> None:
        super().__init__(
            Phrase(
                "{where} is of format {found}, this version works with {known}; run `directives store upgrade` once: "
                "nothing that was recorded changes",
                where=where, found=found, known=known,
            )
        )  # fmt: skip
        self.where, self.found, self.known = where, found, known


class OtherRules(StoreError):
    """What the register shows was computed by other rules than those of this version."""

    def __init__(self, where: str, *, found: int, known: int) -> None:
        advice = (
            Phrase("run `directives store rebuild` once: the log stays as it is")
            if found < known
            else Phrase("upgrade the software")
        )
        super().__init__(
            Phrase(
                "the states in {where} follow from rules {found}, this version has rules {known}; {advice}",
                where=where, found=found, known=known, advice=advice,
            )
        )  # fmt: skip
        self.where, self.found, self.known = where, found, known


class AnotherPast(StoreError):
    """The register no longer has what a projection has seen of it: it was restored from an older backup."""

    def __init__(self, where: str, *, projection: str, position: int) -> None:
        super().__init__(
            Phrase(
                "{where} no longer has the event at position {position} that the projection {projection} has seen; "
                "if it was restored from a backup, build the projection anew",
                where=where, position=position, projection=projection,
            )
        )  # fmt: skip
        self.where, self.projection, self.position = where, projection, position


class ReadOnlyStore(StoreError):
    """The register can only be read where it lies, or by whoever asks."""

    def __init__(
        self, where: str, *, give: str = "make the file and its folder writable, or copy it elsewhere"
    ) -> None:
        super().__init__(Phrase("{where} is read-only; {give}", where=where, give=give))
        self.where = where


class DamagedStore(StoreError):
    """The bytes are not what the store wrote; restore a backup."""

    def __init__(self, where: str, *, why: str) -> None:
        super().__init__(
            Phrase("{where} is damaged: {why}; nothing was changed: restore a backup", where=where, why=why)
        )
        self.where, self.why = where, why


class StoreFull(StoreError):
    """There was no room; nothing was written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            Phrase("no room left for {where}; nothing was written: free space, then try again", where=where)
        )
        self.where = where


class UnknownStore(StoreError):
    """No store answers to this URL."""

    def __init__(self, url: str, *, known: Sequence[str]) -> None:
        super().__init__(Phrase("no store is known for {url!r}; known are {known}", url=url, known=", ".join(known)))
        self.url, self.known = url, tuple(known)


class StoreClosed(StoreError):
    """The register was closed, or opened before a fork."""

    def __init__(self, why: str | None = None) -> None:
        super().__init__(why or Phrase("the register is closed; open it again"))


class UnreadableEvent(StoreError):
    """An event of this type or these bytes is not known to this version."""

    def __init__(self, position: int, type_: str, *, why: str) -> None:
        super().__init__(
            Phrase("event {position} ({type}) cannot be read: {why}", position=position, type=type_, why=why)
        )
        self.position, self.type, self.why = position, type_, why


class CheckFailed(DirectivesError):
    """What was verified does not hold; `problems` lists the findings."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(Phrase.joined(problems))
        self.problems = tuple(problems)


def _shown(number: int | str) -> str:
    return f"D-{number}" if isinstance(number, int) else repr(number)


def _called(stream: str) -> str:
    """A stream as people name what it is about: D-12, the office, a meeting by its name."""
    kind, _, name = stream.partition(":")
    if kind == "directive":
        return f"D-{name}"
    return Phrase.joined([Word(kind, "stream"), name], between=" ") if name else Word(kind, "stream")


def _quoted(names: Sequence[str]) -> list[str]:
    return [repr(name) for name in names]


def _one_of(names: Sequence[str]) -> object:
    first, *rest = _quoted(names)
    return reduce(lambda before, name: Phrase("{before} or {name}", before=before, name=name), rest, first)


def _known_are(known: Sequence[str]) -> Phrase:
    return Phrase("known are {known}", known=list(known))


def _command(name: str) -> Phrase:
    return name if isinstance(name, Phrase) else Word(name, "command")


def _status(status: str) -> Phrase:
    return status if isinstance(status, Phrase) else Word(status, "status")


_MOST_SHOWN = 60
"""Problems of a spreadsheet that a message lists; the error's data has all."""
