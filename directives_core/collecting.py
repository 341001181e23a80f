"""Collecting what units filled in: the reports of several forms as one commit, or all that is wrong with them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from directives_core.errors import DirectivesError, Refused, SheetRefused
from directives_core.language import Phrase, Word, _
from directives_core.register import Register
from directives_core.results import Number
from directives_core.views.history import HistoryEntry
from directives_core.views.view import View

__all__ = ["Collected", "FilledForm", "FilledRow", "Place", "Wrong", "collect", "read_name"]

_CHANGES_NOTHING = frozenset({
    "directive.reminded", "directive.explained", "directive.noted", "directive.labelled", "directive.linked",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file, its sheet, the row from 1, the letters of the column; as far as it is known."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        row = _("row {row}").format(row=self.row) if self.row else ""
        cell = f"{self.column}{self.row}" if self.column else row
        return ": ".join(filter(None, (self.file, self.sheet, cell)))


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a form, with what to do."""

    place: Place
    said: str

    @property
    def phrase(self) -> Phrase:
        """Where and what, as one sentence."""
        return Phrase("{place}: {said}", place=str(self.place), said=self.said)

    def as_json(self) -> dict[str, Any]:
        """What is wrong as JSON has it."""
        return {**asdict(self.place), "said": str(self.said)}


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What a unit wrote about one share, or one period of it.

    `version` is that of the directive when the form was made. `on` is the day on which it happened, as far as told.
    """

    place: Place
    number: int
    share: int
    period: str | None
    version: int
    text: str
    result: bool
    percent: float | None = None
    on: date | None = None
    document: str | None = None

    @property
    def name(self) -> str:
        """As it is typed: 12/3 or 12/3@2021-10."""
        return f"{self.number}/{self.share}" + (f"@{self.period}" if self.period else "")


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that came back: whose it is, of which register, and what was filled in."""

    file: str
    register_id: str
    unit: str
    position: int
    rows: tuple[FilledRow, ...]

    @property
    def id(self) -> str:
        """The same for the same content, however the file was saved."""
        said = [
            [r.name, r.version, r.text, r.result, r.percent, r.on.isoformat() if r.on else None, r.document]
            for r in sorted(self.rows, key=lambda row: row.name)
        ]
        content = json.dumps([self.register_id, self.unit, self.position, said], ensure_ascii=False)
        return _hash(content)


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of it: the reports written, under which command id, and the rows that were taken in before."""

    reports: tuple[Number, ...]
    command_id: str
    before: tuple[FilledRow, ...]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def read_name(name: str) -> tuple[int, int, str | None]:
    """Directive, share and period of a name such as 12/3@2021-10.

    Raises:
        ValueError: it is none.
    """
    whole, _, period = name.partition("@")
    number, _, share = whole.partition("/")
    return int(number), int(share), period or None


def collect(
    register: Register, forms: Sequence[FilledForm], *, how: Mapping[str, Any], dry_run: bool = False
) -> Collected:
    """Write the reports of all forms in one commit, or none of them.

    A row is refused if something was recorded since the form was made that bears on its share: its state, its
    deadline, its holder or its wording. Reminders, notes, labels and links do not, nor does what other units did.

    Args:
        register: the register that the forms were made from.
        forms: what came back.
        how: the keyword arguments of every report; an `effective_on` holds for rows that name no day.
        dry_run: check and tell everything, keep nothing.

    Raises:
        SheetRefused: a form is of another register, or rows cannot be taken; all of them are listed.
        Stale: something was recorded while the forms were read; try again.
    """
    wrong: list[Wrong] = []
    wanted: list[FilledRow] = []
    before: list[FilledRow] = []
    histories: dict[int, list[HistoryEntry]] = {}
    view = register.as_of()
    for form in _each_once(view, forms, wrong):
        for row in form.rows:
            history = _history(register, row, histories, wrong)
            if any(_is_this(entry, row) for entry in history):
                before.append(row)
            elif history:
                wanted.append(row)
                wrong += [*_moved_on(row, history), *_of_others(form, row, view)]
    wrong += _twice(wanted)
    wrong = wrong or list(_refusals(register, wanted, how))
    if wrong:
        raise SheetRefused(wrong)
    versions = {number: history[-1].version for number, history in histories.items()}
    command_id = f"form-{_hash(repr(([form.id for form in forms], sorted(versions.items()))))}"
    reports: list[Number] = []
    if wanted:
        with register.batch(dry_run=dry_run, command_id=command_id):
            for row in wanted:
                reports.append(_report(register, row, {**how, "if_version": versions[row.number]}))
                versions[row.number] += 1
    return Collected(tuple(reports), command_id, tuple(before))


def _each_once(view: View, forms: Iterable[FilledForm], wrong: list[Wrong]) -> Iterator[FilledForm]:
    """The forms of this register, the same content once."""
    seen: set[str] = set()
    for form in forms:
        if form.register_id != view.moment.key.register_id:
            other = Phrase("the form was made from another register, {register}", register=form.register_id)
            wrong.append(Wrong(Place(form.file), other))
        elif form.position > view.moment.position:
            ahead = Phrase(
                "the form was made at position {position}, the register ends at {last}: was it restored from a backup?",
                position=form.position, last=view.moment.position,
            )  # fmt: skip
            wrong.append(Wrong(Place(form.file), ahead))
        elif form.id not in seen:
            seen.add(form.id)
            yield form


def _of_others(form: FilledForm, row: FilledRow, view: View) -> Iterator[Wrong]:
    """What a mark was changed to: the hash in it guards against slips, and nobody reports for another unit by it."""
    shares = view[row.number].shares if row.number in view else ()
    if not any(share.share == row.share and share.unit.id == form.unit for share in shares):
        yield Wrong(row.place, Phrase("D-{name} is no duty of the unit whose form this is", name=row.name))


def _history(
    register: Register, row: FilledRow, histories: dict[int, list[HistoryEntry]], wrong: list[Wrong]
) -> list[HistoryEntry]:
    """What happened to the directive of a row, read once; nothing where there is none."""
    if row.number not in histories:
        try:
            histories[row.number] = register.history(row.number)
        except Refused as error:
            wrong.append(Wrong(row.place, error.args[0]))
            return []
    return histories[row.number]


def _is_this(entry: HistoryEntry, row: FilledRow) -> bool:
    """Whether an event since the form was made is the report of this very row: the form was taken in before."""
    if entry.type != "directive.reported" or entry.version <= row.version or entry.void_by is not None:
        return False
    payload = entry.payload
    said = (row.period, row.text, row.result, row.percent, row.document)
    recorded = tuple(payload[name] for name in ("period", "text", "result", "percent", "document"))
    return list(payload["shares"]) == [row.share] and recorded == said and row.on in (None, entry.effective_on)


def _twice(wanted: Iterable[FilledRow]) -> Iterator[Wrong]:
    """The rows that are about what another row is about."""
    first: dict[str, Place] = {}
    for row in wanted:
        if row.name in first:
            also = Phrase("D-{name} is filled in at {place} too", name=row.name, place=str(first[row.name]))
            yield Wrong(row.place, also)
        first.setdefault(row.name, row.place)


def _moved_on(row: FilledRow, history: Sequence[HistoryEntry]) -> Iterator[Wrong]:
    since = [entry for entry in history if entry.version > row.version and _bears_on(entry, row, history)]
    if since:
        told = Phrase.joined([_told(entry) for entry in since], between=", ")
        why = Phrase("D-{name} moved on since the form was made: {events}; make a new form", name=row.name, events=told)
        yield Wrong(row.place, why)


def _told(entry: HistoryEntry) -> Phrase:
    return Phrase(
        "{event} on {day} by {actor} (event {version})",
        event=Word(entry.type.removeprefix("directive."), "event"), day=entry.effective_on,
        actor=entry.actor.name, version=entry.version,
    )  # fmt: skip


def _bears_on(entry: HistoryEntry, row: FilledRow, history: Sequence[HistoryEntry]) -> bool:
    """Whether an event has something to do with the share, or the period of it, that a row is about."""
    if entry.void_by is not None or not entry.effect or entry.type in _CHANGES_NOTHING:
        return False
    if entry.type == "retracted":  # of what the form rested on; what came after it counts for itself
        named = next((each for each in history if each.version == entry.payload["version"]), None)
        return named is not None and named.version <= row.version and _names(named, row)
    return _names(entry, row)


def _names(entry: HistoryEntry, row: FilledRow) -> bool:
    payload = entry.payload
    match entry.type:
        case "directive.handed-over":
            return any(each["share"] == row.share for each in payload["handovers"])
        case "directive.allocated":
            return bool(payload["share"] == row.share)
        case _:
            period = payload.get("period")
            of_period = period is None or row.period is None or period == row.period
            return of_period and row.share in (payload.get("shares") or (row.share,))


def _refusals(register: Register, wanted: Sequence[FilledRow], how: Mapping[str, Any]) -> Iterator[Wrong]:
    """What the register would refuse, each row for itself; nothing is kept."""
    with register.batch(dry_run=True):
        for row in wanted:
            try:
                _report(register, row, how)
            except DirectivesError as error:
                yield Wrong(row.place, error.args[0])


def _report(register: Register, row: FilledRow, how: Mapping[str, Any]) -> Number:
    given = dict(how)
    if row.on is not None:
        given["effective_on"] = row.on
    if row.period is not None:
        given["period"] = row.period
    return register.report(
        f"{row.number}/{row.share}", row.text, result=row.result, percent=row.percent, document=row.document, **given
    )
