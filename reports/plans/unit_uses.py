"""Documents not issued yet as a use of units: the duties they give, the sections they write."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from povertyplan.core import locks
from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from reports.choices import DocumentState
from reports.models import Block, Document, DocumentDuty

BOTH_HAVE_DUTIES = "{document} giao nhiệm vụ cho cả {unit} và {successor}."
AWAITS_SIGNATURE = (
    "{unit} có nhiệm vụ trong văn bản đang trình ký: {documents}. "
    "Đề nghị lãnh đạo trả lại văn bản trước khi kết thúc đơn vị."
)


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    documents = _unissued(unit).order_by("pk")
    drafts = [str(document) for document in documents if not document.is_submitted]
    if drafts:
        yield f"{unit} có nhiệm vụ trong dự thảo: {'; '.join(drafts)}."
    if sentence := _awaiting(unit, documents):
        yield sentence


def _hand_over(handover: UnitHandover) -> None:
    """The successor gets the duties in drafts; what somebody is about to sign stays as it is."""
    documents = list(locks.hold(_unissued(handover.unit)))
    if sentence := _awaiting(handover.unit, documents):
        raise ValidationError({"successor": sentence})
    held = set(
        DocumentDuty.objects.filter(unit=handover.successor).values_list("document", flat=True)
    )
    for document in documents:
        if document.pk in held:
            sentence = BOTH_HAVE_DUTIES.format(
                document=document, unit=handover.unit, successor=handover.successor
            )
            raise ValidationError({"successor": sentence})
        document.duties.filter(unit=handover.unit).update(unit=handover.successor)
        document.blocks.filter(unit=handover.unit).update(unit=handover.successor)
        Document.objects.filter(pk=document.pk).update(version=F("version") + 1)


def _awaiting(unit: Unit, documents: Iterable[Document]) -> str:
    """Which documents wait for a signature, in a sentence; empty where none does."""
    submitted = "; ".join(str(document) for document in documents if document.is_submitted)
    return AWAITS_SIGNATURE.format(unit=unit, documents=submitted) if submitted else ""


def _unissued(unit: Unit) -> QuerySet[Document]:
    """The documents with duties or sections of a unit that are not issued; others keep its name."""
    used = Q(pk__in=DocumentDuty.objects.filter(unit=unit).values("document"))
    used |= Q(pk__in=Block.objects.filter(unit=unit).values("document"))
    return Document.objects.filter(used).exclude(state=DocumentState.ISSUED)


register_use("documents", UnitUse(sentences=_sentences, hand_over=_hand_over))
