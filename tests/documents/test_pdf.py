"""Portable documents: paragraphs, columns, margins, and pages without text."""

import resource
import time

import pytest

from directives_adapters.documents import LeftOut, read_document
from directives_core.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument, ScannedDocument
from tests.documents.sheets import BIG, pdf, set_as_sheet, stream, whole

pytest.importorskip("pypdfium2", reason="the extra `documents` is not installed")

LONG = (
    "Giao Sở Tài nguyên và Môi trường chủ trì, phối hợp với Sở Tư pháp, Ủy ban nhân dân các huyện rà soát toàn bộ hồ "
    "sơ tồn đọng, báo cáo Ủy ban nhân dân tỉnh theo Công văn số 1120/UBND-NNTN ngày 02/5/2024 trước ngày 30/6/2024"
)
PARAGRAPHS = [f"1. {LONG}.", f"2. {LONG};", f"- {LONG}.", f"a) {LONG}.", f"Trong đó, {LONG}.", "Hết."]


def text_of(data):
    return read_document(data, "notice.pdf").text


def test_broken_lines_become_the_paragraphs_that_they_were():
    assert text_of(pdf(*set_as_sheet(PARAGRAPHS))).split("\n") == PARAGRAPHS


def test_paragraphs_without_an_indent_are_parted_by_their_markers_and_short_last_lines():
    assert text_of(pdf(*set_as_sheet(PARAGRAPHS, indent=0))).split("\n") == PARAGRAPHS


def test_a_paragraph_goes_on_over_the_page():
    assert text_of(pdf(*set_as_sheet(PARAGRAPHS, lines_a_page=6))).split("\n") == PARAGRAPHS


def test_lines_of_a_title_stay_lines_and_empty_lines_stay_empty():
    title = ["THÔNG BÁO", "Ý kiến kết luận của đồng chí Phó Chủ tịch tỉnh", "tại cuộc họp về hồ sơ tồn đọng", ""]

    assert text_of(pdf(*set_as_sheet([*title, *PARAGRAPHS], centred=3))).split("\n") == [*title, *PARAGRAPHS]


def test_page_numbers_headers_and_footers_are_left_out():
    pages = set_as_sheet(PARAGRAPHS * 3, lines_a_page=9)
    for number, page in enumerate(pages, 1):
        page.append((290.0, 805.0, BIG, str(number)))
        page.append((85.0, 40.0, 10, f"TB-VP/12 - Trang {number}"))
    assert len(pages) >= 3

    document = read_document(pdf(*pages))

    assert document.text.split("\n") == PARAGRAPHS * 3
    assert LeftOut("page number", "2") in document.left_out
    assert LeftOut("page footer", "TB-VP/12 - Trang 3") in document.left_out


def test_the_print_of_an_electronic_signature_is_left_out():
    (page,) = set_as_sheet(PARAGRAPHS[:1])
    signed = [(320.0, 830.0, 8, "Ký bởi: Văn phòng"), (320.0, 820.0, 8, "Thời gian ký: 22.09.2021 16:05:12 +07:00")]

    document = read_document(pdf([*signed, *page]))

    assert document.text == PARAGRAPHS[0]
    assert {left.what for left in document.left_out} == {"signature stamp"}


def test_a_letterhead_is_given_column_by_column_even_where_its_halves_nearly_touch():
    page = [
        (60.0, 780.0, 13, "UBND HUYỆN KHE LŨNG"), (200.0, 780.0, 13, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (80.0, 764.0, 13, "VĂN PHÒNG"), (240.0, 763.0, 13, "Độc lập - Tự do - Hạnh phúc"),
        (60.0, 740.0, 13, "Số: 12/TB-VP"), (240.0, 740.0, 13, "Khe Lũng, ngày 5 tháng 6 năm 2024"),
        (250.0, 700.0, 13, "THÔNG BÁO"),
    ]  # fmt: skip

    assert text_of(pdf(page)).split("\n") == [
        "UBND HUYỆN KHE LŨNG", "VĂN PHÒNG", "Số: 12/TB-VP", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Khe Lũng, ngày 5 tháng 6 năm 2024", "", "THÔNG BÁO",
    ]  # fmt: skip


def test_a_row_of_a_table_is_one_line_with_its_cells_parted_by_bars():
    page = [
        (50.0, 700.0, 12, "TT"), (90.0, 700.0, 12, "Đơn vị"), (220.0, 700.0, 12, "Nhiệm vụ"),
        (450.0, 700.0, 12, "Thời hạn"),
        (50.0, 670.0, 12, "1"), (90.0, 670.0, 12, "Phòng Nội vụ"), (220.0, 670.0, 12, "Nộp hồ sơ sáp nhập"),
        (450.0, 670.0, 12, "30/9/2024"), (220.0, 656.0, 12, "thôn Chanh"),
        (50.0, 626.0, 12, "2"), (90.0, 626.0, 12, "Công an"), (220.0, 626.0, 12, "Rà soát dữ liệu"),
        (450.0, 626.0, 12, "tháng 10"), (220.0, 612.0, 12, "dân cư"),
    ]  # fmt: skip

    assert text_of(pdf(page)).split("\n") == [
        "TT | Đơn vị | Nhiệm vụ | Thời hạn",
        "1 | Phòng Nội vụ | Nộp hồ sơ sáp nhập thôn Chanh | 30/9/2024",
        "2 | Công an | Rà soát dữ liệu dân cư | tháng 10",
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_words_are_read_by_their_place_whatever_the_order_they_are_drawn_in(order):
    (page,) = set_as_sheet(PARAGRAPHS)
    words = [
        (x + 7 * at, y, size, letter) for x, y, size, line in page for at, letter in enumerate(line) if letter != " "
    ]

    assert text_of(pdf(words[::order])).split("\n") == PARAGRAPHS


def test_bold_made_by_drawing_twice_is_read_once():
    (page,) = set_as_sheet(PARAGRAPHS[:2])
    twice = [line for x, y, size, words in page for line in ((x, y, size, words), (x + 0.3, y, size, words))]

    assert text_of(pdf(twice)).split("\n") == PARAGRAPHS[:2]


def test_letters_that_old_versions_of_word_misname_are_read_as_meant():
    (page,) = set_as_sheet(["Giao đơn vị trƣớc ngày 30/9 phải đƣợc báo cáo."])

    assert text_of(pdf(page)) == "Giao đơn vị trước ngày 30/9 phải được báo cáo."


def test_pages_that_are_pictures_are_refused_with_advice():
    with pytest.raises(ScannedDocument, match="2 pages are pictures without text; get the text version") as refused:
        read_document(pdf([], [], picture=True), "scan.pdf")

    assert refused.value.pages == 2


def test_single_pages_that_are_pictures_are_told():
    (page,) = set_as_sheet(PARAGRAPHS[:1])

    assert read_document(pdf(page, [], picture=True)).warnings == ("pages without text, which were not read: 2",)


def test_a_locked_file_is_refused():
    lock = stream("")[:0] + (
        "<</Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + "ab" * 32 + "> /U <" + "cd" * 32 + ">>>"
    )
    data = whole(
        {1: "<</Type /Catalog /Pages 2 0 R>>", 2: "<</Type /Pages /Kids [] /Count 0>>", 3: lock},
        f"/Encrypt 3 0 R /ID [<{'11' * 16}> <{'11' * 16}>]",
    )

    with pytest.raises(EncryptedDocument):
        read_document(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", pdf()], ids=["cut", "empty", "no pages"])
def test_a_broken_file_is_refused(data):
    with pytest.raises(BrokenDocument):
        read_document(data)


def test_a_file_of_too_many_pages_is_refused_with_their_number():
    with pytest.raises(DocumentTooLarge, match="it has 301 pages; at most 300 pages are read"):
        read_document(pdf(*[[]] * 301))


def test_two_hundred_pages_are_read_in_bounded_time():
    pages = set_as_sheet(PARAGRAPHS * 115, lines_a_page=10)
    assert len(pages) >= 200
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime + time.process_time()

    assert text_of(pdf(*pages)).split("\n") == PARAGRAPHS * 115
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime + time.process_time() - before < 15
