"""Files made to do harm: refused or read, in bounded time and memory, and never obeyed."""

import io
import resource
import time
import zipfile
import zlib

import pytest

from directives_adapters.documents import limits, read_document
from directives_core.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument, UnreadableDocument
from tests.documents.office import ODF, TYPES, W, docx, level, numbering, odt, p, packed

MAIN = f"<w:document {W}><w:body>{{}}</w:body></w:document>"


@pytest.fixture(autouse=True)
def bounded():
    """Whatever was tried, the process stays below 1.5 GB, and no file holds it up for ten seconds."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000


def test_a_part_that_unpacks_beyond_measure_is_refused():
    bomb = docx(word__document_xml=MAIN.format(" " * 200_000_000))
    assert len(bomb) < 300_000

    with pytest.raises(DocumentTooLarge, match="unpacks beyond measure"):
        read_document(bomb)


def test_a_part_that_lies_about_its_size_is_refused():
    data = docx(p("x" * 5_000_000))
    size = len(MAIN)
    lying = data.replace((5_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))

    with pytest.raises(UnreadableDocument):
        read_document(lying[:-40] + lying[-40:].replace(b"\0", b"\1"))


def test_a_package_of_very_many_files_is_refused():
    with pytest.raises(DocumentTooLarge, match="at most 2,000 packed files"):
        read_document(packed({f"word/{n}.xml": "" for n in range(2_100)}))


def test_a_package_within_a_package_is_never_opened():
    inner = packed({"a": "0" * 10_000_000})

    assert read_document(docx(p("Nộp"), **{"word/embeddings/a.docx": inner})).text == "Nộp"


def test_a_file_beyond_the_limit_of_bytes_is_refused_unread():
    with pytest.raises(DocumentTooLarge, match="50,000,000 bytes"):
        read_document(b"\0" * (limits.MAX_BYTES + 1))


@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/a"> %x;]>',
    ],
)
def test_entities_and_outside_definitions_are_refused_before_they_are_used(kind, doctype):
    body = MAIN.format(p("&x;&c;")) if kind == "docx" else f"<office:document-content {ODF}/>"
    part = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    data = docx(**{part: doctype + body}) if kind == "docx" else odt("", **{part: doctype + body})

    with pytest.raises(BrokenDocument, match="declares a document type"):
        read_document(data)


def test_elements_nested_without_end_are_refused():
    deep = MAIN.format("<w:sdt><w:sdtContent>" * 500)

    with pytest.raises(DocumentTooLarge, match="nested too deeply"):
        read_document(docx(word__document_xml=deep))


def test_markup_without_end_is_refused():
    import random

    words = random.Random(1)
    many = MAIN.format("".join(f'<w:p w:a="{words.random()}"/>' for _ in range(limits.MAX_NODES + 10)))

    with pytest.raises(DocumentTooLarge, match="too much markup"):
        read_document(docx(word__document_xml=many))


def test_text_without_end_is_refused_in_every_format():
    import base64
    import random

    noise = base64.b64encode(random.Random(1).randbytes(900_000)).decode()

    for data in (noise.encode(), docx(p(noise)), odt(f"<text:p>{noise}</text:p>"), f"<html><p>{noise}".encode()):
        with pytest.raises(DocumentTooLarge, match="too much text"):
            read_document(data)


def test_repetitions_that_are_only_said_are_not_carried_out():
    body = (
        '<text:p>a<text:s text:c="999999999"/>b</text:p><table:table><table:table-row '
        'table:number-rows-repeated="999999"><table:table-cell table:number-columns-repeated="999999">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )

    assert len(read_document(odt(body)).text) < 10_000
    assert len(read_document(b"<html><table><tr><td colspan=999999>a<td>b</table>").text) < 200


def test_list_numbers_cannot_grow_without_end():
    huge = level(0, "lowerLetter", "x" * 10_000 + "%1", '<w:start w:val="99999999999999999999"/>')
    data = docx(*(p("a", numbered=(1, 0)) for _ in range(100)), word__numbering_xml=numbering(huge))

    assert len(read_document(data).text) < 100 * 50


def test_styles_and_lists_that_refer_to_one_another_in_a_circle_are_read():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )

    assert read_document(docx(p("Nộp", style="A"), word__styles_xml=f"<w:styles {W}>{styles}</w:styles>")).text == "Nộp"


def test_marks_heaped_on_one_letter_are_cut():
    begun = time.process_time()
    document = read_document(("a" + "\u0301\u0323" * 100_000).encode())

    assert len(document.text) < 20
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_of_packing_that_no_office_uses_are_refused(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", " " * 1_000_000)

    with pytest.raises(BrokenDocument, match="a method that no office uses"):
        read_document(out.getvalue())


def test_a_locked_part_is_refused():
    data = bytearray(packed({"[Content_Types].xml": TYPES, "word/document.xml": "x"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1

    with pytest.raises(EncryptedDocument):
        read_document(bytes(data))


def test_a_pdf_whose_streams_unpack_beyond_measure_is_refused():
    pytest.importorskip("pypdfium2", reason="the extra `documents` is not installed")
    from tests.documents.sheets import pdf, whole

    packed_twice = zlib.compress(zlib.compress(b"q " * 300_000_000, 9), 9).decode("latin-1")
    assert len(packed_twice) < 100_000
    page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>"
    stream = f"<</Filter [/FlateDecode /FlateDecode] /Length {len(packed_twice)}>> stream\n{packed_twice}\nendstream"
    tree = {1: "<</Type /Catalog /Pages 2 0 R>>", 2: "<</Type /Pages /Kids [3 0 R] /Count 1>>"}

    with pytest.raises(UnreadableDocument):
        read_document(whole({**tree, 3: page, 4: stream}))
    with pytest.raises(UnreadableDocument):
        read_document(pdf([], catalogue="/OpenAction <</S /JavaScript /JS (app.alert(1))>>"))
