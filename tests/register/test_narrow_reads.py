"""What is read narrowly under the lock is what reading everything would find: duties left behind, units in use."""

import datetime as dt
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from directives_core.errors import UnitInUse
from directives_core.views.succession import left_behind
from tests.register.given import OFFICE
from tests.register.machine import UNITS, RegisterMachine


class NarrowReads(RegisterMachine):
    """Random work of an office whose units end and are succeeded."""

    @rule(unit=st.sampled_from(UNITS[1:]), days=st.integers(0, 3))
    def a_unit_ends(self, unit: str, days: int) -> None:
        on = self.register.as_of().moment.effective_on - dt.timedelta(days=days)
        self.attempt(lambda: self.register.end_unit(unit, effective_on=on, by=OFFICE))
        self.attempt(lambda: self.register.succeed_units(unit, successors="u2", by=OFFICE))

    @invariant()
    def the_duties_left_behind_are_those_of_all_rows(self) -> None:
        view = self.register.as_of()

        every = list(left_behind(view.rows(), view.office, view.moment.effective_on))

        assert self.register.left_behind() == every

    @invariant()
    def a_unit_is_in_use_by_the_directives_that_name_it_in_any_row(self) -> None:
        view = self.register.as_of()
        rows = list(view.rows())
        for unit in UNITS:
            holding = tuple(dict.fromkeys(row.directive for row in rows if row.unit == unit))
            assert self.in_use(unit) == holding

    def in_use(self, unit: str) -> tuple[int, ...]:
        registered = next(e for e in self.register.log(type="unit.registered") if e.payload["unit"] == unit)
        try:
            with self.register.batch(dry_run=True):
                self.register.undo(registered.command_id, reason="nhầm", by=OFFICE)
        except UnitInUse as error:
            return error.numbers
        return ()


class TestNarrowReads(NarrowReads.TestCase):
    settings: Any = settings(
        max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
