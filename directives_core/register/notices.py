"""Recording a notice: a draft, looked through by the office, becomes directives in one commit."""

import datetime as dt
import hashlib
from base64 import b64encode
from typing import Unpack

from directives_core.directive.events import Citation, DeadlineTerms
from directives_core.errors import BadValue, RecordedBefore, UnknownUnit, UnknownUnits
from directives_core.notice import (
    NoticeItem,
    NoticeRecorded,
    NoticeWords,
    notice_key,
    notice_stream,
    read_notice_events,
    words_stream,
)
from directives_core.office.events import UnitNames
from directives_core.office.names import find_unit
from directives_core.reader.corrections import corrections_of
from directives_core.reader.draft import DraftHeader, DraftItem, NoticeDraft
from directives_core.register.actors import sealed_subjects
from directives_core.register.assigning import Assignment, assign
from directives_core.register.deadlines import terms_of_draft
from directives_core.register.door import Door
from directives_core.register.how import How, as_day_or_none, checked, text_or_none
from directives_core.register.offices import register_unit
from directives_core.register.work import Work
from directives_core.results import Numbers
from directives_core.sealed import ERASED, Sealed, new_key, seal

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
            how: see `How`; `effective_on` is by default the meeting's day, else the notice's date, else today.

        Raises:
            RecordedBefore: this file is a notice already.
            UnknownUnits: lead units are not registered; nothing was written.
            BadValue: the draft has no items, or does not have the form of one.
        """
        read: NoticeDraft = checked("draft", NoticeDraft, draft)
        if not read.items:
            raise BadValue("draft", "no items", expected="at least one directive; nothing in the text was read as one")
        given_date, notice_number = as_day_or_none("date", date), text_or_none("number", number)
        digest = _sha256(read, document, text)
        header = read.header
        held_on = header.meeting.date or given_date or header.date
        filled = {**how, "effective_on": how.get("effective_on") or held_on}
        said = {
            "sha256": digest, "number": notice_number, "date": given_date, "meeting": meeting,
            "add_units": add_units, "draft": hashlib.sha256(read.model_dump_json().encode()).hexdigest(),
        }  # fmt: skip

        def carry_out(work: Work) -> Numbers:
            from directives_core.reader.notice import read_notice  # the grammar costs more than all the rest to import

            role = work.allow()
            _not_recorded(work, digest, read.sha256)
            key = notice_key(notice_number or header.number, digest)
            _known_units(work, read, add_units=add_units)
            assigned = [assign(work, _assignment(work, item, key, header)) for item in read.items]
            items = tuple(
                NoticeItem(path=item.path, directive=number) for item, number in zip(read.items, assigned, strict=True)
            )
            recorded = NoticeRecorded(
                sha256=digest, number=notice_number or header.number, date=given_date or header.date,
                issuer=header.issuer, title=header.title, meeting_title=header.meeting.title,
                meeting_on=header.meeting.date, meeting=meeting,
                chair=_sealed(work, digest, header.chair.name) if header.chair else None,
                chair_roles=header.chair.roles if header.chair else (),
                document=_sealed(work, digest, b64encode(document).decode()) if document is not None else None,
                text=_sealed(work, digest, text) if text is not None else None, items=items,
                corrections=corrections_of(read_notice(text), read) if text is not None else (),
            )  # fmt: skip
            work.add(notice_stream(digest), recorded, role)
            if read.sha256 is not None:
                work.add(words_stream(read.sha256), NoticeWords(sha256=digest), role)
            return Numbers((item.directive for item in items), work.told())

        return self._write("record a notice", said, filled, carry_out)


def _sha256(draft: NoticeDraft, document: bytes | None, text: str | None) -> str:
    """What names the notice: the file, else the text as read, else the draft itself."""
    if document is not None:
        return hashlib.sha256(document).hexdigest()
    if text is not None:
        return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return draft.sha256 or hashlib.sha256(draft.model_dump_json().encode()).hexdigest()


def _not_recorded(work: Work, digest: str, words: str | None) -> None:
    """Refuse a file that is a notice already, and one that holds the very words of a notice."""
    digests = [digest]
    if words is not None:
        earlier = work.session.stream(words_stream(words))
        digests += [event.payload.sha256 for event in earlier if isinstance(event.payload, NoticeWords)]
    for each in digests:
        known = read_notice_events(work.session.stream(notice_stream(each)))
        if known is not None:
            numbers = [item.directive for item in known.recorded.items]
            raise RecordedBefore(known.key, on=known.effective_on, numbers=numbers)


def _known_units(work: Work, draft: NoticeDraft, *, add_units: bool) -> None:
    """Register the lead units that are not known, or refuse them all at once."""
    unknown: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(a.unit for item in draft.items for a in item.assignees if a.role == "lead"):
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
