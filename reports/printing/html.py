"""Turn a document tree into HTML: one set of templates for the preview and for paper.

The templates stand in `templates/reports/print/`, one per kind of block; the look is all in
`static/css/document.css`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from . import tree
from .form_sheet import FormSheet
from .layout import LaidAppendix, LaidBlock, lay_out, lay_out_table, marks

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
    """A laid out block with the template that prints it.

    `anchor` names the stored block that it was written from; `opens` is the first of several.
    """

    anchor: str = ""
    opens: bool = False

    @property
    def template(self) -> str:
        return BLOCK_TEMPLATES[type(self.content)]

    @property
    def heading_tag(self) -> str:
        return HEADING_TAGS.get(getattr(self.content, "level", 0), "")


@dataclass(frozen=True)
class PrintedAppendix(LaidAppendix):
    """An appendix as it is printed; `anchor` as that of a block."""

    anchor: str = ""


@dataclass(frozen=True)
class SheetAnchors:
    """Where the blocks of a sheet are written, so that sheet and editor lead to each other.

    `by_mark` gives the anchor of a block by its mark in the tree; `closing` and `appendices` those
    of the parts around the body, "" where they have none. `address` is the page of the editor.
    """

    address: str
    by_mark: Mapping[str, str]
    closing: str = ""
    appendices: Sequence[str] = ()


def render_sheets(
    document: tree.DocumentTree,
    figure_links: Mapping[str, str] | None = None,
    *,
    title_tag: str = "h1",
    anchors: SheetAnchors | None = None,
) -> SafeString:
    """The document's sheets as a fragment, for a page that links `document.css` itself.

    `figure_links` maps the name of a figure to the address of its list; `title_tag` is "h2"
    inside a page that has a title of its own. With `anchors` each block leads to its editor.
    """
    context = {**_context(document, anchors), "figure_links": figure_links, "title_tag": title_tag}
    return render_to_string("reports/print/_sheets.html", context)


def render_html(document: tree.DocumentTree) -> str:
    """The document as one self-contained HTML page, in its own stylesheet and without links."""
    context = {
        **_context(document),
        "stylesheet": _stylesheet("document"),
        "title_tag": "h1",
        "names_appendices": True,
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


def _context(document: tree.DocumentTree, anchors: SheetAnchors | None = None) -> dict:
    laid = lay_out(document)
    return {
        "document": document,
        "marks": laid.marks,
        "bases": laid.bases,
        "addressees": laid.addressees,
        "editor": anchors.address if anchors else "",
        "closing_anchor": anchors.closing if anchors else "",
        "blocks": list(_printed(laid.blocks, document.keys, anchors)),
        "closing": laid.closing,
        "recipients": laid.recipients,
        "appendices": [
            PrintedAppendix(
                one.label,
                one.content,
                list(_printed(one.blocks, one.content.keys, anchors)),
                anchors.appendices[at] if anchors and at < len(anchors.appendices) else "",
            )
            for at, one in enumerate(laid.appendices)
        ],
    }


def _printed(
    blocks: Sequence[LaidBlock], marks: Sequence[str], anchors: SheetAnchors | None
) -> Iterator[PrintedBlock]:
    before = ""
    for block, mark in zip_longest(blocks, marks[: len(blocks)], fillvalue=""):
        anchor = anchors.by_mark.get(mark, "") if anchors else ""
        yield PrintedBlock(**vars(block), anchor=anchor, opens=anchor != before)
        before = anchor
