"""Write a document tree as a native Word file: text, tables and page numbers to go on editing.

The third renderer of the tree, beside the preview and the PDF; all three take the words from
`reports.printing.layout`. Only this package knows python-docx.
"""

import io
from collections.abc import Iterable
from functools import cache

import docx
from docx.document import Document

from povertyplan.core import clock
from reports.printing import tree
from reports.printing.form_sheet import FormSheet
from reports.printing.layout import LaidAppendix, attached_text, lay_out, lay_out_table, marks

from .blocks import write_blocks
from .opening import write_form_heading, write_heading
from .pages import (
    FORM_MARGINS,
    WIDE_FORM_MARGINS,
    head_pages,
    mark_pages,
    number_pages,
    start_section,
    text_width,
)
from .signing import write_form_signatures, write_signatures
from .styles import LANGUAGE, Style, define_styles
from .tables import write_table
from .text import write
from .xml import writable

WALL_SIZE = 17  # points of a list that is read from a step away
LONGEST_PROPERTY = 255  # characters
FORM_SIZE = 9.5  # points of a form with up to twenty columns


def render_docx(document: tree.DocumentTree) -> bytes:
    """A plan, a report or a paper as a Word file."""
    return render_set_docx([document], title=document.title)


def render_set_docx(
    documents: Iterable[tree.DocumentTree], *, title: str, is_large: bool = False
) -> bytes:
    """Several papers in one file, each on sheets of its own; `is_large` for reading on a wall."""
    book, author = _new(title), ""
    for place, document in enumerate(documents):
        author = author or document.issuer
        _write_document(book, document, is_first=place == 0, size=WALL_SIZE if is_large else None)
    return _content(book, author)


def render_form_docx(sheet: FormSheet) -> bytes:
    """A form (biểu mẫu) as a Word file: one table under the national heading, signed below."""
    book = _new(f"{sheet.label} - {sheet.title}")
    section = start_section(
        book,
        is_first=True,
        is_wide=sheet.is_wide,
        margins=WIDE_FORM_MARGINS if sheet.is_wide else FORM_MARGINS,
    )
    number_pages(section)
    mark_pages(section, marks(demo=sheet.demo, source=sheet.source))
    width = text_width(section)
    write_form_heading(book, sheet, width)
    remarks = bool(sheet.notes or sheet.problems)
    laid = lay_out_table(sheet.table)
    write_table(book, sheet.table, laid, width=width, size=FORM_SIZE, keeps_end=not remarks)
    for note in sheet.notes:
        write(book, note, Style.NOTE)
    if sheet.problems:
        write(book, "Kiểm tra số liệu:", Style.NOTE).runs[0].bold = True
        for problem in sheet.problems:
            write(book, f"- {problem}", Style.NOTE)
    if remarks:
        # Who signs never stands alone on a page.
        book.paragraphs[-1].paragraph_format.keep_with_next = True
    write_form_signatures(book, sheet.signatures, width)
    return _content(book, sheet.issuer)


def _write_document(
    book: Document, document: tree.DocumentTree, *, is_first: bool, size: float | None
) -> None:
    laid = lay_out(document)
    section = start_section(book, is_first=is_first, is_wide=document.landscape)
    if is_first:
        number_pages(section)
        if document.head_mark:
            head_pages(section, document.head_mark)
    mark_pages(section, laid.marks)
    width = text_width(section)
    write_heading(book, document, laid.addressees, width)
    if document.authority:
        write(book, document.authority.upper(), Style.CENTRED)
    for basis in laid.bases:
        write(book, basis, Style.BASIS)
    write_blocks(book, laid.blocks, keys=document.keys, width=width, size=size)
    closing = write(book, laid.closing, Style.PARAGRAPH)
    closing.paragraph_format.keep_with_next = True
    write_signatures(book, document, laid.recipients, width)
    for appendix in laid.appendices:
        _write_appendix(book, document, appendix, size)


def _write_appendix(
    book: Document, document: tree.DocumentTree, appendix: LaidAppendix, size: float | None
) -> None:
    section = start_section(book, is_first=False, is_wide=appendix.content.landscape)
    write(book, appendix.label, Style.APPENDIX)
    write(book, appendix.content.title.upper(), Style.APPENDIX_TITLE)
    write(book, attached_text(document), Style.ATTACHED)
    keys = appendix.content.keys
    write_blocks(book, appendix.blocks, keys=keys, width=text_width(section), size=size)


def _new(title: str) -> Document:
    book = docx.Document(io.BytesIO(_template()))
    about = book.core_properties
    about.title, about.language, about.comments = _property(title), LANGUAGE, ""
    about.created = about.modified = clock.now().replace(tzinfo=None, microsecond=0)
    return book


@cache
def _template() -> bytes:
    """An empty file with our styles: defining them takes longer than writing a short paper."""
    book, stream = docx.Document(), io.BytesIO()
    define_styles(book)
    book.save(stream)
    return stream.getvalue()


def _content(book: Document, author: str) -> bytes:
    book.core_properties.author = book.core_properties.last_modified_by = _property(author)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _property(text: str) -> str:
    return writable(text)[:LONGEST_PROPERTY]
