"""What is proposed for the blocks of a draft."""

from django.db.models import Count, Q, QuerySet

from reports.models import BlockProposal, Document
from reports.plans.outline import Outline

MOST_SETTLED = 100


def waiting_proposals(document: Document, outline: Outline) -> list[BlockProposal]:
    """Those that wait at living blocks, as the document is read."""
    places = {block.pk: place for place, block in enumerate(outline.reading_order())}
    rows = BlockProposal.objects.waiting().filter(block__document=document)
    rows = rows.select_related("author", "unit", "word")
    living = [row for row in rows.order_by("pk") if row.block_id in places]
    for row in living:
        row.block = outline.rows[row.block_id]
    return sorted(living, key=lambda row: places[row.block_id])


def settled_proposals(document: Document) -> QuerySet[BlockProposal]:
    """Those that were settled, the last first."""
    rows = BlockProposal.objects.filter(block__document=document).exclude(outcome="")
    rows = rows.select_related("block", "author", "unit", "settled_by")
    return rows.order_by("-settled_at", "-pk")[:MOST_SETTLED]


def waiting_count(document: Document) -> int:
    """How many changes wait, of the words and of the bases."""
    words = BlockProposal.objects.waiting().filter(block__document=document)
    return words.count() + waiting_basis_count(document)


def waiting_basis_count(document: Document) -> int:
    return document.basis_proposals.filter(outcome="").count()


def documents_with_proposals(documents: QuerySet[Document]) -> list[tuple[Document, int]]:
    """Those of some documents for which changes wait, each with how many; one query."""
    waits = Q(blocks__proposals__outcome="", blocks__removed_at=None)
    bases = Q(basis_proposals__outcome="")
    counted = documents.annotate(
        words=Count("blocks__proposals", filter=waits, distinct=True),
        bases_waiting=Count("basis_proposals", filter=bases, distinct=True),
    )
    waiting = counted.filter(Q(words__gt=0) | Q(bases_waiting__gt=0))
    return [(each, each.words + each.bases_waiting) for each in waiting]
