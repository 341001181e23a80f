"""The draft that a reader makes of a notice: what an office looks through, corrects and then records."""

from __future__ import annotations

from datetime import date as day_of_calendar
from datetime import time as time_of_day
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    ValidationError,
    model_serializer,
)

from directives_core.deadline import Alternative, Recurrence, Rule
from directives_core.errors import BadValue
from directives_core.recurrence import Every

__all__ = [
    "DraftAssignee", "DraftChair", "DraftCitation", "DraftDeadline", "DraftHeader", "DraftItem", "DraftLeftOut",
    "DraftMeeting", "Kind", "NoticeDraft", "Role", "Span", "draft_of",
]  # fmt: skip

Kind = Literal["deliverable", "report", "remedy", "standing", "one-off"]
Role = Literal["lead", "cooperating", "addressed"]
Place = Annotated[int, Field(ge=0)]


def _in_order(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError(f"a span runs from its first character to its last, and {list(span)} runs backwards")
    return span


#: Where words stand: from the first character to the one after the last, in the text as read. JSON has a 2-list.
Span = Annotated[
    tuple[Place, Place], AfterValidator(_in_order), PlainSerializer(list, return_type=list[int], when_used="json")
]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class DraftChair(_Frozen):
    """Who presided, with the offices named beside the name."""

    name: str
    roles: tuple[str, ...] = ()


class DraftMeeting(_Frozen):
    """The meeting that the notice concludes."""

    title: str | None = None
    date: day_of_calendar | None = None


class DraftHeader(_Frozen):
    """What the notice says about itself; None where it does not say."""

    title: str | None = None
    number: str | None = None
    date: day_of_calendar | None = None
    issuer: str | None = None
    chair: DraftChair | None = None
    meeting: DraftMeeting = DraftMeeting()


class DraftAssignee(_Frozen):
    """A unit that leads or cooperates, or a class of units that is addressed.

    `members` are the units that a person named for a class; the reader names none, and JSON then has no such key.
    """

    unit: str = Field(min_length=1)
    role: Role
    span: Span | None = None
    members: tuple[str, ...] = ()

    @model_serializer(mode="wrap")
    def _without_empty_members(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        dumped: dict[str, Any] = dump(self)
        if not self.members:
            del dumped["members"]
        return dumped


class DraftDeadline(_Frozen):
    """A deadline as the notice words it; `day` and `month` belong to a recurring one (see `Recurrence`)."""

    wording: str
    span: Span | None = None
    rule: Rule
    due: day_of_calendar | None = None
    time: time_of_day | None = None
    every: Every | None = None
    alternatives: tuple[Alternative, ...] = ()
    month: int | None = None
    day: int | None = None
    event: str | None = None

    @property
    def recurrence(self) -> Recurrence | None:
        """The rule of a recurring deadline whose day is written."""
        if self.every is None or self.day is None:
            return None
        return Recurrence(every=self.every, month=self.month, day=self.day)


class DraftCitation(_Frozen):
    """A document that an item rests on."""

    number: str
    date: day_of_calendar | None = None
    span: Span | None = None


class DraftItem(_Frozen):
    """One order: its words, and what rests on them. `urgency` keeps words such as "khẩn trương" that set no day."""

    path: str
    span: Span
    text: str = Field(min_length=1)
    kind: Kind = "one-off"
    assignees: tuple[DraftAssignee, ...] = ()
    deadline: DraftDeadline | None = None
    report_to: str | None = None
    via: str | None = None
    citations: tuple[DraftCitation, ...] = ()
    urgency: str | None = None
    questions: tuple[str, ...] = ()


class DraftLeftOut(_Frozen):
    """Words that order nothing, and why they were taken so."""

    span: Span
    text: str
    reason: str


class NoticeDraft(_Frozen):
    """A notice as read: nothing is recorded yet, and what the text leaves open is a question.

    `sha256` is that of the words read, whatever their spacing: however the draft is corrected, the notice is the same.
    """

    header: DraftHeader = DraftHeader()
    items: tuple[DraftItem, ...] = ()
    left_out: tuple[DraftLeftOut, ...] = ()
    questions: tuple[str, ...] = ()
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")


def draft_of(given: object) -> NoticeDraft:
    """The draft, be it given as one or as what its JSON says.

    Raises:
        BadValue: it does not have the form of a draft.
    """
    if isinstance(given, NoticeDraft):
        return given
    try:
        return NoticeDraft.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, ("draft", *first["loc"])))
        raise BadValue(where, first.get("input"), expected=first["msg"]) from error
