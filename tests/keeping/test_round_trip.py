"""What an office wrote goes from SQLite to lines, to PostgreSQL and back: the same root, and the same answers."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directives_adapters import open_register
from directives_adapters.moving import check_register, copy_register, export_lines, import_lines, save_keys
from directives_adapters.sqlite import SqliteStore
from directives_core import Register
from directives_core.keeping.carry import copy_store
from directives_core.testing import Clock
from tests.year.script import LAST, play

MOMENTS = 50
FIRST_DAY = dt.date(2024, 1, 3)


def played_to(path: Path, last: dt.date) -> str:
    """The scripted year up to a day, in a file."""
    year = play(acts_a_day=3, last=last)
    with year.register as register:
        register.checkpoint()
        SqliteStore.create(path, lambda store: _copied(register, store, year.clock))
    return f"sqlite:///{path}"


def _copied(register: Register, store: Any, clock: Clock) -> None:
    copy_store(register._store, store, now=clock(), keys=True)


def moments(url: str, size: int) -> Iterator[tuple[Any, Any]]:
    """Random days, instants, positions and meetings up to the source's size, and what is to count as known."""
    chance = random.Random(50)
    with open_register(url) as register:
        zone = register.zone
        meetings = [meeting.name for meeting in register.meetings() if meeting.closed_at]
        days = (list(register.events(to=size))[-1].recorded_at.date() - FIRST_DAY).days

    def one() -> Any:
        day = FIRST_DAY + dt.timedelta(days=chance.randrange(days))
        instant = dt.datetime.combine(day, dt.time(chance.randrange(24), chance.randrange(60)), zone)
        return chance.choice((day, instant, chance.randint(50, size), chance.choice(meetings)))

    for _ in range(MOMENTS):
        yield one(), chance.choice((None, size, one()))


def answers(url: str, size: int) -> list[object]:
    """What a register answers at the moments, and its root and checkpoints at the source's size."""
    with open_register(url, clock=Clock("2024-12-31T18:00+07:00")) as register:
        found: list[object] = [register.verify(size=size).root, [c for c in register.checkpoints() if c.size <= size]]
        for at, known_at in moments(url, size):
            view = register.as_of(at, known_at=known_at)
            moment = view.moment.as_json() | {"later_events": None}  # the copies tell of having been copied
            found += [moment, [each.as_json() for each in view], view.figures(by="unit").as_json()["rows"]]
    return found


def test_some_weeks_come_back_as_they_were(register_url: str, tmp_path: Path) -> None:
    there_and_back(played_to(tmp_path / "year.db", dt.date(2024, 2, 9)), register_url, tmp_path)


@pytest.mark.campaign
def test_a_year_comes_back_as_it_was(register_url: str, tmp_path: Path) -> None:
    there_and_back(played_to(tmp_path / "year.db", LAST), register_url, tmp_path)


def there_and_back(source: str, register_url: str, tmp_path: Path) -> None:
    lines, back = tmp_path / "year.jsonl", f"sqlite:///{tmp_path}/back.db"
    with open_register(source) as register:
        size = sum(1 for _ in register.events())

    export_lines(source, lines)
    import_lines(lines, register_url)
    copy_register(register_url, back)

    expected = answers(source, size)
    assert answers(register_url, size) == expected
    assert answers(back, size) == expected
    assert check_register(back).ok
    with open_register(back) as after, open_register(source) as before:
        assert [*after.events(to=size)] == [*before.events()]
        assert [event.payload.type_name for event in after.events(after=size)] == ["register.copied"] * 2
    assert save_keys(back, tmp_path / "keys") == 0
