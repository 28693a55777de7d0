"""Issued documents compared with the data, whenever these moved on."""

from django.conf import settings

from povertyplan.core import clock
from povertyplan.core.models import Area
from reports.choices import DocumentState
from reports.models import Document, FigureCheck
from reports.plans.amending.selectors import compare_figures, data_mark


def compare_issued_documents() -> int:
    """Compare each document that holds with the data of its ward; returns how many were compared.

    What was compared in the same state of the data is left alone, and so is, for a while, what was
    compared just before: during a day of data entry each minute leaves another state. The count is
    only for lists: the page of a document compares for itself.
    """
    holding = Document.objects.filter(
        state=DocumentState.ISSUED, ended_as="", snapshot__isnull=False
    )
    again_from = clock.now() - settings.FIGURES_COMPARED_EVERY
    marks: dict[int, str] = {}
    compared = 0
    for document in holding.select_related("ward", "figure_check").order_by("ward", "pk"):
        mark = _mark_of(document.ward, marks)
        check = getattr(document, "figure_check", None)
        if check is None or (check.seen != mark and check.checked_at <= again_from):
            _check(document, mark)
            compared += 1
    return compared


def _check(document: Document, mark: str) -> None:
    comparison = compare_figures(document)
    values = {
        "seen": mark,
        "checked_at": clock.now(),
        "difference_count": comparison.count if comparison else 0,
    }
    FigureCheck.objects.update_or_create(document=document, defaults=values)


def _mark_of(ward: Area, marks: dict[int, str]) -> str:
    if ward.pk not in marks:
        marks[ward.pk] = data_mark(ward)
    return marks[ward.pk]
