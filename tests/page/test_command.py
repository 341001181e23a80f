"""`directives export html` beside `directives list --json`: one register, two ways to ask for the same moment."""

from pathlib import Path

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A register of two directives, a late paper and a meeting."""
    desk = Desk(tmp_path, monkeypatch)
    desk.now("2021-09-22T08:00+07:00")
    desk.types("init --title 'Sổ theo dõi' --zone Asia/Ho_Chi_Minh --calendar VN")
    desk.types("actor add hoa --name 'Lê Thị Hoa' --unit 'Văn phòng' --role office")
    desk.acts("hoa")
    desk.types("unit add 'UBND xã Cán Khê'")
    desk.types("assign 'Nộp hồ sơ sáp nhập thôn' --to 'can khe' --due 2021-09-30")
    desk.types("assign 'Rà soát hộ nghèo' --to 'can khe' --to 'van phong' --due none")
    desk.now("2021-10-01T17:00+07:00")
    desk.types("meeting close GB-2021-09 --on 2021-10-01")
    desk.now("2021-10-10T09:00+07:00")
    desk.types("report 1 'Đã nộp hồ sơ' --result --effective-on 2021-09-28")
    desk.types("meeting close GB-2021-10 --on 2021-10-05")
    return desk


def test_the_page_that_the_command_writes_agrees_with_list_on_both_times(desk: Desk, chromium) -> None:
    desk.types("export html --output page.html --lang vi")
    page = chromium.new_page()
    page.goto((desk.folder / "page.html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")

    assert page.get_attribute("html", "lang") == "vi"
    for known, more in (("then", ""), ("now", "--known-at now")):
        page.check(f"[name=known][value={known}]")
        page.select_option("#meeting", index=2)
        listed = desk.types(f"list --json --as-of GB-2021-09 {more}").json
        there = "(position) => document.querySelector('#told').textContent.includes(` ${position})`)"
        page.wait_for_function(there, arg=listed["moment"]["position"])
        read = "(day, at) => JSON.parse(JSON.stringify(register.at(day, at)))"
        found = page.evaluate(f"([day, at]) => ({read})(day, at)", ["2021-10-01", listed["moment"]["position"]])
        assert [each["status"] for each in found["directives"]] == [each["status"] for each in listed["directives"]]
        rows = "(rows) => rows.map(({dataset: d}) => [Number(d.number), d.timeliness])"
        assert page.locator("#rows tbody tr").evaluate_all(rows) == [
            [each["number"], each["timeliness"]] for each in listed["directives"]
        ]
    page.close()


def test_a_page_of_a_meeting_knows_nothing_of_the_paper_that_came_later(desk: Desk, chromium) -> None:
    desk.types("export html --output page.html --as-of GB-2021-09")
    page = chromium.new_page()
    page.goto((desk.folder / "page.html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    page.click("#rows .open >> nth=0")

    assert page.locator("dialog .timeline li").count() == 1
    assert "GB-2021-09" in page.text_content("#told")
    page.close()


def test_a_meeting_that_was_closed_after_its_day_saw_what_was_known_by_the_end_of_it(desk: Desk, chromium) -> None:
    desk.types("export html --output page.html --lang en")
    page = chromium.new_page()
    page.goto((desk.folder / "page.html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    page.select_option("#meeting", index=1)
    page.wait_for_function("() => document.querySelector('#told').textContent.includes('GB-2021-10')")

    moment = desk.types("list --json --as-of GB-2021-10").json["moment"]
    told = page.text_content("#told")
    assert f"(position {moment['position']})" in told
    assert "closed after its day, on 2021-10-10" in told
    assert f"{moment['later_events']} event" in told
    page.close()
