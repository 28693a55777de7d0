"""What is proposed for the bases of a draft."""

from django.db.models import QuerySet

from reports.models import BasisProposal, Document

MOST_SETTLED = 100


def waiting_bases(document: Document) -> QuerySet[BasisProposal]:
    rows = document.basis_proposals.filter(outcome="").order_by("pk")
    return rows.select_related("author", "unit", "basis")


def settled_bases(document: Document) -> QuerySet[BasisProposal]:
    """Those that were settled, the last first."""
    rows = document.basis_proposals.exclude(outcome="").order_by("-settled_at", "-pk")
    return rows.select_related("author", "settled_by")[:MOST_SETTLED]
