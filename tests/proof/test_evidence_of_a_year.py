"""The verifier, which restates the rules, agrees with the library on the scripted year at its meetings and filters."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from directives_adapters.evidence import write_pack
from directives_adapters.evidence.standalone.check import Pack, check
from tests.year.script import Year, play

pytestmark = pytest.mark.no_cover
COUNT = itertools.count()

FILTERS = (
    {}, {"timeliness": "overdue"}, {"status": "in-progress"}, {"status": "completed", "limit": 5},
    {"timeliness": "due-soon", "after": 10}, {"find": "rà soát"},
)  # fmt: skip


@pytest.fixture(scope="module")
def year() -> Iterator[Year]:
    year = play(acts_a_day=3)
    with year.register:
        yield year


def held(
    year: Year, folder: Path, at: object, known_at: object = None, *, partial: bool = False, **chosen: object
) -> tuple[str, int]:
    """What the verifier says of a pack, and how many directives it shows."""
    path = folder / f"{next(COUNT)}.zip"
    view = year.register.as_of(at, known_at=known_at)
    write_pack(year.register, path, view, partial=partial, **chosen)
    return "\n".join(check(Pack(path), [], [])), len(view.directives(**chosen))


def test_every_meeting_of_the_year_is_recomputed(year, tmp_path):
    recurring = 0
    for name in year.meetings[::4]:
        for known_at in (None, "now"):
            said, count = held(year, tmp_path, name, known_at)
            assert f"the answer on {count} directives is what their events give" in said
        recurring += sum(bool(share.periods) for each in year.register.as_of(name) for share in each.shares)
    assert recurring > 0


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_what_fits_the_filters_is_recomputed(year, tmp_path, chosen):
    said, count = held(year, tmp_path, year.meetings[-2], **chosen)

    assert f"the answer on {count} directives is what their events give" in said
    assert ("no other directive has the words" in said) == ("find" in chosen)


def test_units_and_labels_and_parts_are_recomputed(year, tmp_path):
    view = year.register.as_of(year.meetings[-2])
    unit = next(share.unit.id for each in view for share in each.shares if share.unit.id)
    key, value = next(pair for each in view for pair in each.labels.items())

    for chosen in ({"unit": unit}, {"unit": unit, "timeliness": "overdue"}, {"label": key}, {"label": (key, value)}):
        said, count = held(year, tmp_path, year.meetings[-2], **chosen)
        assert count > 0 or "timeliness" in chosen
        assert f"the answer on {count} directives" in said
        assert "PARTIAL PACK" in held(year, tmp_path, year.meetings[-2], partial=True, **chosen)[0]
