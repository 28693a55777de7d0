"""An issued document that another act abolished (bãi bỏ)."""

from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import DocumentEnd
from reports.models import Document
from reports.plans.naming import name_document
from reports.plans.services import lock_document

NOT_IN_FORCE = "Chỉ bãi bỏ được văn bản đã ban hành và còn hiệu lực."
BEFORE_ISSUE = "Văn bản ban hành ngày {}: không bãi bỏ trước ngày đó."
AFTER_TODAY = "Ngày bãi bỏ không được sau hôm nay."
TEXT_MISSING = "Nhập văn bản bãi bỏ: loại, số, ngày, cơ quan ban hành."
REASON_MISSING = "Nhập lý do bãi bỏ."


@audit.business_act(label="Bãi bỏ văn bản")
def abolish_document(
    *, document: Document, ended_on: date, ended_text: str, reason: str, version: int, by: User
) -> Document:
    """Say that an issued document does not hold any more, by which act, since when and why.

    What was issued stays as it is. The same sent again by the same form is returned, not repeated.
    """
    current = lock_document(document)
    text, stated = normalise_text(ended_text), normalise_text(reason)
    ending = (DocumentEnd.ABOLISHED, ended_on, text, stated)
    if (current.ended_as, current.ended_on, current.ended_text, current.ended_reason) == ending:
        return current
    if not current.is_in_force:
        raise ValidationError(NOT_IN_FORCE, code="locked")
    versions.check(current, version)
    if faults := abolishing_faults(current, ended_on=ended_on, ended_text=text, reason=stated):
        raise ValidationError(faults)
    versions.update(
        current,
        version=version,
        ended_as=DocumentEnd.ABOLISHED,
        ended_on=ended_on,
        ended_text=text,
        ended_reason=stated,
    )
    summary = f"{by} bãi bỏ {name_document(current)} theo {text} từ ngày {formatting.day(ended_on)}"
    audit.record(current, summary, ward=current.ward, reason=stated)
    return current


def abolishing_faults(
    document: Document, *, ended_on: date | None, ended_text: str, reason: str
) -> dict[str, str]:
    """Every fault at once, keyed by field; a day that could not be read is None."""
    faults = {
        "ended_on": _day_fault(document, ended_on),
        "ended_text": "" if ended_text else TEXT_MISSING,
        "reason": reason_fault(reason, REASON_MISSING),
    }
    return {field: fault for field, fault in faults.items() if fault}


def _day_fault(document: Document, ended_on: date | None) -> str:
    if ended_on is None:
        return ""
    if document.issued_on and ended_on < document.issued_on:
        return BEFORE_ISSUE.format(formatting.day(document.issued_on))
    return AFTER_TODAY if ended_on > clock.today() else ""
