"""Sheets of a Word file: size, margins, page numbers from the second page on, marks at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Length, Mm

from .styles import Style
from .text import put
from .xml import element, run

A4_SHORT, A4_LONG = Mm(210), Mm(297)


@dataclass(frozen=True)
class Margins:
    """In millimetres."""

    top: float
    right: float
    bottom: float
    left: float


# Within 20-25 (top, bottom), 30-35 (left) and 15-20 mm (right) of the decree.
DOCUMENT_MARGINS = Margins(20, 15, 20, 30)
FORM_MARGINS = Margins(15, 12, 15, 20)
WIDE_FORM_MARGINS = Margins(15, 12, 15, 12)
EDGE = Mm(9)  # of the number above and the mark below


def start_section(
    document: Document,
    *,
    is_first: bool,
    is_wide: bool = False,
    margins: Margins = DOCUMENT_MARGINS,
) -> Section:
    """New sheets, counted from 1 and without a number on the first of them."""
    section = document.sections[0] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (A4_LONG, A4_SHORT) if is_wide else (A4_SHORT, A4_LONG)
    )
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = section.footer_distance = EDGE
    section.different_first_page_header_footer = True
    _count_from_one(section)
    return section


def text_width(section: Section) -> Length:
    """How wide a line is between the margins."""
    width, left, right = section.page_width, section.left_margin, section.right_margin
    if width is None or left is None or right is None:
        raise ValueError("The section has no width of its own.")
    return Length(width - left - right)


def number_pages(section: Section) -> None:
    """Put the page number in the middle of the top margin; later sections take it over."""
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = Style.PAGE_NUMBER
    paragraph._p.append(element("fldSimple", run("2"), instr="PAGE"))


def head_pages(section: Section, mark: str) -> None:
    """Put a mark at the top of every page, the first included."""
    for header in (section.header, section.first_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        if paragraph._p.xpath(".//w:fldSimple"):
            paragraph = header.add_paragraph()
        put(paragraph, mark, Style.DRAFT_HEAD)


def mark_pages(section: Section, marks: Sequence[str]) -> None:
    """Put the marks at the foot of every page of this section and the later ones."""
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        put(footer.paragraphs[0], " · ".join(marks), Style.MARK)


def _count_from_one(section: Section) -> None:
    sheet = section._sectPr
    for old in sheet.findall(qn("w:pgNumType")):
        sheet.remove(old)
    # The schema orders the parts of a section.
    sheet.find(qn("w:cols")).addprevious(element("pgNumType", start=1))
