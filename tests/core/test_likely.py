"""A filtered list is the whole list, filtered: for every random log, moment and filter."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives_adapters.memory import MemoryStore
from directives_core.codec import codec
from directives_core.directive.events import Assigned, DeadlineTerms, Extended, NewShare
from directives_core.directive.standing import Timeliness
from directives_core.directive.state import WorkState
from directives_core.event import Envelope, Event
from directives_core.moment import Moment, MomentKey
from directives_core.office.events import UnitNames
from directives_core.office.settings import Settings
from directives_core.office.state import Office, Unit
from directives_core.recurrence import Recurrence
from directives_core.store import Record
from directives_core.views.directive import DirectiveView, ShareView
from directives_core.views.view import View
from tests.core.test_timeline import table_of
from tests.model.logs import DUES, STREAM, UNITS, directive_logs, moments

STATUSES = (None, *get_args(WorkState))
TIMELINESS = (None, *get_args(Timeliness))
PAIRS = [
    (status, timeliness) for status in ("assigned", "returned") for timeliness in ("overdue", "in-time", "suspended")
]
DAYS_AROUND_DUES = [due + dt.timedelta(days=days) for due in DUES for days in (-5, -1, 0, 1)]


def kept(events: list[Event]) -> MemoryStore:
    """A store with the log, something else standing at the positions between its events, and with its timeline."""
    store = MemoryStore()
    own = {event.position: codec.encode(event) for event in events}
    others = [position for position in range(1, events[-1].position + 1) if position not in own]
    records = own | {each: Record(each, "else", n, 0, 0, "else.v1", b"{}") for n, each in enumerate(others, 1)}
    with store.write() as transaction:
        transaction.append([records[position]._replace(recorded_at=0) for position in sorted(records)])
        transaction.add_rows(table_of(events))
        transaction.set_number(int(STREAM.partition(":")[2]))
    return store


def view_of(store: MemoryStore, day: dt.date, position: int, due_soon_days: int) -> View:
    units = {unit: Unit(unit, UnitNames(name=unit)) for unit in UNITS}
    office = Office(on=day, units=units, settings=Settings(due_soon_days=due_soon_days))
    key = MomentKey("", day, position, 1, "")
    moment = Moment(day, position, dt.datetime.combine(day, dt.time(), dt.UTC), "UTC", 0, provisional=False, key=key)
    return View(moment, office, store.read, lambda: office)


def fits(directive: DirectiveView, unit: str | None, status: str | None, timeliness: str | None) -> bool:
    def is_asked_for(one: DirectiveView | ShareView) -> bool:
        return status in (None, one.status) and timeliness in (None, one.timeliness)

    own = (share for share in directive.shares if share.unit.id == unit)
    held = (share for share in own if share.status != "handed-over" or status == "handed-over")
    return is_asked_for(directive) if unit is None else any(map(is_asked_for, held))


def questions(known: set[str | None]) -> Iterator[tuple[str | None, str | None, str | None]]:
    few = [(None, each) for each in TIMELINESS] + [(each, None) for each in STATUSES]
    yield from ((unit, *each) for unit, each in product([None, *sorted(filter(None, known))], [*few, *PAIRS]))


@given(directive_logs(), st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_filtered_list_is_the_whole_list_filtered(events: list[Event], data: st.DataObject) -> None:
    store = kept(events)
    known_days = st.sampled_from([day for day, _ in moments(events)]) | st.sampled_from(DAYS_AROUND_DUES)
    position = data.draw(st.sampled_from([0, *(event.position for event in events)]) | st.just(events[-1].position))
    for day in data.draw(st.lists(known_days, min_size=4, max_size=4, unique=True)):
        view = view_of(store, day, position, data.draw(st.sampled_from([0, 1, 5])))
        whole = list(view)
        units = {share.unit.id for directive in whole for share in directive.shares}
        for asked in questions(units):
            unit, status, timeliness = asked
            found = view.directives(unit=unit, status=status, timeliness=timeliness)
            assert found == [directive for directive in whole if fits(directive, *asked)], (day, asked)


def test_a_recurring_share_with_a_day_of_its_own_is_found_by_the_days_of_its_periods() -> None:
    day, later = dt.date(2021, 9, 30), dt.date(2021, 10, 1)
    envelope = Envelope(actor="a-1", role="office", command_id="c-1")
    instant = dt.datetime(2021, 10, 1, 1, tzinfo=dt.UTC)
    terms = DeadlineTerms(recurrence=Recurrence(every="month", day=31))
    monthly = Assigned(text="Báo cáo", shares=(NewShare(number=1, unit="u-1"),), deadline=terms)
    extended = Extended(shares=(1,), due_on=later)
    events = [Event(STREAM, n, n, instant, day, envelope, payload) for n, payload in enumerate((monthly, extended), 1)]

    view = view_of(kept(events), day, 2, due_soon_days=0)

    assert [directive.number for directive in view.directives(timeliness="due-soon")] == [1]
