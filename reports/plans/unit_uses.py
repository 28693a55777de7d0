"""Drafts of documents as a use of units: the duties they give."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from reports.choices import DocumentState
from reports.models import DocumentDuty

BOTH_HAVE_DUTIES = "{document} giao nhiệm vụ cho cả {unit} và {successor}."


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    subjects = [str(duty.document) for duty in _drafted(unit)]
    if subjects:
        yield f"{unit} có nhiệm vụ trong dự thảo: {'; '.join(subjects)}."


def _hand_over(handover: UnitHandover) -> None:
    held = set(_drafted(handover.successor).values_list("document", flat=True))
    for duty in _drafted(handover.unit):
        if duty.document_id in held:
            sentence = BOTH_HAVE_DUTIES.format(
                document=duty.document, unit=handover.unit, successor=handover.successor
            )
            raise ValidationError({"successor": sentence})
        DocumentDuty.objects.filter(pk=duty.pk).update(unit=handover.successor)


def _drafted(unit: Unit) -> QuerySet[DocumentDuty]:
    """The duties in documents that are not issued; the issued ones keep their names."""
    duties = DocumentDuty.objects.filter(unit=unit).exclude(document__state=DocumentState.ISSUED)
    return duties.select_related("document").order_by("document", "order")


register_use("documents", UnitUse(sentences=_sentences, hand_over=_hand_over))
