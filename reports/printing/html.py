"""Turn a document tree into HTML: one set of templates for the preview and for paper.

The templates stand in `templates/reports/print/`, one per kind of block; the look is all in
`static/css/document.css`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from . import tree
from .form_sheet import FormSheet
from .layout import LaidBlock, lay_out, lay_out_table, marks

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
class PrintedBlock(LaidBlock):
    """A laid out block with the template that prints it."""

    @property
    def template(self) -> str:
        return BLOCK_TEMPLATES[type(self.content)]

    @property
    def heading_tag(self) -> str:
        return HEADING_TAGS.get(getattr(self.content, "level", 0), "")


def render_sheets(
    document: tree.DocumentTree,
    figure_links: Mapping[str, str] | None = None,
    *,
    title_tag: str = "h1",
) -> SafeString:
    """The document's sheets as a fragment, for a page that links `document.css` itself.

    `figure_links` maps the name of a figure to the address of its list; `title_tag` is "h2"
    inside a page that has a title of its own.
    """
    context = {**_context(document), "figure_links": figure_links, "title_tag": title_tag}
    return render_to_string("reports/print/_sheets.html", context)


def render_html(document: tree.DocumentTree) -> str:
    """The document as one self-contained HTML page, in its own stylesheet and without links."""
    context = {
        **_context(document),
        "stylesheet": _stylesheet("document"),
        "title_tag": "h1",
    }
    return render_to_string("reports/print/document.html", context)


def render_form_html(sheet: FormSheet) -> str:
    """A form as one self-contained HTML page, in its own stylesheets and without links."""
    context = {
        "sheet": sheet,
        "marks": marks(demo=sheet.demo, source=sheet.source),
        "content": sheet.table,
        "block": PrintedBlock(number="", content=sheet.table, table=lay_out_table(sheet.table)),
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
    path = finders.find(f"css/{name}.css")
    if path is None:
        raise LookupError(f"There is no stylesheet {name}.")
    text = Path(path).read_text(encoding="utf-8")
    return mark_safe(text)  # noqa: S308 - our own file, no data in it; CSS must not be escaped


def _context(document: tree.DocumentTree) -> dict:
    laid = lay_out(document)
    return {
        "document": document,
        "marks": laid.marks,
        "bases": laid.bases,
        "addressees": laid.addressees,
        "blocks": _printed(laid.blocks),
        "closing": laid.closing,
        "recipients": laid.recipients,
        "appendices": [
            replace(appendix, blocks=_printed(appendix.blocks)) for appendix in laid.appendices
        ],
    }


def _printed(blocks: Iterable[LaidBlock]) -> list[PrintedBlock]:
    return [PrintedBlock(**vars(block)) for block in blocks]
