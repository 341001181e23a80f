"""Random work on a register: all that an office can do, sensible or not, and what has to hold after each step."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import structs

from directives_core.directive.evolve import fold, visible
from directives_core.errors import DirectivesError
from directives_core.event import Event, Retracted
from directives_core.testing import Clock
from directives_core.timeline import directives_in, to_days
from directives_core.views.why import DIRECTIVE_FIELDS
from tests.conftest import new_register
from tests.core.test_timeline import in_words_of_the_model
from tests.model import naive
from tests.model.standing import stands
from tests.register.given import (
    AUDITOR,
    CAN_KHE_CLERK,
    CHAIR,
    CLASS,
    MONTHLY,
    NOI_VU_CLERK,
    OFFICE,
)

DAYS = [dt.date(2021, 9, 27) + dt.timedelta(days=n) for n in range(12)]
DUES = [None, DAYS[4], DAYS[6], DAYS[8], MONTHLY, "2021-02-30"]
UNITS = ["u2", "u3", "u4"]
"""Of the district, of Cán Khê and of Nội vụ, by id: their names change."""
ON_PAPER = {"by": OFFICE, "reason": "theo đề nghị", "source": "15/TB-UBND"}
"""Who may do everything but accept the work of the office itself."""
WHO: list[dict[str, Any]] = [ON_PAPER] * 12 + [
    {"by": OFFICE}, {"by": CHAIR, "reason": "theo đề nghị"}, {"by": CHAIR}, {"by": CAN_KHE_CLERK, "reason": "mưa lũ"},
    {"by": NOI_VU_CLERK}, {"by": AUDITOR, "reason": "x"}, {"by": "nobody"},
]  # fmt: skip
CLERK = structs.replace(OFFICE, id="thu-ky")
"""Who closes the meetings, and never undoes that."""
WHOSE: list[dict[str, Any]] = [{"all_units": True}] * 5 + [{}, {"unit": "u3"}, {"unit": "u4"}, {"unit": UNITS}]

later = st.sampled_from(DAYS[3:])
several = st.sampled_from([["u2"], ["u3"], ["u4"], ["u2", "u3"], ["u4", "u2"], []])
text = st.sampled_from(["Đang làm", "Đã nộp"])
Draw = Callable[[st.SearchStrategy[Any]], Any]

COMMANDS: dict[str, Callable[[Any, Any, Draw, dict[str, Any]], Any]] = {
    "acknowledge": lambda r, n, draw, how: r.acknowledge(n, **how),
    "decline": lambda r, n, draw, how: r.decline(n, **how),
    "report": lambda r, n, draw, how: r.report(n, draw(text), result=draw(st.booleans()), **how),
    "report a result": lambda r, n, draw, how: r.report(n, draw(text), result=True, **how),
    "request": lambda r, n, draw, how: r.request_extension(n, to=draw(later | st.none()), **how),
    "extend": lambda r, n, draw, how: r.extend(n, to=draw(later), **how),
    "refuse": lambda r, n, draw, how: r.refuse_extension(n, **how),
    "set a deadline": lambda r, n, draw, how: r.set_deadline(n, due=draw(later), **how),
    "remind": lambda r, n, draw, how: r.remind(n, **how),
    "explain": lambda r, n, draw, how: r.explain(n, draw(text), **how),
    "note": lambda r, n, draw, how: r.note(n, draw(text), **how),
    "return": lambda r, n, draw, how: r.return_(n, **how),
    "complete": lambda r, n, draw, how: r.complete(
        n, delivered_on=draw(st.none() | st.none() | st.sampled_from(DAYS)), **how
    ),
    "reopen": lambda r, n, draw, how: r.reopen(n, **how),
    "suspend": lambda r, n, draw, how: r.suspend(n, **how),
    "resume": lambda r, n, draw, how: r.resume(n, **how),
    "withdraw": lambda r, n, draw, how: r.withdraw(n, **how),
    "supersede": lambda r, n, draw, how: r.supersede(n, by_number=draw(st.sampled_from([1, 2, "khac/3"])), **how),
    "hand over": lambda r, n, draw, how: r.hand_over(n, to=draw(several), **how),
}
OF_THE_WHOLE: dict[str, Callable[[Any, Any, Draw, dict[str, Any]], Any]] = {
    "allocate": lambda r, n, draw, how: r.allocate(n, to=draw(several), **how),
    "amend the deadline": lambda r, n, draw, how: r.amend(n, due=draw(st.sampled_from([*DUES, "none"])), **how),
    "amend a unit": lambda r, n, draw, how: r.amend(
        n, units={draw(st.integers(1, 4)): draw(st.sampled_from(UNITS))}, **how
    ),
    "label": lambda r, n, draw, how: r.label(n, {"field": draw(st.sampled_from(["đất", "rừng", None]))}, **how),
    "link": lambda r, n, draw, how: r.link(n, "continues", draw(st.sampled_from([1, 2, "khac/3"])), **how),
}


class RegisterMachine(RuleBasedStateMachine):
    """The register against the naive model. `late` is whether papers arrive late and events are retracted."""

    url = "memory:"
    late = True

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock("2021-09-30T08:00+07:00")
        self.register = new_register(self.url, self.clock)
        self.events: list[Event] = list(self.register.events())
        self.shown: dict[Any, list[Any]] = {}

    def teardown(self) -> None:
        self.register.close()

    # ------------------------------------------------------------------------------------------------- what is done

    @initialize(units=st.lists(st.sampled_from(UNITS), min_size=1, unique=True), due=st.sampled_from(DUES[:-1]))
    def there_are_directives(self, units: list[str], due: Any) -> None:
        on = dt.date(2021, 9, 28) if self.late else None
        self.attempt(lambda: self.register.assign("Rà soát", to=units, due=due, effective_on=on, by=OFFICE))
        self.attempt(lambda: self.register.assign("Báo cáo", to="u3", due=DAYS[6], effective_on=on, by=CHAIR))

    @rule(hours=st.sampled_from([24, 16, 48, 5, -30, 24]))
    def time_goes_on_and_the_clock_at_times_back(self, hours: int) -> None:
        self.clock.tick(3600 * hours)

    @precondition(lambda self: len(self.streams()) < 3)
    @rule(data=st.data(), due=st.sampled_from(DUES))
    def something_is_assigned(self, data: st.DataObject, due: Any) -> None:
        units = data.draw(st.lists(st.sampled_from([*UNITS, CLASS]), max_size=2))
        who = {"addressed": units} if CLASS in units else {"to": units}
        self.attempt(lambda: self.register.assign("Báo cáo", due=due, **who, **self.how(data.draw)))

    @rule(data=st.data(), commands=st.lists(st.sampled_from(sorted(COMMANDS)), min_size=2, max_size=6))
    def things_are_done_one_after_another(self, data: st.DataObject, commands: list[str]) -> None:
        for command in commands:
            self.attempt(self.command(data.draw, command))

    @rule(data=st.data(), commands=st.lists(st.sampled_from(sorted(OF_THE_WHOLE)), min_size=1, max_size=2))
    def things_are_done_with_a_whole(self, data: st.DataObject, commands: list[str]) -> None:
        for command in commands:
            self.attempt(self.of_the_whole(data.draw, command))

    @rule(data=st.data(), dry=st.booleans())
    def several_things_are_done_in_one_commit(self, data: st.DataObject, dry: bool) -> None:
        commands = data.draw(st.lists(st.sampled_from(sorted(COMMANDS)), min_size=2, max_size=4))

        def all_of_them() -> None:
            with self.register.batch(by=OFFICE, dry_run=dry):
                for command in commands:
                    try:
                        self.command(data.draw, command)()
                    except DirectivesError:
                        if data.draw(st.integers(0, 4)) == 4:
                            raise

        before = self.position
        self.attempt(all_of_them)
        assert not dry or self.position == before

    @precondition(lambda self: self.late)
    @rule(data=st.data(), by=st.sampled_from([OFFICE, OFFICE, CHAIR, CAN_KHE_CLERK]))
    def something_is_retracted(self, data: st.DataObject, by: Any) -> None:
        number = data.draw(self.numbers())
        last = len(self.streams().get(f"directive:{number}", ()))
        version = last + 1 - data.draw(st.sampled_from([1, 2, 3, 1, 2, last, 0, 4, 2, 1]))
        self.attempt(lambda: self.register.retract(number, version, reason="nhầm", by=by))

    @precondition(lambda self: self.late)
    @rule(by=st.sampled_from([OFFICE, OFFICE, CHAIR, NOI_VU_CLERK]))
    def the_last_command_of_somebody_is_undone(self, by: Any) -> None:
        self.attempt(lambda: self.register.undo(by=by))

    @precondition(lambda self: len(self.shown) < 3)
    @rule(days=st.integers(0, 3))
    def a_meeting_is_closed(self, days: int) -> None:
        name = f"GB-{len(self.shown)}"
        today = self.register.as_of().moment.effective_on
        self.register.close_meeting(name, on=today - dt.timedelta(days=days), by=CLERK)
        self.take_in(None)
        self.shown[name] = self.everything(name)

    @rule(data=st.data(), days=st.integers(0, 3))
    def a_unit_or_a_setting_changes(self, data: st.DataObject, days: int) -> None:
        on = self.register.as_of().moment.effective_on - dt.timedelta(days=days * self.late)
        change = data.draw(st.integers(0, 2))
        if change == 0:
            soon = data.draw(st.integers(0, 9))
            self.attempt(lambda: self.register.change_settings(
                changes={"due_soon_days": soon}, effective_on=on, by=OFFICE
            ))  # fmt: skip
        elif change == 1:
            name = f"Phòng {data.draw(st.integers(1, 3))}"
            self.attempt(lambda: self.register.rename_unit("u4", name, effective_on=on, by=OFFICE))
        else:
            members = data.draw(st.lists(st.sampled_from(UNITS), unique=True))
            self.attempt(lambda: self.register.define_class(CLASS, members=members, effective_on=on, by=OFFICE))

    # ------------------------------------------------------------------------------------------------ what is drawn

    def numbers(self) -> st.SearchStrategy[Any]:
        last = len(self.streams())
        odd = ["1/2", "1/3", "2/1", "1/1@2021-10", "1@2021-09", "1@2021-10", last + 1]
        return st.sampled_from([*range(1, last + 1)] * 9 + odd + [1])

    def how(self, draw: Draw) -> dict[str, Any]:
        how = dict(draw(st.sampled_from(WHO)))
        if self.late and draw(st.integers(0, 2)) == 0:
            today = self.register.as_of().moment.effective_on
            how["effective_on"] = today - dt.timedelta(days=draw(st.sampled_from([0, 1, 1, 2, 3, -1, 2, 1])))
        return how

    def command(self, draw: Draw, command: str) -> Callable[[], Any]:
        number, how = draw(self.numbers()), {**self.how(draw), **draw(st.sampled_from(WHOSE))}
        if command == "note":
            how.pop("all_units", None)
        return lambda: COMMANDS[command](self.register, number, draw, how)

    def of_the_whole(self, draw: Draw, command: str) -> Callable[[], Any]:
        number, how = draw(self.numbers()), self.how(draw)
        if not self.late:  # by default a correction holds from the assignment on
            how["effective_on"] = self.register.as_of().moment.effective_on
        return lambda: OF_THE_WHOLE[command](self.register, number, draw, how)

    # ------------------------------------------------------------------------------------------------ what must hold

    @property
    def position(self) -> int:
        return self.register.as_of().moment.position

    def attempt(self, write: Callable[[], Any]) -> None:
        """Carry it out; a refusal is one of ours, and leaves nothing behind."""
        before = self.position
        try:
            result = write()
        except DirectivesError:
            assert self.position == before
        else:
            self.take_in(result)

    def take_in(self, result: Any) -> None:
        """The new events follow on the old ones, act on what they name, and their writer was told what they undid."""
        earlier = self.streams()
        new = list(self.register.events(after=len(self.events)))
        self.events += new
        assert [event.position for event in self.events] == list(range(1, len(self.events) + 1))
        stamps = [event.recorded_at for event in self.events]
        assert stamps == sorted(stamps)
        if result is not None:
            assert list(result.positions) == [event.position for event in new]
        now = self.streams()
        for event in new:
            if event.stream.startswith("directive:") and not isinstance(event.payload, Retracted):
                acted = fold(visible(now[event.stream]))[1].get(event.version, ())
                named = set(getattr(event.payload, "shares", ()) if "assigned" not in event.type else ())
                assert acted or len(new) > 1
                assert set(acted) >= named or 0 in acted or len(new) > 1
        if result is not None:
            self.told(result, earlier, now)

    def told(self, result: Any, earlier: dict[str, list[Event]], now: dict[str, list[Event]]) -> None:
        told = {(lost.number, lost.version) for lost in result.without_effect}
        for stream, events in earlier.items():
            number, last = int(stream.partition(":")[2]), self.events[-1].position
            before, after = (naive.effects(each, dt.date.max, last) for each in (events, now[stream]))
            retractions = {event.version for event in events if isinstance(event.payload, Retracted)}
            lost = {version for version, effect in before.items() if effect and after.get(version) is False}
            assert {(number, version) for version in lost - retractions} <= told

    def streams(self) -> dict[str, list[Event]]:
        found = defaultdict(list)
        for event in self.events:
            if event.stream.startswith("directive:"):
                found[event.stream].append(event)
        return found

    @rule(day=st.sampled_from(DAYS), data=st.data())
    def the_register_is_what_the_model_says_at_any_moment(self, day: dt.date, data: st.DataObject) -> None:
        self.compare(day, data.draw(st.integers(1, len(self.events))))

    @rule(field=st.sampled_from(sorted(DIRECTIVE_FIELDS)), day=st.sampled_from(DAYS))
    def every_field_was_set_by_an_event(self, field: str, day: dt.date) -> None:
        for directive in self.register.as_of(day, known_at="now"):
            why = self.register.why(directive.number, field, at=day, known_at="now")
            if field != "last_report":
                assert why.value == getattr(directive, field)
            assert why.entry.effective_on <= day
            assert why.entry.void_by is None
            assert str(why)

    @invariant()
    def the_register_is_what_the_model_says_now(self) -> None:
        self.compare(self.register.as_of().moment.effective_on, len(self.events))

    def compare(self, day: dt.date, position: int) -> None:
        view = self.register.as_of(day, known_at=position)
        assert (view.moment.effective_on, view.moment.position) == (day, position)
        with self.register._store.read() as transaction:
            rows = list(transaction.rows_at(effective_to=to_days(day), to_position=position))
        in_table = dict(directives_in(rows))
        soon = view.office.settings.due_soon_days
        there = []
        for stream, events in self.streams().items():
            number = int(stream.partition(":")[2])
            expected = naive.replay(events, day, position)
            assert in_words_of_the_model(in_table.get(number)) == expected
            if expected is not None:
                there.append(number)
                shown = view[number]
                assert {share.share: share.unit.id for share in shown.shares} == {
                    share: fields["unit"] for share, fields in expected.items() if share
                }
                if not any(fields.get("recurs") for fields in expected.values()):
                    assert stands(expected, day, soon) == (
                        shown.status, shown.timeliness, shown.due_on, shown.completed_on,
                        [(s.status, s.timeliness, s.due_on, s.delivered_on, s.extensions) for s in shown.shares],
                    )  # fmt: skip
        assert [directive.number for directive in view] == sorted(there)
        figures = view.figures()
        assert figures.total.total == len(there) == sum(figures.total.as_json().values()) - figures.total.total

    @invariant()
    def what_a_meeting_saw_it_sees_for_ever(self) -> None:
        for name, shown in self.shown.items():
            assert self.everything(name) == shown

    def everything(self, at: Any) -> list[Any]:
        view = self.register.as_of(at)
        return [[directive.as_json() for directive in view], view.figures(by="unit").as_json(), view.moment.key]

    @invariant()
    def without_late_papers_every_event_has_its_effect(self) -> None:
        if not self.late:
            for stream, events in self.streams().items():
                assert all(naive.effects(events, dt.date.max, len(self.events)).values()), stream
