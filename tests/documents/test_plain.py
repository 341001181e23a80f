"""Plain text, and which kind of file bytes are."""

import unicodedata

import pytest

from directives_adapters.documents import read_document
from directives_core.bundled import notice_text
from directives_core.errors import (
    BrokenDocument,
    EncryptedDocument,
    ScannedDocument,
    SecretDocument,
    UnknownFormat,
)
from tests.documents.office import TYPES, docx, p, packed
from tests.documents.sheets import pdf

TEXT = notice_text()
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_1258(text):
    """The bytes of windows-1258, which has most tones apart from their letters."""

    def letter(sign):
        parts = unicodedata.normalize("NFD", sign)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        return base + "".join(mark for mark in parts if mark in TONES)

    return "".join(map(letter, text)).replace("➢", "-").encode("cp1258", errors="replace")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_read_in_every_encoding_and_form(encoding, form):
    document = read_document(unicodedata.normalize(form, TEXT).encode(encoding), "notice.txt")

    assert document.text == TEXT
    assert document.format == "txt"
    assert document.warnings == ()


def test_windows_1258_is_read_composed():
    text = "Thông báo kết luận của Chủ tịch Ủy ban nhân dân huyện: nộp hồ sơ trước ngày 30/9/2024."

    assert read_document(in_1258(text)).text == text


@pytest.mark.parametrize(
    ("old", "encoding"),
    [
        ("Th«ng b¸o kÕt luËn cña Chñ tÞch UBND huyÖn t¹i héi nghÞ vÒ c¸c ®¬n vÞ, tr\xad\xedc ngµy 30", "TCVN3"),
        ("Thoâng baùo keát luaän cuûa Chuû tòch UBND huyeän taïi hoäi nghò veà caùc ñôn vò, tröôùc ngaøy 30", "VNI"),
    ],
)
def test_encodings_from_before_unicode_are_read_with_a_warning(old, encoding):
    read = "Thông báo kết luận của Chủ tịch UBND huyện tại hội nghị về các đơn vị, trước ngày 30"

    for data in (old.encode("cp1252"), old.encode()):
        document = read_document(data, "cu.txt")

        assert document.text == read
        assert encoding in document.warnings[0]


def test_line_ends_and_blanks_of_a_text_stay_as_they_are():
    text = "a\r\n  b\t c\n\n\n\nd "

    assert read_document(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "name", "refusal", "said"),
    [
        (b"a\0b", "a.txt", UnknownFormat, "zero bytes, which cannot be read; save it as .txt"),
        (b"\xff\xfea", "a.txt", BrokenDocument, "breaks off"),
        (b"\xd2\xd2\x81\x8d\x90", "a.txt", UnknownFormat, "save it as .txt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", UnknownFormat, "save it as .docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", EncryptedDocument, "password"),
        (b"{\\rtf1 a}", "a.doc", UnknownFormat, "save it as .docx"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a.png", ScannedDocument, "OCR"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", None, ScannedDocument, "OCR"),
        (packed({"a.txt": "a"}), "a.zip", UnknownFormat, "a zip file that holds no document"),
        (packed({"[Content_Types].xml": TYPES, "xl/workbook.xml": ""}), "a.xlsx", UnknownFormat, "a spreadsheet"),
        (b"plain words", "a.docx", BrokenDocument, "does not begin as one"),
        (b"plain words", "a.pdf", BrokenDocument, "does not begin as one"),
        (docx(p())[:200], "a.docx", BrokenDocument, "no whole zip file"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(data, name, refusal, said):
    with pytest.raises(refusal) as refused:
        read_document(data, name)

    assert said in str(refused.value)


def test_the_bytes_tell_more_than_the_name():
    assert read_document(docx(p("Nộp")), "notice.pdf").format == "docx"
    assert read_document(b"<!DOCTYPE html><p>x", "notice.txt").format == "html"
    assert read_document("Nộp".encode(), "C:\\notice.TXT").format == "txt"


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "(MẬT)", "Độ mật: Tối mật"])
def test_a_stamped_paper_is_refused(stamp):
    text = f"UBND HUYỆN KHE LŨNG\nSố: 5/TB-UBND\n  {stamp}\nTHÔNG BÁO\n"

    for data in (text.encode(), docx(*map(p, text.split("\n"))), f"<html><p>{text.replace(chr(10), '<p>')}".encode()):
        with pytest.raises(SecretDocument, match=r"stamped (TỐI |TUYỆT )?MẬT; it was not kept"):
            read_document(data)


def test_a_stamp_in_a_text_box_a_page_header_or_beside_the_number_is_seen():
    from tests.documents.office import W, table

    header = docx(p("THÔNG BÁO"), word__header1_xml=f"<w:hdr {W}>{p('TỐI MẬT')}</w:hdr>")
    beside = docx(table(["MẬT", "Số: 5/TB"], ["Kính gửi", "x"]))
    spaced = "UBND HUYỆN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nMẬT          Độc lập - Tự do\n".encode()
    drawn = pdf([(100.0, 700.0, 14, "THÔNG BÁO KẾT LUẬN"), (100.0, 740.0, 14, "TUYỆT MẬT")])

    for data in (header, beside, spaced, drawn):
        with pytest.raises(SecretDocument):
            read_document(data)


@pytest.mark.parametrize(
    "text",
    [
        "Công an huyện thực hiện công tác bảo vệ bí mật nhà nước.",
        "KẾT LUẬN VỀ CÔNG TÁC BẢO VỆ BÍ\nMẬT\n",
        "thực hiện công tác bảo vệ bí\nmật\nnhà nước",
        "I. BẢO MẬT\n1. Mật khẩu phải đổi.",
        "\n" * 70 + "MẬT",
    ],
)
def test_the_word_in_running_text_is_no_stamp(text):
    assert read_document(text.encode()).text == text
