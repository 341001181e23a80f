"""The filters of lists: each says whether a directive fits."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypedDict

from directives_core.actor import Actor
from directives_core.moment import At
from directives_core.office.names import bare, comparable
from directives_core.office.state import Unit
from directives_core.views.directive import DirectiveView, ShareView

__all__ = ["Filters", "Fits", "LogFilters", "comes_from", "has_labels", "has_share", "says", "stands"]

Fits = Callable[[DirectiveView], bool]
"""Whether a directive fits."""

_KEY_DIGITS = 12


class Filters(TypedDict, total=False):
    """What a list can be asked for; none of a filter is the same as without it.

    Args:
        numbers: only these.
        unit: only those in which this unit, by name or id, holds a share, also one that ended; `status` and
            `timeliness` then speak of its shares instead of the whole directive.
        status: a work state, such as awaiting-acceptance.
        timeliness: such as overdue.
        notice: the number of a notice, or the beginning of its SHA-256.
        label: a key with its value, as `KEY=VALUE`, a pair or a mapping; a key alone takes any value.
        find: words that all occur in its text, reports, notes or labels; a word typed without diacritics finds any.
        after: only numbers greater than this one, to page on.
        limit: at most so many.
    """

    numbers: Sequence[int] | None
    unit: str | None
    status: str | None
    timeliness: str | None
    notice: str | None
    label: str | tuple[str, str] | Mapping[str, str] | None
    find: str | None
    after: int | None
    limit: int | None


class LogFilters(TypedDict, total=False):
    """What the log can be asked for; none of a filter is the same as without it.

    Args:
        actor: only those of this actor, by id.
        type: only those of this type: `directive.extended`, or `extended` alone.
        from_: only those recorded on this day of the register's zone or later.
        to: only those recorded on this day or earlier.
        late_days: only those entered at least so many days after they happened.
        limit: at most so many.
        known_at: only what was known at this moment.
    """

    actor: str | Actor | None
    type: str | None
    from_: dt.date | str | None
    to: dt.date | str | None
    late_days: int | None
    limit: int | None
    known_at: At


def stands(status: str | None, timeliness: str | None) -> Fits:
    """The whole directive stands so; none fits all."""
    return lambda directive: status in (None, directive.status) and timeliness in (None, directive.timeliness)


def has_share(unit: Unit, status: str | None, timeliness: str | None) -> Fits:
    """A share of the unit, not handed over, stands so."""

    def holds(share: ShareView) -> bool:
        if share.unit.id != unit.id or (share.status == "handed-over" and status != "handed-over"):
            return False
        return status in (None, share.status) and timeliness in (None, share.timeliness)

    return lambda directive: any(map(holds, directive.shares))


def comes_from(notice: str) -> Fits:
    """The directive comes from the notice of this number, or of this SHA-256."""
    return lambda directive: directive.notice is not None and directive.notice in (notice, notice[:_KEY_DIGITS])


def has_labels(label: str | tuple[str, str] | Mapping[str, str]) -> Fits:
    """The directive has all these labels; a key without a value takes any."""
    if isinstance(label, str):
        key, equals, value = label.partition("=")
        wanted: dict[str, str | None] = {key.strip(): value.strip() if equals else None}
    else:
        wanted = dict([label]) if isinstance(label, tuple) else dict(label)
    return lambda directive: all(
        key in directive.labels and value in (None, directive.labels[key]) for key, value in wanted.items()
    )


def says(words: str) -> Fits:
    """All the words occur somewhere in the directive; a word typed without diacritics finds it with any."""
    plain = [word for word in comparable(words).split() if bare(word) == word]
    accented = [word for word in comparable(words).split() if bare(word) != word]

    def fits(directive: DirectiveView) -> bool:
        text = "\n".join(_texts(directive))
        in_plain, in_accented = bare(text) if plain else "", comparable(text) if accented else ""
        return all(word in in_plain for word in plain) and all(word in in_accented for word in accented)

    return fits


def _texts(directive: DirectiveView) -> Iterator[str]:
    yield directive.text
    yield from (note["text"] for note in directive.notes)
    yield from (f"{key} {value}" for key, value in directive.labels.items())
    yield from (share.last_report.text for share in directive.shares if share.last_report)
