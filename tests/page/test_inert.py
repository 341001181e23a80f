"""Whatever was typed into a register comes out of its page as text: no script, no markup, nothing that nobody sees."""

import datetime as dt
from collections.abc import Callable

import pytest

from directives_adapters import create_register
from directives_core import Actor, Register
from directives_core.testing import Clock
from tests.page.conftest import Shown, html_of

HOSTILE = (
    "</script><script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "{{script}} ${document.title='taken'} <!--",
    "a\u2028b\u2029c\u202ed\u2066e\x07f\u200bg\ud800h".encode("utf-8", "ignore").decode(),
    "__proto__",
    "=HYPERLINK(\"http://127.0.0.1/\")",
)  # fmt: skip


CHOOSE = """([id, at]) => {
    const each = document.getElementById(id);
    each.selectedIndex = at;
    each.dispatchEvent(new Event('input', { bubbles: true }));
}"""


def register_with(payload: str) -> Register:
    """A register with the same text in everything that takes text."""
    clerk = Actor(id="hoa", name=payload, unit="Văn phòng", roles={"office", "chair"})
    clock = Clock("2021-09-22T08:00+07:00")
    register = create_register("memory:", title=payload, zone="Asia/Ho_Chi_Minh", by=clerk, clock=clock)
    register.add_unit(f"A {payload}", by=clerk)
    due = dt.date(2021, 9, 30)
    for number in (1, 2):
        register.assign(
            payload,
            to=[f"A {payload}"],
            due=due,
            cooperating=[f"A {payload}"],
            report_to=payload,
            via=payload,
            by=clerk,
        )
        how = {"by": clerk, "reason": payload, "source": payload}
        register.label(number, {payload.replace("=", "-"): payload}, **how)
        register.note(number, payload, **how)
        register.explain(number, payload, **how)
        register.remind(number, payload, **how)
        register.link(number, "continues", f"{'0' * 32}/{number}", **how)
        register.report(number, payload, result=True, document=payload, quantity=payload, **how)
    register.open_meeting("GB", on=due, title=payload, by=clerk)
    return register


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(payload: str, show: Callable[..., Shown]) -> None:
    with register_with(payload) as register:
        shown = show(html_of(register))

    title = shown.page.title()
    shown.page.click("#rows .open >> nth=0")
    shown.page.wait_for_selector("dialog[open]")
    for control, value in (("unit", 1), ("label", 1), ("label", 2)):
        shown.page.evaluate(CHOOSE, [control, value])
    shown.rest()

    assert shown.complaints == []
    assert shown.page.title() == title != "taken"
    assert shown.page.locator("img, iframe, object, script[src], a[href^=http]").count() == 0
    assert len(shown.requests) == 1
    assert shown.numbers() == [1, 2]
    shown.page.locator("dialog details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    text = shown.page.inner_text("dialog")
    for part in ("<img", "<script>", "${document.title"):
        assert part not in payload or text.count(part) >= 5
    assert not any(character in text for character in "\u202e\u2066\u2028\u2029\u200b\x07")
    if "\u202e" in payload:
        assert "<U+202E>" in text


def test_an_erased_name_is_shown_as_erased(show: Callable[..., Shown]) -> None:
    with register_with("Lê Thị Hoa") as register:
        register.erase("hoa", reason="theo đề nghị", by="hoa")
        html = html_of(register)

    shown = show(html)
    shown.page.click("#rows .open >> nth=0")

    assert "[erased]" in shown.page.inner_text("dialog")
