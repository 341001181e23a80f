"""Every text field full of formulas, scripts, controls and what turns text around: each format carries it inert."""

import csv
import html.parser
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import docx
import icalendar
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from directives_adapters.exports import Excerpt
from directives_adapters.exports.form import write_form
from directives_core import Register
from directives_core.harmless import harmless
from tests.exports.given import written
from tests.exports.hostile import PAYLOADS, UNSEEN, hostile_register

NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


@pytest.fixture(scope="module")
def attacked() -> Iterator[Register]:
    with hostile_register() as attacked:
        yield attacked


@pytest.fixture(scope="module")
def orders(attacked: Register) -> list[str]:
    """The orders as they are stored."""
    return [directive.text for directive in attacked.as_of()]


def nothing_unseen(text: str) -> bool:
    return not set(text) & set(UNSEEN)


def test_no_cell_of_a_csv_is_a_formula_by_any_separator(attacked: Register) -> None:
    text = written("csv", attacked).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    begun = [re.sub(r"\A[\s\"]*", "", part) for cell in cells for part in re.split(r"[;\t\n|]", cell)]
    assert [part for part in begun if part[:1] in tuple("=+-@＝＋－＠") and not NUMBER.match(part)] == []
    assert nothing_unseen(text.replace("\r\n", "\n"))
    assert len(cells) % (len(PAYLOADS) + 1) == 0  # no text made a row or a cell of its own


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(attacked: Register, orders: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", attacked)))

    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert not isinstance(cell.value, str) or nothing_unseen(cell.value)
                looks_like_one = isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@") and len(cell.value) > 1
                assert cell.quotePrefix or not looks_like_one  # also when somebody edits the cell
    shown = [unescape(cell.value) for cell in book.worksheets[0]["C"]][1:]
    assert shown == [harmless(order.replace("\r\n", "\n")).replace("<r>1</r>", "<r>1</r> ") for order in orders]
    assert book.defined_names == {}


def test_a_form_of_such_a_unit_is_as_inert(attacked: Register) -> None:
    out = io.BytesIO()
    for directive in list(attacked.as_of())[:8]:
        out = io.BytesIO()
        write_form(Excerpt(attacked, attacked.as_of(), {"unit": directive.shares[0].unit.id}), out)

        cells = [cell for row in openpyxl.load_workbook(out).worksheets[0].iter_rows() for cell in row]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
        assert all(nothing_unseen(cell.value) for cell in cells if isinstance(cell.value, str))


def test_a_document_has_no_field_link_or_part_from_a_text(attacked: Register, orders: list[str]) -> None:
    document = docx.Document(io.BytesIO(written("docx", attacked)))

    body = document.element.body.xml
    assert not re.search(r"<w:(hyperlink|fldSimple|instrText|fldChar|object|altChunk)\b", body)
    external = [each for each in document.part.rels.values() if each.is_external]
    assert external == []
    texts = [row.cells[1].text for row in document.tables[1].rows][1:]
    assert len(texts) == len(orders)
    assert all(map(nothing_unseen, texts))
    assert texts == [harmless(order.replace("\r\n", "\n")).replace("\t", " ") for order in orders]


def test_no_text_makes_a_line_of_a_calendar(attacked: Register, orders: list[str]) -> None:
    data = written("ics", attacked)

    calendar = icalendar.Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    assert len(events) == len([place for place in range(len(PAYLOADS)) if place % 2])
    assert {component.name for component in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert {name for event in events for name in event} == {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP",
    }  # fmt: skip
    assert all(nothing_unseen(str(event[name])) for event in events for name in ("SUMMARY", "DESCRIPTION"))
    first = events[0]["DESCRIPTION"]
    assert str(first).startswith(harmless(orders[1].replace("\r\n", "\n")))
    assert nothing_unseen(data.decode().replace("\r\n", ""))


def test_lines_of_json_hold_the_text_as_it_is_and_nothing_unseen(attacked: Register, orders: list[str]) -> None:
    data = written("jsonl", attacked).decode()

    lines = data.split("\n")[:-1]
    assert [json.loads(line)["text"] for line in lines[1:]] == orders
    assert nothing_unseen(data)


class Tags(html.parser.HTMLParser):
    """Which elements a page has, and what may run or be fetched in them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.active: list[Any] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.active += [(tag, name, value) for name, value in attrs if name.startswith("on") or name in ("src", "href")]


def test_a_page_has_the_same_elements_whatever_its_register_says(attacked: Register, filled: Register) -> None:
    hostile, plain = Tags(), Tags()

    hostile.feed(written("html", attacked).decode())
    plain.feed(written("html", filled).decode())

    assert hostile.names == plain.names
    assert hostile.active == plain.active
    assert nothing_unseen(written("html", attacked).decode())


@pytest.mark.parametrize("format_", ["csv", "xlsx", "docx", "ics", "jsonl"])
def test_an_excerpt_of_nothing_is_a_file_too(attacked: Register, format_: str) -> None:
    assert written(format_, attacked, find="không có gì như vậy")
