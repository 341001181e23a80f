"""Documents of an office, .docx: the paper, the fonts and the head of page that Decree 30/2020/NĐ-CP lays down.

Annex I of the decree: A4; margins of 20 to 25 mm at the top and the bottom, 30 to 35 mm on the left, 15 to 20 mm on the
right; Times New Roman, black, 13 to 14 points; page numbers in the middle of the upper margin, none on the first page;
the national name and motto on the right of the first page, the issuer on the left.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Literal

from directives_adapters.exports.heading import Heading
from directives_adapters.exports.packing import pack_again
from directives_adapters.exports.paper_table import Column, Row, add_table
from directives_adapters.exports.texts import inert
from directives_core.errors import NotInstalled
from directives_core.language import _

__all__ = ["Align", "Paper"]

Align = Literal["left", "center", "right", "justify"]

FONT = "Times New Roman"
TEXT_POINTS, HEAD_POINTS, SMALL_POINTS = 13.5, 12, 11
_A4_MM = (210, 297)
_MARGINS_MM = {"top": 20, "bottom": 20, "left": 30, "right": 15}
_FIRST_LINE_MM = 10


class Paper:
    """A document in the making. Every text may hold anything: controls are shown by their codes, line ends are kept.

    Raises:
        NotInstalled: the library that writes documents is missing.
    """

    def __init__(self, title: str, heading: Heading, *, landscape: bool = False) -> None:
        try:
            import docx
        except ImportError as error:
            raise NotInstalled("docx", extra="exports") from error
        self.heading = heading
        self._document = docx.Document()
        self._describe(title)
        self._set_fonts()
        self._lay_out(self._document.sections[0], landscape=landscape)
        self._number_pages(self._document.sections[0])

    # ------------------------------------------------------------------------------------------------------ content

    def head(self, issuer: str, *, above: str = "", number: str = "", place_and_day: str = "") -> None:
        """The head of the first page: the issuer, under the one `above` it; the national name and motto, where it is
        an office of Viet Nam; the number of the document, and the place and day, in the line below.
        """
        table = self._document.add_table(rows=1, cols=2)
        table.autofit = False
        widths = self._widths([40, 60])
        for cell, width in zip(table.rows[0].cells, widths, strict=True):
            cell.width = width
        left, right = table.rows[0].cells
        lines: list[tuple[str, bool]] = [(above.upper(), False)] if above else []
        self._head_cell(left, [*lines, (issuer.upper(), True)], rule=35, below=number)
        national = [(_("SOCIALIST REPUBLIC OF VIET NAM"), True), (_("Independence - Freedom - Happiness"), True)]
        self._head_cell(right, national if self.heading.vietnamese else [], rule=55, below=place_and_day)
        self.paragraph("", after=0)

    def title(self, text: str, *below: str) -> None:
        """The title of the document, and lines below it, in the middle."""
        self.paragraph(text, bold=True, align="center", points=14, after=2)
        for line in below:
            self.paragraph(line, italic=True, align="center", points=12, after=2)

    def subtitle(self, text: str) -> None:
        """The heading of a part; it stays with what follows."""
        self.paragraph(text, bold=True, before=8, after=4).paragraph_format.keep_with_next = True

    def paragraph(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        align: Align = "left",
        points: float = TEXT_POINTS,
        before: float = 0,
        after: float = 6,
        first_line: bool = False,
    ) -> Any:
        """A paragraph; `first_line` sets its first line in, as running text is set. Lengths are in points."""
        paragraph = self._document.add_paragraph()
        self._fill(paragraph, text, bold=bold, italic=italic, align=align, points=points)
        form = paragraph.paragraph_format
        form.space_before, form.space_after = self._points(before), self._points(after)
        if first_line:
            form.first_line_indent = self._millimetres(_FIRST_LINE_MM)
        return paragraph

    def table(self, columns: Sequence[Column], rows: Iterable[Row]) -> int:
        """A table over the width of the page, its head repeated on every page; how many rows it has."""
        return add_table(self._document, columns, rows, points=SMALL_POINTS, width=self._width)

    def moment(self) -> None:
        """The moment that the document shows, its checkpoint and what was chosen, small."""
        for line in self.heading.lines()[1:]:
            self.paragraph(line, italic=True, points=SMALL_POINTS, after=0)

    def new_section(self, *, landscape: bool) -> None:
        """Go on on a new page, laid crosswise or upright."""
        section = self._document.add_section()
        self._lay_out(section, landscape=landscape)
        section.different_first_page_header_footer = False

    def signature(self, office: str, name: str = "", *, receivers: Sequence[str] = ()) -> None:
        """Who receives the document, on the left; the office of who signs, room to sign, and the name, on the right."""
        table = self._document.add_table(rows=1, cols=2)
        table.autofit = False
        left, right = table.rows[0].cells
        left.width, right.width = self._widths([50, 50])
        if receivers:
            self._fill(left.paragraphs[0], _("Receivers:"), bold=True, italic=True, points=12)
            for receiver in receivers:
                self._fill(left.add_paragraph(), f"- {receiver};", points=SMALL_POINTS)
        self._fill(right.paragraphs[0], office.upper(), bold=True, align="center")
        for line in ("", "", "", name):
            self._fill(right.add_paragraph(), line, bold=True, align="center")

    def save(self, out: BinaryIO) -> None:
        """Write the document; the same content and moment give the same bytes."""
        packed = io.BytesIO()
        self._document.save(packed)
        pack_again(packed, out, made_at=self.heading.made_at)

    # ---------------------------------------------------------------------------------------------------- the paper

    def _describe(self, title: str) -> None:
        about = self._document.core_properties
        made_at = self.heading.made_at.replace(tzinfo=None)
        about.title, about.author, about.comments = inert(title)[:255], inert(self.heading.title)[:255], ""
        about.created = about.modified = made_at
        about.last_modified_by, about.revision = "", 1

    def _set_fonts(self) -> None:
        from docx.oxml.ns import qn

        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, self._points(TEXT_POINTS)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        style.paragraph_format.space_after = self._points(0)

    def _lay_out(self, section: Any, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT

        short, long = (self._millimetres(wide) for wide in _A4_MM)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        for side, wide in _MARGINS_MM.items():
            setattr(section, f"{side}_margin", self._millimetres(wide))
        section.header_distance = section.footer_distance = self._millimetres(10)
        self._width = section.page_width - section.left_margin - section.right_margin

    def _number_pages(self, section: Any) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        self._fill(paragraph, "", align="center")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(paragraph.add_run("1")._element)
        paragraph._element.append(field)

    def _head_cell(self, cell: Any, lines: Sequence[tuple[str, bool]], *, rule: int, below: str) -> None:
        paragraph = cell.paragraphs[0]
        for place, (text, bold) in enumerate(lines):
            paragraph = cell.add_paragraph() if place else paragraph
            self._fill(paragraph, text, bold=bold, align="center", points=HEAD_POINTS)
        if lines:
            self._rule_under(cell.add_paragraph(), rule, cell.width)
        if below:
            self._fill(cell.add_paragraph(), below, italic=below[:1] not in "Ss", align="center", points=HEAD_POINTS)

    def _rule_under(self, paragraph: Any, percent: int, width: int) -> None:
        """The line that the decree draws under the issuer and the motto."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = int(width * (100 - percent) / 200)
        form.space_after, form.line_spacing = self._points(4), self._points(3)
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            top.set(qn(f"w:{name}"), value)
        borders.append(top)
        paragraph._element.get_or_add_pPr().insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def _fill(
        self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, align: Align = "left",
        points: float = TEXT_POINTS,
    ) -> None:  # fmt: skip
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
        run = paragraph.add_run(inert(text))
        run.bold, run.italic, run.font.size = bold or None, italic or None, self._points(points)

    def _widths(self, percents: Sequence[int]) -> list[int]:
        return [int(self._width * percent / 100) for percent in percents]

    @staticmethod
    def _points(points: float) -> Any:
        from docx.shared import Pt

        return Pt(points)

    @staticmethod
    def _millimetres(wide: float) -> Any:
        from docx.shared import Mm

        return Mm(wide)
