"""What the page shows at a moment is what the library says of it: both times, figures, filters, charts, changes."""

import datetime as dt
import json
import random
from typing import Any

import pytest

from directives_core import View
from directives_core.office.names import find_holder
from tests.page.conftest import Shown
from tests.year.script import Year


def moments(year: Year, count: int, seed: int) -> list[View]:
    """Random days of the year, as known then, as known now, and as known at any position between."""
    chance = random.Random(seed)
    last = year.register.as_of().moment
    first = dt.date(2023, 12, 28)
    views = []
    for _ in range(count):
        day = first + dt.timedelta(days=chance.randrange((last.effective_on - first).days + 1))
        known = chance.choice([None, last.position, chance.randint(1, last.position)])
        views.append(year.register.as_of(day, known_at=known))
    return views


def as_list(directives: list[Any]) -> list[dict[str, Any]]:
    return json.loads(json.dumps([directive.as_json() for directive in directives]))


def test_at_twenty_random_moments_everything_is_as_list_json_and_stats_json_say(year, shown):
    for view in moments(year, 20, seed=1):
        expected = as_list(view.directives())

        found = shown.at(view.moment.effective_on, view.moment.position)

        assert [each["number"] for each in found["directives"]] == [each["number"] for each in expected]
        for on_page, in_list in zip(found["directives"], expected, strict=True):
            assert on_page == {key: in_list[key] for key in on_page} | {"shares": on_page["shares"]}
            for share, other in zip(on_page["shares"], in_list["shares"], strict=True):
                assert share == {key: other[key] for key in share}
        assert found["figures"] | {"unit": None} == view.figures().as_json()["total"]
        assert found["units"] == view.figures(by="unit").as_json()["rows"]
        assert found["moment"]["later_events"] == view.moment.later_events


def test_what_was_tried_has_all_that_makes_it_hard(year):
    states = {share.status for each in year.register.as_of() for share in each.shares}
    kinds = {each.deadline.rule for each in year.register.as_of()}

    assert {"suspended", "handed-over", "awaiting-acceptance", "completed", "withdrawn", "superseded"} <= states
    assert {"recurring", "event-relative"} <= kinds
    assert any(share.unit.id is None for each in year.register.as_of() for share in each.shares)
    assert year.register.log(type="retracted")
    assert len(year.register.log(late_days=10)) > 20


def test_a_day_is_known_then_by_the_last_position_recorded_by_its_end(year, shown):
    for day in (dt.date(2023, 12, 28), dt.date(2023, 12, 29), dt.date(2024, 3, 3), dt.date(2024, 7, 8)):
        assert shown.at(day)["moment"]["position"] == year.register.as_of(day).moment.position


def test_sliding_shows_the_list_and_the_tiles_of_that_day_and_of_that_meeting(year, shown):
    shown.choose("size", "0")
    chance = random.Random(3)
    stops = int(shown.page.locator("#slider").get_attribute("max"))

    for stop in chance.sample(range(stops), 5):
        shown.slide(stop)

        view = moment_of(year, shown)
        assert shown.numbers() == [each.number for each in view]
        assert rows_of(shown) == [
            [each.status, each.timeliness, each.due_on.isoformat() if each.due_on else None] for each in view
        ]
        assert tiles_of(shown) == {k: v for k, v in view.figures().as_json()["total"].items() if k != "unit"}


def moment_of(year: Year, shown: Shown) -> View:
    """The moment that the controls of the page stand at, asked of the library as a person would."""
    day = shown.page.input_value("#day")
    meeting = shown.page.locator("#meeting").evaluate("(each) => each.value && each.selectedOptions[0].textContent")
    known = shown.page.locator("[name=known]:checked").input_value()
    at = meeting.partition(" (")[0] or day
    return year.register.as_of(at, known_at="now" if known == "now" else None)


def rows_of(shown: Shown) -> list[list[str | None]]:
    fields = "(rows) => rows.map(({dataset: d}) => [d.status, d.timeliness, d.due ?? null])"
    return shown.page.locator("#rows tbody tr").evaluate_all(fields)


def tiles_of(shown: Shown) -> dict[str, int]:
    fields = "(tiles) => tiles.map((tile) => [tile.dataset.column, Number(tile.firstChild.textContent)])"
    return dict(shown.page.locator("#tiles li").evaluate_all(fields))


@pytest.mark.parametrize("known", ["then", "now"])
def test_a_meeting_is_shown_as_it_saw_the_register_or_as_is_known_now(year, shown, known):
    shown.choose("size", "0")
    shown.page.check(f"[name=known][value={known}]")
    for name in ("GB-2024-02", "GB-2024-06"):
        label = shown.page.locator("#meeting option", has_text=name).text_content()
        shown.page.select_option("#meeting", label=label)
        shown.rest()

        view = year.register.as_of(name, known_at="now" if known == "now" else None)
        assert shown.numbers() == [each.number for each in view]
        assert [row[1] for row in rows_of(shown)] == [each.timeliness for each in view]
        assert f"position {view.moment.position:,}" in shown.page.text_content("#told")


FILTERS: tuple[dict[str, str], ...] = (
    {"timeliness": "overdue"},
    {"status": "awaiting-acceptance"},
    {"find": "bao cao noi dung"},
    {"find": "Báo cáo  NỘI DUNG 2"},
    {"find": "mua lu"},
    {"label": "field"},
    {"label": "field=đất đai"},
    {"notice": "405/TB-UBND"},
    {"unit": "UBND xã Long Khê"},
    {"unit": "UBND xã Tân Dân", "timeliness": "overdue"},
    {"unit": "UBND xã Vạn Xuân", "status": "handed-over"},
    {"unit": "Phòng Nội vụ", "status": "assigned", "find": "bao cao"},
)


def test_the_filters_find_what_those_of_list_find(year, shown):
    day = dt.date(2024, 7, 6)
    shown.page.check("[name=known][value=now]")
    shown.choose("day", day.isoformat())
    shown.choose("size", "0")
    view = year.register.as_of(day, known_at="now")

    for asked in FILTERS:
        shown.page.click("#filters [type=reset]")
        for control, value in asked.items():
            shown.choose(control, as_chosen(view, control, value))

        found = shown.numbers()
        assert found == [each.number for each in view.directives(**asked)], asked
        assert found, asked


def as_chosen(view: View, control: str, value: str) -> str:
    """What the controls of the page call it."""
    if control == "unit":
        return find_holder(view.office, value, on=view.moment.effective_on).id
    if control == "label":
        return json.dumps(value.split("="), ensure_ascii=False, separators=(",", ":"))
    return value


def test_every_figure_leads_to_the_directives_behind_it(year, shown):
    shown.choose("size", "0")
    view = year.register.as_of()
    columns = {"open_overdue": ["overdue"], "open_in_time": ["in-time", "due-soon"], "closed": ["closed"]}
    for column, timeliness in columns.items():
        shown.page.click(f"#tiles [data-column={column}] button")
        shown.rest()

        assert shown.numbers() == [each.number for each in view if each.timeliness in timeliness]

    shown.page.click("#all-units")
    row = next(each for each in view.figures(by="unit").as_json()["rows"] if each["open_overdue"] > 1)
    shown.page.click(f"#units [data-unit={row['unit']['id']}] [data-column=open_overdue] button")
    shown.rest()
    assert len(shown.numbers()) <= row["open_overdue"]
    expected = view.directives(unit=row["unit"]["id"], timeliness="overdue")
    assert shown.numbers() == [each.number for each in expected]


@pytest.mark.parametrize("known", ["then", "now"])
def test_the_burn_down_counts_what_stats_counts_on_its_days(year, shown, known):
    shown.page.check(f"[name=known][value={known}]")
    shown.page.wait_for_selector(f"#burn-table[data-known={known}] tbody tr", state="attached")
    read = """(rows) => rows.map((row) => [row.dataset.day,
        Object.fromEntries([...row.querySelectorAll('td')].map((d) => [d.dataset.column, Number(d.textContent)]))])"""
    rows = shown.page.locator("#burn-table tbody tr").evaluate_all(read)

    assert rows[-1][0] == "2024-07-08"
    for day, found in rows[::4]:
        total = year.register.as_of(day, known_at="now" if known == "now" else None).figures().as_json()["total"]
        assert found == {column: total[column] for column in found}


def test_what_changed_since_a_meeting_is_what_changes_says(year, shown):
    shown.choose("size", "0")
    for first, last in (("GB-2024-02", "GB-2024-03"), ("GB-2024-01", "GB-2024-06"), ("GB-2024-06", "2024-07-06")):
        if last.startswith("GB"):
            label = shown.page.locator("#meeting option", has_text=last).text_content()
            shown.page.select_option("#meeting", label=label)
        else:
            shown.choose("day", last)
        label = shown.page.locator("#compare option", has_text=first).text_content()
        shown.page.select_option("#compare", label=label)
        shown.rest()

        expected: dict[str, int] = {}
        changes = year.register.changes(first, last).directives
        for change in changes:
            for kind in change.kinds:
                expected[kind] = expected.get(kind, 0) + 1
        chips = "(all) => all.map((each) => [each.dataset.kind, Number(each.textContent.split(': ').pop())])"
        assert dict(shown.page.locator("#chips button").evaluate_all(chips)) == expected
        shown.choose("change", "*")
        there = {each.number for each in year.register.as_of(last)}
        assert shown.numbers() == [change.number for change in changes if change.number in there]
        shown.choose("change", "")


def test_what_became_known_later_shows_against_what_was_known_then(year, shown):
    shown.choose("day", "2024-05-20")
    shown.page.check("[name=known][value=now]")
    shown.choose("compare", "then")

    day = dt.date(2024, 5, 20)
    then = year.register.as_of(day).moment.position
    now = year.register.as_of().moment.position
    changes = year.register.changes_known(day, then, now)
    heading = shown.page.text_content("#changed-head")
    assert heading.endswith(f": {len(changes)}")
