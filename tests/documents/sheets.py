"""Builds small .pdf files that place words on pages, with letters as wide as half their size."""

import textwrap

Placed = tuple[float, float, float, str]
"""From the left, from below, size (all in points), and the words."""

WIDE, HIGH = 595, 842
BIG = 14


def pdf(*pages: list[Placed], turned: int = 0, catalogue: str = "", picture: bool = False) -> bytes:
    """A PDF of these pages; `picture` lays one picture over each of them."""
    letters = sorted({letter for page in pages for *_, words in page for letter in words})
    codes = {letter: 33 + at for at, letter in enumerate(letters)}
    assert len(codes) < 220
    pairs = "\n".join(f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    meaning = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /M def 1 begincodespacerange <00> <ff> "
        f"endcodespacerange {len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end"
    )
    widths = " ".join(["500"] * 256)
    objects = {
        3: "<</Type /Font /Subtype /TrueType /BaseFont /Times /FirstChar 0 /LastChar 255 /Encoding /WinAnsiEncoding "
        f"/Widths [{widths}] /ToUnicode 4 0 R>>",
        4: stream(meaning),
        5: stream(
            "\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
        ),
    }
    kids = []
    for number, page in enumerate(pages):
        drawn = "".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{codes[letter]:02x}' for letter in words)}> Tj ET\n"
            for x, y, size, words in page
        )
        at = 10 + 2 * number
        objects[at] = (
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Rotate {turned} /Contents {at + 1} 0 R "
            "/Resources <</Font <</F 3 0 R>> /XObject <</P 5 0 R>>>>>>"
        )
        objects[at + 1] = stream(drawn + ("q 500 0 0 800 20 20 cm /P Do Q" if picture else ""))
        kids.append(f"{at} 0 R")
    objects[1] = f"<</Type /Catalog /Pages 2 0 R {catalogue}>>"
    objects[2] = f"<</Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)}>>"
    return whole(objects)


def stream(content: str, more: str = "") -> str:
    return f"<<{more} /Length {len(content)}>> stream\n{content}\nendstream"


def whole(objects: dict[int, str], trailer: str = "") -> bytes:
    """The file of these objects, with its table of where each begins."""
    out = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    size = max(objects) + 1
    table = "".join(
        f"{places[number]:010d} 00000 n \n" if number in places else "0000000000 65535 f \n" for number in range(size)
    )
    end = f"xref\n0 {size}\n{table}trailer <</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode("ascii")


def set_as_sheet(
    paragraphs: list[str], *, indent: float = 28, lines_a_page: int = 40, centred: int = 0
) -> list[list[Placed]]:
    """Pages on which paragraphs are broken at the right edge; the first ones may be centred; "" is an empty line."""
    left, right, pitch = 85.0, 538.0, BIG * 1.2
    fits = int((right - left) / (BIG / 2))
    rows: list[tuple[float, str]] = []
    for number, paragraph in enumerate(paragraphs):
        first = "" if number < centred else "\u2007" * int(indent / (BIG / 2))
        for at, line in enumerate(textwrap.wrap(first + paragraph, fits, break_on_hyphens=False) or [""]):
            words = line.lstrip("\u2007")
            shift = (right - left - len(words) * BIG / 2) / 2 if number < centred else indent * (at == 0)
            rows.append((left + shift, words))
    pages = [rows[at : at + lines_a_page] for at in range(0, len(rows), lines_a_page)]
    return [[(x, 770 - pitch * at, BIG, words) for at, (x, words) in enumerate(page) if words] for page in pages]
