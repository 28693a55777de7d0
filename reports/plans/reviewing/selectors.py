"""The comments on a draft, and the sections that wait for their unit."""

from collections import defaultdict
from collections.abc import Iterable

from reports.choices import DocumentState
from reports.models import Block, BlockComment, Document


def comments_by_block(document: Document) -> dict[int, list[BlockComment]]:
    """Every comment at a block, by the block's key in the table, first said first."""
    people = ("author", "unit", "answered_by", "closed_by")
    found: dict[int, list[BlockComment]] = defaultdict(list)
    said = BlockComment.objects.filter(block__document=document)
    for comment in said.select_related("block", *people).order_by("pk"):
        found[comment.block_id].append(comment)
    return found


def open_comment_count(document: Document) -> int:
    """How many comments nobody answered or closed yet, at blocks that are still there."""
    said = BlockComment.objects.unsettled().filter(block__document=document)
    return said.filter(answered_at=None).count()


def sections_of(units: Iterable[int], documents: Iterable[Document]) -> list[Block]:
    """The sections that some units write in drafts, document by document."""
    sections = Block.objects.filter(unit__in=units, document__in=documents, removed_at=None)
    writable = (DocumentState.DRAFT, DocumentState.FOR_COMMENT)
    sections = sections.filter(document__state__in=writable)
    return list(sections.select_related("document", "unit").order_by("document", "order"))
