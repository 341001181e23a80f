"""What the text of an item leaves open, asked so that a secretary can act on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from directives_core.deadline import FoundDeadline
from directives_core.folding import fold_words
from directives_core.language import Phrase
from directives_core.reader.draft import DraftAssignee, DraftHeader, DraftItem

__all__ = ["questions_about", "questions_of", "undated"]

_WORDS = 12
_DAILY = re.compile(r"(?<!\w)(?:hằng|hàng|mỗi) ngày(?!\w)")
_MOVES = re.compile(r"(?:lùi|gia hạn|kéo dài|điều chỉnh)(?: \w+){0,2} (?:thời hạn|thời gian|tiến độ)|gia hạn|lùi thời")


def questions_of(
    text: str, leads: Sequence[DraftAssignee], chosen: FoundDeadline | None, found: Sequence[FoundDeadline]
) -> tuple[str, ...]:
    """Return the open points of one item, each naming the words it is about."""
    asked = []
    if not leads:
        asked.append(Phrase("Who is to do this? No unit is named for “{begin}”", begin=_begin(text)))
    if chosen is not None:
        deadline = chosen.deadline
        asked += [
            Phrase("“{wording}”: {warning}", wording=deadline.wording, warning=warning) for warning in deadline.warnings
        ]
        if deadline.due is None and not deadline.warnings:
            what = (
                Phrase("it waits for “{event}”", event=deadline.event)
                if deadline.event
                else Phrase("no day is written")
            )
            asked.append(Phrase("“{wording}”: {what}; on which day is it due?", wording=deadline.wording, what=what))
    if chosen is None and (daily := _DAILY.search(fold_words(text))) is not None:
        asked.append(
            Phrase("“{wording}”: a duty of every day has no due day; follow it without one?", wording=daily[0])
        )
    asked += [
        Phrase(
            "A second deadline stands in the same order: “{wording}”; split the order, or leave it out?",
            wording=other.deadline.wording,
        )
        for other in found
        if chosen is not None and other.span != chosen.span
    ]
    return tuple(dict.fromkeys(asked))


def undated(item: DraftItem, words: str) -> DraftItem:
    """Keep what a column of deadlines says without setting a day, and ask for the day where figures stand in it."""
    if item.deadline is not None or not words:
        return item
    asked = item.questions
    if any(letter.isdecimal() for letter in words):
        asked += (
            Phrase("“{wording}”: {what}; on which day is it due?", wording=words, what=Phrase("no day is written")),
        )
    return item.model_copy(update={"urgency": item.urgency or words, "questions": asked})


def questions_about(
    header: DraftHeader, *, is_notice: bool, items: int, left_out: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return the open points of the notice as a whole."""
    asked = [
        Phrase("A decision seems to move a deadline; record it as an extension? “{begin}”", begin=_begin(words))
        for words in left_out
        if _MOVES.search(fold_words(words))
    ]
    if not is_notice:
        asked.append(
            Phrase("This does not read like a conclusion notice: neither its title nor “kết luận như sau” was found")
        )
    if not items:
        asked.append(Phrase("No order was found: is this the right document?"))
    if is_notice:
        if header.meeting.date is None:
            asked.append(Phrase("On which day was the meeting? No day stands in the introduction"))
        if header.chair is None:
            asked.append(Phrase("Who presided? No name is tied to the conclusion"))
        if header.issuer is None:
            asked.append(Phrase("Who issued the notice? Neither a letterhead nor a closing sentence names the issuer"))
        if header.number is None:
            asked.append(Phrase("Which number does the notice have?"))
    return tuple(asked)


def _begin(text: str) -> str:
    words = text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
