"""What the data now say of what was signed."""

from collections.abc import Iterable
from dataclasses import dataclass

from povertyplan.core.journal.chains import INSTALLATION
from povertyplan.core.models import Area, ChainHead
from reports.models import Document, FigureCheck
from reports.plans.amending.printed_lines import FigureDifference, figure_differences
from reports.plans.blocks import DocumentError
from reports.plans.builder import build_document
from reports.plans.snapshots import signed_tree
from reports.printing.tree import DocumentTree


@dataclass(frozen=True)
class FigureComparison:
    """The figures of an issued document that the data give otherwise, or why that is not known."""

    differences: tuple[FigureDifference, ...] = ()
    problem: str = ""

    @property
    def is_stale(self) -> bool:
        return bool(self.differences or self.problem)

    @property
    def count(self) -> int:
        return len(self.differences) or bool(self.problem)


def compare_figures(document: Document) -> FigureComparison | None:
    """The comparison of a document with its own signed tree."""
    return compare_signed(document, signed_tree(document) if document.is_in_force else None)


def compare_signed(document: Document, signed: DocumentTree | None) -> FigureComparison | None:
    """What was signed against the same blocks written from the data now, for the same day.

    Nothing is classified anew: a status is what it was found by the standard of its review. None
    where nothing was kept of what was signed, or it does not hold any more.
    """
    if signed is None or not document.is_in_force:
        return None
    try:
        now = build_document(document)
    except DocumentError as problem:
        return FigureComparison(problem=str(problem))
    return FigureComparison(tuple(figure_differences(signed, now)))


def data_mark(ward: Area) -> str:
    """A mark of everything that was written in a ward and in no ward; it moves with each act."""
    heads = dict(
        ChainHead.objects.filter(chain__in=(INSTALLATION, ward.pk)).values_list("chain", "length")
    )
    return f"{heads.get(ward.pk, 0)}/{heads.get(INSTALLATION, 0)}"


def difference_counts(documents: Iterable[Document]) -> dict[int, int]:
    """How many figures of each document were found to differ, by its key; one query."""
    holding = [document.pk for document in documents if document.is_in_force]
    checks = FigureCheck.objects.filter(document__in=holding, difference_count__gt=0)
    return dict(checks.values_list("document", "difference_count"))


def standing_amendment(document: Document, kind: str) -> Document | None:
    """The draft that is to amend or replace an issued document; None where nobody began one."""
    drafts = document.amendments.filter(amend_kind=kind, issued_on=None)
    return drafts.order_by("pk").first()
