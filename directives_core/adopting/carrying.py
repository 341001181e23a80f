"""The rows of an old register carried into a register: all of them in one commit, or every problem with them."""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from directives_core.actor import Actor
from directives_core.adopting.columns import Mapping, SheetLike
from directives_core.adopting.duplicates import Known
from directives_core.adopting.rows import OldDirective, Read, read_rows
from directives_core.adopting.units import Leads, Units
from directives_core.deadline import read_deadline
from directives_core.deadline.dates import written_day
from directives_core.errors import (
    ActorEnded,
    ActorNeeded,
    Misuse,
    NotAllowed,
    Refused,
    SheetRefused,
    UnknownActor,
)
from directives_core.language import Phrase
from directives_core.office.state import Office
from directives_core.register import Register
from directives_core.typed import Problem

__all__ = ["LABEL", "NUMBER_LABEL", "Adopted", "adopt"]

LABEL, NUMBER_LABEL = "adopted", "old-number"
"""Labels of what was taken over: the file that it comes from, and the number that it had there."""

_DOCUMENT = re.compile(r"\d+\s*/\s*\w|\d+-\w+/\w")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Adopted:
    """What was taken over: numbers by row; rows left as duplicates with what says the same; rows that only head a part.

    `units` are those that were added, `guessed` the names that were found by a part of a registered one;
    `undated_extensions` the rows whose extension has no day of its own and counts
    from the due day.
    """

    numbers: dict[int, int]
    duplicates: dict[int, str]
    headings: tuple[int, ...]
    units: tuple[str, ...]
    guessed: dict[str, str]
    undated_extensions: tuple[int, ...]
    warnings: tuple[str, ...]
    command_id: str

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {name: getattr(self, name) for name in self.__slots__}


def adopt(
    register: Register,
    sheets: Sequence[SheetLike],
    mapping: Mapping,
    *,
    file: str,
    sha256: str,
    by: Actor | str | None,
    reason: str | None = None,
    entered_by: str | None = None,
    add_units: bool = False,
    refuse_duplicates: bool = False,
    dry_run: bool = False,
    command_id: str | None = None,
    progress: Progress | None = None,
) -> Adopted:
    """Take over every row: recorded now, effective on the days that it names, marked with the file and row.

    Args:
        register: where to.
        sheets: the spreadsheet, as it was read.
        mapping: which column says what.
        file: the file's name; it stands in the label, and in the source of every event.
        sha256: of the file.
        by: who takes it over; of the office, or the chair.
        reason: why; by default, that it was taken over from the file.
        entered_by: the login that typed it, where another one than `by`.
        add_units: register lead units that are not known, instead of refusing.
        refuse_duplicates: refuse rows that are in the file twice, or recorded already, instead of leaving them out.
        dry_run: check everything and write nothing.
        command_id: of the whole, for `undo`.
        progress: is told how many rows are done, of how many.

    Raises:
        SheetRefused: a row cannot be taken over; every problem of every row is named, and nothing was written.
        NotAllowed, ActorNeeded: the actor may not.
    """
    today = register.as_of().moment.effective_on
    read = read_rows(sheets, mapping, today=today)
    carrier = _Carrier(register, read, today, file, sha256, {
        "by": by, "reason": reason or f"taken over from {file}", "entered_by": entered_by,
    })  # fmt: skip
    wanted = carrier.sort_out(refuse_duplicates=refuse_duplicates, add_units=add_units)
    command_id = command_id or uuid.uuid4().hex
    with register.batch(command_id=command_id, dry_run=dry_run):
        if add_units:
            carrier.add_units()
        for done, (old, leads) in enumerate(wanted, 1):
            carrier.carry(old, leads)
            if progress is not None:
                progress(done, len(wanted))
        if read.problems:
            raise SheetRefused(sorted(read.problems, key=lambda problem: (problem.sheet, problem.row, problem.column)))
    return Adopted(
        carrier.numbers, carrier.duplicates, read.headings, tuple(carrier.added), carrier.units.guessed,
        tuple(carrier.undated), tuple(carrier.warnings), command_id,
    )  # fmt: skip


@dataclass(slots=True)
class _Carrier:
    """Carries rows into a register, one after another, and notes what is told of them."""

    register: Register
    read: Read
    today: dt.date
    file: str
    sha256: str
    how: dict[str, Any]
    numbers: dict[int, int] = field(default_factory=dict)
    duplicates: dict[int, str] = field(default_factory=dict)
    undated: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    added: dict[str, str] = field(default_factory=dict)
    _offices: dict[dt.date, Office] = field(default_factory=dict)
    units: Units = field(init=False)

    def __post_init__(self) -> None:
        self.units = Units(self._office_on)

    def _office_on(self, day: dt.date) -> Office:
        if day not in self._offices:
            self._offices[day] = self.register.as_of(day, known_at="now").office
        return self._offices[day]

    def sort_out(self, *, refuse_duplicates: bool, add_units: bool) -> list[tuple[OldDirective, Leads]]:
        """Find the units of every row, and leave out the duplicates."""
        known = Known(self.register.as_of())
        wanted = []
        for old in self.read.directives:
            before = len(self.read.problems)
            leads = self.units.leads(old.lead, old.assigned_on, self.read.problems)
            if len(self.read.problems) > before:
                continue
            same = known.seen(old, leads)
            if same is None:
                wanted.append((old, leads))
                continue
            self.duplicates[old.row] = same
            if refuse_duplicates:
                said = Phrase("the same words, unit and day stand in {same} already", same=_named(same))
                self.read.problems.append(Problem(self.read.sheet, old.row, "", said))
        if not add_units:
            self.units.refuse_unknown(self.read.problems)
        return wanted

    def add_units(self) -> None:
        """Register the units that nobody knows, in the order in which they were met."""
        for name in self.units.unknown:
            self.added[name] = str(self.register.add_unit(name, **self.how))

    def carry(self, old: OldDirective, leads: Leads) -> None:
        """Carry one row; what the register refuses of it is a problem of the row."""
        if leads.unknown and not self.added:
            return
        try:
            self._carry(old, leads)
        except (NotAllowed, ActorNeeded, ActorEnded, UnknownActor):  # about who acts, and so about every row
            raise
        except (Refused, Misuse) as refusal:
            said = refusal.args[0] if refusal.args else str(refusal)
            self.read.problems.append(Problem(self.read.sheet, old.row, "", said))

    def _carry(self, old: OldDirective, leads: Leads) -> None:
        words, how = old.words, {**self.how, "effective_on": old.assigned_on}
        number = self.register.assign(
            old.text, to=[*leads.units, *(self.added[name] for name in leads.unknown)], addressed=leads.classes,
            cooperating=[each.strip() for each in re.split(r"[;\n]", words.get("cooperating", "")) if each.strip()],
            due=old.due, kind=old.kind, report_to=self._unit(words.get("report_to"), old),
            via=self._unit(words.get("via"), old), **how, source=self._source(old, "source"),
        )  # fmt: skip
        self.numbers[old.row] = int(number)
        self.warnings += number.warnings
        labels: dict[str, str | None] = {**old.labels, LABEL: self.file}
        if "number" in words:
            labels[NUMBER_LABEL] = words["number"]
        self.register.label(number, labels, **how, source=self._source(old))
        if old.extended_to is not None:
            self._extend(number, old)
        self._end(number, old)
        # Words about a result that is none yet change no state, and must not be lost.
        for column in ("result", "note") if old.delivered_on is None else ("note",):
            if column in words:
                self.register.note(number, words[column], **self.how, source=self._source(old))

    def _extend(self, number: int, old: OldDirective) -> None:
        """The later deadline; where nobody wrote when it was granted, from the day on which the duty was due."""
        last = min(day for day in (old.due, old.delivered_on, self.today) if isinstance(day, dt.date))
        on = old.extended_on or max(last, old.assigned_on)
        if old.extended_on is None:
            self.undated.append(old.row)
        how = {**self.how, "effective_on": on, "source": self._source(old, "extension_source"), "all_units": True}
        if old.due is None:
            self.register.set_deadline(number, due=old.extended_to or on, **how)
        else:
            self.register.extend(number, to=old.extended_to or on, **how)

    def _end(self, number: int, old: OldDirective) -> None:
        """The result and its acceptance, or that the duty rests or was withdrawn."""
        how = {**self.how, "source": self._source(old), "all_units": True}
        if old.delivered_on is not None:
            said = old.words.get("result") or old.words.get("status") or "completed"
            document = said if _DOCUMENT.search(said) else None
            how["effective_on"] = old.delivered_on
            if not _recurs(old):  # the periods of the past are not known: what recurred has ended
                self.register.report(number, said, result=True, document=document, **how)
            self.register.complete(number, delivered_on=old.delivered_on, **how)
        elif old.status == "suspended":
            self.register.suspend(number, **how)
        elif old.status == "withdrawn":
            self.register.withdraw(number, **how)

    def _unit(self, wording: str | None, old: OldDirective) -> str | None:
        return None if wording is None else self.units.name_of(wording, old.assigned_on)

    def _source(self, old: OldDirective, column: Any = None) -> dict[str, Any]:
        """The document that a cell of the row names, else the old register itself; with the place of the row."""
        uri = f"{self.file}#{self.read.sheet}!{old.row}" if self.read.sheet else f"{self.file}#{old.row}"
        named = old.words.get(column) if column is not None else None
        if named is None:
            return {"number": self.file, "sha256": self.sha256, "uri": uri}
        if column != "source":
            return {"number": named, "uri": uri}
        issued = written_day(old.words.get("source_date", ""))
        return {"number": named, "date": issued, "issuer": old.words.get("issuer"), "uri": uri}


def _recurs(old: OldDirective) -> bool:
    read = read_deadline(old.due, anchor=old.assigned_on) if isinstance(old.due, str) else None
    return read is not None and read.recurrence is not None


def _named(same: str) -> Phrase:
    return Phrase("row {row}", row=same) if same.isdecimal() else Phrase("{number}", number=same)
