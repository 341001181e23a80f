"""Looking back from a moment: as known at which positions each event acts."""

from hypothesis import given

from directives_core.directive.evolve import fold, visible
from directives_core.event import Retracted
from directives_core.views.past import turns_of
from tests.model.logs import directive_logs, moments


@given(directive_logs())
def test_an_event_acts_where_it_has_turned_an_odd_number_of_times(events):
    turns = turns_of(events)

    for day, position in moments(events):
        acted = fold(visible(events, day, position))[1]
        for event, turned in zip(events, turns, strict=True):
            if event.effective_on <= day and not isinstance(event.payload, Retracted):
                assert bool(acted.get(event.version)) == bool(sum(each <= position for each in turned) % 2)
