"""Recording a notice: a draft, looked through by the office, becomes directives in one commit."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from directives_core.directive.events import Citation, DeadlineTerms
from directives_core.errors import (
    BadValue,
    DraftOfAnotherFile,
    NotConcerned,
    RecordedBefore,
    UnknownUnit,
    UnknownUnits,
)
from directives_core.language import Phrase
from directives_core.notice import (
    Notice,
    NoticeItem,
    NoticeRecorded,
    NoticeSelected,
    NoticeWords,
    notice_key,
    notice_stream,
    read_notice_events,
    words_stream,
)
from directives_core.office.events import UnitNames
from directives_core.office.names import find_unit
from directives_core.passages import blanked, unmarked
from directives_core.register.actors import sealed_subjects
from directives_core.register.assigning import Assignment, assign
from directives_core.register.deadlines import terms_of_draft
from directives_core.register.door import Door
from directives_core.register.how import How, as_day_or_none, text_or_none
from directives_core.register.offices import register_unit
from directives_core.register.selecting import open_question, select
from directives_core.register.work import Work
from directives_core.results import Numbers
from directives_core.sealed import ERASED, Sealed, new_key, seal
from directives_core.values import as_json, replace

if TYPE_CHECKING:
    from directives_core.reader.draft import DraftHeader, DraftItem, NoticeDraft

__all__ = ["NoticeWrites"]


class NoticeWrites(Door):
    """The commands on notices. All take the keywords of `How`."""

    def record_notice(
        self,
        draft: NoticeDraft,
        *,
        add_units: bool = False,
        number: str | None = None,
        date: dt.date | str | None = None,
        meeting: str | None = None,
        document: bytes | None = None,
        text: str | None = None,
        only_for: str | None = None,
        rest: bool = False,
        **how: Unpack[How],
    ) -> Numbers:
        """Record a notice and its directives in one commit; the result is their numbers, in the order of the items.

        Args:
            draft: what the reader made of the notice, corrected where it was wrong.
            add_units: register lead units that are not known yet, instead of refusing.
            number: the notice's number, where the text does not say it, such as 123/TB-UBND.
            date: the notice's date, where the text does not say it.
            meeting: the name of the meeting that it concludes.
            document: the file as it came; recorded once.
            text: the text as read.
            only_for: a unit; only what it leads, helps with, or is meant by as the member of a class is recorded. The
                other items are counted and named in a warning, and can be recorded later, for another unit or as
                `rest`.
            rest: record what earlier recordings for single units left.
            how: see `How`; `effective_on` is by default the meeting's day, else the notice's date, else today.

        Raises:
            RecordedBefore: this file is a notice already, or what was asked for is recorded of it.
            NotConcerned: no item concerns the unit.
            DraftOfAnotherFile: the draft was read from other words than those of the text.
            UnknownUnits: lead units are not registered; nothing was written.
            BadValue: the draft has no items, or does not have the form of one.
        """
        from directives_core.reader.draft import draft_of

        read = draft_of(draft)
        if not read.items:
            raise BadValue(
                "draft", "no items", expected=Phrase("at least one directive; nothing in the text was read as one")
            )
        given_date, notice_number = as_day_or_none("date", date), text_or_none("number", number)
        digest = _sha256(read, document, text)
        header = read.header
        held_on = header.meeting.date or given_date or header.date
        filled = {**how, "effective_on": how.get("effective_on") or held_on}
        said = {
            "sha256": digest, "number": notice_number, "date": given_date, "meeting": meeting,
            "add_units": add_units, "draft": _digest(read),
            **({"only_for": only_for, "rest": rest} if only_for or rest else {}),
        }  # fmt: skip

        def carry_out(work: Work) -> Numbers:
            role = work.allow()
            corrections = _corrections(text, read) if text is not None else ()
            known = _known_before(work, digest, read.sha256)
            chosen, selected = _chosen(work, read, known, only_for=only_for, rest=rest)
            key = known.key if known else notice_key(notice_number or header.number, digest)
            items = _assigned(work, read, chosen, key, add_units=add_units)
            if known is not None and selected is not None:
                _warn_of_others(work, read, selected)
                later = replace(selected, items=items, corrections=_of_items(corrections, chosen))
                work.add(notice_stream(known.recorded.sha256), later, role)
                return Numbers((item.directive for item in items), work.told())
            recorded = NoticeRecorded(
                sha256=digest, number=notice_number or header.number, date=given_date or header.date,
                issuer=header.issuer, title=header.title, meeting_title=header.meeting.title,
                meeting_on=header.meeting.date, meeting=meeting,
                chair=_sealed(work, digest, header.chair.name) if header.chair else None,
                chair_roles=header.chair.roles if header.chair else (),
                document=_sealed(work, digest, b64encode(document).decode()) if document is not None else None,
                text=_sealed(work, digest, text) if text is not None else None, items=items,
                corrections=corrections if selected is None else _of_items(corrections, chosen),
            )  # fmt: skip
            work.add(notice_stream(digest), recorded, role)
            if read.sha256 is not None:
                work.add(words_stream(read.sha256), NoticeWords(sha256=digest), role)
            if selected is not None:
                _warn_of_others(work, read, selected)
                work.add(notice_stream(digest), selected, role)
            return Numbers((item.directive for item in items), work.told())

        return self._write("record a notice", said, filled, carry_out)


def _sha256(draft: NoticeDraft, document: bytes | None, text: str | None) -> str:
    """What names the notice: the file, else the text as read, else the draft itself."""
    if document is not None:
        return hashlib.sha256(document).hexdigest()
    if text is not None:
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return draft.sha256 or _digest(draft)


def _digest(draft: NoticeDraft) -> str:
    """A hash of the draft that confirms no guess at what is marked as personal in it."""
    return hashlib.sha256(as_json(blanked(draft.model_dump(mode="json")))).hexdigest()


def _known_before(work: Work, digest: str, words: str | None) -> Notice | None:
    """The notice that this file, or another file of the very same words, was recorded as."""
    digests = [digest]
    if words is not None:
        earlier = work.session.stream(words_stream(words))
        digests += [event.payload.sha256 for event in earlier if isinstance(event.payload, NoticeWords)]
    known = (read_notice_events(work.session.stream(notice_stream(each))) for each in digests)
    return next((notice for notice in known if notice is not None), None)


def _chosen(
    work: Work, read: NoticeDraft, known: Notice | None, *, only_for: str | None, rest: bool
) -> tuple[tuple[DraftItem, ...], NoticeSelected | None]:
    """The items to be recorded now, and, where those are not all, what is to be kept of the choice.

    Raises:
        RecordedBefore: there is nothing left to record.
        NotConcerned: no item concerns the unit.
    """
    before = {item.path for item in known.recorded.items} if known else set()
    items = tuple(item for item in read.items if item.path not in before)
    if known is not None and not (known.left and items and (only_for or rest)):
        raise _recorded_before(known)
    if only_for is None:
        return items, NoticeSelected() if known else None
    unit = find_unit(work.office, only_for, on=work.on)
    if not select(work.office, read.items, unit, on=work.on).items:
        raise NotConcerned(unit.name, items=len(read.items))
    selection = select(work.office, items, unit, on=work.on)
    if known is not None and not selection.items:
        raise _recorded_before(known)
    for path, wording in selection.open_classes.items():
        work.session.warn(Phrase("{path}: {asked}", path=path, asked=open_question(unit, wording)))
    return selection.items, NoticeSelected(only_for=(unit.id,), left=tuple(item.path for item in selection.others))


def _recorded_before(known: Notice) -> RecordedBefore:
    numbers = [item.directive for item in known.recorded.items]
    return RecordedBefore(known.key, on=known.effective_on, numbers=numbers, left=len(known.left))


def _warn_of_others(work: Work, read: NoticeDraft, selected: NoticeSelected) -> None:
    """Count and name the items that concern other units."""
    if selected.left:
        said = "not recorded, as other units are meant: {paths} ({n} of {all} items)"
        work.session.warn(Phrase(said, n=len(selected.left), all=len(read.items), paths=list(selected.left)))


def _assigned(
    work: Work, read: NoticeDraft, chosen: Sequence[DraftItem], key: str, *, add_units: bool
) -> tuple[NoticeItem, ...]:
    """Make the items directives, in order."""
    _known_units(work, chosen, add_units=add_units)
    return tuple(
        NoticeItem(path=item.path, directive=assign(work, _assignment(work, item, key, read.header))) for item in chosen
    )


def _corrections(text: str, recorded: NoticeDraft) -> tuple[str, ...]:
    """What a person corrected; that a passage was marked as personal is no correction.

    Raises:
        DraftOfAnotherFile: the draft was read from other words.
    """
    from directives_core.reader.corrections import corrections_of
    from directives_core.reader.draft import draft_of
    from directives_core.reader.notice import read_notice  # the grammar costs more than all the rest to import

    read = read_notice(text)
    if recorded.sha256 is not None and read.sha256 is not None and recorded.sha256 != read.sha256:
        raise DraftOfAnotherFile(draft=recorded.sha256, file=read.sha256)
    return corrections_of(read, draft_of(unmarked(recorded.model_dump())))


def _of_items(corrections: tuple[str, ...], chosen: Sequence[DraftItem]) -> tuple[str, ...]:
    """The corrections of the items that are recorded now, and of the header."""
    begins = tuple(f"{item.path}: " for item in chosen)
    return tuple(each for each in corrections if each.startswith((*begins, "header: ")))


def _known_units(work: Work, items: Sequence[DraftItem], *, add_units: bool) -> None:
    """Register the lead units, and named members of classes, that are not known, or refuse them all at once."""
    unknown: dict[str, tuple[str, ...]] = {}
    assignees = [assignee for item in items for assignee in item.assignees]
    for name in dict.fromkeys(n for a in assignees for n in ((a.unit,) if a.role == "lead" else a.members)):
        try:
            find_unit(work.office, name, on=work.on)
        except UnknownUnit as error:
            if add_units:
                register_unit(work, UnitNames(name=name), since=None)
            else:
                unknown[name] = error.nearest
    if unknown:
        raise UnknownUnits(unknown, on=work.on)


def _assignment(work: Work, item: DraftItem, notice: str, header: DraftHeader) -> Assignment:
    def of_role(role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(assignee.unit for assignee in item.assignees if assignee.role == role))

    leads, addressed = of_role("lead"), of_role("addressed")
    if not leads and not addressed:
        addressed = ("(no unit named)",)
    terms = DeadlineTerms(wording=item.urgency)
    if item.deadline is not None:
        anchor = header.meeting.date or header.date
        terms = terms_of_draft(work, item.deadline, anchor=anchor, issued=header.date)
    return Assignment(
        text=item.text, due=terms, to=leads, addressed=addressed, cooperating=of_role("cooperating"),
        report_to=item.report_to, via=item.via, kind=item.kind, notice=notice, path=item.path,
        citations=tuple(Citation(number=cited.number, date=cited.date) for cited in item.citations),
        warnings=item.questions,
        members=tuple((assignee.unit, assignee.members) for assignee in item.assignees if assignee.members),
    )  # fmt: skip


def _sealed(work: Work, digest: str, value: str) -> Sealed:
    """A value of the notice that can name people, sealed under the notice's own key."""
    subject = f"notice:{digest}"
    key = work.session.key(subject)
    if key is None:
        if subject in sealed_subjects(work.session, notice_stream(digest)):  # it was erased, and stays so
            return seal(ERASED, subject, new_key())
        key = new_key()
        work.session.add_key(subject, key)
    return seal(value, subject, key)
