"""Web pages: the paper in them, as a browser shows it."""

import pytest

from directives_adapters.documents import LeftOut, read_document

PAPER = "<p>THÔNG BÁO</p><p>" + "Giao Sở Tài chính rà soát kế hoạch, báo cáo. " * 10 + "</p>"


def text_of(html):
    return read_document(html.encode(), "notice.html").text


def test_paragraphs_breaks_entities_and_blanks_are_read_as_shown():
    html = (
        "<!doctype html><html><body><p>Giao  S&#7903;\n Y&nbsp;t&ecirc;</p>\n<p>Hai<br>ba <b>bốn</b>, "
        "<i>năm</i>.<p>Sáu</body>"
    )

    assert text_of(html) == "Giao Sở Y tê\nHai\nba bốn, năm.\nSáu"


def test_lists_are_numbered_as_shown():
    html = (
        "<html><ol type=I><li>PHẦN CHUNG<ol start=4><li>Sở Y tế<ul><li>rà soát</ul><li value=7>Sở Nội vụ</ol>"
        '<li>PHẦN RIÊNG</ol><ol style="list-style-type: lower-alpha"><li>một<li>hai</ol>'
        '<ul style="list-style:none"><li>không dấu</ul>'
    )

    assert text_of(html).split("\n") == [
        "I. PHẦN CHUNG", "4. Sở Y tế", "• rà soát", "7. Sở Nội vụ", "II. PHẦN RIÊNG", "a. một", "b. hai", "không dấu",
    ]  # fmt: skip


def test_tables_are_given_as_in_word():
    html = (
        "<table><tr><td><p>UBND XÃ KHE LŨNG</p><p>Số: 5/TB-UBND</p><td>CỘNG HÒA XÃ HỘI<br>CHỦ NGHĨA VIỆT NAM</table>"
        "<table><thead><tr><th>Đơn vị<th>Nhiệm vụ</thead><tr><td>Công an<td>Rà soát<ul><li>dân cư</ul></table>"
    )

    assert text_of(f"<html>{html}").split("\n") == [
        "UBND XÃ KHE LŨNG", "Số: 5/TB-UBND", "", "CỘNG HÒA XÃ HỘI", "CHỦ NGHĨA VIỆT NAM", "", "Đơn vị | Nhiệm vụ",
        "Công an | Rà soát • dân cư",
    ]  # fmt: skip


def test_scripts_styles_and_comments_are_not_text():
    html = (
        "<html><head><title>Cổng</title><style>p{}</style></head><body><script>if (a<b) document.write('<p>x')</script>"
        "<!-- <p>y --><noscript>z</noscript><p>Nộp</p><template><p>t</template><svg><text>u</text></svg>"
    )

    assert text_of(html) == "Nộp"


@pytest.mark.parametrize("name", ["main", "article"])
def test_only_the_paper_is_taken_where_the_page_says_which_it_is(name):
    html = f"<html><body><div>Trang chủ</div><{name}>{PAPER}</{name}><div>Bản quyền</div></body>"

    assert text_of(html).startswith("THÔNG BÁO\nGiao Sở")
    assert "Bản quyền" not in text_of(html)


def test_navigation_and_hidden_text_are_left_out_by_name():
    html = f'<html><nav>Trang chủ</nav><p style="display: none">mật khẩu</p>{PAPER}<footer>Bản quyền</footer>'
    document = read_document(html.encode())

    assert document.format == "html"
    assert document.text.startswith("THÔNG BÁO")
    assert document.left_out == (
        LeftOut("navigation", "Trang chủ"), LeftOut("navigation", "Bản quyền"), LeftOut("hidden text", "mật khẩu"),
    )  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_the_page_may_name_its_encoding(charset):
    html = f'<html><meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>Đơn vị</p>'

    assert read_document(html.encode(charset, errors="xmlcharrefreplace"), "a.html").text == "Đơn vị"


def test_ends_that_are_left_out_or_too_many_do_no_harm():
    assert text_of("<html></div></p><td>một</table><p>hai<div>ba</p></div></div>bốn<li>năm") == "một\nhai\nba\nbốn\nnăm"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<p",
        "<!--",
        "<a b='",
        "</",
        "<script>",
        "<ol><li>",
        "<table><tr><td>",
        "&",
        "&#",
        "<p>x",
        "<b>",
        "<ul>",
        "<p a=b ",
    ],
)
def test_a_page_of_one_piece_over_and_over_takes_bounded_time(piece):
    import time

    begun = time.process_time()

    text_of("<html>" + piece * (100_000 // len(piece)))

    assert time.process_time() - begun < 2
