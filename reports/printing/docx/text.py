"""Writing text into a Word file."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from reports.printing import tree

from .styles import Style
from .xml import element, writable


def put(paragraph: Paragraph, text: tree.Text, style: str) -> Paragraph:
    """Write a text into an empty paragraph. What XML cannot hold is left out."""
    paragraph._p.style = _style_id(paragraph, style)
    paragraph.add_run(writable(tree.plain(text)))
    return paragraph


# The same in every file of ours; python-docx walks all styles of the file for each paragraph.
_STYLE_IDS: dict[str, str | None] = {}


def _style_id(paragraph: Paragraph, style: str) -> str | None:
    if style not in _STYLE_IDS:
        _STYLE_IDS[style] = paragraph.part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
    return _STYLE_IDS[style]


def write(container: Document | _Cell, text: tree.Text, style: str) -> Paragraph:
    """Add a paragraph; the first one of a cell takes the place of its empty one."""
    return put(_fresh(container), text, style)


def write_gap(document: Document) -> None:
    """Add a low empty line. Word also runs tables together that no paragraph parts."""
    document.add_paragraph(style=Style.GAP).paragraph_format.keep_with_next = True


def write_rule(container: Document | _Cell, *, width: Length, share: float) -> None:
    """Add a line in the middle, as long as a share of the width."""
    paragraph = _fresh(container)
    side = Length(int(width * (1 - share) / 2))
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.line_spacing = Pt(2), Pt(3)
    form.keep_with_next = True
    line = element("top", val="single", sz=6, space=0, color="000000")
    # The schema puts borders before spacing and indents.
    paragraph._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(element("pBdr", line))


def add_columns(document: Document, widths: Sequence[Length], rows: int = 1) -> list[list[_Cell]]:
    """Rows of cells side by side without lines, none split by the end of a page."""
    write_gap(document)
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    # The schema puts margins before the look.
    sides = (element(side, w=0, type="dxa") for side in ("left", "right"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(element("tblCellMar", *sides))
    cells = []
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        cells.append(list(row.cells))
        for cell, width in zip(cells[-1], widths, strict=True):
            cell.width = width  # Word reads the widths in each cell
    return cells


def _fresh(container: Document | _Cell) -> Paragraph:
    if isinstance(container, _Cell):
        last = container.paragraphs[-1]
        is_untouched = not last.runs and last._p.pPr is None
        return last if is_untouched else container.add_paragraph()
    return container.add_paragraph()
