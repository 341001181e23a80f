"""The file itself: the same bytes for the same moment, nothing of later, a strict policy, and no word left out."""

import base64
import datetime as dt
import json
import re
import zlib
from importlib.resources import files
from typing import Any

import pytest

from directives_adapters.exports import Excerpt
from directives_adapters.exports.page.wording import wording
from directives_core.testing import Clock
from tests.conftest import new_register
from tests.page.conftest import html_of
from tests.register.given import OFFICE

PAGE = files("directives_adapters.exports.page")
SCRIPTS = {each.name: each.read_text(encoding="utf-8") for each in PAGE.iterdir() if each.name.endswith(".js")}


def packed_in(html: bytes, name: str) -> Any:
    packed = re.search(rb'id="' + name.encode() + rb'">([A-Za-z0-9+/=]*)<', html)
    assert packed is not None
    return json.loads(zlib.decompress(base64.b64decode(packed[1])))


def matter_of(html: bytes) -> dict[str, Any]:
    """All that a page holds, the events in their places."""
    matter = packed_in(html, "matter")
    for directive, events in zip(matter["directives"], packed_in(html, "events"), strict=True):
        directive["events"] = events
    return matter


def test_the_same_moment_gives_the_same_bytes(year, html):
    assert html_of(year.register) == html
    assert html_of(year.register, year.register.as_of("GB-2024-03")) == html_of(
        year.register, year.register.as_of("GB-2024-03")
    )


def test_a_page_of_a_past_moment_holds_nothing_of_later(year):
    view = year.register.as_of("GB-2024-03")
    matter = matter_of(html_of(year.register, view))
    position, day = view.moment.position, view.moment.effective_on.isoformat()

    assert len(matter["log"]["recorded"]) == position
    assert {meeting["name"] for meeting in matter["meetings"]} == {"GB-2024-01", "GB-2024-02", "GB-2024-03"}
    assert matter["checkpoint"]["size"] <= position
    for directive in matter["directives"]:
        rows = [row for each in (directive["facts"], *directive["shares"].values()) for row in each]
        assert all(first <= day and known <= position for first, known, _ in rows)
        assert all(event[1] <= position for event in directive["events"])
    later = {number for number in year.numbers if year.register.history(number)[0].position > position}
    assert later
    assert later & {directive["number"] for directive in matter["directives"]} == set()
    assert "UBND thị trấn An Bình" not in json.dumps(matter, ensure_ascii=False)  # its name since April
    assert "UBND xã Vạn Thanh" not in json.dumps(matter, ensure_ascii=False)  # known since July


def test_a_day_as_known_now_holds_what_is_known_of_that_day_alone(year):
    view = year.register.as_of("2024-03-15", known_at="now")
    matter = matter_of(html_of(year.register, view))

    effective = [
        recorded // 1440 - lag
        for recorded, lag in zip(running(matter["log"]["recorded"]), matter["log"]["lags"], strict=True)
    ]
    told = {event[1] for directive in matter["directives"] for event in directive["events"]}
    assert told
    assert all(effective[position - 1] <= (view.moment.effective_on.toordinal() - 719163) for position in told)


def running(distances: list[int]) -> list[int]:
    total, found = 0, []
    for distance in distances:
        total += distance
        found.append(total)
    return found


def test_every_text_of_the_scripts_has_its_words_and_every_word_is_used(year):
    words = wording(Excerpt(year.register, year.register.as_of()).heading)
    html = (PAGE / "page.html").read_text(encoding="utf-8")
    script = "\n".join(SCRIPTS.values())
    counted = set(re.findall(r'counted\("(\w+)"', script))
    named = set(re.findall(r'\bt\("(\w+)"', script)) | set(re.findall(r'data-(?:t|label)="(\w+)"', html))
    quoted = set(re.findall(r'"((?:rate|known)_\w+|reach|seal)"', script))
    heads = {key for key in words["texts"] if key.startswith("head_")}

    assert set(words["counts"]) == counted
    assert set(words["texts"]) == named | quoted | heads


@pytest.mark.parametrize("zone", ["Asia/Beirut", "Pacific/Apia", "America/New_York"])
def test_days_end_with_the_clocks_of_the_zone_also_where_they_are_set_back_over_midnight(zone):
    clock = Clock("2021-10-29T12:00+00:00")
    with new_register("memory:", clock, zone=zone) as register:
        for hour in range(0, 60, 2):
            clock.set(dt.datetime(2021, 10, 29, 12, 30, tzinfo=dt.UTC) + dt.timedelta(hours=hour))
            register.add_unit(f"Tổ {hour}", by=OFFICE)
        days = dict(matter_of(html_of(register))["log"]["days"])
        known = {day: register.as_of(day).moment.position for day in days}

    assert days == known
    assert len(days) >= 3


BANNED = (
    "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "import(",
    "XMLHttpRequest", "localStorage", "http:", "https:",
)  # fmt: skip


def test_scripts_make_no_markup_of_text_and_reach_for_nothing_outside():
    for name, script in SCRIPTS.items():
        found = [word for word in BANNED if word in script.replace('const SVG = "http://www.w3.org/2000/svg"', "")]
        assert found == [], name


def test_the_sources_can_be_read_at_one_sitting():
    lines = {each.name: each.read_text(encoding="utf-8").count("\n") for each in PAGE.iterdir() if each.is_file()}

    assert {name: count for name, count in lines.items() if count > 320} == {}
