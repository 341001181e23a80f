"""Personal passages of free text: marked where they are typed, kept sealed, opened where they are shown.

Whoever writes a text, reason, note or report puts double brackets around what names a person: `[[Nguyễn Văn A]]`, or
`[[a12: Nguyễn Văn A]]` with an id of the writer's choice in front, under which the same person's passages are erased
together. What is stored, hashed and copied is `[[sealed:person:a12:…]]`: the passage encrypted under the key of its
subject (see `directives_core.sealed`), which is bound to it. `[[actor:hoa: chị Hoa]]` belongs to the name of an actor.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from directives_core.errors import BadValue
from directives_core.event import Event
from directives_core.language import Phrase
from directives_core.sealed import Sealed, not_opened, open_sealed, seal
from directives_core.store import Row
from directives_core.values import Frozen, as_fields, as_json, replace

__all__ = [
    "CLOSED", "Mark", "blanked", "closed_text", "has_marks", "mapped", "marks_of", "open_json", "open_text",
    "opened_events", "opened_rows", "outside", "sealed_passage", "subjects_in", "subjects_of", "unmarked",
]  # fmt: skip

CLOSED = "[sealed]"
"""What stands for a passage where nobody may open it, such as in an evidence pack."""

_BEGIN, _END = "[[", "]]"
_MARK = re.compile(r"\[\[([^\[\]]*)\]\]")
_WITH_SUBJECT = re.compile(r"((?:actor:)?[A-Za-z][A-Za-z0-9._-]{0,63}):\s*(.+)\Z", re.DOTALL)
_TOKEN = re.compile(r"\[\[sealed:((?:person|actor):[^\s:\[\]\"\\]+):([A-Za-z0-9+/]+={0,2})\]\]")
_NONCE_BYTES = 12

Mark = tuple[str | None, str]
"""A marked passage: the subject that its writer named, such as `person:a12`, if any; and what is to be sealed."""
Keys = Callable[[set[str]], Mapping[str, bytes]]
"""Gives the keys of those subjects whose key still exists."""


# -------------------------------------------------------------------------------------------------------------- marks


def has_marks(value: object) -> bool:
    """Whether there is a mark, or a passage that is sealed already, in any text of the value."""
    if isinstance(value, str):
        return _BEGIN in value
    if isinstance(value, Frozen) and _BEGIN.encode() not in as_json(value):  # at every event, and hardly ever so
        return False
    return any(map(has_marks, _inner(value)))


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, Frozen):
        return as_fields(value).values()
    if isinstance(value, dict):
        return (*value, *value.values())
    return value if isinstance(value, tuple | list) else ()


def marks_of(text: str) -> Iterator[tuple[re.Match[str], Mark]]:
    """The marks of a text that somebody typed.

    Raises:
        BadValue: a mark is empty, is not closed, or has the form of what is sealed already; it does not repeat it.
    """
    for found in _MARK.finditer(text):
        given = _WITH_SUBJECT.match(found[1].strip())
        subject, passage = (given[1], given[2].strip()) if given else (None, found[1].strip())
        if not passage:
            raise BadValue("passage", "[[]]", expected=Phrase("what is personal between the brackets"))
        if subject == "sealed" or found[1].strip().startswith("sealed:"):
            raise BadValue("passage", "[[sealed: …]]", expected=Phrase("the passage itself; sealed ones are not typed"))
        if subject is not None and not subject.startswith("actor:"):
            subject = f"person:{subject}"
        yield found, (subject, passage)
    if _BEGIN in _MARK.sub("", text):
        raise BadValue("passage", "[[…", expected=Phrase("]] at the end of what is personal, and no brackets in it"))


def unmarked(value: Any) -> Any:
    """The value with every passage as if it had never been marked."""

    def plain(text: str, _: str) -> str:
        pieces, end = [], 0
        for found, (_subject, passage) in marks_of(text):
            pieces += [text[end : found.start()], passage]
            end = found.end()
        return "".join([*pieces, text[end:]])

    return mapped(value, plain)


def blanked(value: Any) -> Any:
    """The value with nothing in its marks: from what is kept of a request, no passage can be guessed and confirmed."""
    return mapped(value, lambda text, _: _MARK.sub("[[…]]", text))


def mapped(value: Any, change: Callable[[str, str], str], name: str = "") -> Any:
    """The value with every text that has a mark changed; the same object where nothing is.

    Args:
        value: a text, a model, or what JSON consists of.
        change: gets a text and the field that it stands in, by `Class.field` within a model.
        name: the field that the value itself stands in.
    """
    if isinstance(value, str):
        return change(value, name) if _BEGIN in value else value
    if isinstance(value, Frozen):
        known = as_fields(value)
        fields = {
            field: mapped(inner, change, f"{type(value).__name__}.{field}")
            for field, inner in known.items()
            if not isinstance(inner, Sealed)
        }
        fields = {field: inner for field, inner in fields.items() if inner is not known[field]}
        return replace(value, **fields) if fields else value
    if isinstance(value, dict):
        pairs = {mapped(key, change, f"{name}.key"): mapped(inner, change, name) for key, inner in value.items()}
        return value if all(value.get(key) is inner for key, inner in pairs.items()) else pairs
    if isinstance(value, tuple | list):
        items = [mapped(inner, change, name) for inner in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else type(value)(items)
    return value


# ------------------------------------------------------------------------------------------------------------ sealing


def sealed_passage(passage: str, subject: str, key: bytes) -> str:
    """What is stored in the place of a passage."""
    sealed = seal(passage, subject, key)
    box = b64encode(b64decode(sealed.nonce) + b64decode(sealed.box)).decode()
    return f"[[sealed:{subject}:{box}]]"


def outside(text: str, change: Callable[[str], str]) -> str:
    """The text with what stands between its sealed passages changed, and these as they are."""
    pieces, end = [], 0
    for token in _TOKEN.finditer(text):
        pieces += [change(text[end : token.start()]), token[0]]
        end = token.end()
    return "".join([*pieces, change(text[end:])])


def subjects_in(text: str) -> set[str]:
    """The subjects of the passages that are sealed in a stored text."""
    return {found[1] for found in _TOKEN.finditer(text)} if _BEGIN in text else set()


def subjects_of(event: Event) -> set[str]:
    """The subjects of everything that is sealed in an event: names, notices, passages."""
    found: set[str] = set()

    def look(text: str, _: str) -> str:
        found.update(subjects_in(text))
        return text

    mapped(event.payload, look)
    mapped(event.envelope, look)
    values = as_fields(event.payload).values()
    return found | {value.subject for value in values if isinstance(value, Sealed)}


# ------------------------------------------------------------------------------------------------------------ opening


def open_text(text: str, keys: Mapping[str, bytes]) -> str:
    """The text with every passage opened, or `[erased]` or `[key not here]` in its place.

    Raises:
        DamagedStore: a key does not fit a passage: one of the two was changed.
    """
    return _TOKEN.sub(lambda token: _opened(token, keys), text) if _BEGIN in text else text


def open_json(text: str, keys: Mapping[str, bytes]) -> str:
    """As `open_text`, for a text that is JSON."""
    if _BEGIN not in text:
        return text
    return _TOKEN.sub(lambda token: json.dumps(_opened(token, keys), ensure_ascii=False)[1:-1], text)


def closed_text(text: str) -> str:
    """The text with `[sealed]` in the place of every passage."""
    return _TOKEN.sub(CLOSED, text)


def _opened(token: re.Match[str], keys: Mapping[str, bytes]) -> str:
    subject, box = token.groups()
    if subject not in keys:
        return not_opened(subject, keys)
    data = b64decode(box + "=" * (-len(box) % 4))
    nonce, box = b64encode(data[:_NONCE_BYTES]).decode(), b64encode(data[_NONCE_BYTES:]).decode()
    return open_sealed(Sealed(subject=subject, nonce=nonce, box=box), keys)


def opened_events(events: Iterable[Event], keys: Keys) -> list[Event]:
    """The events with their passages opened, to be shown; what is stored stays sealed."""
    found = list(events)
    marked = [event for event in found if has_marks(event.payload) or has_marks(event.envelope)]
    if not marked:
        return found
    known = keys({subject for event in marked for subject in subjects_of(event)})

    def opened(event: Event) -> Event:
        payload, envelope = (mapped(part, lambda text, _: open_text(text, known)) for part in _parts(event))
        return replace(event, payload=payload, envelope=envelope)

    positions = {event.position for event in marked}
    return [opened(event) if event.position in positions else event for event in found]


def opened_rows(rows: Iterable[Row], keys: Keys) -> list[Row]:
    """Rows of the timeline with their passages opened, to be shown."""
    found = list(rows)
    marked = {row.state for row in found if _BEGIN in row.state}
    if not marked:
        return found
    known = keys({subject for state in marked for subject in subjects_in(state)})
    return [row._replace(state=open_json(row.state, known)) for row in found]


def _parts(event: Event) -> tuple[Any, Any]:
    return event.payload, event.envelope
