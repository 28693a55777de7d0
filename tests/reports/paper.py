"""Read a printed PDF back: its pages, their lines, and how each line is set."""

import re
import zlib
from ctypes import POINTER, c_ushort, cast, create_string_buffer
from dataclasses import dataclass

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT, FPDFCatalog_GetLanguage

from reports.printing.tree import DRAFT_MARK

POINTS_PER_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """A run of text: size in points, edges and baseline in points from the bottom left."""

    text: str
    size: float
    font: str
    left: float
    right: float
    top: float
    baseline: float

    @property
    def is_bold(self) -> bool:
        return "Bold" in self.font

    @property
    def is_italic(self) -> bool:
        return "Italic" in self.font

    @property
    def center(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """A page: size in points, and its lines in the order they were drawn."""

    width: float
    height: float
    lines: list[Line]

    @property
    def text(self) -> str:
        return " ".join(" ".join(line.text for line in self.lines).split())

    def line(self, start: str) -> Line:
        """The first line that starts so."""
        return next(line for line in self.lines if line.text.startswith(start))

    @property
    def number(self) -> Line | None:
        """What stands in the top margin, beside the mark of a draft."""
        border = self.height - 20 * POINTS_PER_MILLIMETRE
        margin = (line for line in self.lines if line.baseline > border)
        return next((line for line in margin if line.text.strip() != DRAFT_MARK), None)


@dataclass(frozen=True)
class Properties:
    """What the file says about itself."""

    title: str
    language: str
    is_tagged: bool


def read_properties(pdf: bytes) -> Properties:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return Properties(
            title=document.get_metadata_value("Title"),
            language=_language(document),
            is_tagged=document.is_tagged(),
        )
    finally:
        document.close()


def read_description(pdf: bytes) -> bytes:
    """What the file says of itself as XMP, as it stands in it."""
    begins, end = pdf.index(b"<rdf:RDF"), b"</rdf:RDF>"
    return pdf[begins : pdf.index(end, begins) + len(end)]


def unpacked_objects(pdf: bytes) -> bytes:
    """Every part of the file, those that are compressed unpacked."""
    parts = []
    for packed in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            parts.append(packed)
    return pdf + b"\n".join(parts)


def _language(document) -> str:
    length = FPDFCatalog_GetLanguage(document.raw, None, 0)
    buffer = create_string_buffer(length)
    FPDFCatalog_GetLanguage(document.raw, cast(buffer, POINTER(c_ushort)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def read_pages(pdf: bytes) -> list[Page]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_read_page(page) for page in document]
    finally:
        document.close()


def _read_page(page) -> Page:
    text_page = page.get_textpage()
    runs = page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], textpage=text_page)
    return Page(*page.get_size(), [_read_line(run) for run in runs])


def _read_line(run) -> Line:
    left, _bottom, right, top = run.get_bounds()
    matrix = run.get_matrix()
    return Line(
        text=run.extract(),
        size=round(run.get_font_size() * matrix.d, 1),
        font=run.get_font().get_base_name().split("+")[-1],
        left=left,
        right=right,
        top=top,
        baseline=matrix.f,
    )
