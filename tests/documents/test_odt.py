"""OpenDocument texts: numbering, tables, tracked changes and what stands beside the text, each in a small file."""

import pytest

from directives_adapters.documents import LeftOut, read_document
from directives_core.errors import EncryptedDocument
from tests.documents.office import ODF, odt

LEVELS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="I" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="–"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." '
    'text:display-levels="2"/></text:list-style>'
)


def p(text):
    return f"<text:p>{text}</text:p>"


def item(*inner):
    return f"<text:list-item>{''.join(inner)}</text:list-item>"


def lists(*items, style="", more=""):
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{''.join(items)}</text:list>"


def table(*rows):
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell>{cell}</table:table-cell>' for cell in row)}</table:table-row>"
        for row in rows
    )
    return f"<table:table>{cells}</table:table>"


def text_of(data):
    return read_document(data, "notice.odt").text


def test_lists_within_lists_are_numbered_by_their_style():
    body = lists(
        item(p("PHẦN CHUNG"), lists(
            item(p("Sở Y tế"), lists(item(p("rà soát;")), item(p("báo cáo."), lists(item(p("gấp")))))),
            item(p("Sở Nội vụ")),
        )),
        item(p("PHẦN RIÊNG"), lists(item(p("Sở Xây dựng")))),
        style="L1",
    )  # fmt: skip

    assert text_of(odt(body, automatic=LEVELS)).split("\n") == [
        "I. PHẦN CHUNG", "1. Sở Y tế", "a) rà soát;", "b) báo cáo.", "- gấp", "2. Sở Nội vụ", "II. PHẦN RIÊNG",
        "1. Sở Xây dựng",
    ]  # fmt: skip


def test_a_list_goes_on_after_a_paragraph_where_it_says_so():
    body = (
        lists(item(p("Một")), style="L2", more='xml:id="first"') + p("Giữa")
        + lists(item(lists(item(p("Một một")))), item(p("Hai")), style="L2", more='text:continue-list="first"')
        + lists(item(p("Ba")), style="L2", more='text:continue-numbering="true"')
        + lists(item(p("Lại một")), style="L2")
        + lists('<text:list-item text:start-value="9"><text:p>Chín</text:p></text:list-item>', style="L2")
    )  # fmt: skip

    assert text_of(odt(body, styles=LEVELS)).split("\n") == [
        "1. Một", "Giữa", "1.1. Một một", "2. Hai", "3. Ba", "1. Lại một", "9. Chín",
    ]  # fmt: skip


def test_a_letterhead_and_an_appendix_are_given_as_in_word():
    head = table(
        (p("UBND XÃ KHE LŨNG") + p("Số: 5/TB-UBND"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")),
    )
    appendix = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell>" + p("Đơn vị")
        + "</table:table-cell><table:table-cell>" + p("Nhiệm vụ") + "</table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell>" + p("Công an")
        + '</table:table-cell><table:table-cell table:number-columns-repeated="2">' + p("Rà soát")
        + "</table:table-cell><table:covered-table-cell/></table:table-row></table:table>"
    )  # fmt: skip

    assert text_of(odt(head + p("THÔNG BÁO") + appendix)).split("\n") == [
        "UBND XÃ KHE LŨNG", "Số: 5/TB-UBND", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "THÔNG BÁO", "",
        "Đơn vị | Nhiệm vụ", "Công an | Rà soát | Rà soát |",
    ]  # fmt: skip


def test_blanks_breaks_notes_and_boxes_are_read_as_printed():
    body = (
        '<text:p>Số:<text:tab/>12 <text:s text:c="2"/>\n  <text:span>x</text:span><text:line-break/>dòng hai'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Theo Luật.</text:p>"
        "</text:note-body></text:note><draw:frame><draw:text-box><text:p>HỎA TỐC</text:p></draw:text-box></draw:frame>"
        "</text:p>"
    )

    assert text_of(odt(body)) == "Số:\t12    x\ndòng hai\nHỎA TỐC\n\n[1] Theo Luật."


def test_capitals_that_are_only_a_look_are_read_as_printed():
    looks = '<style:style style:name="P1"><style:text-properties fo:text-transform="uppercase"/></style:style>'

    assert text_of(odt('<text:p text:style-name="P1">thông báo</text:p>', automatic=looks)) == "THÔNG BÁO"


def test_deletions_page_headers_comments_and_hidden_text_are_left_out_by_name():
    hidden = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>trước ngày 15/9</text:p></text:deletion>"
        '</text:changed-region></text:tracked-changes><text:p>Nộp<text:span text:style-name="T1">ẩn</text:span>'
        "<office:annotation><text:p>sửa lại</text:p></office:annotation></text:p>"
    )
    masters = (
        "<style:master-page><style:header><text:p>UBND</text:p></style:header><style:footer><text:p>2</text:p>"
        "</style:footer></style:master-page>"
    )

    document = read_document(odt(body, automatic=hidden, masters=masters, Basic__script_xml="<x/>"))

    assert document.text == "Nộp"
    assert set(document.left_out) == {
        LeftOut("deleted text", "trước ngày 15/9"), LeftOut("hidden text", "ẩn"), LeftOut("comment", "sửa lại"),
        LeftOut("page header", "UBND"), LeftOut("page footer", "2"), LeftOut("macro"),
    }  # fmt: skip
    assert len(document.warnings) == 3


def test_pictures_from_elsewhere_are_told_and_not_fetched():
    image = '<text:p>Nộp<draw:frame><draw:image xlink:href="http://127.0.0.1:9/a.png"/></draw:frame></text:p>'

    assert read_document(odt(image)).warnings == ("it refers to files elsewhere, which were not fetched",)


def test_a_locked_file_is_refused():
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f"<manifest:manifest {ODF}>{entry}</manifest:manifest>"
    with pytest.raises(EncryptedDocument):
        read_document(odt("", **{"META-INF__manifest_xml": manifest}))
