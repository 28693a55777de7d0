"""A doubt of the checks that an officer lets stand, with the reason."""

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from reports.models import AcceptedFinding, Document
from reports.plans.blocks import DocumentError
from reports.plans.builder import build_with_links
from reports.plans.naming import name_document
from reports.plans.plan_facts import findings
from reports.plans.services import lock_document, refuse_step
from reports.plans.workflow import WorkflowStep

LONGEST_REASON = 500
REASON_MISSING = "Nhập lý do chấp nhận."
TOO_LONG = "Lý do dài nhất 500 ký tự."
GONE = "Điểm kiểm tra này không còn: văn bản hoặc số liệu vừa đổi."


@audit.business_act(label="Chấp nhận điểm kiểm tra của văn bản")
def accept_finding(*, document: Document, key: str, reason: str, by: User) -> AcceptedFinding:
    """Keep why a finding stands; it is shown where the document is submitted and issued.

    The same sent again changes nothing; another reason takes the place of the first.
    """
    current = lock_document(document)
    refuse_step(WorkflowStep.COMMENT, current)
    stated = normalise_text(reason)
    if fault := acceptance_fault(stated):
        raise ValidationError({"reason": fault})
    finding = _standing(current, key)
    kept = AcceptedFinding.objects.filter(document=current, key=key, reason=stated).first()
    if kept is not None:
        return kept
    values = {"message": finding, "reason": stated, "accepted_by": by, "accepted_at": clock.now()}
    accepted, _ = AcceptedFinding.objects.update_or_create(
        document=current, key=key, defaults=values
    )
    summary = f"{by} chấp nhận điểm kiểm tra “{finding}” của {name_document(current)}"
    audit.record(current, summary, ward=current.ward, reason=stated)
    return accepted


def acceptance_fault(reason: str) -> str:
    """Why a reason is none; empty where it is one."""
    return TOO_LONG if len(reason) > LONGEST_REASON else reason_fault(reason, REASON_MISSING)


def _standing(document: Document, key: str) -> str:
    """What a finding says now."""
    try:
        found = findings(document, build_with_links(document))
    except DocumentError as problem:
        raise ValidationError(str(problem), code="unreadable") from problem
    message = next((each.message for each in found if each.key == key), None)
    if message is None:
        raise ValidationError(GONE, code="gone")
    return message
