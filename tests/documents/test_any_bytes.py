"""Any bytes are read or refused: nothing else is raised, and nothing hangs."""

import os
import random
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives_adapters.documents import read_document
from directives_adapters.documents.pdf import text_of_pages
from directives_core.bundled import notice_text
from directives_core.errors import DirectivesError
from tests.documents.office import docx, level, numbering, odt, p, packed, run, table
from tests.documents.sheets import pdf, set_as_sheet

LONGEST = 2.0
LINES = notice_text().split("\n")[:30]
SEEDS = {
    "a.docx": docx(
        table(["UBND HUYỆN", "CỘNG HÒA XÃ HỘI"]), *(p(line, numbered=(1, n % 3)) for n, line in enumerate(LINES)),
        p(inner=f'<w:ins>{run("a")}</w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del>'),
        word__numbering_xml=numbering("".join(level(n, "decimal", f"%{n + 1}.") for n in range(3))),
    ),
    "a.odt": odt(
        "".join(f"<text:p>{line}</text:p>" for line in LINES)
        + "<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list><table:table><table:table-row>"
        '<table:table-cell table:number-columns-repeated="3"/></table:table-row></table:table>'
    ),
    "a.html": ("<!doctype html><ol type=I><li>" + "<p>".join(LINES) + "</ol><table><tr><td>a<td>b").encode(),
    "a.txt": "\n".join(LINES).encode(),
    "a.pdf": pdf(*set_as_sheet(LINES)),
}  # fmt: skip
INNER = {"a.docx": "word/document.xml", "a.odt": "content.xml"}


def check(data: bytes, name: str, longest: float = LONGEST) -> None:
    begun = time.process_time()
    try:
        document = read_document(data, name)
    except DirectivesError:
        pass
    else:
        assert isinstance(document.text, str)
        assert "\0" not in document.text
    assert time.process_time() - begun < longest


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Bytes that were changed, cut, doubled or moved at a few places."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(5):
            case 0 if out:
                out[at % len(out)] = chance.randrange(256)
            case 1:
                del out[at : at + chance.choice((1, 2, 10, 200))]
            case 2:
                out[at:at] = out[at : at + chance.choice((1, 10, 500))]
            case 3:
                out[at:at] = chance.choice(
                    (b"\0", b"<", b">", b'"', b"&#0;", b"\xff\xff\xff", b"9999999999", b"</w:p>")
                )
            case _:
                there = chance.randrange(len(out) + 1)
                out[at:at] = out[there : there + 50]
    return bytes(out)


def spoilt_within(name: str, chance: random.Random) -> bytes:
    """A whole package with one part spoilt, so that more than the unpacking is tried."""
    parts = {}
    with zipfile.ZipFile(BytesIO(SEEDS[name])) as package:
        for part in package.namelist():
            parts[part] = package.read(part)
    chosen = chance.choice([INNER[name], *parts])
    return packed({**parts, chosen: spoilt(parts[chosen], chance)})


@pytest.mark.parametrize("name", [name for name in SEEDS if name != "a.pdf"])
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_a_spoilt_file_is_read_or_refused(name, seed):
    chance = random.Random(seed)

    check(spoilt(SEEDS[name], chance), name)
    if name in INNER:
        check(spoilt_within(name, chance), name)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32))
def test_a_spoilt_pdf_is_read_or_refused(seed):
    pytest.importorskip("pypdfium2", reason="the extra `documents` is not installed")

    check(spoilt(SEEDS["a.pdf"], random.Random(seed)), "a.pdf", longest=8)


PLACE = st.floats(0, 850)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PIECES = st.lists(st.tuples(WORDS, PLACE, PLACE, PLACE, st.floats(1, 40)), max_size=25)
PAGE = st.fixed_dictionaries(
    {"width": st.just(595.0), "height": st.just(842.0), "pictures": st.just(0), "spoilt": st.just(0), "pieces": PIECES}
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PAGE, max_size=4))
def test_words_placed_anywhere_on_pages_are_put_into_lines(pages):
    begun = time.process_time()
    try:
        text = text_of_pages(pages).text
    except DirectivesError:
        return
    finally:
        assert time.process_time() - begun < LONGEST
    assert isinstance(text, str)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, *SEEDS]))
def test_random_bytes_are_read_or_refused(data, name):
    check(data, name)


TAGS = (
    "<p> </p> <li> <ol> </ol> <td> <tr> <table> </table> <ul> x <br> <b <!-- --> <main> </div> &lt; <script> </script>"
)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*TAGS.split(" "), " "]), max_size=60))
def test_tags_in_any_order_are_read(pieces):
    check("".join(["<html>", *pieces]).encode(), "a.html")


@pytest.mark.campaign
@pytest.mark.parametrize("name", SEEDS)
def test_campaign_spoilt_files_of_every_format(name):
    """A minute for each format; DIRECTIVES_FUZZ_SECONDS asks for another length."""
    end = time.monotonic() + float(os.environ.get("DIRECTIVES_FUZZ_SECONDS", "60"))
    seed = random.SystemRandom().randrange(2**32)
    while time.monotonic() < end:
        seed += 1
        chance = random.Random(seed)
        try:
            check(spoilt(SEEDS[name], chance), name, longest=8 if name == "a.pdf" else LONGEST)
            if name in INNER:
                check(spoilt_within(name, chance), name)
        except BaseException as error:
            error.add_note(f"seed {seed} of {name}")
            raise
