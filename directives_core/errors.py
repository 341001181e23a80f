"""Every refusal of the library: one tree, each error named for its situation, its data as attributes.

DirectivesError
├── Refused                     the register said no; nothing was written
│   ├── NotFound                UnknownDirective UnknownShare UnknownPeriod UnknownUnit(s) UnknownActor UnknownMeeting
│   │                           UnknownNotice UnknownEvent UnknownPosition UnknownClass UnknownCommand UnknownFigures
│   │                           NotALead NoRequest
│   ├── Ambiguous               AmbiguousUnit UnitNeeded
│   ├── NotAllowed              the policy forbids it to this actor
│   ├── WrongState              no share named can take this command as it stands
│   ├── NotLater NotEarlier     a deadline moved the wrong way
│   ├── ReasonNeeded
│   ├── WrongDay                BeforeAssignment InTheFuture DeliveredOutOfTime
│   ├── AlreadyThere            NameTaken RecordedBefore MeetingClosedBefore RegisterExists
│   ├── UnitEnded UnitInUse ActorEnded EventVoid CommandReused TooLate ExtensionsExhausted NameErased
│   └── UnreadableDocument      UnknownFormat BrokenDocument DocumentTooLarge ScannedDocument EncryptedDocument
│                               SecretDocument FormatNotInstalled
├── Misuse                      the call itself is wrong: NaiveDatetime BadValue UnknownCountry ActorNeeded
│                               NothingToDo
├── Conflict                    try again: somebody else was there first, or the server is away:
│                               Busy Stale Unreachable
├── StoreError                  RegisterMissing NotARegister NewerFormat ReadOnlyStore DamagedStore StoreFull
│                               UnknownStore StoreClosed UnreadableEvent
└── CheckFailed                 what was verified does not hold
"""

from collections.abc import Mapping, Sequence
from datetime import date

__all__ = [
    "ActorEnded",
    "ActorNeeded",
    "AlreadyThere",
    "Ambiguous",
    "AmbiguousUnit",
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
    "NotALead",
    "NotARegister",
    "NotAllowed",
    "NotEarlier",
    "NotFound",
    "NotLater",
    "NothingToDo",
    "ReadOnlyStore",
    "ReasonNeeded",
    "RecordedBefore",
    "Refused",
    "RegisterExists",
    "RegisterMissing",
    "ScannedDocument",
    "SecretDocument",
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
        known = f"numbers run from D-1 to D-{last}" if last else "the register has none yet"
        super().__init__(f"there is no directive {_shown(number)}{why and f' {why}'}; {known}")
        self.number, self.last = number, last


class UnknownShare(NotFound):
    """The directive has no share of this number at this moment, or none that the command is made for."""

    def __init__(self, number: int, share: int, *, known: Sequence[int]) -> None:
        listed = ", ".join(f"D-{number}/{n}" for n in known)
        super().__init__(f"D-{number} has no share {share} that this can mean; it has {listed or 'none'}")
        self.number, self.share, self.known = number, share, tuple(known)


class UnknownPeriod(NotFound):
    """A recurring duty has no such period, or it has not begun."""

    def __init__(self, number: int, share: int, period: str | None, *, hint: str) -> None:
        super().__init__(f"D-{number}/{share}: {f'no period {period}' if period else 'a period is needed'}; {hint}")
        self.number, self.share, self.period = number, share, period


class UnknownUnit(NotFound):
    """No unit has this name on that day; the nearest known names stand in `nearest`."""

    def __init__(self, name: str, *, nearest: Sequence[str] = (), on: date | None = None) -> None:
        day = f" on {on}" if on else ""
        hint = f"; did you mean {' or '.join(map(repr, nearest))}?" if nearest else "; add it first"
        super().__init__(f"no unit is called {name!r}{day}{hint}")
        self.name, self.nearest, self.on = name, tuple(nearest), on


class UnknownUnits(UnknownUnit):
    """Several units are not registered; `names` gives the nearest known names for each."""

    def __init__(self, names: Mapping[str, Sequence[str]], *, on: date | None = None) -> None:
        first = next(iter(names))
        super().__init__(first, nearest=names[first], on=on)
        listed = "; ".join(name + (f" (near: {', '.join(near)})" if near else "") for name, near in names.items())
        self.args = (f"these units are not registered: {listed}; add them first, or record with add_units",)
        self.names = dict(names)


class UnknownClass(NotFound):
    """No class of units has this name on that day."""

    def __init__(self, name: str, *, nearest: Sequence[str] = ()) -> None:
        hint = f"; known classes: {', '.join(map(repr, nearest))}" if nearest else "; define it first"
        super().__init__(f"no class of units is called {name!r}{hint}")
        self.name, self.nearest = name, tuple(nearest)


class UnknownActor(NotFound):
    """Nobody is registered under this id."""

    def __init__(self, actor: str, *, known: Sequence[str] = ()) -> None:
        hint = f"; registered are {', '.join(known[:8])}" if known else ""
        super().__init__(f"no actor has the id {actor!r}{hint}; register the actor first")
        self.actor, self.known = actor, tuple(known)


class UnknownMeeting(NotFound):
    """No meeting has this name."""

    def __init__(self, name: str, *, known: Sequence[str] = ()) -> None:
        hint = f"; known are {', '.join(known[-6:])}" if known else "; none was opened or closed yet"
        super().__init__(f"no meeting is called {name!r}{hint}")
        self.name, self.known = name, tuple(known)


class UnknownNotice(NotFound):
    """No notice has this number, or it has no item at this path."""

    def __init__(self, notice: str, *, path: str | None = None, known: Sequence[str] = ()) -> None:
        hint = f"; known are {', '.join(known[:12])}" if known else ""
        what = f"notice {notice!r} has no item {path!r}" if path else f"no notice is known as {notice!r}"
        super().__init__(what + hint)
        self.notice, self.path, self.known = notice, path, tuple(known)


class UnknownEvent(NotFound):
    """The stream has no event of this version."""

    def __init__(self, stream: str, version: int, *, last: int) -> None:
        super().__init__(f"{stream} has no event {version}; its events run from 1 to {last}")
        self.stream, self.version, self.last = stream, version, last


class UnknownCommand(NotFound):
    """No command has this id, or the actor has sent none."""

    def __init__(self, command_id: str | None, *, actor: str | None = None) -> None:
        message = f"there is no command {command_id!r}" if command_id else f"{actor} has sent no command yet"
        super().__init__(f"{message}; see the log for the ids of commands")
        self.command_id, self.actor = command_id, actor


class UnknownFigures(NotFound):
    """No figures were published under this name."""

    def __init__(self, name: str, *, known: Sequence[str]) -> None:
        hint = f"; published are {', '.join(known)}" if known else "; none were published yet"
        super().__init__(f"no figures were published as {name!r}{hint}")
        self.name, self.known = name, tuple(known)


class UnknownPosition(NotFound):
    """The register has not reached this position, or it is not one."""

    def __init__(self, position: int, *, last: int) -> None:
        super().__init__(f"there is no position {position}; the register runs from 1 to {last}")
        self.position, self.last = position, last


class NotALead(NotFound):
    """The unit has no share in the directive."""

    def __init__(self, number: int, unit: str, *, leads: Sequence[str]) -> None:
        super().__init__(f"{unit!r} has no share in D-{number}; its lead units are {', '.join(map(repr, leads))}")
        self.number, self.unit, self.leads = number, unit, tuple(leads)


class NoRequest(NotFound):
    """No unit has asked for what is to be refused."""

    def __init__(self, number: int, share: int) -> None:
        super().__init__(f"no request for an extension of D-{number}/{share} is pending; there is nothing to refuse")
        self.number, self.share = number, share


class Ambiguous(Refused):
    """More than one thing could be meant."""


class AmbiguousUnit(Ambiguous):
    """A part of a name fits several units."""

    def __init__(self, name: str, *, fits: Sequence[str]) -> None:
        super().__init__(f"{name!r} fits several units: {', '.join(map(repr, fits))}; write more of the name")
        self.name, self.fits = name, tuple(fits)


class UnitNeeded(Ambiguous):
    """Several shares could be meant and none was named."""

    def __init__(self, number: int, command: str, *, shares: Sequence[tuple[int, str]]) -> None:
        listed = ", ".join(f"D-{number}/{share} ({unit})" for share, unit in shares)
        super().__init__(f"{command}: several shares could be meant: {listed}; name a unit, or ask for all")
        self.number, self.command, self.shares = number, command, tuple(shares)


class NotAllowed(Refused):
    """The policy forbids this command to this actor; `who` says who may."""

    def __init__(self, actor: str, command: str, *, who: str) -> None:
        super().__init__(f"{actor} may not {command}: {who}")
        self.actor, self.command, self.who = actor, command, who


class WrongState(Refused):
    """The share is in a state in which the command would do nothing."""

    def __init__(self, number: int, share: int, command: str, *, status: str, works: str) -> None:
        super().__init__(f"cannot {command} D-{number}/{share}: it is {status}; {works}")
        self.number, self.share, self.command, self.status, self.works = number, share, command, status, works


class NotLater(Refused):
    """An extension must move the deadline to a later day."""

    def __init__(self, number: int, share: int, *, due_on: date | None, to: date) -> None:
        if due_on is None:
            message = f"D-{number}/{share} has no deadline to extend; set one instead"
        else:
            message = f"D-{number}/{share} is due on {due_on} already; {to} would not extend it: give a later day, "
            message += "or set an earlier deadline as such"
        super().__init__(message)
        self.number, self.share, self.due_on, self.to = number, share, due_on, to


class NotEarlier(Refused):
    """A deadline in force is made later by an extension, not by setting it."""

    def __init__(self, number: int, share: int, *, due_on: date, to: date) -> None:
        super().__init__(f"D-{number}/{share} is due on {due_on}; {to} would be an extension: extend it instead")
        self.number, self.share, self.due_on, self.to = number, share, due_on, to


class ExtensionsExhausted(Refused):
    """The office grants no more than so many extensions of one share."""

    def __init__(self, number: int, share: int, *, limit: int) -> None:
        times = "once" if limit == 1 else f"{limit} times"
        super().__init__(f"D-{number}/{share} was extended {times}, which is the limit; change the setting to go on")
        self.number, self.share, self.limit = number, share, limit


class TooLate(Refused):
    """The office takes requests for an extension only up to the due day."""

    def __init__(self, number: int, share: int, *, due_on: date | None, on: date) -> None:
        super().__init__(f"D-{number}/{share} was due on {due_on}; no request is taken after that (it is {on})")
        self.number, self.share, self.due_on, self.on = number, share, due_on, on


class ReasonNeeded(Refused):
    """The record would not say why."""

    def __init__(self, command: str, *, why: str = "later readers will ask why") -> None:
        super().__init__(f"{command} needs a reason: {why}")
        self.command = command


class WrongDay(Refused):
    """An event cannot have happened on that day."""


class BeforeAssignment(WrongDay):
    """Nothing can happen to a directive before the day on which it was assigned."""

    def __init__(self, number: int, *, assigned_on: date, on: date) -> None:
        super().__init__(f"D-{number} was assigned on {assigned_on}; {on} is before that")
        self.number, self.assigned_on, self.on = number, assigned_on, on


class InTheFuture(WrongDay):
    """What is recorded has happened by the day on which it is recorded."""

    def __init__(self, on: date, *, today: date) -> None:
        super().__init__(f"{on} lies ahead: today is {today}; record it when it has happened")
        self.on, self.today = on, today


class DeliveredOutOfTime(WrongDay):
    """A delivery lies between the assignment and the day of the completion."""

    def __init__(self, number: int, *, delivered_on: date, first: date, last: date) -> None:
        super().__init__(f"D-{number} cannot have been delivered on {delivered_on}: give a day from {first} to {last}")
        self.number, self.delivered_on, self.first, self.last = number, delivered_on, first, last


class AlreadyThere(Refused):
    """The register has it already."""


class NameTaken(AlreadyThere):
    """Names of units, actors and meetings are unique on any one day."""

    def __init__(self, kind: str, name: str, *, free_from: date | None = None) -> None:
        hint = f"; it ended on {free_from}: give that day or a later one as effective_on" if free_from else ""
        super().__init__(f"there is a {kind} called {name!r} already{hint}")
        self.kind, self.name, self.free_from = kind, name, free_from


class RecordedBefore(AlreadyThere):
    """This very file was recorded as a notice before."""

    def __init__(self, notice: str, *, on: date, numbers: Sequence[int]) -> None:
        listed = f"D-{numbers[0]} to D-{numbers[-1]}" if numbers else "no directives"
        super().__init__(f"this file was recorded on {on} as notice {notice} ({listed})")
        self.notice, self.on, self.numbers = notice, on, tuple(numbers)


class MeetingClosedBefore(AlreadyThere):
    """A meeting closes once."""

    def __init__(self, name: str, *, on: date) -> None:
        super().__init__(f"meeting {name!r} of {on} is closed already; retract its closing if that was wrong")
        self.name, self.on = name, on


class RegisterExists(AlreadyThere):
    """A new register never overwrites what is there."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} exists already; open it, or choose another name")
        self.where = where


class UnitEnded(Refused):
    """The unit no longer existed on that day; `successors` are the names that follow it."""

    def __init__(self, name: str, *, ended_on: date, on: date, successors: Sequence[str] = ()) -> None:
        hint = f"; its successors: {', '.join(map(repr, successors))}" if successors else ""
        super().__init__(f"unit {name!r} ended on {ended_on}, before {on}{hint}")
        self.name, self.ended_on, self.on, self.successors = name, ended_on, on, tuple(successors)


class UnitInUse(Refused):
    """A unit that somebody belongs to, or that holds shares, cannot be made never to have been registered."""

    def __init__(self, name: str, *, actors: Sequence[str], numbers: Sequence[int]) -> None:
        who = [*(f"actor {actor}" for actor in actors), *(f"D-{number}" for number in numbers[:6])]
        super().__init__(f"unit {name!r} is in use by {', '.join(who)}; end it or rename it instead")
        self.name, self.actors, self.numbers = name, tuple(actors), tuple(numbers)


class ActorEnded(Refused):
    """The actor no longer acts in this register."""

    def __init__(self, actor: str, *, ended_on: date) -> None:
        super().__init__(f"actor {actor!r} ended on {ended_on}; another actor has to do this")
        self.actor, self.ended_on = actor, ended_on


class EventVoid(Refused):
    """The event was retracted before."""

    def __init__(self, stream: str, version: int, *, by_version: int) -> None:
        hint = f"retract event {by_version} to revive it"
        super().__init__(f"event {version} of {stream} is void already, by event {by_version}; {hint}")
        self.stream, self.version, self.by_version = stream, version, by_version


class NameErased(Refused):
    """The key of the name was destroyed: it is shown as erased for ever, and cannot be given anew."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"the name of {subject!r} was erased, and stays so; register another actor for a new name")
        self.subject = subject


class CommandReused(Refused):
    """A command id stands for one request; this one was used for another."""

    def __init__(self, command_id: str) -> None:
        super().__init__(f"command id {command_id!r} was used for another request; make a new id for a new request")
        self.command_id = command_id


class UnreadableDocument(Refused):
    """The bytes give no text that could be read as a notice; nothing was kept."""


class UnknownFormat(UnreadableDocument):
    """The file is of a kind that is not read; `found` says what it is."""

    def __init__(self, found: str, *, advice: str = "save it as .docx, .odt, .pdf, .html or .txt (UTF-8)") -> None:
        super().__init__(f"the file is {found}, which cannot be read; {advice}")
        self.found, self.advice = found, advice


class BrokenDocument(UnreadableDocument):
    """The file begins as one of its kind and is not one, or not whole."""

    def __init__(self, format_: str, *, why: str) -> None:
        super().__init__(f"the .{format_} file cannot be read: {why}; open it, save it anew and try again")
        self.format, self.why = format_, why


class DocumentTooLarge(UnreadableDocument):
    """The file goes beyond a limit that keeps hostile files from filling memory or time."""

    def __init__(self, what: str, *, limit: int | float, unit: str) -> None:
        super().__init__(f"the file is too large: {what}; at most {limit:,} {unit} are read: cut it, or save it anew")
        self.what, self.limit, self.unit = what, limit, unit


class ScannedDocument(UnreadableDocument):
    """The pages are pictures; there is no text in them."""

    def __init__(self, *, pages: int) -> None:
        shown = "1 page is a picture" if pages == 1 else f"{pages} pages are pictures"
        super().__init__(f"{shown} without text; get the text version from the issuer, or put it through OCR first")
        self.pages = pages


class EncryptedDocument(UnreadableDocument):
    """The file is locked by a password."""

    def __init__(self, format_: str) -> None:
        super().__init__(f"the .{format_} file is locked by a password; save a copy without one, if you may")
        self.format = format_


class SecretDocument(UnreadableDocument):
    """The paper bears a stamp of secrecy, and no register of this kind may keep it."""

    def __init__(self, stamp: str) -> None:
        super().__init__(f"the paper is stamped {stamp}; it was not kept: no register of directives may hold it")
        self.stamp = stamp


class FormatNotInstalled(UnreadableDocument):
    """The library that reads this format is not installed."""

    def __init__(self, format_: str, *, extra: str) -> None:
        super().__init__(f"to read .{format_} files, install the extra: pip install 'directives[{extra}]'")
        self.format, self.extra = format_, extra


class Misuse(DirectivesError):
    """The call itself is wrong, whatever the register holds."""


class NaiveDatetime(Misuse):
    """A time without a zone could be any of several instants."""

    def __init__(self, value: object) -> None:
        super().__init__(f"{value} has no time zone; give an aware datetime, such as 2021-09-30T17:00+07:00")
        self.value = value


class BadValue(Misuse):
    """A value of the wrong form; `expected` says what would do."""

    def __init__(self, what: str, value: object, *, expected: str) -> None:
        super().__init__(f"{what}: {value!r} will not do; expected {expected}")
        self.what, self.value, self.expected = what, value, expected


class UnknownCountry(Misuse):
    """The `holidays` package knows no country of this code."""

    def __init__(self, country: str) -> None:
        super().__init__(f"No public holidays are known for {country!r}: use a code such as 'VN', or no country")
        self.country = country


class ActorNeeded(Misuse):
    """Every write says who acts."""

    def __init__(self) -> None:
        super().__init__("who acts? give by= an actor or the id of a registered one")


class NothingToDo(Misuse):
    """The command, as given, would change nothing."""

    def __init__(self, command: str, *, give: str) -> None:
        super().__init__(f"{command}: nothing to do; give {give}")
        self.command, self.give = command, give


class Conflict(DirectivesError):
    """Not now: somebody else was there first, or the server is away. Read again, then try again."""


class Busy(Conflict):
    """Another writer kept the register locked for longer than the wait allowed."""

    def __init__(self, *, waited_seconds: float) -> None:
        super().__init__(f"the register is busy: another writer held it for more than {waited_seconds:g} s; try again")
        self.waited_seconds = waited_seconds


class Stale(Conflict):
    """The directive changed since it was read."""

    def __init__(self, number: int, *, expected: int, actual: int) -> None:
        super().__init__(f"D-{number} is at version {actual}, not {expected}: it changed; read it again")
        self.number, self.expected, self.actual = number, expected, actual


class Unreachable(Conflict):
    """The database server went away, is not there, or cannot serve now.

    `in_doubt` tells that it went away between being asked to commit and its answer: the commit may have been kept.
    """

    def __init__(self, where: str, *, why: str = "", in_doubt: bool = False) -> None:
        then = (
            "whether the last command was kept is not known: send it again under the same id"
            if in_doubt
            else "try again"
        )
        super().__init__(f"the database server of {where} cannot be reached{why and f' ({why})'}; {then}")
        self.where, self.why, self.in_doubt = where, why, in_doubt


class StoreError(DirectivesError):
    """The place where the register is kept cannot serve it."""


class RegisterMissing(StoreError):
    """There is no register at this place."""

    def __init__(self, where: str, *, why: str = "") -> None:
        super().__init__(f"there is no register at {where}{why and f': {why}'}; create one first")
        self.where, self.why = where, why


class NotARegister(StoreError):
    """Something else is at this place, or it is left as it was found."""

    def __init__(self, where: str, *, why: str) -> None:
        super().__init__(f"{where} is not a register: {why}; it was left as it is")
        self.where, self.why = where, why


class NewerFormat(StoreError):
    """A newer version of this software wrote it."""

    def __init__(self, where: str, *, found: int | str, known: int | str) -> None:
        super().__init__(f"{where} is of format {found}, this version reads up to {known}; upgrade the software")
        self.where, self.found, self.known = where, found, known


class ReadOnlyStore(StoreError):
    """The register can only be read where it lies, or by whoever asks."""

    def __init__(
        self, where: str, *, give: str = "make the file and its folder writable, or copy it elsewhere"
    ) -> None:
        super().__init__(f"{where} is read-only; {give}")
        self.where = where


class DamagedStore(StoreError):
    """The bytes are not what the store wrote; restore a backup."""

    def __init__(self, where: str, *, why: str) -> None:
        super().__init__(f"{where} is damaged: {why}; nothing was changed: restore a backup")
        self.where, self.why = where, why


class StoreFull(StoreError):
    """There was no room; nothing was written."""

    def __init__(self, where: str) -> None:
        super().__init__(f"no room left for {where}; nothing was written: free space, then try again")
        self.where = where


class UnknownStore(StoreError):
    """No store answers to this URL."""

    def __init__(self, url: str, *, known: Sequence[str]) -> None:
        super().__init__(f"no store is known for {url!r}; known are {', '.join(known)}")
        self.url, self.known = url, tuple(known)


class StoreClosed(StoreError):
    """The register was closed, or opened before a fork."""

    def __init__(self, why: str = "the register is closed; open it again") -> None:
        super().__init__(why)


class UnreadableEvent(StoreError):
    """An event of this type or these bytes is not known to this version."""

    def __init__(self, position: int, type_: str, *, why: str) -> None:
        super().__init__(f"event {position} ({type_}) cannot be read: {why}")
        self.position, self.type, self.why = position, type_, why


class CheckFailed(DirectivesError):
    """What was verified does not hold; `problems` lists the findings."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


def _shown(number: int | str) -> str:
    return f"D-{number}" if isinstance(number, int) else repr(number)
