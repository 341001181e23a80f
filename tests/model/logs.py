"""Random logs of one directive, as papers of several days reach an office, and the moments at which to look at them.

The logs are well formed (positions, versions, days, fresh share numbers, no retraction of what is void) but not
sensible: much in them would never have been decided, and the fold has to make the best of it all the same.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from directives_core.directive import events as ev
from directives_core.event import Envelope, Event, Payload, Retracted
from directives_core.recurrence import Recurrence

STREAM = "directive:1"
WINDOW = tuple(dt.date(2021, 9, 30) + dt.timedelta(days=n) for n in range(7))  # a month and a quarter begin in it
DUES = tuple(dt.date(2021, 10, day) for day in (1, 4, 8, 31))
HOURS = (None, dt.time(10), dt.time(17))
UNITS = ("u-1", "u-2", "u-3")
CLASS = "UBND các xã, thị trấn"
RULES = (
    Recurrence(every="month", day=22),
    Recurrence(every="month", day=1),
    Recurrence(every="month", day=31),
    Recurrence(every="week", day=1),
    Recurrence(every="week", day=5),
    Recurrence(every="quarter", day=31),
    Recurrence(every="half-year", month=4, day=15),
    Recurrence(every="year", day=31),
)
#: Of other rules, long past or far ahead; the period next due is added to them.
PERIODS = ("2021-10", "2021-Q4", "2021-H2", "2021", "2021-09", "2021-11", "2021-10-04", "2021-10-08", "2020", "2021-13")
NAMING_SHARES = (
    ev.Acknowledged, ev.Declined, ev.Returned, ev.Completed, ev.Reopened, ev.Suspended, ev.Resumed, ev.Withdrawn,
    ev.Superseded, ev.ExtensionRequested, ev.ExtensionRefused, ev.Extended, ev.DeadlineSet, ev.Reported, ev.Reminded,
    ev.Explained,
)  # fmt: skip
NAMING_PERIODS = tuple(one for one in NAMING_SHARES if "period" in one.__struct_fields__)
KINDS = (
    *NAMING_SHARES, ev.Reported, ev.Extended, ev.Completed, ev.Amended, ev.Allocated, ev.HandedOver, ev.HandedOver,
    Retracted, Retracted, Retracted, ev.Noted, ev.Labelled, ev.Linked,
)  # fmt: skip
#: What is said next about the same shares and the same period, a good part of the time: few such pairs meet by chance.
ANSWERS: dict[type[Payload], tuple[type[Payload], ...]] = {
    ev.Declined: (ev.Reopened, ev.Acknowledged),
    ev.Reported: (ev.Returned, ev.Completed, ev.Suspended, ev.Reported),
    ev.Returned: (ev.Reported, ev.Completed),
    ev.Completed: (ev.Reopened, ev.Completed),
    ev.Withdrawn: (ev.Reopened,),
    ev.Superseded: (ev.Reopened,),
    ev.Suspended: (ev.Resumed, ev.Withdrawn),
    ev.Reopened: (ev.Reported, ev.Completed),
    ev.ExtensionRequested: (ev.Extended, ev.ExtensionRefused, ev.DeadlineSet),
    ev.Extended: (ev.DeadlineSet, ev.Extended),
}


@st.composite
def directive_logs(draw: st.DrawFn) -> list[Event]:
    """Return the events of one directive, Assigned first; about a third happened before the day they were recorded."""
    growing = Log(draw)
    growing.assign()
    for _ in range(draw(st.integers(0, 14))):
        growing.go_on()
    return growing.events


def moments(events: Sequence[Event]) -> list[tuple[dt.date, int]]:
    """Return every (day, position) that can differ: a day and a position further at both ends."""
    one = dt.timedelta(days=1)
    first, last = min(e.effective_on for e in events), max(e.effective_on for e in events)
    days = [first + n * one for n in range(-1, (last - first).days + 2)]
    positions = [0, *(e.position for e in events), events[-1].position + 1]
    return [(day, position) for day in days for position in positions]


class Log:
    """A log that grows by one drawn event at a time."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.events: list[Event] = []
        self.today = 0  # the day of recording, by its place in the window
        self.given = 0  # the last share number given, void events included
        self.rules: list[Recurrence] = []  # those that the directive ever had

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def rarely(self) -> bool:
        return self.draw(st.integers(0, 5)) == 5

    # How an event gets its place.

    def assign(self) -> None:
        self.today = self.draw(st.integers(0, 2))
        opened = tuple(self.new_share() for _ in range(self.draw(st.integers(1, 3))))
        payload = ev.Assigned(text="Báo cáo kết quả", path="I.1", shares=opened, deadline=self.terms())
        self.append(payload, WINDOW[self.draw(st.integers(0, self.today))])

    def go_on(self) -> None:
        self.today = min(self.today + self.one_of(0, 0, 1), len(WINDOW) - 1)
        asked = [e.payload for e in self.events if type(e.payload) in ANSWERS]
        question: Any = self.draw(st.sampled_from(asked[::-1])) if asked and self.one_of(False, True) else None
        kind = self.draw(st.sampled_from(ANSWERS[type(question)] if question else KINDS))
        if kind is Retracted:
            named = self.draw(st.sampled_from(self.not_void()))
            self.append(Retracted(version=named.version), named.effective_on)
            return
        first = WINDOW.index(self.events[0].effective_on)
        late = self.one_of(False, True)  # though perhaps of today all the same
        day = WINDOW[self.draw(st.integers(first, self.today)) if late else self.today]
        self.append(self.payload(kind, day, question), day)

    def append(self, payload: Payload, day: dt.date) -> None:
        version = len(self.events) + 1
        position = (self.events[-1].position if self.events else 0) + self.one_of(1, 1, 2, 3)
        morning = dt.datetime.combine(WINDOW[self.today], dt.time(1), dt.UTC)
        envelope = Envelope(actor="a-1", role="office", command_id=f"c-{version}", reason="theo văn bản")
        recorded_at = morning + dt.timedelta(minutes=position)
        self.events.append(Event(STREAM, version, position, recorded_at, day, envelope, payload))

    def not_void(self) -> list[Event]:
        """Return what can be retracted, the latest first, so that small logs retract what they last said."""
        void = set() if self.rarely() else {1}  # a directive that does not exist has little to show
        found = []
        for event in reversed(self.events):
            if event.version in void:
                continue
            found.append(event)
            if isinstance(event.payload, Retracted):
                void.add(event.payload.version)
        return found or self.events[:1]

    # What it says.

    def payload(self, kind: type[Payload], day: dt.date, question: Any) -> Payload:
        if kind in NAMING_SHARES:
            shares = question.shares if question else self.shares()
            period = {"period": question.period} if getattr(question, "period", None) else self.period()
            return kind(shares=shares, **(period if kind in NAMING_PERIODS else {}), **self.details(kind, day))
        return {
            ev.Allocated: self.allocated,
            ev.HandedOver: self.handed_over,
            ev.Amended: self.amended,
            ev.Noted: lambda: ev.Noted(text="ghi chú"),
            ev.Labelled: lambda: ev.Labelled(labels={self.one_of("field", "officer"): self.one_of("a", "b", None)}),
            ev.Linked: lambda: ev.Linked(relation=self.one_of("duplicate", "parent"), target=self.one_of(2, "khac/3")),
        }[kind]()

    def details(self, kind: type[Payload], day: dt.date) -> dict[str, Any]:
        if kind is ev.Reported:
            return {"text": "báo cáo", "result": self.one_of(True, False)}
        if kind is ev.Explained:
            return {"text": "giải trình"}
        if kind is ev.Superseded:
            return {"successor": 2}
        if kind in (ev.Extended, ev.DeadlineSet):
            return {"due_on": self.one_of(*DUES, dt.date(2021, 12, 31)), "due_time": self.one_of(*HOURS)}
        if kind is ev.Completed and self.rarely():
            first = WINDOW.index(self.events[0].effective_on)
            return {"delivered_on": WINDOW[self.draw(st.integers(first, WINDOW.index(day)))]}
        return {}

    def period(self) -> dict[str, str]:
        """Name a period where the directive has had a rule, mostly the one next due; elsewhere hardly ever."""
        if not self.rules:
            return {"period": self.one_of(*PERIODS)} if self.rarely() and self.rarely() else {}
        if self.rarely():
            return {}
        rule = self.rules[-1]
        next_due = rule.period_of(rule.due_on_or_after(self.events[0].effective_on))
        return {"period": self.one_of(*PERIODS) if self.rarely() else next_due}

    def share(self) -> int:
        """Name any number given so far, and at times the next one, which a later event may open."""
        return self.draw(st.integers(1, self.given + 1))

    def shares(self) -> tuple[int, ...]:
        return tuple(self.draw(st.lists(st.integers(1, self.given + 1), min_size=1, max_size=3, unique=True)))

    def terms(self) -> ev.DeadlineTerms:
        """Return a deadline of any sort; an amended one is mostly of the sort that it was."""
        recurs = self.one_of(False, False, True) if not self.events or self.rarely() else bool(self.rules)
        if recurs:
            rule = self.draw(st.sampled_from(RULES))
            self.rules.append(rule)
            return ev.DeadlineTerms(wording="hằng kỳ", recurrence=rule, due_time=self.one_of(*HOURS))
        due_on = self.one_of(None, *DUES)
        return ev.DeadlineTerms(wording="thời hạn", due_on=due_on, due_time=due_on and self.one_of(*HOURS))

    def fresh(self) -> int:
        self.given += 1
        return self.given

    def new_share(self) -> ev.NewShare:
        if self.rarely():
            return ev.NewShare(number=self.fresh(), wording=CLASS)
        return ev.NewShare(number=self.fresh(), unit=self.one_of(*UNITS))

    def allocated(self) -> ev.Allocated:
        classes = [share.number for event in self.events for share in opened_by(event.payload) if share.unit is None]
        share = self.one_of(None, self.share(), *classes)
        return ev.Allocated(share=share, opened=tuple(self.new_share() for _ in range(self.draw(st.integers(1, 2)))))

    def handed_over(self) -> ev.HandedOver:
        triples = []
        named = st.lists(st.integers(1, self.given + 1), min_size=1, max_size=2, unique=True)
        for _ in range(self.draw(st.integers(1, 2))):
            sources, heir, child = self.draw(named), self.one_of(*UNITS), self.fresh()
            triples += [ev.Handover(share=share, heir=heir, child=child) for share in sources]
        return ev.HandedOver(handovers=tuple(self.draw(st.permutations(triples))))

    def amended(self) -> ev.Amended:
        what = self.one_of("deadline", "deadline", "units", "own")
        if what == "deadline":
            return ev.Amended(deadline=self.terms())
        if what == "units":
            return ev.Amended(units={self.share(): self.one_of(*UNITS)})
        return ev.Amended(
            text=self.one_of(None, "Báo cáo bằng văn bản"),
            kind=self.one_of(None, "report"),
            notice=self.one_of(None, "notice:1"),
            path=self.one_of(None, "I.2"),
            cooperating=self.one_of(None, (ev.Cooperating(wording="Công an huyện"),)),
            report_to=self.one_of(None, ev.Party(wording="Chủ tịch UBND huyện")),
            via=self.one_of(None, ev.Party(wording="Văn phòng", unit="u-3")),
            citations=self.one_of(None, (), (ev.Citation(number="12/KH-UBND"),)),
        )


def opened_by(payload: Payload) -> tuple[ev.NewShare, ...]:
    if isinstance(payload, ev.Assigned):
        return payload.shares
    return payload.opened if isinstance(payload, ev.Allocated) else ()


# Logs written by hand.


def log(*said: tuple[dt.date, Payload]) -> list[Event]:
    """Return events in the order in which they were learned; version and position are their place, from 1."""
    envelope = Envelope(actor="a-1", role="office", command_id="c-1")
    start = dt.datetime(2021, 11, 1, 5, tzinfo=dt.UTC)
    recorded = (start + dt.timedelta(minutes=n) for n in range(len(said)))
    places = enumerate(zip(recorded, said, strict=True), 1)
    return [Event(STREAM, n, n, at, day, envelope, payload) for n, (at, (day, payload)) in places]


def assigned(*units: str | None, **terms: Any) -> tuple[dt.date, Payload]:
    """Return what was given on 22 September; a unit of none is a class."""
    wordings = [CLASS if unit is None else None for unit in units]
    opened = zip(units, wordings, strict=True)
    shares = tuple(ev.NewShare(number=n, unit=unit, wording=wording) for n, (unit, wording) in enumerate(opened, 1))
    return dt.date(2021, 9, 22), ev.Assigned(text="Báo cáo", shares=shares, deadline=ev.DeadlineTerms(**terms))


def result(*shares: int, period: str | None = None) -> ev.Reported:
    return ev.Reported(shares=shares, period=period, result=True, text="kết quả")


def handed_over(*triples: tuple[int, str, int]) -> ev.HandedOver:
    return ev.HandedOver(handovers=tuple(ev.Handover(share=s, heir=heir, child=child) for s, heir, child in triples))
