"""A draft sent to the units for their comments (lấy ý kiến)."""

from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from reports.choices import DocumentState, VersionOccasion
from reports.models import Document
from reports.plans.naming import name_document
from reports.plans.services import lock_document, refuse_step
from reports.plans.versions.keeping import keep_version
from reports.plans.workflow import WorkflowStep

IN_THE_PAST = "Hạn cho ý kiến không được trước hôm nay."


@audit.business_act(label="Lấy ý kiến dự thảo")
def ask_for_comments(*, document: Document, until: date, version: int, by: User) -> Document:
    """Ask the units for comments on a draft until a day; asked again it is another day."""
    current = lock_document(document)
    refuse_step(WorkflowStep.ASK, current)
    if fault := deadline_fault(until):
        raise ValidationError({"until": fault})
    is_first = not current.is_for_comment
    asked = {"state": DocumentState.FOR_COMMENT, "comment_until": until}
    versions.update(current, version=version, **asked)
    if is_first:
        keep_version(current, VersionOccasion.ASKED, by)
    summary = f"{by} lấy ý kiến {name_document(current)} đến ngày {formatting.day(until)}"
    audit.record(current, summary, ward=current.ward)
    return current


def deadline_fault(until: date | None) -> str:
    """Why comments cannot be asked for until a day; empty where they can."""
    return IN_THE_PAST if until is not None and until < clock.today() else ""
