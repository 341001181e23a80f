"""The official table, read by the library that reads documents."""

import io

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

from directives_adapters import create_register
from directives_core import Register
from directives_core.testing import Clock
from tests.exports.given import ORDER, written
from tests.register.given import CAN_KHE, OFFICE


def read(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def test_the_paper_is_that_of_decree_30(filled: Register) -> None:
    document = read(written("docx", filled, language="vi"))

    section, style = document.sections[0], document.styles["Normal"]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(wide.mm) for wide in margins] == [20, 20, 30, 15]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(13.5))
    head = " ".join(cell.text for cell in document.tables[0].rows[0].cells)
    assert "SỔ THEO DÕI" in head
    assert "PAGE" in section.header._element.xml
    assert section.different_first_page_header_footer


def test_the_national_name_stands_on_papers_of_viet_nam_alone(filled: Register, clock: Clock) -> None:
    with create_register("memory:", title="Register", zone="Europe/Berlin", by=OFFICE, clock=clock) as elsewhere:
        there = read(written("docx", elsewhere)).tables[0].rows[0].cells[1].text

    assert "Independence - Freedom - Happiness" in read(written("docx", filled)).tables[0].rows[0].cells[1].text
    assert there == ""


def test_the_table_has_a_row_for_each_share_and_the_order_once(filled: Register) -> None:
    table = read(written("docx", filled)).tables[1]

    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(texts) == 1 + 5
    assert texts[1][:3] == ["D-1", ORDER, CAN_KHE]
    assert texts[2][1] == texts[3][1] == "Rà soát hộ nghèo"  # one merged cell
    assert texts[2][2] == f"1. {CAN_KHE}"
    assert "2021-10-15\n(extended 1 time; first due on: 2021-09-30)" in texts[2][4]
    assert texts[3][5] == "In progress\noverdue by 5 days"
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")


def test_the_moment_stands_below_the_title(filled: Register) -> None:
    filled.checkpoint()

    texts = [paragraph.text for paragraph in read(written("docx", filled)).paragraphs]

    place = texts.index("TABLE OF DIRECTIVES")
    assert texts[place + 1].startswith("as of 2021-10-05, known at 2021-10-05 08:00:00 Asia/Ho_Chi_Minh, position ")
    assert texts[place + 2].startswith("checkpoint of ")
