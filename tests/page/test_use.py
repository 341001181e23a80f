"""The page in use: by keyboard alone, by those who see no screen, on a phone, in the dark, on paper, offline."""

import re
import subprocess

import pytest

from tests.page.conftest import DESKTOP, PHONE, Shown, html_of
from tests.year.script import Year


def test_nothing_is_asked_of_a_network_and_the_console_stays_empty(html, show):
    shown = show(html)
    for control in ("#after", "#before", "#all-units", "#languages button >> nth=0", "#next", "#rows .open >> nth=1"):
        shown.page.locator(control).evaluate("(each) => each.click()")
        shown.rest()
    shown.page.wait_for_selector("#burn svg")

    assert shown.complaints == []
    assert [url.partition(":")[0] for url in shown.requests] == ["file"]


def test_even_a_script_of_the_page_could_fetch_nothing(shown):
    told = shown.page.evaluate(
        """async () => {
            const blocked = [];
            addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
            await fetch('http://127.0.0.1:9/').catch(() => 0);
            const picture = new Image();
            picture.src = 'http://127.0.0.1:9/';
            try { document.body.innerHTML = '<p>'; } catch (error) { blocked.push(error.name); }
            await new Promise((done) => setTimeout(done, 50));
            return blocked.sort();
        }"""
    )

    assert {"connect-src", "img-src", "TypeError"} <= set(told)
    assert shown.page.locator("main").count() == 1
    shown.complaints.clear()


VIEWS = {
    "list": None,
    "directive": "#rows .open >> nth=2",
    "changes": "#chips button >> nth=0",
}  # fmt: skip


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(year: Year, show, size: dict[str, int], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # The page allows no script but its own, axe included.
    html = html_of(year.register, limit=12)
    shown = show(html, viewport=size, color_scheme=scheme, bypass_csp=True)
    shown.page.wait_for_selector("#burn svg")
    shown.page.select_option("#compare", index=4)
    shown.rest()

    for view, opens in VIEWS.items():
        if opens:
            shown.page.locator(opens).evaluate("(each) => each.click()")
            shown.rest()
        found = axe.run(shown.page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [(each["id"], each["impact"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]
        assert told == [], view
        shown.page.keyboard.press("Escape")


def test_everything_is_reached_and_done_by_keyboard(year: Year, shown: Shown) -> None:
    keyboard = shown.page.keyboard
    focused = "() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName"

    keyboard.press("Tab")
    assert shown.page.evaluate(focused) == "skip"
    reached = [walk(shown, "Tab") for _ in range(12)]
    assert {"slider", "before", "day", "meeting", "compare"} <= set(reached)

    shown.page.focus("#slider")
    day = shown.page.input_value("#day")
    keyboard.press("ArrowLeft")
    shown.rest()
    assert shown.page.input_value("#day") < day
    assert shown.page.get_attribute("#slider", "aria-valuetext").startswith(shown.page.input_value("#day"))
    keyboard.press("Home")
    shown.rest()
    assert shown.numbers() == [each.number for each in year.register.as_of(shown.page.input_value("#day"))]
    keyboard.press("End")
    shown.rest()

    shown.page.focus("#find")
    keyboard.type("ra soat")
    shown.page.wait_for_function("() => document.querySelector('#count').textContent.split(' ')[0] !== '0'")
    shown.page.focus("#rows .open")
    keyboard.press("Enter")
    assert shown.page.evaluate("() => document.querySelector('dialog').open")
    assert shown.page.evaluate("() => document.querySelector('dialog').contains(document.activeElement)")
    keyboard.press("Escape")
    shown.rest()
    assert shown.page.evaluate(focused) == "open"


def walk(shown: Shown, key: str) -> str:
    shown.page.keyboard.press(key)
    return shown.page.evaluate("() => document.activeElement.id")


def test_the_page_fits_a_phone(html, show):
    shown = show(html, viewport=PHONE)
    shown.page.wait_for_selector("#burn svg")

    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shown.page.click("#rows .open >> nth=0")
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_paper_the_whole_list_stands_under_its_moment(year, shown, tmp_path):
    shown.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)

    try:
        text = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True
        ).stdout
    except FileNotFoundError:
        pytest.skip("pdftotext is not installed")
    assert all(f"D-{each.number} " in text for each in year.register.as_of())
    assert "As of 2024-07-08." in text
    assert "Find words" not in text
    assert len(shown.numbers()) == 50  # on the screen the pages are as they were


def test_both_languages_are_one_press_away(shown):
    vietnamese, english = shown.page.locator("#languages button").all()
    vietnamese.click()
    assert shown.page.get_attribute("html", "lang") == "vi"
    assert "quá hạn" in shown.page.inner_text("#tiles").lower()
    english.click()
    assert shown.page.get_attribute("html", "lang") == "en"
    assert "overdue" in shown.page.inner_text("#tiles").lower()
    assert shown.page.get_attribute("#rows .text bdi >> nth=0", "lang") == "vi"  # what was ordered stays what it is


def test_a_page_of_some_directives_says_so(year, show):
    shown = show(html_of(year.register, notice="105/TB-UBND"))

    count = len(year.register.as_of().directives(notice="105/TB-UBND"))
    assert len(shown.numbers()) == count
    assert f"This page holds {count} directives only" in shown.page.text_content("#told")
    assert "105/TB-UBND" in shown.page.text_content("#told")


def test_an_empty_register_has_a_page_too(register, show):
    shown = show(html_of(register))

    assert shown.complaints == []
    assert shown.numbers() == []


def test_nothing_stands_on_the_page_that_only_programmers_read(shown):
    shown.page.select_option("#compare", index=3)
    shown.page.select_option("#size", "0")
    shown.rest()
    texts = [shown.page.inner_text("body")]
    for row in range(0, 40, 4):
        shown.page.locator("#rows .open").nth(row).evaluate("(each) => each.click()")
        texts.append(shown.page.locator("dialog").evaluate("(each) => each.textContent"))
        shown.page.keyboard.press("Escape")

    for text in texts:
        assert not re.search(r"undefined|null|NaN|\[object|^(true|false)$|\{\w+\}", text, re.MULTILINE)


def test_the_last_checkpoint_of_the_moment_is_shown_with_the_way_to_check_it(year, shown):
    taken = [each for each in year.register.checkpoints() if each.size <= year.register.as_of().moment.position][-1]

    proof = shown.page.inner_text("#evidence")
    assert taken.root.hex() in proof
    assert f"directives verify --size {taken.size}" in proof
