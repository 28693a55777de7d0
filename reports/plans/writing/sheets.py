"""The sheets of a document beside its editor: each block on paper leads to where it is written."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from reports.choices import BlockKind
from reports.models import Document
from reports.plans.blocks import DocumentError
from reports.plans.builder import BuiltDocument, build_with_links
from reports.plans.snapshots import signed_tree
from reports.plans.word.marks import read_mark
from reports.printing.html import SheetAnchors, render_sheets

EDITOR = "reports:document_text"


@dataclass(frozen=True)
class DraftSheets:
    """The sheets as a fragment, or why they cannot be shown."""

    sheets: SafeString | None = None
    problem: str = ""


def draft_sheets(document: Document) -> DraftSheets:
    """The sheets as they are printed now; those of an issued document as it was signed."""
    if signed := signed_tree(document):
        return DraftSheets(render_sheets(signed, title_tag="h2"))
    try:
        built = build_with_links(document)
    except DocumentError as problem:
        return DraftSheets(problem=str(problem))
    anchors = None if document.is_submitted else sheet_anchors(built)
    return DraftSheets(render_sheets(built.tree, title_tag="h2", anchors=anchors))


def sheet_anchors(built: BuiltDocument) -> SheetAnchors:
    """Where each block of a built document is written."""
    tree = built.tree
    marks = [*tree.keys, *(mark for appendix in tree.appendices for mark in appendix.keys)]
    tops = [block for block in built.materials.blocks if block.parent_id is None]
    closing = next((each for each in tops if each.kind == BlockKind.CLOSING and each.text), None)
    return SheetAnchors(
        address=reverse(EDITOR, args=[built.materials.document.pk]),
        by_mark={mark: read.key.hex for mark in marks if (read := read_mark((mark,)))},
        closing=closing.key.hex if closing else "",
        appendices=[each.key.hex for each in tops if each.kind == BlockKind.APPENDIX],
    )
