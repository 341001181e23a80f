"""Word documents: numbering, tables, tracked changes and what stands beside the text, each in a small file."""

import pytest

from directives_adapters.documents import LeftOut, read_document
from tests.documents.office import RELATION, STRICT, W, docx, level, numbering, p, run, table

LETTERHEAD = table(
    ["UBND HUYỆN KHE LŨNG\nVĂN PHÒNG\nSố: 12/TB-VP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]
)
LISTS = numbering(
    level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    + level(3, "bullet", "-"),
    level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2."),
)  # fmt: skip


def text_of(data):
    return read_document(data, "notice.docx").text


def test_list_numbers_are_printed_as_word_prints_them():
    data = docx(
        p("PHẦN CHUNG", numbered=(1, 0)), p("Sở Y tế", numbered=(1, 1)), p("rà soát;", numbered=(1, 2)),
        p("báo cáo.", numbered=(1, 2)), p("gấp", numbered=(1, 3)), p("Sở Nội vụ", numbered=(1, 1)),
        p("thẩm định", numbered=(1, 2)), p("PHẦN RIÊNG", numbered=(1, 0)), p("Sở Xây dựng", numbered=(1, 1)),
        word__numbering_xml=LISTS,
    )  # fmt: skip

    assert text_of(data).split("\n") == [
        "I. PHẦN CHUNG", "1. Sở Y tế", "a) rà soát;", "b) báo cáo.", "- gấp", "2. Sở Nội vụ", "a) thẩm định",
        "II. PHẦN RIÊNG", "1. Sở Xây dựng",
    ]  # fmt: skip


def test_numbers_of_several_levels_and_empty_paragraphs_count_as_word_counts_them():
    data = docx(
        p("Một", numbered=(2, 0)), p("", numbered=(2, 0)), p("Hai", numbered=(2, 0)), p("Hai một", numbered=(2, 1)),
        p("không có trong danh sách", numbered=(0, 0)), p("Hai hai", numbered=(2, 1)), word__numbering_xml=LISTS,
    )  # fmt: skip

    assert text_of(data).split("\n") == [
        "1. Một", "", "2. Hai", "2.1. Hai một", "không có trong danh sách", "2.2. Hai hai",
    ]  # fmt: skip


def test_a_list_that_starts_anew_or_elsewhere_says_so():
    lists = numbering(
        level(0, "decimal", "%1."),
        lists='<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>",
    )
    data = docx(
        p("a", numbered=(1, 0)), p("b", numbered=(1, 0)), p("c", numbered=(7, 0)), p("d", numbered=(7, 0)),
        p("e", numbered=(1, 0)), word__numbering_xml=lists,
    )  # fmt: skip

    assert text_of(data) == "1. a\n2. b\n5. c\n6. d\n7. e"


def test_a_style_may_carry_the_list_and_the_capitals():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Base"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style></w:styles>"
    )
    data = docx(p("phần chung", style="Muc"), p("", style="Muc", inner=run("nhỏ", '<w:caps w:val="0"/>')),
                word__styles_xml=styles, word__numbering_xml=LISTS)  # fmt: skip

    assert text_of(data) == "I. PHẦN CHUNG\nII. nhỏ"


@pytest.mark.parametrize(
    ("sign", "printed"), [("-", "-"), ("–", "-"), ("+", "+"), ("\uf0b7", "•"), ("o", "○"), ("\uf0fc", "•"), ("•", "•")]
)
def test_bullets_are_signs_that_a_text_can_hold(sign, printed):
    data = docx(p("Rà soát", numbered=(1, 0)), word__numbering_xml=numbering(level(0, "bullet", sign)))

    assert text_of(data) == f"{printed} Rà soát"


def test_a_letterhead_is_given_column_by_column():
    assert text_of(docx(LETTERHEAD, p("THÔNG BÁO"))).split("\n") == [
        "UBND HUYỆN KHE LŨNG", "VĂN PHÒNG", "Số: 12/TB-VP", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "", "THÔNG BÁO",
    ]  # fmt: skip


def test_the_recipients_and_the_signature_are_given_column_by_column():
    data = docx(table(["Nơi nhận:\n- Như trên;\n- Lưu: VT.", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"]))

    assert text_of(data) == "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"


def test_a_row_of_an_appendix_is_one_line_with_its_cells_parted_by_bars():
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Phòng Nội vụ")
    data = docx(
        table(
            ["TT", "Đơn vị", "Nhiệm vụ", "Thời hạn"],
            ["1", merged, "Nộp hồ sơ\nsáp nhập thôn", "30/9/2024"],
            ["2", f"<w:tcPr><w:vMerge/></w:tcPr>{p()}", "Rà soát", ""],
            [f'<w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{p("Chung")}', "tháng 10"],
        )
    )

    assert text_of(data).split("\n") == [
        "TT | Đơn vị | Nhiệm vụ | Thời hạn",
        "1 | Phòng Nội vụ | Nộp hồ sơ sáp nhập thôn | 30/9/2024",
        "2 |  | Rà soát |",
        "Chung |  |  | tháng 10",
    ]


def test_insertions_are_read_and_deletions_left_out_with_a_warning():
    changed = (
        f'<w:ins w:id="1">{run(" trước ngày 30/9/2024")}</w:ins>'
        '<w:del w:id="2"><w:r><w:delText> trước ngày 15/9/2024</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{run("dời đi")}</w:moveFrom><w:moveTo w:id="4">{run(".")}</w:moveTo>'
    )
    document = read_document(docx(p("Nộp hồ sơ", inner=changed)))

    assert document.text == "Nộp hồ sơ trước ngày 30/9/2024."
    assert document.left_out == (LeftOut("deleted text", "trước ngày 15/9/2024"), LeftOut("deleted text", "dời đi"))
    assert "tracked changes" in document.warnings[0]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    data = docx(p("Nộp hồ ", look='<w:rPr><w:del w:id="1"/></w:rPr>'), p("sơ."), p("Rà soát."))

    assert text_of(data) == "Nộp hồ sơ.\nRà soát."


def test_a_text_box_that_stands_in_the_file_twice_is_read_once():
    box = f"<w:txbxContent>{p('HỎA TỐC')}</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        "</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert text_of(docx(p("Kính gửi:", inner=both), p("Phòng Y tế"))) == "Kính gửi:\nHỎA TỐC\nPhòng Y tế"


def test_breaks_tabs_fields_and_hyphens_are_read_as_printed():
    inner = (
        "<w:r><w:t>Số:</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>dòng hai</w:t><w:softHyphen/><w:t>, QĐ</w:t>"
        '<w:noBreakHyphen/><w:t>UB</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> 5/6</w:t></w:r>'
        "<w:hyperlink><w:r><w:t> tại đây</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>!</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )

    assert text_of(docx(p(inner=inner))) == "Số:\t12\ndòng hai, QĐ-UB 5/6 tại đây!"


def test_footnotes_stand_at_the_end():
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0">{p("sep")}</w:footnote><w:footnote w:id="2">{p("Theo Luật.")}'
        "</w:footnote></w:footnotes>"
    )
    data = docx(p("Nộp", inner='<w:r><w:footnoteReference w:id="2"/></w:r>'), p("Hết"), word__footnotes_xml=notes)

    assert text_of(data) == "Nộp\nHết\n\n[1] Theo Luật."


def test_page_headers_comments_hidden_text_pictures_and_macros_are_left_out_by_name():
    document = read_document(
        docx(
            p("Nộp", inner=run("ẩn", "<w:vanish/>") + "<w:r><w:drawing><a:blip/></w:drawing></w:r>"),
            word__header1_xml=f"<w:hdr {W}>{p('UBND huyện')}</w:hdr>",
            word__footer1_xml=f"<w:ftr {W}>{p('Trang 1')}</w:ftr>",
            word__comments_xml=f"<w:comments {W}><w:comment>{p('sửa lại')}</w:comment></w:comments>",
            word__vbaProject_bin=b"\xd0\xcf\x11\xe0 never opened",
        ),
        "notice.docm",
    )

    assert document.text == "Nộp"
    assert set(document.left_out) == {
        LeftOut("page header", "UBND huyện"), LeftOut("page footer", "Trang 1"), LeftOut("comment", "sửa lại"),
        LeftOut("hidden text", "ẩn"), LeftOut("picture"), LeftOut("macro"),
    }  # fmt: skip
    assert "macros" in " ".join(document.warnings)


def test_what_lies_elsewhere_is_told_and_not_fetched():
    relations = (
        f'<Relationships><Relationship Type="{RELATION}/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    document = read_document(docx(p("Nộp"), **{"word/_rels/document.xml.rels": relations}))

    assert document.warnings == ("it refers to files elsewhere, which were not fetched",)


def test_the_strict_form_of_the_format_is_read_like_the_other():
    strict = f"<w:document {STRICT}><w:body>{p('Rà soát', numbered=(1, 0))}</w:body></w:document>"
    data = docx(word__document_xml=strict, word__numbering_xml=LISTS.replace(W, STRICT))

    assert text_of(data) == "I. Rà soát"


def test_text_in_a_font_from_before_unicode_is_put_into_unicode():
    old = "Th«ng b¸o kÕt luËn cña Chñ tÞch ñy ban nh©n d©n huyÖn t¹i héi nghÞ vÒ c¸c nhiÖm vô"
    document = read_document(docx(p(old)))

    assert document.text == "Thông báo kết luận của Chủ tịch ủy ban nhân dân huyện tại hội nghị về các nhiệm vụ"
    assert "TCVN3" in document.warnings[0]
