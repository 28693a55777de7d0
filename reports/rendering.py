"""Turn a document tree into HTML: one set of templates for the preview and for paper.

The templates stand in `templates/reports/print/`, one per kind of block; the look is all in
`static/css/document.css`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from . import tree
from .form_sheet import FormSheet

BLOCK_TEMPLATES = {
    tree.Heading: "reports/print/_heading.html",
    tree.Numbered: "reports/print/_numbered.html",
    tree.Paragraph: "reports/print/_paragraph.html",
    tree.Centred: "reports/print/_centred.html",
    tree.Dash: "reports/print/_dash.html",
    tree.Plus: "reports/print/_plus.html",
    tree.Table: "reports/print/_table.html",
    tree.ComponentBlock: "reports/print/_component.html",
    tree.DutyList: "reports/print/_duties.html",
}
# The document's title is h1, so a section is h2, a clause h3, a point h4.
HEADING_TAGS = {1: "h2", 2: "h3", 3: "h4"}


@dataclass(frozen=True)
class PrintedBlock:
    """A block with what its template may not work out: number, heading, table cells."""

    template: str
    number: str
    content: tree.Block
    heading_tag: str = ""
    heading: str = ""
    table: "PrintedTable | None" = None
    leads: bool = False  # ends with a colon: stays with what it announces


@dataclass(frozen=True)
class PrintedTable:
    """The rows of a table with each cell's place resolved from its column."""

    head: list[list[tree.Cell]]
    rows: list[list[tree.Cell]]
    totals: list[list[tree.Cell]]


@dataclass(frozen=True)
class PrintedAppendix:
    """An appendix with its label and its numbered blocks."""

    label: str
    content: tree.Appendix
    blocks: list[PrintedBlock]


def render_sheets(
    document: tree.DocumentTree, figure_links: Mapping[str, str] | None = None
) -> SafeString:
    """The document's sheets as a fragment, for a page that links `document.css` itself.

    `figure_links` maps the name of a figure to the address of its list.
    """
    context = {**_context(document), "figure_links": figure_links}
    return render_to_string("reports/print/_sheets.html", context)


def render_html(document: tree.DocumentTree) -> str:
    """The document as one self-contained HTML page, in its own stylesheet and without links."""
    context = {**_context(document), "stylesheet": _stylesheet("document")}
    return render_to_string("reports/print/document.html", context)


def render_form_html(sheet: FormSheet) -> str:
    """A form as one self-contained HTML page, in its own stylesheets and without links."""
    context = {
        "sheet": sheet,
        "content": sheet.table,
        "block": PrintedBlock(
            template=BLOCK_TEMPLATES[tree.Table],
            number="",
            content=sheet.table,
            table=_printed_table(sheet.table),
        ),
        "stylesheet": _stylesheet("document") + _stylesheet("form"),
    }
    return render_to_string("reports/print/form.html", context)


def render_set_html(
    documents: Iterable[tree.DocumentTree], *, title: str, is_large: bool = False
) -> str:
    """Several papers as one page, each on sheets of its own; `is_large` for reading on a wall."""
    sheets = [render_sheets(document) for document in documents]
    context = {
        "title": title,
        "sheets": sheets,
        "is_large": is_large,
        "stylesheet": _stylesheet("document") + _stylesheet("document-set"),
    }
    return render_to_string("reports/print/document_set.html", context)


@cache
def _stylesheet(name: str) -> SafeString:
    text = Path(finders.find(f"css/{name}.css")).read_text(encoding="utf-8")
    return mark_safe(text)  # noqa: S308 - our own file, no data in it; CSS must not be escaped


def _context(document: tree.DocumentTree) -> dict:
    bases = tree.listed(tuple(str(basis) for basis in document.bases))
    return {
        "document": document,
        "bases": bases,
        "addressees": _addressees(document),
        "blocks": _printed(document.body),
        "closing": tree.ended(document.closing, "./."),
        "recipients": tree.listed((*document.recipients, f"Lưu: {document.archive}")),
        "appendices": [
            PrintedAppendix(document.appendix_label(place), appendix, _printed(appendix.body))
            for place, appendix in enumerate(document.appendices, start=1)
        ],
    }


def _addressees(document: tree.DocumentTree) -> list[tree.Text]:
    """One addressee stands on the line of "Kính gửi:", several below it as a list."""
    if len(document.addressees) < 2:
        return list(document.addressees)
    return [("- ", *tree.pieces(text)) for text in tree.listed(document.addressees)]


def _printed(body: tree.Body) -> list[PrintedBlock]:
    return [
        PrintedBlock(
            template=BLOCK_TEMPLATES[type(block)],
            number=number,
            content=block,
            heading_tag=HEADING_TAGS.get(getattr(block, "level", None), ""),
            heading=_heading(block),
            table=_printed_table(block) if isinstance(block, tree.Table) else None,
            leads=_leads(block),
        )
        for number, block in tree.with_numbers(body)
    ]


def _leads(block: tree.Block) -> bool:
    text = getattr(block, "text", None)
    return text is not None and tree.plain(text).rstrip().endswith(":")


def _heading(block: tree.Block) -> str:
    """The heading a block opens with; only sections (level 1) stand in capitals."""
    match block:
        case tree.Heading(level=1, text=text):
            return text.upper()
        case tree.Heading(text=text) | tree.ComponentBlock(title=text) | tree.DutyList(unit=text):
            return text
    return ""


def _printed_table(table: tree.Table) -> PrintedTable:
    centred = [tree.Align.CENTER] * len(table.columns)
    own = [column.align for column in table.columns]
    return PrintedTable(
        head=[list(_placed(row, centred)) for row in table.head],
        rows=[list(_placed(row, own)) for row in table.rows],
        totals=[list(_placed(row, own)) for row in table.totals],
    )


def _placed(row: tree.Row, aligns: list[tree.Align]) -> Iterator[tree.Cell]:
    position = 0
    for entry in row:
        cell = entry if isinstance(entry, tree.Cell) else tree.Cell(entry)
        yield cell if cell.align else replace(cell, align=aligns[position])
        position += cell.colspan
