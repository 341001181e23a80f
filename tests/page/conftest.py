"""A real browser, and pages that it opens: what they ask of the network and complain of is kept."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from directives_adapters.exports import Excerpt, export
from directives_core import Register, View
from directives_core.language import speaking
from tests.year.script import OFFICE, Year, play

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# The browser is to do nothing but show the page.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP, PHONE = {"width": 1400, "height": 900}, {"width": 360, "height": 740}


def html_of(register: Register, view: View | None = None, language: str = "en", **filters: Any) -> bytes:
    """The page, as `directives export html` writes it."""
    out = BytesIO()
    with speaking(language):
        export("html", Excerpt(register, view or register.as_of(), filters), out)
    return out.getvalue()


class Shown:
    """A page in the browser."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self.complaints.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: Path) -> None:
        self.page.goto(path.as_uri())
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def at(self, day: dt.date, position: int | None = None) -> dict[str, Any]:
        """What scripts on the page read at a moment; without a position, as known by the end of the day."""
        arguments = [day.isoformat(), *([] if position is None else [position])]
        return self.page.evaluate("(given) => JSON.parse(JSON.stringify(register.at(...given)))", arguments)

    def rest(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def choose(self, control: str, value: str) -> None:
        """Choose in a select, or type into a field."""
        found = self.page.locator(f"#{control}")
        if found.evaluate("(each) => each.tagName") == "SELECT":
            found.select_option(value)
        else:
            found.fill(value)
        self.rest()

    def slide(self, stop: int) -> None:
        """Move the slider, as a hand does."""
        self.page.locator("#slider").evaluate(
            "(slider, to) => { slider.value = to; slider.dispatchEvent(new Event('input')); }", stop
        )
        self.rest()

    def numbers(self) -> list[int]:
        """The directives that the list shows."""
        rows = "(rows) => rows.map((row) => Number(row.dataset.number))"
        return self.page.locator("#rows tbody tr").evaluate_all(rows)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser of the system; of a module, since its loop may not outlive the tests that use it."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def show(chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Shown]]:
    """Opens a page, in a window of its own."""
    windows = []

    def opened(html: bytes, **how: Any) -> Shown:
        windows.append(chromium.new_context(**{"viewport": DESKTOP, **how}))
        shown = Shown(windows[-1].new_page())
        file = tmp_path_factory.mktemp("page") / "page.html"
        file.write_bytes(html)
        shown.open(file)
        return shown

    yield opened
    for window in windows:
        window.close()


@pytest.fixture(scope="session")
def year() -> Year:
    """Half a year of an invented district, with all that can happen in it, and units that merge at its end."""
    year = play(acts_a_day=5, last=dt.date(2024, 7, 8))
    changes = {"due_soon_days": 9}
    year.register.change_settings(changes=changes, effective_on=dt.date(2024, 5, 2), by=OFFICE)
    year.register.checkpoint()
    return year


@pytest.fixture(scope="session")
def html(year: Year) -> bytes:
    """The page of the half-year."""
    return html_of(year.register)


@pytest.fixture(scope="module")
def window(html: bytes, show: Callable[..., Shown]) -> Shown:
    """A window that shows it."""
    return show(html)


@pytest.fixture
def shown(window: Shown) -> Shown:
    """The page as it is when it is opened."""
    window.page.reload()
    window.page.wait_for_selector("html[data-ready]", state="attached")
    return window
