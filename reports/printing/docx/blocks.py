"""The blocks of a document's body, one writer for each kind."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length

from reports.printing import tree
from reports.printing.layout import LaidBlock, is_by_hand

from .bookmarks import Bookmarks
from .styles import Style
from .tables import write_table
from .text import write

Headed = tree.Heading | tree.ComponentBlock | tree.DutyList
Prose = tree.Paragraph | tree.Dash | tree.Plus
BlockWriter = Callable[[Document, Any], None]  # the block is of the kind it is filed under
HEADINGS = {1: Style.SECTION, 2: Style.CLAUSE, 3: Style.POINT}


def write_blocks(
    book: Document,
    blocks: Iterable[LaidBlock],
    *,
    width: Length,
    size: float | None = None,
    keys: Sequence[str] = (),
) -> None:
    """Write blocks in order; `width` of a line, `size` of the letters in tables.

    `keys` name them, in their order: a bookmark around all that one key stands for.
    """
    bookmarks = Bookmarks(book)
    for block, key in zip(blocks, chain(keys, repeat("")), strict=False):
        bookmarks.begin(key)
        if block.table is not None:
            write_table(book, block.content, block.table, width=width, size=size)
        else:
            WRITERS[type(block.content)](book, block)
    bookmarks.begin("")


def _heading(book: Document, block: LaidBlock[Headed]) -> None:
    style = HEADINGS.get(block.content.level, Style.POINT)
    write(book, f"{block.number} {block.heading}", style)


def _numbered(book: Document, block: LaidBlock[tree.Numbered]) -> None:
    _paragraph(book, (f"{block.number} ", *tree.pieces(block.content.text)), block.leads)


def _text(opening: str) -> BlockWriter:
    def write_text(book: Document, block: LaidBlock[Prose]) -> None:
        _paragraph(book, (opening, *tree.pieces(block.content.text)), block.leads)

    return write_text


def _centred(book: Document, block: LaidBlock[tree.Centred]) -> None:
    write(book, block.content.text, Style.CENTRED)


def _component(book: Document, block: LaidBlock[tree.ComponentBlock]) -> None:
    _heading(book, block)
    for field in block.content.fields:
        if field.is_list:
            _paragraph(book, f"- {field.label}:", True)
            for text in field.texts:
                _paragraph(book, ("+ ", *tree.pieces(text)))
        else:
            _paragraph(book, (f"- {field.label}: ", *tree.pieces(field.texts[0])))


def _duties(book: Document, block: LaidBlock[tree.DutyList]) -> None:
    _heading(book, block)
    for duty in block.content.duties:
        _paragraph(book, ("- ", *tree.pieces(duty)))


def _paragraph(book: Document, text: tree.Text, leads: bool = False) -> None:
    paragraph = write(book, text, Style.PARAGRAPH)
    if leads:
        paragraph.paragraph_format.keep_with_next = True
    if is_by_hand(text):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


WRITERS: dict[type, BlockWriter] = {
    tree.Heading: _heading,
    tree.Numbered: _numbered,
    tree.Paragraph: _text(""),
    tree.Centred: _centred,
    tree.Dash: _text("- "),
    tree.Plus: _text("+ "),
    tree.ComponentBlock: _component,
    tree.DutyList: _duties,
}
