"""What is fuzzed: each target takes bytes, and raises where neither a refusal nor a right answer comes out."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from time import process_time

from directives_adapters.documents import read_document
from directives_adapters.documents.pdf import text_of_pages
from directives_adapters.sheets import read_sheets
from directives_core.errors import DirectivesError
from directives_core.folding import fold
from directives_core.reader import read_notice
from tests.documents.office import TYPES, docx, odt, packed
from tests.documents.sheets import pdf, set_as_sheet

__all__ = ["RUNS", "SEEDS", "TARGETS", "check_notice"]

LEAST_SECONDS, BYTES_PER_UNIT, WATCHED_IS_SLOWER = 2.0, 100_000, 5
_PDF_STARTS = 40  # a PDF is taken apart in a process of its own, whose start costs as much as so many pages made here

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NOTICE = (
    "UBND HUYỆN\nTHÔNG BÁO\nKết luận của Chủ tịch UBND huyện\nNgày 22/9/2021, Chủ tịch kết luận:\n"
    "I. PHẦN CHUNG\n1. Giao Phòng Nội vụ chủ trì, phối hợp với Công an huyện rà soát, báo cáo UBND huyện trước ngày "
    "30/9/2021.\n2. Yêu cầu UBND các xã, thị trấn hằng tháng báo cáo kết quả (qua Văn phòng) trước ngày 23.\n"
    "Nơi nhận:\n- Như trên;"
)


def check_notice(text: str) -> None:
    """Read a text as a notice: whatever is taken stands in it word for word."""
    draft = read_notice(text)
    paths = [item.path for item in draft.items]
    assert len(set(paths)) == len(paths), "two items have one path"
    for part in (*draft.items, *draft.left_out):
        assert text[slice(*part.span)] == part.text, "a span is not its words"
    for item in draft.items:
        places = [a.span for a in item.assignees] + [c.span for c in item.citations]
        places += [item.deadline.span] if item.deadline else []
        assert all(0 <= start < end <= len(text) for start, end in places), "a span lies outside of the text"
        if item.deadline:
            # Line ends and what nobody sees are no words, nor is a mark on the last digit that no letter has.
            words = fold(text[slice(*item.deadline.span)]).text
            assert words.startswith(item.deadline.wording), "a deadline is not its words"


def _text(data: bytes) -> None:
    check_notice(data.decode("utf-8", "replace"))


def _document(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        document = read_document(data, name)
        assert "\0" not in document.text
        check_notice(document.text)

    return read


def _docx(data: bytes) -> None:
    """Bytes as they are, or as what a package holds: its document, and after a byte 0 its numbering and styles."""
    if data[:2] == b"PK":
        _document("a.docx")(data)
        return
    body, numbering, styles = _three(data)
    parts = {"word__numbering_xml": numbering, "word__styles_xml": styles}
    package = docx(body.decode("utf-8", "replace"), **{name: part for name, part in parts.items() if part})
    _document("a.docx")(package)


def _three(data: bytes) -> list[bytes]:
    return [*data.split(b"\0", 2), b"", b""][:3]


def _odt(data: bytes) -> None:
    if data[:2] == b"PK":
        _document("a.odt")(data)
        return
    body, automatic, styles = (part.decode("utf-8", "replace") for part in _three(data))
    _document("a.odt")(odt(body, automatic=automatic, styles=styles))


class _Pdf:
    """Pages as they come out of the process that takes files apart; every so often, a whole file."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, data: bytes) -> None:
        self.calls += 1
        if data[:5] == b"%PDF-":
            if self.calls % _PDF_STARTS == 0:
                _document("a.pdf")(data)
            return
        check_notice(text_of_pages(_pages(data)).text)


def _pages(data: bytes) -> list[dict[str, object]]:
    """Pages whose pieces stand where the bytes say: five bytes of place and size, then words up to a line end."""
    pages = []
    for sheet in data.split(b"\f")[:4]:
        pieces = [
            (line[5:].decode("utf-8", "replace"), line[0] * 3.0, line[1] * 3.0, line[2] * 4.0, line[3] / 8 + 0.5)
            for line in sheet.split(b"\n")[:60]
            if len(line) > 5
        ]
        pages.append({"width": 595.0, "height": 842.0, "pictures": len(sheet) % 3, "spoilt": 0, "pieces": pieces})
    return pages


def _sheets(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        for sheet in read_sheets(data, name).sheets:
            for row in sheet.rows:
                assert row.number > 0

    return read


def _xlsx(data: bytes) -> None:
    """Bytes as they are, or as what a workbook holds: its sheet, and after a byte 0 its shared texts and styles."""
    if data[:2] != b"PK":
        sheet, strings, styles = _three(data)
        data = _workbook(sheet, strings, styles)
    _sheets("a.xlsx")(data)


def _workbook(sheet: bytes, strings: bytes, styles: bytes) -> bytes:
    types = TYPES.replace("/>", ">") + (
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/></Types>'
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
        )
    )
    relations = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return packed({
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships {relations}><Relationship Id="r" Type="{_RELATION}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATION}"><sheets><sheet name="A" sheetId="1" r:id="r0"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships {relations}>{links}</Relationships>",
        "xl/worksheets/sheet1.xml": b"", "xl/sheet1.xml": sheet,
        "xl/sharedStrings.xml": strings or f"<sst {_MAIN}/>".encode(),
        "xl/styles.xml": styles or f"<styleSheet {_MAIN}/>".encode(),
    })  # fmt: skip


def _guarded(read: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Refusals are right answers; what takes too long for its length is not."""

    def run(data: bytes) -> None:
        begun = process_time()
        with suppress(DirectivesError):
            read(data)
        spent = process_time() - begun
        slowed = WATCHED_IS_SLOWER if "atheris" in sys.modules else 1
        longest = slowed * LEAST_SECONDS * max(1, len(data) / BYTES_PER_UNIT)
        assert spent < longest, f"{spent:.1f} s for {len(data)} bytes"

    return run


TARGETS: dict[str, Callable[[bytes], None]] = {
    name: _guarded(read)
    for name, read in {
        "notice": _text, "txt": _document("a.txt"), "html": _document("a.html"), "docx": _docx, "odt": _odt,
        "pdf": _Pdf(), "xlsx": _xlsx, "csv": _sheets("a.csv"),
    }.items()
}  # fmt: skip
"""By the name of what they read; `notice` is the text that the reader of notices gets."""

RUNS = {
    "notice": 6_000, "txt": 15_000, "html": 6_000, "docx": 12_000, "odt": 7_000, "pdf": 7_000, "xlsx": 50_000,
    "csv": 80_000,
}  # fmt: skip
"""About as many inputs as a target takes in a minute."""

_PARAGRAPHS = "".join(f"<w:p><w:pPr/><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _NOTICE.split("\n"))
SEEDS: dict[str, list[bytes]] = {
    "notice": [_NOTICE.encode()],
    "txt": [_NOTICE.encode(), _NOTICE.encode("utf-16")],
    "html": [("<!doctype html><h1>A</h1><p>" + "<p>".join(_NOTICE.split("\n")) + "<table><tr><td>a").encode()],
    "docx": [_PARAGRAPHS.encode(), docx(_PARAGRAPHS)],
    "odt": ["".join(f"<text:p>{line}</text:p>" for line in _NOTICE.split("\n")).encode(), odt("<text:p>x</text:p>")],
    "pdf": ["\n".join(f"!!{chr(200 - n)}d {line}" for n, line in enumerate(_NOTICE.split("\n"))).encode(),
            pdf(*set_as_sheet(_NOTICE.split("\n")))],
    "xlsx": [f'<worksheet {_MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1">'
             "<v>44000.5</v></c></row></sheetData></worksheet>".encode()],
    "csv": ["Số;Nội dung;Hạn\n1;\"Báo cáo\";30/9/2021\n".encode(), json.dumps(["a", 1]).encode()],
}  # fmt: skip
