"""Builds small .docx and .odt files from their XML, as office programs write them."""

import io
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
ODF = (
    f'{TEXT} xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(
    text: str = "", *, numbered: tuple[int, int] | None = None, style: str = "", inner: str = "", look: str = ""
) -> str:
    """A paragraph; `numbered` is its list and level."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}{look}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def table(*rows: list[str], look: str = "") -> str:
    """A table; each cell is text, its paragraphs parted by line feeds, or ready XML."""

    def cell(content: str) -> str:
        inner = content if content.startswith("<") else "".join(p(line) for line in content.split("\n"))
        return f"<w:tc>{inner}</w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{look}{lines}</w:tbl>"


def level(at: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*plans: str, lists: str = "") -> str:
    """The part numbering.xml: list n counts by plan n."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{plan}</w:abstractNum>' for n, plan in enumerate(plans, 1)
    )
    plain = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in enumerate(plans, 1))
    return f"<w:numbering {W}>{abstract}{plain}{lists}</w:numbering>"


def docx(*body: str, **parts: str | bytes) -> bytes:
    """A .docx of these blocks; further parts by name, with "__" for the slash and "_" before the ending."""
    names = {
        key.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): part for key, part in parts.items()
    }
    return packed({
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships><Relationship Type="{RELATION}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f"<w:document {W} {MORE}><w:body>{''.join(body)}</w:body></w:document>",
        **names,
    })  # fmt: skip


def odt(body: str, *, automatic: str = "", styles: str = "", masters: str = "", **parts: str | bytes) -> bytes:
    """An .odt of this body; `automatic` styles stand in content.xml, `styles` and `masters` in styles.xml."""
    names = {key.replace("__", "/").replace("_xml", ".xml"): part for key, part in parts.items()}
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"<manifest:manifest {ODF}/>",
        "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        "content.xml": f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        **names,
    })  # fmt: skip
