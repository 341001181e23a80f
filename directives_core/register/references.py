"""How people name a directive: 12, D-12, 12/3, 12/3@2021-10, or a notice's number and the path of an item."""

import re

from msgspec import Struct

from directives_core.errors import BadValue, UnknownNotice
from directives_core.language import Phrase
from directives_core.log import Log
from directives_core.notice import NoticeRecorded, read_notice_events
from directives_core.store import ReadTransaction

__all__ = ["Reference", "as_number", "read_reference", "resolve_notice_item"]

_NUMBER = re.compile(r"(?:[Dd]-?)?(\d{1,9})(?:/([1-9]\d{0,5}))?(?:@([0-9QH-]{4,10}))?\Z", re.ASCII)


class Reference(Struct, frozen=True):
    """A directive by its number, or by notice and path; with it a share and a period, where they were named."""

    number: int | None = None
    share: int | None = None
    period: str | None = None
    notice: str | None = None
    path: str | None = None


def read_reference(value: int | str) -> Reference:
    """Read what was typed.

    Raises:
        BadValue: it names no directive.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        if value > 0:
            return Reference(number=int(value))
    elif isinstance(value, str):
        if (found := _NUMBER.match(value.strip())) and int(found[1]) > 0:
            share = int(found[2]) if found[2] else None
            return Reference(number=int(found[1]), share=share, period=found[3])
        notice, colon, path = value.strip().rpartition(":")
        if colon and notice and path:
            return Reference(notice=notice.strip(), path=path.strip())
    raise BadValue(
        "number", value, expected=Phrase("a directive such as 12, D-12, 12/3, 12/3@2021-10 or 123/TB-UBND:II.11.1")
    )


def as_number(value: int | str) -> int | None:
    """The number alone; none where the directive is named by its notice."""
    return read_reference(value).number


def resolve_notice_item(transaction: ReadTransaction, log: Log, reference: Reference) -> int:
    """The directive that an item of a notice became.

    Raises:
        UnknownNotice: there is no such notice, or it has no item at this path.
    """
    known: list[str] = []
    for event in log.walk(transaction, types=(NoticeRecorded.stored_type,)):
        notice = read_notice_events(log.stream(transaction, event.stream))
        if notice is None:
            continue
        known.append(notice.key)
        if reference.notice in (notice.key, notice.recorded.sha256):
            paths = {item.path: item.directive for item in notice.recorded.items}
            if reference.path in paths:
                return paths[reference.path]
            raise UnknownNotice(notice.key, path=reference.path, known=list(paths))
    raise UnknownNotice(str(reference.notice), known=known)
